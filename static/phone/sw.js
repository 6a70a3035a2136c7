/**
 * The service worker. With a network it stays out of the way and keeps what pages were seen; without
 * one it answers with them, or with the page that shows a way from what is kept (away.js).
 * A classic script without imports: every browser with service workers runs it.
 */

"use strict";

const CACHE = "wayfinder-1";
const CHOSEN = "/kept/chosen";
const SHELL = "/kept/shell";
const REPORTS = "/kept/reports";
const PATIENCE_MS = 4000;
const LAST_MS = 72 * 3600 * 1000;
const MOST_PAGES = 40;
const IS_PAGE = /^\/(v|s)\//i;
/** A form that serves for whatever place is in the address. */
const IS_REPORT = /^\/v\/[^/]+\/report$/;
const LIKED = ["lang", "look", "theme"];
const IS_MAP = /^\/v\/[^/]+\/map\//;
/** Parameters that change a page; messengers add others. */
const OURS = ["lang", "profile", "look", "theme", "here", "q", "at", "stop", "to", "order", "start"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

self.addEventListener("message", (event) => event.data === "claim" && event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(answerFile(request));
  else if (request.destination === "image" && IS_MAP.test(address.pathname)) event.respondWith(answerPicture(request));
});

// reports that pages could not send: the browser wakes this when there is a network again
self.addEventListener("sync", (event) => event.tag === "wf-reports" && event.waitUntil(sendReports()));

async function sendReports() {
  const cache = await caches.open(CACHE);
  const read = async () => (await (await cache.match(REPORTS))?.json()) || [];
  const over = new Set();
  let isLate = false;
  for (const report of await read()) {
    const age = Date.now() - report.at;
    over.add(report.fields.key);
    if (age > LAST_MS) continue;
    const fields = { ...report.fields, age_min: String(Math.max(0, Math.round(age / 60_000))) };
    const body = new URLSearchParams(fields);
    const answer = await fetch(report.address, { method: "POST", body, credentials: "omit" }).catch(() => null);
    if (answer && answer.status < 500) continue;
    isLate = true;
    over.delete(report.fields.key);
  }
  // what was kept while these were sent stays
  const left = (await read()).filter(({ fields }) => !over.has(fields.key));
  await cache.put(REPORTS, new Response(JSON.stringify(left), { headers: { "Content-Type": "application/json" } }));
  // who fails is woken again
  if (isLate) throw new Error("later");
}

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("wayfinder-") && name !== CACHE) await caches.delete(name);
  }
}

/** The address under which a page is kept: without what is not ours. */
function name(address) {
  const ours = IS_REPORT.test(address.pathname) ? LIKED : OURS;
  const kept = new URLSearchParams(ours.flatMap((key) => address.searchParams.getAll(key).map((value) => [key, value])));
  const asked = kept.toString();
  return address.pathname + (asked ? `?${asked}` : "");
}

async function answerPage(event, address) {
  const cache = await caches.open(CACHE);
  const fetched = fetch(event.request);
  const answered = fetched.then(
    (answer) => {
      if (isPage(answer)) event.waitUntil(keepPage(cache, name(address), answer.clone()));
      return answer;
    },
    () => null,
  );
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, "late"));
  const first = await Promise.race([answered, late]);
  // an answer that says "not now" is no better than none
  if (first && first !== "late" && first.status < 500) return first;
  const kept = await findKept(cache, address);
  if (kept) return kept;
  // slow is better than a page that can only say that there is no network
  return (await answered) || (await cache.match(SHELL, { ignoreVary: true })) || Response.error();
}

function isPage(answer) {
  // pages of the day of a fire are not for later
  if ((answer.headers.get("Cache-Control") || "").includes("no-store")) return false;
  return answer.ok && !answer.redirected && (answer.headers.get("Content-Type") || "").startsWith("text/html");
}

/** What is kept for an address: a way from the sign that was scanned, the page itself, a page that can draw it. */
async function findKept(cache, address) {
  const shell = await cache.match(SHELL, { ignoreVary: true });
  const chosen = shell && (await cache.match(CHOSEN));
  const ways = chosen ? (await chosen.json()).ways : [];
  if (/^\/s\//i.test(address.pathname) && ways.length) return shell;
  const own = await cache.match(name(address), { ignoreVary: true });
  if (own && Date.now() - Number(own.headers.get("X-Kept-At") || 0) < LAST_MS) return own;
  return /^\/v\/[^/]+\/(go\/[^/]+\/|floor\/|emergency)/.test(address.pathname) && chosen ? shell : null;
}

async function keepPage(cache, address, answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  for (const sent of ["Content-Encoding", "Content-Length"]) headers.delete(sent);
  await cache.put(address, new Response(await answer.blob(), { status: 200, headers }));
  // the oldest come first
  const paths = (await cache.keys()).map(({ url }) => url).filter((url) => IS_PAGE.test(new URL(url).pathname));
  const isMap = (url) => IS_MAP.test(new URL(url).pathname);
  const maps = paths.filter((url) => isMap(url) && url.includes("/go/"));
  const pages = paths.filter((url) => !isMap(url));
  for (const old of [...pages.slice(0, -MOST_PAGES), ...maps.slice(0, -MOST_PAGES)]) await cache.delete(old);
}

/** Static files never change under their address. */
async function answerFile(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    // a program that does not have it (yet) answers with what it has, and promises nothing
    if (answer.ok && (answer.headers.get("Cache-Control") || "").includes("immutable")) {
      await cache.put(request.url, answer.clone());
      for (const other of await listOthers(cache, path)) await cache.delete(other);
    }
    return answer;
  } catch (error) {
    // a page that was kept before the program changed: the newer file does
    const [other] = await listOthers(cache, path);
    if (other) return cache.match(other, { ignoreVary: true });
    throw error;
  }
}

/** The same file under other hashes: what another version of the program had in its place. */
async function listOthers(cache, path) {
  const getName = (address) => address.split("/").slice(3).join("/");
  const isOther = (other) => other !== path && other.startsWith("/static/") && getName(other) === getName(path);
  return (await cache.keys()).filter(({ url }) => isOther(new URL(url).pathname));
}

/** Pictures of floors: the newest, else the last, in whatever colours. */
async function answerPicture(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const address = new URL(request.url);
    address.searchParams.delete("theme");
    const cache = await caches.open(CACHE);
    const kept = await cache.match(address.href, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
