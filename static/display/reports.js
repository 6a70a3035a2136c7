/**
 * What the display tells the server: what it shows, since when, how many errors; nothing of anybody. It needs the
 * display's own token (enrol.js); without one nothing is told, and everything else works.
 */

import { state } from "./contact.js";
import { given, store } from "./given.js";
import { tellWorker } from "./keeper.js";

const REPORT_MS = 20_000;
/** Whom the server does not know (any more): a token revoked, a display taken down. */
const REFUSED_MS = 300_000;
const ANSWER_MS = 10_000;
/** What the server takes (docs/api.md). */
const MOST_REMARKS = 10;
const MOST_NOTICES = 100;
const MOST_PLAYS = 100_000;
const ADDRESS = `/api/v1/displays/${encodeURIComponent(given.id)}/report`;

let rendered = null;
let errors = 0;
let remarks = [];
let timer = 0;
const plays = new Map();

/**
 * Tell something:
 * `report("rendered", {release, version})` when a face shows a release and a version of what holds (now.version);
 * `report("error", error)` when something failed;
 * `report("played", id)` when a notice was on the screen;
 * `report("remarks", [code, …])` what the staff should know: all that holds now.
 */
export function report(kind, detail) {
  if (kind === "rendered") noteRendered(detail || {});
  else if (kind === "played") notePlay(String(detail));
  else if (kind === "remarks") remarks = [...detail].slice(0, MOST_REMARKS);
  else errors += 1;
}

function noteRendered(shown) {
  if (!rendered) tellWorker({ do: "rendered" });
  rendered = { ...rendered, ...shown };
}

function notePlay(notice) {
  // behind the takeover nobody reads it
  if (document.documentElement.dataset.fire) return;
  if (plays.has(notice) || plays.size < MOST_NOTICES) plays.set(notice, Math.min((plays.get(notice) || 0) + 1, MOST_PLAYS));
}

/** Whether a face has shown something since the page was opened. */
export function hasRendered() {
  return rendered !== null;
}

/** How many errors there were since the page was opened. */
export function countErrors() {
  return errors;
}

/** Send a report; resolves to the milliseconds until the next one. */
async function send() {
  const token = store.get("token");
  if (!token || !rendered || !state().online) return REPORT_MS;
  const shown = Object.fromEntries(plays);
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(makeReport(shown)),
      signal: stop.signal,
    });
    // a token is never thrown away for an answer: it may be somebody else's
    if (answer.status === 401 || answer.status === 404 || answer.status === 410) return REFUSED_MS;
    if (!answer.ok) return REPORT_MS;
    forgetPlays(shown);
    const { again_s: again } = await answer.json();
    return again >= 5 && again <= 60 ? again * 1000 : REPORT_MS;
  } catch {
    return REPORT_MS;
  } finally {
    clearTimeout(limit);
  }
}

function makeReport(shown) {
  return {
    release: rendered.release ?? given.release,
    conditions: rendered.version ?? given.version,
    program: given.program,
    uptime_s: Math.floor(performance.now() / 1000),
    errors,
    remarks,
    plays: shown,
  };
}

function forgetPlays(sent) {
  for (const [notice, count] of Object.entries(sent)) {
    const left = plays.get(notice) - count;
    if (left > 0) plays.set(notice, left);
    else plays.delete(notice);
  }
}

async function run() {
  clearTimeout(timer);
  const wait = await send();
  clearTimeout(timer);
  timer = setTimeout(run, wait * (0.85 + 0.15 * Math.random()));
}

/** Tell now: after an enrolment, say. */
export function reportNow() {
  return run();
}

/** Start telling. */
export function start() {
  timer = setTimeout(run, 3_000 * Math.random());
}
