// What goes along where a wall or a corner is moved: the same rules as the server's, to show before it is done. Pure.
// Shapes are `{id, type, lines}`: `lines` are rings (closed) or lines in metres; `isArea`.

import { SAME_M, add, cross, distanceTo, dot, interpolate, isInside, listEdges, measure, project, ringArea, scale, subtract, turnLeft, unitVector } from "./geometry.js";

/** A wall between two units is at most so thick. */
export const WALL_M = 0.5;
const LEAST_SHARED_M = 0.05;
const SLOPE = 0.02;
const DOOR_M = 0.3;
const ALONG_TYPES = new Set(["unit", "detail", "section", "level"]);

const isClosed = (line) => line.length > 2 && measure(line[0], line.at(-1)) === 0;

/** The vector out of an area, square to one of its edges. */
export function findOutward(ring, a, b, isHole = false) {
  const left = turnLeft(unitVector(a, b));
  const isLeftInside = ringArea(ring) > 0;
  return isLeftInside !== isHole ? scale(left, -1) : left;
}

/** The longest straight stretch of a ring that an edge is part of: the corners between its ends lie on it. */
export function findRun(ring, number) {
  const points = ring.slice(0, -1), count = points.length;
  const straight = (n) => Math.abs(cross(unitVector(points[(n - 1 + count) % count], points[n % count]), unitVector(points[n % count], points[(n + 1) % count]))) < SLOPE
    && dot(unitVector(points[(n - 1 + count) % count], points[n % count]), unitVector(points[n % count], points[(n + 1) % count])) > 0;
  let first = number, last = number + 1;
  while (last - first < count && straight((first + count) % count)) first -= 1;
  while (last - first < count && straight(last % count)) last += 1;
  return [points[(first + count * 2) % count], points[last % count]];
}

/**
 * Say how outlines are after a straight wall was moved square to itself.
 *
 * @param {object[]} shapes what lies on the level
 * @param {{id: string, start: number[], end: number[], outward: number[], distance_m: number, alone?: boolean}} wall
 * @returns {Map<string, number[][][]>} id to new lines, of what changes
 */
export function pushWall(shapes, wall) {
  const made = new Map();
  for (const shape of shapes) {
    const own = shape.id === wall.id;
    if (!own && (wall.alone || !ALONG_TYPES.has(shape.type))) continue;
    const reach = !own && shape.type === "unit" ? WALL_M : SAME_M;
    let moved = false;
    const lines = shape.lines.map((line) => {
      const pushed = pushLine(line, wall, reach, shape, reach > SAME_M);
      moved ||= pushed !== line;
      return pushed;
    });
    if (moved) made.set(shape.id, lines);
  }
  return made;
}

function pushLine(line, wall, reach, shape, beyond) {
  const spans = new Map();
  listEdges(line).forEach((edge, n) => {
    const span = findShared(edge, wall, reach, beyond ? shape : null);
    if (span) spans.set(n, span);
  });
  if (!spans.size) return line;
  const shift = (point) => add(point, scale(wall.outward, wall.distance_m));
  const moving = listMoving(line, spans, wall);
  const made = [];
  line.forEach((point, n) => {
    made.push(moving[n] ? shift(point) : point);
    const span = spans.get(n);
    if (!span) return;
    if (!moving[n]) made.push(span[0], shift(span[0]));
    if (!moving[n + 1]) made.push(shift(span[1]), span[1]);
  });
  return made.filter((point, n) => !n || measure(point, made[n - 1]) > 0);
}

/** The part of an edge that is the wall, in the edge's direction, or null. */
function findShared([p, q], wall, reach, beyond) {
  const length = measure(p, q);
  if (length < LEAST_SHARED_M) return null;
  const along = unitVector(wall.start, wall.end), wallLength = measure(wall.start, wall.end);
  const locate = (point) => [dot(subtract(point, wall.start), along), dot(subtract(point, wall.start), wall.outward)];
  const [s0, d0] = locate(p), [s1, d1] = locate(q);
  if (Math.abs(d1 - d0) > SLOPE * length || [d0, d1].some((d) => d < -SAME_M || d > reach)) return null;
  const low = Math.max(Math.min(s0, s1), 0), high = Math.min(Math.max(s0, s1), wallLength);
  if (high - low < LEAST_SHARED_M) return null;
  const ends = (s0 < s1 ? [low, high] : [high, low]).map((s) => settle(interpolate(p, q, (s - s0) / (s1 - s0)), p, q));
  if (beyond && !isInside(add(interpolate(...ends, 0.5), scale(wall.outward, 2 * SAME_M)), beyond.polygons)) return null;
  return ends;
}

const settle = (point, p, q) => (measure(point, p) <= SAME_M ? p : measure(point, q) <= SAME_M ? q : point);

/** Tell of each point of a line whether it moves with the wall: where the next wall is square to it, it slides along that. */
function listMoving(line, spans, wall) {
  const last = line.length - 1, closed = isClosed(line);
  const along = unitVector(wall.start, wall.end);
  return line.map((corner, n) => {
    const before = closed ? (n - 1 + last) % last : n - 1;
    const after = closed ? n % last : n;
    const ends = [before, after].map((edge) => spans.has(edge) && Math.min(...spans.get(edge).map((end) => measure(corner, end))) <= SAME_M);
    if (!ends[0] && !ends[1]) return false;
    if (ends[0] && ends[1]) return true;
    const other = ends[0] ? after : before;
    const beyond = other >= 0 && other < last ? line[ends[0] ? other + 1 : other] : null;
    return !beyond || Math.abs(dot(unitVector(corner, beyond), along)) <= 0.05;
  });
}

/** Say how outlines are after vertices were moved: `moves` are pairs of points; corners within 1 cm are one. */
export function moveCorners(shapes, id, moves, alone = false) {
  const made = new Map();
  const isUnit = shapes.find((shape) => shape.id === id)?.type === "unit";
  for (const shape of shapes) {
    if (shape.id !== id && (alone || !isUnit || !ALONG_TYPES.has(shape.type))) continue;
    let moved = false;
    const lines = shape.lines.map((line) => line.map((point) => {
      const move = moves.find(([from]) => measure(from, point) <= SAME_M);
      moved ||= Boolean(move);
      return move ? move[1] : point;
    }));
    if (moved) made.set(shape.id, lines);
  }
  return made;
}

/** The units of whose straight wall a corner is a part without being a corner of it: they would not go along. */
export function findWallsThrough(shapes, id, corner) {
  return shapes.filter((shape) => shape.id !== id && shape.type === "unit" && shape.lines.some((line) => (
    listEdges(line).some(([a, b]) => project(corner, a, b).distance <= SAME_M && measure(a, corner) > SAME_M && measure(b, corner) > SAME_M)
    && !line.some((point) => measure(point, corner) <= SAME_M)))).map((shape) => shape.id);
}

/**
 * The walls that move where a square corner is dragged and its angles are kept, as `pushWall` wants them, one after the other; null where it is not square.
 *
 * @param {string} id of the unit
 * @param {number[][]} ring its closed ring
 * @param {boolean} isHole whether that is a hole
 * @param {number} number of the corner
 * @param {number[]} to where the corner goes
 */
export function splitCornerMove(id, ring, isHole, number, to) {
  const points = ring.slice(0, -1), count = points.length;
  const [before, corner, after] = [points[(number - 1 + count) % count], points[number], points[(number + 1) % count]];
  const one = unitVector(before, corner), two = unitVector(corner, after);
  if (Math.abs(dot(one, two)) > 0.05) return null;
  const shift = subtract(to, corner);
  const outward = [findOutward(ring, before, corner, isHole), findOutward(ring, corner, after, isHole)];
  const first = { id, start: before, end: corner, outward: outward[0], distance_m: dot(shift, outward[0]) };
  const between = add(corner, scale(outward[0], first.distance_m));
  const second = { id, start: between, end: after, outward: outward[1], distance_m: dot(shift, outward[1]) };
  return [first, second].filter((wall) => Math.abs(wall.distance_m) > 1e-3);
}

/** Put several moves one after the other: id to lines after all of them. */
export function pushWalls(shapes, walls) {
  const made = new Map();
  let now = shapes;
  for (const wall of walls) {
    for (const [id, lines] of pushWall(now, wall)) made.set(id, lines);
    now = shapes.map((shape) => (made.has(shape.id) ? { ...shape, lines: made.get(shape.id), polygons: regroup(shape, made.get(shape.id)) } : shape));
  }
  return made;
}

/** The polygons of a shape with other lines. */
export function regroup(shape, lines) {
  let next = 0;
  return (shape.polygons ?? []).map((rings) => rings.map(() => lines[next++]));
}

/** The doors that go along with a wall: those with their middle in it. */
export function listDoorsIn(doors, wall) {
  return doors.filter((door) => distanceTo(interpolate(door.lines[0][0], door.lines[0].at(-1), 0.5), [[wall.start, wall.end]]) <= DOOR_M);
}
