// The pointer: choose, move, turn; a right click or a long press offers more.

import { findSides, fitDoor, fitSign } from "../canvas/doors.js";
import { middleOf } from "../canvas/floor.js";
import { add, boxOf, interpolate, measure, subtract, turnAbout, vectorOf } from "../canvas/geometry.js";
import { sayLength } from "../canvas/lengths.js";

const WHOLE = new Set(["unit", "fixture", "kiosk", "section", "geofence", "detail", "footprint", "relationship"]);
const POINTS = new Set(["amenity", "anchor"]);
const TURN_PX = 46;
const WALL_SNAP_PX = 28;

/** What a sign or screen has of its own, or nothing. */
export const faceOf = (shape) => shape?.feature.properties?.wayfinder?.sign ?? shape?.feature.properties?.wayfinder?.display ?? (shape?.category === "signage" ? {} : null);

/** Degrees to the nearest 5, or to what is square to a wall, unless somebody wants it exact. */
export function roundBearing(bearingDeg, isExact) {
  const rounded = isExact ? Math.round(bearingDeg) : Math.round(bearingDeg / 5) * 5;
  return ((rounded % 360) + 360) % 360;
}

export class SelectTool {
  name = "select";
  icon = "canvas-select";
  shortcut = "v";
  group = "choose";

  activate(box) {
    this.box = box;
    this.reset();
  }

  deactivate() {
    this.reset();
    this.box.setCursor("");
  }

  reset() {
    this.drag_ = null;
    this.hover = null;
  }

  hint() {
    return this.box.say(this.box.state.isSeveral ? "canvas.hint.several" : "canvas.hint.select");
  }

  options() {
    const { say, state } = this.box;
    return [{ kind: "check", name: "several", label: say("canvas.several"), value: state.isSeveral, change: (isSeveral) => state.setSeveral(isSeveral) }];
  }

  several() {
    this.box.options.tick("several", this.box.state.isSeveral);
    this.box.setHint(this.hint());
  }

  #chosen() {
    return [...this.box.state.selection].map((id) => this.box.floor.shapeOf(id)).filter(Boolean);
  }

  // handles

  /** Where the handle for turning is: before a sign, above an area; null where nothing turns. */
  #turnHandle(chosen = this.#chosen()) {
    const metres = TURN_PX * this.box.resolution;
    const [one] = chosen;
    if (chosen.length === 1 && faceOf(one)) {
      const vector = vectorOf(faceOf(one).bearing_deg ?? 0);
      return { at: add(one.points[0], [vector[0] * metres, vector[1] * metres]), centre: one.points[0], kind: "face", shape: one };
    }
    const whole = chosen.filter((shape) => WHOLE.has(shape.type));
    if (!whole.length || whole.length !== chosen.length || whole.some(({ type }) => ["relationship", "section", "geofence"].includes(type))) return null;
    const [west, south, east, north] = boxOf(whole.flatMap((shape) => shape.lines.flat()));
    const centre = [(west + east) / 2, (south + north) / 2];
    return { at: [(west + east) / 2, north + metres * 0.6], centre, kind: "whole", shapes: whole };
  }

  // pointer

  press(at) {
    const isBox = at.shift || this.box.state.isSeveral;
    this.drag_ = (at.shift ? null : this.#grip(at)) ?? (isBox ? { kind: "box", start: at.point, end: at.point } : null);
    return this.drag_ !== null;
  }

  /** What would be dragged from a place: the handle that turns, or what is chosen. */
  #grip(at) {
    const { box } = this, chosen = this.#chosen();
    if (box.context.work.mayEdit === false) return null;
    const turn = this.#turnHandle(chosen);
    if (turn && measure(turn.at, at.point) <= box.reach) return { kind: "turn", turn, end: at.point };
    const under = box.floor.hit(at.point, box.reach).find((shape) => chosen.includes(shape));
    return under ? this.#beginMove(chosen, under, at) : null;
  }

  #beginMove(chosen, under, at) {
    if (under.type === "opening") return { kind: "door", shape: under, width: measure(under.lines[0][0], under.lines[0].at(-1)), fitted: null };
    if (POINTS.has(under.type) && chosen.length === 1) return { kind: "point", shape: under, fitted: null, grip: at.point };
    const whole = chosen.filter((shape) => WHOLE.has(shape.type) && !(shape.type === "relationship" && !shape.lines.length));
    if (!whole.includes(under)) return null;
    // the corner nearest to the hand is the one that is set onto others
    const corner = whole.flatMap((shape) => shape.lines.flat()).reduce((best, point) => (measure(point, at.point) < measure(best, at.point) ? point : best));
    return { kind: "whole", shapes: whole, corner, grip: at.point, to: corner, snapped: null };
  }

  drag(at) {
    const { box, drag_: drag } = this;
    if (!drag) return;
    if (drag.kind === "box" || drag.kind === "turn") drag.end = at.point;
    if (drag.kind === "turn") drag.isExact = at.alt;
    if (drag.kind === "door") drag.fitted = { at: at.point, ...fitDoor(box.floor.units, at.point, drag.width) };
    if (drag.kind === "point") drag.fitted = this.#fitPoint(drag.shape, at);
    if (drag.kind === "whole") {
      const wanted = add(drag.corner, subtract(at.point, drag.grip));
      drag.snapped = box.snap({ ...at, point: wanted }, { points: [drag.corner] }, new Set(drag.shapes.map((shape) => shape.id)));
      drag.to = drag.snapped.point;
    }
  }

  /** A sign that hangs on a wall keeps to walls and turns with them. */
  #fitPoint(shape, at) {
    const face = faceOf(shape), { box } = this;
    if (face && (face.mounting ?? "wall") === "wall" && !at.alt) {
      const fitted = fitSign(box.floor.units, at.point, WALL_SNAP_PX * box.resolution + 0.5);
      return { at: fitted.at, bearing_deg: fitted.bearing_deg };
    }
    return { at: at.point, bearing_deg: null };
  }

  release(at) {
    const drag = this.drag_;
    this.drag(at);
    this.drag_ = null;
    if (!drag) return;
    const does = { box: this.#chooseBox, turn: this.#turn, door: this.#moveDoor, point: this.#movePoint, whole: this.#moveWhole };
    does[drag.kind].call(this, drag, (pen) => this.#drawDrag(pen, drag));
  }

  cancel() {
    this.drag_ = null;
  }

  #chooseBox({ start, end }) {
    const { floor, state } = this.box;
    const within = floor.listWithin(boxOf([start, end])).filter((shape) => !["section", "geofence", "level"].includes(shape.type));
    state.select([...(state.isSeveral ? state.selection : []), ...within.map((shape) => floor.idOf(shape))]);
  }

  #angle({ turn, end, isExact }) {
    const vector = subtract(end, turn.centre), bearing = Math.atan2(vector[0], vector[1]) * 180 / Math.PI;
    return turn.kind === "face" ? roundBearing(bearing, isExact) : ((roundBearing(bearing - Math.atan2(turn.at[0] - turn.centre[0], turn.at[1] - turn.centre[1]) * 180 / Math.PI, isExact) + 540) % 360) - 180;
  }

  #turn(drag, preview) {
    const { box } = this, angle = this.#angle(drag);
    if (drag.turn.kind === "face") return box.act({ kind: "turn", feature: drag.turn.shape.id, bearing_deg: angle }, preview);
    if (!angle) return undefined;
    const centre = box.toDegrees(drag.turn.centre);
    return box.act({ kind: "move", features: drag.turn.shapes.map((shape) => shape.id), start: centre, end: centre, turn_deg: angle }, preview);
  }

  #moveDoor({ shape, fitted }, preview) {
    const { box } = this;
    if (fitted?.line) return box.act({ kind: "move-opening", feature: shape.id, to: box.toDegrees(interpolate(...fitted.line, 0.5)) }, preview);
    if (fitted?.problem) box.context.toast(sayDoorProblem(fitted, box), { kind: "bad" });
    return undefined;
  }

  #movePoint({ shape, fitted }, preview) {
    const { box } = this;
    if (!fitted) return undefined;
    const move = { kind: "move-point", feature: shape.id, to: box.toDegrees(fitted.at) };
    if (fitted.bearing_deg === null) return box.act(move, preview);
    return box.act({ kind: "batch", actions: [move, { kind: "turn", feature: shape.id, bearing_deg: fitted.bearing_deg }] }, preview);
  }

  #moveWhole({ shapes, corner, to }, preview) {
    const { box } = this;
    if (measure(corner, to) < 0.001) return undefined;
    return box.act({ kind: "move", features: shapes.map((shape) => shape.id), start: box.toDegrees(corner), end: box.toDegrees(to) }, preview);
  }

  /** A click takes what is on top; another click at the same place what lies under it. Where several are chosen it takes in, or out. */
  click(at) {
    this.drag_ = null;
    const { box } = this, under = box.floor.hit(at.point, box.reach).filter((shape) => shape.type !== "level");
    const [alone] = box.state.selection.size === 1 ? box.state.selection : [];
    const next = under[(under.findIndex((shape) => box.floor.idOf(shape) === alone) + 1) % Math.max(under.length, 1)];
    const add = at.shift || at.ctrl || box.state.isSeveral;
    const one = add ? under[0] : next;
    box.state.select(one ? [box.floor.idOf(one)] : [], { add });
  }

  doubleClick(at) {
    const { box } = this, [one] = box.floor.hit(at.point, box.reach);
    if (box.state.isSeveral) {
      this.click(at);
      return;
    }
    if (!one) return;
    box.state.select([box.floor.idOf(one)]);
    if (one.lines.length && one.type !== "opening") box.state.setTool("reshape");
  }

  move(at) {
    const [one] = this.box.floor.hit(at.point, this.box.reach);
    this.hover = one && one.type !== "level" ? one : null;
    const isChosen = this.hover && this.box.state.selection.has(this.box.floor.idOf(this.hover));
    this.box.setCursor(isChosen ? "move" : this.hover ? "pointer" : "");
  }

  leave() {
    this.hover = null;
  }

  key(key) {
    if (key === "Escape" && this.drag_) {
      this.drag_ = null;
      return true;
    }
    return false;
  }

  // what a long press offers

  offer() {
    return [];
  }

  /** What is offered at a place, whatever tool is in hand. */
  offerAt(at, box) {
    const under = box.floor.hit(at.point, box.reach).filter((shape) => shape.type !== "level");
    const one = under.find((shape) => box.state.selection.has(box.floor.idOf(shape))) ?? under[0];
    if (!one) return [];
    const { say, state } = box, before = [...state.selection], id = box.floor.idOf(one);
    if (!state.selection.has(id)) state.select([id], { add: state.isSeveral });
    const ids = [...state.selection], items = [];
    const take = (name) => ({ label: say(`canvas.do.${name}`), run: () => box.state.setTool(name) });
    if (box.context.dialogs.properties) items.push({ label: say("canvas.do.properties"), run: () => box.context.dialogs.properties(ids) });
    items.push(...offerMore(id, state.isSeveral ? ids : before, box));
    if (box.context.work.mayEdit === false) return items;
    const units = box.chosenUnits;
    if (one.lines.length && one.type !== "opening") items.push(take("reshape"));
    if (units.length === 1) {
      items.push({ label: say("canvas.do.square"), run: () => box.act({ kind: "square-unit", feature: units[0].id }) }, take("split"), take("cut"));
      if (["elevator", "stairs", "escalator"].includes(units[0].category) && box.context.dialogs.stack) {
        items.push({ label: say("canvas.do.stack"), run: () => box.context.dialogs.stack(units[0].id) });
      }
    }
    if (units.length > 1) items.push(take("merge"));
    items.push({ label: say("canvas.do.delete"), isDanger: true, run: () => box.tools.get("delete").remove(box) });
    return items;
  }

  // drawing

  draw(pen) {
    const { hover, drag_: drag, box } = this;
    if (hover && !box.state.selection.has(box.floor.idOf(hover))) pen.shape(hover, { width: 1.5, fill: 0.06 });
    if (hover && !drag && hover.type !== "unit") pen.label(hover.isArea ? hover.label : middleOf(hover), this.#describe(hover), { shift: [0, -26] });
    if (drag) return this.#drawDrag(pen, drag);
    const turn = box.context.work.mayEdit === false ? null : this.#turnHandle();
    if (!turn) return undefined;
    if (turn.kind === "face") pen.facing(turn.centre, faceOf(turn.shape).bearing_deg ?? 0, { length: TURN_PX - 8 });
    return pen.handle(turn.at, "turn");
  }

  /** What is under the pointer, in a word: of a door what it joins. */
  #describe(shape) {
    const { box } = this;
    if (shape.type === "opening") {
      const line = [shape.lines[0][0], shape.lines[0].at(-1)];
      return findSides(box.floor.units, line).map((id) => (id ? box.name(box.plan.get(id)) : box.say("canvas.outside"))).join(" ⇄ ");
    }
    const { ref } = shape.feature.properties?.wayfinder ?? {};
    const name = box.name(box.plan.get(box.floor.idOf(shape)));
    return ref ? `${ref} · ${name}` : name;
  }

  #drawDrag(pen, drag) {
    const { say } = this.box;
    if (drag.kind === "box") {
      const [w, s, e, n] = boxOf([drag.start, drag.end]);
      pen.area([[[w, s], [e, s], [e, n], [w, n]]], { width: 1.5, dash: [4, 4] });
    } else if (drag.kind === "turn") this.#drawTurn(pen, drag);
    else if (drag.kind === "door") drawDoor(pen, drag.fitted, this.box);
    else if (drag.kind === "point" && drag.fitted) {
      pen.dot(drag.fitted.at, { radius: 6 });
      if (drag.fitted.bearing_deg !== null) pen.facing(drag.fitted.at, drag.fitted.bearing_deg);
      pen.label(drag.fitted.at, sayLength(measure(drag.shape.points[0], drag.fitted.at)));
    } else if (drag.kind === "whole" && drag.snapped) {
      const shift = subtract(drag.to, drag.corner);
      for (const guide of drag.snapped.guides) pen.guide(guide);
      for (const shape of drag.shapes) this.#drawGhost(pen, shape.lines.map((line) => line.map((point) => add(point, shift))), shape.isArea);
      pen.line([drag.corner, drag.to], { width: 1, dash: [3, 3] });
      pen.snapMark(drag.snapped);
      pen.label(drag.to, say("canvas.moved-by", { length: sayLength(measure(drag.corner, drag.to)) }));
    }
  }

  #drawTurn(pen, drag) {
    const angle = this.#angle(drag), { turn } = drag;
    if (turn.kind === "face") pen.facing(turn.centre, angle, { length: TURN_PX });
    else for (const shape of turn.shapes) this.#drawGhost(pen, shape.lines.map((line) => turnAbout(line, turn.centre, angle)), shape.isArea);
    pen.label(turn.centre, `${angle}°`, { shift: [0, 30] });
  }

  #drawGhost(pen, lines, isArea) {
    if (isArea) pen.area(lines, { colour: pen.inks.ghost, dash: [6, 4] });
    else for (const line of lines) pen.line(line, { colour: pen.inks.ghost, dash: [6, 4] });
  }
}

/** Beside others something is chosen too, or no more: `chosen` is what was before it was pointed at. */
function offerMore(id, chosen, { say, state }) {
  const others = chosen.filter((one) => one !== id);
  if (!others.length) return [];
  const isChosen = chosen.includes(id);
  return [{ label: say(isChosen ? "canvas.do.choose-no-more" : "canvas.do.choose-too"), run: () => state.select(isChosen ? others : [...others, id]) }];
}

/** Why there is no door where somebody points. */
export const sayDoorProblem = ({ problem, wall_m = 0 }, box) => box.say(`canvas.door-${problem}`, { wall: sayLength(wall_m) });

/** A door where it would be, what it would join, and how wide it is. */
export function drawDoor(pen, fitted, box, width = null) {
  if (!fitted) return;
  if (!fitted.line) {
    pen.dot(fitted.at, { colour: pen.inks.bad, radius: 6 });
    pen.label(fitted.at, sayDoorProblem(fitted, box), { colour: pen.inks.bad });
    return;
  }
  const names = fitted.sides.map((id) => (id ? box.name(box.plan.get(id)) : box.say("canvas.outside")));
  for (const id of fitted.sides) if (id) pen.area(box.floor.get(id).lines, { colour: pen.inks.good, fill: 0.1, width: 1 });
  pen.line(fitted.line, { colour: pen.inks.good, width: 7, casing: true });
  pen.label(interpolate(...fitted.line, 0.5), names.join(" ⇄ "), { shift: [0, -30] });
  pen.label(interpolate(...fitted.line, 0.5), width ?? sayLength(measure(...fitted.line)), { shift: [0, 30] });
}
