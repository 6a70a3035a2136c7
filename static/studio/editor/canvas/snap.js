// Where a point goes that is set near others: onto corners, walls, right angles, lines that it would continue. Pure.

import {
  SAME_M, add, angleAt, cross, directionOf, dot, interpolate, intersectLines, measure, project, projectOnLine, roundTo, rotate, scale, subtract, turnLeft,
  unitVector,
} from "./geometry.js";

const SQUARE_DEG = 0.3;
const REACH_M = 25;

/**
 * @typedef {object} Snapped
 * @property {number[]} point where it goes
 * @property {string} kind corner, middle, edge, right-angle, straight, axis, align, crossing, grid or free
 * @property {{from: number[], to: number[], kind: string}[]} guides lines that say why
 * @property {number[][][]} squares right angles there are: [leg, corner, leg]
 * @property {number[][]|null} edge the wall that it lies on
 */

/**
 * Say where a point goes.
 *
 * @param {number[]} point where the pointer is, in metres
 * @param {object} near what there is: `corners` and `edges` (both within reach of the pointer), `others` (corners that it may line up with)
 * @param {object} drawing what is drawn: `points` (set so far, the last one is where it comes from), `closes` (whether a ring comes of it),
 *   `axis` (radians), `along` (an edge that it started on), `fixed` (points that the ends of stretches stay at, for a vertex that is moved)
 * @param {object} how `tolerance_m`, `grid_m` (0: none), `free` (no snapping), `square` (right angles alone), `length_m` (typed)
 * @returns {Snapped}
 */
export function snap(point, near, drawing, how) {
  const found = how.free ? leave(point) : choose(point, near, drawing, how);
  const from = drawing.points?.at(-1);
  if (how.length_m && from) {
    const direction = unitVector(from, measure(from, found.point) > SAME_M ? found.point : point);
    found.point = add(from, scale(direction, how.length_m));
    found.edge = null;
  }
  found.squares = findSquares(drawing, found.point);
  return found;
}

const leave = (point) => ({ point, kind: "free", guides: [], squares: [], edge: null });

function choose(point, near, drawing, how) {
  const lines = listLines(point, near, drawing);
  if (how.square && drawing.points?.length) return lock(point, lines, near, how);
  const corner = nearest(point, near.corners ?? [], how.tolerance_m);
  if (corner) return { ...leave(corner), kind: "corner" };
  const close = lines.map((line) => ({ ...line, ...projectOnLine(point, line.at, line.along) }))
    .filter((line) => line.distance <= how.tolerance_m)
    .sort((a, b) => a.rank - b.rank || a.distance - b.distance);
  return snapToEdge(point, near, close, how) ?? snapToLines(close, point, how) ?? snapToGrid(point, drawing, how) ?? leave(point);
}

function nearest(point, points, within) {
  let best = null, least = within;
  for (const other of points) {
    const distance = measure(point, other);
    if (distance <= least) {
      best = other;
      least = distance;
    }
  }
  return best;
}

/** The lines that a point may lie on: square to what is drawn, along the building, level with other points. */
export function listLines(point, near, drawing) {
  const lines = [];
  const put = (at, along, kind, rank) => {
    const same = lines.some((line) => Math.abs(cross(line.along, along)) < 0.005 && projectOnLine(at, line.at, line.along).distance < SAME_M);
    if (!same) lines.push({ at, along, kind, rank });
  };
  const axes = [directionOf(drawing.axis ?? 0), turnLeft(directionOf(drawing.axis ?? 0))];
  const points = drawing.points ?? [];
  const last = points.at(-1);
  if (last) {
    const before = points.at(-2) ?? (drawing.along ? otherEnd(drawing.along, last) : null);
    if (before && measure(before, last) > SAME_M) {
      const along = unitVector(before, last);
      put(last, turnLeft(along), "right-angle", 0);
      put(last, along, "straight", 0);
    }
    for (const axis of axes) put(last, axis, "axis", 1);
  }
  if (drawing.closes && points.length > 2) {
    const along = unitVector(points[0], points[1]);
    put(points[0], turnLeft(along), "right-angle", 1);
  }
  for (const fixed of drawing.fixed ?? []) {
    for (const along of fixed.along ?? []) put(fixed.at, along, "straight", 0);
    for (const axis of axes) put(fixed.at, axis, "axis", 1);
  }
  for (const own of points.slice(0, -1)) for (const axis of axes) put(own, axis, "align", 2);
  for (const other of near.others ?? []) {
    if (measure(point, other) <= REACH_M) for (const axis of axes) put(other, axis, "align", 3);
  }
  return lines;
}

const otherEnd = ([a, b], point) => (measure(a, point) > measure(b, point) ? a : b);

function toGuide(line, to) {
  return { from: line.at, to, kind: line.kind };
}

function snapToEdge(point, near, close, how) {
  const edges = (near.edges ?? []).map((edge) => ({ edge, ...project(point, ...edge) }))
    .filter((one) => one.distance <= how.tolerance_m).sort((a, b) => a.distance - b.distance);
  if (!edges.length) return null;
  const [{ edge, foot }] = edges;
  const beyond = edges.find((other) => Math.abs(cross(unitVector(...other.edge), unitVector(...edge))) > 0.1);
  if (beyond) {
    const meeting = intersectLines(edge[0], unitVector(...edge), beyond.edge[0], unitVector(...beyond.edge));
    if (meeting && measure(meeting, point) <= how.tolerance_m) return { ...leave(meeting), kind: "crossing", edge };
  }
  for (const line of close) {
    const meeting = intersectLines(edge[0], unitVector(...edge), line.at, line.along);
    if (meeting && measure(meeting, point) <= 1.5 * how.tolerance_m && project(meeting, ...edge).distance < SAME_M) {
      return { ...leave(meeting), kind: "edge", edge, guides: [toGuide(line, meeting)] };
    }
  }
  const middle = interpolate(...edge, 0.5);
  if (measure(middle, point) <= 0.7 * how.tolerance_m) return { ...leave(middle), kind: "middle", edge };
  const length = how.grid_m ? Math.min(roundTo(measure(edge[0], foot), how.grid_m), measure(...edge)) : measure(edge[0], foot);
  return { ...leave(add(edge[0], scale(unitVector(...edge), length))), kind: "edge", edge };
}

function snapToLines(close, point, how) {
  if (!close.length) return null;
  const [first] = close;
  for (const second of close.slice(1)) {
    const meeting = intersectLines(first.at, first.along, second.at, second.along);
    if (meeting && measure(meeting, point) <= 1.5 * how.tolerance_m) {
      return { ...leave(meeting), kind: "crossing", guides: [toGuide(first, meeting), toGuide(second, meeting)] };
    }
  }
  const far = dot(subtract(point, first.at), first.along);
  const foot = add(first.at, scale(first.along, how.grid_m ? roundTo(far, how.grid_m) : far));
  return { ...leave(foot), kind: first.kind, guides: [toGuide(first, foot)] };
}

function snapToGrid(point, drawing, how) {
  if (!how.grid_m) return null;
  const origin = drawing.points?.[0] ?? [0, 0];
  const [x, y] = rotate(subtract(point, origin), -(drawing.axis ?? 0));
  return { ...leave(add(origin, rotate([roundTo(x, how.grid_m), roundTo(y, how.grid_m)], drawing.axis ?? 0))), kind: "grid" };
}

/** Right angles alone: the nearest of the lines through where it comes from, however far it is. */
function lock(point, lines, near, how) {
  const last = lines.filter((line) => line.rank < 2).map((line) => ({ ...line, ...projectOnLine(point, line.at, line.along) }));
  const first = last.sort((a, b) => a.distance - b.distance)[0];
  if (!first) return leave(point);
  const stops = [];
  for (const edge of near.edges ?? []) {
    const meeting = intersectLines(first.at, first.along, edge[0], unitVector(...edge));
    if (meeting && project(meeting, ...edge).distance < SAME_M) stops.push(meeting);
  }
  for (const corner of near.corners ?? []) stops.push(projectOnLine(corner, first.at, first.along).foot);
  const stop = nearest(first.foot, stops, how.tolerance_m);
  const far = dot(subtract(first.foot, first.at), first.along);
  const foot = stop ?? (how.grid_m ? add(first.at, scale(first.along, roundTo(far, how.grid_m))) : first.foot);
  return { ...leave(foot), kind: first.kind, guides: [toGuide(first, foot)] };
}

/** The right angles that a drawing would have with a point as its next. */
export function findSquares(drawing, point) {
  const points = drawing.points ?? [];
  const squares = [];
  const test = (before, at, after) => {
    if (!before || !at || !after || measure(before, at) < SAME_M || measure(at, after) < SAME_M) return;
    if (Math.abs(angleAt(before, at, after) - 90) <= SQUARE_DEG) squares.push([before, at, after]);
  };
  const last = points.at(-1);
  test(points.at(-2) ?? (drawing.along && last ? otherEnd(drawing.along, last) : null), last, point);
  if (drawing.closes && points.length > 1) {
    test(last, point, points[0]);
    if (points.length > 2) test(point, points[0], points[1]);
  }
  if (drawing.fixed?.length === 2) test(drawing.fixed[0].at, point, drawing.fixed[1].at);
  return squares;
}
