// A field in which one types a few letters and chooses from what they mean (ARIA combobox), and one for several.

import { icon, make } from "../dom.js";
import { say } from "../words.js";
import { rank } from "./rank.js";

let count = 0;
export const nextId = (name) => `ef-${name}-${(count += 1)}`;

/**
 * Make a combobox.
 *
 * `list()` gives the options when it opens: `{value, label, note, symbol, search}`. `pick(value)` is told what was
 * chosen; null where it was cleared (only if `clears`). `nameOf(value)` says what a value is called without the whole list.
 */
export function makeCombo({ label, value = null, list, nameOf = null, pick, placeholder = "", clears = false, hidden = false, key = null, keeps = true }) {
  const listId = nextId("options");
  const input = make("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", placeholder, data: key ? { key } : {}, id: nextId("combo"),
  });
  if (hidden) input.setAttribute("aria-label", label);
  const options = make("ul", { role: "listbox", id: listId, class: "ef-options", "aria-label": label, hidden: true });
  const clear = clears && make("button", { type: "button", class: "ed-button", "aria-label": say("forms.clear", { label }), title: say("forms.clear", { label }) }, icon("close"));
  const element = make("div", { class: "ef-combo" }, make("div", { class: "ef-combo-row" }, input, clear || null), options);
  let chosen = value;
  let shown = [];
  let active = -1;

  let known = null; // the options while it is open: there may be thousands
  const name = nameOf ?? ((wanted) => list().find((one) => one.value === wanted)?.label);
  const rest = () => { input.value = chosen === null || !keeps ? "" : name(chosen) ?? String(chosen); };

  function open(query = "") {
    known ??= list();
    shown = rank(known, query);
    options.replaceChildren(...(shown.length ? shown.map(draw) : [make("li", { class: "ef-none" }, say("forms.nothing-found"))]));
    options.hidden = false;
    input.setAttribute("aria-expanded", "true");
    setActive(query ? 0 : shown.findIndex((one) => one.value === chosen));
  }

  function close() {
    known = null;
    options.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function draw(option, index) {
    const picture = option.symbol && make("img", { src: option.symbol, alt: "", width: 20, height: 20, class: "ef-symbol" });
    const element = make("li", { role: "option", id: `${listId}-${index}`, "aria-selected": option.value === chosen ? "true" : "false" },
      make("span", { class: "ef-picture" }, picture), make("span", { class: "ef-option-label" }, option.label), option.note && make("span", { class: "ef-note" }, option.note));
    element.addEventListener("click", () => take(option));
    return element;
  }

  /** Mark an option, counted round; -1: none. */
  function setActive(index) {
    options.querySelector(".is-active")?.classList.remove("is-active");
    active = index < 0 || !shown.length ? -1 : index % shown.length;
    const element = active < 0 ? null : options.children[active];
    if (!element) return void input.removeAttribute("aria-activedescendant");
    element.classList.add("is-active");
    element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", element.id);
  }

  function take(option) {
    chosen = option.value;
    close();
    rest();
    pick(chosen, option);
  }

  input.addEventListener("input", () => open(input.value));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => { if (options.hidden) open(); });
  input.addEventListener("blur", () => { close(); rest(); });
  options.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  input.addEventListener("keydown", (event) => {
    const isOpen = !options.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) open();
      else if (event.key === "ArrowDown") setActive(active + 1);
      else setActive(active <= 0 ? shown.length - 1 : active - 1);
    } else if (event.key === "Enter" && isOpen) {
      if (shown[active]) take(shown[active]);
    } else if (event.key === "Escape" && isOpen) {
      close();
      rest();
    } else if (event.key === "Escape" && input.value && !keeps) {
      input.value = "";
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  if (clear) clear.addEventListener("click", () => { chosen = null; rest(); pick(null); input.focus(); });
  rest();
  return {
    element, input,
    set(next) { chosen = next; rest(); },
    get value() { return chosen; },
  };
}

/** Make a field for several: what is chosen as a list, each to be taken out, and a combobox that adds. */
export function makeSeveral({ label, value = [], list, nameOf = null, pick, key = null, placeholder = "" }) {
  let chosen = [...value];
  const names = make("ul", { class: "ef-chips", "aria-label": label });
  const combo = makeCombo({
    label, hidden: true, list: () => list().filter((one) => !chosen.includes(one.value)), keeps: false, key, placeholder: placeholder || say("forms.add-one"),
    pick: (added) => { chosen = [...chosen, added]; draw(); combo.set(null); pick(chosen); },
  });
  function draw() {
    const options = nameOf ? null : new Map(list().map((one) => [one.value, one.label]));
    names.replaceChildren(...chosen.map((id) => {
      const name = (nameOf ? nameOf(id) : options.get(id)) ?? String(id);
      const out = make("button", { type: "button", class: "ef-chip-out", "aria-label": say("forms.take-out", { name }), title: say("forms.take-out", { name }) }, icon("close"));
      out.addEventListener("click", () => { chosen = chosen.filter((one) => one !== id); draw(); pick(chosen); combo.input.focus(); });
      return make("li", { class: "ef-chip" }, make("span", null, name), out);
    }));
    names.hidden = !chosen.length;
  }
  draw();
  return { element: make("div", { class: "ef-several" }, names, combo.element), input: combo.input, get value() { return chosen; } };
}
