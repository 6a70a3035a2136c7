// Fields of several texts or lines: names by language, aliases, codes, widths by category, a sign's lines.

import { icon, make } from "../dom.js";
import { say } from "../words.js";
import { makeHours } from "./fields-hours.js";
import { makeNumberCell } from "./fields-numbers.js";
import { listCategories, listOptions, nameById, nameLanguage } from "./options.js";
import { makeCombo, nextId } from "./pick.js";
import { redrawLines, sayRefused } from "./refused.js";
import { listMissing } from "./values.js";

const ARROWS = ["ahead", "ahead-right", "right", "back-right", "back", "back-left", "left", "ahead-left", "up", "down", "here"];
const GLYPHS = ["↑", "↗", "→", "↘", "↓", "↙", "←", "↖", "⤒", "⤓", "●"];

export function makeIconButton(name, label, does, key = null) {
  const element = make("button", { type: "button", class: "ed-button", "aria-label": label, title: label, data: key ? { key } : {} }, icon(name));
  element.addEventListener("click", does);
  return element;
}

export function makeAdd(label, does, key) {
  const element = make("button", { type: "button", class: "button small ef-add", data: { key } }, icon("plus"), make("span", null, label));
  element.addEventListener("click", does);
  return element;
}

/** Types that are nothing without a name; a room or a door may well have none. */
const CALLED = new Set(["venue", "building", "level", "occupant", "section", "geofence"]);

/** A text by language; those of the venue's languages that are missing are marked. */
export function makeLabels(field, { context, value, change, key, mixed, type, marks = true }) {
  const labels = { ...value };
  const tags = [...new Set([...context.plan.languages, ...Object.keys(labels)])];
  const element = make("div", { class: "ef-labels" });
  const draw = () => {
    const named = Object.values(labels).some((text) => text?.trim());
    const missing = marks && !mixed && (named || (field.path?.[0] === "name" && CALLED.has(type))) ? listMissing(labels, context.plan.languages) : [];
    element.replaceChildren(...tags.map((tag) => drawRow(tag, missing.includes(tag))), drawMore());
  };
  function drawRow(tag, isMissing) {
    const long = field.id === "ours.description";
    const input = make(long ? "textarea" : "input", {
      id: nextId("label"), lang: tag, autocomplete: "off", maxlength: long ? "2000" : "500", placeholder: mixed ? say("forms.mixed") : null, data: { key: `${key}.${tag}` },
      ...(long ? { rows: "2" } : { type: "text" }),
    });
    input.value = labels[tag] ?? "";
    const mark = make("span", { class: "ef-missing", id: nextId("missing"), hidden: !isMissing }, icon("warning"), say("forms.missing"));
    if (isMissing) input.setAttribute("aria-describedby", mark.id);
    input.addEventListener("change", () => {
      labels[tag] = input.value.trim();
      change({ ...labels });
    });
    return make("div", { class: `ef-row${isMissing ? " is-missing" : ""}` }, make("label", { for: input.id }, nameLanguage(context, tag), " ", mark), input);
  }
  function drawMore() {
    const input = make("input", { type: "text", size: "8", maxlength: "35", "aria-label": say("forms.language-tag"), placeholder: "ja", pattern: "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", data: { key: `${key}.+` } });
    const add = () => {
      const tag = input.value.trim();
      if (!tag || !input.checkValidity() || tags.includes(tag)) return void input.reportValidity();
      tags.push(tag);
      draw();
      element.querySelector(`[data-key="${CSS.escape(`${key}.${tag}`)}"]`)?.focus();
    };
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
    return make("details", { class: "ef-more-languages" }, make("summary", null, say("forms.another-language")),
      make("div", { class: "ef-inline" }, input, makeIconButton("plus", say("forms.add-language"), add)));
  }
  draw();
  return { element };
}

/** Several texts by language, a line each. */
export function makeAliases(field, { context, value, change, key, mixed }) {
  const aliases = { ...value };
  const tags = [...new Set([...context.plan.languages, ...Object.keys(aliases)])];
  const rows = tags.map((tag) => {
    const input = make("textarea", { id: nextId("alias"), rows: String(Math.max(1, aliases[tag]?.length ?? 0)), lang: tag, placeholder: mixed ? say("forms.mixed") : say("forms.one-a-line"), data: { key: `${key}.${tag}` } });
    input.value = (aliases[tag] ?? []).join("\n");
    input.addEventListener("change", () => {
      const texts = [...new Set(input.value.split(/\n|；|;/u).map((text) => text.trim()).filter(Boolean))];
      aliases[tag] = texts;
      const kept = Object.fromEntries(Object.entries(aliases).filter(([, list]) => list.length));
      change(mixed ? { [tag]: texts } : Object.keys(kept).length ? kept : null);
    });
    return make("div", { class: "ef-row" }, make("label", { for: input.id }, nameLanguage(context, tag)), input);
  });
  return { element: make("div", { class: "ef-labels" }, rows) };
}

/** Pairs of a system and its code. */
export function makeCodes(field, given) {
  return makeRows(given, {
    empty: ["", ""], addLabel: say("forms.add-code"), list: (value) => Object.entries(value ?? {}),
    draw: (row, told, at) => [
      makeCell("text", say("forms.system"), row[0], (text) => { row[0] = text.toLowerCase(); told(); }, { list: "ef-systems", pattern: "[a-z][a-z0-9_\\-]{0,39}", size: "6", data: { key: `${at}.system` } }),
      makeCell("text", say("forms.code"), row[1], (text) => { row[1] = text; told(); }, { maxlength: "200", data: { key: `${at}.code` } }),
    ],
    read: (rows) => readPairs(rows.filter(([system, code]) => system && code)),
  });
}

/** How long one waits, by hours. */
export function makeWaits(field, given) {
  const { context } = given;
  return makeRows(given, {
    empty: { hours: "", wait_s: null }, addLabel: say("forms.add-wait"), list: (value) => structuredClone(value ?? []),
    draw: (row, told, at) => [
      make("fieldset", { class: "ef-cell is-wide" }, make("legend", null, say("forms.when")), makeHours(field, { context, value: row.hours, key: `${at}.hours`, change: (text) => { row.hours = text ?? ""; told(); } }).element),
      makeNumberCell(say("forms.wait-s"), row.wait_s, (wait_s) => { row.wait_s = wait_s; told(); }, { min: 0, max: 3600 }, { data: { key: `${at}.wait` } }),
    ],
    read: (rows) => {
      const whole = rows.filter((row) => row.hours && row.wait_s !== null);
      return whole.length ? whole : null;
    },
  });
}

/** Clear widths that the venue vouches for, by category. */
export function makeWidths(field, given) {
  const { context } = given;
  // as routes read it: the category itself, else all doors, else all there is
  const sums = [{ value: "*", label: say("forms.width-of-all") }, { value: "door", label: say("forms.width-of-doors") }];
  const offer = () => [...sums, ...listCategories(context, "unit"), ...listCategories(context, "opening")];
  return makeRows(given, {
    empty: ["", null], addLabel: say("forms.add-width"), list: (value) => Object.entries(value ?? {}),
    draw: (row, told, at) => [
      make("div", { class: "ef-cell is-wide" }, makeCombo({ label: say("forms.argument.category"), hidden: true, value: row[0] || null, key: `${at}.category`, list: offer, pick: (category) => { row[0] = category; told(); } }).element),
      makeNumberCell(say("forms.width-m"), row[1], (width) => { row[1] = width; told(); }, { unit: "m", min: field.min, max: field.max }, { data: { key: `${at}.width` } }),
    ],
    read: (rows) => readPairs(rows.filter(([category, width]) => category && width > 0)),
  });
}

const readPairs = (pairs) => (pairs.length ? Object.fromEntries(pairs) : null);

/** What a sign announces: a place and an arrow a line, in their order. */
export function makeMessages(field, given) {
  const { context } = given;
  const types = ["occupant", "unit", "amenity", "section", "building", "level", "opening"];
  return makeRows(given, {
    empty: { to: "", arrow: "ahead" }, addLabel: say("forms.add-line"), ordered: true, list: (value) => structuredClone(value ?? []),
    draw: (row, told, at) => [
      makeCombo({ label: say("forms.announces"), hidden: true, value: row.to || null, key: `${at}.to`, nameOf: (id) => nameById(context, id), list: () => listOptions(context, types, { level: context.state.level }), pick: (id) => { row.to = id; told(); }, placeholder: say("forms.type-name") }).element,
      makeArrows(row, told, `${at}.arrow`),
    ],
    read: (rows) => rows.filter((row) => row.to).map(({ to, arrow }) => ({ to, arrow })),
  });
}

function makeArrows(row, told, key) {
  const select = make("select", { "aria-label": say("forms.arrow"), data: { key } }, ARROWS.map((arrow, index) => make("option", { value: arrow }, `${GLYPHS[index]} ${say(`forms.option.arrow.${arrow}`)}`)));
  select.value = row.arrow;
  select.addEventListener("change", () => { row.arrow = select.value; told(); });
  return select;
}

export function makeCell(type, label, value, change, attributes = {}) {
  const input = make("input", { type, "aria-label": label, placeholder: label, autocomplete: "off", ...attributes });
  input.value = value;
  input.addEventListener("change", () => {
    const isFit = input.checkValidity();
    sayRefused(null, input, isFit ? "" : input.validationMessage);
    if (isFit) change(input.value.trim());
    else input.reportValidity();
  });
  return input;
}

/**
 * Rows that are added, taken out and, where `ordered`, put elsewhere. `how`: `list(value)` gives the rows of a value,
 * `read(rows)` the value of rows, without those that lack something; where the form keeps `lines` those stay in it.
 */
function makeRows({ value, change, key, lines = null }, { empty, draw, addLabel, ordered = false, ...how }) {
  const rows = lines ? lines.take(key, value, { empty, ...how }) : how.list(value);
  let drawn = [];
  const element = make("div", { class: "ef-rows" });
  const tell = () => change(how.read(rows));
  function redraw(focus = null) {
    redrawLines(element, key, drawn, rows, () => element.replaceChildren(...rows.map(drawRow), makeAdd(addLabel, () => {
      rows.push(structuredClone(empty));
      redraw(rows.length - 1);
    }, `${key}.add`)));
    drawn = [...rows];
    if (focus !== null) (element.children[focus]?.querySelector("input, select") ?? element.lastElementChild).focus();
  }
  function drawRow(row, index) {
    const number = index + 1;
    const moves = ordered ? [["up", -1], ["down", 1]].map(([way, step]) => {
      const one = makeIconButton(way, say(`forms.line-${way}`, { number }), () => {
        rows.splice(index + step, 0, ...rows.splice(index, 1));
        redraw(index + step);
        tell();
      }, `${key}.${index}.${way}`);
      one.disabled = index + step < 0 || index + step >= rows.length;
      return one;
    }) : [];
    const out = makeIconButton("close", say("forms.take-line-out", { number }), () => {
      rows.splice(index, 1);
      redraw(Math.min(index, rows.length - 1));
      tell();
    }, `${key}.${index}.out`);
    return make("div", { class: "ef-line", role: "group", "aria-label": say("forms.line", { number }) }, make("div", { class: "ef-line-cells" }, draw(row, tell, `${key}.${index}`)), moves, out);
  }
  redraw();
  return { element };
}
