// One field of a form: its label, what is typed into, and what it says when it is left.

import { make } from "../dom.js";
import { say } from "../words.js";
import { makeHours } from "./fields-hours.js";
import { makeAliases, makeCodes, makeLabels, makeMessages, makeWaits, makeWidths } from "./fields-lists.js";
import { makeNumber } from "./fields-numbers.js";
import { listCategories, listOptions, nameById, nameLanguage } from "./options.js";
import { makeCombo, makeSeveral, nextId } from "./pick.js";
import { sayRefused } from "./refused.js";

/**
 * Make a field.
 *
 * @param field what the server tells of it: `{id, input, label, hint, unit, min, max, options, of}`
 * @param given `{context, value, mixed, type, change, key}`: `change(value)` is told what was entered, null: nothing
 */
export function makeField(field, given) {
  const make_ = INPUTS[field.input];
  if (!make_) throw new Error(`no input for ${field.input}`);
  const made = make_(field, { key: field.id, ...given });
  const isGroup = GROUPS.has(field.input);
  const hint = field.hint ? make("p", { class: "ef-hint", id: nextId("hint") }, field.hint) : null;
  if (hint) (made.input ?? made.element).setAttribute("aria-describedby", hint.id);
  const unit = field.unit ? ` (${say(`forms.unit.${field.unit}`)})` : "";
  const title = `${field.label}${unit}`;
  const mixed = given.mixed && make("span", { class: "ef-mixed" }, say("forms.mixed"));
  const element = isGroup
    ? make("fieldset", { class: "ef-field is-group", data: { field: field.id } }, make("legend", null, title, " ", mixed), hint, made.element)
    : make("div", { class: "ef-field", data: { field: field.id } }, make("label", { for: identify(made.input) }, title, " ", mixed), hint, made.element);
  return element;
}

/** Say at a field why what was entered is refused; nothing: it is not any more. What was typed stays. */
export function tellAt(root, id, reason = "") {
  const field = root.querySelector(`[data-field="${CSS.escape(id)}"]`);
  const input = field?.querySelector("input:not([type=checkbox]), select, textarea");
  // what cannot be in the first line of several stays refused, whatever is said of the others
  const isUnfit = !reason && input && !input.validity.valid;
  if (field) sayRefused(field, isUnfit ? null : input, reason);
}

const GROUPS = new Set(["labels", "aliases", "codes", "choices", "hours", "messages", "waits", "widths", "languages", "features"]);

function identify(input) {
  input.id ||= nextId("input");
  return input.id;
}

function makeText(field, { value, change, key, mixed }, attributes = {}) {
  const input = make("input", { type: "text", autocomplete: "off", maxlength: "1000", placeholder: mixed ? say("forms.mixed") : null, data: { key }, ...attributes });
  input.value = value ?? "";
  input.addEventListener("change", () => change(input.value.trim() || null));
  return { element: input, input };
}

/** Yes, no, or nobody knows. */
function makeBoolean(field, given) {
  const options = [["true", say("forms.yes")], ["false", say("forms.no")]];
  const value = given.value === null || given.value === undefined ? "" : String(given.value);
  return makeSelect(options, value, { ...given, change: (text) => given.change(text === null ? null : text === "true") });
}

function makeChoice(field, given) {
  return makeSelect((field.options ?? []).map(({ value, label }) => [value, label]), given.value ?? "", given, field);
}

function makeSelect(options, value, { change, key, mixed, needed = false, empty = null }) {
  const input = make("select", { data: { key } });
  if (!needed || mixed) input.append(make("option", { value: "" }, mixed ? say("forms.mixed") : empty ?? say("forms.not-said")));
  for (const [key_, label] of options) input.append(make("option", { value: key_ }, label));
  if (value && !options.some(([one]) => one === value)) input.append(make("option", { value }, value));
  input.value = value;
  input.addEventListener("change", () => change(input.value || null));
  return { element: input, input };
}

/** Several of some: a box each. */
function makeChoices(field, { value, change, key, mixed }) {
  const chosen = new Set(value ?? []);
  const element = make("div", { class: "ef-boxes" });
  const known = (field.options ?? []).map((one) => one.value);
  const more = [...chosen].filter((one) => !known.includes(one)).map((one) => ({ value: one, label: one }));
  for (const { value: one, label } of [...field.options, ...more]) {
    const box = make("input", { type: "checkbox", data: { key: `${key}.${one}` } });
    box.checked = chosen.has(one);
    box.indeterminate = Boolean(mixed);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(one);
      else chosen.delete(one);
      change(chosen.size ? [...chosen] : null);
    });
    element.append(make("label", { class: "ef-box" }, box, make("span", null, label)));
  }
  return { element };
}

function makeCategory(field, { context, value, change, key, type, mixed, needed = true }) {
  return makeCombo({
    label: field.label, value, key, clears: !needed, list: () => listCategories(context, type, value), pick: change,
    placeholder: mixed ? say("forms.mixed") : say("forms.type-category"),
  });
}

function makeFeature(field, { context, value, change, key, level, only, needed = false }) {
  return makeCombo({
    label: field.label, value, key, clears: !needed, nameOf: (id) => nameById(context, id), list: () => listOptions(context, field.of ?? [], { level: level?.() ?? context.state.level, only }), pick: change,
    placeholder: say("forms.type-name"),
  });
}

function makeFeatures(field, { context, value, change, key, level, only }) {
  return makeSeveral({
    label: field.label, value: value ?? [], key, pick: (ids) => change(ids), nameOf: (id) => nameById(context, id),
    list: () => listOptions(context, field.of ?? [], { level: level?.() ?? context.state.level, only }),
  });
}

function makeLanguages(field, { context, value, change, key }) {
  return makeSeveral({
    label: field.label, value: value ?? [], key, pick: (tags) => change(tags.length ? tags : null),
    list: () => context.plan.languages.map((tag) => ({ value: tag, label: nameLanguage(context, tag), search: [tag] })),
  });
}

function makeTimeZone(field, given) {
  const made = makeText(field, given, { list: "ef-zones", spellcheck: "false" });
  if (!document.getElementById("ef-zones")) {
    const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
    document.body.append(make("datalist", { id: "ef-zones" }, zones.map((zone) => make("option", { value: zone }))));
  }
  return made;
}

/** A day, or a moment as IMDF has it in validity. */
function makeDate(field, { value, change, key }) {
  const input = make("input", { type: "date", data: { key } });
  input.value = String(value ?? "").slice(0, 10);
  input.addEventListener("change", () => change(input.value || null));
  return { element: input, input };
}

/** Which side a door leads to: the panel knows both, and fills `sides`. */
function makeSide(field, { value, change, key, sides = [] }) {
  const options = sides.map(({ id, name }) => [id, say("forms.only-into", { name })]);
  return makeSelect(options, value ?? "", { change, key, empty: say("forms.both-ways") });
}

const INPUTS = {
  text: makeText,
  phone: (field, given) => makeText(field, given, { type: "tel" }),
  address: (field, given) => makeText(field, given, { type: "url", placeholder: "https://" }),
  number: makeNumber,
  boolean: makeBoolean,
  choice: makeChoice,
  choices: makeChoices,
  category: makeCategory,
  feature: makeFeature,
  features: makeFeatures,
  languages: makeLanguages,
  "time-zone": makeTimeZone,
  date: makeDate,
  side: makeSide,
  hours: makeHours,
  labels: makeLabels,
  aliases: makeAliases,
  codes: makeCodes,
  waits: makeWaits,
  widths: makeWidths,
  messages: makeMessages,
};

/** Kinds of input that there are: a test holds them against what the server asks for. */
export const KINDS = Object.keys(INPUTS);
