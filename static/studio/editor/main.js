// The editor of a draft: reads the plan, and puts its parts together.

import { makeBar } from "./bar.js";
import { ask, toast } from "./dom.js";
import { data } from "./page.js";
import { makeHistory } from "./panel-history.js";
import { PlanMirror } from "./plan.js";
import { Session } from "./session.js";
import { State } from "./state.js";
import { makeTabs } from "./tabs.js";
import { Work } from "./work.js";
import { say } from "./words.js";

async function start() {
  const session = new Session();
  const document_ = await session.get("plan");
  const plan = new PlanMirror(document_);
  const state = new State();
  const work = new Work({ session, plan, mayEdit: data.mayEdit, turns: document_.turns });
  const context = { plan, state, work, session, say, dialogs: {} };
  const tabs = (context.tabs = makeTabs());
  makeBar(context);
  makeHistory(document.getElementById("panel-history"), context);
  tellProblems(work);
  goToStart(plan, state);
  work.startPolling();
  document.documentElement.dataset.editor = "ready";
  window.wayfinder = context; // for whoever looks into the console
  return tabs;
}

function tellProblems(work) {
  work.addEventListener("refused", ({ detail }) => toast(detail.reason || say(`editor.${detail.code}`), { kind: "bad" }));
  work.addEventListener("notes", ({ detail }) => detail.notes.forEach((note) => toast(note)));
  work.addEventListener("lost", async ({ detail }) => {
    await ask({ title: say("editor.lost"), body: [detail.reason], buttons: [{ label: say("editor.reload"), value: true, primary: true }] });
    location.reload();
  });
}

/** Open the floor and the feature that the address names. */
function goToStart(plan, state) {
  const feature = plan.get(data.start.feature);
  const level = plan.get(data.start.level) ?? (feature && plan.get(plan.levelsOf(feature)[0]));
  if (level) state.setLevel(level.id);
  if (feature) state.jump({ ids: [feature.id] });
}

start().catch((error) => {
  document.documentElement.dataset.editor = "failed";
  toast(error.reason || say("editor.not-started"), { kind: "bad", lasts_s: 3600, action: () => location.reload(), label: say("editor.reload") });
  throw error;
});
