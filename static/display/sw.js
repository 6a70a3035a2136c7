/**
 * The service worker of one display. It keeps all that the display needs in one of two slots and answers from it,
 * network or not; something new is loaded whole into the other slot, checked, and takes over when the page says so.
 * A classic script without imports: the browser keeps it by itself, whatever happens to our slots.
 */

"use strict";

const HEADER = "X-Wayfinder";
/** Changes when a slot is written in another way; older ones are left behind. */
const FORMAT = "1";
const SCOPE = new URL(self.registration.scope).pathname;
const PREFIX = `display-${FORMAT}:${SCOPE}:`;
const STATE = `${PREFIX}state`;
const SLOTS = ["a", "b"];
/** Never asked of the server. */
const POINTER = "/kept/pointer";
const MANIFEST = "/kept/manifest";
const BEGUN = "/kept/begun";
const LIST = `${SCOPE}/kept`;

const ANSWER_MS = 20_000;
const FIRST_PAGE_MS = 4_000;
/** Pages that never showed anything, after which the other slot has another try. */
const MOST_TRIES = 3;
/** Times that a page is looked for which has not said that it shows something. */
const MOST_LOOKS = 4;
/** Looks after which a program that never showed anything is tried once more: a few hours. */
const MOST_REFUSALS = 360;
/** How often a list may change while what it lists is loaded. */
const MOST_ROUNDS = 3;
/** Headers of an answer that are kept with it. */
const KEPT = ["Content-Type", "Content-Language", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", HEADER];

const WAITING = `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>Wayfinder</title>
<style>body{margin:0;min-height:100vh;display:grid;place-content:center;gap:4vmin;background:#0b5a8a;color:#fff;
font:5vmin/1.4 system-ui,"Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;text-align:center}p{margin:0}</style>
<p>导航屏正在准备，请问工作人员。</p><p lang="en">This screen is getting ready. Please ask our staff.</p></html>`;

/** How long a page may take until it says that it shows something. */
let firstPictureMs = 60_000;
let checked = null;
let looking = null;
let isAsked = false;
const rendered = new Set();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(hear(event)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(answerPage(request, address));
    event.waitUntil(lookAfter(event.resultingClientId));
  }
  // who wants the newest asks the server itself
  else if (request.cache === "default") event.respondWith(answerFile(request, address));
});

/** A worker that has nothing to show is none: it installs with everything, or not yet. */
async function install() {
  await alone(async () => {
    const pointer = await readPointer();
    if (!(await findSlot(pointer))) await writePointer({ ...pointer, slot: await fill(pointer.slot), tries: 0 });
  });
  await self.skipWaiting();
}

async function activate() {
  const own = `${PREFIX.slice(0, -1)}`;
  for (const name of await caches.keys()) {
    const [kind, scope] = name.split(":");
    if (kind.startsWith("display-") && scope === SCOPE && !name.startsWith(own)) await caches.delete(name);
  }
  await self.clients.claim();
}

async function hear({ data, source }) {
  const what = data?.do;
  if (what === "look") await look();
  if (what === "swap") await swap();
  if (what === "rendered") {
    rendered.add(source?.id);
    await note({ tries: 0 });
  }
}

/** A page that shows nothing, or whose scripts do not even run, is opened again; in the end from the other slot. */
async function lookAfter(id) {
  // on a slow machine the page may not even be there when it should have shown something
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await new Promise((done) => setTimeout(done, firstPictureMs));
    if (rendered.delete(id)) return;
    const page = await self.clients.get(id);
    if (page && (await page.navigate(SCOPE).then(() => true, () => false))) return;
  }
}

/* Slots */

/**
 * {slot, tries, bad, refusals}: which slot is current, how often its page was opened without showing anything; which
 * program and release never showed anything, and how often it was refused since.
 */
async function readPointer() {
  try {
    const kept = await (await caches.open(STATE)).match(POINTER);
    const pointer = await kept.json();
    if (SLOTS.includes(pointer.slot)) return pointer;
  } catch {
    // half written, or never: the slots themselves tell which is the newer
  }
  const serials = await Promise.all(SLOTS.map(readSerial));
  return { slot: serials[1] > serials[0] ? "b" : "a", tries: 0 };
}

async function writePointer(pointer) {
  await (await caches.open(STATE)).put(POINTER, new Response(JSON.stringify(pointer)));
}

async function note(values) {
  await writePointer({ ...(await readPointer()), ...values });
}

function other(slot) {
  return slot === "a" ? "b" : "a";
}

function openSlot(slot) {
  return caches.open(PREFIX + slot);
}

async function readManifest(slot) {
  try {
    const kept = await (await openSlot(slot)).match(MANIFEST);
    return kept ? await kept.json() : null;
  } catch {
    return null;
  }
}

/** Which fill the slot has: of the two the newer one has the higher number. */
async function readSerial(slot) {
  return (await readManifest(slot))?.serial || 0;
}

/** The current slot if it is whole, else the other one if that is; else null. */
async function findSlot(pointer) {
  const order = pointer.tries >= MOST_TRIES ? [other(pointer.slot), pointer.slot] : [pointer.slot, other(pointer.slot)];
  for (const slot of order) if (await isWhole(slot)) return slot;
  return null;
}

/** Whether all that a slot needs is there, as it was sent. */
async function isWhole(slot) {
  const manifest = await readManifest(slot);
  if (!manifest?.files) return false;
  const cache = await openSlot(slot);
  const found = await Promise.all(
    Object.entries(manifest.files).map(async ([path, mark]) => (await read(cache, path))?.mark === mark),
  );
  return found.every(Boolean);
}

/** Read what a cache has under a path: {mark, content, answer}, null where it is damaged or missing. */
async function read(cache, path) {
  try {
    const answer = await cache.match(path, { ignoreVary: true });
    if (!answer) return null;
    const content = await answer.arrayBuffer();
    const mark = await hash(content);
    return mark === answer.headers.get(HEADER) ? { mark, content, answer } : null;
  } catch {
    return null;
  }
}

async function hash(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetch what is ours and whole: {mark, content, answer}; throws for anything else. */
async function fetchOwn(path, limit = ANSWER_MS) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const found = await readOwn(await fetch(path, { cache: "no-cache", signal: stop.signal }));
    // the browser has half of it, and the server says that it is unchanged
    return found || (await readOwn(await fetch(path, { cache: "reload", signal: stop.signal }))) || (await refuse(path));
  } finally {
    clearTimeout(timer);
  }
}

/** Read an answer of ours: null where it is not whole; throws where it is not ours. */
async function readOwn(answer) {
  const mark = answer.headers.get(HEADER);
  if (answer.status !== 200 || answer.redirected || !mark) await refuse(answer.url);
  const content = await answer.arrayBuffer();
  return (await hash(content)) === mark ? { mark, content, answer } : null;
}

async function refuse(path) {
  throw new Error(`${path}: not ours, or not whole`);
}

async function keep(cache, path, { content, answer }, tag = "") {
  const headers = new Headers(KEPT.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]));
  if (tag) headers.set("X-Tag", tag);
  await cache.put(path, new Response(content, { status: 200, headers }));
}

/* Something new */

/** Fill slots, or exchange them, while nobody else does; with `ifAvailable` the change is given null where somebody does. */
function alone(change, options = {}) {
  return navigator.locks.request(`${PREFIX}slots`, options, change);
}

/**
 * Look whether there is something new; load it into the other slot, and say so. Who asks while somebody looks may know
 * of what came after that list was made: it is looked once more, or what is new would wait for the next minute.
 */
function look() {
  isAsked = true;
  looking ||= lookWhileAsked();
  return looking;
}

async function lookWhileAsked() {
  try {
    while (isAsked) {
      isAsked = false;
      // who asked meanwhile is answered, whatever became of this look
      await lookOnce().catch((error) => isAsked || Promise.reject(error));
    }
  } finally {
    looking = null;
  }
}

async function lookOnce() {
  let list = null;
  try {
    list = await readList();
  } catch {
    return;
  }
  // said when others may change slots again: a page may answer at once
  if (await alone(() => prepare(list))) await say({ did: "fill" });
}

/** Have what the list names in the slot that is not current; whether it is there, and new. */
async function prepare(list) {
  const pointer = await readPointer();
  const current = await findSlot(pointer);
  if (await refuses(pointer, current, list)) return false;
  const manifest = current && (await readManifest(current));
  if (manifest && isSame(manifest.list, list)) {
    await takeLater(current, list);
    return false;
  }
  const from = current || pointer.slot;
  const ready = await readManifest(other(from));
  if (!ready || !isSame(ready.list, list) || !(await isWhole(other(from)))) return Boolean(await fill(from).catch(() => null));
  const serial = (await readSerial(from)) + 1;
  // a release that was taken back gives way to the one before, which is there already
  if (ready.serial < serial) await writeManifest(other(from), { ...ready, serial });
  return true;
}

async function writeManifest(slot, manifest) {
  await (await openSlot(slot)).put(MANIFEST, new Response(JSON.stringify(manifest)));
}

/** Whether the list is of a program and release that never showed anything here; some hours later it may try again. */
async function refuses(pointer, current, list) {
  if (!current || !pointer.bad || pointer.bad !== list.of) return false;
  const refusals = (pointer.refusals || 0) + 1;
  await note(refusals < MOST_REFUSALS ? { refusals } : { refusals: 0, bad: null });
  return true;
}

async function readList() {
  const { content } = await fetchOwn(LIST);
  const list = JSON.parse(new TextDecoder().decode(content));
  if (!Array.isArray(list.files) || !list.files.length) throw new Error("no list");
  return list;
}

function isSame(one, two) {
  return JSON.stringify([one.version, one.files]) === JSON.stringify([two.version, two.files]);
}

/** Load all that the list names into the slot that is not current; returns it, throws where that fails. */
async function fill(current) {
  const slot = other(current);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const list = await readList();
    const [from, to] = [await openSlot(current), await begin(slot, list)];
    const lasting = new Set(list.lasting);
    const files = {};
    for (const path of list.files) files[path] = await take(from, to, path, lasting.has(path) ? list.of : "");
    for (const [path, tag] of Object.entries(list.later || {})) await takeTagged(from, to, path, tag);
    // what changed meanwhile would be half old, half new
    if (JSON.stringify(await readList()) !== JSON.stringify(list)) continue;
    const serial = (await readSerial(current)) + 1;
    await writeManifest(slot, { list, files, serial });
    if (await isWhole(slot)) return slot;
  }
  throw new Error("it changes all the time");
}

/** Open a slot for what a list names; what was loaded for the same list before a power cut is still good. */
async function begin(slot, list) {
  const wanted = JSON.stringify(list);
  const begun = await (await openSlot(slot)).match(BEGUN);
  if (!begun || (await begun.text()) !== wanted) await caches.delete(PREFIX + slot);
  const cache = await openSlot(slot);
  await cache.delete(MANIFEST);
  await cache.put(BEGUN, new Response(wanted));
  return cache;
}

async function take(from, to, path, tag) {
  const loaded = await read(to, path);
  if (loaded) return loaded.mark;
  const kept = await read(from, path);
  // a file whose address has its hash never changes, one that lasts only with its tag
  const lasts = kept && (path.startsWith("/static/") || (tag && kept.answer.headers.get("X-Tag") === tag));
  const found = lasts ? kept : await fetchOwn(path);
  await keep(to, path, found, tag);
  return found.mark;
}

/** What may come later: as it is, else as it was. */
async function takeTagged(from, to, path, tag) {
  const kept = await read(from, path);
  const had = kept?.answer.headers.get("X-Tag") || "";
  if (kept && had === tag) {
    if (from !== to) await keep(to, path, kept, tag);
    return;
  }
  try {
    await keep(to, path, await fetchOwn(path), tag);
  } catch {
    if (kept && from !== to) await keep(to, path, kept, had);
  }
}

async function takeLater(slot, list) {
  const cache = await openSlot(slot);
  for (const [path, tag] of Object.entries(list.later || {})) await takeTagged(cache, cache, path, tag);
}

/** Make the newer slot the current one; while slots are being filled nothing is, and whoever fills says when it may. */
function swap() {
  return alone(async (lock) => {
    const current = lock && (await findSlot(await readPointer()));
    if (!current) return;
    const slot = other(current);
    // two windows may ask, each for the same change
    if ((await readSerial(slot)) <= (await readSerial(current)) || !(await isWhole(slot))) return;
    await note({ slot, tries: 0 });
    checked = null;
    await say({ did: "swap" });
  }, { ifAvailable: true });
}

async function say(message) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) if (new URL(page.url).pathname === SCOPE) page.postMessage(message);
}

/* Answers */

/** The slot that pages are answered from; looked through once while the worker lives, again for each page. */
async function getSlot(again = false) {
  if (again || !checked) checked = readPointer().then(findSlot);
  return checked;
}

async function answerPage(request, address) {
  const pointer = await readPointer();
  const slot = await getSlot(true);
  if (slot) {
    // a page that shows something says so, and the count starts again
    if (slot === pointer.slot) await note({ tries: pointer.tries + 1 });
    else {
      // a damaged slot is loaded again; a program that never showed anything is not, for some hours
      const bad = pointer.tries >= MOST_TRIES ? (await readManifest(pointer.slot))?.list.of : null;
      await note({ slot, tries: 1, bad: bad || null, refusals: 0 });
    }
    const language = address.searchParams.get("lang");
    const path = language ? `${SCOPE}?lang=${encodeURIComponent(language)}` : SCOPE;
    const cache = await openSlot(slot);
    const found = (await read(cache, path)) || (await read(cache, SCOPE));
    if (found) return respond(found);
  }
  try {
    return respond(await fetchOwn(request.url, FIRST_PAGE_MS));
  } catch {
    return new Response(WAITING, { headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

async function answerFile(request, address) {
  const path = address.pathname + address.search;
  const slot = await getSlot();
  const order = slot ? [slot, other(slot)] : SLOTS;
  const own = slot && (await read(await openSlot(slot), path));
  if (own) return respond(own);
  // of the other slot only what can be no other: a page that was opened before a swap
  for (const one of order) {
    const found = path.startsWith("/static/") && (await read(await openSlot(one), path));
    if (found) return respond(found);
  }
  return fetch(request);
}

function respond({ content, answer }) {
  return new Response(content, { status: 200, headers: answer.headers });
}
