// Features as options: what they are called, where they are, what they are found by.

import { nameCategory as nameKnown, nameFeature, pick, sayType } from "../words.js";
import { findLevel, listChain, oursOf, typeOf } from "./values.js";
import { listTouching } from "./sides.js";

/** The order in which types are listed. */
export const TYPES = ["unit", "occupant", "amenity", "opening", "section", "geofence", "kiosk", "fixture", "relationship", "detail", "level", "footprint", "building", "venue", "address", "anchor"];

/** What a floor is called where there is little room. */
export function nameLevel(context, levelId) {
  const level = levelId && context.plan.get(levelId);
  return level ? pick(level.properties.short_name) || pick(level.properties.name) : "";
}

/** What a category is called; nothing where there is none. */
export function nameCategory(context, category) {
  return context.presets.byCategory.get(category)?.label ?? nameKnown(category);
}

/** Types whose category tells more than their name: a room is not called “Room” for being unspecified. */
const KINDS = new Set(["unit", "amenity", "occupant", "opening", "fixture"]);

/** What a feature is called in a list: its name, its number, else what tells it from its like. */
export function nameIn(context, feature) {
  const { plan } = context;
  const type = typeOf(feature);
  const ours = oursOf(feature);
  const own = pick(feature.properties.name);
  if (type === "opening" && !own) return nameDoor(context, feature);
  if (type === "relationship") return nameWay(context, feature);
  if (type === "address") return feature.properties.address || feature.properties.locality || sayType(type);
  if (type === "anchor") {
    const there = plan.list("occupant").filter((one) => one.properties.anchor_id === feature.id);
    return there.map((one) => nameFeature(one, plan)).join(", ") || sayType(type);
  }
  if (type === "level" && !own) return pick(feature.properties.short_name) || sayType(type);
  if (!own && !KINDS.has(type)) return sayType(type);
  const name = nameFeature(feature, plan);
  return ours.ref && !name.includes(ours.ref) ? `${name} ${ours.ref}` : name;
}

function nameDoor(context, door) {
  const kind = nameCategory(context, door.properties.category) || sayType("opening");
  const names = listTouching(context.plan, door).map((id) => nameFeature(context.plan.get(id), context.plan));
  return names.length ? `${kind}: ${names.join(" – ")}` : kind;
}

function nameWay(context, way) {
  const { plan } = context;
  const kind = nameCategory(context, way.properties.category) || sayType("relationship");
  const chain = listChain(way);
  const ends = [way.properties.origin?.id, way.properties.destination?.id].map((id) => id && plan.get(id)).filter(Boolean);
  if (chain.length > 1) {
    const [first, last] = ends.map((one) => nameLevel(context, findLevel(plan.features, one)));
    return `${kind} ${first} – ${last}`;
  }
  return ends.length ? `${kind}: ${ends.map((one) => nameFeature(one, plan)).join(" – ")}` : kind;
}

/** All that a feature is found by: names in all languages, aliases, codes, its number, its id. */
export function listWords(feature) {
  const ours = oursOf(feature);
  const { name, alt_name: other, short_name: short } = feature.properties;
  const labels = [name, other, short].flatMap((one) => Object.values(one ?? {}));
  return [...labels, ...Object.values(ours.aliases ?? {}).flat(), ...Object.values(ours.codes ?? {}), ours.ref, ours.sign_code, feature.id].filter(Boolean);
}

/** What a feature is called by its id; nothing where it is gone. */
export function nameById(context, id) {
  const feature = context.plan.get(id);
  return feature ? nameIn(context, feature) : undefined;
}

/** A feature as an option. */
export function makeOption(context, feature) {
  const floor = nameLevel(context, findLevel(context.plan.features, feature));
  const type = typeOf(feature);
  const label = nameIn(context, feature);
  const { category } = feature.properties;
  const kind = category && category !== "unspecified" ? nameCategory(context, category) : "";
  const what = kind && !label.startsWith(kind) ? kind : sayType(type);
  const note = type === "level" ? sayType(type) : [what, floor].filter(Boolean).join(" · ");
  return { value: feature.id, label, note, what: what === sayType(type) ? "" : what, symbol: context.presets.symbolOf(feature), search: [...listWords(feature), kind] };
}

/** List the features of some types as options; those of a level first, or they alone. */
export function listOptions(context, types, { level = null, only = false, but = [] } = {}) {
  const near = [];
  const far = [];
  for (const type of types) {
    for (const feature of context.plan.list(type)) {
      if (but.includes(feature.id)) continue;
      const here = !level || type === "level" || type === "building" || context.plan.levelsOf(feature).includes(level);
      if (here) near.push(feature);
      else if (!only) far.push(feature);
    }
  }
  if (types.includes("level")) near.sort((one, other) => (other.properties.ordinal ?? 0) - (one.properties.ordinal ?? 0));
  return [...near, ...far].map((one) => makeOption(context, one));
}

/** A feature as an option by what it is and its id alone. */
export function makePlainOption(context, feature) {
  const floor = nameLevel(context, findLevel(context.plan.features, feature));
  const label = nameCategory(context, feature.properties.category) || sayType(typeOf(feature));
  return { value: feature.id, label, note: floor, symbol: context.presets.symbolOf(feature), search: listWords(feature) };
}

/** The categories of a feature type as options, with their symbols. */
export function listCategories(context, type, chosen = null) {
  const { presets } = context;
  const offered = presets.types[type]?.categories ?? [];
  const all = chosen && !offered.includes(chosen) ? [chosen, ...offered] : offered;
  return all.map((category) => {
    const known = presets.byCategory.get(category);
    return { value: category, label: known?.label ?? nameKnown(category), symbol: known?.symbol, search: [category, ...(known?.search ?? [])] };
  });
}

/** What a language is called in the reader's. */
export function nameLanguage(context, tag) {
  try {
    return new Intl.DisplayNames([context.presets.language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
