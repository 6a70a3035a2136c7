/**
 * Looks after the page: one that fails, grows or stands still is opened anew, less and less often. What cannot run any
 * more is looked after by the worker (sw.js), what does not answer at all by the machine (docs/displays.md).
 */

import { store } from "./given.js";
import { isIdle } from "./idle.js";
import { reopen } from "./keeper.js";
import { countErrors, hasRendered, report } from "./reports.js";

const LOOK_MS = 1_000;
const FIRST_PICTURE_MS = 30_000;
/** So many looks without a picture between them. */
const STANDSTILL = 60;
/** So many errors within so long: at once, whoever uses it. */
const MOST_ERRORS = 5;
const ERRORS_WITHIN_MS = 60_000;
/** A page that had a single error is opened anew when nobody uses it. */
const HEAL_MS = 300_000;
/** Growth of the memory: when nobody uses it, and in no case. */
const MUCH = 3;
const MUCH_BYTES = 150e6;
const TOO_MUCH = 0.8;
/** Time until the next reload: doubles each time, and is forgotten after an hour without one. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 3_600_000;
const HEALTHY_MS = 3_600_000;

let failed = [];
let missed = 0;
let leastMemory = Infinity;
let isLeaving = false;

/** How long a page must have been open before it may be opened anew. */
export function getPatience(reloads) {
  return reloads ? Math.min(SHORTEST_MS * 2 ** (reloads - 1), LONGEST_MS) : 0;
}

function reload(reason) {
  const reloads = store.get("reloads") || 0;
  if (isLeaving || performance.now() < getPatience(reloads)) return;
  isLeaving = true;
  store.set("reloads", reloads + 1);
  store.set("reason", reason);
  reopen();
}

function hearError(event) {
  report("error", event.error || event.reason);
  const now = performance.now();
  failed = [...failed.filter((at) => at > now - ERRORS_WITHIN_MS), now].slice(-MOST_ERRORS);
}

/** What is wrong with the page, or nothing. */
function findFault(now) {
  if (!hasRendered() && now > FIRST_PICTURE_MS) return "blank";
  if (failed.length >= MOST_ERRORS && failed[0] > now - ERRORS_WITHIN_MS) return "errors";
  if (missed > STANDSTILL) return "standstill";
  const { usedJSHeapSize: used, jsHeapSizeLimit: limit } = performance.memory || {};
  if (used > TOO_MUCH * limit) return "memory";
  if (!isIdle()) return "";
  if (countErrors() && now > HEAL_MS) return "error";
  leastMemory = Math.min(leastMemory, used || Infinity);
  return used > MUCH_BYTES && used > MUCH * leastMemory ? "memory" : "";
}

function look() {
  const now = performance.now();
  missed = document.visibilityState === "visible" ? missed + 1 : 0;
  if (now > HEALTHY_MS && store.get("reloads")) store.set("reloads", 0);
  const fault = findFault(now);
  if (fault) reload(fault);
}

/** A browser that still draws answers within a frame; asked once a second, it costs nothing. */
function beat() {
  missed = 0;
  setTimeout(() => requestAnimationFrame(beat), LOOK_MS);
}

/** Start looking. */
export function start() {
  addEventListener("error", hearError);
  addEventListener("unhandledrejection", hearError);
  requestAnimationFrame(beat);
  setInterval(look, LOOK_MS);
}
