// All that is on the floor as a list: what the canvas shows, for who works by keys or by ear.

import { button, fill, icon, make } from "../dom.js";
import { say, sayType } from "../words.js";
import { makeCell } from "./fields-lists.js";
import { makeNumberInput } from "./fields-numbers.js";
import { makeMove, readArrow } from "./nudge.js";
import { makeOption, TYPES } from "./options.js";
import { rank } from "./rank.js";
import { listMissing } from "./values.js";

const HIDDEN = new Set(["anchor"]);
const SITE = ["level", "footprint", "building", "venue", "address"];
const STEP_M = 0.1;
const FAR = 10;
const MOST = 500;

export function makeList(element, context) {
  return new FloorList(element, context);
}

class FloorList {
  #current = null;
  #isStale = true;

  constructor(element, context) {
    this.element = element;
    this.context = context;
    this.order = new Intl.Collator(context.presets.language, { numeric: true });
    this.list = make("ul", { role: "listbox", "aria-multiselectable": "true", "aria-label": say("forms.on-this-floor"), class: "ef-things" });
    this.count = make("p", { class: "ef-note", role: "status" });
    fill(element, this.#makeTools(), this.count, this.list);
    this.list.addEventListener("keydown", (event) => this.#press(event));
    this.#listen();
    this.redraw();
  }

  /** Go to what is current, or to the first. */
  focus() {
    this.redraw();
    this.#focusOn(this.#current);
  }

  redraw() {
    const { element, list, context } = this;
    this.#isStale = element.hidden || !element.isConnected;
    if (this.#isStale) return;
    const hadFocus = list.contains(document.activeElement);
    const options = this.#listOptions();
    const has = (id) => options.some((one) => one.value === id);
    if (!has(this.#current)) this.#current = [...context.state.selection].find(has) ?? options[0]?.value ?? null;
    fill(list, this.#drawAll(options));
    this.count.textContent = say("forms.things", { count: options.length });
    if (hadFocus) this.#focusOn(this.#current);
  }

  #makeTools() {
    const { dialogs } = this.context;
    this.filter = makeCell("search", say("forms.filter"), "", () => {}, { data: { key: "filter" } });
    this.filter.addEventListener("input", () => this.redraw());
    this.filter.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      this.#focusOn(this.#current);
    });
    this.step_cm = STEP_M * 100;
    this.step = makeNumberInput({ min: 1, max: 1000 }, this.step_cm, (step_cm) => { this.step_cm = step_cm ?? STEP_M * 100; }, { "aria-label": say("forms.step-cm"), data: { key: "step" } });
    this.missing = make("input", { type: "checkbox", data: { key: "missing" } });
    this.missing.addEventListener("change", () => this.redraw());
    const { state } = this.context;
    this.several = make("input", { type: "checkbox", data: { key: "several" } });
    this.several.addEventListener("change", () => state.setSeveral(this.several.checked));
    return make("div", { class: "ef-list-tools" }, this.filter,
      make("label", { class: "ef-step" }, make("span", null, say("forms.step-cm")), this.step),
      make("label", { class: "ef-box" }, this.missing, make("span", null, say("forms.only-missing"))),
      make("label", { class: "ef-box" }, this.several, make("span", null, say("canvas.several"))),
      button(say("forms.commands"), { icon: "plus", data: { key: "list.commands" } }, () => dialogs.commands()),
      button(say("forms.keys"), { icon: "info", data: { key: "list.keys" } }, () => dialogs.keys()));
  }

  #listen() {
    const { plan, state } = this.context;
    state.addEventListener("level", () => {
      this.#current = null;
      this.redraw();
    });
    state.addEventListener("several", ({ detail }) => { this.several.checked = detail.isSeveral; });
    state.addEventListener("selection", ({ detail }) => {
      for (const item of this.#items()) item.setAttribute("aria-selected", String(detail.ids.has(item.dataset.id)));
      const [only] = detail.ids;
      if (detail.ids.size === 1 && this.#itemOf(only)) this.#setCurrent(only);
    });
    plan.addEventListener("change", () => this.redraw());
    const shown = new MutationObserver(() => {
      if (!this.element.hidden && this.#isStale) this.redraw();
    });
    shown.observe(this.element, { attributes: true, attributeFilter: ["hidden"] });
  }

  #lacksName(feature) {
    const { name } = feature.properties;
    return Boolean(name) && listMissing(name, this.context.plan.languages).length > 0;
  }

  /** What is on the floor, what links floors, and the site, by type and name; what is looked for, the nearest first. */
  #listOptions() {
    const { plan, state } = this.context;
    const query = this.filter.value.trim();
    const here = plan.listOnLevel(state.level).filter((one) => !HIDDEN.has(one.feature_type) && !SITE.includes(one.feature_type));
    const links = plan.list("relationship").filter((one) => !here.includes(one) && plan.levelsOf(one).length === 0);
    const all = [...here, ...links, ...SITE.flatMap((type) => plan.list(type))];
    const wanted = this.missing.checked ? all.filter((one) => this.#lacksName(one)) : all;
    const options = wanted.map((one) => ({ ...makeOption(this.context, one), type: one.feature_type }));
    if (query) return rank(options, query, MOST);
    return options.sort((one, other) => TYPES.indexOf(one.type) - TYPES.indexOf(other.type) || this.order.compare(one.label, other.label));
  }

  #drawAll(options) {
    const isSorted = !this.filter.value.trim();
    return options.flatMap((option, index) => {
      const begins = isSorted && option.type !== options[index - 1]?.type;
      const head = begins && make("li", { class: "ef-things-head", role: "presentation" }, sayType(option.type));
      return head ? [head, this.#draw(option)] : [this.#draw(option)];
    });
  }

  #draw({ value, label, what, symbol }) {
    const { plan, state } = this.context;
    const picture = symbol && make("img", { src: symbol, alt: "", width: 20, height: 20, class: "ef-symbol" });
    const item = make("li", { role: "option", tabindex: value === this.#current ? "0" : "-1", "aria-selected": String(state.selection.has(value)), data: { id: value } },
      make("span", { class: "ef-picture" }, picture), make("span", { class: "ef-option-label" }, label),
      what && make("span", { class: "ef-note" }, what),
      this.#lacksName(plan.get(value)) && make("span", { class: "ef-missing" }, icon("warning"), say("forms.missing")));
    item.addEventListener("click", (event) => {
      this.#setCurrent(value);
      this.#choose(value, event.shiftKey || event.ctrlKey || event.metaKey || state.isSeveral);
    });
    return item;
  }

  #items() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  #itemOf(id) {
    return id ? this.list.querySelector(`[data-id="${CSS.escape(id)}"]`) : null;
  }

  #setCurrent(id) {
    this.list.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    this.#current = id;
    this.#itemOf(id)?.setAttribute("tabindex", "0");
  }

  #focusOn(id) {
    const item = this.#itemOf(id) ?? this.list.querySelector("[role=option]");
    if (!item) return;
    this.#setCurrent(item.dataset.id);
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  }

  #walk(by) {
    const items = this.#items();
    const at = items.findIndex((one) => one.dataset.id === this.#current);
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next) this.#focusOn(next.dataset.id);
  }

  #choose(id, add = false) {
    const { state } = this.context;
    if (add) state.select([id], { add: true });
    else state.jump({ ids: [id] });
  }

  /** What a key is about: all that is chosen, if what is current is among it. */
  #listMeant() {
    const { selection } = this.context.state;
    return selection.has(this.#current) ? [...selection] : [this.#current];
  }

  #press(event) {
    if (!this.#current || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.altKey ? !this.#move(event) : !this.#act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move({ key, shiftKey }) {
    const step_m = this.step_cm / 100;
    const by = readArrow(key, step_m * (shiftKey ? FAR : 1));
    const action = by && makeMove(this.context.plan, this.#listMeant(), by);
    if (action) this.context.send(action);
    return by !== null;
  }

  #act(key) {
    const { context } = this;
    const edit = (field) => {
      this.#choose(this.#current);
      context.showProperties(field);
    };
    const remove = () => context.dialogs.confirmDelete(this.#listMeant());
    const does = {
      ArrowDown: () => this.#walk(1),
      ArrowUp: () => this.#walk(-1),
      PageDown: () => this.#walk(10),
      PageUp: () => this.#walk(-10),
      Home: () => this.#walk(-Infinity),
      End: () => this.#walk(Infinity),
      " ": () => this.#choose(this.#current, true),
      Enter: () => edit(null),
      F2: () => edit("name"),
      Delete: remove,
      Backspace: remove,
      Escape: () => context.state.select([]),
      n: () => context.dialogs.commands(),
      c: () => context.dialogs.commands(null, { features: this.#listMeant() }),
    }[key];
    does?.();
    return Boolean(does);
  }
}
