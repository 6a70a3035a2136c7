// An edit out of what was asked for it. Pure: tested by cases.

import { splitValue } from "./values.js";

const isNothing = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

/**
 * Build the edit of a command.
 *
 * @param command `{kind, arguments: [{name, input, needed, clears, given, least}]}`
 * @param values argument to what was entered
 * @param makeId makes an id that is free
 * @param fixed arguments that are given and not asked for
 * @returns {{action: object|null, missing: string[]}} `missing`: arguments that are needed and were not entered
 */
export function buildAction(command, values, makeId, fixed = {}) {
  const action = { ...fixed, kind: command.kind };
  const missing = [];
  for (const argument of command.arguments) {
    const write = WRITERS[argument.input] ?? writePlain;
    const made = write(argument, values[argument.name], makeId, values);
    Object.assign(action, made);
    const lacks = Object.values(made).length === 0 || Object.values(made).every((value) => value === undefined);
    if (argument.needed && lacks) missing.push(argument.name);
    if (argument.least && Array.isArray(action[argument.name]) && action[argument.name].length < argument.least) missing.push(argument.name);
  }
  if (command.kind === "add-occupant" && values.anchor_id) { // it shares the place of another
    delete action.level_id;
    delete action.at;
  } else if (command.kind === "add-occupant" && !action.at) missing.push("at");
  if (command.kind === "add-door" && !action.at && !action.coordinates) missing.push("at");
  if (command.kind === "add-section" && !action.area && !action.units) missing.push("area");
  if (command.kind === "cut-unit" && !action.area && !action.by) missing.push("area");
  return { action: missing.length ? null : action, missing: [...new Set(missing)] };
}

function writePlain(argument, value) {
  if (isNothing(value)) return argument.clears && argument.needed ? { [argument.name]: null } : {};
  if (argument.input === "boolean" && value === (argument.given ?? false)) return {};
  return { [argument.name]: value };
}

const WRITERS = {
  "new-id": (argument, value, makeId) => ({ [argument.name]: value ?? makeId() }),
  labels: (argument, value) => {
    const texts = Object.fromEntries(Object.entries(value ?? {}).filter(([, text]) => text === null || text?.trim()));
    return Object.keys(texts).length ? { [argument.name]: texts } : {};
  },
  // a wall is two ends, chosen at once
  wall: (_, value) => (value ? { start: value.start, end: value.end } : {}),
  anchor: (argument, value, makeId) => ({ [argument.name]: value || makeId() }),
  copies: (argument, value, makeId) => (value?.length ? { [argument.name]: value.map((level) => ({ level_id: level, id: makeId() })) } : {}),
  properties: (_, value) => {
    let known = {};
    for (const { field, value: one } of value ?? []) known = { ...known, ...splitValue(null, field, one, known) };
    return known;
  },
  moves: (argument, value) => {
    const moved = (value ?? []).filter(([from, to]) => from && to && (from[0] !== to[0] || from[1] !== to[1]));
    return moved.length ? { [argument.name]: moved } : {};
  },
  rows: (argument, value) => {
    const rows = (value ?? []).filter((row) => Object.keys(row).length > 1);
    return rows.length ? { [argument.name]: rows } : {};
  },
};

/** Return what is known beforehand of a command's arguments: the floor, what is chosen, what others say. */
export function listGiven(command, { selection, level, typeOf, given = {} }) {
  const values = {};
  for (const argument of command.arguments) {
    if (argument.name in given) values[argument.name] = given[argument.name];
    else if (argument.input === "level" && argument.needed) values[argument.name] = level;
    else if (argument.input === "level" && command.kind === "add-occupant") values[argument.name] = level;
    else if (argument.input === "features" && argument.of?.includes("level") && argument.needed) values[argument.name] = level ? [level] : [];
    else if (argument.input === "feature" && PRESET.has(argument.name)) values[argument.name] = find(selection, argument, typeOf) ?? (argument.of?.length === 1 && argument.of[0] === "level" ? level : undefined);
    else if (argument.input === "features" && argument.name !== "through") values[argument.name] = filter(selection, argument, typeOf);
    else if (argument.input === "rows") values[argument.name] = filter(selection, argument, typeOf).map((feature) => ({ feature }));
    else if (argument.given !== undefined) values[argument.name] = argument.given;
  }
  return values;
}

const PRESET = new Set(["feature", "origin"]);
const filter = (ids, argument, typeOf) => [...ids].filter((id) => !argument.of || argument.of.includes(typeOf(id)));
const find = (ids, argument, typeOf) => filter(ids, argument, typeOf)[0];

/** Return whether a command is about what is chosen. */
export function fitsSelection(command, selection, typeOf) {
  const about = command.arguments.find((argument) => argument.name === "feature" || argument.name === "features");
  if (!about || !selection.size) return false;
  return [...selection].every((id) => !about.of || about.of.includes(typeOf(id)));
}
