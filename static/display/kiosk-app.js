/**
 * The kiosk as an application of one page: views on a stack in memory, nothing in addresses or storage.
 *
 * A view is a function of what it was given that returns what is shown:
 *   {title, caption, floor, marks, stage, panel, focus, leave}
 * `panel` is what can be touched, all in reach of a wheelchair; above it `stage`, an element of the view's own, or the
 * map of `floor` (a level's id) with pins at `marks` ([{at: [x, y] in decimetres, text}]). `focus` gets the focus,
 * `leave()` is called when the view goes. It is made anew on a change of language or of data.
 */

import { given as frame, report, say, showMarks, touched } from "./frame.js";
import { resize } from "./kiosk-parts.js";

const root = document.documentElement;
const views = new Map();
const listeners = [];

/** What is kept between views; `start` fills it. */
export const app = {
  /** All places: a `Places` of kiosk-places.js. */
  places: null,
  /** The map above the panel: a `FloorMap` of kiosk-map.js. */
  map: null,
  /** Views that were gone through; the last is shown. */
  stack: [],
  panel: document.querySelector("[data-panel]"),
  stage: document.querySelector("[data-stage]"),
};

/** The language that is shown. */
export const getLanguage = () => root.lang;

/** Offer a view under a name. */
export function register(name, view) {
  views.set(name, view);
}

/** Whether there is a view of that name. */
export const has = (name) => views.has(name);

/** Call back when another view, language or look is shown. */
export function onShow(callback) {
  listeners.push(callback);
}

/** Go on to a view. */
export function go(name, given = {}) {
  touched();
  app.stack.push({ name, given });
  show();
}

/** Put another view in the place of the one that is shown. */
export function replace(name, given = {}) {
  touched();
  app.stack.splice(-1, 1, { name, given });
  show();
}

/** Go back to where one came from. */
export function back() {
  touched();
  if (app.stack.length > 1) app.stack.pop();
  show();
}

/** Go to the first screen. */
export function home() {
  touched();
  reset("home");
}

/** Forget all views, and show one; nobody has touched anything. */
export function reset(name) {
  app.stack.length = 0;
  app.stack.push({ name, given: {} });
  show();
}

/** The name of the view that is shown. */
export const getShown = () => app.stack.at(-1)?.name ?? "";

/** Make the shown view anew: its language, its data or its look has changed. */
export function show() {
  const { name, given } = app.stack.at(-1);
  const view = views.get(name)(given);
  app.leave?.();
  app.leave = view.leave;
  root.dataset.view = name;
  const title = document.createElement("h1");
  title.className = "k-title";
  title.textContent = view.title ?? "";
  title.tabIndex = -1;
  app.panel.replaceChildren(title, view.panel);
  showStage(view);
  resize(app.panel);
  (view.focus ?? title).focus({ preventScroll: true });
  for (const listener of listeners) listener(view, name);
  report("rendered", { release: frame.release, version: frame.version });
}

function showStage(view) {
  const own = app.stage.querySelector(".k-own");
  if (own && own !== view.stage) own.remove();
  app.map.element.hidden = Boolean(view.stage);
  if (view.stage) {
    view.stage.classList.add("k-own");
    if (view.stage.parentNode !== app.stage) app.stage.prepend(view.stage);
  } else app.map.show(view.floor ?? app.places?.here.level ?? document.body.dataset.level, view.marks ?? [], view);
  const caption = app.stage.querySelector("[data-caption]");
  caption.replaceChildren(view.caption ?? "");
  caption.hidden = !view.caption;
}

/** Show another language in the same place. */
export function setLanguage(language) {
  root.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  sayHere();
  showMarks();
  if (app.stack.length) show();
}

/** Say in the heading where this is. */
function sayHere() {
  const { places } = app;
  const name = document.querySelector("[data-here-name]");
  name.textContent = name.getAttribute(`data-${getLanguage().toLowerCase()}`) ?? name.textContent;
  if (!places) return;
  document.querySelector("[data-venue-name]").textContent = places.venue[getLanguage()];
  document.querySelector("[data-here-floor]").textContent = places.sayFloor(places.floors[places.here.floor]);
}

/** The language that somebody who reads only the other one is offered. */
export function getOtherLanguage() {
  const { languages } = frame;
  return languages[(languages.indexOf(getLanguage()) + 1) % languages.length];
}

/** A look: `data-look="big"`, `data-contrast="high"`; nothing takes it away. */
export function setLook(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  // the map's colours follow the theme (docs/maps.md)
  root.dataset.theme = root.dataset.contrast ? "dark" : "light";
  if (app.stack.length) show();
}
