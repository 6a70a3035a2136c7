/** The script of a board: the time, what was shown, whether it fits. All else is the page's own. */

import { given, onState, report, start, state } from "./frame.js";

/** A page of notices stays this long; it counts as read once it was shown whole. */
const PAGE_MS = 10_000;

const clock = document.querySelector("[data-clock]");
const format = new Intl.DateTimeFormat("en-GB", { timeZone: given.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The server's time; none where nobody knows it: a wrong clock makes people miss their turn. */
function showTime() {
  const { time } = state();
  const text = time === null ? "" : format.format(time);
  if (clock && clock.textContent !== text) clock.textContent = text;
}

/** Tell which notices were shown: those on the page that is in sight. */
function countPlays() {
  // after three days without news all of it is hidden
  if (state().contact === "ended") return;
  for (const note of document.querySelectorAll(".note[data-plays]")) {
    if (getComputedStyle(note).visibility !== "visible") continue;
    for (const id of note.dataset.plays.split(" ")) report("played", id);
  }
}

/** What the staff should know: what the server found out, and whether the screen is the one of the plan. */
function tellRemarks() {
  const stage = document.querySelector(".b-stage")?.dataset;
  if (!stage) return;
  const scale = devicePixelRatio || 1;
  const fits = Math.abs(innerWidth * scale - stage.width) < 2 && Math.abs(innerHeight * scale - stage.height) < 2;
  report("remarks", [...stage.remarks.split(" ").filter(Boolean), ...(fits ? [] : ["size-differs"])]);
}

start();
tellRemarks();
addEventListener("resize", tellRemarks);
onState(showTime);
setInterval(showTime, 1_000);
setInterval(countPlays, PAGE_MS);
report("rendered", { release: given.release, version: given.version });
