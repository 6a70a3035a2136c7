/**
 * How old is what is shown? Asks the server for its version every few seconds, says when that does not
 * work any more, and offers the new page where something on this one has changed.
 *
 * Ages are the longer of what the wall clock and the steady clock say: a phone that slept has a
 * steady clock that stood still, and a wall clock may be set back.
 */

import { getApi, make, notify, page, readPage, say, sayTime, store, tell } from "./page.js";

const POLL_MS = 5_000;
const SLOWEST_MS = 60_000;
const ANSWER_MS = 6_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From which age on, and what it is called (standards: Trust). */
const AGES = [
  [72 * HOUR, "ended"],
  [24 * HOUR, "stale"],
  [10 * MINUTE, "old"],
  [1.5 * MINUTE, "late"],
  [0, "fresh"],
];

let confirmed = null;
let failures = 0;
let timer = 0;
let asking = false;
let seenVersion = page.version;
let shown = "";
let burning = false;
/** What was closed when this page was made: id to name and category; null where nobody knows. */
let baseline = null;

/** Name an age in milliseconds: fresh, late, old, stale or ended. */
function nameAge(age) {
  // a clock that says "before the last contact" was set back: nobody knows how long it has been
  if (!(age >= -MINUTE)) return "old";
  return AGES.find(([from]) => Math.max(age, 0) >= from)[1];
}

/** How long ago what is shown was last known to hold, in milliseconds. */
function getAge() {
  if (!confirmed) return 0;
  const wall = Date.now() - confirmed.wall;
  const steady = performance.now() - confirmed.steady;
  if (wall < -MINUTE) return confirmed.recalled ? wall : steady;
  return Math.max(wall, steady);
}

/** When what is shown was last known to hold, by the server's clock. */
function getConfirmed() {
  return confirmed ? confirmed.server : page.made;
}

/** Whether the last question was answered. */
export function isInContact() {
  return failures === 0;
}

/** Ask once; resolves to whether there was an answer. */
export async function ask() {
  if (asking) return failures === 0;
  asking = true;
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    // the browser keeps the answer and sends its ETag: unchanged costs a few bytes
    const headers = { "Accept-Language": page.language };
    const answer = await fetch(getApi("/now"), { cache: "no-cache", headers, signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    await noteContact(answer, await answer.json());
  } catch {
    failures += 1;
    if (!confirmed) recallContact();
  } finally {
    clearTimeout(limit);
    asking = false;
  }
  render();
  return failures === 0;
}

async function noteContact(answer, now) {
  const wall = Date.now();
  const server = Date.parse(answer.headers.get("Date") || "") || wall;
  const regained = failures > 0;
  failures = 0;
  const changed = now.version !== seenVersion;
  page.current = now.version;
  const closed = new Map();
  for (const { feature, name, category } of (now.closures || []).filter((one) => holds(one, server)))
    closed.set(feature, { feature, name, category });
  baseline ||= changed ? recallClosed() : closed;
  store.set(`closed.${page.venue}`, { version: now.version, ids: [...closed.keys()], closed: [...closed.values()] });
  if ((now.fire?.version || "") !== page.fire || burning) {
    burning = Boolean(now.fire);
    await (await import("./fire.js")).follow(now.fire || null);
  }
  // a server that has lost its store answers, but confirms nothing
  if (now.confirmed === false) confirmed ||= dateBack(server, wall);
  else if (!changed || (await examine(now.version, sayNews(closed)))) {
    // what is shown holds with all that is closed now
    if (changed) baseline = closed;
    confirmed = { server, wall, steady: performance.now() };
  } else if (!confirmed) confirmed = dateBack(server, wall);
  store.set(`seen.${page.venue}`, { version: now.version, server, wall });
  if (regained || changed) tell("contact");
}

/** What is shown was last known to hold when the page says so, however new this answer is. */
function dateBack(server, wall) {
  const age = Math.max(server - page.made, 0);
  return { server: page.made, wall: wall - age, steady: performance.now() - age };
}

function holds({ from, until }, instant) {
  return (!from || Date.parse(from) <= instant) && (!until || instant < Date.parse(until));
}

/** Without an answer: what did this phone know when it last had one? */
function recallContact() {
  const seen = store.get(`seen.${page.venue}`);
  const skew = seen ? seen.wall - seen.server : 0;
  const same = seen && seen.version === page.version;
  const server = same ? seen.server : page.made;
  confirmed = { server, wall: server + skew, steady: performance.now(), recalled: true };
  if (seen && !same && seen.server > page.made) {
    notify("closure", say("change.since"));
  }
}

const MACHINES = new Set(["elevator", "escalator", "movingwalkway"]);
const MOST_NEWS = 2;
const GAP = page.language.startsWith("zh") ? "" : " ";

/** What this phone knew to be closed as this page was made, or null. */
function recallClosed() {
  const known = store.get(`closed.${page.venue}`);
  return known?.closed && known.version === page.version ? new Map(known.closed.map((one) => [one.feature, one])) : null;
}

/** Say what was closed, or is so no more; whether it is open nobody knows here. */
function sayNews(closed) {
  if (!baseline) return "";
  const names = new Set([...closed.values()].map((one) => one.name));
  const list = (these, isNew, word) =>
    [...these.values()]
      .filter((one) => one.name && isNew(one))
      .map((one) => say(`change.${MACHINES.has(one.category) ? "machine" : "place"}-${word}`, { name: one.name }));
  const news = new Set([
    ...list(closed, (one) => !baseline.has(one.feature), "closed"),
    ...list(baseline, (one) => !names.has(one.name), "open"),
  ]);
  return news.size <= MOST_NEWS ? [...news].join(GAP) : "";
}

/** Something changed: true where what is shown still holds. */
async function examine(version, news) {
  const own = document.querySelector("main")?.dataset.digest;
  if (own === undefined || page.kind === "offline") {
    seenVersion = version;
    return true;
  }
  let fresh = null;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    // a server that is in trouble says nothing of this page: it is asked again
    if (answer.status >= 500) return false;
    fresh = readPage(await answer.text());
    seenVersion = version;
    if (fresh.querySelector("main")?.dataset.digest === own) {
      notify("closure", "");
      tell("way", null);
      return true;
    }
  } catch {
    return false;
  }
  const isWay = page.kind === "route" || page.kind === "no-route";
  notify("closure", [news, say(isWay ? "change.way" : "change.page")].filter(Boolean).join(GAP), makeAgain(isWay));
  const held = countHeld(fresh);
  if (held === null) tell("way", null);
  else tell("way", { held, text: [news, say("change.void")].filter(Boolean).join(GAP), makeAgain: () => makeAgain(true) });
  return false;
}

function makeAgain(isWay) {
  const link = make("a", { href: location.href, class: "button" }, say(isWay ? "change.show-way" : "change.show-page"));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  return link;
}

/** How many of the first steps are still right; null: all. */
function countHeld(fresh) {
  const list = (place) => [...place.querySelectorAll("[data-steps] > li[data-level]")].map(readStep);
  const [own, now] = [list(document), list(fresh)];
  const other = own.findIndex((step, index) => step !== now[index]);
  return other < 0 && own.length === now.length ? null : Math.max(other, 0);
}

function readStep(step) {
  const { level, toLevel, from, to } = step.dataset;
  return [level, toLevel, from, to, step.querySelector(".step-text")?.textContent.trim()].join("|");
}

/** Show the map's time, and how far it can be trusted. */
export function render() {
  const age = nameAge(getAge());
  document.documentElement.dataset.contact = age;
  const server = getConfirmed();
  const time = sayTime(server);
  for (const element of document.querySelectorAll("[data-map-time]")) {
    element.textContent = time;
    element.setAttribute("datetime", new Date(server).toISOString());
  }
  const state = `${age} ${time}`;
  if (state === shown) return;
  shown = state;
  const old = age === "old" || age === "stale";
  markUnsure(old ? say("contact.unconfirmed", { time }) : "");
  const desk = page.desk ? make("a", { href: `tel:${page.desk}` }, say("contact.desk", { phone: page.desk })) : null;
  markTime(age === "late" ? say("contact.late") : "");
  notify("contact", age === "fresh" || age === "late" ? "" : say(`contact.${age}`, { time }), desk);
  hideEnded(age === "ended");
  tell("age");
}

/** Mark the map's time; a banner is for what matters. */
function markTime(text) {
  for (const time of document.querySelectorAll("[data-map-time]")) {
    time.parentElement.querySelector(".contact-mark")?.remove();
    if (text) time.after(make("span", { class: "contact-mark" }, ` ${text}`));
  }
}

/** Mark the steps that take a lift or a door with hours. */
function markUnsure(text) {
  for (const step of document.querySelectorAll("[data-unsure]")) {
    step.querySelector(".unconfirmed")?.remove();
    if (text) step.append(make("span", { class: "unconfirmed" }, text));
  }
}

/** What is too old to be trusted at all is not shown. */
function hideEnded(ended) {
  for (const element of document.querySelectorAll("[data-map], [data-steps], .stepper, .way")) {
    if (ended) element.setAttribute("data-ended", "");
    else element.removeAttribute("data-ended");
    if (ended !== (element.dataset.hiddenForAge === "yes")) {
      element.dataset.hiddenForAge = ended ? "yes" : "no";
      element.hidden = ended;
    }
  }
}

function schedule(now = false) {
  clearTimeout(timer);
  if (document.visibilityState === "hidden") return;
  const wait = Math.min(POLL_MS * 2 ** Math.max(failures - 1, 0), SLOWEST_MS);
  timer = setTimeout(run, now ? 0 : wait);
}

async function run() {
  await ask();
  schedule();
}

/** Start asking; goes on as long as the page is open and seen. */
export function start() {
  for (const name of ["visibilitychange", "pageshow", "online"]) {
    (name === "visibilitychange" ? document : window).addEventListener(name, () => schedule(true));
  }
  window.addEventListener("offline", () => schedule(true));
  // between questions, time goes on
  setInterval(() => confirmed && render(), POLL_MS);
  return run();
}
