// Which spaces a door touches, for lists: what the server says of one door counts more.

import { listRings } from "./shapes.js";

const REACH_M = 0.3;

/** Return the distance of a point from the outline of a ring. */
export function measureToRing([px, py], ring) {
  let best = Infinity;
  ring.forEach(([x0, y0], index) => {
    const [x1, y1] = ring[(index + 1) % ring.length];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const part = Math.max(0, Math.min(1, ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(px - x0 - part * dx, py - y0 - part * dy));
  });
  return best;
}

const known = new WeakMap();

/** List the units of a door's level whose outline its middle touches, the nearest first, at most two. */
export function listTouching(plan, door) {
  const levelId = door.properties.level_id;
  const points = door.geometry?.coordinates;
  if (!levelId || !Array.isArray(points?.[0])) return [];
  const ends = [points[0], points.at(-1)].map((one) => plan.toMetres(one));
  const middle = [(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2];
  const found = [];
  for (const { id, rings, box } of listAreas(plan, levelId)) {
    if (middle[0] < box[0] - REACH_M || middle[1] < box[1] - REACH_M || middle[0] > box[2] + REACH_M || middle[1] > box[3] + REACH_M) continue;
    const distance = Math.min(...rings.map((ring) => measureToRing(middle, ring)));
    if (distance <= REACH_M) found.push({ id, distance });
  }
  return found.sort((one, other) => one.distance - other.distance).slice(0, 2).map((one) => one.id);
}

/** The outlines of a level's units in metres, made once for each state of the plan. */
function listAreas(plan, levelId) {
  let cache = known.get(plan);
  if (!cache || cache.number !== plan.number) known.set(plan, (cache = { number: plan.number, levels: new Map() }));
  if (!cache.levels.has(levelId)) {
    cache.levels.set(levelId, plan.listOnLevel(levelId).filter((one) => one.feature_type === "unit").map((unit) => {
      const rings = listRings(plan.geometryToMetres(unit.geometry));
      const xs = (rings[0] ?? []).map(([x]) => x);
      const ys = (rings[0] ?? []).map(([, y]) => y);
      return { id: unit.id, rings, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
    }));
  }
  return cache.levels.get(levelId);
}
