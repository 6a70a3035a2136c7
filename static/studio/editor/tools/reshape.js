// Corners and walls: dragged, added, taken away. What is shared goes along, and shows beforehand.

import { SAME_M, add, areaOf, dot, interpolate, measure, openRing, project, scale, subtract, unitVector } from "../canvas/geometry.js";
import { sayArea, sayLength } from "../canvas/lengths.js";
import { bind } from "../canvas/options.js";
import { findOutward, findRun, findWallsThrough, listDoorsIn, moveCorners, pushWalls, regroup, splitCornerMove } from "../canvas/walls.js";
import { findEdge } from "./sketches.js";

const SHAPED = new Set(["unit", "fixture", "kiosk", "section", "geofence", "level", "footprint", "detail", "relationship", "venue"]);
const PLUS_PX = 64;

const isHoleOf = (shape, line) => shape.polygons.some((rings) => rings.indexOf(line) > 0);

export class ReshapeTool {
  name = "reshape";
  icon = "canvas-reshape";
  shortcut = "e";
  group = "change";
  isDrawing = true;
  isSquareKept = true;
  isWhole = false;
  isAlone = false;

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
    this.hot = null;
    this.corner = null;
  }

  selected() {
    this.reset();
  }

  hint() {
    return this.box.say("canvas.hint.reshape");
  }

  options() {
    const { say } = this.box;
    const check = (key, name) => bind(this, key, { kind: "check", label: say(name) });
    return [check("isSquareKept", "canvas.keep-square"), check("isWhole", "canvas.whole-wall"), check("isAlone", "canvas.alone")];
  }

  /** What is reshaped: the one thing that is chosen, if it has an outline or a line. */
  get shape() {
    const [id] = this.box.state.selection.size === 1 ? this.box.state.selection : [];
    const shape = id && this.box.floor.get(id);
    return shape && SHAPED.has(shape.type) && shape.lines.length ? shape : null;
  }

  // what is under the pointer: a corner, the plus amid an edge, an edge

  #find(point) {
    const { shape, box } = this;
    if (!shape) return null;
    let best = null;
    shape.lines.forEach((line, ring) => (shape.isArea ? line.slice(0, -1) : line).forEach((corner, number) => {
      const distance = measure(corner, point);
      if (distance <= box.reach && (!best || distance < best.distance)) best = { kind: "corner", ring, number, distance, at: corner };
    }));
    if (best) return best;
    const edge = findEdge(shape.lines, point);
    if (!edge || edge.distance > box.reach) return null;
    const middle = interpolate(...edge.edge, 0.5);
    if (measure(...edge.edge) / box.resolution > PLUS_PX && measure(middle, point) <= box.reach) return { kind: "plus", ...edge, at: middle };
    return shape.isArea ? { kind: "wall", ...edge, at: edge.foot } : null;
  }

  press(at) {
    if (this.box.context.work.mayEdit === false) return false;
    const found = this.#find(at.point);
    if (!found) return false;
    this.drag_ = { ...found, moved: null };
    return true;
  }

  drag(at) {
    const { drag_: drag, shape } = this;
    if (!drag || !shape) return;
    if (drag.kind === "wall") this.#dragWall(drag, shape, at);
    else this.#dragCorner(drag, shape, at);
  }

  #dragWall(drag, shape, at) {
    const line = shape.lines[drag.ring];
    // the whole straight wall goes, or its part between two corners
    const [start, end] = at.shift || this.isWhole ? findRun(line, drag.number) : drag.edge;
    const isHole = isHoleOf(shape, line);
    const outward = findOutward(line, start, end, isHole);
    const offset = dot(subtract(at.point, start), outward);
    const wanted = add(interpolate(start, end, 0.5), scale(outward, offset));
    const found = this.box.snap({ ...at, point: add(drag.at, scale(outward, dot(subtract(at.point, drag.at), outward))), shift: false }, {}, new Set([shape.id]));
    const reached = found.kind === "free" ? offset : dot(subtract(found.point, start), outward);
    const step = this.box.settings.grid_m;
    const distance_m = found.kind === "free" && step ? Math.round(offset / step) * step : reached;
    const wall = { id: shape.id, start, end, outward, distance_m, alone: this.isAlone };
    const isUnit = shape.type === "unit";
    const moved = isUnit ? pushWalls(this.box.floor.shapes, [wall]) : moveCorners(this.box.floor.shapes, shape.id, [start, end].map((point) => [point, add(point, scale(outward, distance_m))]));
    drag.moved = { lines: moved, walls: [wall], wanted, snapped: found.kind === "free" ? null : found };
  }

  #dragCorner(drag, shape, at) {
    const line = shape.lines[drag.ring], count = line.length - 1;
    const [before, after] = this.#neighbours(drag, line, shape.isArea, count);
    const fixed = [before, after].filter(Boolean).map((point) => ({ at: point, along: drag.kind === "corner" ? [unitVector(point, drag.at)] : [] }));
    const found = this.box.snap(at, { fixed }, new Set([shape.id]));
    const walls = this.#keepSquare(drag, shape, line, found.point);
    const lines = walls ? pushWalls(this.box.floor.shapes, walls) : this.#bend(drag, shape, found.point);
    drag.moved = { lines, walls, to: found.point, snapped: found };
  }

  #neighbours({ kind, number }, line, isArea, count) {
    if (kind === "plus") return [line[number], line[number + 1]];
    return isArea ? [line[(number - 1 + count) % count], line[(number + 1) % count]] : [line[number - 1], line[number + 1]];
  }

  /** The walls to move where a square corner stays square: also where it lies on a neighbour's long wall, which has no corner there. */
  #keepSquare(drag, shape, line, to) {
    if (drag.kind !== "corner" || shape.type !== "unit") return null;
    const isOnWall = !this.isAlone && findWallsThrough(this.box.floor.shapes, shape.id, drag.at).length > 0;
    if (!this.isSquareKept && !isOnWall) return null;
    const isHole = isHoleOf(shape, line);
    const walls = splitCornerMove(shape.id, line, isHole, drag.number, to);
    return walls?.map((wall) => ({ ...wall, alone: this.isAlone })) ?? null;
  }

  #bend(drag, shape, to) {
    if (drag.kind === "corner") return moveCorners(this.box.floor.shapes, shape.id, [[drag.at, to]], this.isAlone);
    const lines = shape.lines.map((line, ring) => (ring === drag.ring ? [...line.slice(0, drag.number + 1), to, ...line.slice(drag.number + 1)] : line));
    return new Map([[shape.id, lines]]);
  }

  release(at) {
    const { drag_: drag, shape } = this;
    if (!drag || !shape) return undefined;
    this.drag(at);
    this.drag_ = null;
    this.corner = null;
    const { moved } = drag, { box } = this, preview = (pen) => this.#drawMoved(pen, drag, shape);
    if (!moved) return undefined;
    if (moved.walls && shape.type === "unit") return this.#sendWalls(moved.walls, preview);
    if (drag.kind === "plus") return this.#sendOutline(shape, moved.lines.get(shape.id), preview);
    const own = moved.lines.get(shape.id);
    const moves = drag.kind === "corner" ? [[drag.at, moved.to]] : moved.walls.flatMap(({ start, end, outward, distance_m }) => [start, end].map((point) => [point, add(point, scale(outward, distance_m))]));
    if (!own || moves.every(([from, to]) => measure(from, to) < 0.001)) return undefined;
    return box.act({ kind: "move-vertices", feature: shape.id, moves: moves.map((pair) => pair.map((point) => box.toDegrees(point))), alone: this.isAlone }, preview);
  }

  #sendWalls(walls, preview) {
    const { box } = this;
    const actions = walls.filter(({ distance_m }) => Math.abs(distance_m) > 0.001).map((wall) => ({
      kind: "move-wall", feature: wall.id, start: box.toDegrees(wall.start), end: box.toDegrees(wall.end), distance_m: Math.round(wall.distance_m * 1e4) / 1e4, alone: this.isAlone,
    }));
    if (!actions.length) return undefined;
    return box.act(actions.length === 1 ? actions[0] : { kind: "batch", actions }, preview);
  }

  /** A whole outline anew: a corner more, or one less. */
  #sendOutline(shape, lines, preview) {
    const { box } = this;
    if (!lines) return undefined;
    if (shape.isArea && shape.polygons.length === 1) return box.act({ kind: "reshape", feature: shape.id, area: lines.map((ring) => box.toPositions(openRing(ring))) }, preview);
    box.context.toast(box.say("canvas.not-this-shape"), { kind: "bad" });
    return undefined;
  }

  cancel() {
    this.drag_ = null;
  }

  /** A click on a corner marks it, for Delete; elsewhere it chooses what is to be reshaped. */
  click(at) {
    const found = this.#find(at.point), { box } = this;
    this.drag_ = null;
    if (found?.kind === "corner") {
      this.corner = found;
      return;
    }
    const under = box.floor.hit(at.point, box.reach, (shape) => SHAPED.has(shape.type) && shape.lines.length);
    if (under[0] !== this.shape && (!found || under[0])) box.state.select(under[0] ? [under[0].id] : []);
  }

  doubleClick(at) {
    const found = this.#find(at.point);
    if (found?.kind === "corner") this.#removeCorner(found);
    else if (!found) this.box.state.setTool("select");
  }

  #removeCorner({ ring, number }) {
    const { shape, box } = this;
    if (!shape?.isArea) return undefined;
    const least = shape.lines[ring].length - 1 <= 3;
    if (least) {
      box.context.toast(box.say("canvas.three-corners"), { kind: "bad" });
      return undefined;
    }
    this.corner = null;
    const lines = shape.lines.map((line, n) => (n === ring ? openRing(line).filter((_, m) => m !== number) : openRing(line)));
    return this.#sendOutline(shape, lines);
  }

  key(key) {
    if (key === "Escape" && (this.drag_ || this.corner)) {
      this.drag_ = this.corner = null;
      return true;
    }
    if (["Delete", "Backspace"].includes(key) && this.corner) {
      this.#removeCorner(this.corner);
      return true;
    }
    return key === "Backspace";
  }

  offer(at) {
    const found = this.#find(at.point);
    if (found?.kind !== "corner" || !this.shape.isArea) return [];
    return [{ label: this.box.say("canvas.do.remove-corner"), run: () => this.#removeCorner(found) }];
  }

  move(at) {
    this.hot = this.#find(at.point);
    this.box.setCursor({ corner: "move", plus: "copy", wall: "grab" }[this.hot?.kind] ?? "");
  }

  leave() {
    this.hot = null;
  }

  // drawing

  draw(pen) {
    const { shape, drag_: drag } = this;
    if (!shape) return;
    if (drag?.moved) this.#drawMoved(pen, drag, shape);
    else this.#drawHandles(pen, shape);
  }

  #drawHandles(pen, shape) {
    const { hot, corner, box } = this;
    if (hot?.kind === "wall") pen.line(hot.edge, { width: 6, casing: true });
    shape.lines.forEach((line, ring) => {
      line.slice(1).forEach((end, number) => {
        if (measure(line[number], end) / box.resolution > PLUS_PX) {
          pen.handle(interpolate(line[number], end, 0.5), "middle", { isHot: hot?.kind === "plus" && hot.ring === ring && hot.number === number });
        }
      });
      (shape.isArea ? line.slice(0, -1) : line).forEach((point, number) => {
        const is = (one) => one?.kind === "corner" && one.ring === ring && one.number === number;
        pen.handle(point, "corner", { isHot: is(hot) || is(corner) });
      });
    });
  }

  /** All that would move, as it would be. */
  #drawMoved(pen, { moved, at }, shape) {
    const { box } = this, doors = [];
    for (const guide of moved.snapped?.guides ?? []) pen.guide(guide);
    for (const [id, lines] of moved.lines) {
      const other = box.floor.get(id);
      if (id === shape.id || !other) continue;
      // of what lies about many rooms the edge alone, or all of the floor would seem to move
      if (other.isArea) pen.area(lines, { colour: pen.inks.ghost, fill: other.type === "unit" && !other.isOpen ? 0.14 : 0, dash: [6, 4] });
      else for (const line of lines) pen.line(line, { colour: pen.inks.ghost, dash: [6, 4] });
    }
    const own = moved.lines.get(shape.id) ?? shape.lines;
    if (shape.isArea) pen.area(own, { fill: 0.16 });
    else for (const line of own) pen.line(line, { width: 3 });
    for (const wall of moved.walls ?? []) {
      for (const door of listDoorsIn(box.floor.list("opening"), wall)) doors.push(door.lines[0].map((point) => add(point, scale(wall.outward, wall.distance_m))));
    }
    for (const line of doors) pen.line(line, { colour: pen.inks.good, width: 5 });
    if (moved.snapped) pen.snapMark(moved.snapped);
    for (const square of moved.snapped?.squares ?? []) pen.square(square);
    this.#drawLengths(pen, moved, own, at, shape);
  }

  #drawLengths(pen, moved, own, at, shape) {
    const to = moved.to ?? moved.wanted;
    if (moved.walls?.length === 1) pen.label(to, sayLength(moved.walls[0].distance_m), { shift: [0, -24] });
    else pen.label(to, sayLength(measure(at, to)), { shift: [0, -24] });
    if (shape.isArea) pen.label(to, sayArea(own.length === shape.lines.length ? areaOf(regroup(shape, own)) : 0), { shift: [0, 26] });
    if (!moved.to) return;
    const near = own.find((line) => line.some((point) => measure(point, to) <= SAME_M)) ?? [];
    near.slice(1).forEach((end, n) => {
      if (project(to, near[n], end).distance <= SAME_M) pen.labelBetween(near[n], end, sayLength(measure(near[n], end)));
    });
  }
}
