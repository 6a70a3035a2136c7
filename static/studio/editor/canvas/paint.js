// The floor as it is drawn: ground, rooms, walls, doors, furniture, zones, facilities. Paths are made once and kept with the shapes.

import { unitVector, vectorOf } from "./geometry.js";
import { paintLabels } from "./labels.js";

const WALL_WIDTH_M = 0.12;
const WAY_M = 1.2;
const BADGE_PX = 20;
const ANCHOR_PX = 4;
const FEW_PX = 0.22;
/** Metres a pixel from which facilities are dots. */
const BADGES_FROM = 0.16;

/** A path in metres of a shape's rings or lines. */
export function pathOf(shape) {
  if (!shape.path) {
    shape.path = new Path2D();
    for (const line of shape.lines) {
      line.forEach(([x, y], n) => (n ? shape.path.lineTo(x, y) : shape.path.moveTo(x, y)));
      if (shape.isArea) shape.path.closePath();
    }
  }
  return shape.path;
}

/**
 * Draw a floor.
 *
 * @param {CanvasRenderingContext2D} context whose transform is from metres to device pixels
 * @param {import("./floor.js").Floor} floor
 * @param {object} view `resolution` (metres a CSS pixel), `rotation`, `pixelRatio`, `box` (what is to be seen), `toPixels`
 * @param {object} look `theme`, `kinds`, `symbols` (by category), `icons` (Symbols), `opacity`, `name(feature)`
 */
export function paintFloor(context, floor, view, look) {
  const seen = floor.shapes.filter(({ box }) => box[0] <= view.box[2] && box[2] >= view.box[0] && box[1] <= view.box[3] && box[3] >= view.box[1]);
  const of = (type) => seen.filter((shape) => shape.type === type);
  paintGround(context, of("level"), look);
  paintUnits(context, floor, of("unit"), view, look);
  paintLines(context, [...of("detail")], view, look);
  paintFurniture(context, [...of("fixture"), ...of("kiosk")], view, look);
  paintZones(context, [...of("section"), ...of("geofence")], view, look);
  paintDoors(context, of("opening"), view, look);
  paintWays(context, of("relationship"), view, look);
  const points = paintPoints(context, [...of("anchor"), ...of("amenity")], view, look);
  paintLabels(context, of("unit"), view, look, points);
}

function paintGround(context, levels, { theme, opacity = 1 }) {
  context.fillStyle = theme.ink.floor;
  context.globalAlpha = opacity < 1 ? 0.1 : 1;
  for (const level of levels) context.fill(pathOf(level), "evenodd");
  context.globalAlpha = 1;
}

function paintUnits(context, floor, units, view, look) {
  const { theme, opacity = 1 } = look;
  for (const unit of units) {
    context.globalAlpha = opacity;
    context.fillStyle = theme.fills[floor.kindOf(unit, look.kinds)] ?? theme.fills.room;
    context.fill(pathOf(unit), "evenodd");
  }
  context.globalAlpha = 1;
  context.lineJoin = "miter";
  context.lineWidth = Math.max(0.6 * view.resolution, 0.02);
  context.strokeStyle = theme.ink.line;
  for (const unit of units) if (unit.isOpen) context.stroke(pathOf(unit));
  context.lineWidth = Math.max(1.1 * view.resolution, WALL_WIDTH_M);
  context.strokeStyle = theme.ink.wall;
  for (const unit of units) if (!unit.isOpen) context.stroke(pathOf(unit));
}

function paintLines(context, details, view, { theme }) {
  context.lineWidth = Math.max(1.4 * view.resolution, WALL_WIDTH_M);
  for (const detail of details) {
    const isWall = detail.feature.properties?.wayfinder?.wall !== false;
    context.strokeStyle = isWall ? theme.ink["wall-outer"] : theme.ink.line;
    context.setLineDash(isWall ? [] : [4 * view.resolution, 3 * view.resolution]);
    context.stroke(pathOf(detail));
  }
  context.setLineDash([]);
}

function paintFurniture(context, things, view, { theme }) {
  if (view.resolution > FEW_PX) return;
  context.fillStyle = theme.fills.fixture;
  context.strokeStyle = theme.ink.line;
  context.lineWidth = 0.7 * view.resolution;
  for (const thing of things) {
    context.fill(pathOf(thing), "evenodd");
    context.stroke(pathOf(thing));
  }
}

function paintZones(context, zones, view, { theme }) {
  context.lineWidth = 2 * view.resolution;
  context.setLineDash([8 * view.resolution, 5 * view.resolution]);
  for (const zone of zones) {
    const colour = theme.ink[zone.type === "geofence" ? "here" : "badge"];
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.globalAlpha = 0.05;
    context.fill(pathOf(zone), "evenodd");
    context.globalAlpha = 0.75;
    context.stroke(pathOf(zone));
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function paintDoors(context, doors, view, { theme }) {
  const wide = Math.max(1.1 * view.resolution, WALL_WIDTH_M);
  context.lineCap = "butt";
  for (const [width, colour] of [[wide * 1.9, theme.fills.circulation], [wide * 0.75, theme.ink.route]]) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    const all = new Path2D();
    for (const door of doors) all.addPath(pathOf(door));
    context.stroke(all);
  }
}

function paintWays(context, ways, view, { theme }) {
  context.lineCap = "round";
  for (const way of ways) {
    const banned = way.feature.properties?.wayfinder?.banned;
    context.lineWidth = Math.max(3 * view.resolution, WAY_M);
    context.strokeStyle = theme.ink["way-edge"];
    context.stroke(pathOf(way));
    context.lineWidth = 1.6 * view.resolution;
    context.strokeStyle = banned ? theme.ink.here : theme.ink.route;
    context.setLineDash([6 * view.resolution, 4 * view.resolution]);
    context.stroke(pathOf(way));
    context.setLineDash([]);
    if (way.feature.properties?.direction === "directed") paintArrow(context, way.lines[0], view, context.strokeStyle);
  }
  context.lineCap = "butt";
}

function paintArrow(context, line, view, colour) {
  const [tip, before] = [line.at(-1), line.at(-2)];
  const [ux, uy] = unitVector(before, tip), size = 10 * view.resolution;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(...tip);
  context.lineTo(tip[0] - size * ux - size * 0.5 * uy, tip[1] - size * uy + size * 0.5 * ux);
  context.lineTo(tip[0] - size * ux + size * 0.5 * uy, tip[1] - size * uy - size * 0.5 * ux);
  context.fill();
}

/** Draw facilities, departments' points, signs and screens; return the boxes on the screen of badges (taken) and of small marks. */
function paintPoints(context, points, view, look) {
  const taken = [], marked = [], { theme } = look;
  context.save();
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  for (const shape of points) {
    const [x, y] = view.toPixels(shape.points[0] ?? shape.label);
    const ours = shape.feature.properties?.wayfinder ?? {};
    const face = ours.sign ?? ours.display;
    const around = (px) => [x - px, y - px, x + px, y + px];
    if (shape.type === "anchor") {
      paintAnchor(context, x, y, theme);
      marked.push(around(ANCHOR_PX));
    } else if (face || shape.category === "signage") {
      marked.push(around(paintFace(context, x, y, face?.bearing_deg, Boolean(ours.display), view, theme) / 2));
    } else if (view.resolution > BADGES_FROM || !look.symbols.has(shape.category)) {
      paintDot(context, x, y, theme); // a badge without a symbol would be an empty square
    } else {
      paintBadge(context, x, y, shape, look);
      taken.push(around(BADGE_PX / 2));
    }
  }
  context.restore();
  return { taken, marked };
}

function paintDot(context, x, y, theme) {
  context.fillStyle = theme.ink.badge;
  context.beginPath();
  context.arc(x, y, 2.5, 0, 7);
  context.fill();
}

function paintAnchor(context, x, y, theme) {
  context.lineWidth = 1.5;
  context.strokeStyle = theme.ink.end;
  context.beginPath();
  context.arc(x, y, ANCHOR_PX, 0, 7);
  context.stroke();
}

function paintBadge(context, x, y, shape, look) {
  const { theme } = look, kind = look.kinds.get(shape.category);
  context.fillStyle = theme.ink[{ vertical: "badge-vertical", emergency: "badge-emergency", safety: "badge-safety" }[kind] ?? "badge"];
  context.beginPath();
  context.roundRect(x - BADGE_PX / 2, y - BADGE_PX / 2, BADGE_PX, BADGE_PX, 4);
  context.fill();
  const symbol = look.icons.get(look.symbols.get(shape.category));
  if (!symbol) return;
  const side = BADGE_PX * 0.74;
  context.save();
  context.translate(x - side / 2, y - side / 2);
  context.scale(side / symbol.side, side / symbol.side);
  context.fillStyle = theme.ink.symbol;
  context.fill(symbol.path, "evenodd");
  context.restore();
}

/** A sign is a plate square to where it looks, with a wedge that way; a screen is a thicker one. Returns its size in pixels. */
function paintFace(context, x, y, bearingDeg, isDisplay, view, theme) {
  const [east, north] = vectorOf(bearingDeg ?? 0), c = Math.cos(view.rotation), s = Math.sin(view.rotation);
  // metres to the screen: turned with the view, y down
  const dx = east * c + north * s, dy = -(north * c - east * s);
  const size = Math.min(14, Math.max(6, 1.1 / view.resolution));
  context.fillStyle = isDisplay ? theme.ink["badge-safety"] : theme.ink["here-wedge"];
  context.strokeStyle = theme.ink.halo;
  context.lineWidth = 1;
  context.beginPath();
  if (bearingDeg === undefined) context.arc(x, y, size / 2, 0, 7);
  else {
    context.moveTo(x - dy * size * 0.7, y + dx * size * 0.7);
    context.lineTo(x + dx * size, y + dy * size);
    context.lineTo(x + dy * size * 0.7, y - dx * size * 0.7);
    if (isDisplay) context.lineTo(x + dy * size * 0.7 - dx * 4, y - dx * size * 0.7 - dy * 4);
    if (isDisplay) context.lineTo(x - dy * size * 0.7 - dx * 4, y + dx * size * 0.7 - dy * 4);
    context.closePath();
  }
  context.fill();
  context.stroke();
  return size;
}
