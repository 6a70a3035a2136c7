/**
 * The way to a place: floor after floor on the map, its steps in words, to take along by phone or on paper.
 */

import { given as frame, make, onState, say, state, touched } from "./frame.js";
import { app, getShown, onShow, register, show } from "./kiosk-app.js";
import { onWipe } from "./kiosk-idle.js";
import { draw, makeButton, makeChoices, makeLetter } from "./kiosk-parts.js";
import { makeCode } from "./kiosk-qr.js";
import { findWay, measure, PROFILES } from "./kiosk-way-data.js";
import { StageMap } from "./kiosk-way-map.js";
import * as paper from "./kiosk-way-print.js";
import { StepList } from "./kiosk-way-steps.js";

const PICTURES = { walk: "i-walk", easy: "s-seats", wheelchair: "s-accessible" };
/** A line is drawn in so many seconds a metre, but not faster or slower than one can follow. */
const [MS_PER_M, LEAST_MS, MOST_MS] = [28, 1_400, 4_200];
/** Between two floors; after the last one. */
const [REST_MS, END_MS] = [1_300, 3_500];
const wantsLittleMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How the person who is here gets around. */
let profile = PROFILES[0];
let shown = null;

/** The view: `given.to` is the id of a place or `nearest:CATEGORY`; the rest is remembered in it. */
function showWay(given) {
  shown?.stop();
  shown = null;
  if (given.profile !== profile) Object.assign(given, { profile, way: undefined, played: false, at: 0 });
  if (given.way === undefined) load(given);
  const place = app.places.find(given.to) ?? (given.way ? app.places.find(given.way.id) : null);
  const title = place ? app.places.name(place) : (given.way?.name ?? say("kioskway.title"));
  const chips = makeProfiles(given);
  if (!given.way || given.way.refusal) return showNone(given, title, place, chips);
  shown = new Shown(given, place, chips);
  return { title: say("kioskway.to", { place: title }), stage: shown.stage, panel: shown.panel, caption: shown.caption, focus: findFocus(given, chips), leave };
}

function leave() {
  shown?.stop();
  paper.clear();
}

async function load(given) {
  const asked = given.profile;
  const way = await findWay(given.to, asked);
  // somebody has gone on in the meantime
  if (app.stack.at(-1)?.given !== given || given.profile !== asked) return;
  given.way = way;
  show();
}

function makeProfiles(given) {
  const choices = PROFILES.map((name) => [name, say(`kioskway.profile.${name}`), PICTURES[name]]);
  const chips = makeChoices(say("kioskway.profile"), choices, profile, (name) => name === profile || choose(given, name));
  chips.classList.add("w-profiles");
  return chips;
}

/** Find the way for another profile; whoever chose it stays on its button. */
function choose(given, name) {
  touched();
  profile = name;
  given.way = undefined;
  given.isChosen = true;
  show();
}

/** The button of the profile, for who has just chosen it. */
function findFocus(given, chips) {
  const focus = given.isChosen ? chips.querySelector('[aria-pressed="true"]') : undefined;
  if (given.way !== undefined) given.isChosen = false;
  return focus ?? undefined;
}

/** There is no way, or nobody knows one yet. */
function showNone(given, title, place, chips) {
  return {
    title: say("kioskway.to", { place: title }),
    floor: place ? app.places.floor(place).id : undefined,
    near: Boolean(place),
    marks: place ? [{ at: place.at, text: title }] : [],
    caption: place ? app.places.sayFloor(app.places.floor(place)) : undefined,
    panel: make("div", { class: "w-way" }, chips, ...explain(given, place)),
    focus: findFocus(given, chips),
    leave,
  };
}

function explain(given, place) {
  const { way } = given;
  if (way === undefined) return [make("p", { class: "w-looking", role: "status" }, say("kioskway.looking"))];
  const { remedy } = way ?? {};
  const said = [way ? sayRefusal(way, place) : sayNotice([say("kioskway.none")])];
  if (frame.desk) said.push(make("p", { class: "w-desk" }, draw("i-phone"), make("span", {}, say("display.desk", { phone: frame.desk }))));
  if (!way) return [...said, makeButton(say("kioskway.retry"), "i-around", () => choose(given, profile), { kind: "k-primary" })];
  if (!remedy?.profile) return said;
  const take = () => choose(given, remedy.profile);
  return [...said, makeButton(say(`kioskway.profile.${remedy.profile}`), PICTURES[remedy.profile], take, { kind: "k-primary" })];
}

function sayNotice(texts) {
  return make("div", { class: "k-notice", role: "status" }, draw("i-warning"), make("div", {}, ...texts.filter(Boolean).map((text) => make("p", {}, text))));
}

/**
 * Why there is no way. Where what one wants to visit is shut, that and when it opens is the news: doors that open with
 * it, or earlier, go without saying.
 */
function sayRefusal(way, place) {
  const note = place && app.places.isOpen(place) === false ? app.places.detail(place).note : "";
  const bars = way.bars.filter(({ byTheHour }) => !note || !byTheHour).map(({ text }) => text);
  const remedy = note && !way.remedy?.profile ? "" : way.remedy?.text;
  return sayNotice([note, note && !bars.length ? "" : way.refusal, ...bars, remedy]);
}

/** The floor of a stage: a door leads to another building, a lift to another floor. */
function sayFloor({ level }) {
  const floor = app.places.floors[app.places.floorOf.get(level)];
  return floor ? app.places.sayFloor(floor) : "";
}

/** What stands at both ends of a stage and where floors change. */
function listNotes(way, number, name) {
  const [before, stage, after] = [-1, 0, 1].map((by) => way.stages[number + by]);
  const notes = [];
  if (before) {
    const { carrier, floor, kind, symbol, to } = before.change;
    const text = kind === "door" ? say("kioskway.from-door", { floor: sayFloor(before) }) : say("kioskway.from-floor", { floor: way.say(floor), carrier: way.say(carrier) });
    notes.push({ kind: "come", at: to, symbol: `s-${symbol}`, text });
  }
  if (stage.change) {
    const { carrier, toFloor, climb, kind, symbol, from } = stage.change;
    const key = climb > 0 ? "kioskway.up" : climb < 0 ? "kioskway.down" : "kioskway.level";
    const text = kind === "door" ? say("kioskway.to-door", { floor: sayFloor(after) }) : say(key, { floor: way.say(toFloor), carrier: way.say(carrier) });
    notes.push({ kind: "leave", at: from, symbol: `s-${symbol}`, text });
  } else notes.push({ kind: "end", at: stage.line.at(-1) ?? stage.at, text: name });
  if (!before && stage.level === app.places.here.level) notes.push({ kind: "here", at: stage.at, text: say("kioskway.here") });
  return notes;
}

/** A way that is shown. */
class Shown {
  constructor(given, place, chips) {
    const { way } = given;
    Object.assign(this, { given, way, place, playing: 0 });
    this.name = place ? app.places.name(place) : way.name;
    this.stages = this.listStages();
    this.stage = make("div", { class: "w-stage" });
    this.list = new StepList(way, (step) => this.point(step));
    this.tabs = this.makeTabs();
    this.panel = make("div", { class: "w-way" }, this.makeFacts(), chips, make("div", { class: "w-body" }, make("div", { class: "w-text" }, this.tabs, this.list.element), this.makeTake()));
    this.caption = this.stages[given.at ?? 0].caption;
    // the panel has its size once it is shown
    this.loadMaps();
    requestAnimationFrame(() => (given.played || wantsLittleMotion() ? this.rest(given.at ?? 0) : this.play()));
  }

  /** Have the further floors at hand before they are wanted. */
  async loadMaps() {
    for (const { stage } of this.stages) await app.map.load(stage.level);
  }

  listStages() {
    const { way, place, name } = this;
    const rooms = place ? [place.id, ...(place.rooms ?? [])] : [way.id];
    return way.stages.map((stage, number) => {
      const floor = app.places.floors[app.places.floorOf.get(stage.level)];
      return {
        stage,
        floor,
        name: sayFloor(stage),
        caption: this.makeCaption(floor, number),
        goal: number === way.stages.length - 1 ? rooms : [],
        notes: listNotes(way, number, name),
      };
    });
  }

  makeCaption(floor, number) {
    if (!floor) return "";
    const several = this.way.stages.length > 1;
    const text = several ? say("kioskway.part", { number: number + 1, count: this.way.stages.length, floor: app.places.sayFloor(floor) }) : app.places.sayFloor(floor);
    return make("span", { class: "k-hint" }, makeLetter(app.places.letter(floor)), make("span", {}, text));
  }

  makeFacts() {
    const { way } = this;
    return make("p", { class: "w-facts" }, make("strong", {}, this.sayTime()), ...[way.distance, ...way.counts].map((text) => make("span", {}, text)));
  }

  sayTime() {
    const [low, high] = this.way.minutes;
    return low === high ? say("kioskway.minutes", { count: low }) : say("kioskway.minutes-range", { low, high });
  }

  makeTabs() {
    const tabs = this.stages.map(({ floor, name }, number) => {
      const label = floor ? app.places.floors[app.places.floorOf.get(floor.id)].label[document.documentElement.lang] : "";
      const words = make("span", {}, label || name);
      return make(
        "button",
        { type: "button", class: "w-tab", "aria-label": say("kioskway.part", { number: number + 1, count: this.stages.length, floor: name }), click: () => this.choose(number) },
        make("span", { class: "w-number", "aria-hidden": "true" }, String(number + 1)),
        floor ? makeLetter(app.places.letter(floor)) : null,
        words,
      );
    });
    this.buttons = tabs;
    return make("div", { class: "w-tabs", role: "group", "aria-label": say("kioskway.floors"), hidden: tabs.length < 2 }, ...tabs);
  }

  /** The address that a phone opens: it holds all there is to know (nothing is stored). */
  get link() {
    const { way } = this;
    const query = new URLSearchParams();
    if (way.profile !== PROFILES[0]) query.set("profile", way.profile);
    query.set("lang", document.documentElement.lang);
    return `${document.body.dataset.go}/${encodeURIComponent(way.id)}?${query}`;
  }

  makeTake() {
    const code = make("figure", { class: "w-card" }, makeCode(this.link, say("kioskway.code")), make("figcaption", {}, say("kioskway.scan")));
    const printing = paper.getPaper() ? makeButton(say("kioskway.print"), "i-print", () => this.print(), { kind: "k-button w-print" }) : null;
    const again = makeButton(say("kioskway.again"), "i-around", () => this.play(), { kind: "k-button w-again" });
    return make("aside", { class: "w-take", "aria-label": say("kioskway.take") }, code, printing, again);
  }

  print() {
    touched();
    const here = document.querySelector("[data-here-name]")?.textContent ?? "";
    const { floor } = this.stages.at(-1);
    return paper.print(this.way, {
      name: this.name,
      where: floor ? app.places.sayFloor(floor) : "",
      time: this.sayTime(),
      facts: [this.way.distance, ...this.way.counts],
      warnings: this.listWarnings(),
      here: [here, document.body.dataset.ref].filter(Boolean).join(" "),
      stages: this.stages,
      link: this.link,
    });
  }

  listWarnings() {
    const warnings = this.way.listWarnings();
    if (this.way.isOutdated) warnings.unshift({ text: say("kioskway.outdated") });
    return warnings;
  }

  /** Show a stage; resolves to its map once it is there. */
  async put(number) {
    const stage = this.stages[number];
    this.given.at = number;
    const caption = document.querySelector("[data-caption]");
    const map = new StageMap(stage.stage, { goal: stage.goal, notes: stage.notes, label: say("kioskway.map", { floor: stage.name, place: this.name }), free: caption ? caption.offsetHeight + 2 * caption.offsetLeft : 0 });
    await map.ready;
    if (this.given.at !== number || shown !== this) return null;
    // words and map change together
    for (const [at, button] of this.buttons.entries()) button.setAttribute("aria-pressed", String(at === number));
    this.list.show(stage.stage, number ? [] : this.listWarnings());
    caption?.replaceChildren(stage.caption);
    if (!map.drawing) map.element.replaceChildren(make("p", { class: "k-empty" }, say("kiosk.map.missing")));
    this.map = map;
    this.stage.replaceChildren(map.element);
    map.fit();
    return map;
  }

  /** Draw the way floor by floor, then show its beginning. */
  async play() {
    const turn = ++this.playing;
    const isOn = () => turn === this.playing && shown === this;
    this.stage.dataset.playing = "";
    for (const [number, { stage }] of this.stages.entries()) {
      const map = await this.put(number);
      if (!isOn() || !map) return;
      await map.play(Math.min(Math.max(measure(stage.line) * MS_PER_M, LEAST_MS), MOST_MS));
      if (!isOn()) return;
      await new Promise((done) => setTimeout(done, number < this.stages.length - 1 ? REST_MS : END_MS));
      if (!isOn()) return;
    }
    this.given.played = true;
    this.rest(0);
  }

  /** Show a stage at rest. */
  rest(number) {
    this.playing += 1;
    this.given.played = true;
    delete this.stage.dataset.playing;
    return this.put(number);
  }

  choose(number) {
    touched();
    return this.rest(number);
  }

  /** Show where a step is done. */
  async point(step) {
    touched();
    const { at } = this.given;
    if (this.stage.dataset.playing !== undefined) await this.rest(at);
    this.map?.fit([step.from, step.toLevel === this.stages[at].stage.level ? step.to : step.from]);
  }

  fit() {
    this.map?.fit();
  }

  stop() {
    this.playing += 1;
    this.map?.stop();
  }
}

/** Offer the view. */
export function start() {
  register("way", showWay);
  onWipe(() => {
    profile = PROFILES[0];
    paper.clear();
  });
  addEventListener("resize", () => shown?.fit());
  onShow((_, name) => {
    if (name !== "way") shown = null;
  });
  let version = state().now?.version;
  onState(({ now, contact }) => {
    // what is closed now may be on the way that somebody is looking at
    const isChanged = now?.version && version && now.version !== version;
    version = now?.version ?? version;
    const top = app.stack.at(-1);
    if (getShown() !== "way") return;
    if (contact === "ended") top.given.way = null;
    else if (isChanged) top.given.way = undefined;
    else return;
    show();
  });
}
