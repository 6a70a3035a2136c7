// Plane geometry in metres, x east and y north. A point is [x, y], a ring a closed list of points, an area a list of
// polygons, each a list of rings, the outer one first. Nothing here knows the page.

/** Points nearer than this are one, as the server has it. */
export const SAME_M = 0.01;

export const add = (a, b) => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a, b) => [a[0] - b[0], a[1] - b[1]];
export const scale = (a, k) => [a[0] * k, a[1] * k];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1];
export const cross = (a, b) => a[0] * b[1] - a[1] * b[0];
export const measure = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const interpolate = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
export const turnLeft = (a) => [-a[1], a[0]];

/** The vector of length 1 from one point to another; [0, 0] where they are one. */
export function unitVector(a, b) {
  const length = measure(a, b);
  return length ? [(b[0] - a[0]) / length, (b[1] - a[1]) / length] : [0, 0];
}

/** Turn a vector, in radians, counterclockwise. */
export function rotate(a, angle) {
  const c = Math.cos(angle), s = Math.sin(angle);
  return [a[0] * c - a[1] * s, a[0] * s + a[1] * c];
}

export const directionOf = (angle) => [Math.cos(angle), Math.sin(angle)];

/** Degrees clockwise from north of a vector, 0 up to 360. */
export function bearingOf(vector) {
  const degrees = Math.atan2(vector[0], vector[1]) * 180 / Math.PI;
  return (degrees + 360) % 360;
}

/** The vector of length 1 that points where a bearing says. */
export function vectorOf(bearingDeg) {
  const angle = bearingDeg * Math.PI / 180;
  return [Math.sin(angle), Math.cos(angle)];
}

/** The point of a stretch that is nearest to a point: `{foot, share, distance}`. */
export function project(point, a, b) {
  const along = subtract(b, a);
  const square = dot(along, along);
  const share = square ? Math.min(1, Math.max(0, dot(subtract(point, a), along) / square)) : 0;
  const foot = interpolate(a, b, share);
  return { foot, share, distance: measure(point, foot) };
}

/** The foot of a point on an endless line through `at`. */
export function projectOnLine(point, at, direction) {
  const foot = add(at, scale(direction, dot(subtract(point, at), direction)));
  return { foot, distance: measure(point, foot) };
}

/** Where two endless lines cross, or null where they are within half a degree of parallel. */
export function intersectLines(p, d, q, e) {
  const slope = cross(d, e);
  if (Math.abs(slope) < 0.009) return null;
  return add(p, scale(d, cross(subtract(q, p), e) / slope));
}

/** Tell whether two stretches cross between their ends. */
export function crossBetween(a, b, c, d) {
  const side = (p, q, r) => Math.sign(Math.round(cross(subtract(q, p), subtract(r, p)) * 1e9));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** The stretches of a ring or a line. */
export const listEdges = (line) => line.slice(1).map((end, n) => [line[n], end]);

export const openRing = (ring) => (ring.length > 1 && measure(ring[0], ring.at(-1)) === 0 ? ring.slice(0, -1) : ring.slice());
export const closeRing = (ring) => (ring.length && measure(ring[0], ring.at(-1)) !== 0 ? [...ring, ring[0]] : ring.slice());

/** The area inside a ring in square metres, positive if it runs counterclockwise. */
export function ringArea(ring) {
  return openRing(ring).reduce((sum, point, n, all) => sum + cross(point, all[(n + 1) % all.length]), 0) / 2;
}

/** Square metres of an area: outer rings without their holes. */
export function areaOf(polygons) {
  return polygons.reduce((sum, rings) => sum + rings.reduce((part, ring, n) => part + (n ? -1 : 1) * Math.abs(ringArea(ring)), 0), 0);
}

export const lengthOf = (line) => listEdges(line).reduce((sum, [a, b]) => sum + measure(a, b), 0);

/** Tell whether a point lies in an area; on its edge either may come out. */
export function isInside(point, polygons) {
  return polygons.some((rings) => rings.reduce((inside, ring) => {
    let odd = inside;
    for (let n = 1; n < ring.length; n += 1) {
      const [ax, ay] = ring[n - 1], [bx, by] = ring[n];
      if ((ay > point[1]) !== (by > point[1]) && point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax) odd = !odd;
    }
    return odd;
  }, false));
}

/** Metres from a point to the edges of lines or rings. */
export function distanceTo(point, lines) {
  return Math.min(Infinity, ...lines.flatMap((line) => listEdges(line).map(([a, b]) => project(point, a, b).distance)));
}

/** Tell whether a ring that is open or closed crosses itself. */
export function crossesItself(ring) {
  const edges = listEdges(closeRing(ring));
  return edges.some(([a, b], n) => edges.slice(n + 1).some(([c, d]) => crossBetween(a, b, c, d)));
}

/** Tell whether two areas have more in common than an edge. */
export function overlap(one, other) {
  const boxes = [boxOf(one.flat(2)), boxOf(other.flat(2))];
  if (!boxesMeet(...boxes)) return false;
  const edges = [one, other].map((area) => area.flat().flatMap(listEdges));
  if (edges[0].some(([a, b]) => edges[1].some(([c, d]) => crossBetween(a, b, c, d)))) return true;
  const within = (a, b) => a.some((rings) => {
    const inner = findInnerPoint([rings]);
    return isInside(inner, b) || rings[0].some((point) => isInside(point, b) && distanceTo(point, b.flat()) > SAME_M);
  });
  return within(one, other) || within(other, one);
}

/** The box [west, south, east, north] about points. */
export function boxOf(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

export const boxesMeet = (a, b, by = 0) => a[0] <= b[2] + by && b[0] <= a[2] + by && a[1] <= b[3] + by && b[1] <= a[3] + by;

/** A point well inside of an area: amid the widest stretch of a few level lines. */
export function findInnerPoint(polygons) {
  const largest = polygons.reduce((best, rings) => (Math.abs(ringArea(rings[0])) > Math.abs(ringArea(best[0])) ? rings : best));
  const [west, south, east, north] = boxOf(largest[0]);
  let best = { wide: -1, point: [(west + east) / 2, (south + north) / 2] };
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.15, 0.85]) {
    const y = south + (north - south) * share;
    const hits = largest.flatMap((ring) => listEdges(ring)
      .filter(([a, b]) => (a[1] > y) !== (b[1] > y))
      .map(([a, b]) => a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))).sort((a, b) => a - b);
    for (let n = 0; n + 1 < hits.length; n += 2) {
      const wide = hits[n + 1] - hits[n];
      if (wide > best.wide * 1.05) best = { wide, point: [(hits[n] + hits[n + 1]) / 2, y] };
    }
  }
  return best.point;
}

/**
 * The angle in radians, from -45 up to 45 degrees, along which or square to which most of the walls run.
 * Lengths are counted in bins of a degree; the mean about the fullest is taken.
 */
export function findAxis(lines) {
  const bins = new Float64Array(90);
  const walls = lines.flatMap(listEdges).map(([a, b]) => {
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]) * 180 / Math.PI;
    return { angle: ((angle % 90) + 90) % 90, length: measure(a, b) };
  });
  for (const wall of walls) bins[Math.round(wall.angle) % 90] += wall.length;
  const fullest = bins.indexOf(Math.max(...bins));
  let sum = 0, weight = 0;
  for (const wall of walls) {
    const off = ((wall.angle - fullest + 135) % 90) - 45;
    if (Math.abs(off) <= 1.5) {
      sum += off * wall.length;
      weight += wall.length;
    }
  }
  const angle = fullest + (weight ? sum / weight : 0);
  return (angle > 45 ? angle - 90 : angle) * Math.PI / 180;
}

/** The four corners of a rectangle along an axis between two opposite ones, counterclockwise. */
export function makeRectangle(one, opposite, axis = 0) {
  const u = directionOf(axis), v = turnLeft(u);
  const across = subtract(opposite, one);
  const ring = [one, add(one, scale(u, dot(across, u))), opposite, add(one, scale(v, dot(across, v)))];
  return ringArea(ring) < 0 ? ring.reverse() : ring;
}

/** Degrees between the stretches that meet at the middle one of three points, 0 to 180. */
export function angleAt(before, at, after) {
  const a = subtract(before, at), b = subtract(after, at);
  return Math.atan2(Math.abs(cross(a, b)), dot(a, b)) * 180 / Math.PI;
}

/** Turn points about a centre, in degrees clockwise. */
export function turnAbout(points, centre, turnDeg) {
  const angle = -turnDeg * Math.PI / 180;
  return points.map((point) => add(centre, rotate(subtract(point, centre), angle)));
}

/** The nearest multiple of a step. */
export const roundTo = (value, step) => Math.round(value / step) * step;
