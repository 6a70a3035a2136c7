// Fields of numbers. They are texts: a browser's own field of numbers drops commas and letters without a word.

import { make } from "../dom.js";
import { say } from "../words.js";
import { readNumber } from "./numbers.js";
import { sayRefused } from "./refused.js";

export function makeNumber(field, { value, change, key, mixed }) {
  const input = makeNumberInput(field, value, change, { placeholder: mixed ? say("forms.mixed") : null, data: { key } });
  return { element: input, input };
}

/** A number among others in a line. */
export function makeNumberCell(label, value, change, field = {}, attributes = {}) {
  return make("div", { class: "ef-cell" }, makeNumberInput(field, value, change, { "aria-label": label, placeholder: label, ...attributes }));
}

/**
 * What a number is typed into: `change(number)` is told what it is, null: none. What is no number, or beyond the field's
 * limits, is refused in words, stays as it was typed and is not told.
 */
export function makeNumberInput(field, value, change, attributes = {}) {
  const hasNoSign = field.min >= 0; // keyboards of phones for decimals have no minus
  const input = make("input", { type: "text", autocomplete: "off", maxlength: "40", inputmode: hasNoSign ? "decimal" : null, ...attributes });
  putNumber(input, value);
  input.addEventListener("change", () => {
    const { value: read, unfit } = readNumber(input.value, field);
    if (unfit) return refuse(input, sayUnfit(unfit, field));
    putNumber(input, read);
    change(read);
  });
  return input;
}

/** Show a number; what was refused there before is forgotten. */
export function putNumber(input, value) {
  input.value = value ?? "";
  refuse(input);
}

function refuse(input, reason = "") {
  input.setCustomValidity(reason); // who sends the form is told the same
  sayRefused(input.closest(".ef-cell, .ef-number, .ef-step, .ef-field"), input, reason);
}

function sayUnfit(unfit, { min, max, above, unit }) {
  if (unfit === "length") return say("forms.unfit-length");
  if (unfit === "number") return say("forms.unfit-number");
  if (unfit === "whole") return say("forms.unfit-whole");
  if (unfit === "comma") return say("forms.unfit-comma");
  if (max === undefined) return say("forms.at-least", { min });
  if (above) return say("forms.more-than", { min, max });
  return unit === "m" ? say("forms.between-m", { min, max }) : say("forms.between", { min, max });
}
