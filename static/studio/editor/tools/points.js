// Tools that set something at a point: doors into walls, facilities, departments, signs and screens.

import { fitDoor, fitSign } from "../canvas/doors.js";
import { bearingOf, interpolate, measure, subtract } from "../canvas/geometry.js";
import { readLengths, sayLength } from "../canvas/lengths.js";
import { bind } from "../canvas/options.js";
import { newId } from "../ids.js";
import { chooseLanguage } from "../words.js";
import { drawDoor, roundBearing, sayDoorProblem } from "./select.js";

const FACILITIES = [
  "restroom.male", "restroom.female", "restroom.wheelchair", "information", "checkin.selfservice", "cashier", "drinkingfountain", "vendingmachine", "atm",
  "defibrillator", "fireextinguisher", "seat", "phone", "strollerrental", "wheelchairrental",
];
const WALL_PX = 28;
/** How wide a door is drawn of which nobody says how wide it is. */
const DOOR_M = 0.9;
const LEAST_M = 0.3, MOST_M = 30;
const AIM_PX = 16;

/** What point tools have in common: it follows the pointer, and a click or the end of a drag sets it. */
class PointTool {
  group = "place";

  activate(box) {
    this.box = box;
    this.reset();
  }

  deactivate() {
    this.reset();
  }

  reset() {
    this.fitted = null;
  }

  hint() {
    return this.box.say(`canvas.hint.${this.name}`);
  }

  press(at) {
    this.fitted = this.fit(at);
    return true;
  }

  drag(at) {
    this.fitted = this.fit(at);
  }

  release(at) {
    this.fitted = this.fit(at);
    this.set();
  }

  click(at) {
    this.fitted = this.fit(at);
    this.set();
  }

  doubleClick() {}

  cancel() {
    this.reset();
  }

  move(at) {
    this.fitted = this.fit(at);
  }

  leave() {
    this.fitted = null;
  }

  draw(pen) {
    if (this.fitted) this.drawFitted(pen, this.fitted);
  }

  async send(action, id) {
    const { fitted } = this;
    const done = await this.box.act(action, (pen) => this.drawFitted(pen, fitted));
    if (done) this.box.state.select([id]);
    return done;
  }
}

class DoorTool extends PointTool {
  name = "door";
  icon = "canvas-door";
  shortcut = "d";
  group = "draw";
  lengthWord = "canvas.clear-width";
  clear_width_m = null;
  category = "";

  /** What somebody said of some doors holds for those that are set in one go, and for no others. */
  deactivate() {
    super.deactivate();
    this.clear_width_m = null;
  }

  options() {
    const { say, context } = this.box;
    const kinds = ["", "pedestrian", "pedestrian.principal", "emergencyexit", "automobile", "service", "bicycle"];
    return [
      {
        kind: "text", name: "clear_width_m", label: say("canvas.clear-width"), value: this.clear_width_m ?? "", mode: "decimal", size: 5,
        change: (value) => this.giveLength(value ? readLengths(value) ?? [NaN] : [null]),
      },
      bind(this, "category", { kind: "select", label: say("canvas.category"), options: kinds.map((kind) => [kind, kind ? context.nameCategory(kind) : say("canvas.door-automatic")]) }),
    ];
  }

  askLength() {
    return String(DOOR_M);
  }

  /** Take over how wide doors are, as somebody typed it; null: nobody knows. */
  giveLength([width_m, ...others]) {
    const isFit = !others.length && (width_m === null || (width_m >= LEAST_M && width_m <= MOST_M));
    if (isFit) this.clear_width_m = width_m && Math.round(width_m * 1000) / 1000;
    else this.box.context.toast(this.box.say("canvas.clear-width-unfit"), { kind: "bad" });
    this.box.options.write("clear_width_m", this.clear_width_m ?? "");
    if (this.at) this.fitted = this.fit(this.at);
  }

  fit(at) {
    this.at = at;
    return { at: at.point, ...fitDoor(this.box.floor.units, at.point, this.clear_width_m ?? DOOR_M) };
  }

  set() {
    const { fitted, box } = this, id = newId();
    if (!fitted.line) {
      box.context.toast(sayDoorProblem(fitted, box), { kind: "bad" });
      return undefined;
    }
    const at = box.toDegrees(interpolate(...fitted.line, 0.5));
    const { clear_width_m } = this;
    const known = clear_width_m === null ? {} : { ours: { clear_width_m } };
    return this.send({ kind: "add-door", id, level_id: box.state.level, at, width_m: clear_width_m ?? DOOR_M, ...known, ...(this.category ? { category: this.category } : {}) }, id);
  }

  drawFitted(pen, fitted) {
    const { box, clear_width_m } = this;
    drawDoor(pen, fitted, box, clear_width_m === null ? box.say("canvas.clear-width-unknown") : box.say("canvas.clear-width-of", { width: sayLength(clear_width_m) }));
  }
}

class PlaceTool extends PointTool {
  name = "place";
  icon = "canvas-place";
  shortcut = "f";
  category = "information";

  options() {
    const known = new Map((this.box.context.presets?.categories ?? []).filter((one) => one.types?.includes("amenity")).map((one) => [one.category, one]));
    const names = known.size ? [...known.keys()] : FACILITIES;
    const options = names.map((name) => [name, this.box.context.nameCategory(name)]).sort((a, b) => a[1].localeCompare(b[1]));
    return [bind(this, "category", { kind: "select", label: this.box.say("canvas.category"), options })];
  }

  fit(at) {
    const [room] = this.box.floor.hit(at.point, 0, (shape) => shape.type === "unit");
    return { at: at.point, room: room ?? null };
  }

  set() {
    const { box, fitted } = this, id = newId();
    return this.send({ kind: "add-amenity", id, level_id: box.state.level, at: box.toDegrees(fitted.at), category: this.category }, id);
  }

  drawFitted(pen, fitted) {
    if (fitted.room) pen.area(fitted.room.lines, { colour: pen.inks.good, fill: 0.08, width: 1 });
    pen.dot(fitted.at, { radius: 7, colour: fitted.room ? pen.inks.accent : pen.inks.bad });
    pen.label(fitted.at, fitted.room ? this.box.name(fitted.room.feature) : this.box.say("canvas.off-units"), fitted.room ? {} : { colour: pen.inks.bad });
  }
}

/** A department: what it is and what it is called is asked, then it has its point. */
class DepartmentTool extends PlaceTool {
  name = "department";
  icon = "canvas-department";
  shortcut = null;
  label = "";
  category = "unspecified";

  options() {
    const { say } = this.box;
    const name = bind(this, "label", { kind: "text", label: say("canvas.name"), size: 14 });
    const known = (this.box.context.presets?.categories ?? []).filter((one) => one.types?.includes("occupant")).map((one) => one.category);
    const names = ["unspecified", ...known.filter((one) => one !== "unspecified")];
    return [name, bind(this, "category", { kind: "select", label: say("canvas.category"), options: names.map((one) => [one, this.box.context.nameCategory(one)]) })];
  }

  async set() {
    const { box, fitted } = this, id = newId();
    if (!this.label) {
      box.context.toast(box.say("canvas.name-first"), { kind: "bad" });
      box.options.element?.querySelector("input[type=text]")?.focus();
      return;
    }
    const name = { [chooseLanguage(box.plan.languages)]: this.label };
    const action = { kind: "add-occupant", id, anchor_id: newId(), category: this.category, name, level_id: box.state.level, at: box.toDegrees(fitted.at) };
    if (!await this.send(action, id)) return;
    this.label = "";
    box.showOptions();
  }
}

/** Signs and screens: on the wall of the room that the pointer is in; a drag says where they look. */
class FacingTool extends PointTool {
  bearing_deg = 0;
  ref = "";

  press(at) {
    super.press(at);
    this.start = at;
    return true;
  }

  drag(at) {
    if (measure(at.pixel, this.start.pixel) > AIM_PX) this.fitted = this.#aim(this.fit(this.start), at);
  }

  release(at) {
    this.drag(at);
    this.set();
  }

  #aim(fitted, at) {
    return { ...fitted, bearing_deg: roundBearing(bearingOf(subtract(at.point, fitted.at)), at.alt), isAimed: true };
  }

  fit(at) {
    const isFree = at.alt || !this.isOnWall();
    const fitted = fitSign(this.box.floor.units, at.point, isFree ? 0 : Math.max(WALL_PX * this.box.resolution, 0.5));
    return { ...fitted, bearing_deg: fitted.bearing_deg ?? this.bearing_deg };
  }

  async set() {
    const { box, fitted } = this, id = newId();
    const bearing_deg = Math.round(fitted.bearing_deg * 100) / 100 % 360;
    this.bearing_deg = bearing_deg;
    const done = await this.send({ ...this.action(), id, level_id: box.state.level, at: box.toDegrees(fitted.at), bearing_deg, ...(this.ref ? { ref: this.ref } : {}) }, id);
    if (!done || !this.ref) return;
    this.ref = "";
    box.showOptions();
  }

  refField() {
    return bind(this, "ref", { kind: "text", label: this.box.say("canvas.ref"), size: 8 });
  }

  drawFitted(pen, fitted) {
    if (fitted.wall) pen.line(fitted.wall, { colour: pen.inks.guide, width: 3 });
    pen.facing(fitted.at, fitted.bearing_deg);
    pen.dot(fitted.at, { radius: 6, colour: fitted.unit ? pen.inks.accent : pen.inks.bad });
    pen.label(fitted.at, `${Math.round(fitted.bearing_deg)}°`, { shift: [0, 26] });
  }
}

class SignTool extends FacingTool {
  name = "sign";
  icon = "canvas-sign";
  shortcut = "g";
  mounting = "wall";

  options() {
    const { say } = this.box;
    const ways = ["wall", "hanging", "pillar", "door", "totem"].map((way) => [way, say(`canvas.mounting-${way}`)]);
    const mounting = bind(this, "mounting", { kind: "select", label: say("canvas.mounting"), options: ways });
    return [mounting, this.refField()];
  }

  isOnWall() {
    return ["wall", "door"].includes(this.mounting);
  }

  action() {
    return { kind: "add-sign", mounting: this.mounting };
  }
}

class DisplayTool extends FacingTool {
  name = "display";
  icon = "canvas-display";
  shortcut = "k";
  type = "kiosk";

  options() {
    const { say } = this.box;
    const type = bind(this, "type", { kind: "select", label: say("canvas.kind"), options: [["kiosk", say("canvas.display-kiosk")], ["board", say("canvas.display-board")]] });
    return [type, this.refField()];
  }

  isOnWall() {
    return true;
  }

  action() {
    return { kind: "add-display", display_kind: this.type };
  }
}

/** What `pickPoint` waits with: a click is the point, Escape none. */
class PickTool extends PointTool {
  name = "pick";
  group = null;
  end = null;

  fit(at) {
    return { at: at.point };
  }

  press() {
    return false;
  }

  set() {
    this.end?.(this.fitted.at);
  }

  deactivate() {
    super.deactivate();
    this.end?.(null);
  }

  key(key) {
    if (key !== "Escape") return false;
    this.end?.(null);
    return true;
  }

  drawFitted(pen, fitted) {
    pen.snapMark({ point: fitted.at, kind: "corner" });
  }
}

export const makePointTools = () => [new DoorTool(), new PlaceTool(), new DepartmentTool(), new SignTool(), new DisplayTool(), new PickTool()];
