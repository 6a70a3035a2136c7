// The canvas of the editor: the plane of the floor in metres on OpenLayers, the drawing, what is laid over it, and the tools.

/* global ol */

import { make, toast } from "../dom.js";
import { nameCategory, nameFeature, pick, say } from "../words.js";
import { drawIcon } from "./icons.js";
import { makeTools } from "../tools/index.js";
import { Floor, makeShape } from "./floor.js";
import { boxOf } from "./geometry.js";
import { makePaintedLayer } from "./layers.js";
import { Overlays } from "./overlays.js";
import { paintFloor } from "./paint.js";
import { Pen } from "./pen.js";
import { Pointer } from "./pointer.js";
import { makeScale, paintLoupe } from "./scale.js";
import { Symbols, listInks, loadThemes, readPresets, watchTheme } from "./styles.js";
import { Toolbox } from "./toolbox.js";
import { Underlay } from "./underlay.js";

const FIT_MS = 250;
const MARGIN_PX = 240;
const FLASH_MS = 1800;
const NEAREST_M = 0.002;
const FARTHEST_M = 8;

/**
 * Make the canvas in an element.
 *
 * `context`: `plan`, `state`, `work`; optional `presets`, `dialogs`, `optionsElement`, `drawingElement`, `statusElement`, `themes` (addresses).
 */
export async function makeCanvas(element, context) {
  const { themeLight, themeDark } = document.body.dataset;
  const themes = await loadThemes(context.themes ?? { light: themeLight, dark: themeDark });
  return new Canvas(element, {
    say, toast, dialogs: {}, optionsElement: document.querySelector("#editor-tool-options"), statusElement: document.querySelector("#editor-status"), drawingElement: document.querySelector("#editor-drawing"),
    name: (feature) => nameFeature(feature, context.plan), nameCategory, ...context,
  }, themes);
}

class Canvas {
  #waiting = null;
  #flash = null;
  #fitted = new Set();
  #whole = null;

  constructor(element, context, themes) {
    this.element = element;
    this.context = context;
    this.plan = context.plan;
    this.state = context.state;
    this.theme = watchTheme(themes, (theme) => this.#setTheme(theme));
    this.inks = listInks(this.theme);
    this.floor = new Floor(this.plan);
    this.ghost = null;
    this.underlays = {};
    this.route = null;
    Object.assign(this, readPresets(context.presets));
    this.icons = new Symbols(() => this.#repaint());
    this.#makeMap();
    this.overlays = new Overlays(this.map, () => this.inks);
    this.underlay = new Underlay(this.map);
    const tools = makeTools();
    this.tools = tools.filter((tool) => tool.group).map(({ name, icon, shortcut, group }) => ({ name, icon, key: shortcut, group, drawIcon: () => drawIcon(icon) }));
    this.toolbox = new Toolbox(this, tools, context);
    this.menu = this.toolbox.menu;
    this.pointer = new Pointer(this.map, this.toolbox);
    this.map.addInteraction(this.pointer);
    this.#listen();
    this.#makeButtons();
    this.#readLevel();
    this.toolbox.take(this.state.tool);
  }

  #makeMap() {
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", say("canvas.label"));
    this.element.classList.add("ed-canvas");
    const projection = new ol.proj.Projection({ code: "wayfinder:metres", units: "m", extent: [-50000, -50000, 50000, 50000] });
    const view = new ol.View({ projection, center: [0, 0], resolution: 0.1, minResolution: NEAREST_M, maxResolution: FARTHEST_M, smoothResolutionConstraint: true });
    const always = () => true;
    const { DragPan, PinchZoom, MouseWheelZoom, KeyboardPan, KeyboardZoom } = ol.interaction;
    this.drawing = makePaintedLayer((pencil, view_) => this.#paint(pencil, view_), { order: 10, name: "floor", margin: MARGIN_PX });
    this.sketch = makePaintedLayer((pencil, view_) => this.#paintSketch(pencil, view_), { order: 50, name: "sketch" });
    this.map = new ol.Map({
      target: this.element, view, controls: [], layers: [this.drawing, this.sketch], moveTolerance: 1, pixelRatio: Math.min(devicePixelRatio, 2),
      interactions: [
        new DragPan({ condition: always }), new PinchZoom(), new MouseWheelZoom({ duration: 120, condition: always }),
        new KeyboardPan({ condition: isOnCanvas }), new KeyboardZoom({ condition: isOnCanvas }),
      ],
    });
  }

  #listen() {
    this.plan.addEventListener("change", () => {
      this.#readLevel();
      const left = [...this.state.selection].filter((id) => this.plan.get(id));
      if (left.length < this.state.selection.size) this.state.select(left);
    });
    this.state.addEventListener("level", () => {
      this.#readLevel();
      this.#showLevel();
    });
    this.state.addEventListener("selection", () => this.redraw());
    this.state.addEventListener("jump", ({ detail }) => this.#jump(detail));
    this.state.addEventListener("reveal", ({ detail }) => this.fit(detail.ids));
    // the canvas gets narrower when the tools come in beside it: a floor that is shown whole stays whole
    this.map.on("change:size", () => {
      const size = this.map.getSize();
      if (size?.[0] > 0 && size[1] > 0 && this.#whole === this.#tellView()) this.fitLevel({ isQuick: true });
    });
  }

  #tellView() {
    const view = this.map.getView();
    return [...view.getCenter(), view.getResolution(), view.getRotation()].join(" ");
  }

  /** What wheel and pinch do, for whoever has neither. */
  #makeButtons() {
    const view = this.map.getView();
    const zoom = (factor) => view.animate({ resolution: view.getConstrainedResolution(view.getResolution() * factor), duration: this.#calm(FIT_MS) });
    const does = { "zoom-in": () => zoom(0.5), "zoom-out": () => zoom(2), "whole-floor": () => this.fitLevel() };
    const buttons = Object.entries(does).map(([name, run]) => make("button", {
      type: "button", class: "ed-button", "aria-label": say(`canvas.${name}`), title: say(`canvas.${name}`), on: { click: run },
    }, drawIcon(`canvas-${name}`)));
    makeScale(this.element, view);
    this.element.after(make("div", { class: "ed-zoom", role: "group", "aria-label": say("canvas.view") }, buttons));
  }

  #jump({ ids = [], point = null }) {
    if (point) this.showPoint(point);
    else if (ids.length) this.fit(ids);
  }

  #setTheme(theme) {
    this.theme = theme;
    this.inks = listInks(theme);
    this.#repaint();
    this.overlays.networkLayer.changed();
    this.#showLevel();
    this.redraw();
  }

  #readLevel() {
    const { level } = this.state;
    this.floor.read(level);
    this.#repaint();
    this.redraw();
    // the first time that there is anything on a level, all of it is shown
    if (!level || this.#fitted.has(level) || !this.map.getSize()) return;
    const isFirst = this.#fitted.size === 0;
    this.#fitted.add(level);
    if (isFirst || (this.floor.box && !this.#sees(this.floor.box))) this.fitLevel({ isQuick: true });
  }

  #sees(box) {
    const seen = this.map.getView().calculateExtent(this.map.getSize());
    return box[0] < seen[2] && box[2] > seen[0] && box[1] < seen[3] && box[3] > seen[1];
  }

  #showLevel() {
    this.overlays.showGhost(this.ghost ? this.#listOther(this.ghost) : []);
    this.overlays.showRoute(this.route?.[this.state.level]);
    this.underlay.show(this.underlays[this.state.level] ?? []);
  }

  #listOther(levelId) {
    const units = this.plan.listOnLevel(levelId).filter((feature) => feature.feature_type === "unit");
    return units.map((feature) => makeShape(feature, this.plan)).filter(Boolean);
  }

  #repaint() {
    this.drawing.changed();
  }

  redraw() {
    this.sketch.changed();
  }

  #paint(pencil, view) {
    paintFloor(pencil, this.floor, view, {
      theme: this.theme, kinds: this.kinds, symbols: this.symbols, icons: this.icons, opacity: this.underlay.isShown ? 0.45 : 1, name: (feature) => this.#label(feature),
    });
  }

  /** The name on the floor: that of the feature, or of whoever is in it; what it is, softly, where there is no other. */
  #label(feature) {
    const names = [feature, ...this.plan.inside(feature.id)].map((one) => pick(one.properties.name));
    const text = names.find(Boolean);
    return text ? { text, isSoft: false } : { text: nameCategory(feature.properties.category), isSoft: true };
  }

  #paintSketch(pencil, view) {
    const pen = new Pen(pencil, view, this.inks, this.toolbox?.isTouch);
    this.#paintSelection(pen);
    this.toolbox?.draw(pen);
    if (this.#flash) pen.dot(this.#flash.point, { colour: this.inks.guide, radius: 7 });
    if (this.#flash) pen.snapMark({ point: this.#flash.point, kind: "middle" });
    if (this.toolbox?.finger) paintLoupe(pencil, view, this.toolbox.finger, this.element.querySelectorAll(".ed-layer"), this.inks);
    return pen.isUsed;
  }

  #paintSelection(pen) {
    for (const id of this.state.selection) {
      const shape = this.floor.shapeOf(id);
      if (shape) pen.shape(shape, { fill: 0.14, width: 2.5, wide: 5, casing: true });
    }
  }

  // what others call

  showPosition(point) {
    if (!this.context.statusElement || !point) return;
    this.context.statusElement.textContent = `${point[0].toFixed(2)}, ${point[1].toFixed(2)} m`;
  }

  /** Show all of the level, with most walls level on the screen. */
  fitLevel({ isQuick = false } = {}) {
    const site = this.plan.list("venue")[0];
    const box = this.floor.box ?? (site && makeShape(site, this.plan)?.box);
    if (!box) return;
    const view = this.map.getView(), axis = this.floor.axis;
    view.setRotation(Math.abs(axis) > 0.005 ? axis : 0);
    const note = () => (this.#whole = this.#tellView());
    const duration = isQuick ? 0 : this.#calm(FIT_MS);
    // OpenLayers calls back later even where it is done at once: by then somebody may look elsewhere
    view.fit(box, { padding: [24, 24, 40, 24], duration, callback: (isDone) => duration && isDone && note() });
    if (!duration) note();
  }

  /** What is seen of the level, for `showView`; null where it is all of it. */
  readView() {
    const view = this.map.getView();
    return this.#whole === this.#tellView() ? null : { center: view.getCenter(), resolution: view.getResolution() };
  }

  /** Look where somebody has looked before; null leaves it as it is. */
  showView(seen) {
    if (![...(seen?.center ?? []), seen?.resolution].every(Number.isFinite)) return;
    const view = this.map.getView();
    view.setCenter(seen.center);
    view.setResolution(seen.resolution);
  }

  /** Bring features into view, on their level; near them at least so that they can be told. */
  fit(ids) {
    const features = [...ids].map((id) => this.plan.get(id)).map((one) => this.plan.get(one?.properties?.anchor_id) ?? one).filter(Boolean);
    const levels = new Set(features.flatMap((one) => this.plan.levelsOf(one)));
    if (levels.size && !levels.has(this.state.level)) this.state.setLevel([...levels][0]);
    const points = features.map((one) => makeShape(one, this.plan)).filter(Boolean).flatMap(({ box: [w, s, e, n] }) => [[w, s], [e, n]]);
    if (!points.length) return;
    const [w, s, e, n] = boxOf(points);
    this.map.getView().fit([w, s, e, n], { padding: [80, 80, 80, 80], minResolution: 0.02, duration: this.#calm(FIT_MS) });
  }

  #calm(duration) {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : duration;
  }

  /** Go to a point and mark it for a moment. */
  showPoint(point, { level = null } = {}) {
    if (level) this.state.setLevel(level);
    const view = this.map.getView();
    view.animate({ center: point, resolution: Math.min(view.getResolution(), 0.05), duration: this.#calm(FIT_MS) });
    this.#flash = { point };
    setTimeout(() => {
      this.#flash = null;
      this.redraw();
    }, FLASH_MS);
    this.redraw();
  }

  /** Let somebody click a point; null where they would rather not. */
  pickPoint() {
    this.#waiting?.(null);
    const former = this.state.tool;
    return new Promise((resolve) => {
      const end = (given) => {
        this.#waiting = null;
        picker.end = null;
        if (this.toolbox.active === picker) this.toolbox.take(former);
        resolve(given);
      };
      const picker = this.toolbox.tools.get("pick");
      this.#waiting = end;
      picker.end = (point) => end(point && { point, level: this.state.level });
      this.toolbox.take("pick");
    });
  }

  /** Pictures by level: `{url, width_px, height_px, corners: {nw, ne, sw}, opacity}`, corners in metres. */
  setUnderlays(pictures) {
    this.underlays = pictures;
    this.#showLevel();
    this.#repaint();
  }

  setUnderlayOpacity(opacity) {
    this.underlay.setOpacity(opacity);
  }

  setGhost(levelId) {
    this.ghost = levelId;
    this.#showLevel();
  }

  showRoute(lines) {
    this.route = lines;
    this.#showLevel();
  }

  showNetwork(data) {
    this.overlays.showNetwork(data);
  }

  drawDifference(features) {
    this.overlays.drawDifference(features, (position) => this.plan.toMetres(position));
  }
}

const isOnCanvas = (event) => event.originalEvent.target.classList?.contains("ed-canvas") && !event.originalEvent.ctrlKey && !event.originalEvent.metaKey;
