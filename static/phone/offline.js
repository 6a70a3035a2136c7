/**
 * Fetches in the background what a phone needs when the network is gone: finished ways from every sign to
 * the chosen destinations and to the emergency department, the maps they lead over, a few pages. At most
 * 300 KB a page, what matters most first. Takes over an open page's links where no service worker does.
 */

import { ask, isInContact } from "./live.js";
import { getApi, getMap, make, notify, page, plain, readJson, say, workerAddress } from "./page.js";
import { sendKept } from "./reports.js";
import { CHOSEN, find, findJson, keep, SHELL } from "./shelf.js";

/** Bytes over the network after which nothing more is begun, so that no page takes more than 300 KB. */
const BUDGET = 280_000;
const MODULES = ["page", "live", "map", "steps", "away", "shelf", "car", "fire", "offline", "lost", "report", "reports"];
const EMERGENCY = "nearest:emergency";
const LIKED = ["lang", "look", "theme"];

let spent = 0;
let running = null;

/** Begin: the worker, the stock, the links. */
export async function start() {
  registerWorker();
  listenForLinks();
  document.addEventListener("submit", takeForm);
  document.addEventListener("wf:contact", () => stockUp());
  document.addEventListener("wf:contact", () => sendKept());
  sendKept();
  await stockUp();
}

function registerWorker() {
  try {
    navigator.serviceWorker?.register(workerAddress).catch(() => {});
    // a page that was loading while the worker came to life would go without until the next one
    navigator.serviceWorker?.ready.then((known) => known.active.postMessage("claim"));
  } catch {
    // some web views have the name and not the thing
  }
}

/** Fetch what is missing or outdated; one at a time. */
function stockUp() {
  running ||= fetchAll()
    .catch(() => {})
    .finally(() => {
      running = null;
    });
  return running;
}

async function fetchAll() {
  if (navigator.connection?.saveData && page.kind !== "route") return;
  // ways of the day of a fire are not for later
  if (page.fire || page.burning) return;
  spent = 0;
  const chosen = await choose();
  await keepPage(getShellAddress(), SHELL);
  const packages = [];
  // finished ways hold as long as nothing changes, and not past the hour: doors open and close
  const made = `${page.current}@${new Date().toISOString().slice(0, 13)}`;
  for (const way of chosen.ways) packages.push(await fetchKept(way.address, made));
  packages.push(await fetchKept(chosen.emergency, made));
  await nameWays(chosen, packages);
  const release = page.current.split("-").slice(0, 2).join("-");
  // the further floors of the way in this page: a picture that was never in sight was never fetched
  for (const picture of document.querySelectorAll("[data-map] img[src]")) await fetchKept(plain(picture.src), made);
  await keep(CHOSEN, JSON.stringify(chosen), { "Content-Type": "application/json" });
  for (const name of MODULES) await fetchKept(new URL(`./${name}.js`, import.meta.url).pathname, "static");
  for (const link of document.querySelectorAll('link[rel="stylesheet"][href], link[rel="icon"][href]'))
    await fetchKept(new URL(link.href).pathname, "static");
  await keepPage(getPage(""));
  await keepPage(getPage("/emergency"));
  // the form without a place: whoever meets a closed door in the basement fills it in there
  if (document.querySelector(".report-link")) await keepPage(getPage("/report"));
  if (page.kind !== "offline") await keepPage(location.pathname + location.search);
  if (page.kind === "route" && packages[0]) noteKept();
  for (const level of rankLevels(packages)) await fetchKept(getMap(level), release);
  if (page.kind === "route" && packages[0]) document.documentElement.dataset.kept = "yes";
}

function noteKept() {
  const place = document.querySelector(".map-time");
  if (place && !document.querySelector(".kept")) place.after(make("p", { class: "hint kept" }, say("offline.kept")));
}

/** What this phone leads to: what the page leads to, else what was chosen before. */
async function choose() {
  const before = (await findJson(CHOSEN)) || {};
  const known = before.venue === page.venue ? before.ways || [] : [];
  const asked = page.kind === "route" || page.kind === "no-route" ? page.to : [];
  const ways = asked.map((to) => ({ asked: to, profile: page.profile, address: getSteps(to) }));
  return {
    venue: page.venue,
    ways: ways.length ? ways : known,
    emergency: getSteps(EMERGENCY),
    language: page.language,
  };
}

async function nameWays(chosen, packages) {
  for (const [index, way] of chosen.ways.entries()) {
    const to = packages[index]?.to;
    if (to) Object.assign(way, { id: to.id, name: to.name });
  }
}

function getSteps(to) {
  return getApi("/steps", { to, profile: page.profile, lang: page.language });
}

function getLiked() {
  const here = new URL(location.href).searchParams;
  const liked = LIKED.filter((name) => here.has(name)).map((name) => [name, here.get(name)]);
  return liked.length ? `?${new URLSearchParams(liked)}` : "";
}

function getPage(path) {
  return `/v/${encodeURIComponent(page.venue)}${path}${getLiked()}`;
}

function getShellAddress() {
  return getPage("/offline");
}

/** The levels to fetch: those shown, then those that most ways lead over. */
function rankLevels(packages) {
  const counts = new Map();
  const shown = [...document.querySelectorAll("[data-map][data-level]")].map((figure) => figure.dataset.level);
  for (const level of shown) counts.set(level, Infinity);
  for (const pack of packages) {
    for (const sign of Object.values(pack?.signs || {})) {
      for (const level of new Set([sign.level, ...(sign.way?.legs || []).map(([first]) => first)])) {
        const id = pack.levels[level];
        counts.set(id, (counts.get(id) || 0) + 1);
      }
    }
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([level]) => level);
}

/** Fetch a document unless it is kept for this version; JSON is returned. */
async function fetchKept(address, version) {
  if (!address) return null;
  const kept = await find(address);
  if (kept?.headers.get("X-Kept-For") === version) return readJson(await kept.text());
  if (spent >= BUDGET) return null;
  try {
    let answer = await fetch(address);
    for (let tries = 0; answer.status === 503 && tries < 3; tries += 1) {
      // many phones ask at once: this one can wait
      const wait = Number(answer.headers.get("Retry-After")) || 2;
      await new Promise((done) => setTimeout(done, 1000 * wait * (1 + Math.random())));
      answer = await fetch(address);
    }
    if (!answer.ok) return null;
    // a program that does not have a file (yet) answers with what it has, and promises nothing
    if (version === "static" && !(answer.headers.get("Cache-Control") || "").includes("immutable")) return null;
    const text = await answer.text();
    const size = measure(address, text);
    // one that is too large for what is left does not use up what smaller ones still fit in
    spent += size;
    const type = answer.headers.get("Content-Type") || "text/plain";
    await keep(address, text, { "Content-Type": type, "X-Kept-For": version });
    return readJson(text);
  } catch {
    return null;
  }
}

async function keepPage(address, name = address) {
  const kept = await find(name);
  if (kept?.headers.get("X-Kept-For") === page.current && kept.headers.get("X-Kept-From") === address) return;
  if (spent >= BUDGET) return;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    // what staff are shown beside it, and pages of the day of a fire, are not for later
    if (!answer.ok || (answer.headers.get("Cache-Control") || "").includes("no-store")) return;
    const text = await answer.text();
    spent += measure(address, text);
    const headers = { "Content-Type": "text/html; charset=utf-8", "X-Kept-For": page.current, "X-Kept-From": address };
    for (const guard of ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"]) {
      const value = answer.headers.get(guard);
      if (value) headers[guard] = value;
    }
    await keep(name, text, headers);
  } catch {
    // the next page tries again
  }
}

/** Bytes that an answer took over the network. */
function measure(address, text) {
  const [entry] = performance.getEntriesByName(new URL(address, location.href).href).slice(-1);
  if (entry && "encodedBodySize" in entry) return entry.transferSize || 0;
  return text.length / 3;
}

/** Without a service worker, a page that is left without network is lost: look before leaving. */
function listenForLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (navigator.serviceWorker?.controller || link.target || link.origin !== location.origin) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault();
    leave(link.href, () => location.assign(link.href));
  });
}

async function leave(address, go) {
  if (await ask()) {
    go();
    return;
  }
  if (!(await showKept(new URL(address)))) notify("offline", say("offline.stay"));
}

/** A form that asks for a page: the same, and a sign's code is answered from what is kept. */
async function takeForm(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get" || form.dataset.going) return;
  if (navigator.serviceWorker?.controller && isInContact()) return;
  event.preventDefault();
  const go = () => {
    form.dataset.going = "yes";
    form.requestSubmit(event.submitter || undefined);
  };
  if (await ask()) {
    go();
    return;
  }
  const code = new FormData(form).get("start");
  if (form.matches("[data-from-here]") && typeof code === "string" && code.trim()) {
    const to = page.to.map(encodeURIComponent).join("/");
    const path = `/v/${encodeURIComponent(page.venue)}/go/${encodeURIComponent(code.trim())}/${to}`;
    if (await showKept(new URL(path, location.href))) return;
  }
  if (navigator.serviceWorker?.controller) go();
  else notify("offline", say("offline.stay"));
}

async function showKept(address) {
  const away = await import("./away.js");
  return away.open(address, { replaces: true });
}
