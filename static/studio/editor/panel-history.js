// What was done in the draft, by whom: the newest first, and where it was.

import { button, fill, make } from "./dom.js";
import { say, sayTime } from "./words.js";

export function makeHistory(element, { session, plan, state, work, tabs }) {
  const list = make("ol", { class: "ed-items", reversed: true });
  const older = make("div", { class: "actions" });
  let isStale = true;
  let first = true;

  async function load(before = null) {
    const answer = await session.get("history", { before }).catch(() => null);
    if (!answer) return;
    const rows = answer.entries.map((entry) => makeRow(entry, plan, state));
    if (before === null) fill(list, rows);
    else list.append(...rows);
    fill(older, answer.older ? button(say("editor.history.older"), {}, () => load(answer.older)) : null);
    if (!answer.entries.length && before === null) fill(list, make("li", { class: "hint" }, say("editor.history.none")));
  }

  function refresh() {
    isStale = true;
    if (tabs.current !== "history") return;
    isStale = false;
    load();
  }

  tabs.element.addEventListener("show", () => {
    if (tabs.current === "history" && (isStale || first)) refresh();
    first = false;
  });
  for (const name of ["done", "entries"]) work.addEventListener(name, refresh);
  fill(element, make("h2", null, say("editor.history.title")), list, older);
}

function makeRow(entry, plan, state) {
  const ids = entry.features.filter((id) => plan.get(id));
  const go = () => {
    const level = ids.flatMap((id) => plan.levelsOf(plan.get(id)))[0] ?? null;
    state.jump({ ids, level });
  };
  const what = make("p", null, make("strong", null, entry.author), " ", entry.said);
  const when = make("span", { class: "ed-when" }, `${entry.number} · ${sayTime(new Date(entry.at))} · ${say("editor.history.features", { count: entry.features.length })}`);
  const show = ids.length ? button(say("editor.show"), { icon: "pin", quiet: true, class: "ed-button" }, go) : null;
  return make("li", { class: `ed-item${entry.undone_by ? " is-undone" : ""}` }, what, make("div", { class: "actions" }, when, show));
}
