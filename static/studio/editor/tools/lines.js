// Tools that draw a line: walls, ways by hand, lengths that are measured; and ways from one place to another.

import { middleOf } from "../canvas/floor.js";
import { areaOf, closeRing, lengthOf } from "../canvas/geometry.js";
import { sayArea, sayLength } from "../canvas/lengths.js";
import { bind } from "../canvas/options.js";
import { newId } from "../ids.js";
import { DrawingTool, LineSketch } from "./sketches.js";

const WAYS = ["traversal", "ramp", "steps", "stairs", "movingwalkway", "escalator", "elevator"];
const ENDS = new Set(["unit", "opening", "amenity", "anchor", "kiosk"]);

class LineTool extends DrawingTool {
  begin() {
    this.sketch = new LineSketch(this.box, { finished: (line) => this.finish(line) });
  }

  hint() {
    return this.box.say(`canvas.hint.${this.name}`);
  }

  field(kind, key, label, more = {}) {
    return bind(this, key, { kind, label: this.box.say(label), ...more });
  }
}

class WallTool extends LineTool {
  name = "wall";
  icon = "canvas-wall";
  group = "draw";
  isWall = true;

  options() {
    return [this.field("check", "isWall", "canvas.wall-bars")];
  }

  async finish(points) {
    const id = newId(), { box } = this;
    const done = await box.act({ kind: "add-wall", id, level_id: box.state.level, line: box.toPositions(points), wall: this.isWall }, (pen) => pen.line(points, { width: 4 }));
    if (done) box.state.select([id]);
  }
}

class WayTool extends LineTool {
  name = "way";
  icon = "canvas-way";
  shortcut = "w";
  group = "ways";
  category = "traversal";
  isDirected = false;
  end = "";

  options() {
    const { say, plan, state } = this.box;
    const levels = plan.levels().filter((level) => level.id !== state.level).map((level) => [level.id, this.box.pick(level.properties.short_name) || this.box.pick(level.properties.name)]);
    return [
      this.field("select", "category", "canvas.category", { options: WAYS.map((way) => [way, say(`canvas.way-${way}`)]) }),
      this.field("check", "isDirected", "canvas.one-way"),
      this.field("select", "end", "canvas.ends-on", { options: [["", say("canvas.this-floor")], ...levels] }),
    ];
  }

  async finish(points) {
    const id = newId(), { box } = this, level = box.state.level;
    const level_ids = this.end && this.end !== level ? [level, this.end] : [level];
    const done = await box.act({ kind: "add-way", id, line: box.toPositions(points), level_ids, category: this.category, directed: this.isDirected }, (pen) => pen.line(points, { width: 4 }));
    if (done) box.state.select([id]);
  }
}

class MeasureTool extends LineTool {
  name = "measure";
  icon = "canvas-measure";
  shortcut = "u";
  group = "choose";

  begin() {
    this.kept = null;
    this.sketch = new LineSketch(this.box, {
      finished: (points) => {
        this.kept = points;
        this.#show();
      },
      changed: () => this.#show(),
    });
  }

  reset() {
    super.reset();
    this.kept = null;
  }

  click(at) {
    if (!this.sketch.isBegun) this.kept = null;
    super.click(at);
  }

  key(key) {
    if (key !== "Escape" || !this.kept) return super.key(key);
    this.kept = null;
    return true;
  }

  finish() {}

  /** Length and, of three points and more, what they enclose. */
  #show() {
    const points = this.kept ?? this.sketch?.points ?? [];
    if (points.length < 2) return this.box.setHint(this.hint());
    const length = sayLength(lengthOf(points)), area = points.length > 2 ? sayArea(areaOf([[closeRing(points)]])) : "";
    return this.box.setHint(this.box.say(area ? "canvas.measured-area" : "canvas.measured", { length, area }));
  }

  draw(pen) {
    if (this.kept) {
      pen.line(this.kept, { width: 2.5, casing: true });
      this.kept.slice(1).forEach((end, n) => pen.labelBetween(this.kept[n], end, sayLength(lengthOf([this.kept[n], end]))));
    }
    const { points } = this.sketch;
    points.slice(1).forEach((end, n) => pen.labelBetween(points[n], end, sayLength(lengthOf([points[n], end]))));
    super.draw(pen);
  }
}

/** From one place to another, through doors: a way more, one way, or none. */
class ConnectTool {
  name = "connect";
  icon = "canvas-connect";
  shortcut = "c";
  group = "ways";
  mode = "one-way";

  activate(box) {
    this.box = box;
    this.reset();
  }

  deactivate() {
    this.reset();
  }

  reset() {
    this.chain = [];
    this.hover = null;
  }

  hint() {
    return this.box.say(`canvas.hint.connect-${this.chain.length ? "to" : "from"}`);
  }

  options() {
    const { say } = this.box;
    return [bind(this, "mode", { kind: "select", label: say("canvas.kind"), options: ["one-way", "banned", "extra"].map((mode) => [mode, say(`canvas.connect-${mode}`)]) })];
  }

  #find(at) {
    return this.box.floor.hit(at.point, this.box.reach, (shape) => ENDS.has(shape.type))[0] ?? null;
  }

  /** A door is what it leads through; anything else, after the first, is where it ends. */
  click(at) {
    const shape = this.#find(at);
    if (!shape || this.chain.at(-1) === shape.id) return;
    this.chain.push(shape.id);
    if (this.chain.length > 1 && shape.type !== "opening") this.#finish();
    else this.box.setHint(this.hint());
  }

  async #finish() {
    const { box, chain } = this, id = newId();
    const [origin, destination] = [chain[0], chain.at(-1)];
    this.chain = [];
    box.setHint(this.hint());
    const done = await box.act({
      kind: "connect", id, origin, destination, through: chain.slice(1, -1), directed: this.mode === "one-way", banned: this.mode === "banned",
    });
    if (done) box.state.select([id]);
  }

  key(key) {
    if (key === "Enter" && this.chain.length > 1) {
      this.#finish();
      return true;
    }
    if (!["Escape", "Backspace"].includes(key) || !this.chain.length) return false;
    if (key === "Escape") this.chain = [];
    else this.chain.pop();
    this.box.setHint(this.hint());
    return true;
  }

  offer() {
    return this.chain.length > 1 ? [{ label: this.box.say("canvas.finish"), run: () => this.#finish() }] : [];
  }

  move(at) {
    this.at = at;
    this.hover = this.#find(at);
  }

  leave() {
    this.hover = this.at = null;
  }

  draw(pen) {
    const { hover, box } = this, shapes = this.chain.map((id) => box.floor.get(id)).filter(Boolean);
    if (hover) pen.shape(hover, { fill: 0.06, wide: 6, casing: true });
    for (const shape of shapes) pen.shape(shape, { fill: 0.18, wide: 6, casing: true });
    const line = [...shapes, ...(hover && shapes.length ? [hover] : [])].map(middleOf);
    if (!hover && shapes.length && this.at) line.push(this.at.point);
    pen.line(line, { colour: this.mode === "banned" ? pen.inks.bad : pen.inks.accent, width: 3, arrow: this.mode === "one-way", casing: true });
  }
}

export const makeLineTools = () => [new WallTool(), new WayTool(), new ConnectTool(), new MeasureTool()];
