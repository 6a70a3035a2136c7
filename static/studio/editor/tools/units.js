// Tools that change units: divided along a line, joined, cut out of, taken out.

import { areaOf, interpolate, isInside } from "../canvas/geometry.js";
import { sayArea } from "../canvas/lengths.js";
import { bind } from "../canvas/options.js";
import { newId } from "../ids.js";
import { DrawingTool, LineSketch, makeAreaSketch } from "./sketches.js";

const isUnit = (shape) => shape.type === "unit";

/** The chosen unit, if one alone is chosen. */
function findChosen(box) {
  const units = box.chosenUnits;
  return units.length === 1 ? units[0] : null;
}

class SplitTool extends DrawingTool {
  name = "split";
  icon = "canvas-split";
  shortcut = "s";
  group = "change";

  begin() {
    this.sketch = new LineSketch(this.box, { finished: (line) => this.#finish(line) });
  }

  hint() {
    return this.box.say("canvas.hint.split");
  }

  /** What is divided: the chosen unit, else the one that the line runs through. */
  #findUnit(line) {
    const chosen = findChosen(this.box);
    const middles = line.slice(1).map((end, n) => interpolate(line[n], end, 0.5));
    if (chosen && middles.some((middle) => isInside(middle, chosen.polygons))) return chosen;
    return middles.map((middle) => this.box.floor.hit(middle, 0, isUnit)[0]).find(Boolean) ?? null;
  }

  async #finish(line) {
    const { box } = this, unit = this.#findUnit(line);
    if (!unit) {
      box.context.toast(box.say("canvas.split-nothing"), { kind: "bad" });
      return;
    }
    const id = newId();
    const done = await box.act({ kind: "split-unit", feature: unit.id, line: box.toPositions(line), new_id: id });
    if (done) box.state.select([unit.id, id]);
  }

  draw(pen) {
    const { points, ahead } = this.sketch;
    const unit = this.#findUnit(ahead ? [...points, ahead.point] : points) ?? findChosen(this.box);
    if (unit) pen.area(unit.lines, { fill: 0.08, dash: [6, 4] });
    super.draw(pen);
  }
}

class MergeTool {
  name = "merge";
  icon = "canvas-merge";
  shortcut = "m";
  group = "change";

  activate(box) {
    this.box = box;
    this.reset();
    // what is chosen already is taken over, in the order in which it was chosen
    this.ids = box.chosenUnits.map((unit) => unit.id);
  }

  deactivate() {
    this.ids = [];
  }

  reset() {
    this.ids = [];
    this.hover = null;
  }

  hint() {
    return this.box.say("canvas.hint.merge");
  }

  options() {
    const disabled = this.ids.length < 2;
    return [{ kind: "button", name: "merge", primary: true, disabled, label: this.box.say("canvas.merge-now", { count: this.ids.length }), run: () => this.#finish() }];
  }

  click(at) {
    const [unit] = this.box.floor.hit(at.point, 0, isUnit);
    if (!unit) return;
    this.ids = this.ids.includes(unit.id) ? this.ids.filter((id) => id !== unit.id) : [...this.ids, unit.id];
    this.box.showOptions();
  }

  move(at) {
    [this.hover] = this.box.floor.hit(at.point, 0, isUnit);
  }

  leave() {
    this.hover = null;
  }

  async #finish() {
    const { box, ids } = this;
    if (ids.length < 2) return;
    const done = await box.act({ kind: "merge-units", features: ids });
    if (!done) return;
    this.ids = [];
    box.state.select([ids[0]]);
    box.showOptions();
  }

  key(key) {
    if (key === "Enter") {
      this.#finish();
      return true;
    }
    if (!["Backspace", "Escape"].includes(key) || !this.ids.length) return false;
    this.ids = key === "Escape" ? [] : this.ids.slice(0, -1);
    this.box.showOptions();
    return true;
  }

  offer() {
    return this.ids.length > 1 ? [{ label: this.box.say("canvas.merge-now", { count: this.ids.length }), run: () => this.#finish() }] : [];
  }

  draw(pen) {
    if (this.hover) pen.area(this.hover.lines, { fill: 0.06, width: 1.5 });
    this.ids.forEach((id, n) => {
      const shape = this.box.floor.get(id);
      if (!shape) return;
      pen.area(shape.lines, { colour: n ? pen.inks.ghost : pen.inks.accent, fill: 0.2 });
      pen.label(shape.label, n ? String(n + 1) : this.box.say("canvas.merge-stays"), { shift: [0, 0] });
    });
  }
}

class CutTool extends DrawingTool {
  name = "cut";
  icon = "canvas-cut";
  shortcut = "x";
  group = "change";
  shape = "rectangle";

  begin() {
    this.sketch = makeAreaSketch(this.box, this.shape, (ring) => this.#finish(ring));
  }

  hint() {
    return this.box.say(findChosen(this.box) ? "canvas.hint.cut" : "canvas.hint.cut-choose");
  }

  options() {
    const { say } = this.box;
    const names = [["rectangle", say("canvas.shape-rectangle")], ["polygon", say("canvas.shape-polygon")], ["other", say("canvas.shape-other")]];
    return [bind(this, "shape", { kind: "select", label: say("canvas.shape"), options: names }, () => { this.begin(); this.box.showOptions(); })];
  }

  selected() {
    this.box.showOptions();
  }

  /** Until a unit is chosen a click chooses one; then it draws, or takes the other area that is to go. */
  click(at) {
    const unit = findChosen(this.box);
    if (!unit) {
      const [under] = this.box.floor.hit(at.point, 0, isUnit);
      this.sketch.clear();
      if (under) this.box.state.select([under.id]);
    } else if (this.shape === "other") this.#cutBy(unit, at);
    else super.click(at);
  }

  press(at) {
    return findChosen(this.box) && this.shape !== "other" ? super.press(at) : false;
  }

  release(at) {
    if (findChosen(this.box)) super.release(at);
  }

  move(at) {
    if (findChosen(this.box) && this.shape !== "other") super.move(at);
  }

  async #cutBy(unit, at) {
    const { box } = this;
    const [other] = box.floor.hit(at.point, 0, (shape) => shape.isArea && shape.id !== unit.id && ["unit", "fixture", "kiosk"].includes(shape.type));
    if (other) await box.act({ kind: "cut-unit", feature: unit.id, by: other.id });
  }

  async #finish(ring) {
    const { box } = this, unit = findChosen(box);
    if (unit) await box.act({ kind: "cut-unit", feature: unit.id, area: [box.toPositions(ring)] });
  }

  draw(pen) {
    const unit = findChosen(this.box);
    if (unit) pen.label(unit.label, sayArea(areaOf(unit.polygons)), { shift: [0, 0] });
    super.draw(pen);
  }
}

class DeleteTool {
  name = "delete";
  icon = "canvas-delete";
  shortcut = "Delete";
  group = "change";

  activate(box) {
    this.box = box;
    if (box.state.selection.size) this.remove(box).then(() => box.state.setTool("select"));
  }

  reset() {
    this.hover = null;
  }

  hint() {
    return this.box.say("canvas.hint.delete");
  }

  click(at) {
    const [one] = this.box.floor.hit(at.point, this.box.reach, (shape) => shape.type !== "level");
    if (!one) return;
    this.box.state.select([this.box.floor.idOf(one)]);
    this.remove(this.box);
  }

  move(at) {
    [this.hover] = this.box.floor.hit(at.point, this.box.reach, (shape) => shape.type !== "level");
  }

  leave() {
    this.hover = null;
  }

  /** Take out what is chosen; the dialog asks whether what stands in it goes too. */
  async remove(box) {
    const ids = [...box.state.selection];
    if (!ids.length) return;
    const { confirmDelete } = box.context.dialogs;
    if (confirmDelete) await confirmDelete(ids);
    else await box.act({ kind: "delete", features: ids });
  }

  draw(pen) {
    const { hover } = this;
    if (hover?.lines.length) pen.shape(hover, { colour: pen.inks.bad });
    else if (hover) pen.dot(hover.points[0], { colour: pen.inks.bad, radius: 9 });
  }
}

export const makeUnitTools = () => [new SplitTool(), new MergeTool(), new CutTool(), new DeleteTool()];
