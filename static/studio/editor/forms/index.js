// The forms of the editor: what is chosen, dialogs, the search box, the list of the floor; and how they are reached.

import { button, make } from "../dom.js";
import { say } from "../words.js";
import { openCommands } from "./commands.js";
import { openDialog } from "./dialog.js";
import { listenForKeys, openKeys } from "./keys.js";
import { makeList } from "./list.js";
import { openBuildings, openFloors, openStack, openVenue } from "./places.js";
import { nameIn } from "./options.js";
import { preparePresets } from "./presets.js";
import { makeProperties } from "./properties.js";
import { makeSearch } from "./search.js";
import { findLevel } from "./values.js";

/**
 * Put the forms into the page.
 *
 * @param context `{plan, state, work, session, dialogs, tabs, presets}`; `presets` as the server gives them. It gets
 *   `send(action, tell, seen)`, `go(ids)`, `showProperties(key)`, `showList()`, and its `dialogs` those of the forms.
 * @param elements `{properties, search, list, more}`
 */
export function makeForms(context, elements) {
  const { plan, state, work, dialogs } = context;
  if (!context.presets.byCategory) preparePresets(context.presets);

  /** Do an edit of the plan as it was `seen`; what is refused is told to `tell` too, for a toast is hidden behind a dialog. */
  context.send = async (action, tell = null, seen = plan.number) => {
    let reason = "";
    const heard = ({ detail }) => { reason = detail.reason; };
    work.addEventListener("refused", heard);
    const done = await work.do(action, seen);
    work.removeEventListener("refused", heard);
    if (!done) tell?.(reason || say("forms.not-done"));
    return done;
  };

  /** Choose features and go where they are; without any, to a floor. */
  context.go = (ids, { level = null, focus = false } = {}) => {
    const first = plan.get(ids[0]);
    const there = level ?? (first && findLevel(plan.features, first));
    state.jump({ ids, level: there && plan.get(there) ? there : null });
    if (focus) context.showProperties();
  };
  context.showProperties = (key = null) => {
    context.tabs?.show?.("properties");
    properties.focus(key);
  };
  context.showList = () => {
    context.tabs?.show?.("list");
    list.focus();
  };
  context.nextPart = (by) => focusPart(elements, by);

  dialogs.floors = () => openFloors(context);
  dialogs.buildings = () => openBuildings(context);
  dialogs.venue = () => openVenue(context);
  dialogs.stack = (id) => openStack(context, id);
  dialogs.commands = (kind = null, given = {}) => openCommands(context, kind, given);
  dialogs.keys = () => openKeys();
  dialogs.confirmDelete = (ids) => confirmDelete(context, ids);
  dialogs.properties = (ids = null) => {
    if (ids) context.go(ids);
    context.showProperties();
  };

  const properties = makeProperties(elements.properties, context);
  const search = makeSearch(elements.search, context);
  const list = makeList(elements.list, context);
  elements.more?.replaceChildren(
    button(say("forms.floors"), { icon: "layers", quiet: true }, dialogs.floors),
    button(say("forms.keys"), { icon: "keyboard", quiet: true }, dialogs.keys));
  listenForKeys(context, { search, list });
  return { properties, search, list, ...dialogs };
}

/** Delete features; where something stands in them, say what, and ask whether it goes too. */
async function confirmDelete(context, ids) {
  const action = { kind: "delete", features: [...ids] };
  let refused = null;
  const heard = (event) => {
    refused = event.detail;
    if (refused.code === "feature-in-use") event.preventDefault();
  };
  context.work.addEventListener("refused", heard);
  const done = await context.work.do(action);
  context.work.removeEventListener("refused", heard);
  if (done || refused?.code !== "feature-in-use") return done;
  const seen = context.plan.number;
  const name = ids.length === 1 ? nameIn(context, context.plan.get(ids[0])) : say("forms.chosen", { count: ids.length });
  const dialog = openDialog(say("forms.delete-too", { name }), { name: "delete" });
  const problem = make("p", { class: "notice ef-problem", role: "alert", hidden: true });
  const go = button(say("forms.delete-all"), { icon: "trash", primary: true, small: false, class: "button primary ef-danger", data: { key: "do" } }, async () => {
    const whole = await context.send({ ...action, contents: true }, (reason) => { problem.textContent = reason; problem.hidden = false; }, seen);
    if (whole) dialog.close(whole);
  });
  const keep = button(say("forms.keep"), { small: false }, () => dialog.close());
  dialog.body.append(make("p", null, refused.reason), problem, make("div", { class: "actions" }, go, keep));
  keep.focus();
  return dialog.done;
}

/** Go to the next part of the page: tools, canvas, form. */
function focusPart({ parts = ["#editor-floors", "#editor-rail", "#editor-canvas", "#editor-side"] }, by) {
  const elements = parts.map((one) => document.querySelector(one)).filter(Boolean);
  const at = elements.findIndex((one) => one.contains(document.activeElement));
  const start = at < 0 ? (by > 0 ? -1 : 0) : at;
  for (let tries = 1; tries <= elements.length; tries += 1) {
    const next = elements[(start + by * tries + elements.length * tries) % elements.length];
    const target = [next, ...next.querySelectorAll("button, [tabindex='0'], select, input, a[href]")].find((one) => one.matches("button, [tabindex='0'], select, input, a[href]") && one.offsetParent);
    if (target) return target.focus();
  }
  return null;
}

export { makeList, makeProperties, makeSearch, openFloors };
