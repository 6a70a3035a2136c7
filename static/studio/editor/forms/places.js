// Dialogs of what holds a plan: its floors, its buildings, the site; and of a lift over its floors.

import { button, fill, make } from "../dom.js";
import { newId } from "../ids.js";
import { pick, say } from "../words.js";
import { makeField, tellAt } from "./fields.js";
import { openDialog } from "./dialog.js";
import { nameIn } from "./options.js";
import { listFields } from "./presets.js";
import { findLink, LINKING, makeEdit, readValue } from "./values.js";

/** The floors, the highest first: look, edit, copy, fit, delete; add one. */
export function openFloors(context) {
  const dialog = openDialog(say("forms.floors"), { wide: true, name: "floors" });
  const redraw = () => {
    const levels = context.plan.levels().reverse();
    const rows = levels.map((level) => drawFloor(context, level, dialog));
    fill(dialog.body,
      levels.length ? make("ul", { class: "ef-list" }, rows) : make("p", { class: "ef-hint" }, say("forms.no-floors")),
      context.work.mayEdit !== false && make("div", { class: "actions" }, button(say("action.add-level"), { icon: "plus", primary: true, small: false, data: { key: "add-level" } }, () => run(context, dialog, "add-level", { ordinal: nextOrdinal(levels) }))));
  };
  watch(context, dialog, redraw);
  return dialog.done;
}

function nextOrdinal(levels) {
  return levels.length ? Math.floor(Math.max(...levels.map((one) => one.properties.ordinal ?? 0))) + 1 : 0;
}

function drawFloor(context, level, dialog) {
  const { plan } = context;
  const name = nameIn(context, level);
  const short = pick(level.properties.short_name);
  const count = plan.listOnLevel(level.id).length;
  const holders = (level.properties.building_ids ?? []).map((id) => nameIn(context, plan.get(id))).join(", ");
  const act = (kind, icon, does) => button(say(`forms.floor.${kind}`, { name }), { icon, quiet: true, data: { key: `${kind}.${level.id}` } }, does);
  const mayEdit = context.work.mayEdit !== false;
  return make("li", { class: level.id === context.state.level ? "is-here" : null },
    make("span", { class: "ef-floor" }, short || "–"),
    make("span", { class: "ef-what" }, name !== short && make("strong", null, name), make("span", { class: "ef-note" }, [holders, say("forms.floor-note", { ordinal: level.properties.ordinal, count })].filter(Boolean).join(" · "))),
    make("span", { class: "ef-acts" },
      act("go", "map", () => { dialog.close(); context.go([], { level: level.id }); }),
      act("edit", "sliders", () => { dialog.close(); context.go([level.id], { level: level.id, focus: true }); }),
      mayEdit && act("copy", "copy", () => run(context, dialog, "copy-level", { feature: level.id, ordinal: nextOrdinal(plan.levels()) })),
      mayEdit && act("fit", "fit", () => context.send({ kind: "fit-level", feature: level.id })),
      mayEdit && act("delete", "trash", () => context.dialogs.confirmDelete([level.id]))));
}

/** Let a command be done on top of a dialog, which shows afterwards what came of it. */
async function run(context, dialog, kind, given) {
  await context.dialogs.commands(kind, given);
}

function watch(context, dialog, redraw) {
  const again = () => {
    const key = document.activeElement?.dataset?.key;
    redraw();
    if (key) dialog.body.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  context.plan.addEventListener("change", again);
  dialog.done.then(() => context.plan.removeEventListener("change", again));
  redraw();
  dialog.body.querySelector("button, input")?.focus();
}

/** The buildings, each with its floors. */
export function openBuildings(context) {
  const dialog = openDialog(say("forms.buildings"), { wide: true, name: "buildings" });
  const redraw = () => {
    const { plan } = context;
    const mayEdit = context.work.mayEdit !== false;
    const rows = plan.list("building").map((building) => {
      const name = nameIn(context, building);
      const floors = plan.levels().filter((level) => level.properties.building_ids?.includes(building.id)).map((level) => pick(level.properties.short_name)).join(" ");
      const act = (kind, icon, does) => button(say(`forms.building.${kind}`, { name }), { icon, quiet: true, data: { key: `${kind}.${building.id}` } }, does);
      return make("li", null, make("span", { class: "ef-what" }, make("strong", null, name), make("span", { class: "ef-note" }, floors)),
        make("span", { class: "ef-acts" },
          act("edit", "sliders", () => { dialog.close(); context.go([building.id], { focus: true }); }),
          mayEdit && act("delete", "trash", () => context.dialogs.confirmDelete([building.id]))));
    });
    fill(dialog.body, rows.length ? make("ul", { class: "ef-list" }, rows) : make("p", { class: "ef-hint" }, say("forms.no-buildings")),
      mayEdit && make("div", { class: "actions" }, button(say("action.add-building"), { icon: "plus", primary: true, small: false, data: { key: "add-building" } }, () => run(context, dialog, "add-building", {}))));
  };
  watch(context, dialog, redraw);
  return dialog.done;
}

/** The site: its names, time zone, hours, telephone, and what it vouches for; where there is none yet, the form that begins it. */
export function openVenue(context) {
  const [venue] = context.plan.list("venue");
  if (!venue) return context.dialogs.commands("add-venue");
  const dialog = openDialog(say("forms.venue"), { wide: true, name: "venue" });
  const seen = context.plan.number;
  const { first, more } = listFields(context.presets, venue);
  const draw = (field) => makeField(field, {
    context, value: readValue(venue, field.path), type: "venue", key: `venue.${field.id}`, needed: field.input === "category",
    change: (value) => {
      const action = makeEdit(context.plan.get(venue.id), field, value);
      tellAt(dialog.body, field.id);
      return action && context.send(action, (reason) => tellAt(dialog.body, field.id, reason), seen);
    },
  });
  fill(dialog.body, make("fieldset", { class: "ef-form", disabled: context.work.mayEdit === false }, make("legend", { class: "hidden" }, say("forms.properties")), [...first, ...more].map(draw)));
  dialog.body.querySelector("input")?.focus();
  return dialog.done;
}

/**
 * Draw a lift or stair on other floors and link them all, in one go.
 *
 * What stands there in the same place already is linked and not drawn again.
 */
export function openStack(context, unitId) {
  const unit = context.plan.get(unitId);
  if (!unit || !LINKING.has(unit.properties.category)) return Promise.resolve(null);
  const dialog = openDialog(say("forms.stack"), { name: "stack" });
  const seen = context.plan.number;
  const linked = new Set((findLink(context.plan.features, unitId)?.units ?? [unitId]).map((id) => context.plan.get(id)?.properties.level_id));
  const chosen = new Set();
  const here = unit.properties.level_id;
  const boxes = context.plan.levelsBeside(here).reverse().map((level) => {
    const box = make("input", { type: "checkbox", data: { key: `floor.${level.id}` } });
    box.checked = linked.has(level.id);
    box.disabled = linked.has(level.id);
    box.addEventListener("change", () => (box.checked ? chosen.add(level.id) : chosen.delete(level.id)));
    const note = level.id === here ? say("forms.here") : linked.has(level.id) ? say("forms.linked") : "";
    return make("li", null, make("label", { class: "ef-box" }, box, make("span", { class: "ef-floor" }, pick(level.properties.short_name)), make("span", null, pick(level.properties.name)), make("span", { class: "ef-note" }, note)));
  });
  const doors = make("input", { type: "checkbox", data: { key: "doors" } });
  doors.checked = true;
  const problem = make("p", { class: "notice ef-problem", role: "alert", data: { kind: "ended" }, hidden: true });
  const tell = (text) => { problem.textContent = text; problem.hidden = !text; };
  const all = button(say("forms.all-floors"), { data: { key: "all" } }, () => {
    for (const box of dialog.body.querySelectorAll("input[data-key^='floor.']:not(:disabled)")) if (!box.checked) box.click();
  });
  const form = make("form", null, make("p", { class: "ef-hint" }, say("forms.stack-hint")), make("ul", { class: "ef-list", "aria-label": say("forms.floors") }, boxes), make("div", { class: "actions" }, all),
    make("label", { class: "ef-box" }, doors, make("span", null, say("forms.argument.doors"))), problem,
    make("div", { class: "actions" }, button(say("forms.do-stack"), { icon: "check", primary: true, small: false, type: "submit", data: { key: "do" } }), button(say("forms.cancel"), { small: false }, () => dialog.close())));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!chosen.size) return tell(say("forms.choose-floors"));
    const copies = [...chosen].map((level) => ({ level_id: level, id: newId() }));
    const done = await context.send({ kind: "stack-unit", feature: unitId, copies, link_id: newId(), doors: doors.checked }, tell, seen);
    if (done) dialog.close(done);
  });
  fill(dialog.body, form);
  (form.querySelector("input:not(:disabled)") ?? form.querySelector("button")).focus();
  return dialog.done;
}
