// What each key does, and the keys that work anywhere on the page.

import { button, fill, make } from "../dom.js";
import { say } from "../words.js";
import { openDialog } from "./dialog.js";

/** Groups of keys: what they are called, and what each does (`studio.forms.key.<name>`). */
const GROUPS = [
  ["anywhere", [["?", "keys"], ["/", "search"], ["Ctrl+K", "commands"], ["Ctrl+Shift+L", "list"], ["Ctrl+Z", "undo"], ["Ctrl+Y", "redo"], ["F6", "next-part"]]],
  ["list", [["↑ ↓", "walk"], ["Home End", "ends"], ["Enter", "edit"], ["Space", "choose-more"], ["F2", "rename"], ["Delete", "delete"], ["Alt+↑ ↓ ← →", "move"], ["Shift+Alt+↑ ↓ ← →", "move-far"], ["C", "act"], ["N", "new"], ["Esc", "choose-none"]]],
  ["canvas", [["V", "select"], ["R", "rectangle"], ["P", "room"], ["E", "reshape"], ["S", "split"], ["M", "merge"], ["X", "cut"], ["D", "door"], ["F", "place"], ["G", "sign"], ["K", "display"], ["L", "lift"], ["Z", "zone"], ["W", "way"], ["C", "connect"], ["U", "measure"], ["+ −", "zoom"], ["Shift", "right-angles"], ["Alt", "no-snap"], ["Enter", "end"], ["Backspace", "last-point"], ["Esc", "cancel"]]],
];

const STORED = "wayfinder-single-keys";
let areOn = true;
try {
  areOn = localStorage.getItem(STORED) !== "off";
} catch { /* a browser that keeps nothing */ }

function setSingle(on) {
  areOn = on;
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch { /* it holds for this page */ }
}

/** Who speaks to the machine, or whose hand slips, can have letters mean nothing by themselves (WCAG 2.1.4). */
function refuseSingle(event) {
  if (areOn || event.ctrlKey || event.metaKey || event.altKey || [...event.key].length > 1 || event.key === " ") return;
  const here = event.target.closest?.("input, textarea, select, dialog, #editor-canvas, #editor-list");
  if (!here) event.stopImmediatePropagation();
}

export function openKeys() {
  const dialog = openDialog(say("forms.keys"), { wide: true, name: "keys" });
  const box = make("input", { type: "checkbox", data: { key: "single" } });
  box.checked = areOn;
  box.addEventListener("change", () => setSingle(box.checked));
  fill(dialog.body, GROUPS.map(([group, keys]) => make("section", { class: "ef-keys" }, make("h3", null, say(`forms.keys-of.${group}`)),
    make("dl", null, keys.map(([key, name]) => make("div", null, make("dt", null, key.split(/(?<=\S)\s(?=\S)/u).map((one) => make("kbd", null, one))), make("dd", null, say(`forms.key.${name}`))))))),
  make("label", { class: "ef-box" }, box, make("span", null, say("forms.single-keys"))),
  make("div", { class: "actions" }, button(say("forms.close"), { small: false, primary: true }, () => dialog.close())));
  dialog.heading.focus();
  return dialog.done;
}

/** Listen for the keys that work anywhere but where one types. */
export function listenForKeys(context, { search, list }) {
  addEventListener("keydown", refuseSingle, { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const mod = event.ctrlKey || event.metaKey;
    const types = event.target.closest?.("input, textarea, select, [contenteditable]");
    const key = event.key.toLowerCase();
    if (mod && !event.altKey && !event.shiftKey && key === "k") context.dialogs.commands();
    else if (mod && !event.altKey && event.shiftKey && key === "l") context.showList();
    else if (event.key === "F6") context.nextPart(event.shiftKey ? -1 : 1);
    else if (types || mod || event.altKey) return;
    else if (event.key === "?") openKeys();
    else if (event.key === "/") search.focus();
    else return;
    event.preventDefault();
  });
  return list;
}
