// Words of the page's language, and what features are called in it.

import { data } from "./page.js";

const categories = new Intl.PluralRules(data.language).resolvedOptions().pluralCategories;
const order = ["zero", "one", "two", "few", "many", "other"].filter((one) => categories.includes(one));
const rules = new Intl.PluralRules(data.language);

/** The message of a key, which stands without `studio.`: `editor.saved`, `canvas.snap`; `action.rename`. */
function find(key) {
  return data.words[`studio.${key}`] ?? data.words[key];
}

export function has(key) {
  return find(key) !== undefined;
}

/** Say a message; of a plural one the form that `count` wants. A key that is not there is a mistake of ours. */
export function say(key, values = {}) {
  const found = find(key);
  if (found === undefined) throw new Error(`no words for ${key}`);
  let text = found;
  if (Array.isArray(found)) {
    const place = order.indexOf(rules.select(Math.abs(values.count ?? 1)));
    text = found[Math.min(Math.max(place, 0), found.length - 1)];
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export function sayAction(kind) {
  return say(`action.${kind}`);
}

/** The text of the reader's language, else English, else the first there is. */
export function pick(labels, language = data.language) {
  if (!labels) return "";
  const wanted = language.toLowerCase();
  const tags = Object.keys(labels);
  const near = (tag, prefix) => tag.toLowerCase() === prefix || tag.toLowerCase().startsWith(`${prefix}-`);
  const tag =
    tags.find((one) => one.toLowerCase() === wanted) ??
    tags.find((one) => near(one, wanted.split("-")[0])) ??
    tags.find((one) => near(one, "en")) ??
    tags[0];
  return tag === undefined ? "" : labels[tag];
}

/** The language in which a name is meant that is typed without saying so: the reader's, where the plan has names in it. */
export function chooseLanguage(languages, reader = data.language) {
  return languages.includes(reader) ? reader : languages[0];
}

/** What a feature is called in lists: its name, what is in it, what it is. */
export function nameFeature(feature, plan = null) {
  if (!feature) return "";
  const own = pick(feature.properties.name);
  if (own) return own;
  const inside = plan?.inside(feature.id) ?? [];
  for (const one of inside) {
    const name = pick(one.properties.name);
    if (name) return name;
  }
  return nameCategory(feature.properties.category) || sayType(feature.feature_type);
}

const named = new Map(Object.entries(data.categories ?? {}));

/** What a category is called; the part before the point stands for one that is not known. */
export function nameCategory(category) {
  if (!category) return "";
  return named.get(category) ?? named.get(category.split(".")[0]) ?? category;
}

export function sayType(type) {
  return find(`feature-type.${type}`) ?? type;
}

const clock = new Intl.DateTimeFormat(data.language, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(data.language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

export function sayTime(date) {
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date);
}
