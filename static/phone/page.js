/**
 * The first script of a page: what it knows of the page, preferences, sharing.
 * Everything else is a module of its own, fetched after the page has been painted.
 * What is read from the HTML is written down in docs/pages.md.
 */

const root = document.documentElement;
const given = document.body.dataset;

/** What the server says about this page. */
export const page = {
  kind: given.page || "",
  venue: given.venue || "",
  version: given.version || "",
  /** The newest version that the server has told of. */
  current: given.version || "",
  made: Date.parse(given.made || "") || Date.now(),
  zone: given.timeZone || undefined,
  desk: given.desk || "",
  /** The version of the fire that this page tells of; empty for none. */
  fire: given.fire || "",
  profile: given.profile || "",
  from: given.from || "",
  to: (given.to || "").split(" ").filter(Boolean),
  language: root.lang || "en",
};

// where a policy asks for trust: drawings and the worker come from our own server, nothing else does
const rules = globalThis.trustedTypes?.createPolicy("wayfinder", {
  createHTML: (text) => text,
  createScriptURL: () => "/sw.js",
});

/** The address of the service worker, as the policy of scripts wants it. */
export const workerAddress = rules ? rules.createScriptURL("") : "/sw.js";

function parse(text, type) {
  return new DOMParser().parseFromString(rules ? rules.createHTML(text) : text, type);
}

/** Read a drawing of our server; null for anything else. */
export function readDrawing(text) {
  // the page's own style sheet has the rules (map.css); one in the drawing would be refused
  const drawing = parse(text.replace(/<style>[^<]*<\/style>/g, ""), "image/svg+xml").documentElement;
  return drawing?.localName === "svg" ? document.importNode(drawing, true) : null;
}

/** Read a page of our server without showing it. */
export function readPage(text) {
  return parse(text, "text/html");
}

const words = readJson(document.getElementById("wf-words")?.textContent) || {};

/** Say a word of the script in the page's language; {placeholders} take the values. */
export function say(key, values = {}) {
  return (words[key] || key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** JSON, or null for anything else. */
export function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const memory = new Map();

/** What this phone remembers; in memory alone where a browser denies its storage. */
export const store = {
  /** Whether it outlives the page. */
  lasting: true,
  get(key) {
    if (memory.has(key)) return memory.get(key);
    try {
      return readJson(localStorage.getItem(`wf.${key}`));
    } catch {
      this.lasting = false;
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`wf.${key}`);
      else localStorage.setItem(`wf.${key}`, JSON.stringify(value));
      memory.delete(key);
    } catch {
      memory.set(key, value);
      this.lasting = false;
    }
    return this.lasting;
  },
};

/** Make an element; attributes that are functions listen, texts stay text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  turn: "M19 8a8 8 0 1 0 1 6M19 3v5h-5",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  facing: "M12 3l6 17-6-4-6 4z",
  speak: "M4 9v6h4l5 4V5L8 9zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11",
};

/** Draw one of the script's own icons. */
function drawIcon(name) {
  const [icon, path] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "path")];
  icon.setAttribute("class", "icon");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  icon.append(path);
  return icon;
}

/** Make a button that only a script needs; without one it is not there. */
export function makeButton(name, icon, action) {
  return make("button", { type: "button", class: `tool is-${icon}`, click: action }, drawIcon(icon), make("span", {}, name));
}

/** Show a message above the page, one a kind; without a text it is taken away. */
export function notify(kind, text, ...more) {
  const place = document.querySelector("[data-notices]") || document.body;
  let notice = place.querySelector(`.notice[data-kind="${kind}"]`);
  if (!text) {
    notice?.remove();
    return;
  }
  if (notice && notice.dataset.text === text) return;
  const fresh = make("div", { class: "notice", "data-kind": kind, "data-text": text }, make("p", {}, text), ...more);
  // a live region must be there before its text is, or readers stay silent
  if (!place.hasAttribute("aria-live")) place.setAttribute("aria-live", "polite");
  if (notice) notice.replaceWith(fresh);
  else place.append(fresh);
}

/** An instant as the venue's clocks show it, with the day where that is not today. */
export function sayTime(instant, now = Date.now()) {
  const day = { timeZone: page.zone, day: "numeric", month: "short" };
  const clock = { timeZone: page.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const format = (options, moment) => new Intl.DateTimeFormat(page.language === "en" ? "en-GB" : page.language, options).format(moment);
  const time = format(clock, instant);
  return format(day, instant) === format(day, now) ? time : `${format(day, instant)} ${time}`;
}

/** The address of an API document of this venue. */
export function getApi(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `/api/v1/venues/${encodeURIComponent(page.venue)}${path}${asked ? `?${asked}` : ""}`;
}

/** The address of a whole floor's drawing, in the colours of the page around it. */
export function getMap(level) {
  return plain((given.maps || "").replace("LEVEL", encodeURIComponent(level)), ["theme", "here", "profile"]);
}

/** The address of a drawing in the colours of the page around it. */
export function plain(address, without = ["theme"]) {
  const url = new URL(address, location.href);
  for (const name of without) url.searchParams.delete(name);
  return url.pathname + url.search;
}

/** Tell the other modules that something happened. */
export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`wf:${name}`, { detail }));
}

/** A first view is let finish; a way is kept at once, for the next door may be into a basement. */
const LATER_MS = page.kind === "route" ? 300 : 1500;
const PREFERENCES = ["lang", "look", "theme", "profile"];
const NEEDS_PROFILE = new Set(["route", "no-route"]);

/** What the page is shown with now. */
function readShown() {
  return {
    lang: root.lang,
    look: root.dataset.look || "",
    theme: root.dataset.theme || "",
    profile: page.profile,
  };
}

/** Ask for the page as this phone likes it, where its address says nothing else. */
function applyPreferences() {
  const liked = store.get("likes") || {};
  const address = new URL(location.href);
  const shown = readShown();
  let asks = false;
  for (const name of PREFERENCES) {
    const value = liked[name];
    if (typeof value !== "string" || address.searchParams.has(name) || value === shown[name]) continue;
    if (name === "profile" && !NEEDS_PROFILE.has(page.kind)) continue;
    if (!value) continue;
    address.searchParams.set(name, value);
    asks = true;
  }
  // the address then has what was liked, so this happens once
  if (asks && navigator.onLine !== false) location.replace(address.href);
  return asks;
}

function like(name, value) {
  if (PREFERENCES.includes(name)) store.set("likes", { ...store.get("likes"), [name]: value });
}

function listenForPreferences() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-pref]");
    if (link) like(link.dataset.pref, link.dataset.value ?? "");
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-pref]");
    if (form && event.target.name === form.dataset.pref) like(form.dataset.pref, event.target.value);
  });
  document.addEventListener("submit", (event) => {
    const name = event.target.dataset.pref;
    const chosen = event.submitter?.name === name ? event.submitter.value : name && new FormData(event.target).get(name);
    if (name && typeof chosen === "string") like(name, chosen);
  });
}

function listenForSharing() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share && !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => share(button.dataset.share || location.href));
  }
}

async function share(address) {
  const link = new URL(address, location.href);
  // how the page looks is the sender's own liking
  for (const name of ["look", "theme"]) link.searchParams.delete(name);
  try {
    if (navigator.share) await navigator.share({ title: document.title, url: link.href });
    else {
      await navigator.clipboard.writeText(link.href);
      notify("info", say("share.copied"));
    }
  } catch (error) {
    if (error?.name !== "AbortError") notify("info", say("share.failed"), make("p", {}, link.href));
  }
}

/** A car that is kept, or may be. */
function listenForCar() {
  const key = `car.${page.venue}`;
  const load = () => import("./car.js");
  for (const button of document.querySelectorAll("[data-car-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      // kept at once: whoever taps and goes on may be on the next page before the script is here
      store.set(key, { id: button.dataset.carSave, name: button.dataset.carName || "" });
      load().then((car) => car.show(true));
    });
  }
  const told = new URL(location.href).searchParams.has("car");
  if (told || store.get(key)) load().then((car) => car.show());
}

/** Wait until the page has been painted, with all that is in it. */
async function waitForPaint() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  await new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    // a page in the background is not painted
    setTimeout(done, 300);
  });
}

async function start() {
  listenForPreferences();
  listenForSharing();
  if (page.venue) listenForCar();
  await waitForPaint();
  const has = (selector) => document.querySelector(selector) !== null;
  const isOffline = page.kind === "offline";
  if (isOffline) await (await import("./away.js")).openHere();
  else {
    if (has("[data-steps]")) (await import("./steps.js")).attachAll(document);
    if (has("[data-map]")) (await import("./map.js")).attachAll(document);
    if (has("form[data-report]")) (await import("./report.js")).attach(document.querySelector("form[data-report]"));
  }
  // a page that a worker may have kept must know at once how old it is
  if (page.venue) setTimeout(startLive, navigator.serviceWorker?.controller ? 0 : LATER_MS);
  root.dataset.script = "ready";
}

/** What is only for later must not be in the way of what is seen now. */
async function startLive() {
  (await import("./live.js")).start();
  import("./lost.js").then(({ note }) => note()).catch(() => {});
  setTimeout(async () => (await import("./offline.js")).start(), LATER_MS);
}

if (!applyPreferences()) start();
