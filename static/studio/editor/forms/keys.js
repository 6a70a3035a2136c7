// What each key does, and the keys that work anywhere on the page.

import { button, fill, make } from "../dom.js";
import { say } from "../words.js";
import { openDialog } from "./dialog.js";

/** Groups of keys: what they are called, and what each does (`studio.forms.key.<name>`). */
const GROUPS = [
  ["anywhere", [["?", "keys"], ["/", "search"], ["Ctrl+K", "commands"], ["Ctrl+L", "list"], ["Ctrl+Z", "undo"], ["Ctrl+Y", "redo"], ["F6", "next-part"]]],
  ["list", [["↑ ↓", "walk"], ["Home End", "ends"], ["Enter", "edit"], ["Space", "choose-more"], ["F2", "rename"], ["Delete", "delete"], ["Alt+↑ ↓ ← →", "move"], ["Shift+Alt+↑ ↓ ← →", "move-far"], ["C", "act"], ["N", "new"], ["Esc", "choose-none"]]],
  ["canvas", [["V", "select"], ["R", "rectangle"], ["P", "room"], ["E", "reshape"], ["S", "split"], ["M", "merge"], ["X", "cut"], ["D", "door"], ["F", "place"], ["G", "sign"], ["K", "display"], ["L", "lift"], ["Z", "zone"], ["W", "way"], ["C", "connect"], ["U", "measure"], ["+ −", "zoom"], ["Shift", "right-angles"], ["Alt", "no-snap"], ["Enter", "end"], ["Backspace", "last-point"], ["Esc", "cancel"]]],
];

export function openKeys() {
  const dialog = openDialog(say("forms.keys"), { wide: true, name: "keys" });
  fill(dialog.body, GROUPS.map(([group, keys]) => make("section", { class: "ef-keys" }, make("h3", null, say(`forms.keys-of.${group}`)),
    make("dl", null, keys.map(([key, name]) => make("div", null, make("dt", null, key.split(/(?<=\S)\s(?=\S)/u).map((one) => make("kbd", null, one))), make("dd", null, say(`forms.key.${name}`))))))),
  make("div", { class: "actions" }, button(say("forms.close"), { small: false, primary: true }, () => dialog.close())));
  dialog.body.querySelector("button").focus();
  return dialog.done;
}

/** Listen for the keys that work anywhere but where one types. */
export function listenForKeys(context, { search, list }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const mod = event.ctrlKey || event.metaKey;
    const types = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (mod && !event.altKey && event.key.toLowerCase() === "k") context.dialogs.commands();
    else if (mod && !event.altKey && event.key.toLowerCase() === "l") context.showList();
    else if (event.key === "F6") context.nextPart(event.shiftKey ? -1 : 1);
    else if (types || mod || event.altKey) return;
    else if (event.key === "?") openKeys();
    else if (event.key === "/") search.focus();
    else return;
    event.preventDefault();
  });
  return list;
}
