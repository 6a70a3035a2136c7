// What is wrong with the plan: a list that leads to each place, and mends with a click where the way is known.

import { ask, button, fill, make, toast } from "./dom.js";
import { nameLevel } from "./bar.js";
import { newId } from "./ids.js";
import { makeWidths } from "./widths.js";
import { say } from "./words.js";

const SEVERITIES = ["error", "warning", "note"];
const SHOWN = 25;
/** What is made or asked for here; a form of its own asks for anything else. */
const ASKED = new Set(["id", "time_zone"]);
/** After the last change, before issues are looked for: somebody may be drawing. */
const WAIT_MS = 700;

export function makeIssues(element, context) {
  const { session, plan, state, tabs } = context;
  const line = make("p", { class: "hint", role: "status" });
  const choice = make("select", { "aria-label": say("editor.issues.which") });
  for (const value of ["all", "level"]) choice.append(make("option", { value }, say(`editor.issues.${value}`)));
  const again = button(say("editor.issues.check"), { icon: "check" }, () => load());
  const list = make("div", { class: "ed-items" });
  let issues = [];
  let number = -1;
  let loading = false;
  let timer = null;

  async function load() {
    clearTimeout(timer);
    if (loading) return;
    loading = true;
    line.textContent = say("editor.issues.looking");
    const answer = await session.get("issues").catch((error) => error);
    loading = false;
    if (!answer.issues) {
      line.textContent = answer.reason || say("editor.issues.not-now");
      return;
    }
    ({ issues, number } = answer);
    show();
    if (number < plan.number) later();
  }

  function later() {
    clearTimeout(timer);
    if (tabs.current === "issues") timer = setTimeout(load, WAIT_MS);
  }

  function show() {
    const wanted = choice.value === "level" ? issues.filter((one) => one.level === state.level) : issues;
    const errors = issues.filter((one) => one.severity === "error").length;
    tabs.count("issues", issues.filter((one) => one.severity !== "note").length);
    line.textContent = sum(issues.length, errors);
    const groups = SEVERITIES.flatMap((severity) => group(wanted.filter((one) => one.severity === severity)));
    const open = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.code));
    fill(list, groups.map((found) => makeGroup(found, context, open)));
  }

  choice.addEventListener("change", show);
  state.addEventListener("level", () => choice.value === "level" && show());
  plan.addEventListener("change", later);
  tabs.element.addEventListener("show", () => {
    if (tabs.current === "issues" && number < plan.number) load();
  });
  fill(element, make("h2", null, say("editor.issues.title")), make("div", { class: "actions" }, choice, again), line, list);
  return { load };
}

function sum(all, errors) {
  if (!all) return say("editor.issues.none");
  return errors ? say("editor.issues.found", { count: errors }) : say("editor.issues.no-errors", { count: all });
}

/** Issues of one code together, in their order. */
function group(issues) {
  const found = new Map();
  for (const issue of issues) {
    const known = found.get(issue.code);
    if (known) known.push(issue);
    else found.set(issue.code, [issue]);
  }
  return [...found.values()];
}

function makeGroup(issues, context, open) {
  if (issues.length === 1) return makeItem(issues[0], context);
  const [{ code, severity }] = issues;
  const items = make("div", { class: "ed-items" });
  const more = make("div");
  let shown = 0;
  const showMore = () => {
    items.append(...issues.slice(shown, shown + SHOWN).map((issue) => makeItem(issue, context)));
    shown += SHOWN;
    fill(more, shown < issues.length ? button(say("editor.issues.more", { count: issues.length - shown }), {}, showMore) : null);
  };
  const details = make("details", { data: { code, severity }, class: "ed-group-of", open: open.has(code) });
  details.append(make("summary", null, make("span", null, make("strong", null, say(`editor.issues.${severity}`)), " ", issues[0].text, " ", make("span", { class: "tag" }, `+${issues.length - 1}`))), items, more);
  const begin = () => details.open && !shown && showMore();
  details.addEventListener("toggle", begin);
  begin();
  return details;
}

function makeItem(issue, context) {
  const { plan, work } = context;
  const level = plan.get(issue.level);
  const where = [issue.about, level && nameLevel(level)].filter(Boolean).join(" · ");
  const said = make("p", null, make("strong", { class: "ed-severity" }, say(`editor.issues.${issue.severity}`)), " ", issue.text);
  const widths = makeWidths(issue, context);
  const go = widths ? null : button(say("editor.show"), { icon: "pin" }, () => jump(issue, context));
  const fix = issue.fix && work.mayEdit ? button(issue.fix.label, { icon: "check", primary: true }, (event) => mend(issue, event.currentTarget, context)) : null;
  return make("div", { class: "ed-item", data: { severity: issue.severity, code: issue.code } }, said, widths ?? [make("p", { class: "ed-when" }, where), make("div", { class: "actions" }, go, fix)]);
}

function jump(issue, { plan, state }) {
  const ids = issue.features.filter((id) => plan.get(id));
  const level = issue.level ?? ids.flatMap((id) => plan.levelsOf(plan.get(id)))[0] ?? null;
  const point = issue.place ? plan.toMetres(issue.place) : null;
  state.jump({ ids: ids.slice(0, 1), point, level });
}

/** Do what mends an issue; what it needs besides is made or asked for. */
async function mend(issue, pressed, { plan, work, dialogs }) {
  const more = {}, seen = plan.number;
  for (const name of issue.fix.asks) {
    if (!ASKED.has(name)) {
      dialogs.commands?.(issue.fix.action.kind, issue.fix.action);
      return;
    }
    const given = name === "id" ? newId() : await askFor(name);
    if (given === null) return;
    more[name] = given;
  }
  pressed.disabled = true;
  const done = await work.do({ ...issue.fix.action, ...more }, seen);
  if (pressed.isConnected) pressed.disabled = done !== null;
  if (done) toast(say("editor.issues.mended"), { action: () => work.undo(), label: say("editor.undo-short") });
}

async function askFor(name) {
  const id = "fix-argument";
  const known = name === "time_zone" && Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : [];
  const options = make("datalist", { id: "fix-known" }, known.map((value) => make("option", { value })));
  const field = make("input", { id, list: "fix-known", autocomplete: "off", required: true, value: name === "time_zone" ? Intl.DateTimeFormat().resolvedOptions().timeZone : "" });
  return ask({
    title: say(`editor.issues.ask.${name}`),
    body: [make("label", { for: id }, say(`editor.issues.ask.${name}`)), field, options],
    buttons: [
      { label: say("editor.do-it"), value: () => field.value.trim() || undefined, primary: true },
      { label: say("editor.cancel"), value: null },
    ],
  });
}
