// What differs between features, in words: pure, for the dialog of conflicts.

import { areaOf as measureArea } from "./canvas/geometry.js";

const SHORT = 60;

/** A value as it can be read: labels in their languages, lists, nothing as a dash. */
export function writeValue(value, language) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (Array.isArray(value)) return value.length ? value.map((one) => writeValue(one, language)).join(", ") : "–";
  if (typeof value === "object") {
    const keys = Object.keys(value);
    const names = keys.map((key) => nameLanguage(key, language));
    const shown = names.every(Boolean) ? names : keys;
    return keys.map((key, k) => `${shown[k]}: ${writeValue(value[key], language)}`).join("; ") || "–";
  }
  const text = String(value);
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text;
}

/** The value of a member of a feature: a property, or a key of the `wayfinder` object. */
export function readMember(feature, member) {
  if (!feature) return undefined;
  return feature.properties[member] ?? feature.properties.wayfinder?.[member];
}

/** Area in square metres of a polygon or several, in metres; null for what is none. */
export function areaOf(geometry) {
  if (!geometry || !/Polygon$/.test(geometry.type)) return null;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return measureArea(polygons);
}

/** What a language is called in the reader's; nothing for what is no tag of a language. */
function nameLanguage(key, language) {
  try {
    return new Intl.DisplayNames([language], { type: "language", fallback: "none" }).of(key);
  } catch {
    return undefined;
  }
}

/** Rows of a table: for each member that differs what it was, is by me, is by them. */
export function listRows(conflict, language) {
  const { saw, mine, theirs } = conflict;
  return conflict.members
    .filter((member) => member !== "geometry" && member !== "display_point")
    .map((member) => ({
      member,
      saw: writeValue(readMember(saw, member), language),
      mine: writeValue(readMember(mine, member), language),
      theirs: writeValue(readMember(theirs, member), language),
    }));
}
