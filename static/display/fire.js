/**
 * The fire takeover. Where a building is on fire its displays show the texts that two people have approved, in all
 * languages of the display, and nothing else; displays elsewhere say not to go there.
 */

import { onState, state } from "./contact.js";
import { fetchOwn } from "./documents.js";
import { given, make, readJson, say, store } from "./given.js";
import { touched } from "./idle.js";
import { notify } from "./marks.js";

const CHECK_MS = 1_000;
/** The texts are kept beforehand: a display that learns of a fire shows them even where the server has lost them. */
const RENEW_MS = 600_000;
const SOON_MS = 60_000;
const TEXTS = `/api/v1/displays/${encodeURIComponent(given.id)}/fire-texts`;
const CAUGHT = ["pointerdown", "pointerup", "click", "touchstart", "keydown", "keyup", "contextmenu", "wheel"];
const SMALLEST_PX = 16;

let fire = null;
let deadline = Infinity;
/** Whether the server itself has said so since the start: it says nothing of a fire that is over. */
let isConfirmed = false;
let over = "";
let place = null;
let drawn = "";

/**
 * Take what the server says, or said before the last restart; a fire that is over stays over, whatever the wall clock
 * says. What was only remembered is reckoned by a clock that may lie: with the first answer it is reckoned anew.
 */
function take(said, online) {
  if (!said) {
    fire = null;
    over = "";
    return;
  }
  if (fire?.version !== said.version || (online && !isConfirmed)) {
    isConfirmed = online;
    over = "";
    const [since, until] = [Date.parse(said.since), Date.parse(said.until)];
    const left = until - (state().time ?? Date.now());
    // a clock that is wrong makes it last no longer than it was meant to
    deadline = performance.now() + Math.min(Math.max(left, 0), until - since);
  }
  fire = said;
}

/** Show what there is to show now. */
function show() {
  if (fire && performance.now() >= deadline) over = fire.version;
  const burning = fire && fire.version !== over ? complete(fire) : null;
  if (burning?.here) {
    cover(burning);
    // nothing is loaded anew meanwhile: not for a moment is there something else to be seen
    touched();
  } else uncover();
  const zones = burning && !burning.here ? burning.zones : [];
  notify("fire", (language) => [zones.map((zone) => say("display.fire.elsewhere", { place: pick(zone.name, language) }, language)).join(" ")]);
}

/**
 * Where the server has lost the texts of a zone, it is as this display has kept it; where the server does not know any
 * more where this display hangs, the display knows what concerned it. What nobody knows concerns everybody.
 */
function complete(said) {
  const isPlaced = typeof said.here === "boolean";
  if (isPlaced && said.zones.every((zone) => Object.keys(zone.texts).length)) return said;
  const kept = store.get("fire-texts")?.zones || {};
  const zones = said.zones.map((zone) => {
    if (!Object.keys(zone.texts).length) return { ...zone, ...kept[zone.id] };
    return isPlaced ? zone : { ...zone, here: kept[zone.id]?.here };
  });
  const mine = zones.filter((zone) => zone.here ?? said.here ?? true);
  return { ...said, here: mine.length > 0, zones: mine.length ? mine : zones };
}

function pick(labels, language = document.documentElement.lang) {
  return labels[language] ?? labels[language.split("-")[0]] ?? Object.values(labels)[0] ?? "";
}

/** Cover the whole screen; what is below can be neither seen nor read out nor touched. */
function cover(burning) {
  const parts = burning.zones.flatMap((zone) => given.languages.map((language) => makeText(zone, language)));
  const said = parts.map((part) => part.textContent).join("\n");
  if (place && said === drawn) return;
  if (!place) {
    place = make("section", { class: "fire", role: "alert", "aria-live": "assertive", tabindex: "-1" });
    document.documentElement.dataset.fire = burning.version;
    document.body.append(place);
    globalThis.speechSynthesis?.cancel();
    addEventListener("resize", fit);
  }
  drawn = said;
  place.replaceChildren(...parts);
  for (const other of document.body.children) other.inert = other !== place;
  place.focus({ preventScroll: true });
  fit();
}

function uncover() {
  if (!place) return;
  place.remove();
  place = null;
  drawn = "";
  delete document.documentElement.dataset.fire;
  for (const other of document.body.children) other.inert = false;
  removeEventListener("resize", fit);
}

function makeText(zone, language) {
  const text = (zone.texts && (zone.texts[language] ?? Object.values(zone.texts)[0])) || null;
  const title = text?.title ?? say("display.fire.plain-title", { place: pick(zone.name, language) }, language);
  const lines = text?.lines ?? [say("display.fire.plain-line", {}, language)];
  return make("div", { class: "fire-text", lang: language }, make("h1", {}, title), ...lines.map((line) => make("p", {}, line)));
}

/** The largest letters with which everything is in sight. */
function fit() {
  if (!place) return;
  let [low, high] = [SMALLEST_PX, Math.max(innerWidth, innerHeight) / 8];
  const fits = (size) => {
    place.style.setProperty("--size", `${size}px`);
    return place.scrollHeight <= place.clientHeight && place.scrollWidth <= place.clientWidth;
  };
  for (let round = 0; round < 10; round += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}

function swallow(event) {
  if (!place) return;
  event.stopImmediatePropagation();
  if (event.cancelable) event.preventDefault();
}

/** Keep the approved texts for the day on which they are needed. */
async function renew() {
  let wait = RENEW_MS;
  try {
    const [, content] = await fetchOwn(TEXTS, { cache: "no-cache" });
    const document = readJson(new TextDecoder().decode(content));
    // a server that has lost its texts takes none from who has them
    const kept = store.get("fire-texts")?.zones;
    if (document?.zones) store.set("fire-texts", { zones: { ...kept, ...document.zones } });
  } catch {
    wait = SOON_MS;
  }
  setTimeout(renew, wait * (0.8 + 0.4 * Math.random()));
}

/** Watch; what was known before the last restart holds at once. */
export function start() {
  // from the beginning, before any face listens: who listens first is the only one that can keep a key from the others
  for (const name of CAUGHT) addEventListener(name, swallow, { capture: true, passive: false });
  onState(({ now, online }) => {
    take(now?.fire ?? null, online);
    show();
  });
  setInterval(show, CHECK_MS);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["lang"] });
  // five hundred displays that start at once do not ask at once
  setTimeout(renew, 5_000 * Math.random());
}
