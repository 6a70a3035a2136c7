/**
 * The way to a place as a document: from the server while it answers, else from what this screen has taken along.
 * Both have the same form (`services/display_ways.py`), so both are shown alike.
 */

import { fetchDocument, fetchOwn, given, readJson, state } from "./frame.js";

/** So long the server is waited for before what is kept is shown; where nothing is kept, until it gives up. */
const PATIENCE_MS = 2_000;
const ANSWER_MS = 12_000;
const KEPT_MS = 5_000;
const PER_METRE = 10;

/** The profiles that are offered, the usual one first. */
export const PROFILES = ["walk", "easy", "wheelchair"];

/** What was kept last, with its address: a second way of the same person reads it no more. */
let kept = { path: "", version: "", pack: null };

/** The way to a place, or to `nearest:CATEGORY`, for a profile; null where none is known. */
export async function findWay(goal, profile) {
  const asked = askServer(goal, profile);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  return (await Promise.race([asked, late])) ?? (await findKept(goal, profile)) ?? asked;
}

async function askServer(goal, profile) {
  const { online, contact } = state();
  if (!online && contact !== "fresh") return null;
  try {
    const path = `${given.path}/way/${profile}/${encodeURIComponent(goal)}`;
    const [, content] = await fetchOwn(path, { cache: "no-cache", timeout: ANSWER_MS });
    return open(readJson(new TextDecoder().decode(content)), goal, "server");
  } catch {
    return null;
  }
}

async function findKept(goal, profile) {
  const { now, contact } = state();
  // three days without news: nobody knows what has changed
  if (contact === "ended") return null;
  const path = `${given.path}/ways/${profile}`;
  const found = await fetchDocument(path, { first: "kept", timeout: KEPT_MS });
  const mark = found?.answer.headers.get("X-Wayfinder") ?? "";
  if (found && (kept.path !== path || kept.version !== mark)) kept = { path, version: mark, pack: readJson(found.text()) };
  if (kept.path !== path) return null;
  // ways from before a fire may lead into it
  return now?.fire && kept.pack?.fire !== now.fire.version ? null : open(kept.pack, goal, "kept");
}

/** Read one way out of a document; null where it has none. */
export function open(pack, goal, source) {
  const way = pack?.ways?.[goal];
  return way ? new Way(pack, way, source) : null;
}

/** A way, its words in the language that is shown. */
export class Way {
  constructor(pack, way, source) {
    Object.assign(this, { pack, way, source });
    this.id = way.to;
    this.profile = pack.profile;
    this.made = Date.parse(pack.made_at);
    this.stages = (way.stages ?? []).map((stage, number) => this.readStage(stage, number));
  }

  say(text) {
    const { languages, texts } = this.pack;
    if (text === null || text === undefined) return "";
    return texts[text][Math.max(languages.indexOf(document.documentElement.lang), 0)];
  }

  get name() {
    return this.say(this.way.name);
  }

  get refusal() {
    return this.say(this.way.refusal);
  }

  /** What is in the way: {text, byTheHour}. */
  get bars() {
    return (this.way.bars ?? []).map(([text, byTheHour]) => ({ text: this.say(text), byTheHour: Boolean(byTheHour) }));
  }

  /** What would work instead: {text, profile}, or null. */
  get remedy() {
    if (!this.way.remedy) return null;
    const [text, profile] = this.way.remedy;
    return { text: this.say(text), profile };
  }

  get distance() {
    return this.say(this.way.distance);
  }

  get counts() {
    return this.way.counts.map((text) => this.say(text));
  }

  /** Least and most minutes, rounded up. */
  get minutes() {
    return this.way.range_s.map((seconds) => Math.max(Math.ceil(seconds / 60), 1));
  }

  /** Whether something else holds than when this was made. */
  get isOutdated() {
    const { now } = state();
    return this.source === "kept" && Boolean(now?.version) && now.version !== this.pack.current;
  }

  /** What to know before one sets out; what holds by the hour is told from what is known of hours. */
  listWarnings(now = state().time) {
    const isKept = this.source === "kept";
    const said = this.way.warnings.filter(([, byTheHour]) => !isKept || !byTheHour).map(([text]) => ({ text: this.say(text) }));
    return isKept && now !== null ? [...said, ...this.listTurns(now / 1_000)] : said;
  }

  /** What is shut now, or before one can be there: {shut: name, opens} or {closes: instant, name}. */
  *listTurns(now) {
    const end = now + this.way.range_s[1];
    for (const number of this.way.timed) {
      const [name, isOpen, ...turns] = this.pack.timed[number];
      const past = turns.filter((turn) => turn <= now).length;
      const [opened, next] = [isOpen !== Boolean(past % 2), turns[past]];
      if (!opened) yield { shut: this.say(name), opens: next ? next * 1_000 : null };
      else if (next && next <= end) yield { name: this.say(name), closes: next * 1_000 };
    }
  }

  readStage([level, line, change, first, x, y], number) {
    const { way, pack } = this;
    const later = way.stages.slice(number + 1).find((stage) => stage[3] !== null);
    const steps = first === null ? [] : way.steps.slice(first, later ? later[3] : undefined);
    return {
      level: pack.levels[level],
      at: [x, y],
      line: line === null ? [] : decode(pack.lines[line]),
      change: change === null ? null : this.readChange(pack.changes[change]),
      steps: steps.map((step) => this.readStep(pack.steps[step])),
    };
  }

  readChange([kind, symbol, floor, toFloor, carrier, x, y, toX, toY, climb]) {
    return { kind, symbol, floor, toFloor, carrier, climb, from: [x, y], to: [toX, toY] };
  }

  readStep([kind, direction, text, level, toLevel, x, y, toX, toY, unsure]) {
    return { kind, direction, text, level: this.pack.levels[level], toLevel: this.pack.levels[toLevel], from: [x, y], to: [toX, toY], unsure: Boolean(unsure) };
  }
}

/** Points in decimetres. */
function decode(numbers) {
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    points.push([x, y]);
  }
  return points;
}

/** How long a line of points in decimetres is, in metres. */
export function measure(line) {
  return line.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - line[at][0], y - line[at][1]), 0) / PER_METRE;
}
