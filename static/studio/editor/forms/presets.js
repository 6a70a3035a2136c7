// What forms are made of, as the server tells it: which fields a feature has. Pure.

/** Take over the server's document; fields get their ids, categories are found by name. */
export function preparePresets(document) {
  const byCategory = new Map(document.categories.map((one) => [one.category, one]));
  for (const [id, field] of Object.entries(document.fields)) field.id = id;
  const commands = new Map(document.commands.map((one) => [one.kind, one]));
  const presets = Object.assign(document, { byCategory, commandsByKind: commands });
  presets.find = (category) => findPreset(byCategory, category);
  presets.symbolOf = (feature) => presets.find(feature.properties.category)?.symbol ?? null;
  return presets;
}

/** Return what is known of a category, else of what it is a kind of. */
function findPreset(byCategory, category) {
  let name = category ?? "";
  while (name) {
    if (byCategory.has(name)) return byCategory.get(name);
    name = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
  }
  return null;
}

const has = (feature, path) => {
  const [head, ...rest] = path;
  let value = head === "ours" ? feature.properties.wayfinder : feature.properties[head];
  for (const key of rest) value = value?.[key];
  return value !== undefined && value !== null;
};

/** A field as a type has it: the edit that sets it may be another. */
function fieldOf(presets, type, id) {
  const field = presets.fields[id];
  const action = presets.types[type].actions[id];
  return action ? { ...field, action } : field;
}

/**
 * List the fields of one feature: those asked first, those that are seldom asked. What its category asks for comes after
 * the names; what is seldom asked and is known all the same comes first too.
 */
export function listFields(presets, feature) {
  const form = presets.types[feature.feature_type];
  if (!form) return { first: [], more: [] };
  const own = presets.find(feature.properties.category)?.fields ?? [];
  const special = form.special.filter((id) => own.includes(id) || has(feature, presets.fields[id].path));
  const at = Math.max(0, form.fields.findLastIndex((id) => id.endsWith("name")) + 1);
  const known = form.more.filter((id) => has(feature, presets.fields[id].path));
  const first = [...form.fields.slice(0, at), ...special, ...form.fields.slice(at), ...known];
  const more = form.more.filter((id) => !known.includes(id));
  const get = (id) => fieldOf(presets, feature.feature_type, id);
  return { first: first.map(get), more: more.map(get) };
}

/** List the fields that several features have in common. */
export function listCommonFields(presets, features) {
  const lists = features.map((one) => listFields(presets, one));
  if (lists.length === 1) return lists[0];
  const [, ...others] = lists.map(({ first, more }) => new Map([...first, ...more].map((field) => [field.id, field])));
  const shared = (field) => others.every((fields) => fields.get(field.id)?.action === field.action) && !ALONE.has(field.id);
  return { first: lists[0].first.filter(shared), more: lists[0].more.filter(shared) };
}

/** What is never the same of two: set one by one. */
const ALONE = new Set(["ours.sign.messages", "ours.one_way_to", "ours.sign_code", "ordinal", "short_name", "correlation_id", "ours.time_zone"]);

/** List the fields of what is to be made, without those that the edit asks for by itself. */
export function listNewFields(presets, type, category, asked) {
  const { first, more } = listFields(presets, { feature_type: type, properties: { category } });
  return [...first, ...more].filter((field) => field.action === "set-properties" && !asked.includes(field.path[0]));
}
