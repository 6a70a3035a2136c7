/**
 * The map above the panel: a floor turned as the reader looks, pins on it, closer and farther by buttons.
 * The drawing stays the server's: its viewBox and zoom level change, pins are laid over it (docs/maps.md).
 */

import { fetchDocument, given, make, readDrawing, say } from "./frame.js";
import { makeShape, placePoint, readMetres } from "./kiosk-shapes.js";

const STEP = 1.7;
const MOST = 8;
const KEPT = 16;
const ANSWER_MS = 4_000;
const TAP_PX = 24;

/** A floor's drawing in an element; `onTap(id)` is called with the id of an area that was tapped. */
export class FloorMap {
  constructor(element, onTap) {
    this.element = element;
    this.drawings = new Map();
    this.wanted = 0;
    this.view = null;
    const drawing = element.querySelector("svg.wf");
    if (drawing) this.keep(element.dataset.level, document.documentElement.lang, drawing);
    this.take(drawing, element.dataset.level);
    this.listen(onTap);
  }

  keep(level, language, drawing) {
    this.drawings.set(`${level} ${language}`, drawing);
    // the least recently drawn goes first
    if (this.drawings.size > KEPT) this.drawings.delete(this.drawings.keys().next().value);
  }

  /** Show a floor with pins; with `near` only what lies around them, else all of it. */
  async show(level, marks = [], { near = false } = {}) {
    const number = ++this.wanted;
    const drawing = await this.load(level);
    // another floor was wanted in the meantime
    if (number !== this.wanted) return;
    this.take(drawing, level);
    if (!drawing) return;
    this.mark(marks);
    if (near && marks.length) this.showAround(marks.map(({ at }) => at));
    else this.setView({ ...this.all });
  }

  /** The drawing of a floor; asked for beforehand it is there at once when it is wanted. */
  async load(level, language = document.documentElement.lang) {
    const kept = this.drawings.get(`${level} ${language}`);
    if (kept) return kept;
    const address = `${given.path}/map/${encodeURIComponent(level)}?lang=${encodeURIComponent(language)}`;
    const found = await fetchDocument(address, { first: "kept", timeout: ANSWER_MS });
    const drawing = found ? readDrawing(found.text()) : null;
    if (drawing) this.keep(level, language, drawing);
    return drawing;
  }

  /** Take a drawing over. */
  take(drawing, level) {
    this.level = level;
    if (!drawing) {
      this.drawing = null;
      this.element.replaceChildren(make("p", { class: "k-empty" }, say("kiosk.map.missing")));
      return;
    }
    if (this.drawing !== drawing) this.element.replaceChildren(drawing);
    this.drawing = drawing;
    this.map = drawing.querySelector(".wf-map");
    const box = (this.map.dataset.whole ??= this.map.getAttribute("viewBox")).split(" ").map(Number);
    [this.x, this.y, this.width, this.height] = box;
    this.all = { x: this.x + this.width / 2, y: this.y + this.height / 2, zoom: 1 };
    this.metres = readMetres(this.map);
    this.map.querySelector(".k-marks")?.remove();
    this.layer = makeShape("g", { class: "k-marks" });
    this.map.append(this.layer);
  }

  /** Where a point in decimetres falls in the drawing. */
  place(point) {
    return placePoint(this.metres, point);
  }

  /** Put pins. */
  mark(marks) {
    this.layer.replaceChildren(
      ...marks.map(({ at, text = "" }) => {
        const [x, y] = this.place(at);
        const pin = makeShape("g", { class: "k-pin", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
        const path = "M0 0C-4-9-15-15-15-28a15 15 0 1 1 30 0C15-15 4-9 0 0z";
        const shape = makeShape("g", { class: "k-pin-shape" }, makeShape("path", { d: path }), makeShape("circle", { cy: -28, r: 6 }));
        if (text) shape.append(makeShape("title", {}, text));
        pin.append(shape);
        return pin;
      }),
    );
  }

  /** Show what lies around some points, not closer than that one still knows where it is. */
  showAround(points) {
    const placed = points.map((point) => this.place(point));
    const [xs, ys] = [placed.map(([x]) => x), placed.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const least = 55 * Math.hypot(this.metres[0], this.metres[1]);
    const zoom = Math.min(this.width / Math.max((right - left) * 1.5, least), this.height / Math.max((bottom - top) * 1.5, least));
    this.setView({ x: (left + right) / 2, y: (top + bottom) / 2, zoom });
  }

  /** Show it so many times as large, around its middle. */
  zoomBy(factor) {
    this.setView({ ...this.view, zoom: this.view.zoom * factor });
  }

  closer() {
    if (this.drawing) this.zoomBy(STEP);
  }

  farther() {
    if (this.drawing) this.zoomBy(1 / STEP);
  }

  whole() {
    if (this.drawing) this.setView({ ...this.all });
  }

  setView({ x, y, zoom }) {
    const k = Math.min(Math.max(zoom, 1), MOST);
    const [width, height] = [this.width / k, this.height / k];
    const middle = (value, from, whole, part) => Math.min(Math.max(value, from + part / 2), from + whole - part / 2);
    this.view = { x: middle(x, this.x, this.width, width), y: middle(y, this.y, this.height, height), zoom: k };
    const box = [this.view.x - width / 2, this.view.y - height / 2, width, height];
    this.map.setAttribute("viewBox", box.map((value) => value.toFixed(2)).join(" "));
    // the ground, the first shape, fills the window wherever it is
    this.map.firstElementChild?.setAttribute("transform", `translate(${(box[0] - this.x).toFixed(2)} ${(box[1] - this.y).toFixed(2)})`);
    this.drawing.dataset.zoom = Math.min(Math.floor(Math.log2(k) + 1e-6), 2);
    this.drawing.classList.toggle("zoomed", k > 1);
    this.drawing.style.setProperty("--k", (1 / k).toFixed(4));
  }

  listen(onTap) {
    let down = null;
    this.element.addEventListener("pointerdown", (event) => {
      down = event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
    });
    this.element.addEventListener("pointerup", (event) => {
      const moved = !down || Math.hypot(event.clientX - down.x, event.clientY - down.y) > TAP_PX;
      down = null;
      // a name or a symbol lies above the room that is meant
      const under = moved ? [] : document.elementsFromPoint(event.clientX, event.clientY);
      const area = under.find((one) => one.dataset?.id && this.element.contains(one));
      if (area) onTap(area.dataset.id);
    });
  }
}
