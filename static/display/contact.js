/**
 * Asks the server every two seconds what holds, and tells the faces: closures, notices, fire, how old all that is.
 */

import { Ages } from "./ages.js";
import { fetchOwn } from "./documents.js";
import { given, readJson, store } from "./given.js";

export const POLL_MS = 2_000;
const SLOWEST_MS = 15_000;
const ANSWER_MS = 6_000;
const SAVE_MS = 30_000;
const ADDRESS = `/api/v1/displays/${encodeURIComponent(given.id)}/now`;

const ages = new Ages({ wall: () => Date.now(), steady: () => performance.now() });
const listeners = [];
let now = null;
let hasAsked = false;
let failures = 0;
let timer = 0;
let asking = null;
let told = "";

/**
 * What is known: `now`, the server's last document, or null; `confirmed`, when it last confirmed what is shown, by its
 * clock; `age` of that in ms by the steady clock; `contact`, what the age is called (fresh, late, old, stale, ended);
 * `online`, whether the last question was answered; `time`, the server's time now in ms, or null.
 */
export function state() {
  return {
    now,
    confirmed: ages.known?.server ?? null,
    age: ages.get(),
    contact: ages.name(failures === 0),
    online: hasAsked && failures === 0,
    time: ages.getServerTime(failures === 0),
  };
}

/** Call back now and whenever the document or the name of the age changes. */
export function onState(callback) {
  listeners.push(callback);
  callback(state());
}

function tell() {
  const current = state();
  const said = JSON.stringify([current.now, current.contact, current.online]);
  if (said === told) return;
  told = said;
  for (const listener of listeners) {
    try {
      listener(current);
    } catch (error) {
      // one face's mistake keeps nothing from the others; the watchdog counts it
      setTimeout(() => {
        throw error;
      }, 0);
    }
  }
}

/** Ask once, now; resolves to whether there was an answer. */
export function ask() {
  asking ||= askOnce().finally(() => (asking = null));
  return asking;
}

async function askOnce() {
  try {
    // the browser keeps the answer and sends its ETag: unchanged costs a few bytes
    const [answer, content] = await fetchOwn(ADDRESS, { cache: "no-cache", timeout: ANSWER_MS });
    const document = readJson(new TextDecoder().decode(content));
    if (!document || typeof document !== "object") throw new Error("no document");
    failures = 0;
    note(document, Date.parse(answer.headers.get("Date") || "") || Date.now());
  } catch {
    failures += 1;
  }
  hasAsked = true;
  tell();
  return failures === 0;
}

function note(document, server) {
  const text = JSON.stringify(document);
  if (text !== JSON.stringify(now)) store.set("now", document);
  now = document;
  // a server that has lost its store answers, but confirms nothing
  if (document.confirmed !== false) ages.confirm(server);
}

function save() {
  const saved = ages.save();
  if (saved) store.set("contact", saved);
}

async function run() {
  clearTimeout(timer);
  await ask();
  clearTimeout(timer);
  const wait = Math.min(POLL_MS * 2 ** Math.max(failures - 1, 0), SLOWEST_MS);
  // five hundred displays do not ask in step
  timer = setTimeout(run, wait * (0.85 + 0.3 * Math.random()));
}

/** Begin with what was known before the last restart, and ask as long as the page is open. */
export function start() {
  now = store.get("now");
  ages.recall(store.get("contact"), given.made);
  tell();
  // time goes on between questions, and while nobody answers
  setInterval(tell, 1_000);
  setInterval(save, SAVE_MS);
  addEventListener("pagehide", save);
  for (const name of ["online", "offline"]) addEventListener(name, run);
  run().then(save);
}
