// Lines and rectangles as they are being drawn: points, snapping, lengths that are typed, the last point taken back.

import { SAME_M, add, angleAt, areaOf, closeRing, crossesItself, directionOf, dot, findInnerPoint, interpolate, makeRectangle, measure, project, scale, subtract, turnLeft, unitVector } from "../canvas/geometry.js";
import { sayArea, sayLength } from "../canvas/lengths.js";

/** A line or, where it `closes`, the ring of an area. `finished` gets its points. */
export class LineSketch {
  constructor(box, { closes = false, least = closes ? 3 : 2, most = Infinity, finished, changed = () => {} }) {
    Object.assign(this, { box, closes, least, most, finished, changed });
    this.clear();
  }

  clear() {
    this.points = [];
    this.ahead = null;
    this.along = null;
    this.changed();
  }

  get isBegun() {
    return this.points.length > 0;
  }

  /** Whether it may end with the points that it has; a rectangle ends by itself. */
  get canEnd() {
    return this.points.length >= this.least;
  }

  #drawing(length_m = 0) {
    return { points: this.points, first: this.closes ? this.points[0] : null, closes: this.closes, along: this.along, length_m };
  }

  move(at) {
    this.ahead = this.box.snap(at, this.#drawing());
    this.at = at;
  }

  leave() {
    this.ahead = null;
  }

  put(at) {
    const found = this.box.snap(at, this.#drawing());
    this.#add(found);
    if (this.isBegun) this.move(at);
  }

  #add({ point, edge }) {
    const [first] = this.points, last = this.points.at(-1);
    if (this.closes && this.points.length >= this.least && measure(point, first) <= SAME_M) return this.end();
    if (last && measure(point, last) <= SAME_M) return undefined;
    if (!last) this.along = edge;
    this.points.push(point);
    this.changed();
    return this.points.length >= this.most ? this.end() : undefined;
  }

  /** Set the next point at a length, in the direction that the pointer shows. */
  giveLength([length_m]) {
    const last = this.points.at(-1);
    if (!last) return;
    const at = this.at ?? { point: add(last, directionOf(this.box.floor.axis)) };
    this.#add(this.box.snap(at, this.#drawing(length_m)));
    this.ahead = null;
  }

  /** Take back the last point; false where there is none. */
  takeBack() {
    if (!this.isBegun) return false;
    this.points.pop();
    this.changed();
    if (this.at) this.move(this.at);
    return true;
  }

  end() {
    if (!this.canEnd) return false;
    if (this.closes && crossesItself(this.points)) {
      this.box.context.toast(this.box.say("canvas.crosses-itself"), { kind: "bad" });
      return true;
    }
    const points = this.points.slice();
    this.clear();
    this.finished(points);
    return true;
  }

  key(key) {
    if (key === "Enter") return this.end();
    if (key === "Backspace" || key === "Delete") return this.takeBack();
    if (key !== "Escape" || !this.isBegun) return false;
    this.clear();
    return true;
  }

  draw(pen) {
    const { points, ahead } = this;
    for (const guide of ahead?.guides ?? []) pen.guide(guide);
    const line = ahead ? [...points, ahead.point] : points;
    if (this.closes && line.length > 2) pen.area([line], { dash: points.length < this.least ? [4, 4] : [] });
    else pen.line(line, { width: 2.5, casing: true });
    for (const point of points) pen.handle(point);
    if (!ahead) return;
    for (const square of ahead.squares) pen.square(square);
    pen.snapMark(ahead);
    const last = points.at(-1);
    if (!last) return pen.dot(ahead.point);
    const before = points.at(-2), angle = before ? ` · ${Math.round(angleAt(before, last, ahead.point))}°` : "";
    pen.labelBetween(last, ahead.point, sayLength(measure(last, ahead.point)) + angle);
    if (this.closes && line.length > 2) pen.label(findInnerPoint([[closeRing(line)]]), sayArea(areaOf([[closeRing(line)]])), { shift: [0, 0] });
    return undefined;
  }
}

/** A rectangle between two corners, along the wall that the first lies on, else along the building. */
export class RectangleSketch {
  constructor(box, { finished, changed = () => {} }) {
    Object.assign(this, { box, finished, changed });
    this.clear();
  }

  clear() {
    this.first = null;
    this.ahead = null;
    this.changed();
  }

  get isBegun() {
    return this.first !== null;
  }

  get axis() {
    const { edge } = this.first ?? {};
    if (!edge) return this.box.floor.axis;
    const [x, y] = unitVector(...edge);
    return Math.atan2(y, x);
  }

  move(at) {
    this.at = at;
    const found = this.box.snap({ ...at, shift: false }, this.isBegun ? { points: [], axis: this.axis } : {});
    this.ahead = this.isBegun ? this.#fitRight(found, at) : found;
  }

  /** With Shift it is a square. */
  #fitRight(found, at) {
    if (!at.shift) return found;
    const u = directionOf(this.axis), v = turnLeft(u), across = subtract(found.point, this.first.point);
    const side = Math.max(Math.abs(dot(across, u)), Math.abs(dot(across, v)));
    const sign = (value) => (value < 0 ? -side : side);
    return { ...found, kind: "right-angle", guides: [], point: add(this.first.point, add(scale(u, sign(dot(across, u))), scale(v, sign(dot(across, v))))) };
  }

  leave() {
    if (!this.isBegun) this.ahead = null;
  }

  put(at) {
    this.move(at);
    if (!this.isBegun) {
      this.first = this.ahead;
      this.changed();
    } else this.end();
  }

  #ring() {
    return makeRectangle(this.first.point, this.ahead.point, this.axis);
  }

  get sides() {
    const u = directionOf(this.axis), across = subtract(this.ahead.point, this.first.point);
    return [Math.abs(dot(across, u)), Math.abs(dot(across, turnLeft(u)))];
  }

  /** Width and depth, towards where the pointer is. */
  giveLength([wide, deep = wide]) {
    if (!this.isBegun) return;
    const u = directionOf(this.axis), v = turnLeft(u), across = subtract(this.ahead?.point ?? this.first.point, this.first.point);
    const sign = (value) => (value < -SAME_M ? -1 : 1);
    this.ahead = { point: add(this.first.point, add(scale(u, wide * sign(dot(across, u))), scale(v, deep * sign(dot(across, v))))), guides: [], squares: [], kind: "free" };
    this.end();
  }

  takeBack() {
    if (!this.isBegun) return false;
    this.clear();
    return true;
  }

  end() {
    if (!this.isBegun || !this.ahead || Math.min(...this.sides) < 0.05) return false;
    const ring = this.#ring();
    this.clear();
    this.finished(ring);
    return true;
  }

  key(key) {
    if (key === "Enter") return this.end();
    return ["Escape", "Backspace", "Delete"].includes(key) && this.takeBack();
  }

  draw(pen) {
    const { first, ahead } = this;
    for (const guide of ahead?.guides ?? []) pen.guide(guide);
    if (first && ahead && Math.min(...this.sides) > 0) {
      const ring = this.#ring(), [wide, deep] = this.sides;
      pen.area([ring]);
      const [a, b, c] = measure(ring[0], first.point) <= SAME_M ? ring : [...ring.slice(ring.findIndex((one) => measure(one, first.point) <= SAME_M)), ...ring];
      const [one, two] = Math.abs(measure(a, b) - wide) <= SAME_M ? [wide, deep] : [deep, wide];
      pen.labelBetween(a, b, sayLength(one));
      pen.labelBetween(b, c, sayLength(two));
      pen.label(interpolate(first.point, ahead.point, 0.5), sayArea(wide * deep), { shift: [0, 0] });
    }
    if (first) pen.handle(first.point);
    if (ahead) pen.snapMark(ahead);
    if (ahead && !first) pen.dot(ahead.point);
  }
}

/** What draws an area of a "rectangle" or of another shape, corner by corner. */
export function makeAreaSketch(box, shape, finished) {
  return shape === "rectangle" ? new RectangleSketch(box, { finished }) : new LineSketch(box, { finished, closes: true });
}

/** What drawing tools have in common: a click, or the end of a stroke, is a point; a sketch takes the keys. */
export class DrawingTool {
  isDrawing = true;

  activate(box) {
    this.box = box;
    this.begin();
  }

  deactivate() {
    this.sketch?.clear();
    this.sketch = null;
    this.box.setHint("");
  }

  reset() {
    this.sketch?.clear();
  }

  isBusy() {
    return Boolean(this.sketch?.isBegun);
  }

  press(at) {
    this.hadBegun = this.isBusy();
    this.sketch.move(at);
    return true;
  }

  drag(at, start) {
    // a stroke of the mouse draws from where it began; a finger slides to where it means
    if (!at.touch && !this.sketch.isBegun) this.sketch.put(start);
    this.sketch.move(at);
  }

  release(at) {
    this.sketch.put(at);
  }

  cancel() {
    if (!this.hadBegun) this.sketch.clear();
    else this.sketch.leave();
  }

  click(at) {
    this.sketch.put(at);
  }

  doubleClick() {
    this.sketch.end();
  }

  move(at) {
    this.sketch.move(at);
  }

  leave() {
    this.sketch.leave();
  }

  key(key) {
    return this.sketch.key(key);
  }

  draw(pen) {
    this.sketch?.draw(pen);
  }

  /** What a long press offers while something is drawn: what the keys do. */
  offer() {
    if (!this.isBusy()) return [];
    const { say } = this.box;
    return [
      { label: say("canvas.finish"), run: () => this.finishSketch() },
      { label: say("canvas.take-back"), run: () => this.#run(() => this.sketch.takeBack()) },
      ...(this.askLength() ? [{ label: say("canvas.type-length"), run: () => this.box.openEntry("") }] : []),
      { label: say("canvas.cancel"), run: () => this.#run(() => this.sketch.clear()) },
    ];
  }

  finishSketch() {
    this.#run(() => this.sketch.end());
  }

  #run(does) {
    does();
    this.box.redraw();
  }

  askLength() {
    if (!this.sketch?.isBegun) return "";
    return this.sketch instanceof RectangleSketch ? "3.5 x 4.2" : "3.5";
  }

  giveLength(lengths) {
    this.sketch.giveLength(lengths);
  }
}

/** Where on an outline a point is: the edge and its number. */
export function findEdge(lines, point) {
  let best = null;
  lines.forEach((line, ring) => line.slice(1).forEach((end, n) => {
    const { distance, foot, share } = project(point, line[n], end);
    if (!best || distance < best.distance) best = { distance, foot, share, ring, number: n, edge: [line[n], end] };
  }));
  return best;
}
