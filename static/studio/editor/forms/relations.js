// What a feature belongs to and what belongs to it: floor, room, departments, both sides of a door, linked floors.

import { button, make } from "../dom.js";
import { say, sayType } from "../words.js";
import { makeField } from "./fields.js";
import { makeOption, nameIn, nameLevel } from "./options.js";
import { LINKING, findHome, findLevel, findLink, listChain, listInside, makeEdit, oursOf, typeOf } from "./values.js";

const ON_LEVEL = new Set(["unit", "opening", "section", "fixture", "kiosk", "detail"]);

const mayEdit = (context) => context.work.mayEdit !== false;

export function makeRelations(context, feature) {
  const blocks = [drawPlace(context, feature), ...(BLOCKS[typeOf(feature)]?.(context, feature) ?? [])].filter(Boolean);
  return blocks.length ? make("section", { class: "ef-relations", "aria-label": say("forms.belongs") }, blocks) : null;
}

const BLOCKS = {
  unit: (context, unit) => [drawInside(context, unit), LINKING.has(unit.properties.category) && drawLink(context, unit)],
  opening: (context, door) => [drawSides(context, door)],
  occupant: (context, occupant) => [drawMoves(context, occupant)],
  amenity: (context, amenity) => [drawMoves(context, amenity)],
  level: (context, level) => [drawLevel(context, level)],
  section: (context, zone) => [drawCover(context, zone)],
  geofence: (context, zone) => [drawCover(context, zone)],
  relationship: (context, way) => [drawWay(context, way)],
  building: (context, building) => [drawBuilding(context, building)],
};

function drawBlock(title, ...children) {
  return make("div", { class: "ef-block" }, make("h3", null, title), children);
}

/** A feature to go to. */
export function makeJump(context, id) {
  const feature = context.plan.get(id);
  if (!feature) return make("span", null, say("forms.gone"));
  const { label, note } = makeOption(context, feature);
  const jump = make("button", { type: "button", class: "ef-jump", data: { key: `jump.${id}` } }, make("span", null, label), make("span", { class: "ef-note" }, note));
  jump.addEventListener("click", () => context.go([id]));
  return jump;
}

/** Floor and room. */
function drawPlace(context, feature) {
  const type = typeOf(feature);
  const levelId = findLevel(context.plan.features, feature);
  if (ON_LEVEL.has(type) && !mayEdit(context)) return levelId ? drawBlock(sayType("level"), makeJump(context, levelId)) : null;
  if (ON_LEVEL.has(type)) {
    const field = { id: "level_id", input: "feature", label: sayType("level"), of: ["level"] };
    return makeField(field, {
      context, value: levelId, key: "level_id", needed: true,
      change: (level) => level && level !== levelId && context.send({ kind: "set-level", feature: feature.id, level }),
    });
  }
  const home = findHome(context.plan.features, feature);
  return home ? drawBlock(say("forms.stands-in"), makeJump(context, home.id)) : null;
}

function drawInside(context, unit) {
  const inside = listInside(context.plan.features, unit.id);
  if (!inside.length && LINKING.has(unit.properties.category)) return null;
  const items = inside.length ? make("ul", { class: "ef-jumps" }, inside.map((one) => make("li", null, makeJump(context, one.id)))) : make("p", { class: "ef-hint" }, say("forms.nothing-in-it"));
  const adds = mayEdit(context) && make("div", { class: "actions" },
    button(say("forms.add-department"), { icon: "plus", data: { key: "add-occupant" } }, () => context.dialogs.commands("add-occupant", { level_id: unit.properties.level_id, at: unit.id })),
    button(say("forms.add-facility"), { icon: "plus", data: { key: "add-amenity" } }, () => context.dialogs.commands("add-amenity", { level_id: unit.properties.level_id, at: unit.id })));
  return drawBlock(say("forms.in-it"), items, adds);
}

/** The floors that a lift or stair goes to. */
function drawLink(context, unit) {
  const link = findLink(context.plan.features, unit.id);
  const may = mayEdit(context);
  const items = link ? link.units.map((id) => {
    const other = context.plan.get(id);
    const out = may && button(say("forms.unlink-floor", { floor: nameLevel(context, other.properties.level_id) }), { icon: "close", quiet: true, data: { key: `unlink.${id}` } }, () => context.send({ kind: "unlink", feature: link.relationship.id, unit: id }));
    return make("li", { class: id === unit.id ? "is-here" : null }, makeJump(context, id), out);
  }) : [];
  const tools = may && make("div", { class: "actions" },
    button(say("forms.stack"), { icon: "layers", data: { key: "stack" } }, () => context.dialogs.stack(unit.id)),
    link && button(say("forms.unlink-all"), { icon: "close", data: { key: "unlink" } }, () => context.send({ kind: "unlink", feature: link.relationship.id })),
    !link && button(say("forms.link-drawn"), { icon: "swap", data: { key: "link" } }, () => context.dialogs.commands("link-floors", { units: [unit.id] })));
  return drawBlock(say("forms.goes-to"), link ? make("ul", { class: "ef-jumps" }, items) : make("p", { class: "ef-hint" }, say("forms.not-linked")), tools);
}

/** What a door joins, and which way it lets people through; the server knows both sides. */
function drawSides(context, door) {
  const body = make("div", { class: "ef-sides" }, make("p", { class: "ef-hint" }, say("forms.looking")));
  const block = drawBlock(say("forms.joins"), body, mayEdit(context) && make("div", { class: "actions" },
    button(say("action.set-door-width"), { data: { key: "set-door-width" } }, () => context.dialogs.commands("set-door-width", { feature: door.id })),
    button(say("action.join-units"), { data: { key: "join-units" } }, () => context.dialogs.commands("join-units", { feature: door.id })),
    button(say("action.move-opening"), { data: { key: "move-opening" } }, () => context.dialogs.commands("move-opening", { feature: door.id }))));
  context.session.get("sides", { door: door.id }).then(({ left, right }) => {
    const sides = [left, right].map((id) => (id ? makeJump(context, id) : make("span", { class: "ef-outside" }, say("forms.outside"))));
    body.replaceChildren(make("div", null, sides[0]), make("span", { "aria-hidden": "true" }, "⇄"), make("div", null, sides[1]));
    fillSides(context, block.closest("#panel-properties") ?? block.parentElement?.parentElement, door, [left, right]);
  }).catch(() => body.replaceChildren(make("p", { class: "ef-hint" }, say("forms.not-known-now"))));
  return block;
}

/** Put the choice of ways into the form: the field was drawn before the sides were known. */
function fillSides(context, panel, door, sides) {
  const old = panel?.querySelector('[data-field="ours.one_way_to"]');
  if (!old) return;
  const field = context.presets.fields["ours.one_way_to"];
  const known = oursOf(door).one_way_to ?? null;
  const ids = [...new Set([...sides.map((id) => id ?? "outside"), known].filter(Boolean))];
  const names = ids.map((id) => ({ id, name: id === "outside" ? say("forms.outside") : nameIn(context, context.plan.get(id)) || id }));
  const focused = old.contains(document.activeElement);
  const made = makeField(field, {
    context, value: known, sides: names,
    change: (to) => {
      const action = makeEdit(context.plan.get(door.id), field, to);
      return action && context.send(action);
    },
  });
  old.replaceWith(made);
  if (focused) made.querySelector("select").focus();
}

function drawMoves(context, feature) {
  if (!mayEdit(context)) return null;
  return make("div", { class: "actions" }, button(say("action.move-point"), { data: { key: "move-point" } }, () => context.dialogs.commands("move-point", { feature: feature.id })));
}

function drawLevel(context, level) {
  if (!mayEdit(context)) return null;
  const run = (kind) => button(say(`action.${kind}`), { data: { key: kind } }, () => context.dialogs.commands(kind, { feature: level.id }));
  return make("div", { class: "actions" }, ["copy-level", "set-ordinal", "fit-level"].map(run));
}

function drawCover(context, zone) {
  if (!mayEdit(context)) return null;
  return make("div", { class: "actions" }, button(say("action.cover-units"), { data: { key: "cover-units" } }, () => context.dialogs.commands("cover-units", { feature: zone.id })));
}

function drawBuilding(context, building) {
  const levels = context.plan.levels().filter((one) => one.properties.building_ids?.includes(building.id)).reverse();
  const outline = context.plan.list("footprint").filter((one) => one.properties.building_ids?.includes(building.id));
  return drawBlock(say("forms.floors"), make("ul", { class: "ef-jumps" }, [...levels, ...outline].map((one) => make("li", null, makeJump(context, one.id)))));
}

/** Both ends of a drawn way, and turning it round. */
function drawWay(context, way) {
  const { origin, intermediary, destination } = way.properties;
  const ids = [origin?.id, ...(intermediary ?? []).map((one) => one.id), destination?.id].filter(Boolean);
  const isLink = listChain(way).length > 1;
  const turn = !isLink && mayEdit(context) && button(say("forms.turn-round"), { icon: "swap", data: { key: "turned" } }, () => context.send({ kind: "set-way", feature: way.id, turned: true }));
  if (!ids.length) return make("div", { class: "actions" }, turn);
  return drawBlock(say(isLink ? "forms.goes-to" : "forms.leads"), make("ol", { class: "ef-jumps" }, ids.map((id) => make("li", null, makeJump(context, id)))), make("div", { class: "actions" }, turn));
}

