/**
 * The script of a kiosk: it takes the page over, which was whole without it, as soon as all places are here.
 */

import { fetchDocument, given, onState, released, report, start, state } from "./frame.js";
import { app, getShown, go, onShow, reset, show } from "./kiosk-app.js";
import * as audio from "./kiosk-audio.js";
import * as bar from "./kiosk-bar.js";
import * as homes from "./kiosk-home.js";
import * as idle from "./kiosk-idle.js";
import * as keyboard from "./kiosk-keyboard.js";
import * as lists from "./kiosk-lists.js";
import { FloorMap } from "./kiosk-map.js";
import { Places } from "./kiosk-places.js";
import * as place from "./kiosk-place.js";
import * as wrong from "./kiosk-report.js";
import * as search from "./kiosk-search.js";
import * as touch from "./kiosk-touch.js";
import * as way from "./kiosk-way.js";

const AGAIN_MS = 5_000;
const PLACES_MS = 10_000;
/** After a place has opened or closed all kiosks ask anew: not all at once, and none again and again. */
const [SPREAD_MS, HOURS_MS] = [5_000, 60_000];
const root = document.documentElement;

/** Fetch what is needed; what is kept comes first, so that a cold start waits for no network. */
async function load() {
  const found = await fetchDocument(`${given.path}/places`, { first: "kept", timeout: PLACES_MS });
  if (!found) return false;
  app.places = new Places(found.json());
  return true;
}

/** What is known of the places now: fetched anew whenever something has changed. */
async function loadDetails() {
  const found = await fetchDocument(`${given.path}/details`);
  if (!found || !app.places) return;
  const before = tellShown();
  app.places.setDetails(found.json());
  // nobody's list jumps under the finger: the next view has it; but whoever looks at a place that
  // closes is told
  if (getShown() === "attract" || getShown() === "home" || before !== tellShown()) showAgain();
}

/** Make the same view anew under somebody's hands: what has the focus keeps it. */
function showAgain() {
  const { dataset, textContent } = document.activeElement;
  show();
  const isSame = (one) => (dataset.key ? one.dataset.key === dataset.key : textContent && one.textContent === textContent);
  Array.from(document.querySelectorAll("[data-panel] button, [data-bar] button")).find(isSame)?.focus({ preventScroll: true });
}

/** What is known of the place that somebody looks at, to be compared; nothing on other views. */
function tellShown() {
  const shown = getShown() === "place" ? app.places.find(app.stack.at(-1).given.id) : null;
  return shown ? JSON.stringify(app.places.details[shown.id] ?? null) : "";
}

function watchConditions() {
  let known = "";
  onState(({ now }) => {
    const version = JSON.stringify([now?.conditions, now?.version, now?.notices, now?.closures]);
    if (version === known) return;
    known = version;
    if (!app.places) return;
    // what is new is said at once where nobody's list jumps under the finger
    if (getShown() === "attract") show();
    loadDetails();
  });
}

/** A place opens or closes, "tomorrow" becomes today: nobody has to change anything for that. */
function watchHours() {
  let next = 0;
  setInterval(() => {
    const { time } = state();
    if (!app.places || time === null || time < Math.max(app.places.until, next)) return;
    next = time + HOURS_MS;
    setTimeout(loadDetails, SPREAD_MS * Math.random());
  }, 1_000);
}

function tap(id) {
  const found = app.places?.find(id);
  if (found) go("place", { id: found.id });
}

async function begin() {
  // whatever the system prefers: a kiosk is bright (docs/maps.md)
  root.dataset.theme = "light";
  app.map = new FloorMap(document.querySelector("[data-map]"), tap);
  for (const part of [touch, keyboard, audio, homes, lists, search, place, way, wrong]) part.start();
  while (!(await load())) {
    report("error", "the directory cannot be read");
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
  idle.start();
  bar.start();
  audio.onToggle(bar.draw);
  idle.onWipe(audio.turnOff);
  onShow((_, name) => {
    if (name === "attract") released();
  });
  document.querySelector("[data-plain]")?.remove();
  root.dataset.script = "ready";
  reset("attract");
  watchConditions();
  watchHours();
  // who asks for the other language does not wait for its map
  for (const language of given.languages) await app.map.load(app.places.here.level, language);
}

start();
begin();
