// The arguments of edits as fields: those that are no properties of a feature.

import { make } from "../dom.js";
import { say } from "../words.js";
import { makeField } from "./fields.js";
import { makeLabels } from "./fields-lists.js";
import { makeArea, makeLine, makeMoves, makePoint, makeWall } from "./fields-shapes.js";
import { nameIn } from "./options.js";
import { nextId } from "./pick.js";
import { listFields, listNewFields } from "./presets.js";
import { findLink, readValue } from "./values.js";

/**
 * Make the field of an argument; null where nothing is asked.
 *
 * `given`: `{context, command, values, change}`; `values` are those of the other arguments as they are now.
 */
export function makeArgument(argument, given) {
  const { context, command, values, change } = given;
  if (argument.input === "new-id") return null;
  const of = context.plan.get(values.feature);
  const level = () => values.level_id ?? values.level ?? (of && context.plan.levelsOf(of)[0]) ?? context.state.level;
  const label = sayArgument(command.kind, argument.name);
  const own = { context, value: values[argument.name], change, key: `argument.${argument.name}`, of, level };
  const shape = SHAPES[argument.input];
  if (shape) return wrap(label, argument, shape(argument, { ...own, between: command.kind === "add-door" }));
  const special = SPECIAL[argument.input];
  if (special) return special(argument, { ...own, label, command, values });
  const field = {
    id: `argument.${argument.name}`, label, of: argument.of ?? [], min: argument.min, max: argument.max, unit: unitOf(argument.name), path: [argument.name],
    input: argument.input === "level" ? "feature" : argument.input,
    options: (argument.options ?? []).map((value) => ({ value, label: say(`forms.option.${OPTIONS[argument.name] ?? argument.name}.${value}`) })),
  };
  if (argument.input === "level") field.of = ["level"];
  const type = argument.category_of ?? of?.feature_type ?? "unit";
  const only = ONLY_HERE.has(`${command.kind}.${argument.name}`);
  return makeField(field, { ...own, type, needed: Boolean(argument.needed && !argument.clears) || argument.given !== undefined, only, marks: false });
}

const SHAPES = { point: makePoint, line: makeLine, area: makeArea, wall: makeWall, moves: makeMoves };
/** What is meant on one floor: what is elsewhere is not offered. */
const ONLY_HERE = new Set(["merge-units.features", "join-units.units", "add-section.units", "cover-units.units", "cut-unit.by"]);
const OPTIONS = { display_kind: "kind" };

export function sayArgument(kind, name) {
  return say(`forms.argument.${OWN[`${kind}.${name}`] ?? name}`);
}
/** Arguments that mean something else in one edit than in others. */
const OWN = {
  "move-opening.to": "to-point", "move-point.to": "to-point", "set-one-way.to": "to-side", "move.start": "start-point", "move.end": "end-point",
  "add-way.level_ids": "way-levels", "connect.category": "way-category", "add-way.category": "way-category", "unlink.feature": "link", "unlink.unit": "link-unit",
  "move-wall.start": "wall-of", "add-occupant.at": "arrives-at", "cover-units.units": "covers", "add-section.units": "covers", "delete.features": "things", "swap-coordinates.features": "things",
  "move.features": "things", "merge-units.features": "spaces", "set-properties.members": "properties",
};

const unitOf = (name) => (name.endsWith("_m") ? "m" : name.endsWith("_deg") ? "deg" : null);

function wrap(label, argument, { element, input }) {
  if (input && argument.input === "wall") return make("div", { class: "ef-field" }, make("label", { for: input.id }, label), element);
  return make("fieldset", { class: "ef-field is-group" }, make("legend", null, label), element);
}

const SPECIAL = {
  boolean: makeSwitch,
  labels: (argument, { label, ...given }) => wrap(label, argument, makeLabels({ id: argument.name, path: [argument.name] }, { ...given, marks: false, value: given.value ?? namesOf(given, argument) })),
  side: makeSides,
  anchor: makeAnchor,
  copies: makeLevels,
  properties: makeAllFields,
  rows: makeTable,
  messages: (argument, { context, of, change, label }) => makeField({ id: "ours.sign.messages", input: "messages", label }, { context, change, value: of ? readValue(of, ["ours", "sign", "messages"]) : [] }),
};

/** What a feature is called so far, where it is about to be called otherwise. */
function namesOf({ of, command, values }, argument) {
  if (!of || argument.name !== "names" || command.kind !== "rename") return {};
  return of.properties[values.member ?? "name"] ?? {};
}

function makeSwitch(argument, { value, change, key, label }) {
  const clears = argument.clears;
  if (clears) {
    return makeField({ id: key, input: "boolean", label }, { value: value ?? null, change, key });
  }
  const box = make("input", { type: "checkbox", id: nextId("switch"), data: { key } });
  box.checked = value ?? argument.given ?? false;
  box.addEventListener("change", () => change(box.checked));
  return make("div", { class: "ef-field" }, make("label", { class: "ef-box" }, box, make("span", null, label)));
}

/** The sides of a door: the server knows them. */
function makeSides(argument, { context, of, change, key, label }) {
  const body = make("div", null);
  const draw = (sides) => body.replaceChildren(makeField({ id: key, input: "side", label }, { context, value: of?.properties.wayfinder?.one_way_to ?? null, sides, change, key }));
  draw([]);
  if (of) {
    context.session.get("sides", { door: of.id }).then(({ left, right }) => draw([left, right].map((id) => ({ id: id ?? "outside", name: id ? nameIn(context, context.plan.get(id)) : say("forms.outside") })))).catch(() => {});
  }
  return body;
}

/** Where a department is: at a point of its own, or where another one is. */
function makeAnchor(argument, { context, value, change, key, label }) {
  const field = { id: key, input: "feature", label, hint: say("forms.anchor-hint"), of: ["anchor"] };
  return makeField(field, { context, value: value ?? null, change, key });
}

/** Floors to draw a lift on: a box each. */
function makeLevels(argument, { context, of, change, key, label }) {
  const here = of?.properties.level_id;
  const linked = new Set((of && findLink(context.plan.features, of.id)?.units.map((id) => context.plan.get(id)?.properties.level_id)) || []);
  const options = context.plan.levelsBeside(here).reverse().filter((level) => level.id !== here).map((level) => ({
    value: level.id, label: `${nameIn(context, level)}${linked.has(level.id) ? ` – ${say("forms.linked")}` : ""}`,
  }));
  return makeField({ id: key, input: "choices", label, options }, { context, value: [], change, key });
}

/** All that can be said of what is to be made, or of a feature: folded up. */
function makeAllFields(argument, { context, command, values, of, change, label }) {
  const made = command.makes;
  const fields = made
    ? listNewFields(context.presets, made, values.category, command.arguments.map((one) => one.name))
    : of ? [...listFields(context.presets, of).first, ...listFields(context.presets, of).more].filter((field) => field.action === "set-properties") : [];
  const said = new Map();
  const drawn = fields.map((field) => makeField(field, {
    context, value: !made && of ? readValue(of, field.path) : null, type: made ?? of?.feature_type, key: `new.${field.id}`,
    change: (value) => {
      said.set(field.id, { field, value });
      change([...said.values()]);
    },
  }));
  if (!drawn.length) return null;
  return make("details", { class: "ef-all", open: !made }, make("summary", null, label), drawn);
}

/** The directory's row of each place. */
function makeTable(argument, { context, value, change, label, key }) {
  const rows = new Map((value ?? []).map((row) => [row.feature, row]));
  const body = make("div", null);
  const told = () => change([...rows.values()]);
  const list = makeField({ id: key, input: "features", label, of: argument.of }, {
    context, value: [...rows.keys()], key,
    change: (ids) => {
      for (const id of [...rows.keys()]) if (!ids.includes(id)) rows.delete(id);
      for (const id of ids) if (!rows.has(id)) rows.set(id, { feature: id });
      redraw();
      told();
    },
  });
  const put = (row, column, given) => {
    if (given === undefined) delete row[column];
    else row[column] = given;
    told();
  };
  function redraw() {
    body.replaceChildren(...[...rows.values()].map((row) => {
      const feature = context.plan.get(row.feature);
      const type = context.presets.types[feature.feature_type];
      const ids = [...type.fields, ...type.more].filter((id) => COLUMNS[id]);
      return make("fieldset", { class: "ef-field is-group" }, make("legend", null, nameIn(context, feature)), ids.map((id) => {
        const field = context.presets.fields[id];
        return makeField(field, { context, value: readValue(feature, field.path), key: `row.${row.feature}.${id}`, change: (given) => put(row, COLUMNS[id], given ?? (id === "hours" || id === "phone" || id === "website" || id === "ours.hours" ? "" : {})) });
      }));
    }));
  }
  redraw();
  return make("div", null, list, body);
}

const COLUMNS = { name: "names", "ours.aliases": "aliases", "ours.codes": "codes", hours: "hours", "ours.hours": "hours", phone: "phone", website: "website" };

