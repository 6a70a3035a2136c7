// Names on the floor: in the middle of what they name, level, in up to three lines, none over another.

import { findInnerPoint, isInside, listEdges } from "./geometry.js";

const SIZES_PX = [12, 10];
const FAMILY = 'system-ui, "Noto Sans SC", sans-serif';
const SOFT_FROM = 0.05;
/** Between a name and a wall or the next name: nearer they read as one. */
const GAP_PX = 3;
/** From a small mark, and from a badge, to the name beside it. */
const MARK_PX = 6, BADGE_PX = 12;
const LEAST_PX = 20;
const widths = new Map();

function widthOf(context, text, size) {
  const key = `${size} ${text}`;
  if (widths.size > 5000) widths.clear();
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

/** Break a text where it gets too wide: between words, or between characters of a script that has none. */
export function breakText(text, measureText, width) {
  if (measureText(text) <= width) return [text];
  const isSpaced = text.includes(" ");
  const parts = isSpaced || /^[\u0000-\u024f]*$/.test(text) ? text.split(" ") : [...text];
  const lines = [""];
  for (const part of parts) {
    const joined = lines.at(-1) && isSpaced ? `${lines.at(-1)} ${part}` : lines.at(-1) + part;
    if (lines.at(-1) && measureText(joined) > width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** The edges and the label of a room as the floor is turned, in metres; kept with the room until it is turned otherwise. */
function turn(unit, rotation) {
  if (unit.turned?.rotation !== rotation) {
    const c = Math.cos(rotation), s = Math.sin(rotation);
    const move = ([x, y]) => [x * c + y * s, y * c - x * s];
    const middle = isInside(unit.label, unit.polygons) ? unit.label : findInnerPoint(unit.polygons);
    unit.turned = { rotation, middle, label: move(middle), edges: unit.lines.flatMap((line) => listEdges(line.map(move))) };
  }
  return unit.turned;
}

/** From where to where a level line runs in an area about a point; null where the point lies outside. */
export function findStretch(edges, [x, y]) {
  let left = -Infinity, right = Infinity, crossed = 0;
  for (const [a, b] of edges) {
    if ((a[1] > y) === (b[1] > y)) continue;
    const at = a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]);
    if (at > x) right = Math.min(right, at);
    else {
      left = Math.max(left, at);
      crossed += 1;
    }
  }
  return crossed % 2 ? [left, right] : null;
}

/**
 * Write the names of units; `look.name` gives the text and whether it says only what it is.
 * No name lies over what is `taken`; what is `marked` they keep off where there is room beside it.
 */
export function paintLabels(context, units, view, look, { taken, marked }) {
  context.save();
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  const boxes = { taken: taken.slice(), marked };
  for (const unit of units) {
    if (!unit.isArea || Math.hypot(unit.box[2] - unit.box[0], unit.box[3] - unit.box[1]) / view.resolution < LEAST_PX) continue;
    const { text, isSoft } = look.name(unit.feature);
    if (!text || (isSoft && view.resolution > SOFT_FROM)) continue;
    SIZES_PX.some((size) => place(context, { text, isSoft, size }, unit, view, look, boxes));
  }
  context.restore();
}

const doMeet = (box, other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];

/** Where a name of some lines has room in an area, moved up or down from its label: a box in pixels from the label, or null. */
function findHome({ edges, label }, shift, [width, height], resolution) {
  const stretches = [-0.5, 0, 0.5].map((share) => findStretch(edges, [label[0], label[1] - (shift + share * height) * resolution]));
  if (stretches.includes(null)) return null;
  const left = Math.max(...stretches.map(([at]) => at - label[0])) / resolution + GAP_PX, right = Math.min(...stretches.map(([, at]) => at - label[0])) / resolution - GAP_PX;
  if (right - left < width) return null;
  const x = Math.min(Math.max(0, left + width / 2), right - width / 2);
  return [x - width / 2 - GAP_PX, shift - height / 2, x + width / 2 + GAP_PX, shift + height / 2];
}

/** Write a name if it fits into its room; tell whether it does. */
function place(context, { text, isSoft, size }, unit, view, look, boxes) {
  context.font = `${isSoft ? 400 : 500} ${size}px ${FAMILY}`;
  const step = size + 2, measured = (part) => widthOf(context, part, size), turned = turn(unit, view.rotation);
  const stretch = findStretch(turned.edges, turned.label);
  if (!stretch) return false;
  const lines = breakText(text, measured, Math.max((stretch[1] - stretch[0]) / view.resolution - 2 * GAP_PX, LEAST_PX));
  if (lines.length > 3) return false;
  const size_px = [Math.max(...lines.map(measured)), lines.length * step];
  const [x, y] = view.toPixels(turned.middle), aside = [MARK_PX, BADGE_PX].map((by) => size_px[1] / 2 + by);
  // beside a mark or a badge rather than over it
  const homes = [0, ...aside.flatMap((by) => [by, -by])].map((shift) => findHome(turned, shift, size_px, view.resolution)).filter(Boolean)
    .map((box) => [box[0] + x, box[1] + y, box[2] + x, box[3] + y]);
  const isOff = (box, others) => !others.some((other) => doMeet(box, other));
  const free = homes.filter((box) => isOff(box, boxes.taken));
  const home = free.find((box) => isOff(box, boxes.marked)) ?? free[0];
  if (!home) return false;
  boxes.taken.push(home);
  context.strokeStyle = look.theme.ink.halo;
  context.fillStyle = look.theme.ink[isSoft ? "text-soft" : "text"];
  const middle = (home[0] + home[2]) / 2;
  lines.forEach((line, n) => {
    const at = home[1] + (n + 0.5) * step;
    context.globalAlpha = 0.7;
    context.strokeText(line, middle, at);
    context.globalAlpha = 1;
    context.fillText(line, middle, at);
  });
  return true;
}
