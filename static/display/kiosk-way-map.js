/**
 * A floor of a way: the drawing of the floor, the line on it, drawn as one walks, and notes where floors change.
 * On the screen and on paper alike; only the screen moves.
 */

import { make } from "./frame.js";
import { app } from "./kiosk-app.js";
import { draw } from "./kiosk-parts.js";
import { makeShape, placePoint, readMetres } from "./kiosk-shapes.js";

/** Seen at once at least, in metres: closer nobody knows where it is. */
const LEAST_M = 36;
const MOST_ZOOM = 7;
/** The short side of a screen has so many units of the drawing: letters are as large on all. */
const UNITS = 720;
/** The reader's wedge reaches so far. */
const WEDGE = 32;
/** Of what is seen, so much stays free around the line for the notes. */
const MARGIN = 0.17;
const CHEVRON_EVERY = 34;
/** Widths in units of the drawing as it is seen. */
const [LINE, CASING, DOT] = [6.5, 11, 7];

/** A copy of a floor's drawing, without what kiosks lay over it. */
async function copy(level) {
  const drawing = (await app.map.load(level))?.cloneNode(true);
  if (!drawing) return null;
  const map = drawing.querySelector(".wf-map");
  map.querySelector(".k-marks")?.remove();
  map.setAttribute("viewBox", map.dataset.whole ?? map.getAttribute("viewBox"));
  // the reader's place has a mark; its note would lie on the line
  for (const note of map.querySelectorAll(":scope > g > g.s")) if (note.querySelector("rect")) note.parentNode.remove();
  map.firstElementChild.remove();
  return drawing;
}

/** The map of one stage of a way in an element of its own. */
export class StageMap {
  /**
   * `goal`: ids of the rooms that are the end; `notes`: what stands where ({kind, at, symbol, text}); `scale`: pixels of
   * a unit of the drawing, which its letters go by; `free`: pixels at the lower edge that something else covers.
   */
  constructor(stage, { goal = [], notes = [], label = "", scale = null, free = 0 } = {}) {
    Object.assign(this, { stage, goal, notes, free, fixed: scale });
    this.element = make("div", { class: "w-map", role: "img", "aria-label": label });
    this.ready = copy(stage.level).then((drawing) => this.take(drawing));
  }

  take(drawing) {
    this.drawing = drawing;
    if (!drawing) return false;
    this.map = drawing.querySelector(".wf-map");
    this.metres = readMetres(this.map);
    this.base = this.map.getAttribute("viewBox").split(" ").map(Number);
    drawing.removeAttribute("role");
    drawing.removeAttribute("aria-labelledby");
    drawing.setAttribute("aria-hidden", "true");
    drawing.querySelector("title")?.remove();
    drawing.querySelector("desc")?.remove();
    for (const id of this.goal) drawing.querySelector(`[data-id="${CSS.escape(id)}"]`)?.classList.add("w-goal");
    this.layer = makeShape("g", { class: "w-layer" });
    // below the mark of the reader's place, above everything else
    this.map.insertBefore(this.layer, this.map.querySelector(":scope > g:has(> g.s)"));
    this.element.replaceChildren(drawing);
    return true;
  }

  /** Where a point in decimetres falls in the drawing. */
  place(point) {
    return placePoint(this.metres, point);
  }

  /** What must be seen: the line, both its ends. */
  listPoints() {
    const { line, at, change } = this.stage;
    return [...line, at, ...(change ? [change.from] : [])].map((point) => this.place(point));
  }

  /** Show the part around points in decimetres, or all of the stage, in the element's shape. */
  fit(points = null) {
    if (!this.drawing) return;
    const seen = points ? points.map((point) => this.place(point)) : this.listPoints();
    const [xs, ys] = [seen.map(([x]) => x), seen.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = this.element;
    this.scale = this.fixed ?? Math.min(innerWidth, innerHeight) / UNITS;
    const [width, height] = [clientWidth / this.scale, clientHeight / this.scale];
    const seenHeight = height - this.free / this.scale;
    const least = LEAST_M * Math.hypot(this.metres[0], this.metres[1]);
    const inner = 1 - 2 * MARGIN;
    const zoom = Math.min((width * inner) / Math.max(right - left, 1), (seenHeight * inner) / Math.max(bottom - top, 1), Math.min(width, seenHeight) / least, MOST_ZOOM);
    this.k = zoom;
    this.box = [(left + right) / 2 - width / 2 / this.k, (top + bottom) / 2 - seenHeight / 2 / this.k, width / this.k, height / this.k];
    this.drawing.setAttribute("viewBox", `0 0 ${width.toFixed(2)} ${height.toFixed(2)}`);
    for (const [name, value] of Object.entries({ x: 0, y: 0, width: width.toFixed(2), height: height.toFixed(2), viewBox: this.box.map((value) => value.toFixed(2)).join(" ") }))
      this.map.setAttribute(name, value);
    this.drawing.dataset.zoom = Math.min(Math.max(Math.floor(Math.log2(this.k) + 1e-6), 0), 2);
    this.drawing.classList.add("zoomed");
    this.drawing.style.setProperty("--k", (1 / this.k).toFixed(4));
    this.layer.replaceChildren(...this.paintLine());
    this.putNotes();
    this.clear();
  }

  paintLine() {
    const points = this.stage.line.map((point) => this.place(point));
    const data = points.length > 1 ? `M${points.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L")}` : "";
    const unit = 1 / this.k;
    const shapes = [];
    if (data) {
      for (const [kind, width] of [["w-casing", CASING], ["w-line", LINE]])
        shapes.push(makeShape("path", { class: kind, d: data, pathLength: 1, "stroke-width": (width * unit).toFixed(3) }));
      shapes.push(makeShape("path", { class: "w-chevrons", d: listChevrons(points, unit), "stroke-width": (2 * unit).toFixed(3) }));
    }
    const dot = (at, kind) => {
      const [x, y] = this.place(at);
      return makeShape("circle", { class: kind, cx: x.toFixed(1), cy: y.toFixed(1), r: (DOT * unit).toFixed(2), "stroke-width": (3 * unit).toFixed(3) });
    };
    for (const note of this.notes) if (note.kind !== "here") shapes.push(note.kind === "end" ? this.paintPin(note.at, unit) : dot(note.at, `w-dot is-${note.kind}`));
    return shapes;
  }

  paintPin(at, unit) {
    const [x, y] = this.place(at);
    const pin = makeShape("g", { class: "w-pin", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(1.25 * unit).toFixed(4)})` });
    pin.append(makeShape("path", { d: "M0 1C-3-6-10-10-10-17a10 10 0 0 1 20 0C10-10 3-6 0 1z" }), makeShape("circle", { cy: -17, r: 4 }));
    return pin;
  }

  /** Notes stand beside what they point at, off the line and off each other. */
  putNotes() {
    for (const old of this.element.querySelectorAll(".w-note")) old.remove();
    const { clientWidth, clientHeight } = this.element;
    const { scale } = this;
    const taken = this.samples();
    this.boxes = [];
    for (const note of this.notes) {
      const [x, y] = this.onScreen(note.at);
      if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) continue;
      const element = make("p", { class: `w-note is-${note.kind}`, "aria-hidden": "true" }, note.symbol ? draw(note.symbol) : null, make("span", {}, note.text));
      this.element.append(element);
      const [width, height] = [element.offsetWidth, element.offsetHeight];
      const reach = (note.kind === "end" ? 14 : DOT + 4) * scale;
      const box = choose({ x, y: note.kind === "end" ? y - 8 * scale : y, width, height, reach, lift: note.kind === "end" ? 18 * scale : 0 }, taken, this.boxes, [clientWidth, clientHeight - this.free]);
      this.boxes.push(box);
      // shares of the element: paper has another size than the screen
      element.style.left = `${((box.left / clientWidth) * 100).toFixed(3)}%`;
      element.style.top = `${((box.top / clientHeight) * 100).toFixed(3)}%`;
    }
  }

  /** Where a point in decimetres falls in the element, in pixels. */
  onScreen(point) {
    const [x, y] = this.place(point);
    return [(x - this.box[0]) * this.k * this.scale, (y - this.box[1]) * this.k * this.scale];
  }

  /** Points on the screen that nothing may cover: the line, and where the reader looks. */
  samples() {
    const found = [];
    const here = this.notes.find(({ kind }) => kind === "here");
    if (here) {
      const [x, y] = this.onScreen(here.at);
      for (let up = 4; up <= WEDGE; up += 4) for (const aside of [-0.5, 0, 0.5]) found.push([x + aside * up * this.scale, y - up * this.scale]);
    }
    const line = this.stage.line.map((point) => this.onScreen(point));
    for (let at = 1; at < line.length; at += 1) {
      const [[x, y], [toX, toY]] = [line[at - 1], line[at]];
      const count = Math.max(Math.ceil(Math.hypot(toX - x, toY - y) / 6), 1);
      for (let step = 0; step <= count; step += 1) found.push([x + ((toX - x) * step) / count, y + ((toY - y) * step) / count]);
    }
    return found;
  }

  /** Take away names and symbols that the line or a note would cross. */
  clear() {
    const frame = this.element.getBoundingClientRect();
    const points = this.samples();
    const width = (CASING / 2) * this.scale;
    for (const label of this.map.querySelectorAll("text, use")) {
      if (this.layer.contains(label)) continue;
      label.classList.remove("w-covered");
      const box = label.getBoundingClientRect();
      if (!box.width) continue;
      const own = { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
      const isCrossed =
        points.some(([x, y]) => x > own.left - width && x < own.right + width && y > own.top - width && y < own.bottom + width) ||
        this.boxes.some((note) => note.left < own.right && note.right > own.left && note.top < own.bottom && note.bottom > own.top);
      label.classList.toggle("w-covered", isCrossed);
    }
  }

  /** Draw the line from its beginning to its end; resolves when it is there. */
  async play(duration) {
    const lines = [...this.layer.querySelectorAll(".w-line, .w-casing")];
    const later = [...this.layer.querySelectorAll(".w-chevrons, .w-pin, .w-dot.is-leave"), ...this.element.querySelectorAll(".w-note.is-leave, .w-note.is-end")];
    const drawn = lines.map((line) => line.animate({ strokeDasharray: ["1 1", "1 1"], strokeDashoffset: [1, 0] }, { duration, easing: "ease-in-out" }));
    const shown = later.map((one) => one.animate({ opacity: [0, 0, 1], offset: [0, 0.86, 1] }, { duration: duration * 1.15, easing: "ease-out" }));
    await Promise.allSettled([...drawn, ...shown].map((animation) => animation.finished));
  }

  /** Show all of it at once. */
  stop() {
    // a note that beats has no end to go to
    for (const animation of this.element.getAnimations({ subtree: true })) if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
  }
}

/** Choose where a note stands: the best of some places around a point. */
function choose({ x, y, width, height, reach, lift }, points, boxes, [across, down]) {
  const gap = 4;
  const places = [];
  for (const far of [0, 1, 2.2]) {
    const away = reach + far * 26;
    places.push(
      [x - width / 2, y - away - lift - height], [x - width / 2, y + away],
      [x + away, y - height / 2], [x - away - width, y - height / 2],
      [x + away * 0.7, y - away * 0.7 - height], [x - away * 0.7 - width, y - away * 0.7 - height],
      [x + away * 0.7, y + away * 0.7], [x - away * 0.7 - width, y + away * 0.7],
    );
  }
  let best = null;
  for (const [number, [rawLeft, rawTop]] of places.entries()) {
    const left = Math.min(Math.max(rawLeft, gap), across - width - gap);
    const top = Math.min(Math.max(rawTop, gap), down - height - gap);
    const box = { left, top, right: left + width, bottom: top + height };
    const covered = points.filter(([px, py]) => px > box.left - 6 && px < box.right + 6 && py > box.top - 6 && py < box.bottom + 6).length;
    const onOthers = boxes.filter((one) => one.left < box.right + gap && one.right > box.left - gap && one.top < box.bottom + gap && one.bottom > box.top - gap).length;
    const shifted = Math.abs(left - rawLeft) + Math.abs(top - rawTop);
    const cost = covered * 10 + onOthers * 400 + shifted * 2 + number * 1.5;
    if (!best || cost < best.cost) best = { ...box, cost };
  }
  return best;
}

/** Arrow heads along a line, none across a bend. */
function listChevrons(points, unit) {
  const parts = [];
  const wing = 2.6 * unit;
  for (let at = 1; at < points.length; at += 1) {
    const [[x, y], [toX, toY]] = [points[at - 1], points[at]];
    const length = Math.hypot(toX - x, toY - y);
    const count = Math.floor(length / (CHEVRON_EVERY * unit));
    const [ux, uy] = [(toX - x) / length, (toY - y) / length];
    for (let number = 0; number < count; number += 1) {
      const middle = (length * (number + 0.5)) / count;
      const [cx, cy] = [x + ux * (middle + wing * 0.5), y + uy * (middle + wing * 0.5)];
      const end = (side) => `${(cx - ux * wing - side * uy * wing).toFixed(2)} ${(cy - uy * wing + side * ux * wing).toFixed(2)}`;
      parts.push(`M${end(1)}L${cx.toFixed(2)} ${cy.toFixed(2)}L${end(-1)}`);
    }
  }
  return parts.join("");
}
