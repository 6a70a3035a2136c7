/**
 * Has somebody got lost? This phone alone knows which signs it has read in the last half hour. Who comes back to one,
 * or asks for the way to the same place from a third one, is lost: then the server is told the code of the sign that was read
 * before, and nothing else. Nothing says who, from where or where to, and no two flags can be told to be of one phone.
 */

import { page, store } from "./page.js";

/** So long a phone remembers the signs that it has read (ours). */
const LAST_MS = 30 * 60_000;
/** Who reads a sign again before that has only closed the page (ours). */
const LEAST_MS = 2 * 60_000;
const OFTEN = 3;
const INNER = "wf.inner";

/** Note that a sign was read, or a way asked for; returns the code of the sign after which one got lost, or null. */
export function judge(trail, step) {
  const known = trail.filter(({ at }) => at <= step.at && step.at - at < LAST_MS);
  const before = known.at(-1);
  const next = [...known, step];
  if (!before) return { trail: next, lost: null };
  const others = new Set(next.filter(({ to }) => step.to && to === step.to).map(({ code }) => code));
  const returned = !step.to && known.some(({ code, to, at }) => !to && code === step.code && step.at - at >= LEAST_MS);
  const repeated = known.some(({ code, to }) => code === step.code && to === step.to);
  const asks = Boolean(step.to) && !repeated && others.size >= OFTEN;
  if (repeated && !returned) return { trail: known, lost: null };
  if (!returned && !asks) return { trail: next, lost: null };
  const last = [...known].reverse().find(({ code }) => code !== step.code) || before;
  // told once: what comes after begins anew
  return { trail: [step], lost: last.code };
}

/** Look at this page: did it come of a sign that was read, or of a way that was asked for? */
export function note() {
  const key = `signs.${page.venue}`;
  const inner = takeInner();
  const opened = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const isScan = page.kind === "sign" && opened && !inner && location.pathname.startsWith("/S/");
  const isWay = page.kind === "route" && opened && Boolean(page.from) && page.to.length > 0;
  document.addEventListener("click", (event) => event.target.closest?.("a[href]") && markInner());
  const trail = store.get(key) || [];
  if (!isScan && !isWay) {
    // nothing stays longer than it is of use
    const fresh = trail.filter(({ at }) => Date.now() - at < LAST_MS);
    if (fresh.length < trail.length) store.set(key, fresh.length ? fresh : null);
    return;
  }
  const found = judge(trail, { code: page.from, to: isWay ? page.to.at(-1) : "", at: Date.now() });
  store.set(key, found.trail);
  if (found.lost) tell(found.lost);
}

function tell(sign) {
  const address = `/v/${encodeURIComponent(page.venue)}/lost`;
  fetch(address, { method: "POST", body: new URLSearchParams({ sign }), keepalive: true, credentials: "omit" }).catch(() => {});
}

/** A link of our own that leads to a sign's page (another language, say) is no scan. */
function markInner() {
  try {
    sessionStorage.setItem(INNER, String(Date.now()));
  } catch {
    // where there is no storage there is nothing to compare either
  }
}

function takeInner() {
  try {
    const at = Number(sessionStorage.getItem(INNER) || 0);
    sessionStorage.removeItem(INNER);
    return Date.now() - at < 15_000;
  } catch {
    return false;
  }
}
