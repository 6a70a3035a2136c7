// Elements, icons, what is said for a moment, and what is asked. No markup in strings: the policy forbids it.

import { data } from "./page.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: attributes by name; `class`, `data: {}`, `on: {click: f}`, booleans; properties as `.value`. */
export function make(tag, attributes = null, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, does] of Object.entries(value)) element.addEventListener(event, does);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

/** Put other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** An icon of lines; the words beside it are what is read. */
export const icon = (name) => drawLines(data.icons[name] ?? data.icons.pin);

/** A path on a square of 24 as an element. */
export function drawLines(d) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** A button with an icon; `label` is shown, or only read where `quiet`. */
export function button(label, { icon: picture = null, quiet = false, primary = false, small = true, ...attributes } = {}, does = null) {
  const shown = quiet ? null : make("span", null, label);
  const kind = quiet ? "ed-button" : `button${small ? " small" : ""}${primary ? " primary" : ""}`;
  const made = make("button", { type: "button", class: kind, ...attributes }, picture && icon(picture), shown);
  if (quiet) {
    made.setAttribute("aria-label", attributes["aria-label"] ?? label);
    made.title = attributes.title ?? label;
  }
  if (does) made.addEventListener("click", does);
  return made;
}

/** Say something for a while, `kind` "bad" for what was refused; with a button where there is an `action`. */
export function toast(text, { kind = "", action = null, label = "", lasts_s = kind === "bad" ? 9 : 5 } = {}) {
  const line = make("div", { class: "ed-toast", data: { kind } }, make("span", null, text));
  const close = () => line.remove();
  if (action) line.append(button(label, {}, () => (close(), action())));
  line.append(button(say("editor.close"), { icon: "close", quiet: true }, close));
  const list = document.getElementById("editor-toasts");
  list.append(line);
  while (list.children.length > 3) list.firstElementChild.remove();
  setTimeout(close, lasts_s * 1000);
  return close;
}

/**
 * Ask something in a dialog.
 *
 * `buttons`: `{label, value, primary, disabled, title}`; Escape gives null. With `beside` the page can be used meanwhile.
 * A value that is a function is called when its button is pressed; it returns the answer, or undefined to stay.
 */
export function ask({ title, body = [], buttons = [], beside = false, wide = false }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const id = `ask-${Math.random().toString(36).slice(2)}`;
    const form = make("form", { method: "dialog" }, make("h2", { id }, title), body);
    const dialog = make("dialog", { class: `ed-dialog${beside ? " ed-beside" : ""}${wide ? " is-wide" : ""}`, "aria-labelledby": id }, form);
    const end = (value) => {
      dialog.close();
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(value);
    };
    const row = make("div", { class: "actions" });
    for (const { label, value, primary = false, ...attributes } of buttons) {
      const pressed = (event) => {
        event.preventDefault();
        const given = typeof value === "function" ? value() : value;
        if (given !== undefined) end(given);
      };
      const one = make("button", { type: primary ? "submit" : "button", class: `button small${primary ? " primary" : ""}`, ...attributes }, label);
      one.addEventListener("click", pressed);
      row.append(one);
    }
    form.append(row);
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), end(null)));
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // keys of the editor rest meanwhile
      if (beside && event.key === "Escape") end(null);
    });
    document.body.append(dialog);
    if (beside) dialog.show();
    else dialog.showModal();
  });
}
