// Opening hours: days to tick and times to enter; beneath, the text that is stored, which says more than rows can.

import { icon, make } from "../dom.js";
import { say } from "../words.js";
import { ALWAYS, DAYS, readHours, toSpan, toTime, writeHours } from "./hours.js";
import { nextId } from "./pick.js";

const WORKDAYS = { days: DAYS.slice(0, 5), spans: [[8 * 60, 12 * 60], [13 * 60 + 30, 17 * 60]] };

export function makeHours(field, { value, change, key, mixed }) {
  let text = value ?? "";
  let rows = readHours(text);
  const body = make("div", { class: "ef-hours" });
  const told = () => {
    text = writeHours(rows);
    plain.value = text;
    change(text || null);
  };
  const plain = make("input", { type: "text", id: nextId("hours"), spellcheck: "false", autocomplete: "off", maxlength: "1000", placeholder: mixed ? say("forms.mixed") : "Mo-Fr 08:00-17:00", data: { key } });
  plain.value = text;
  plain.addEventListener("change", () => {
    text = plain.value.trim();
    rows = readHours(text);
    redraw();
    change(text || null);
  });

  function redraw(focus = null) {
    const picture = rows === null ? [make("p", { class: "ef-hint" }, say("forms.hours-text-only"))] : rows.map(drawRow);
    const adds = rows === null ? [] : [
      add(say(rows.length ? "forms.other-days" : "forms.add-hours"), () => {
        rows.push(rows.length ? { days: restOfDays(), spans: [[9 * 60, 12 * 60]] } : structuredClone(WORKDAYS));
        redraw(rows.length - 1);
        told();
      }, "add"),
      !rows.length && add(say("forms.always-open"), () => { rows = readHours(ALWAYS); redraw(); told(); }, "always"),
    ];
    body.replaceChildren(...picture, make("div", { class: "ef-inline" }, ...adds.filter(Boolean)));
    if (focus !== null) body.children[focus]?.querySelector("input")?.focus();
  }

  const add = (label, does, name) => {
    const made = make("button", { type: "button", class: "button small ef-add", data: { key: `${key}.${name}` } }, icon("plus"), make("span", null, label));
    made.addEventListener("click", does);
    return made;
  };

  const restOfDays = () => {
    const left = DAYS.slice(0, 7).filter((day) => !rows.some((row) => row.days.includes(day)));
    return left.length ? left : ["PH"];
  };

  function drawRow(row, index) {
    const days = DAYS.map((day) => {
      const box = make("input", { type: "checkbox", data: { key: `${key}.${index}.${day}` } });
      box.checked = row.days.includes(day);
      box.addEventListener("change", () => {
        row.days = DAYS.filter((one) => (one === day ? box.checked : row.days.includes(one)));
        // a day has one row: of two the later would win, and nobody would see it
        if (box.checked) for (const other of rows) if (other !== row) other.days = other.days.filter((one) => one !== day);
        redraw();
        body.querySelector(`[data-key="${CSS.escape(`${key}.${index}.${day}`)}"]`)?.focus();
        told();
      });
      return make("label", { class: "ef-day" }, box, make("span", null, say(`forms.day.${day}`)));
    });
    const spans = row.spans.map((span, place) => drawSpan(row, span, index, place));
    const closed = !row.spans.length && make("span", { class: "ef-closed" }, say("forms.closed"));
    const tools = make("div", { class: "ef-inline" },
      add(say("forms.add-time"), () => { row.spans.push(row.spans.length ? [13 * 60 + 30, 17 * 60] : [8 * 60, 12 * 60]); redraw(index); told(); }, `${index}.time`),
      outButton(say("forms.take-days-out"), "trash", () => { rows.splice(index, 1); redraw(); told(); }, `${key}.${index}.out`));
    return make("div", { class: "ef-hours-row", role: "group", "aria-label": say("forms.hours-row", { number: index + 1 }) },
      make("div", { class: "ef-days" }, days), make("div", { class: "ef-spans" }, spans, closed), tools);
  }

  function drawSpan(row, span, index, place) {
    const [from, to] = [["forms.from", span[0], "from"], ["forms.until", span[1], "until"]].map(([label, minutes, name]) => {
      const input = make("input", { type: "time", "aria-label": say(label), data: { key: `${key}.${index}.${place}.${name}` } });
      input.value = toTime(minutes);
      return input;
    });
    for (const input of [from, to]) {
      input.addEventListener("change", () => {
        const made = toSpan(from.value, to.value);
        if (made) row.spans[place] = made;
        if (made) told();
      });
    }
    return make("span", { class: "ef-span" }, from, "–", to, outButton(say("forms.take-time-out"), "close", () => { row.spans.splice(place, 1); redraw(index); told(); }, `${key}.${index}.${place}.out`));
  }

  function outButton(label, picture, does, name) {
    const made = make("button", { type: "button", class: "ed-button", "aria-label": label, title: label, data: { key: name } }, icon(picture));
    made.addEventListener("click", does);
    return made;
  }

  redraw();
  const row = make("div", { class: "ef-row" }, make("label", { for: plain.id }, say("forms.as-text")), plain);
  return { element: make("div", null, body, row), input: plain };
}
