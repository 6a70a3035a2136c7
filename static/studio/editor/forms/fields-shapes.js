// Where and how big, by numbers: points, lines, rectangles, corners, walls. In metres east and north of the plan's origin.

import { button, make } from "../dom.js";
import { say } from "../words.js";
import { makeAdd, makeIconButton } from "./fields-lists.js";
import { makeNumberCell, makeNumberInput, putNumber } from "./fields-numbers.js";
import { readNumber } from "./numbers.js";
import { listOptions } from "./options.js";
import { makeCombo, nextId } from "./pick.js";
import { redrawLines } from "./refused.js";
import { findMiddle, findSharedWall, listRings, listVertices, listWalls, makeRectangle, measureBox } from "./shapes.js";

const PLACES = ["unit", "opening", "amenity", "occupant", "section", "fixture", "kiosk", "level", "building"];
/** What each number of a rectangle may be. */
const SIZES = { x: { unit: "m" }, y: { unit: "m" }, width: { unit: "m", min: 0.1 }, depth: { unit: "m", min: 0.1 }, turn: {} };
const round = (value) => Math.round(value * 1e4) / 1e4;

/** The geometry of a feature in metres; a department's is its anchor's. */
export function toMetres(context, feature) {
  const held = feature?.geometry ? feature : context.plan.get(feature?.properties.anchor_id);
  return held?.geometry ? context.plan.geometryToMetres(held.geometry) : null;
}

const middleOf = (context, id) => findMiddle(toMetres(context, context.plan.get(id)));

function number(label, value, change, field, key) {
  const input = makeNumberInput(field, value, change, { id: nextId("number"), data: { key } });
  input.addEventListener("input", () => {
    const { value: read = null } = readNumber(input.value, field);
    if (read !== null) change(read);
  });
  return { input, element: make("div", { class: "ef-number" }, make("label", { for: input.id }, label), input) };
}

/** A point: east and north, or the middle of something, or between two rooms. `value`: an id, or [lon, lat]. */
export function makePoint(argument, { context, value, change, key, level, between = false }) {
  let at = typeof value === "string" ? middleOf(context, value) : value ? context.plan.toMetres(value).map(round) : [null, null];
  const told = () => change(at[0] === null || at[1] === null ? null : context.plan.toDegrees(at));
  const x = number(say("forms.east-m"), at?.[0], (to) => { at = [to, at?.[1] ?? null]; told(); }, { unit: "m" }, `${key}.x`);
  const y = number(say("forms.north-m"), at?.[1], (to) => { at = [at?.[0] ?? null, to]; told(); }, { unit: "m" }, `${key}.y`);
  const put = (point) => {
    if (!point) return;
    at = point.map(round);
    [x, y].forEach(({ input }, axis) => putNumber(input, at[axis]));
    told();
  };
  const label = say("forms.middle-of");
  const near = makeCombo({ label, hidden: false, keeps: true, list: () => listOptions(context, PLACES, { level: level?.() ?? context.state.level }), pick: (id) => put(middleOf(context, id)), placeholder: say("forms.type-name"), key: `${key}.near` });
  const element = make("div", { class: "ef-shape" }, make("div", { class: "ef-numbers" }, x.element, y.element),
    between && makeBetween(context, put, level, key),
    make("div", { class: "ef-number" }, make("label", { for: near.input.id }, label), near.element),
    context.canvas?.pickPoint && button(say("forms.point-at"), { icon: "pin", data: { key: `${key}.pick` } }, (event) => pointAt(context, event.currentTarget, put)));
  at ??= [null, null];
  if (at[0] !== null) told();
  return { element, input: x.input };
}

/** Let somebody point at a place on the plan; the dialog is out of the way meanwhile. */
async function pointAt(context, asked, put) {
  const dialog = asked.closest("dialog");
  dialog?.close();
  const found = await context.canvas.pickPoint();
  dialog?.showModal();
  asked.focus();
  if (found) put(found.point);
}

/** The middle of the wall that two rooms share. */
function makeBetween(context, put, level, key) {
  const chosen = [null, null];
  const said = make("p", { class: "ef-hint", role: "status" });
  const list = () => listOptions(context, ["unit"], { level: level?.() ?? context.state.level, only: true });
  const combos = [0, 1].map((place) => {
    const label = say(place ? "forms.and-room" : "forms.between-room");
    const combo = makeCombo({
      label, list, placeholder: say("forms.type-name"), key: `${key}.room${place}`,
      pick: (id) => {
        chosen[place] = id;
        if (!chosen[0] || !chosen[1]) return;
        const [one, other] = chosen.map((unit) => listRings(toMetres(context, context.plan.get(unit)))[0] ?? []);
        const found = findSharedWall(one, other);
        said.textContent = found ? say("forms.wall-shared", { length: found.length.toFixed(1) }) : say("forms.no-wall-shared");
        put(found?.at);
      },
    });
    return make("div", { class: "ef-number" }, make("label", { for: combo.input.id }, label), combo.element);
  });
  return make("div", { class: "ef-numbers is-between" }, combos, said);
}

/** A line: its points in their order. */
export function makeLine(argument, { context, change, key, value }) {
  const points = value?.length ? value.map((one) => context.plan.toMetres(one).map(round)) : [[null, null], [null, null]];
  const element = make("div", { class: "ef-rows" });
  const told = () => {
    const whole = points.filter(([x, y]) => x !== null && y !== null);
    change(whole.length > 1 ? whole.map((point) => context.plan.toDegrees(point)) : null);
  };
  const drawPoint = (point, index) => make("div", { class: "ef-line", role: "group", "aria-label": say("forms.point", { number: index + 1 }) },
    make("div", { class: "ef-line-cells" }, [0, 1].map((axis) => makeNumberCell(say(axis ? "forms.north-m" : "forms.east-m"), point[axis], (to) => { point[axis] = to; told(); }, { unit: "m" }, { data: { key: `${key}.${index}.${axis}` } }))),
    points.length > 2 && makeIconButton("close", say("forms.take-point-out", { number: index + 1 }), () => { points.splice(index, 1); redraw(); told(); }));
  const draw = () => element.replaceChildren(...points.map(drawPoint), makeAdd(say("forms.add-point"), () => {
    points.push([null, null]);
    redraw();
    element.querySelectorAll(".ef-line").item(points.length - 1).querySelector("input").focus();
  }, `${key}.add`));
  let drawn = [];
  const redraw = () => {
    redrawLines(element, key, drawn, points, draw);
    drawn = [...points];
  };
  redraw();
  return { element };
}

/** An area: a rectangle, the outline of something else, or corner by corner. */
export function makeArea(argument, { context, change, key, of = null }) {
  const own = of && listRings(toMetres(context, of))[0];
  const modes = [["rectangle", drawRectangle], ["outline", drawOutline], ["corners", drawCorners]];
  let mode = own ? "corners" : "rectangle";
  const body = make("div", null);
  const name = nextId("mode");
  const give = (ring) => change(ring && ring.length > 2 ? [ring.map((point) => context.plan.toDegrees(point))] : null);
  const choice = make("div", { class: "ef-boxes", role: "radiogroup", "aria-label": say("forms.how") }, modes.map(([one]) => {
    const radio = make("input", { type: "radio", name, value: one, data: { key: `${key}.${one}` } });
    radio.checked = one === mode;
    radio.addEventListener("change", () => { mode = one; redraw(); });
    return make("label", { class: "ef-box" }, radio, make("span", null, say(`forms.area.${one}`)));
  }));

  function drawRectangle() {
    const box = own ? measureBox(own) : null;
    const size = { x: box?.x ?? null, y: box?.y ?? null, width: box?.width ?? null, depth: box?.depth ?? null, turn: 0 };
    const told = () => give(["x", "y", "width", "depth"].every((one) => size[one] !== null) && size.width > 0 && size.depth > 0 ? makeRectangle({ ...size, turn: size.turn ?? 0 }) : null);
    const fields = ["x", "y", "width", "depth", "turn"].map((one) => number(say(`forms.rectangle.${one}`), size[one] === null ? null : round(size[one]), (to) => { size[one] = to; told(); }, SIZES[one], `${key}.${one}`));
    const beside = makeCombo({
      label: say("forms.right-of"), list: () => listOptions(context, ["unit"], { level: context.state.level }), placeholder: say("forms.type-name"), key: `${key}.beside`,
      pick: (id) => {
        const near = measureBox(listRings(toMetres(context, context.plan.get(id)))[0]);
        [size.x, size.y] = [round(near.x + near.width), round(near.y)];
        size.depth ??= round(near.depth);
        for (const [index, one] of ["x", "y", "width", "depth"].entries()) putNumber(fields[index].input, size[one]);
        told();
      },
    });
    told();
    return [make("p", { class: "ef-hint" }, say("forms.rectangle-hint")), make("div", { class: "ef-numbers" }, fields.map((one) => one.element)),
      make("div", { class: "ef-number" }, make("label", { for: beside.input.id }, say("forms.right-of")), beside.element)];
  }

  function drawOutline() {
    give(null);
    const combo = makeCombo({ label: say("forms.outline-of"), list: () => listOptions(context, ["level", "unit", "section", "footprint", "venue"], { level: context.state.level }), pick: (id) => give(listRings(toMetres(context, context.plan.get(id)))[0]), placeholder: say("forms.type-name"), key: `${key}.of` });
    return make("div", { class: "ef-number" }, make("label", { for: combo.input.id }, say("forms.outline-of")), combo.element);
  }

  function drawCorners() {
    const corners = own?.map((one) => context.plan.toDegrees(one)) ?? null;
    if (own) give(own);
    return makeLine(argument, { context, key, value: corners, change: (line) => change(line && line.length > 2 ? [line] : null) }).element;
  }

  const redraw = () => body.replaceChildren(...[modes.find(([one]) => one === mode)[1]()].flat());
  redraw();
  return { element: make("div", { class: "ef-shape" }, choice, body) };
}

/** One of a unit's walls, by where it faces and how long it is. */
export function makeWall(argument, { context, change, key, of }) {
  const walls = of ? listRings(toMetres(context, of)).flatMap((ring) => listWalls(ring)) : [];
  const select = make("select", { data: { key }, id: nextId("wall") }, make("option", { value: "" }, say("forms.choose")), walls.map((wall, index) => make("option", { value: String(index) }, say("forms.wall-option", { side: say(`forms.side.${wall.side}`), length: wall.length.toFixed(2) }))));
  select.addEventListener("change", () => {
    const wall = walls[Number(select.value)];
    change(select.value !== "" && wall ? { start: context.plan.toDegrees(wall.start), end: context.plan.toDegrees(wall.end) } : null);
  });
  return { element: select, input: select };
}

/** Corners, and how far each goes. */
export function makeMoves(argument, { context, change, key, of }) {
  const vertices = of ? listVertices(toMetres(context, of)) : [];
  const moves = new Map();
  const told = () => change([...moves].map(([index, [dx, dy]]) => [vertices[index], [vertices[index][0] + dx, vertices[index][1] + dy]].map((point) => context.plan.toDegrees(point))));
  const rows = vertices.map((vertex, index) => make("div", { class: "ef-line", role: "group", "aria-label": say("forms.corner", { number: index + 1 }) },
    make("span", { class: "ef-note" }, `${index + 1}: ${round(vertex[0]).toFixed(2)}, ${round(vertex[1]).toFixed(2)}`),
    make("div", { class: "ef-line-cells" }, [0, 1].map((axis) => makeNumberCell(say(axis ? "forms.by-north-m" : "forms.by-east-m"), null, (to) => {
      const by = [...(moves.get(index) ?? [0, 0])];
      by[axis] = to ?? 0;
      moves.set(index, by);
      told();
    }, { unit: "m" }, { data: { key: `${key}.${index}.${axis}` } })))));
  return { element: make("div", { class: "ef-rows is-long" }, rows) };
}

