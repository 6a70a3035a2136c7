/**
 * Nobody touches the kiosk any more: a warning with time to go on, then everything of the last person is gone.
 */

import { given, make, released, say, touched } from "./frame.js";
import { app, getShown, go, reset, setLanguage } from "./kiosk-app.js";
import { draw, makeButton } from "./kiosk-parts.js";

/** Untouched for so long, somebody is asked; who has the page read aloud needs longer (ours). */
const ASK_MS = 60_000;
const ASK_ALOUD_MS = 120_000;
/** Time to go on once asked: at least 20 s (EN 301 549, WCAG 2.2.1), and some to walk up to it. */
export const WARNING_S = 25;
const TICK_MS = 1_000;

const root = document.documentElement;
const forgetters = [];
let last = performance.now();
let asked = null;
let dialog = null;
let before = null;

/** Call back when everything of the last person is to be forgotten. */
export function onWipe(callback) {
  forgetters.push(callback);
}

/** Forget everything of the last person, and wait for the next one. */
export function wipe() {
  close();
  for (const forget of forgetters) forget();
  delete root.dataset.look;
  delete root.dataset.contrast;
  root.dataset.theme = "light";
  try {
    sessionStorage.clear();
  } catch {
    // where there is no storage nothing is in it
  }
  app.stack.length = 0;
  setLanguage(given.languages[0]);
  reset("attract");
  app.map.whole();
  scrollTo(0, 0);
  released();
}

function isAtRest() {
  return getShown() === "attract";
}

function use(event) {
  last = performance.now();
  // a finger takes the question away when it goes up: what lies below is not meant
  if (dialog && event.type === "keydown" && event.key !== "Enter" && event.key !== " ") goOn();
}

function goOn() {
  last = performance.now();
  touched();
  close();
}

function goToEmergency() {
  goOn();
  if (getShown() !== "emergency") go("emergency");
}

function close() {
  asked = null;
  dialog?.remove();
  dialog = null;
  for (const part of document.querySelectorAll("[data-stage], [data-panel], [data-bar]")) part.inert = false;
  before?.focus?.({ preventScroll: true });
  before = null;
}

function ask() {
  asked = performance.now();
  before = document.activeElement;
  const count = make("p", { class: "k-idle-text" });
  const more = makeButton(say("kiosk.idle.go-on"), "i-check", goOn, { kind: "k-primary" });
  const end = makeButton(say("kiosk.idle.end"), "i-close", wipe, { kind: "k-button" });
  // emergency stays one tap away
  const help = makeButton(say("kiosk.emergency"), "s-emergency", goToEmergency, { kind: "k-primary is-emergency" });
  const title = make("h2", { id: "k-idle-title" }, draw("i-clock"), make("span", {}, say("kiosk.idle.title")));
  dialog = make(
    "div",
    { class: "k-idle", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "k-idle-title", "aria-describedby": "k-idle-text" },
    make("div", { class: "k-idle-box" }, title, count, make("div", { class: "k-idle-buttons" }, more, end, help)),
  );
  count.id = "k-idle-text";
  for (const part of document.querySelectorAll("[data-stage], [data-panel], [data-bar]")) part.inert = true;
  dialog.addEventListener("click", (event) => event.target.closest("button") ?? goOn());
  document.body.append(dialog);
  tellLeft();
  more.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("k-asked", { detail: `${say("kiosk.idle.title")} ${count.textContent}` }));
}

function tellLeft() {
  const left = Math.ceil((WARNING_S * 1_000 - (performance.now() - asked)) / 1_000);
  document.getElementById("k-idle-text").textContent = say("kiosk.idle.text", { count: Math.max(left, 0) });
  return left;
}

function tick() {
  if (isAtRest()) return;
  const now = performance.now();
  if (dialog) {
    if (tellLeft() <= 0) wipe();
  } else if (now - last >= (root.dataset.audio ? ASK_ALOUD_MS : ASK_MS)) ask();
}

/** Watch. */
export function start() {
  for (const name of ["pointerdown", "keydown", "wheel"])
    addEventListener(name, (event) => event.isTrusted && use(event), { capture: true, passive: true });
  setInterval(tick, TICK_MS);
}
