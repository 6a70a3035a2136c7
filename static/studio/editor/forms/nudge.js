// Moving by arrow keys: the edit that moves a thing by so much. Pure: tested by cases.

import { findMiddle } from "./shapes.js";

const WAYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const POINTS = new Set(["amenity", "occupant", "anchor"]);
const WHOLE = new Set(["unit", "section", "geofence", "kiosk", "fixture", "detail", "relationship", "footprint"]);

/** Return by how much a key moves, in metres, or null where it is none of the arrows. */
export function readArrow(key, step) {
  const way = WAYS[key];
  return way ? [way[0] * step, way[1] * step] : null;
}

/**
 * Return the edit that moves features by so many metres, or null where none of them can be.
 * @param plan `{get, toDegrees, geometryToMetres}`
 */
export function makeMove(plan, ids, [dx, dy]) {
  const features = ids.map((id) => plan.get(id)).filter(Boolean);
  const shifted = (feature) => {
    const held = feature.geometry ? feature : plan.get(feature.properties.anchor_id);
    const middle = held?.geometry && findMiddle(plan.geometryToMetres(held.geometry));
    return middle && [middle, [middle[0] + dx, middle[1] + dy]].map((point) => plan.toDegrees(point));
  };
  const actions = [];
  const whole = features.filter((one) => WHOLE.has(one.feature_type) && one.geometry);
  if (whole.length) {
    const [start, end] = shifted(whole[0]);
    actions.push({ kind: "move", features: whole.map((one) => one.id), start, end });
  }
  for (const feature of features) {
    const points = POINTS.has(feature.feature_type) || feature.feature_type === "opening" ? shifted(feature) : null;
    if (!points) continue;
    const kind = feature.feature_type === "opening" ? "move-opening" : "move-point";
    actions.push({ kind, feature: feature.id, to: points[1] });
  }
  if (actions.length < 2) return actions[0] ?? null;
  return { kind: "batch", actions };
}
