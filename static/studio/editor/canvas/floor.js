// What lies on one level, in metres, for looking up: what is under the pointer, which corners and walls are near.

import { areaOf, boxOf, boxesMeet, distanceTo, findAxis, findInnerPoint, interpolate, isInside, listEdges, measure, project } from "./geometry.js";
import { group } from "../plan.js";

const SOLID = new Set(["brick", "column", "concrete", "drywall", "glass", "opentobelow", "structure", "vegetation", "wood"]);
const OPEN = new Set([
  "walkway", "walkway.island", "lobby", "waitingroom", "foodservice", "unenclosedarea", "lounge", "platform", "footbridge", "ramp", "movingwalkway",
  "terrace", "parking", "road", "steps", "recreation", "smokingarea",
]);
const PLAIN = new Set(["room", "unspecified", "office", "nonpublic"]);
const KEEP_KIND = new Set(["vertical", "void", "structure", "glass", "green", "road"]);
const CELL_M = 4;
const SNAPPED = new Set(["unit", "level", "section", "fixture", "kiosk", "detail", "footprint"]);
const POINTS = new Set(["amenity", "anchor"]);
/** Zones and whole floors are hit on their edge, so that what lies in them can be hit at all. */
const EDGED = new Set(["section", "geofence", "level", "footprint"]);
/** What lies above is found first. */
const HEIGHTS = { amenity: 0, anchor: 1, opening: 2, relationship: 3, detail: 3, kiosk: 4, fixture: 4, unit: 5, section: 6, geofence: 7, footprint: 8, building: 8, level: 9, venue: 10 };

/** Coordinates of GeoJSON as `{polygons, lines, points}` in metres. */
export function readGeometry(geometry, toMetres) {
  const read = { polygons: [], lines: [], points: [] };
  const all = (positions) => positions.map((position) => toMetres(position));
  const { type, coordinates, geometries } = geometry ?? {};
  if (type === "Point") read.points = all([coordinates]);
  else if (type === "MultiPoint") read.points = all(coordinates);
  else if (type === "LineString") read.lines = [all(coordinates)];
  else if (type === "MultiLineString") read.lines = coordinates.map(all);
  else if (type === "Polygon") read.polygons = [coordinates.map(all)];
  else if (type === "MultiPolygon") read.polygons = coordinates.map((rings) => rings.map(all));
  else if (type === "GeometryCollection") {
    for (const one of (geometries ?? []).map((part) => readGeometry(part, toMetres))) {
      for (const key of Object.keys(read)) read[key].push(...one[key]);
    }
  }
  read.lines.push(...read.polygons.flat());
  return read;
}

/** A feature as a shape in metres, or null where it is not drawn. */
export function makeShape(feature, plan) {
  const read = readGeometry(feature.geometry, (position) => plan.toMetres(position));
  const everything = [...read.lines.flat(), ...read.points];
  if (!everything.length) return null;
  const own = feature.properties ?? {}, category = own.category ?? "";
  const tagged = own.wayfinder?.open;
  return {
    id: feature.id, feature, type: feature.feature_type, category, ...read, box: boxOf(everything), isArea: read.polygons.length > 0,
    area: areaOf(read.polygons), height: HEIGHTS[feature.feature_type] ?? 5,
    isWalkable: feature.feature_type === "unit" && !SOLID.has(category), isOpen: typeof tagged === "boolean" ? tagged : OPEN.has(category),
    label: own.display_point?.coordinates ? plan.toMetres(own.display_point.coordinates) : read.polygons.length ? findInnerPoint(read.polygons) : everything[0],
  };
}

/** Somewhere amid a shape: within an area, in the middle of a line, the point itself. */
export const middleOf = (shape) => (shape.isArea ? findInnerPoint(shape.polygons) : shape.points[0] ?? interpolate(shape.lines[0][0], shape.lines[0].at(-1), 0.5));

/** A level of a plan, read again where something changes. */
export class Floor {
  constructor(plan) {
    this.plan = plan;
    this.levelId = null;
    this.revision = 0;
    this.shapes = [];
    this.byId = new Map();
    this.byType = new Map();
  }

  /** Read a level; shapes of features that are as they were are kept. */
  read(levelId) {
    const before = this.byId;
    this.levelId = levelId;
    this.byId = new Map();
    for (const feature of this.plan.listOnLevel(levelId)) {
      const old = before.get(feature.id);
      const shape = old?.feature === feature ? old : makeShape(feature, this.plan);
      if (shape) this.byId.set(feature.id, shape);
    }
    this.shapes = [...this.byId.values()].sort((a, b) => b.height - a.height || b.area - a.area);
    this.byType = group(this.shapes, (shape) => [shape.type]);
    this.revision += 1;
    this.cells = null;
    this.foundAxis = null;
  }

  list(type) {
    return this.byType.get(type) ?? [];
  }

  get units() {
    return this.list("unit");
  }

  get(id) {
    return this.byId.get(id);
  }

  /** What is drawn of a feature: of a department its point. */
  shapeOf(id) {
    return this.get(id) ?? this.get(this.plan.get(id)?.properties?.anchor_id);
  }

  /** Radians along which most walls run. */
  get axis() {
    this.foundAxis ??= findAxis(this.units.flatMap((shape) => shape.lines));
    return this.foundAxis;
  }

  /** What is meant where a shape is chosen: the department rather than the point at which one has arrived there. */
  idOf(shape) {
    const tenants = shape.type === "anchor" ? this.plan.at(shape.id) : [];
    return tenants.length === 1 ? tenants[0].id : shape.id;
  }

  /** The box of all that is drawn, or null. */
  get box() {
    const boxes = this.shapes.filter((shape) => shape.type !== "geofence").map((shape) => shape.box);
    return boxes.length ? boxOf(boxes.flatMap(([w, s, e, n]) => [[w, s], [e, n]])) : null;
  }

  /** The kind of a unit by whose colour it is drawn, given the kinds of categories. */
  kindOf(shape, kinds) {
    const kind = kinds.get(shape.category) ?? "room";
    if (KEEP_KIND.has(kind)) return kind;
    let found = kind;
    if (PLAIN.has(shape.category)) {
      const tenant = this.plan.inside(shape.id).map((one) => one.properties?.category).find((one) => one && one !== "unspecified" && kinds.has(one));
      found = tenant ? kinds.get(tenant) : kind;
    }
    return ["staff", "private"].includes(shape.feature.properties?.wayfinder?.access) ? "staff" : found;
  }

  /** What lies under a point, what is meant most likely first. */
  hit(point, tolerance, isWanted = () => true) {
    const found = [];
    for (const shape of this.shapes) {
      if (shape.type === "venue" || !boxesMeet(shape.box, [...point, ...point], tolerance) || !isWanted(shape)) continue;
      const distance = distanceOf(shape, point);
      if (distance <= this.#reachOf(shape, tolerance)) found.push({ shape, distance });
    }
    return found.sort((a, b) => a.shape.height - b.shape.height || (a.shape.isArea ? a.shape.area - b.shape.area : a.distance - b.distance)).map(({ shape }) => shape);
  }

  /** Areas are hit within; the points of departments lie amid their rooms, and are to leave most of these free. */
  #reachOf(shape, tolerance) {
    if (shape.isArea && !EDGED.has(shape.type)) return 0;
    return shape.type === "anchor" ? 0.6 * tolerance : tolerance;
  }

  /** The shapes that lie wholly in a box. */
  listWithin([west, south, east, north]) {
    return this.shapes.filter(({ box, type }) => box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north && type !== "level");
  }

  /** Corners and walls near a point, and corners that it may line up with, but for those of some shapes. */
  near(point, tolerance, without = new Set()) {
    this.cells ??= this.#sort();
    const corners = [], edges = [], others = [];
    for (const { edge, id } of this.#listAround(point, tolerance)) {
      if (without.has(id)) continue;
      if (project(point, ...edge).distance > tolerance * 1.5) continue;
      edges.push(edge);
      for (const end of edge) if (measure(end, point) <= tolerance * 1.5) corners.push(end);
    }
    for (const { edge, id } of this.#listAround(point, 12)) if (!without.has(id)) others.push(edge[0]);
    others.sort((a, b) => measure(a, point) - measure(b, point));
    return { corners, edges, others: others.slice(0, 60) };
  }

  #sort() {
    const cells = new Map();
    for (const shape of this.shapes) {
      if (!SNAPPED.has(shape.type)) continue;
      for (const edge of shape.lines.flatMap(listEdges)) {
        const [west, south, east, north] = boxOf(edge).map((value) => Math.floor(value / CELL_M));
        for (let x = west; x <= east; x += 1) {
          for (let y = south; y <= north; y += 1) {
            const key = `${x},${y}`;
            if (!cells.has(key)) cells.set(key, []);
            cells.get(key).push({ edge, id: shape.id });
          }
        }
      }
    }
    return cells;
  }

  #listAround([x, y], by) {
    const found = new Set();
    for (let i = Math.floor((x - by) / CELL_M); i <= Math.floor((x + by) / CELL_M); i += 1) {
      for (let j = Math.floor((y - by) / CELL_M); j <= Math.floor((y + by) / CELL_M); j += 1) {
        for (const one of this.cells.get(`${i},${j}`) ?? []) found.add(one);
      }
    }
    return found;
  }
}

function distanceOf(shape, point) {
  if (POINTS.has(shape.type) || (!shape.lines.length && shape.points.length)) return Math.min(...shape.points.map((one) => measure(one, point)));
  const edge = distanceTo(point, shape.lines);
  if (shape.isArea && EDGED.has(shape.type)) return edge;
  return shape.isArea && isInside(point, shape.polygons) ? 0 : edge;
}
