// Where a door goes into a wall, what it joins, and where a sign hangs: as the server has it, to show before it is done. Pure.
// Units are shapes `{id, type, polygons, lines, isWalkable}` in metres.

import { SAME_M, add, areaOf, bearingOf, boxOf, interpolate, isInside, listEdges, measure, project, scale, turnLeft, unitVector } from "./geometry.js";

/** From so far away a door is set into a wall. */
export const REACH_M = 1.5;
const WALL_M = 0.6;
const SNAP_M = 0.3;
const SIGN_OFF_M = 0.05;

const mayBeNear = (shape, point, by) => {
  const [west, south, east, north] = shape.box ?? boxOf(shape.lines.flat());
  return point[0] >= west - by && point[0] <= east + by && point[1] >= south - by && point[1] <= north + by;
};

/** The walls of units within reach of a point, the nearest first, the longest of those: `{edge, unit, distance, foot, share}`. */
export function listWalls(units, point, reach = REACH_M) {
  const found = [];
  for (const unit of units) {
    if (!unit.isWalkable || !mayBeNear(unit, point, reach)) continue;
    for (const edge of unit.lines.flatMap(listEdges)) {
      const at = project(point, ...edge);
      if (at.distance <= reach) found.push({ edge, unit, ...at, rounded: Math.round(at.distance * 1000) });
    }
  }
  return found.sort((a, b) => a.rounded - b.rounded || measure(...b.edge) - measure(...a.edge));
}

/**
 * Say where a door goes that is set near a point.
 *
 * @returns {{line: number[][], sides: (string|null)[], wall: number[][]}|{problem: string, wall_m?: number}} ids left and right of its line
 */
export function fitDoor(units, point, width_m) {
  const walls = listWalls(units, point);
  if (!walls.length) return { problem: "no-wall" };
  const fits = walls.find(({ edge }) => measure(...edge) >= width_m - SAME_M);
  if (!fits) return { problem: "too-short", wall_m: measure(...walls[0].edge) };
  const { edge } = fits, length = measure(...edge);
  const margin = Math.min(width_m / 2 / length, 0.5);
  const middle = interpolate(...edge, Math.min(Math.max(fits.share, margin), 1 - margin));
  const along = scale(unitVector(...edge), width_m / 2);
  const line = centre(units, [add(middle, scale(along, -1)), add(middle, along)]);
  return { line, sides: findSides(units, line), wall: edge };
}

/** A door's line in the middle of its wall, if there is a unit beyond. */
function centre(units, line) {
  const middle = interpolate(...line, 0.5), left = turnLeft(unitVector(...line));
  const near = units.filter((unit) => unit.isWalkable && mayBeNear(unit, middle, WALL_M));
  const gaps = [1, -1].map((sign) => {
    for (let far = SAME_M; far <= WALL_M; far += SAME_M) {
      if (near.some((unit) => isInside(add(middle, scale(left, sign * far)), unit.polygons))) return far;
    }
    return null;
  });
  if (gaps.includes(null)) return line;
  const [one, other] = gaps.map((gap) => (gap > 2 * SAME_M ? gap : 0));
  return line.map((end) => add(end, scale(left, (one - other) / 2)));
}

/** The ids of the units left and right of a line: on each side the one that fills most beside it, the smaller if equal. */
export function findSides(units, line) {
  const left = turnLeft(unitVector(line[0], line.at(-1)));
  const middle = interpolate(line[0], line.at(-1), 0.5);
  const near = units.filter((unit) => unit.isWalkable && mayBeNear(unit, middle, 1 + measure(line[0], line.at(-1))));
  const found = [];
  for (const sign of [1, -1]) {
    const shares = new Map();
    for (const share of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      for (const far of [0.02, 0.1, 0.18, 0.26, 0.34]) {
        const probe = add(interpolate(line[0], line.at(-1), share), scale(left, sign * far));
        for (const unit of near) if (isInside(probe, unit.polygons)) shares.set(unit, (shares.get(unit) ?? 0) + 1);
      }
    }
    const ranked = [...shares].filter(([unit, count]) => count > 1 && !found.includes(unit.id))
      .sort((a, b) => b[1] - a[1] || areaOf(a[0].polygons) - areaOf(b[0].polygons));
    found.push(ranked[0]?.[0].id ?? null);
  }
  return found;
}

/**
 * Say where a sign or a screen hangs that is set near a point: on the wall of the room that the pointer is in, looking into it.
 *
 * @param {object[]} units
 * @param {number[]} point
 * @param {number} reach_m how far a wall may be; beyond it the sign hangs free
 * @returns {{at: number[], bearing_deg: number|null, unit: string|null, wall: number[][]|null}}
 */
export function fitSign(units, point, reach_m) {
  const rooms = units.filter((unit) => unit.isWalkable && mayBeNear(unit, point, 0) && isInside(point, unit.polygons))
    .sort((a, b) => areaOf(a.polygons) - areaOf(b.polygons));
  const [room] = rooms;
  if (!room) return { at: point, bearing_deg: null, unit: null, wall: null };
  const [wall] = listWalls([room], point, reach_m).filter(({ edge, foot }) => !isGap(units, room, edge, foot));
  if (!wall) return { at: point, bearing_deg: null, unit: room.id, wall: null };
  const left = turnLeft(unitVector(...wall.edge));
  const inward = isInside(add(wall.foot, scale(left, SAME_M)), room.polygons) ? left : scale(left, -1);
  return { at: add(wall.foot, scale(inward, SIGN_OFF_M)), bearing_deg: bearingOf(inward), unit: room.id, wall: wall.edge };
}

/** Tell whether there is no wall at a point of an edge: two open areas touch there. */
function isGap(units, room, edge, foot) {
  if (!room.isOpen) return false;
  const left = turnLeft(unitVector(...edge));
  return units.some((unit) => unit !== room && unit.isOpen && mayBeNear(unit, foot, SNAP_M)
    && [1, -1].some((sign) => isInside(add(foot, scale(left, sign * 2 * SAME_M)), unit.polygons)));
}
