/**
 * A building is on fire, or is no more, and this page was made before: it is made anew. Where that does
 * not go, what the hospital tells people to do is shown above everything, and ways are taken away.
 */

import { notify, page, say, store } from "./page.js";

const TRIED = "wf-fire";
const KNOWN = `fire.${page.venue}`;

/** Follow what the server says of a fire: its document, or null. */
export async function follow(fire) {
  const version = fire?.version || "";
  page.burning = Boolean(fire);
  store.set(KNOWN, fire);
  if (version !== page.fire && !wasTried(version) && (await isAnswered())) {
    noteTried(version);
    location.reload();
    return;
  }
  if (version === page.fire) noteTried(null);
  show(version === page.fire ? null : fire);
}

/** Once a version: a page that is kept and comes back as it was is not loaded again and again. */
function wasTried(version) {
  try {
    return sessionStorage.getItem(TRIED) === `${version} ${location.pathname}`;
  } catch {
    return true;
  }
}

function noteTried(version) {
  try {
    if (version === null) sessionStorage.removeItem(TRIED);
    else sessionStorage.setItem(TRIED, `${version} ${location.pathname}`);
  } catch {
    // without memory it is shown here
  }
}

/** Whether the server would answer for this page now: a browser's error page helps nobody. */
async function isAnswered() {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), 4_000);
  try {
    return (await fetch(location.href, { cache: "no-store", signal: stop.signal })).status < 500;
  } catch {
    return false;
  } finally {
    clearTimeout(limit);
  }
}

/** Without network: what was last known of a fire that is not over yet. */
export function recall() {
  const fire = store.get(KNOWN);
  if (fire && Date.now() < Date.parse(fire.until)) show(fire);
}

function show(fire) {
  const zones = fire?.zones || [];
  const pick = (labels) => labels[page.language] || labels.en || Object.values(labels)[0] || "";
  const texts = zones.map((zone) => {
    const text = pick(zone.texts || {});
    return say("fire", { place: pick(zone.name), text: text ? [text.title, ...text.lines].join(" ") : "" });
  });
  notify("fire", texts.join(" "));
  const levels = new Set(zones.flatMap((zone) => zone.levels));
  const leadsThere = [...document.querySelectorAll("[data-steps] > li")].some(
    ({ dataset }) => levels.has(dataset.level) || levels.has(dataset.toLevel),
  );
  for (const element of document.querySelectorAll(".route, [data-steps], [data-map], .stepper, .way")) {
    element.hidden = leadsThere || element.dataset.hiddenForAge === "yes";
  }
}
