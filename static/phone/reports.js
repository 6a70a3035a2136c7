/**
 * Reports that could not be sent: kept with what is for when there is no network, and sent when there is one again,
 * by the service worker where the browser has one that wakes by itself, else by the next page that is in contact.
 */

import { findJson, keep } from "./shelf.js";

const REPORTS = "/kept/reports";
const LAST_MS = 72 * 3600 * 1000;
const MOST = 10;

/** What tells one report from another: made at random, of nobody. */
export function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keep a report until it can be sent; tells whether it outlives the page. */
export async function keepReport(report) {
  const kept = (await findJson(REPORTS)) || [];
  await write([...kept, report].slice(-MOST));
  try {
    const known = await navigator.serviceWorker?.getRegistration();
    await known?.sync?.register("wf-reports");
  } catch {
    // the next page sends it
  }
  return "caches" in globalThis;
}

/** Send what is kept; what cannot be sent now stays. What is sent twice is kept once, by its key. */
export async function sendKept() {
  const kept = await findJson(REPORTS);
  if (!kept?.length) return;
  const over = new Set();
  for (const report of kept) {
    const age = Date.now() - report.at;
    over.add(report.fields.key);
    if (age > LAST_MS) continue;
    const fields = { ...report.fields, age_min: String(Math.max(0, Math.round(age / 60_000))) };
    try {
      const answer = await fetch(report.address, { method: "POST", body: new URLSearchParams(fields), credentials: "omit" });
      if (answer.status >= 500) over.delete(report.fields.key);
    } catch {
      over.delete(report.fields.key);
    }
  }
  if (!over.size) return;
  // what was kept while these were sent stays
  const now = (await findJson(REPORTS)) || [];
  await write(now.filter(({ fields }) => !over.has(fields.key)));
}

function write(reports) {
  return keep(REPORTS, JSON.stringify(reports), { "Content-Type": "application/json" });
}
