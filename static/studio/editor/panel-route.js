// A way in the draft: two points or places, who walks, the steps in words, or why there is none.

import { button, fill, make } from "./dom.js";
import { nameLevel } from "./bar.js";
import { data } from "./page.js";
import { nameFeature, say } from "./words.js";

const AGAIN_MS = 400;
const LATE_MS = 500;

export function makeRoute(element, context) {
  const { session, plan, state, work, tabs, canvas } = context;
  const ends = { from: null, to: null };
  const shown = { from: make("span", { class: "hint" }), to: make("span", { class: "hint" }) };
  const profile = make("select", { id: "route-profile" }, data.profiles.map(({ name, label }) => make("option", { value: name }, label)));
  const at = make("input", { id: "route-at", type: "datetime-local" });
  const result = make("div", { class: "ed-items", "aria-live": "polite" });
  const overlay = make("input", { type: "checkbox", id: "route-network" });
  let answer = null;
  let number = 0;
  let timer = null;

  function describe(end) {
    if (!end) return say("editor.route.nothing");
    const level = plan.get(end.level);
    if (!end.id) return say("editor.route.on", { floor: level ? nameLevel(level) : "" });
    return nameFeature(plan.get(end.id), plan) || end.id;
  }

  function write(end) {
    return end.id ?? `${end.point[0].toFixed(2)},${end.point[1].toFixed(2)},${end.level}`;
  }

  async function pick(name) {
    shown[name].textContent = say("editor.route.picking");
    const found = await canvas.pickPoint();
    shown[name].textContent = describe(ends[name]);
    if (!found) return;
    set(name, found);
    if (name === "from" && !ends.to) await pick("to");
  }

  function set(name, end) {
    ends[name] = end;
    shown[name].textContent = describe(end);
    shown[name].className = end ? "" : "hint";
    find();
  }

  async function find() {
    clearTimeout(timer);
    if (!ends.from || !ends.to) return;
    const mine = ++number;
    const late = setTimeout(() => fill(result, make("p", { class: "hint" }, say("editor.route.looking"))), LATE_MS);
    const query = { from: write(ends.from), to: write(ends.to), profile: profile.value, at: at.value || null };
    const found = await session.get("route", query).catch((error) => error);
    clearTimeout(late);
    if (mine !== number) return;
    answer = found;
    show();
  }

  function show() {
    if (!answer?.steps) {
      canvas.showRoute(null);
      const reason = answer?.error?.reason ?? answer?.reason ?? "";
      fill(result, make("div", { class: "ed-item", data: { severity: "error" } }, make("p", null, reason || say("editor.route.not-now")), blocked(answer?.error)));
      return;
    }
    const lines = {};
    for (const leg of answer.legs) (lines[leg.level] ??= []).push(leg.geometry.coordinates.map((position) => plan.toMetres(position)));
    canvas.showRoute(lines);
    const minutes = Math.max(1, Math.round(answer.duration_s / 60));
    const head = make("p", null, make("strong", null, say("editor.route.sum", { count: minutes, metres: Math.round(answer.distance_m) })));
    const warnings = answer.warnings.map((one) => make("div", { class: "ed-item", data: { severity: "warning" } }, make("p", null, one.message)));
    const steps = make("ol", { class: "ed-steps" }, answer.steps.map(makeStep));
    fill(result, head, warnings, steps);
  }

  function makeStep(step) {
    const go = () => state.jump({ point: plan.toMetres(step.from.place), level: step.level, select: false });
    return make("li", null, make("button", { type: "button", class: "ed-step", on: { click: go } }, step.text));
  }

  function blocked(error) {
    const ids = (error?.blocked_by ?? []).filter((id) => plan.get(id));
    if (!ids.length) return null;
    const go = (id) => () => state.jump({ ids: [id], level: plan.levelsOf(plan.get(id))[0] ?? null });
    return make("div", { class: "actions" }, ids.slice(0, 8).map((id) => button(nameFeature(plan.get(id), plan), { icon: "pin" }, go(id))));
  }

  function row(name) {
    const chosen = () => {
      const [id] = state.selection;
      if (id) set(name, { id, level: plan.levelsOf(plan.get(id))[0] ?? null });
    };
    const label = say(`editor.route.${name}`);
    const point = button(say("editor.route.point"), { icon: "pin", quiet: true, title: say("editor.route.point"), "aria-label": `${label}: ${say("editor.route.point")}` }, () => pick(name));
    const place = button(say("editor.route.selected"), { icon: "check", quiet: true, title: say("editor.route.selected"), "aria-label": `${label}: ${say("editor.route.selected")}` }, chosen);
    return [make("strong", null, label), shown[name], make("span", { class: "ed-group" }, point, place)];
  }

  const swap = () => {
    const { from, to } = ends;
    ends.from = null;
    set("to", from);
    set("from", to);
  };
  const clear = () => {
    number += 1;
    answer = null;
    for (const name of ["from", "to"]) set(name, null);
    fill(result);
    canvas.showRoute(null);
  };

  profile.addEventListener("change", find);
  at.addEventListener("change", find);
  overlay.addEventListener("change", () => context.network.set(overlay.checked));
  context.network.addEventListener("on", ({ detail }) => (overlay.checked = detail.isOn));
  plan.addEventListener("change", ({ detail }) => {
    if (detail.whole || !ends.from || !ends.to) return;
    clearTimeout(timer);
    timer = setTimeout(() => tabs.current === "route" && find(), AGAIN_MS);
  });
  tabs.element.addEventListener("show", () => tabs.current === "route" && find());
  fill(
    element,
    make("h2", null, say("editor.route.title")),
    make("p", { class: "hint" }, say("editor.route.how")),
    make("div", { class: "ed-ends" }, row("from"), row("to")),
    make("div", { class: "field-row" }, make("label", { for: "route-profile" }, say("editor.route.who")), profile),
    make("div", { class: "field-row" }, make("label", { for: "route-at" }, say("editor.route.at")), at),
    make("div", { class: "actions" }, button(say("editor.route.swap"), { icon: "swap" }, swap), button(say("editor.route.clear"), { icon: "close" }, clear)),
    make("label", { class: "check", for: "route-network" }, overlay, make("span", null, say("editor.network.show"))),
    result,
  );
  for (const name of ["from", "to"]) shown[name].textContent = describe(null);
  return { set, find, clear, work };
}
