/**
 * Full operation by a keyboard or a keypad with arrows: forth and back, open, back, start; letters search.
 */

import { app, back, getShown, go, home } from "./kiosk-app.js";
import * as audio from "./kiosk-audio.js";
import { wipe } from "./kiosk-idle.js";

const FOCUSABLE = 'button:not(:disabled), [tabindex="0"]';
/** Keys of the browser and the system that would lead away or change the page. */
const LEADING_AWAY = /^(F\d+|BrowserBack|BrowserForward|BrowserHome|BrowserRefresh|BrowserSearch|ContextMenu|PrintScreen|Pause|Help)$/;

/** What can be reached now, in its order; a question in front of everything has only its own. */
function listStops() {
  const dialog = document.querySelector('[role="alertdialog"]');
  const parts = dialog ? [dialog] : [app.panel, document.querySelector("[data-bar]")];
  return parts.flatMap((part) => Array.from(part.querySelectorAll(FOCUSABLE))).filter((one) => one.offsetParent !== null);
}

/** Go on by so many stops, round and round. */
function move(by) {
  const stops = listStops();
  if (!stops.length) return;
  const at = stops.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length;
  stops[next].focus({ preventScroll: true });
}

/** Go up or down a row: to what is nearest there, of what is above or below. */
function moveUp(by) {
  const stops = listStops();
  const from = document.activeElement;
  const at = stops.includes(from) ? from.getBoundingClientRect() : null;
  if (!at) return move(by);
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [x, y] = middle(at);
  let best = null;
  for (const stop of stops) {
    const box = stop.getBoundingClientRect();
    const [left, top] = middle(box);
    const isBeyond = by > 0 ? box.top >= at.bottom - 2 : box.bottom <= at.top + 2;
    const far = Math.abs(top - y) * 3 + Math.abs(left - x);
    if (isBeyond && (!best || far < best.far)) best = { stop, far };
  }
  return best ? best.stop.focus({ preventScroll: true }) : move(by);
}

const KEYS = {
  ArrowRight: () => move(1),
  ArrowLeft: () => move(-1),
  ArrowDown: () => moveUp(1),
  ArrowUp: () => moveUp(-1),
  Tab: (event) => move(event.shiftKey ? -1 : 1),
  Escape: back,
  Home: home,
  End: wipe,
  AudioVolumeMute: audio.toggle,
};

function press(event) {
  const { key } = event;
  // the staff's own form has a field (enrol.js)
  if (event.target.closest?.("form") && !LEADING_AWAY.test(key)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || LEADING_AWAY.test(key)) {
    // F1 is the button beside the socket of the headphones
    if (key === "F1" && !event.ctrlKey && !event.altKey && !event.metaKey) audio.toggle();
    event.preventDefault();
    return;
  }
  if (getShown() === "attract" && key !== "Enter" && key !== " " && key !== "Tab") home();
  if (key === "Enter" || key === " ") return;
  event.preventDefault();
  if (key in KEYS) KEYS[key](event);
  else if (key === "Backspace") erase();
  else if (/^[\p{L}\p{N}]$/u.test(key)) type(key.toLowerCase());
}

function erase() {
  if (getShown() === "search" && app.stack.at(-1).given.typed) type("Backspace");
  else back();
}

function type(letter) {
  if (document.querySelector('[role="alertdialog"]')) return;
  if (getShown() !== "search") go("search");
  app.panel.querySelector(".k-finder")?.dispatchEvent(new CustomEvent("k-type", { detail: letter }));
}

/** Listen to keys. */
export function start() {
  addEventListener("keydown", press, { capture: true });
}
