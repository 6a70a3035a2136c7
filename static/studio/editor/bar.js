// The bar above: floors, undo and redo, whether all is saved, who else is here.

import { data } from "./page.js";
import { button, fill, icon, make, toast } from "./dom.js";
import { pick, say, sayTime } from "./words.js";

const LATE_MS = 400;
const UNTYPED = new Set(["checkbox", "radio", "range", "button", "submit", "color"]);

/** What a floor is called in a list: its short name, and the name where there is one. */
export function nameLevel(level) {
  const short = pick(level.properties.short_name);
  const name = pick(level.properties.name);
  return short && name && short !== name ? `${short} · ${name}` : short || name || level.id;
}

export function makeBar({ plan, state, work, session }) {
  makeFloors(plan, state);
  makeTurns(work);
  makeSaved(work, session);
  const people = document.getElementById("editor-people");
  work.addEventListener("people", () => showPeople(people, work.people));
}

/** The next floor up or down: of the same building where there is one, else the nearest of any. */
export function findNext(levels, here, by) {
  if (!here) return null;
  const ordinal = (level) => level.properties.ordinal ?? 0;
  const buildings = new Set(here.properties.building_ids ?? []);
  const shared = (level) => (level.properties.building_ids ?? []).some((id) => buildings.has(id));
  const beyond = levels.filter((level) => (ordinal(level) - ordinal(here)) * by > 0);
  const own = beyond.filter(shared);
  const listed = own.length ? own : beyond;
  return listed.reduce((best, one) => (best && Math.abs(ordinal(best) - ordinal(here)) <= Math.abs(ordinal(one) - ordinal(here)) ? best : one), null);
}

/** The floor to begin with: the main one, else the first at street level or above. */
function findFirst(plan, levels) {
  return plan.get(plan.mainLevel) ?? levels.find((level) => (level.properties.ordinal ?? 0) >= 0) ?? levels.at(-1) ?? null;
}

function makeFloors(plan, state) {
  const choice = make("select", { class: "ed-floor-choice", "aria-label": say("editor.floor") });
  const go = (by) => {
    const next = findNext(plan.levels(), plan.get(state.level), by);
    if (next) state.setLevel(next.id);
  };
  const up = button(say("editor.floor-up"), { icon: "up", quiet: true, "aria-keyshortcuts": "PageUp" }, () => go(1));
  const down = button(say("editor.floor-down"), { icon: "down", quiet: true, "aria-keyshortcuts": "PageDown" }, () => go(-1));
  const show = () => {
    const levels = plan.levels();
    if (!plan.get(state.level)) state.setLevel(findFirst(plan, levels)?.id ?? null);
    // the highest first, as in a building
    const options = [...levels].reverse().map((level) => make("option", { value: level.id, selected: level.id === state.level }, nameLevel(level)));
    fill(choice, options);
    up.disabled = !findNext(levels, plan.get(state.level), 1);
    down.disabled = !findNext(levels, plan.get(state.level), -1);
    choice.hidden = !levels.length;
  };
  choice.addEventListener("change", () => state.setLevel(choice.value));
  plan.addEventListener("change", ({ detail }) => {
    if (detail.whole || [...detail.ids].some((id) => !plan.get(id) || plan.get(id).feature_type === "level")) show();
  });
  state.addEventListener("level", show);
  show();
  fill(document.getElementById("editor-floors"), down, choice, up);
  addEventListener("keydown", (event) => {
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    if (isTyping(event) || event.defaultPrevented) return;
    event.preventDefault();
    go(event.key === "PageUp" ? 1 : -1);
  });
}

function makeTurns(work) {
  const undo = button(say("editor.undo"), { icon: "undo", quiet: true, "aria-keyshortcuts": "Control+Z" }, () => work.undo());
  const redo = button(say("editor.redo"), { icon: "redo", quiet: true, "aria-keyshortcuts": "Control+Shift+Z" }, () => work.redo());
  const show = () => {
    undo.disabled = !work.canUndo;
    redo.disabled = !work.canRedo;
  };
  work.addEventListener("state", show);
  work.addEventListener("done", show);
  work.addEventListener("closed", show);
  show();
  fill(document.getElementById("editor-turns"), undo, redo);
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event) || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    const back = key === "z" && !event.shiftKey;
    if (back ? work.canUndo : work.canRedo) back ? work.undo() : work.redo();
  });
}

/** Whether keys are for a field: then they are no commands. */
export function isTyping(event) {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !UNTYPED.has(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function makeSaved(work, session) {
  const line = document.getElementById("editor-saved");
  let timer = null;
  const show = (event, isLate = false) => {
    clearTimeout(timer);
    const [state, text] = describe(work, session);
    if (line.dataset.state === state && line.textContent === text) return;
    // what is saved at once is not said to be being saved: it is read out as well
    if (state === "saving" && !isLate) {
      timer = setTimeout(() => show(event, true), LATE_MS);
      return;
    }
    line.dataset.state = state;
    if (state === "out") fill(line, text, " ", make("a", { href: "/studio/sign-in", target: "_blank", rel: "noopener" }, say("editor.sign-in-again")));
    else line.textContent = text;
  };
  for (const name of ["state", "done", "closed"]) work.addEventListener(name, show);
  work.addEventListener("closed", () => toast(say("editor.closed"), { kind: "bad" }));
  show(null);
}

function describe(work, session) {
  if (session.isOut) return ["out", say("editor.signed-out", { count: work.waiting })];
  if (work.isOffline) return ["offline", say("editor.offline", { count: work.waiting })];
  if (work.waiting) return ["saving", say("editor.saving")];
  if (!work.mayEdit) return ["read", say(data.isOpen ? "editor.read-only" : "editor.closed-short")];
  return ["saved", work.savedAt ? say("editor.saved", { time: sayTime(work.savedAt) }) : say("editor.saved-all")];
}

function showPeople(line, people) {
  fill(line, people.map((one) => make("span", { class: "ed-person" }, icon("person"), one)));
  line.title = people.length ? say("editor.also-here") : "";
}
