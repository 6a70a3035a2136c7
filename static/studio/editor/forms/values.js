// What a form reads of features, and the least edit that a change is. Pure: tested by cases.

export const LINKING = new Set(["elevator", "stairs", "escalator", "ramp"]);
const LISTED = new Set(["amenity", "building", "kiosk", "level", "occupant", "section", "unit", "venue"]);
/** Field to its column in the directory. */
const COLUMNS = {
  name: "names", "ours.aliases": "aliases", "ours.codes": "codes",
  hours: "hours", "ours.hours": "hours", phone: "phone", website: "website",
};

export const typeOf = (feature) => feature.feature_type;
export const oursOf = (feature) => feature.properties.wayfinder ?? {};

/** Return whether two JSON values are the same, whatever the order of keys. */
export function isSame(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSame(one[key], other[key]));
}

/** Return the value at a field's path, or null; ours stands for the wayfinder object. */
export function readValue(feature, path) {
  const [head, ...rest] = path;
  let value = head === "ours" ? oursOf(feature) : feature.properties[head];
  for (const key of rest) value = value?.[key];
  return value ?? null;
}

/** Return what features have in common in a field: the value, and whether they differ. */
export function readCommon(features, path) {
  const [first, ...others] = features.map((feature) => readValue(feature, path));
  const mixed = others.some((value) => !isSame(value, first));
  return { value: mixed ? null : first ?? null, mixed };
}

/** Return an object without a key that is empty, or with it set; null where nothing is left. */
function put(object, path, value) {
  const [key, ...rest] = path;
  const made = { ...object };
  const inner = rest.length ? put(made[key] ?? {}, rest, value) : value;
  if (inner === null || inner === undefined) delete made[key];
  else made[key] = inner;
  return Object.keys(made).length ? made : null;
}

/** Return the labels that differ, null for those that went. */
export function diffLabels(before, after) {
  const changed = {};
  for (const tag of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const text = (after?.[tag] ?? "").trim();
    if (text !== ((before ?? {})[tag] ?? "")) changed[tag] = text || null;
  }
  return changed;
}

/**
 * Return the least edit that gives a feature a value in a field, or null where it has it.
 * @param {{id: string, path: string[], action: string}} field
 */
export function makeEdit(feature, field, value) {
  const before = readValue(feature, field.path);
  const wanted = value === "" || (Array.isArray(value) && !value.length && field.input !== "messages") ? null : value;
  if (isSame(before, wanted) || (before === null && isEmpty(wanted))) return null;
  const make = MAKERS[field.action];
  return make ? make(feature, field, wanted, before) : setProperties(feature, field, wanted);
}

const isEmpty = (value) => value === null || (typeof value === "object" && !Object.keys(value).length);

const MAKERS = {
  rename: (feature, field, value, before) => {
    const names = diffLabels(before, value);
    const member = field.path[0];
    if (!Object.keys(names).length) return null;
    return { kind: "rename", feature: feature.id, names, ...(member === "name" ? {} : { member }) };
  },
  "set-category": (feature, _, value) => value && { kind: "set-category", feature: feature.id, category: value },
  "set-ordinal": (feature, _, value) => value !== null && { kind: "set-ordinal", feature: feature.id, ordinal: value },
  "set-buildings": (feature, _, value) => ({ kind: "set-buildings", feature: feature.id, building_ids: value ?? [] }),
  "set-time-zone": (feature, _, value) => value && { kind: "set-time-zone", feature: feature.id, time_zone: value },
  "set-direction": (feature, _, value) => ({ kind: "set-direction", feature: feature.id, direction: value }),
  "set-one-way": (feature, _, value) => ({ kind: "set-one-way", feature: feature.id, to: value }),
  turn: (feature, _, value) => value !== null && { kind: "turn", feature: feature.id, bearing_deg: value },
  "set-messages": (feature, _, value) => ({ kind: "set-messages", feature: feature.id, messages: value ?? [] }),
  "set-way": (feature, field, value) => field.path[0] === "direction"
    ? { kind: "set-way", feature: feature.id, directed: value === "directed" }
    : { kind: "set-way", feature: feature.id, banned: value === true },
};

function setProperties(feature, field, value) {
  return { kind: "set-properties", feature: feature.id, ...splitValue(feature, field, value) };
}

/** Return a value as `members` or `ours` of an edit; parts of an object go with their whole. */
export function splitValue(feature, field, value, known = {}) {
  const [head, ...rest] = field.path;
  if (head !== "ours") {
    const whole = known.members?.[head] ?? feature?.properties[head];
    return { members: { ...known.members, [head]: rest.length ? put(whole ?? {}, rest, value) : value } };
  }
  const [key, ...parts] = rest;
  const whole = known.ours?.[key] ?? (feature ? oursOf(feature)[key] : undefined);
  return { ours: { ...known.ours, [key]: parts.length ? put(whole ?? {}, parts, value) : value } };
}

/** Return one edit that gives several features a value: the directory's, a batch, or null. */
export function makeEdits(features, field, value) {
  const column = COLUMNS[field.id];
  if (features.length > 1 && column && features.every((one) => LISTED.has(typeOf(one)))) {
    const rows = features.map((one) => makeRow(one, field, column, value)).filter(Boolean);
    return rows.length ? { kind: "update-directory", rows } : null;
  }
  const actions = features.map((one) => makeEdit(one, field, value)).filter(Boolean);
  if (actions.length < 2) return actions[0] ?? null;
  return { kind: "batch", actions };
}

/** Return a row of the directory that sets one column, or null where it is so. */
function makeRow(feature, field, column, value) {
  const before = readValue(feature, field.path);
  if (column === "names" || column === "codes") {
    // languages or systems that are not given stay: an empty one of a mixed form takes none away
    const given = Object.fromEntries(Object.entries(value ?? {}).filter(([key, text]) => text && text !== before?.[key]));
    return Object.keys(given).length ? { feature: feature.id, [column]: given } : null;
  }
  if (column === "aliases") {
    const given = Object.fromEntries(Object.entries(value ?? {}).filter(([key, texts]) => !isSame(texts, before?.[key] ?? [])));
    return Object.keys(given).length ? { feature: feature.id, aliases: given } : null;
  }
  return (before ?? "") === (value ?? "") ? null : { feature: feature.id, [column]: value ?? "" };
}

/** List the languages in which a feature that has a name has none; all where it has none at all. */
export function listMissing(labels, languages) {
  return languages.filter((tag) => !(labels?.[tag] ?? "").trim());
}

/** Return the ids that a relationship links over floors, in its order; none where it is no link. */
export function listChain(relationship) {
  if (typeOf(relationship) !== "relationship" || relationship.geometry) return [];
  if (!LINKING.has(relationship.properties.category) || oursOf(relationship).banned) return [];
  const { origin, intermediary, destination } = relationship.properties;
  return [origin, ...(intermediary ?? []), destination].map((one) => one?.id).filter(Boolean);
}

/** Return the link over floors that a unit is in: its relationship and the units, or null. */
export function findLink(features, unitId) {
  for (const feature of features.values()) {
    const chain = listChain(feature).filter((id) => LINKING.has(features.get(id)?.properties.category));
    if (chain.length > 1 && chain.includes(unitId)) return { relationship: feature, units: chain };
  }
  return null;
}

/** Return whether a field is a part of an object, which is sent whole. */
export const isPart = (field) => field.path.length > (field.path[0] === "ours" ? 2 : 1);

/** Return whether a field says something of a lift, which is one on all its floors. */
export const isOfLift = (field) => field.path[0] === "ours" && field.path[1] === "lift";

/** Return the ids of lifts with those of their other floors. `lifts`: the ids of each. */
export function withAllFloors(ids, lifts) {
  return [...new Set(ids.flatMap((id) => lifts.find((units) => units.includes(id)) ?? [id]))];
}

/** Return the id of the level that a feature is on, or null: a department's is its anchor's unit's. */
export function findLevel(features, feature) {
  const { properties } = feature;
  if (typeOf(feature) === "level") return feature.id;
  if (properties.level_id) return properties.level_id;
  const home = findHome(features, feature);
  if (home) return home.properties.level_id ?? null;
  const drawn = oursOf(feature).level_ids ?? properties.level_ids;
  if (drawn?.length) return drawn[0];
  const [first] = listChain(feature);
  const end = first ?? properties.origin?.id;
  const at = end && features.get(end);
  return at && at !== feature ? findLevel(features, at) : null;
}

/** Return the unit that a point or a department is in, or null. */
export function findHome(features, feature) {
  const { properties } = feature;
  if (typeOf(feature) === "occupant") {
    const anchor = features.get(properties.anchor_id);
    return anchor ? findHome(features, anchor) : null;
  }
  return features.get(properties.unit_id ?? properties.unit_ids?.[0]) ?? null;
}

/** List what has its place in a unit: departments, facilities, signs. */
export function listInside(features, unitId) {
  const found = [];
  for (const feature of features.values()) {
    if (!["occupant", "amenity"].includes(typeOf(feature))) continue;
    if (findHome(features, feature)?.id === unitId) found.push(feature);
  }
  return found;
}
