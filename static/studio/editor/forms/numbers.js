// Numbers as people type them: nothing of what is typed is dropped, what is no number says so. Pure: tested by cases.

import { isDoubtful, readLengths } from "../canvas/lengths.js";

const PLAIN = /^-?(\d+([.,]\d*)?|[.,]\d+)$/;

/**
 * Read what was typed into a field of numbers.
 *
 * @param {{unit?: string, min?: number, max?: number, above?: boolean, whole?: boolean}} field
 * @returns {{value: number|null} | {unfit: string}} null: nothing was typed; `unfit`: what is wrong with it
 */
export function readNumber(text, field = {}) {
  const typed = text.normalize("NFKC").replace(/[−–]/g, "-").trim(); // full width digits too
  if (!typed) return { value: null };
  if (field.whole && /[.,]/.test(typed)) return { unfit: "whole" };
  if (isDoubtful(typed)) return { unfit: "comma" };
  const value = PLAIN.test(typed) ? Number(typed.replace(",", ".")) : field.unit === "m" ? readLength(typed) : null;
  if (value === null) return { unfit: field.unit === "m" ? "length" : "number" };
  const { min = -Infinity, max = Infinity } = field;
  if (value > max || value < min || (field.above && value === min)) return { unfit: "range" };
  return { value };
}

/** One length with its unit: what is typed in centimetres is kept to a tenth of a millimetre. */
function readLength(typed) {
  const sign = typed.startsWith("-") ? -1 : 1;
  const lengths = readLengths(typed.replace(/^-\s*/, ""));
  return lengths?.length === 1 ? sign * Math.round(lengths[0] * 1e4) / 1e4 : null;
}
