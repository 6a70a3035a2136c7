// The panel of what is chosen: what it is, what it is called, what is known of it, what it belongs to.

import { button, fill, icon, make } from "../dom.js";
import { say, sayType } from "../words.js";
import { makeField, tellAt } from "./fields.js";
import { Lines } from "./lines.js";
import { makeOption, nameIn } from "./options.js";
import { listCommonFields } from "./presets.js";
import { giveRefused, holdRefused } from "./refused.js";
import { makeRelations } from "./relations.js";
import { findLink, isOfLift, isPart, listMissing, makeEdits, readCommon, typeOf, withAllFloors } from "./values.js";

/** Fill an element with the form of what is chosen, and keep it so. */
export function makeProperties(element, context) {
  const { plan, session, state, work } = context;
  let shown = [];
  let before = Promise.resolve();
  let isRedrawing = false; // browsers tell a field that is taken away while it has the focus that it has changed
  const begun = new Map(); // of fields into which somebody types, which plan they saw when they began
  const lines = new Lines();
  const opened = new Set(); // what is unfolded stays so from one thing to the next

  function redraw() {
    const features = [...state.selection].map((id) => plan.get(id)).filter(Boolean);
    const same = features.length === shown.length && features.every((one, index) => one.id === shown[index]);
    const held = same ? hold(element) : [];
    const refused = same ? holdRefused(element) : [];
    if (!same) begun.clear();
    lines.begin(same);
    shown = features.map((one) => one.id);
    for (const details of element.querySelectorAll("details[data-name]")) {
      if (details.open) opened.add(details.dataset.name);
      else opened.delete(details.dataset.name);
    }
    const { scrollTop } = element;
    isRedrawing = true;
    fill(element, features.length ? draw(features) : drawNothing());
    isRedrawing = false;
    for (const field of element.querySelectorAll("input, textarea")) noteShown(field);
    for (const details of element.querySelectorAll("details[data-name]")) details.open = opened.has(details.dataset.name);
    if (same) element.scrollTop = scrollTop;
    for (const one of held.flatMap(follow)) give(element, one);
    giveRefused(element, refused.flatMap(follow));
  }

  /** What was in a field, by its key now: none where its line has gone. */
  function follow(one) {
    const key = lines.follow(one.key);
    return key === null ? [] : [{ ...one, key }];
  }

  function drawNothing() {
    return make("div", { class: "ef-empty" },
      make("p", null, say("forms.nothing-chosen")),
      make("div", { class: "actions" },
        button(say("forms.floors"), { icon: "layers" }, () => context.dialogs.floors()),
        button(say("forms.buildings"), { icon: "building" }, () => context.dialogs.buildings()),
        button(say("forms.venue"), { icon: "map" }, () => context.dialogs.venue()),
        button(say("forms.commands"), { icon: "plus" }, () => context.dialogs.commands()),
        button(say("forms.keys"), { icon: "info" }, () => context.dialogs.keys())));
  }

  function draw(features) {
    const { first, more } = listCommonFields(context.presets, features);
    const mayEdit = work.mayEdit !== false;
    const fields = first.map((field) => drawField(features, field));
    const seldom = more.length ? make("details", { data: { name: "more" } }, make("summary", null, say("forms.more")), more.map((field) => drawField(features, field))) : null;
    const form = make("fieldset", { class: "ef-form", disabled: !mayEdit }, make("legend", { class: "hidden" }, say("forms.properties")), fields, seldom);
    const [only] = features;
    const relations = features.length === 1 ? makeRelations(context, only) : null;
    return [drawHead(features), form, relations, mayEdit && drawTools(features)];
  }

  function drawHead(features) {
    const [first] = features;
    const types = new Set(features.map(typeOf));
    const kind = features.length === 1 ? makeOption(context, first).note : types.size === 1 ? sayType(typeOf(first)) : say("forms.several-kinds");
    const name = features.length === 1 ? nameIn(context, first) : say("forms.chosen", { count: features.length });
    const symbol = features.length === 1 && context.presets.symbolOf(first);
    const missing = features.length === 1 && first.properties.name ? listMissing(first.properties.name, plan.languages) : [];
    return make("header", { class: "ef-head" }, symbol && make("img", { src: symbol, alt: "", width: 28, height: 28, class: "ef-symbol" }),
      make("div", null, make("h2", null, name), make("p", { class: "ef-note" }, kind)),
      missing.length ? make("span", { class: "ef-missing" }, icon("warning"), say("forms.names-missing", { count: missing.length })) : null);
  }

  function drawField(features, field) {
    const { value, mixed } = readCommon(features, field.path);
    const type = typeOf(features[0]);
    return makeField(field, {
      context, value, mixed, type, features, lines,
      needed: field.input === "category",
      change: (given) => change(field, given, mixed),
    });
  }

  function change(field, given, mixed) {
    if (isRedrawing) return;
    tellAt(element, field.id);
    if (mixed && given === null) return;
    const ids = shown, seen = begun.get(field.id) ?? plan.number;
    begun.delete(field.id);
    if (!isPart(field)) {
      enter(ids, field, given, seen);
      return;
    }
    // the other parts of its object as the edit before has left them, though it be refused
    const go = async () => enter(isOfLift(field) ? await addFloors(ids) : ids, field, given, seen);
    before = before.then(go, go);
  }

  async function enter(ids, field, given, seen) {
    // what is chosen may have changed on the server since the form was drawn
    const features = ids.map((id) => plan.get(id)).filter(Boolean);
    const action = makeEdits(features, field, given);
    if (action) await context.send(action, (reason) => tellAt(element, field.id, reason), seen);
  }

  /** Add a lift's other floors; the server knows what stands on what, and a link while it is not reached. */
  async function addFloors(ids) {
    const linked = () => ({ lifts: ids.map((id) => findLink(plan.features, id)?.units ?? [id]) });
    const { lifts } = await session.get("lifts").catch(linked);
    return withAllFloors(ids, lifts);
  }

  function drawTools(features) {
    const ids = features.map((one) => one.id);
    return make("div", { class: "ef-tools actions" },
      button(say("forms.what-can-be-done"), { icon: "plus", data: { key: "commands" } }, () => context.dialogs.commands(null, { features: ids })),
      typeOf(features[0]) !== "venue" && button(say("forms.delete"), { icon: "trash", data: { key: "delete" }, class: "button small ef-danger" }, () => context.dialogs.confirmDelete(ids)));
  }

  /** Go to the first field, or to one of a name. */
  function focus(key = null) {
    const wanted = key ? element.querySelector(`[data-key^="${CSS.escape(key)}"]`) : element.querySelector("input, select, textarea");
    (wanted ?? element.querySelector("button"))?.focus();
  }

  element.addEventListener("input", ({ target }) => {
    const id = idOf(target);
    if (id && !begun.has(id)) begun.set(id, plan.number);
  });
  element.addEventListener("focusout", ({ target }) => {
    if (!isRedrawing && !target.matches("[aria-invalid]")) begun.delete(idOf(target)); // typed back to what it was
  });
  element.addEventListener("focusin", ({ target }) => noteShown(target)); // lines that were added since
  state.addEventListener("selection", redraw);
  work.addEventListener("closed", redraw);
  plan.addEventListener("change", ({ detail }) => {
    const concerned = detail.whole || [...detail.ids].some((id) => shown.includes(id) || isNear(context, shown, id));
    if (concerned) redraw();
  });
  redraw();
  return { redraw, focus };
}

/** Whether a change of a feature shows in the form of another: links, anchors, what is in a room. */
function isNear(context, shown, id) {
  const feature = context.plan.get(id);
  if (!feature) return shown.length === 1;
  return ["relationship", "anchor", "occupant", "amenity", "level", "building"].includes(typeOf(feature));
}

/** The field of a form that an element is in. */
const idOf = (input) => input.closest("[data-field]")?.dataset.field;

/** Note what a field shows before anybody types into it. */
function noteShown(field) {
  if (field.matches("input, textarea")) field.dataset.was ??= field.value;
}

/** Note which field has the focus and what is typed there, before a form is drawn anew. */
function hold(element) {
  const field = document.activeElement;
  if (!element.contains(field) || !field.dataset.key) return [];
  const isText = ["INPUT", "TEXTAREA"].includes(field.tagName) && !["checkbox", "time", "date"].includes(field.type);
  const isTyped = isText && field.value !== field.dataset.was; // what nobody has touched follows the plan
  return [{ key: field.dataset.key, text: isTyped ? field.value : null, start: isText ? field.selectionStart : null }];
}

/** Give the focus back, and what was typed and not sent yet. */
function give(element, { key, text, start }) {
  const field = element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!field) return;
  field.focus();
  if (text === null || field.getAttribute("role") === "combobox") return;
  if (text !== field.value) {
    field.value = text;
    // leaving the field sends it: the browser would not, if nobody types into this one any more
    let isSent = false;
    field.addEventListener("change", () => { isSent = true; }, { once: true });
    field.addEventListener("blur", () => isSent || field.dispatchEvent(new Event("change")), { once: true });
  }
  try {
    field.setSelectionRange(start, start);
  } catch { /* a field without a caret */ }
}
