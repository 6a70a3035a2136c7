// The tools: which one is in hand, what it is told by pointer and keys, what it may use.

import { pick } from "../words.js";
import { Entry } from "./entry.js";
import { Menu } from "./menu.js";
import { Fields, Options } from "./options.js";
import { MOUSE_PX, TOUCH_PX } from "./pen.js";
import { snap } from "./snap.js";

const KEYS_OF_TOOLS = new Set(["Escape", "Enter", "Backspace", "Delete"]);

export class Toolbox {
  #finger = false;

  constructor(canvas, tools, context) {
    this.canvas = canvas;
    this.context = context;
    this.say = context.say;
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.settings = { isSquare: false, isFree: false, grid_m: 0, ...context.settings };
    this.entry = new Entry(canvas.element, this.say);
    this.menu = new Menu(canvas.element, this.say("canvas.menu"));
    this.options = new Options(context.optionsElement);
    this.drawing = new Fields(context.drawingElement);
    this.drawing.show(this.#drawingOptions());
    this.previews = new Set();
    this.active = null;
    this.finger = null;
    context.state.addEventListener("tool", () => this.take(context.state.tool));
    context.state.addEventListener("selection", () => this.#told("selected"));
    context.state.addEventListener("several", () => this.#told("several"));
    context.state.addEventListener("level", () => this.#told("reset"));
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", (event) => this.#keyUp(event));
  }

  /** Take a tool in hand; one that is not known is the pointer. */
  take(name) {
    const tool = this.tools.get(name) ?? this.tools.get("select");
    if (tool === this.active) return;
    this.active?.deactivate?.();
    this.entry.close();
    this.menu.close();
    this.active = tool;
    tool.activate(this);
    this.showOptions();
    this.redraw();
  }

  showOptions() {
    const { active } = this;
    this.options.show(this.say(`canvas.tool.${active.name}`), active.hint?.() ?? "", [...this.#endOption(), ...(active.options?.() ?? [])]);
    this.canvas.element.dataset.tool = active.name;
  }

  /** What Enter does, for whoever has a finger alone. */
  #endOption() {
    const { active } = this;
    if (active.sketch?.canEnd === undefined) return [];
    return [{ kind: "button", name: "finish", primary: true, label: this.say("canvas.finish"), disabled: !active.sketch.canEnd, run: () => active.finishSketch() }];
  }

  /** What holds whatever is drawn, in a bar that is the same for all tools: the plan does not jump when another is taken. */
  #drawingOptions() {
    return [
      { kind: "check", name: "square", label: this.say("canvas.square"), value: this.settings.isSquare, change: (value) => this.#set("isSquare", value) },
      { kind: "check", name: "snapping", label: this.say("canvas.snapping"), value: !this.settings.isFree, change: (value) => this.#set("isFree", !value) },
      {
        kind: "select", name: "grid", label: this.say("canvas.grid"), value: String(this.settings.grid_m), change: (value) => this.#set("grid_m", Number(value)),
        options: [["0", this.say("canvas.grid-none")], ["0.05", "5 cm"], ["0.1", "10 cm"], ["0.3", "30 cm"], ["0.5", "50 cm"], ["1", "1 m"]],
      },
      { kind: "button", name: "length", label: this.say("canvas.type-length"), disabled: true, run: () => this.openEntry("") },
    ];
  }

  #set(name, value) {
    this.settings[name] = value;
    this.redraw();
  }

  // what tools use

  get plan() {
    return this.context.plan;
  }

  get state() {
    return this.context.state;
  }

  get floor() {
    return this.canvas.floor;
  }

  /** The spaces that are chosen, in the order in which they were. */
  get chosenUnits() {
    return [...this.state.selection].map((id) => this.floor.get(id)).filter((shape) => shape?.type === "unit");
  }

  get resolution() {
    return this.canvas.map.getView().getResolution();
  }

  get isTouch() {
    return this.#finger;
  }

  /** Metres within which something is meant: more for a finger. */
  get reach() {
    return (this.#finger ? TOUCH_PX : MOUSE_PX) * this.resolution;
  }

  redraw() {
    this.drawing.enable("length", Boolean(this.active?.askLength?.()));
    this.options.enable("finish", Boolean(this.active?.sketch?.canEnd));
    this.canvas.redraw();
  }

  setHint(text) {
    this.options.setHint(text);
  }

  setCursor(cursor) {
    this.canvas.map.getViewport().dataset.cursor = cursor ?? "";
  }

  /** Where a point goes; `without` are ids of shapes that do not count. */
  snap(at, drawing = {}, without = new Set()) {
    const near = this.floor.near(at.point, this.reach, without);
    if (drawing.first && drawing.points?.length > 2) near.corners.push(drawing.first);
    return snap(at.point, near, { axis: this.floor.axis, ...drawing }, {
      tolerance_m: this.reach, grid_m: this.settings.grid_m, free: at.alt || this.settings.isFree, square: at.shift || this.settings.isSquare,
      length_m: drawing.length_m,
    });
  }

  toDegrees(point) {
    return this.plan.toDegrees(point);
  }

  /** The positions of a ring or a line. */
  toPositions(points) {
    return points.map((point) => this.toDegrees(point));
  }

  /** Send an action; the result, or null where it was refused (which is said already). Until then `preview` is drawn. */
  async act(action, preview = () => {}) {
    this.previews.add(preview);
    this.canvas.element.dataset.busy = "";
    try {
      return await this.context.work.do(action);
    } finally {
      this.previews.delete(preview);
      if (!this.previews.size) delete this.canvas.element.dataset.busy;
      this.redraw();
    }
  }

  name(feature) {
    return this.context.name(feature);
  }

  pick(labels) {
    return pick(labels);
  }

  // what the pointer says

  press(at) {
    this.#finger = at.touch;
    this.finger = at.touch && this.active.isDrawing ? at.pixel : null;
    this.canvas.element.focus({ preventScroll: true });
    if (this.menu.isOpen) this.menu.close();
    this.redraw();
    return this.active.press?.(at) ?? false;
  }

  drag(at, start) {
    if (this.finger) this.finger = at.pixel;
    this.active.drag?.(at, start);
    this.redraw();
  }

  release(at, start) {
    this.finger = null;
    this.active.release?.(at, start);
    this.redraw();
  }

  cancel() {
    this.finger = null;
    this.active.cancel?.();
    this.redraw();
  }

  click(at) {
    this.finger = null;
    this.#finger = at.touch;
    this.active.click?.(at);
    this.redraw();
  }

  doubleClick(at) {
    this.finger = null;
    (this.active.doubleClick ?? this.active.click)?.call(this.active, at);
    this.redraw();
  }

  move(at) {
    this.#finger = false;
    this.last = at;
    this.canvas.showPosition(at.point);
    this.active.move?.(at);
    this.redraw();
  }

  leave() {
    this.last = null;
    this.active?.leave?.();
    this.redraw();
  }

  /** A long press or a right click: what the tool in hand offers there, then what is offered anywhere. */
  hold(at) {
    this.#finger = at.touch;
    const own = this.active.offer?.(at) ?? [];
    if (this.active.isBusy?.()) return this.#offer(at, own);
    const general = this.tools.get("select").offerAt(at, this);
    return this.#offer(at, [...own, ...general]);
  }

  #offer(at, items) {
    this.menu.open(at.pixel, items);
    this.redraw();
  }

  draw(pen) {
    for (const preview of this.previews) preview(pen);
    this.active?.draw?.(pen);
  }

  #told(what) {
    this.active?.[what]?.();
    this.redraw();
  }

  // what keys say

  #key(event) {
    if (isElsewhere(event.target) || event.defaultPrevented) return;
    if (event.key === " " && event.target === this.canvas.element) {
      this.canvas.pointer.isSpaceDown = true;
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && this.menu.isOpen) {
      this.menu.close();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.#shiftChanged(event);
    if (KEYS_OF_TOOLS.has(event.key)) this.#toolKey(event);
    else if (/^[\d.]$/.test(event.key) && this.active.askLength?.()) {
      event.preventDefault();
      this.openEntry(event.key);
    }
  }

  #toolKey(event) {
    // Enter on a button or a link of the page presses that
    if (event.key === "Enter" && event.target.closest?.("button, a, summary, [role=option], [role=tab], [role=listbox]")) return;
    const handled = this.active.key?.(event.key) ?? false;
    if (handled) event.preventDefault();
    else if (event.key === "Escape" && this.active.name !== "select") this.state.setTool("select");
    else if (event.key === "Escape") this.state.select([]);
    else if (event.key === "Delete") this.tools.get("delete").remove(this);
    this.redraw();
  }

  #keyUp(event) {
    if (event.key === " ") this.canvas.pointer.isSpaceDown = false;
    this.#shiftChanged(event);
  }

  /** A key that changes how it snaps shows at once, without the pointer having to move. */
  #shiftChanged(event) {
    if (!["Shift", "Alt"].includes(event.key) || !this.last) return;
    this.last = { ...this.last, shift: event.shiftKey, alt: event.altKey };
    this.active.move?.(this.last);
    this.redraw();
  }

  openEntry(text) {
    const asked = this.active.askLength?.();
    if (!asked) return;
    this.entry.open(text, asked, this.active.lengthWord ?? "canvas.length", (lengths) => {
      this.active.giveLength(lengths);
      this.redraw();
      this.canvas.element.focus({ preventScroll: true });
    });
  }
}

function isElsewhere(target) {
  return Boolean(target.closest?.("input, select, textarea, dialog, [contenteditable], .ed-menu"));
}
