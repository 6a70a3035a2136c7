/**
 * What the display tells the server: what it shows, since when, how many errors. Needs the display's own
 * token; without one nothing is told, and everything else works.
 */

import { state } from "./contact.js";
import { given, store } from "./given.js";
import { tellWorker } from "./keeper.js";

const REPORT_MS = 20_000;
const ANSWER_MS = 10_000;
const ADDRESS = `/api/v1/displays/${encodeURIComponent(given.id)}/report`;

let rendered = null;
let errors = 0;
const plays = new Map();

/**
 * Tell something: `report("rendered", {release, version})` when a face shows a release and its conditions,
 * `report("error", error)` when something failed, `report("played", noticeId)` when a notice was shown.
 */
export function report(kind, detail) {
  if (kind === "rendered") {
    if (!rendered) tellWorker({ do: "rendered" });
    rendered = detail || {};
  } else if (kind === "played") plays.set(detail, (plays.get(detail) || 0) + 1);
  else errors += 1;
}

/** Whether a face has shown something since the page was opened. */
export function hasRendered() {
  return rendered !== null;
}

/** How many errors there were since the page was opened. */
export function countErrors() {
  return errors;
}

async function send() {
  const token = store.get("token");
  if (!token || !rendered || !state().online) return;
  const shown = Object.fromEntries(plays);
  const document = {
    release: rendered.release || given.release,
    conditions: rendered.version || given.version,
    program: given.program,
    errors,
    uptime_s: Math.floor(performance.now() / 1000),
    plays: shown,
  };
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(document),
      signal: stop.signal,
    });
    // revoked: somebody enrols it again, or nobody does
    if (answer.status === 401) store.set("token", null);
    if (answer.ok) for (const [notice, count] of Object.entries(shown)) plays.set(notice, plays.get(notice) - count);
  } catch {
    // the next one says it
  } finally {
    clearTimeout(limit);
  }
}

async function run() {
  await send();
  for (const [notice, count] of plays) if (count <= 0) plays.delete(notice);
  setTimeout(run, REPORT_MS * (0.85 + 0.3 * Math.random()));
}

/** Start telling. */
export function start() {
  setTimeout(run, 3_000 * Math.random());
}
