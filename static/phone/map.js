/**
 * A map that can be moved: pan, zoom, pinch, turn; by finger, mouse, keyboard or button.
 * The drawing stays the server's: only its viewBox, its zoom level and its turn change (docs/maps.md).
 */

import { make, makeButton, plain, readDrawing, say } from "./page.js";
import { find } from "./shelf.js";

const MOST = 12;
const STEP = 1.6;
const TAP_PX = 8;
const SLIDE_MS = 260;
const attached = new WeakMap();

/** Make every map below an element movable. */
export function attachAll(place) {
  for (const figure of place.querySelectorAll("[data-map]")) attach(figure);
}

/** The movable map of a figure; made when first asked for. */
export function attach(figure) {
  if (!attached.has(figure)) attached.set(figure, new MovableMap(figure));
  return attached.get(figure);
}

/** Fetch a drawing, or take the one that is kept; null for none. */
async function fetchDrawing(picture) {
  const address = plain(picture);
  try {
    const answer = await fetch(address);
    if (answer.ok) return readDrawing(await answer.text());
  } catch {
    const kept = await find(address);
    if (kept) return readDrawing(await kept.text());
  }
  return null;
}

/** What a letter or a sign turns around. */
function readAnchor(element) {
  if (element.localName === "g") return { moved: element.getAttribute("transform") || "", around: "" };
  return { moved: "", around: ` ${element.getAttribute("x") || 0} ${element.getAttribute("y") || 0}` };
}

const wantsLittleMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class MovableMap {
  constructor(figure) {
    this.figure = figure;
    this.pointers = new Map();
    this.ready = Promise.resolve(this.take(figure.querySelector("svg.wf")));
    this.addTools();
  }

  /** Take over a drawing that is in the page. */
  take(drawing) {
    if (!drawing) return false;
    this.drawing = drawing;
    this.map = drawing.querySelector(".wf-map");
    [this.x, this.y, this.width, this.height] = this.map.getAttribute("viewBox").split(" ").map(Number);
    this.metres = (this.map.dataset.metres || "1 0 0 -1 0 0").split(" ").map(Number);
    this.all = { x: this.x + this.width / 2, y: this.y + this.height / 2, zoom: 1, turn: 0 };
    this.view = { ...this.all };
    this.north = drawing.querySelector(".wf-north");
    this.northAsDrawn = this.north?.getAttribute("transform") || "";
    this.wrap();
    this.listen();
    return true;
  }

  /** Put what turns into a group of its own; the ground, the first, stays. */
  wrap() {
    const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
    group.append(...[...this.map.children].slice(1));
    this.map.append(group);
    this.turned = group;
    // letters and signs stand upright however the map is turned
    this.upright = [...group.querySelectorAll("text, use, g > .s")]
      .filter((element) => element.localName === "g" || !element.closest(".s"))
      .map((element) => (element.localName === "g" ? element.parentNode : element))
      .map((element) => ({ element, own: element.getAttribute("transform"), at: readAnchor(element) }));
    this.ground = this.map.children[0];
  }

  keepUpright(turn) {
    if (turn === this.uprightFor) return;
    this.uprightFor = turn;
    this.north?.setAttribute("transform", `${turn ? `rotate(${turn.toFixed(1)})` : ""}${this.northAsDrawn}`);
    for (const { element, own, at } of this.upright) {
      if (turn) element.setAttribute("transform", `${at.moved}rotate(${(-turn).toFixed(1)}${at.around})`);
      else if (own) element.setAttribute("transform", own);
      else element.removeAttribute("transform");
    }
  }

  /** Make sure that there is a drawing to move, not a picture of one. */
  async load() {
    if (this.drawing || this.loading) return this.loading ?? true;
    const picture = this.figure.querySelector("img[src]");
    this.loading = (async () => {
      try {
        const drawing = await fetchDrawing(picture.src);
        if (drawing) picture.replaceWith(drawing);
        return this.take(drawing);
      } catch {
        return false;
      } finally {
        this.loading = null;
      }
    })();
    return this.loading;
  }

  addTools() {
    const tools = make("div", { class: "map-tools", role: "group", "aria-label": say("map.tools") });
    const act = (action) => async () => (await this.load()) && action();
    tools.append(
      makeButton(say("map.zoom-in"), "plus", act(() => this.zoomBy(STEP))),
      makeButton(say("map.zoom-out"), "minus", act(() => this.zoomBy(1 / STEP))),
      makeButton(say("map.turn"), "turn", act(() => this.turnOn())),
      makeButton(say("map.whole"), "whole", act(() => this.showAll())),
    );
    this.figure.append(tools);
  }

  /** Show all that is drawn; along a way, all of the floor. */
  async showAll() {
    const address = this.figure.dataset.whole;
    if (!address || this.isWhole) return this.slideTo(this.all);
    const drawing = await fetchDrawing(address);
    if (!drawing) return this.slideTo(this.all);
    this.drawing.replaceWith(drawing);
    this.isWhole = true;
    return this.take(drawing);
  }

  listen() {
    const { drawing } = this;
    drawing.setAttribute("tabindex", "0");
    drawing.addEventListener("keydown", (event) => this.pressKey(event));
    drawing.addEventListener("wheel", (event) => this.turnWheel(event), { passive: false });
    drawing.addEventListener("pointerdown", (event) => this.putDown(event));
    drawing.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      drawing.addEventListener(name, (event) => this.lift(event, name === "pointerup"));
    }
    this.render();
  }

  pressKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = 60 / this.getScale();
    const moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    if (event.key === "+" || event.key === "=") this.zoomBy(STEP);
    else if (event.key === "-") this.zoomBy(1 / STEP);
    else if (event.key === "0") this.showAll();
    else if (event.key === "r") this.turnOn();
    // the whole map cannot be moved: then arrows move the page
    else if (event.key in moves && this.view.zoom > 1) this.moveBy(...moves[event.key]);
    else return;
    event.preventDefault();
  }

  /** Turn it a quarter further: what was said of its top is true no more. */
  turnOn() {
    this.slideTo({ turn: (this.view.turn + 90) % 360 });
    this.figure.dispatchEvent(new CustomEvent("wf:turned"));
  }

  turnWheel(event) {
    // a plain wheel is for the page; with Ctrl, and so when two fingers pinch a touchpad, for the map
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 200), this.locate(event));
  }

  putDown(event) {
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.pointers.size === 1) this.began = { x: event.clientX, y: event.clientY, moved: false };
    if (this.view.zoom > 1 || this.pointers.size > 1) this.drawing.setPointerCapture?.(event.pointerId);
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (Math.hypot(now.x - this.began.x, now.y - this.began.y) > TAP_PX) this.began.moved = true;
    if (this.pointers.size === 2) {
      this.began.moved = true;
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      this.pinch(before, now, other);
    } else if (this.view.zoom > 1) {
      const scale = this.getScale();
      this.moveBy((before.x - now.x) / scale, (before.y - now.y) / scale);
    }
    this.pointers.set(event.pointerId, now);
  }

  pinch(before, now, other) {
    const far = (point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 1);
    const middle = (point) => ({ clientX: (point.x + other.x) / 2, clientY: (point.y + other.y) / 2 });
    const scale = this.getScale();
    this.moveBy((before.x - now.x) / 2 / scale, (before.y - now.y) / 2 / scale);
    this.zoomBy(far(now) / far(before), this.locate(middle(now)), false);
  }

  lift(event, tapped) {
    const known = this.pointers.delete(event.pointerId);
    if (!known || !tapped || this.began.moved || this.view.zoom <= 1) return;
    // dragging has this alternative: a tapped point comes to the middle
    const { x, y } = this.locate(event);
    this.slideTo({ x, y });
  }

  /** Pixels of the screen a unit of the drawing. */
  getScale() {
    const { a, b } = this.turned.getScreenCTM();
    return Math.max(Math.hypot(a, b), 1e-6);
  }

  /** The point of the drawing under a point of the screen. */
  locate({ clientX, clientY }) {
    return new DOMPoint(clientX, clientY).matrixTransform(this.turned.getScreenCTM().inverse());
  }

  unturn(dx, dy, degrees = this.view.turn) {
    const angle = (-degrees * Math.PI) / 180;
    return [dx * Math.cos(angle) - dy * Math.sin(angle), dx * Math.sin(angle) + dy * Math.cos(angle)];
  }

  moveBy(dx, dy) {
    const [x, y] = this.unturn(dx, dy);
    this.setView({ x: this.view.x + x, y: this.view.y + y });
  }

  zoomBy(factor, fixed = this.view, slides = fixed === this.view) {
    const zoom = Math.min(Math.max(this.view.zoom * factor, 1), MOST);
    const rest = this.view.zoom / zoom;
    const x = fixed.x + (this.view.x - fixed.x) * rest;
    const y = fixed.y + (this.view.y - fixed.y) * rest;
    if (slides) this.slideTo({ x, y, zoom });
    else this.setView({ x, y, zoom });
  }

  /** The point of the drawing at metres of the venue. */
  place([east, north]) {
    const [a, b, c, d, e, f] = this.metres;
    return [a * east + c * north + e, b * east + d * north + f];
  }

  /** The compass direction at the top of the drawing, before it is turned. */
  getUp() {
    return (Math.atan2(-this.metres[1], this.metres[0]) * 180) / Math.PI;
  }

  /**
   * Show a stretch: points in metres, with a compass direction up if one is given.
   */
  show(points, upDeg = null) {
    const turn = upDeg === null ? 0 : (((this.getUp() - upDeg) % 360) + 360) % 360;
    const placed = points.map((point) => this.place(point));
    const seen = placed.map(([x, y]) => this.unturn(x, y, -turn));
    const [xs, ys] = [seen.map(([x]) => x), seen.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const least = 18 * Math.hypot(this.metres[0], this.metres[1]);
    const zoom = Math.min(
      this.width / (Math.max(right - left, least) * 1.5),
      this.height / (Math.max(bottom - top, least) * 1.5),
    );
    const [x, y] = this.unturn((left + right) / 2, (top + bottom) / 2, turn);
    this.slideTo({ x, y, zoom: Math.min(Math.max(zoom, 1), MOST), turn });
  }

  /** Move to a view, smoothly unless that is not wanted. */
  slideTo(wanted) {
    const to = this.clamp({ ...this.view, ...wanted });
    cancelAnimationFrame(this.frame);
    if (wantsLittleMotion() || document.visibilityState === "hidden") {
      this.setView(to);
      return;
    }
    const from = { ...this.view };
    const round = ((((to.turn - from.turn) % 360) + 540) % 360) - 180;
    const began = performance.now();
    const slide = (moment) => {
      const part = Math.min(Math.max((moment - began) / SLIDE_MS, 0), 1);
      const eased = part * (2 - part);
      const between = (name) => from[name] + (to[name] - from[name]) * eased;
      this.setView({
        x: between("x"),
        y: between("y"),
        zoom: from.zoom * (to.zoom / from.zoom) ** eased,
        turn: part < 1 ? from.turn + round * eased : to.turn,
      });
      if (part < 1) this.frame = requestAnimationFrame(slide);
    };
    this.frame = requestAnimationFrame(slide);
  }

  clamp(view) {
    const zoom = Math.min(Math.max(view.zoom, 1), MOST);
    if (zoom === 1 && view.turn % 360 === 0) return { ...view, x: this.all.x, y: this.all.y, zoom };
    return {
      ...view,
      zoom,
      x: Math.min(Math.max(view.x, this.x), this.x + this.width),
      y: Math.min(Math.max(view.y, this.y), this.y + this.height),
    };
  }

  setView(view) {
    this.view = this.clamp({ ...this.view, ...view });
    this.render();
  }

  render() {
    const { x, y, zoom, turn } = this.view;
    const [width, height] = [this.width / zoom, this.height / zoom];
    const box = [x - width / 2, y - height / 2, width, height].map((value) => value.toFixed(2));
    this.map.setAttribute("viewBox", box.join(" "));
    this.ground.setAttribute("transform", `translate(${box[0] - this.x} ${box[1] - this.y})`);
    if (turn) this.turned.setAttribute("transform", `rotate(${turn.toFixed(2)} ${x.toFixed(2)} ${y.toFixed(2)})`);
    else this.turned.removeAttribute("transform");
    this.keepUpright(turn);
    const { drawing } = this;
    drawing.dataset.zoom = Math.min(Math.floor(Math.log2(zoom) + 1e-6), 2);
    drawing.classList.toggle("zoomed", zoom > 1);
    drawing.classList.toggle("turned", turn !== 0);
    drawing.style.setProperty("--k", (1 / zoom).toFixed(4));
    this.figure.dataset.zoomed = zoom > 1 ? "yes" : "no";
  }
}
