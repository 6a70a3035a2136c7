// Outlines by numbers: rectangles, corners, walls, the wall that two rooms share. Metres, y to the north. Pure: tested by cases.

const round = (value) => Math.round(value * 1e4) / 1e4;

/** Return the corners of a rectangle by its lower left corner, size and turn (degrees clockwise about that corner). */
export function makeRectangle({ x, y, width, depth, turn = 0 }) {
  const angle = (-turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [[0, 0], [width, 0], [width, depth], [0, depth]].map(([dx, dy]) => [round(x + dx * cos - dy * sin), round(y + dx * sin + dy * cos)]);
}

/** Return the rings of an area, without the point that closes each; of several parts, the first. */
export function listRings(geometry) {
  if (!geometry) return [];
  const polygon = geometry.type === "MultiPolygon" ? geometry.coordinates[0] : geometry.type === "Polygon" ? geometry.coordinates : [];
  return polygon.map((ring) => ring.slice(0, isClosed(ring) ? -1 : undefined));
}

const isClosed = (ring) => ring.length > 1 && ring[0][0] === ring.at(-1)[0] && ring[0][1] === ring.at(-1)[1];

/** Return all vertices of a geometry, each once. */
export function listVertices(geometry) {
  if (!geometry) return [];
  if (geometry.type.includes("Polygon")) return listRings(geometry).flat();
  if (geometry.type === "Point") return [geometry.coordinates];
  return geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates.flat();
}

/** Return the straight walls of an outline: its edges, those that go on in one direction as one. */
export function listWalls(ring) {
  const corners = ring.filter((corner, index) => {
    const before = ring.at(index - 1);
    const after = ring[(index + 1) % ring.length];
    const cross = (corner[0] - before[0]) * (after[1] - corner[1]) - (corner[1] - before[1]) * (after[0] - corner[0]);
    const long = Math.hypot(corner[0] - before[0], corner[1] - before[1]) * Math.hypot(after[0] - corner[0], after[1] - corner[1]);
    return Math.abs(cross) > 1e-4 * long;
  });
  return corners.map((corner, index) => {
    const end = corners[(index + 1) % corners.length];
    return { start: corner, end, length: Math.hypot(end[0] - corner[0], end[1] - corner[1]), side: sideOf(ring, corner, end) };
  });
}

/** Return towards where a wall faces, of eight, seen from within. */
function sideOf(ring, start, end) {
  const turn = Math.sign(signedArea(ring)) || 1;
  const [nx, ny] = [(end[1] - start[1]) * turn, -(end[0] - start[0]) * turn];
  const bearing = (Math.atan2(nx, ny) * 180) / Math.PI;
  return ["n", "ne", "e", "se", "s", "sw", "w", "nw"][Math.round(((bearing + 360) % 360) / 45) % 8];
}

export function signedArea(ring) {
  let sum = 0;
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    sum += x * nextY - nextX * y;
  });
  return sum / 2;
}

/** Return the middle of a geometry in metres: of an area its centroid, of a line its middle vertex or half way. */
export function findMiddle(geometry) {
  if (!geometry) return null;
  if (geometry.type === "Point") return geometry.coordinates.slice(0, 2);
  const [ring] = listRings(geometry);
  if (!ring) {
    const points = listVertices(geometry);
    const [a, b] = [points[0], points.at(-1)];
    return [round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)];
  }
  const area = signedArea(ring);
  if (Math.abs(area) < 1e-9) return ring[0].slice(0, 2);
  let [x, y] = [0, 0];
  const [ox, oy] = ring[0]; // near the outline: less is lost to rounding
  ring.forEach(([x0, y0], index) => {
    const [x1, y1] = ring[(index + 1) % ring.length];
    const cross = (x0 - ox) * (y1 - oy) - (x1 - ox) * (y0 - oy);
    x += (x0 + x1 - 2 * ox) * cross;
    y += (y0 + y1 - 2 * oy) * cross;
  });
  return [round(ox + x / (6 * area)), round(oy + y / (6 * area))];
}

/**
 * Return the middle of the longest stretch of wall that two rooms share, or null.
 * @param thickest how far apart the two faces of a wall may be, in metres
 */
export function findSharedWall(one, other, thickest = 0.6) {
  let best = null;
  for (const a of listWalls(one)) {
    for (const b of listWalls(other)) {
      const found = findOverlap(a, b, thickest);
      if (found && (!best || found.length > best.length + 1e-6)) best = found;
    }
  }
  return best;
}

function findOverlap(a, b, thickest) {
  const [ux, uy] = [(a.end[0] - a.start[0]) / a.length, (a.end[1] - a.start[1]) / a.length];
  const along = ([x, y]) => (x - a.start[0]) * ux + (y - a.start[1]) * uy;
  const off = ([x, y]) => -(x - a.start[0]) * uy + (y - a.start[1]) * ux;
  const [d0, d1] = [off(b.start), off(b.end)];
  if (Math.abs(d0 - d1) > 0.02 * b.length + 0.005 || Math.abs((d0 + d1) / 2) > thickest) return null;
  const [low, high] = [along(b.start), along(b.end)].sort((p, q) => p - q);
  const [from, to] = [Math.max(0, low), Math.min(a.length, high)];
  if (to - from < 0.3) return null;
  const [s, d] = [(from + to) / 2, (d0 + d1) / 4];
  return { length: to - from, at: [round(a.start[0] + ux * s - uy * d), round(a.start[1] + uy * s + ux * d)] };
}

/** Return how big an outline is: width and depth of what encloses it, in metres. */
export function measureBox(ring) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), depth: Math.max(...ys) - Math.min(...ys) };
}
