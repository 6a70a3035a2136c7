// All that is on the floor as a list: what the canvas shows, for who works by keys or by ear.

import { button, fill, icon, make } from "../dom.js";
import { say, sayType } from "../words.js";
import { makeCell } from "./fields-lists.js";
import { makeMove, readArrow } from "./nudge.js";
import { makeOption, TYPES } from "./options.js";
import { rank } from "./rank.js";
import { listMissing } from "./values.js";

const HIDDEN = new Set(["anchor"]);
const SITE = ["level", "footprint", "building", "venue", "address"];
const STEP_M = 0.1;

export function makeList(element, context) {
  const { plan, state } = context;
  let current = null;
  let step = STEP_M;
  let query = "";
  let isStale = true;
  const order = new Intl.Collator(context.presets.language, { numeric: true });
  const list = make("ul", { role: "listbox", "aria-multiselectable": "true", "aria-label": say("forms.on-this-floor"), class: "ef-things" });
  const filter = makeCell("search", say("forms.filter"), "", () => {}, { type: "search", data: { key: "filter" } });
  filter.addEventListener("input", () => { query = filter.value; redraw(); });
  filter.addEventListener("keydown", (event) => { if (event.key === "ArrowDown") { event.preventDefault(); focusOn(current ?? firstId()); } });
  const stepField = makeCell("number", say("forms.step-cm"), STEP_M * 100, (text) => { step = Number(text) / 100 || STEP_M; }, { min: "1", max: "1000", data: { key: "step" } });
  const missing = make("input", { type: "checkbox", data: { key: "missing" } });
  missing.addEventListener("change", redraw);
  const count = make("p", { class: "ef-note", role: "status" });
  const tools = make("div", { class: "ef-list-tools" }, filter,
    make("label", { class: "ef-step" }, make("span", null, say("forms.step-cm")), stepField),
    make("label", { class: "ef-box" }, missing, make("span", null, say("forms.only-missing"))),
    button(say("forms.commands"), { icon: "plus", data: { key: "list.commands" } }, () => context.dialogs.commands()),
    button(say("forms.keys"), { icon: "info", data: { key: "list.keys" } }, () => context.dialogs.keys()));
  fill(element, tools, count, list);

  const firstId = () => list.querySelector("[role=option]")?.dataset.id ?? null;

  const lacksName = (feature) => Boolean(feature.properties.name) && listMissing(feature.properties.name, plan.languages).length > 0;

  function listFeatures() {
    const here = plan.listOnLevel(state.level).filter((one) => !HIDDEN.has(one.feature_type) && !SITE.includes(one.feature_type));
    const links = plan.list("relationship").filter((one) => !here.includes(one) && plan.levelsOf(one).length === 0);
    const site = SITE.flatMap((type) => plan.list(type));
    const all = [...here, ...links, ...site].filter((one) => !missing.checked || lacksName(one));
    const options = all.map((one) => ({ ...makeOption(context, one), type: one.feature_type }));
    const found = query.trim() ? rank(options, query, 500) : options;
    return query.trim() ? found : found.sort((one, other) => TYPES.indexOf(one.type) - TYPES.indexOf(other.type) || order.compare(one.label, other.label));
  }

  function redraw() {
    if (element.hidden || !element.isConnected) {
      isStale = true;
      return;
    }
    isStale = false;
    const hadFocus = list.contains(document.activeElement);
    const options = listFeatures();
    if (!options.some((one) => one.value === current)) current = options.find((one) => state.selection.has(one.value))?.value ?? options[0]?.value ?? null;
    let type = null;
    const items = [];
    for (const option of options) {
      if (!query.trim() && option.type !== type) {
        type = option.type;
        items.push(make("li", { class: "ef-things-head", role: "presentation" }, sayType(type)));
      }
      items.push(drawItem(option));
    }
    fill(list, items);
    count.textContent = say("forms.things", { count: options.length });
    if (hadFocus) focusOn(current);
  }

  function drawItem({ value, label, what, symbol }) {
    const feature = plan.get(value);
    const isMissing = lacksName(feature);
    const item = make("li", { role: "option", tabindex: value === current ? "0" : "-1", "aria-selected": String(state.selection.has(value)), data: { id: value } },
      make("span", { class: "ef-picture" }, symbol && make("img", { src: symbol, alt: "", width: 20, height: 20, class: "ef-symbol" })), make("span", { class: "ef-option-label" }, label), what && make("span", { class: "ef-note" }, what),
      isMissing && make("span", { class: "ef-missing" }, icon("warning"), say("forms.missing")));
    item.addEventListener("click", (event) => { setCurrent(value); choose(value, event.shiftKey || event.ctrlKey || event.metaKey); });
    return item;
  }

  function setCurrent(id) {
    list.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    current = id;
    itemOf(id)?.setAttribute("tabindex", "0");
  }

  const itemOf = (id) => (id ? list.querySelector(`[data-id="${CSS.escape(id)}"]`) : null);

  function focusOn(id) {
    const item = itemOf(id) ?? list.querySelector("[role=option]");
    if (!item) return;
    setCurrent(item.dataset.id);
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  }

  function choose(id, add = false) {
    if (add) state.select([id], { add: true });
    else state.jump({ ids: [id] });
  }

  function walk(by) {
    const items = [...list.querySelectorAll("[role=option]")];
    const at = items.findIndex((one) => one.dataset.id === current);
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next) focusOn(next.dataset.id);
  }

  const chosenOr = (id) => (state.selection.size && state.selection.has(id) ? [...state.selection] : [id]);

  function press(event) {
    if (!current || event.isComposing) return;
    const arrow = event.altKey ? readArrow(event.key, step * (event.shiftKey ? 10 : 1)) : null;
    if (arrow) {
      const action = makeMove(plan, chosenOr(current), arrow);
      if (action) context.send(action);
    } else if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act({ key, ctrlKey, metaKey, altKey }) {
    if (altKey) return false;
    if (ctrlKey || metaKey) return false;
    const does = {
      ArrowDown: () => walk(1), ArrowUp: () => walk(-1), PageDown: () => walk(10), PageUp: () => walk(-10), Home: () => walk(-1e6), End: () => walk(1e6),
      " ": () => choose(current, true),
      Enter: () => { choose(current); context.showProperties(); },
      F2: () => { choose(current); context.showProperties("name"); },
      Delete: () => context.dialogs.confirmDelete(chosenOr(current)),
      Backspace: () => context.dialogs.confirmDelete(chosenOr(current)),
      Escape: () => state.select([]),
      n: () => context.dialogs.commands(),
      c: () => context.dialogs.commands(null, { features: chosenOr(current) }),
    }[key];
    does?.();
    return Boolean(does);
  }

  list.addEventListener("keydown", press);
  state.addEventListener("level", () => { current = null; redraw(); });
  state.addEventListener("selection", ({ detail }) => {
    for (const item of list.querySelectorAll("[role=option]")) item.setAttribute("aria-selected", String(detail.ids.has(item.dataset.id)));
    const [only] = detail.ids;
    if (detail.ids.size === 1 && itemOf(only)) setCurrent(only);
  });
  plan.addEventListener("change", redraw);
  new MutationObserver(() => { if (!element.hidden && isStale) redraw(); }).observe(element, { attributes: true, attributeFilter: ["hidden"] });
  redraw();
  return { focus: () => { redraw(); focusOn(current); }, redraw };
}
