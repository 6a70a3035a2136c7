/**
 * Only what buttons do happens: no menus, no selection, no dragging out, no gestures of the browser, no second finger.
 *
 * Old hands press long: a press counts when the finger goes up on the button on which it came down, however long that
 * took. While more than one finger is down nothing is pressed.
 */

/** A finger may slide so far and still mean the button: hands tremble. */
const SLIP_PX = 48;
/** The browser's own click comes within this after the finger went up, if it comes. */
const CLICK_MS = 150;
/** A click that comes still later than ours is the same press. */
const ECHO_MS = 800;

const fingers = new Map();
let isCrowded = false;
let pressed = null;

function prevent(event) {
  // the staff may type and paste where the display enrols (enrol.js)
  if (event.target.localName !== "input" || event.type === "contextmenu") event.preventDefault();
}

/** Keep the browser's own ways out shut. */
function shut() {
  for (const name of ["contextmenu", "selectstart", "dragstart", "drop", "dragover", "copy", "cut", "paste", "gesturestart", "gesturechange", "auxclick"])
    addEventListener(name, prevent, { capture: true });
  addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { capture: true, passive: false });
  addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { capture: true, passive: false });
  addEventListener("touchstart", (event) => event.touches.length > 1 && event.preventDefault(), { capture: true, passive: false });
  // a link would lead away, or put what somebody looked at into the history
  addEventListener("click", (event) => event.target.closest?.("a[href]") && event.preventDefault(), { capture: true });
  addEventListener("submit", prevent, { capture: true });
  // whoever finds a way to go back, by a gesture or a key, comes to this page again
  history.pushState(null, "", location.href);
  addEventListener("popstate", () => history.pushState(null, "", location.href));
}

function down(event) {
  // the first of all fingers: whatever is left here of earlier ones, nobody told that they went up
  if (event.isPrimary) fingers.clear();
  fingers.set(event.pointerId, event);
  if (fingers.size > 1) {
    isCrowded = true;
    release();
    return;
  }
  isCrowded = false;
  clearTimeout(waiting);
  const button = event.target.closest?.("button");
  if (!button || button.disabled || event.button > 0) return;
  pressed = { button, x: event.clientX, y: event.clientY, id: event.pointerId };
  button.classList.add("is-pressed");
}

function release() {
  pressed?.button.classList.remove("is-pressed");
  pressed = null;
}

function up(event) {
  fingers.delete(event.pointerId);
  const mine = pressed?.id === event.pointerId ? pressed : null;
  if (!fingers.size && !mine) release();
  if (!mine) return;
  release();
  const slipped = Math.hypot(event.clientX - mine.x, event.clientY - mine.y) > SLIP_PX;
  if (isCrowded || slipped || event.pointerType === "mouse") return;
  // the browser makes no click of a long press, nor of one that slid: then ours comes
  waiting = setTimeout(() => {
    oursAt = performance.now();
    if (mine.button.isConnected) mine.button.click();
  }, CLICK_MS);
}

let waiting = 0;
let oursAt = -Infinity;

function pass(event) {
  if (!event.isTrusted || event.detail === 0) return;
  clearTimeout(waiting);
  const isEcho = performance.now() - oursAt < ECHO_MS && event.pointerType !== "mouse";
  if (!isCrowded && !isEcho) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Watch over fingers. */
export function start() {
  shut();
  addEventListener("pointerdown", down, { capture: true });
  addEventListener("pointerup", up, { capture: true });
  addEventListener("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    release();
  }, { capture: true });
  addEventListener("click", pass, { capture: true });
  addEventListener("blur", () => {
    fingers.clear();
    release();
  });
}
