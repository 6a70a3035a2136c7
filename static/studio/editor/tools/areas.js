// Tools that draw an area: rooms, furniture, zones, lifts and stairs.

import { closeRing, overlap } from "../canvas/geometry.js";
import { bind } from "../canvas/options.js";
import { newId } from "../ids.js";
import { DrawingTool, makeAreaSketch } from "./sketches.js";

const ROOMS = [
  "room", "consultingroom", "treatmentroom", "patientroom", "waitingroom", "walkway", "lobby", "office", "restroom.male", "restroom.female", "restroom.wheelchair",
  "restroom.unisex", "storage", "nonpublic", "opentobelow", "structure",
];
const SHAFTS = ["elevator", "stairs", "escalator", "ramp", "steps", "movingwalkway"];
const THINGS = ["desk", "furniture", "equipment", "obstruction", "vegetation", "wall"];
const GEOFENCES = ["geofence", "underconstruction", "concourse", "platform"];

/** A tool that ends in an area; `finish` is given its ring in metres, open and without crossings. */
class AreaTool extends DrawingTool {
  shape = "rectangle";

  begin() {
    this.sketch = makeAreaSketch(this.box, this.shape, (ring) => this.finish(ring));
  }

  hint() {
    return this.box.say(`canvas.hint.${this.shape}`);
  }

  shapeField() {
    const { say } = this.box;
    return bind(this, "shape", { kind: "select", label: say("canvas.shape"), options: [["rectangle", say("canvas.shape-rectangle")], ["polygon", say("canvas.shape-polygon")]] }, () => { this.begin(); this.box.showOptions(); });
  }

  categoryField(names, key = "category") {
    const { say } = this.box;
    return bind(this, key, { kind: "select", label: say("canvas.category"), options: names.map((name) => [name, this.box.context.nameCategory(name)]) });
  }

  async send(action, id, ring = null) {
    const done = await this.box.act(action, (pen) => ring && pen.area([ring], { dash: [6, 4] }));
    if (done) this.box.state.select([id]);
    return done;
  }
}

/** Rooms, corridors and all other spaces. What they overlap gives way, or they do. */
class UnitTool extends AreaTool {
  category = "room";
  give = "trim";
  group = "draw";

  constructor(name, shape, shortcut) {
    super();
    Object.assign(this, { name, shape, shortcut, icon: `canvas-${name}` });
  }

  options() {
    const { say } = this.box;
    const ways = ["trim", "cut", "overlap"].map((way) => [way, say(`canvas.give-${way}`)]);
    return [
      this.categoryField(ROOMS),
      bind(this, "give", { kind: "select", label: say("canvas.give"), options: ways }),
    ];
  }

  async finish(ring) {
    const id = newId(), { box } = this, area = [box.toPositions(ring)];
    const add = { kind: "add-unit", id, level_id: box.state.level, area, category: this.category, trim: this.give === "trim" };
    const under = this.give === "cut" ? box.floor.units.filter((unit) => overlap(unit.polygons, [[closeRing(ring)]])) : [];
    const cuts = under.map((unit) => ({ kind: "cut-unit", feature: unit.id, area }));
    await this.send(cuts.length ? { kind: "batch", actions: [...cuts, add] } : add, id, ring);
  }
}

class ShaftTool extends AreaTool {
  name = "shaft";
  icon = "canvas-shaft";
  shortcut = "l";
  group = "draw";
  category = "elevator";

  options() {
    return [this.categoryField(SHAFTS), this.shapeField()];
  }

  /** Drawn once; then it is asked to which floors it goes. */
  async finish(ring) {
    const id = newId(), { box } = this, area = [box.toPositions(ring)];
    const under = box.floor.units.filter((unit) => overlap(unit.polygons, [[closeRing(ring)]]));
    const actions = [...under.map((unit) => ({ kind: "cut-unit", feature: unit.id, area })), { kind: "add-unit", id, level_id: box.state.level, area, category: this.category }];
    const done = await this.send(actions.length > 1 ? { kind: "batch", actions } : actions[0], id, ring);
    if (done && !["ramp", "steps", "movingwalkway"].includes(this.category)) box.context.dialogs.stack?.(id);
  }
}

class FurnitureTool extends AreaTool {
  name = "furniture";
  icon = "canvas-furniture";
  group = "place";
  category = "desk";
  type = "fixture";

  options() {
    const { say } = this.box;
    const types = [["fixture", say("canvas.furniture")], ["kiosk", say("canvas.stall")]];
    const type = bind(this, "type", { kind: "select", label: say("canvas.kind"), options: types }, () => this.box.showOptions());
    return [type, ...(this.type === "fixture" ? [this.categoryField(THINGS)] : []), this.shapeField()];
  }

  async finish(ring) {
    const id = newId(), { box } = this;
    const members = this.type === "fixture" ? { category: this.category } : {};
    await this.send({ kind: "add-area", id, feature_type: this.type, level_id: box.state.level, area: [box.toPositions(ring)], members }, id, ring);
  }
}

class ZoneTool extends AreaTool {
  name = "zone";
  icon = "canvas-zone";
  shortcut = "z";
  group = "place";
  type = "section";
  fence = "geofence";

  options() {
    const { say } = this.box, units = this.box.chosenUnits.map((unit) => unit.id);
    const type = bind(this, "type", { kind: "select", label: say("canvas.kind"), options: [["section", say("canvas.section")], ["geofence", say("canvas.geofence")]] }, () => this.box.showOptions());
    const round = { kind: "button", name: "round", label: say("canvas.zone-round", { count: units.length }), run: () => this.#finishRound(units) };
    return [type, ...(this.type === "geofence" ? [this.categoryField(GEOFENCES, "fence")] : []), this.shapeField(), ...(this.type === "section" && units.length ? [round] : [])];
  }

  selected() {
    this.box.showOptions();
  }

  async #finishRound(units) {
    const id = newId();
    await this.send({ kind: "add-section", id, level_id: this.box.state.level, units }, id);
  }

  async finish(ring) {
    const id = newId(), area = [this.box.toPositions(ring)], level = this.box.state.level;
    const action = this.type === "section" ? { kind: "add-section", id, level_id: level, area } : { kind: "add-geofence", id, level_ids: [level], area, category: this.fence };
    await this.send(action, id, ring);
  }
}

export const makeAreaTools = () => [
  new UnitTool("rectangle", "rectangle", "r"), new UnitTool("room", "polygon", "p"), new ShaftTool(), new FurnitureTool(), new ZoneTool(),
];
