// What keeps wheelchairs out since nobody says how wide it is: chosen together, so that one value is typed for all of it.

import { nameLevel } from "./bar.js";
import { button, make } from "./dom.js";
import { say } from "./words.js";

const CODES = new Set(["wheelchair-widths-unknown", "wheelchair-floors-unknown"]);
const WIDTH = "ours.clear_width_m", SIZE = "ours.lift.car_width_m", DEFAULTS = "ours.default_clear_widths_m";

const isLift = (feature) => feature.feature_type === "unit" && feature.properties.category === "elevator";

/** The kinds, as they are counted; a lift is on several floors, and its size is typed into one form. */
const KINDS = [
  { is: isLift, name: (count) => say("editor.widths.lifts", { count }), field: SIZE },
  { is: (one) => one.feature_type === "opening", name: (count) => say("editor.widths.doors", { count }), field: WIDTH },
  { is: (one) => one.feature_type === "unit" && !isLift(one), name: (count) => say("editor.widths.spaces", { count }), field: WIDTH },
  { is: (one) => one.feature_type === "relationship", name: (count) => say("editor.widths.ways", { count }), field: WIDTH },
];

/** Buttons that choose what lacks a width, floor by floor and kind by kind, and lead to its field; null for other issues. */
export function makeWidths(issue, context) {
  if (!CODES.has(issue.code)) return null;
  const { plan } = context;
  const features = issue.features.map((id) => plan.get(id)).filter(Boolean);
  const floors = plan.levels().map((level) => [level, features.filter((one) => plan.levelsOf(one)[0] === level.id)]);
  const rest = features.filter((one) => one.feature_type !== "venue" && !plan.levelsOf(one).length);
  const rows = [...floors, [null, rest]].filter(([, there]) => there.length).map(([level, there]) => makeRow(level, there, context));
  const venue = features.find((one) => one.feature_type === "venue"); // not where lifts alone lack their size
  const all = venue && button(say("editor.widths.everywhere"), { icon: "map" }, () => go([venue.id], DEFAULTS, context));
  return [make("p", { class: "ed-when" }, say("editor.widths.choose")), rows, make("div", { class: "actions" }, all)];
}

function makeRow(level, features, context) {
  const kinds = KINDS.map(({ is, name, field }) => {
    const ids = features.filter(is).map((one) => one.id);
    return ids.length ? button(name(ids.length), { icon: "pin" }, () => go(ids, field, context)) : null;
  });
  return [level && make("p", { class: "ed-when" }, nameLevel(level)), make("div", { class: "actions", role: "group", "aria-label": level ? nameLevel(level) : null }, kinds)];
}

function go(ids, field, context) {
  context.go(ids);
  context.showProperties(field);
}
