// Somebody else was there first: the difference, in words and on the plan, and a way to take either.

import { ask, button, make, toast } from "./dom.js";
import { areaOf, listRows } from "./differences.js";
import { has, say, sayAction } from "./words.js";

/** Gives what `Work` asks with a conflict: "mine", "both", or null for theirs. */
export function makeResolver(context) {
  return (answer) => resolve(answer, context);
}

async function resolve({ action, conflicts, can_join: canJoin }, context) {
  const who = [...new Set(conflicts.flatMap((one) => one.who))].join(", ");
  const what = action ? sayAction(action.kind) : "";
  const body = [
    make("p", null, say("editor.conflict.what", { who, action: what, count: conflicts.length })),
    ...conflicts.map((one) => makePart(one, context)),
    make("p", { class: "hint" }, say("editor.conflict.how")),
  ];
  look(conflicts[0], context);
  const chosen = await ask({
    title: say("editor.conflict.title"),
    body,
    beside: true,
    buttons: [
      { label: say("editor.conflict.theirs"), value: "theirs", primary: true, "data-take": "theirs" },
      { label: say("editor.conflict.mine"), value: "mine", "data-take": "mine" },
      { label: say("editor.conflict.both"), value: "both", disabled: !canJoin, title: canJoin ? null : say("editor.conflict.not-both"), "data-take": "both" },
    ],
  });
  context.canvas?.drawDifference(null);
  if (chosen === "mine" || chosen === "both") return chosen;
  toast(say("editor.conflict.dropped"));
  return null;
}

function makePart(conflict, context) {
  const shapes = sayShapes(conflict, context.plan);
  const rows = listRows(conflict, document.documentElement.lang).map((row) => makeRow(sayMember(row.member), row));
  if (shapes) rows.unshift(makeRow(say("editor.conflict.shape"), shapes));
  const head = make(
    "tr",
    null,
    make("td"),
    ["saw", "mine", "theirs"].map((side) => make("th", { scope: "col", class: `ed-${side}` }, say(`editor.conflict.side-${side}`))),
  );
  const table = rows.length ? make("table", { class: "ed-sides" }, make("thead", null, head), make("tbody", null, rows)) : null;
  const go = button(say("editor.show"), { icon: "pin", quiet: true }, () => look(conflict, context));
  const name = make("p", null, make("strong", null, conflict.name), " ", make("span", { class: "hint" }, conflict.who.join(", ")), " ", go);
  return make("div", { class: "ed-item", data: { feature: conflict.feature } }, name, sayGone(conflict), table);
}

function makeRow(name, { saw, mine, theirs }) {
  return make("tr", null, make("th", { scope: "row" }, name), [saw, mine, theirs].map((text) => make("td", null, text)));
}

function sayGone({ mine, theirs }) {
  if (!theirs) return make("p", null, say("editor.conflict.gone-theirs"));
  if (!mine) return make("p", null, say("editor.conflict.gone-mine"));
  return null;
}

function sayShapes({ saw, mine, theirs, members }, plan) {
  if (!members.includes("geometry")) return null;
  const write = (feature) => {
    const area = areaOf(plan.geometryToMetres(feature?.geometry ?? null));
    return area === null ? say("editor.conflict.moved") : `${area.toFixed(1)} m²`;
  };
  const before = write(saw);
  const tell = (feature) => {
    const said = write(feature);
    const isMoved = said === before && JSON.stringify(feature?.geometry) !== JSON.stringify(saw?.geometry);
    return isMoved ? say("editor.conflict.moved") : said; // as large, but elsewhere
  };
  return { saw: before, mine: tell(mine), theirs: tell(theirs) };
}

function sayMember(member) {
  const words = `editor.member.${member}`;
  return has(words) ? say(words) : member;
}

/** Draw a difference where it is. */
function look({ feature, saw, mine, theirs }, { plan, state, canvas }) {
  const level = plan.levelsOf(theirs ?? mine ?? saw)[0];
  if (level) state.jump({ ids: plan.get(feature) ? [feature] : [], level, select: false });
  canvas?.drawDifference({ saw, mine, theirs });
}
