// The editor of a draft: reads the plan, and puts its parts together.

import { makeBar } from "./bar.js";
import { makeCanvas } from "./canvas/map.js";
import { makeResolver } from "./conflict.js";
import { ask, toast } from "./dom.js";
import { makeForms } from "./forms/index.js";
import { makeLayers } from "./layers.js";
import { NetworkOverlay } from "./network.js";
import { data } from "./page.js";
import { makeHistory } from "./panel-history.js";
import { makeIssues } from "./panel-issues.js";
import { makeRoute } from "./panel-route.js";
import { PlanMirror } from "./plan.js";
import { makeRail } from "./rail.js";
import { Session } from "./session.js";
import { State } from "./state.js";
import { makeTabs } from "./tabs.js";
import { keepWhereabouts, recall } from "./whereabouts.js";
import { Work } from "./work.js";
import { say } from "./words.js";

/** A large hospital's plan has megabytes, which a slow line brings too. */
const WHOLE_PLAN_MS = 180000;

const find = (id) => document.getElementById(id);

async function start() {
  const session = new Session();
  const [whole, presets] = await Promise.all([session.get("plan", {}, { signal: AbortSignal.timeout(WHOLE_PLAN_MS) }), session.get("presets")]);
  const plan = new PlanMirror(whole);
  const last = recall();
  const state = new State(plan.get(last?.level) ? last.level : null);
  const work = new Work({ session, plan, mayEdit: data.mayEdit, turns: whole.turns });
  const context = { plan, state, work, session, presets, say, dialogs: {} };
  context.tabs = makeTabs();
  work.resolve = makeResolver(context);
  tellProblems(work);
  makeBar(context);
  context.canvas = await makeCanvas(find("editor-canvas"), context);
  makeRail(context);
  context.network = new NetworkOverlay(context);
  makeLayers(find("editor-end"), context);
  const elements = { properties: find("panel-properties"), search: find("editor-search"), list: find("editor-list"), more: find("editor-floors-more") };
  context.forms = makeForms(context, elements);
  makeIssues(find("panel-issues"), context);
  makeRoute(find("panel-route"), context);
  makeHistory(find("panel-history"), context);
  if (last?.level === state.level) context.canvas.showView(last.view);
  goToStart(plan, state);
  keepWhereabouts(context);
  work.startPolling();
  document.documentElement.dataset.editor = "ready";
  window.wayfinder = context; // for whoever looks into it from the console
}

function tellProblems(work) {
  // after all have heard of it: who tells it in a dialog takes it
  work.addEventListener("refused", (event) => queueMicrotask(() => {
    if (!event.defaultPrevented) toast(event.detail.reason || say(`editor.${event.detail.code}`), { kind: "bad" });
  }));
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
