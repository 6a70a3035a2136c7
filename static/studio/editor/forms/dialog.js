// A dialog with a form: stays until it was done, gives the focus back.

import { button, make } from "../dom.js";
import { say } from "../words.js";
import { nextId } from "./pick.js";

/**
 * Open a dialog; gives `{element, body, close, done}`, `done` a promise of that it is closed.
 *
 * Keys of the editor rest meanwhile; Escape closes it.
 */
export function openDialog(title, { wide = false, name = "" } = {}) {
  const before = document.activeElement;
  const holder = before?.closest("#panel-properties, #editor-list, dialog, .ed-bar");
  const id = nextId("dialog");
  const body = make("div", { class: "ef-dialog-body" });
  const element = make("dialog", { class: `ed-dialog ef-dialog${wide ? " is-wide" : ""}`, "aria-labelledby": id, data: { dialog: name } });
  let end;
  const done = new Promise((resolve) => { end = resolve; });
  const close = (value = null) => {
    if (!element.isConnected) return;
    element.close();
    element.remove();
    giveBack(before, holder);
    end(value);
  };
  const heading = make("h2", { id, tabindex: "-1" }, title);
  element.append(make("div", { class: "ef-dialog-head" }, heading, button(say("forms.close"), { icon: "close", quiet: true }, () => close())), body);
  element.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  element.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(element);
  element.showModal();
  return { element, body, close, done, heading };
}

/** Give the focus back to what had it, or to what stands there now: forms are drawn anew when something changes. */
function giveBack(before, holder) {
  if (!(before instanceof HTMLElement)) return;
  const { key, id } = before.dataset;
  const again = key ? `[data-key="${CSS.escape(key)}"]` : id ? `[data-id="${CSS.escape(id)}"]` : null;
  const there = before.isConnected ? before : again && holder?.querySelector(again);
  (there ?? holder?.querySelector("[role=option][tabindex='0'], input, select, button"))?.focus();
}
