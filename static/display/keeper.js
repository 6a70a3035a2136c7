/**
 * The page's side of the service worker: it is told to look for something new, and what it has got
 * is shown when nobody uses the display.
 */

import { onState } from "./contact.js";
import { given, workerAddress } from "./given.js";
import { whenIdle } from "./idle.js";

/** Looks without a reason: what came too late, a new program. */
const LOOK_MS = 60_000;
const RETRY_MS = 30_000;
const UPDATE_MS = 3_600_000;

let registration = null;
let seen = null;
let isReady = false;

/** Say something to the worker. */
export function tellWorker(message) {
  registration?.active?.postMessage(message);
}

async function register() {
  try {
    registration = await navigator.serviceWorker.register(workerAddress, { scope: given.path, updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    tellWorker({ do: "look" });
  } catch {
    // it installs only with everything that it needs; without a network it is tried again
    setTimeout(register, RETRY_MS);
  }
}

function hear({ data }) {
  if (data?.did === "fill") {
    isReady = true;
    whenIdle(swap);
  }
  // the worker has made the new slot the current one
  if (data?.did === "swap") location.reload();
}

function swap() {
  if (isReady) tellWorker({ do: "swap" });
  isReady = false;
}

/** Start keeping. */
export function start() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", hear);
  register();
  onState(({ now, online }) => {
    const version = online && now ? JSON.stringify([now.version, now.release, now.conditions, now.package, now.ways]) : seen;
    if (version === seen) return;
    seen = version;
    tellWorker({ do: "look" });
  });
  setInterval(() => tellWorker({ do: "look" }), LOOK_MS);
  setInterval(() => registration?.update().catch(() => {}), UPDATE_MS);
}
