/**
 * The page's side of the service worker: it is told to look for something new, and what it has got
 * is shown when nobody uses the display.
 */

import { onState, state } from "./contact.js";
import { fetchOwn } from "./documents.js";
import { given, workerAddress } from "./given.js";
import { whenIdle } from "./idle.js";

/** Looks without a reason: what came too late, a new program. */
const LOOK_MS = 60_000;
const RETRY_MS = 30_000;
const UPDATE_MS = 3_600_000;

let registration = null;
let unsaid = [];
let seen = null;

/** Say something to the worker, as soon as there is one. */
export function tellWorker(message) {
  const worker = registration?.active || navigator.serviceWorker?.controller;
  if (worker) worker.postMessage(message);
  else if (unsaid.length < 10) unsaid.push(message);
}

/** Open the page anew, as after a start of the browser. */
export function reopen() {
  location.replace(given.path);
}

async function register() {
  try {
    registration = await navigator.serviceWorker.register(workerAddress, { scope: given.path, updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  } catch {
    // it installs only with everything that it needs; without a network it is tried again
    setTimeout(register, RETRY_MS);
    return;
  }
  const said = unsaid;
  unsaid = [];
  for (const message of [...said, { do: "look" }]) tellWorker(message);
}

function hear({ data }) {
  if (data?.did === "fill") whenIdle(swap);
  // the worker has made the new slot the current one
  if (data?.did === "swap") reopen();
}

function swap() {
  tellWorker({ do: "swap" });
}

/** Tell the worker when the server says that something is new. */
function listen(look) {
  onState(({ now, online }) => {
    // what is told in a building on fire, no ways, is not for later
    if (!online || !now || now.fire?.here) return;
    // release, conditions and fire are in it
    if (now.version === seen) return;
    seen = now.version;
    look();
  });
}

/** Without a worker (no https): a page that is no longer the newest is opened anew, if there is an answer. */
async function lookAlone() {
  try {
    const [, content] = await fetchOwn(`${given.path}/kept`, { cache: "no-cache" });
    const { version } = JSON.parse(new TextDecoder().decode(content));
    if (version !== document.body.dataset.kept) whenIdle(reopen);
  } catch {
    // the next look
  }
}

/** Start keeping. */
export function start() {
  const { serviceWorker, storage } = navigator;
  if (!serviceWorker) {
    listen(lookAlone);
    return;
  }
  // what is kept is not to make room for anything else
  storage?.persist?.().catch(() => {});
  serviceWorker.addEventListener("message", hear);
  register();
  listen(() => tellWorker({ do: "look" }));
  setInterval(() => state().now?.fire?.here || tellWorker({ do: "look" }), LOOK_MS);
  setInterval(() => registration?.update().catch(() => {}), UPDATE_MS);
}
