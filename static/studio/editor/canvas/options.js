// What the tool in hand needs to be told, and what it says, in the bar above the canvas; what all drawing keeps to, in the one below.

import { fill, make } from "../dom.js";

let number = 0;

/** A field for what a tool has under a key; `after` is called when it was changed. */
export function bind(tool, key, field, after = () => {}) {
  return {
    name: key, ...field, value: tool[key],
    change: (value) => {
      tool[key] = value;
      after();
    },
  };
}

/** Fields `{kind, name, label, value, options, change}` of kinds select, check, button, text, in an element. */
export class Fields {
  constructor(element) {
    this.element = element;
  }

  show(fields) {
    this.refill(fields.map((field) => makeField(field)));
  }

  /** Fill the element anew; what has the focus keeps it, by its name. */
  refill(children) {
    if (!this.element) return;
    const held = this.element.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    fill(this.element, children);
    if (held) this.find(held)?.focus();
  }

  find(name) {
    return this.element?.querySelector(`[data-name="${CSS.escape(name)}"]`) ?? null;
  }

  /** Show another value in a field and leave the others as they are: somebody may be opening one of them. */
  write(name, value) {
    const field = this.find(name);
    if (field) field.value = value;
  }

  /** Tick a box, or not. */
  tick(name, isTicked) {
    const box = this.find(name);
    if (box) box.checked = isTicked;
  }

  /** Let a button be pressed, or not. */
  enable(name, isUsable) {
    const button = this.find(name);
    if (button) button.disabled = !isUsable;
  }
}

/** The tool in hand: its name, what it says, and its fields. */
export class Options extends Fields {
  show(title, hint, fields) {
    const told = make("p", { class: "ed-told" }, make("strong", null, title), " ", make("span", { class: "ed-hint" }, hint));
    const inner = make("div", { class: "ed-fields" }, fields.map((field) => makeField(field)));
    this.refill([told, inner]);
  }

  setHint(hint) {
    const line = this.element?.querySelector(".ed-hint");
    if (line && line.textContent !== hint) line.textContent = hint;
  }
}

function makeField(field) {
  number += 1;
  const id = `tool-option-${number}`;
  const data = field.name ? { name: field.name } : {};
  if (field.kind === "button") {
    return make("button", { type: "button", class: `button small${field.primary ? " primary" : ""}`, disabled: field.disabled, data, on: { click: field.run } }, field.label);
  }
  if (field.kind === "check") {
    const box = make("input", { type: "checkbox", id, data, ".checked": field.value, on: { change: () => field.change(box.checked) } });
    return make("label", { class: "ed-check", for: id }, box, make("span", null, field.label));
  }
  const label = make("label", { for: id }, field.label);
  if (field.kind === "select") {
    const list = make("select", { id, data }, field.options.map(([value, text]) => make("option", { value, selected: value === field.value }, text)));
    list.addEventListener("change", () => field.change(list.value));
    return make("span", { class: "ed-field" }, label, list);
  }
  const input = make("input", { id, data, type: "text", ".value": field.value ?? "", inputmode: field.mode, autocomplete: "off", size: field.size ?? 8 });
  input.addEventListener("change", () => field.change(input.value.trim()));
  return make("span", { class: "ed-field" }, label, input);
}
