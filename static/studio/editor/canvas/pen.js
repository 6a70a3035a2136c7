// What tools draw with: everything in metres of the floor, its width and its letters in pixels of the screen.

import { unitVector, vectorOf } from "./geometry.js";

const FONT = '600 13px system-ui, "Noto Sans SC", sans-serif';
/** Radius of a handle, and how near a finger has to come to it. */
export const HANDLE_PX = 7;
export const TOUCH_PX = 22;
export const MOUSE_PX = 12;

export class Pen {
  /** `isTouch`: words stand above the finger rather than under it. */
  constructor(context, view, inks, isTouch = false) {
    this.isTouch = isTouch;
    this.isUsed = false;
    this.context = context;
    this.view = view;
    this.inks = inks;
    context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
    context.lineJoin = "round";
    context.lineCap = "round";
  }

  /** Where a point is on the screen; who asks, draws. */
  at(point) {
    this.isUsed = true;
    return this.view.toPixels(point);
  }

  #trace(lines, isClosed) {
    const { context } = this;
    context.beginPath();
    for (const line of lines) {
      line.forEach((point, n) => (n ? context.lineTo(...this.at(point)) : context.moveTo(...this.at(point))));
      if (isClosed) context.closePath();
    }
  }

  /** Rings, filled and with an edge. */
  area(rings, { colour = this.inks.accent, fill = 0.12, width = 2, dash = [], alpha = 1 } = {}) {
    const { context } = this;
    this.#trace(rings, true);
    context.fillStyle = colour;
    context.globalAlpha = fill * alpha;
    if (fill) context.fill("evenodd");
    context.globalAlpha = alpha;
    this.#stroke(colour, width, dash);
    context.globalAlpha = 1;
  }

  line(points, { colour = this.inks.accent, width = 2, dash = [], alpha = 1, arrow = false, casing = false } = {}) {
    if (points.length < 2) return;
    this.#trace([points], false);
    this.context.globalAlpha = alpha;
    if (casing) this.#stroke(this.inks.halo, width + 3, []);
    this.#stroke(colour, width, dash);
    if (arrow) this.#tip(points.at(-2), points.at(-1), colour);
    this.context.globalAlpha = 1;
  }

  #stroke(colour, width, dash) {
    this.context.setLineDash(dash);
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.stroke();
    this.context.setLineDash([]);
  }

  #tip(before, tip, colour) {
    const [a, b] = [this.at(before), this.at(tip)], [ux, uy] = unitVector(a, b);
    this.context.beginPath();
    this.context.moveTo(...b);
    this.context.lineTo(b[0] - 12 * ux - 6 * uy, b[1] - 12 * uy + 6 * ux);
    this.context.lineTo(b[0] - 12 * ux + 6 * uy, b[1] - 12 * uy - 6 * ux);
    this.context.fillStyle = colour;
    this.context.fill();
  }

  /** All of a shape: its area, its lines (`wide` pixels), or a mark at its points. */
  shape(shape, { wide = 4, ...how } = {}) {
    if (shape.isArea) this.area(shape.lines, how);
    else if (shape.lines.length) for (const line of shape.lines) this.line(line, { ...how, width: wide });
    else for (const point of shape.points) this.snapMark({ point, kind: "corner" });
  }

  /** A handle: "corner" a disc, "middle" a smaller one with a plus, "turn" with a ring. */
  handle(point, kind = "corner", { isHot = false } = {}) {
    const { context } = this, [x, y] = this.at(point), radius = kind === "middle" ? HANDLE_PX - 2 : HANDLE_PX;
    context.beginPath();
    context.arc(x, y, radius + (isHot ? 2 : 0), 0, 7);
    context.fillStyle = isHot ? this.inks.accent : this.inks.paper;
    context.fill();
    this.#stroke(this.inks.accent, 2, []);
    if (kind === "corner") return;
    context.beginPath();
    if (kind === "middle") {
      context.moveTo(x - 3, y);
      context.lineTo(x + 3, y);
      context.moveTo(x, y - 3);
      context.lineTo(x, y + 3);
    } else context.arc(x, y, radius - 4, 0.6, 5.6);
    this.#stroke(isHot ? this.inks.onAccent : this.inks.accent, 1.5, []);
  }

  dot(point, { colour = this.inks.accent, radius = 4 } = {}) {
    this.context.beginPath();
    this.context.arc(...this.at(point), radius, 0, 7);
    this.context.fillStyle = colour;
    this.context.fill();
  }

  /** How a point was found: a ring on corners, a square on middles, a cross on walls. */
  snapMark({ point, kind }) {
    const { context } = this, [x, y] = this.at(point);
    if (kind === "free" || kind === "grid") return;
    context.beginPath();
    if (kind === "corner" || kind === "crossing") context.arc(x, y, 8, 0, 7);
    else if (kind === "middle") context.rect(x - 6, y - 6, 12, 12);
    else {
      context.moveTo(x - 6, y - 6);
      context.lineTo(x + 6, y + 6);
      context.moveTo(x - 6, y + 6);
      context.lineTo(x + 6, y - 6);
    }
    this.#stroke(this.inks.halo, 5, []);
    this.#stroke(this.inks.guide, 2, []);
  }

  /** A line that says why a point is where it is: through both ends and on. */
  guide({ from, to }) {
    const [a, b] = [this.at(from), this.at(to)], [ux, uy] = unitVector(a, b), far = 4000;
    this.context.beginPath();
    this.context.moveTo(a[0] - ux * far, a[1] - uy * far);
    this.context.lineTo(b[0] + ux * far, b[1] + uy * far);
    this.context.globalAlpha = 0.75;
    this.#stroke(this.inks.guide, 1, [5, 5]);
    this.context.globalAlpha = 1;
    this.dot(from, { colour: this.inks.guide, radius: 3 });
  }

  /** The mark of a right angle in its corner. */
  square([before, corner, after]) {
    const [p, c, q] = [before, corner, after].map((point) => this.at(point));
    const one = unitVector(c, p), two = unitVector(c, q), size = 11;
    this.context.beginPath();
    this.context.moveTo(c[0] + one[0] * size, c[1] + one[1] * size);
    this.context.lineTo(c[0] + (one[0] + two[0]) * size, c[1] + (one[1] + two[1]) * size);
    this.context.lineTo(c[0] + two[0] * size, c[1] + two[1] * size);
    this.#stroke(this.inks.guide, 2, []);
  }

  /** Words on a plate beside a point; of those that follow a finger all stand above it. */
  label(point, text, { colour = this.inks.text, paper = this.inks.paper, shift = [0, -22], follows = true } = {}) {
    const { context } = this, [x, y] = this.at(point);
    context.font = FONT;
    const width = context.measureText(text).width + 14;
    // stays on the screen
    const left = Math.min(Math.max(x + shift[0] - width / 2, 4), this.view.size[0] - width - 4);
    const lift = !this.isTouch || !follows || !shift[1] ? 0 : shift[1] > 0 ? -shift[1] - 96 : -34;
    const top = Math.min(Math.max(y + shift[1] + lift - 11, 4), this.view.size[1] - 26);
    context.beginPath();
    context.roundRect(left, top, width, 22, 6);
    context.globalAlpha = 0.94;
    context.fillStyle = paper;
    context.fill();
    context.globalAlpha = 1;
    this.#stroke(colour, 1, []);
    context.fillStyle = colour;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, left + width / 2, top + 11.5);
  }

  /** Words amid a stretch, beside it. */
  labelBetween(a, b, text, options = {}) {
    const [p, q] = [this.at(a), this.at(b)], [ux, uy] = unitVector(p, q);
    const side = ux > 0 || (ux === 0 && uy > 0) ? -1 : 1;
    this.label([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], text, { shift: [-uy * side * -20, ux * side * 20], follows: false, ...options });
  }

  /** Where something looks: an arrow of some pixels. */
  facing(point, bearingDeg, { colour = this.inks.accent, length = 46 } = {}) {
    const vector = vectorOf(bearingDeg), metres = length * this.view.resolution;
    this.line([point, [point[0] + vector[0] * metres, point[1] + vector[1] * metres]], { colour, width: 3, arrow: true, casing: true });
  }
}
