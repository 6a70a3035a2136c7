/**
 * Looks after the page: one that fails, grows or stands still is loaded again, less and less often.
 */

import { store } from "./given.js";
import { isIdle } from "./idle.js";
import { hasRendered, report } from "./reports.js";

const LOOK_MS = 1_000;
const FIRST_PICTURE_MS = 30_000;
const STANDSTILL_MS = 60_000;
const MOST_ERRORS = 5;
const ERRORS_WITHIN_MS = 60_000;
/** Growth of the memory that is put up with until nobody uses the display, and in no case. */
const MUCH = 3;
const TOO_MUCH = 0.8;
const SMALL = 150e6;
/** Time between two reloads: doubles each time, forgotten after an hour without one. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 3_600_000;
const HEALTHY_MS = 3_600_000;

let failed = [];
let frame = performance.now();
let leastMemory = Infinity;

function reload(reason) {
  const count = store.get("reloads") || 0;
  if (performance.now() < Math.min(SHORTEST_MS * 2 ** Math.max(count - 1, 0), LONGEST_MS) && count) return;
  store.set("reloads", count + 1);
  store.set("reason", reason);
  location.reload();
}

function hearError(event) {
  report("error", event.error || event.reason);
  const since = performance.now() - ERRORS_WITHIN_MS;
  failed = [...failed.filter((at) => at > since), performance.now()];
  if (failed.length >= MOST_ERRORS) reload("errors");
}

function look() {
  const now = performance.now();
  if (now > HEALTHY_MS) store.set("reloads", 0);
  if (!hasRendered() && now > FIRST_PICTURE_MS) reload("blank");
  if (document.visibilityState === "visible" && now - frame > STANDSTILL_MS) reload("standstill");
  lookAtMemory();
}

function lookAtMemory() {
  const { usedJSHeapSize: used, jsHeapSizeLimit: limit } = performance.memory || {};
  if (!used) return;
  leastMemory = Math.min(leastMemory, used);
  if (used > TOO_MUCH * limit) reload("memory");
  if (used > SMALL && used > MUCH * leastMemory && isIdle()) reload("memory");
}

function beat() {
  frame = performance.now();
  setTimeout(() => requestAnimationFrame(beat), LOOK_MS);
}

/** Start looking. */
export function start() {
  addEventListener("error", hearError);
  addEventListener("unhandledrejection", hearError);
  document.addEventListener("visibilitychange", () => (frame = performance.now()));
  requestAnimationFrame(beat);
  setInterval(look, LOOK_MS);
}
