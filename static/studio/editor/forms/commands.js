// Every edit as a form: what one wants to do, and what is needed for it. All of editing by keys.

import { button, fill, make } from "../dom.js";
import { newId } from "../ids.js";
import { sayAction, say } from "../words.js";
import { buildAction, fitsSelection, listGiven } from "./build.js";
import { openDialog } from "./dialog.js";
import { makeArgument, sayArgument } from "./fields-command.js";
import { makeCombo } from "./pick.js";
import { giveRefused, holdRefused } from "./refused.js";
import { findLevel, findLink, typeOf } from "./values.js";

/** Arguments on which others depend: the form is drawn anew when they change. */
const ROOTS = new Set(["feature", "category", "member", "level_id"]);

/**
 * Open the form of an edit, or the choice of one.
 *
 * @param kind the edit; none: one is chosen first, those first that fit what is chosen on the plan
 * @param given what is known of its arguments; `features`: what it is about
 * @returns promise of what was done, null where nothing was
 */
export function openCommands(context, kind = null, given = {}) {
  const dialog = openDialog(kind ? sayAction(kind) : say("forms.commands"), { wide: true, name: kind ?? "commands" });
  const about = new Set(given.features ?? context.state.selection);
  const typeOfId = (id) => context.plan.get(id) && typeOf(context.plan.get(id));
  const form = make("div", { class: "ef-command" });

  function show(chosen) {
    const command = context.presets.commandsByKind.get(chosen);
    const values = listGiven(command, { selection: about, level: context.state.level, typeOf: typeOfId, given: given.features && !kind ? {} : given });
    if (chosen === "unlink") preset(context, values, about);
    drawForm(context, form, { command, values, fixed: kind ? listFixed(command, given) : {}, close: dialog.close });
  }

  if (kind) {
    fill(dialog.body, form);
    show(kind);
    (form.querySelector("input:not([type=hidden]), select, textarea") ?? form.querySelector("button"))?.focus();
    return dialog.done;
  }
  const combo = makeCombo({ label: say("forms.what-to-do"), list: () => listCommands(context, about, typeOfId), pick: show, keeps: true, placeholder: say("forms.type-command"), key: "command" });
  fill(dialog.body, make("div", { class: "ef-field" }, make("label", { for: combo.input.id }, say("forms.what-to-do")), combo.element), form);
  combo.input.focus();
  return dialog.done;
}

/** What is given of an edit and is not asked for: a fix knows it, a form does not. */
function listFixed(command, given) {
  const asked = new Set(["kind", "features", ...command.arguments.map((one) => one.name)]);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !asked.has(name)));
}

function listCommands(context, about, typeOfId) {
  const options = context.presets.commands.map((command) => ({
    value: command.kind, label: command.title, note: say(`forms.family.${command.family}`), search: [command.kind],
    fits: fitsSelection(command, about, typeOfId),
  }));
  return [...options.filter((one) => one.fits), ...options.filter((one) => !one.fits)];
}

/** The link that a chosen lift is in. */
function preset(context, values, about) {
  for (const id of about) {
    const link = findLink(context.plan.features, id);
    if (!values.feature && link) [values.feature, values.unit] = [link.relationship.id, id];
  }
}

function drawForm(context, element, { command, values, fixed, close }) {
  const seen = context.plan.number;
  const problem = make("p", { class: "notice ef-problem", role: "alert", data: { kind: "ended" }, hidden: true });
  const fields = make("div", { class: "ef-arguments" });
  const submit = button(say("forms.do"), { icon: "check", primary: true, small: false, type: "submit", data: { key: "do" } });
  const form = make("form", { novalidate: true }, fields, problem, make("div", { class: "actions" }, submit, button(say("forms.cancel"), { small: false }, () => close())));

  function redraw(changed = null) {
    const refused = changed === "feature" ? [] : holdRefused(fields); // what is said of another thing begins anew
    fill(fields, command.arguments.map((argument) => makeArgument(argument, {
      context, command, values,
      change: (value) => {
        const before = values[argument.name];
        values[argument.name] = value;
        if (ROOTS.has(argument.name) && before !== value && depends(command)) redraw(argument.name);
      },
    })));
    giveRefused(fields, refused);
    if (changed) fields.querySelector(`[data-key="${CSS.escape(`argument.${changed}`)}"]`)?.focus();
  }

  const tell = (text) => {
    problem.textContent = text;
    problem.hidden = !text;
    if (text) problem.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    document.activeElement?.blur?.(); // what is typed counts, left or not
    submit.focus();
    const unfit = form.querySelector("input[aria-invalid]"); // what it held before does not count
    if (unfit) {
      tell(unfit.validationMessage);
      return unfit.focus();
    }
    const { action, missing } = buildAction(command, values, newId, fixed);
    if (!action) {
      tell(say("forms.needed", { names: missing.map((name) => sayArgument(command.kind, name)).join(say("forms.and")) }));
      return;
    }
    tell("");
    submit.disabled = true;
    const done = await context.send(action, (reason) => tell(reason), seen);
    submit.disabled = false;
    if (!done) return;
    close(done);
    show(context, action);
  });
  redraw();
  fill(element, make("p", { class: "ef-hint" }, say(`forms.about.${command.kind}`)), form);
}

const depends = (command) => command.arguments.some((one) => ["wall", "moves", "area", "side", "copies", "properties", "messages", "category", "labels", "point"].includes(one.input));

/** Choose what was made, so that its form is at hand. */
function show(context, action) {
  const made = [action.id, action.new_id].find((id) => id && context.plan.get(id));
  if (made) context.go([made], { level: findLevel(context.plan.features, context.plan.get(made)) });
}
