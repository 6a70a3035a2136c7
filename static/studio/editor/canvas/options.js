// What the tool in hand needs to be told, and what it says, in the bar above the canvas; what all drawing keeps to, in the one below.

import { fill, make } from "../dom.js";

let number = 0;

/** A field for what a tool has under a key; `after` is called when it was changed. */
export function bind(tool, key, field, after = () => {}) {
  return {
    ...field, value: tool[key],
    change: (value) => {
      tool[key] = value;
      after();
    },
  };
}

/** Fields `{kind, label, value, options, change}` of kinds select, check, button, text, in an element. */
export class Fields {
  constructor(element) {
    this.element = element;
  }

  show(fields) {
    this.refill(fields.map((field) => makeField(field)));
  }

  /** Fill the element anew; what has the focus keeps it. */
  refill(children) {
    if (!this.element) return;
    const list = () => [...this.element.querySelectorAll("input, select, button")];
    const held = list().indexOf(document.activeElement);
    fill(this.element, children);
    if (held >= 0) list()[held]?.focus();
  }

  /** Let a button be pressed, or not. */
  enable(name, isUsable) {
    const button = this.element?.querySelector(`[data-name="${name}"]`);
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
  if (field.kind === "button") {
    return make("button", { type: "button", class: `button small${field.primary ? " primary" : ""}`, disabled: field.disabled, data: field.name ? { name: field.name } : {}, on: { click: field.run } }, field.label);
  }
  if (field.kind === "check") {
    const box = make("input", { type: "checkbox", id, ".checked": field.value, on: { change: () => field.change(box.checked) } });
    return make("label", { class: "ed-check", for: id }, box, make("span", null, field.label));
  }
  const label = make("label", { for: id }, field.label);
  if (field.kind === "select") {
    const list = make("select", { id }, field.options.map(([value, text]) => make("option", { value, selected: value === field.value }, text)));
    list.addEventListener("change", () => field.change(list.value));
    return make("span", { class: "ed-field" }, label, list);
  }
  const input = make("input", { id, type: "text", ".value": field.value ?? "", inputmode: field.mode, autocomplete: "off", size: field.size ?? 8 });
  input.addEventListener("change", () => field.change(input.value.trim()));
  return make("span", { class: "ed-field" }, label, input);
}
