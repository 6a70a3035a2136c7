/**
 * Is somebody using the display? What replaces the page waits until nobody is.
 */

/** A face that forgets to say that it is idle is idle after this. */
const FORGOTTEN_MS = 180_000;
/** Between the last touch of a board, which is not meant to be touched, and idleness. */
const UNTOUCHED_MS = 2_000;

let inUse = false;
let lastTouch = -Infinity;
let waiting = [];

/** Say that somebody uses the display; the frame hears touches and keys by itself. */
export function touched() {
  inUse = true;
  lastTouch = performance.now();
}

/** Say that the last person's session has been wiped. */
export function released() {
  inUse = false;
  lastTouch = -Infinity;
  settle();
}

/** Whether nobody uses the display. */
export function isIdle() {
  const since = performance.now() - lastTouch;
  return !inUse || since > (document.body.dataset.kind === "board" ? UNTOUCHED_MS : FORGOTTEN_MS);
}

/** Call back once, when nobody uses the display: never in the middle of a touch. */
export function whenIdle(callback) {
  if (!waiting.includes(callback)) waiting.push(callback);
  setTimeout(settle, 0);
}

function settle() {
  if (!waiting.length || !isIdle()) return;
  const called = waiting;
  waiting = [];
  for (const callback of called) callback();
}

/** Listen for use. */
export function start() {
  for (const name of ["pointerdown", "pointermove", "pointerup", "keydown", "wheel"])
    addEventListener(name, (event) => event.isTrusted && touched(), { capture: true, passive: true });
  setInterval(settle, 1_000);
}
