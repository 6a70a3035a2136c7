// The lines of a form's lists when it is drawn anew: one that lacks something is nowhere but in the form. Pure.

import { isSame } from "./values.js";

/** The lists of a form by key: each hands its lines to the one that is drawn in its place. */
export class Lines {
  #before = new Map();
  #now = new Map();

  /** Begin to draw the form, of what it was of before where that `stays`. */
  begin(stays) {
    this.#before = stays ? this.#now : new Map();
    this.#now = new Map();
  }

  /** The lines of a list that begins, to be changed in place: what the plan has, and what lacks something; see `layOver`. */
  take(key, value, how) {
    const made = layOver(this.#before.get(key)?.rows ?? [], value, how);
    this.#now.set(key, made);
    return made.rows;
  }

  /** The key, by now, of a field that had another before the form was drawn: its line may have moved. null: it has gone. */
  follow(key) {
    for (const [list, { places }] of this.#now) {
      if (!key.startsWith(`${list}.`)) continue;
      const [place, ...rest] = key.slice(list.length + 1).split(".");
      if (!/^\d+$/.test(place)) return key;
      return places[place] >= 0 ? [list, places[place], ...rest].join(".") : null;
    }
    return key;
  }
}

/**
 * Lay what the plan has over the lines that a list shows: those that lack something stay.
 *
 * @param {object[]} shown its lines
 * @param value what the plan has
 * @param how `list(value)` gives the lines of a value, `read(lines)` the value of lines, `empty` is a line that was just added
 * @returns {{rows: object[], places: number[]}} its lines, and where each of those shown is among them, -1: nowhere
 */
export function layOver(shown, value, { list, read, empty }) {
  const rows = list(value);
  const isWhole = (row) => Object.keys(read([row]) ?? {}).length > 0;
  const whole = shown.filter(isWhole);
  if (whole.length === rows.length && isSame(read(shown) ?? null, value ?? null)) return { rows: structuredClone(shown), places: [...shown.keys()] };
  const others = new Set(rows.keys());
  const places = shown.map((row) => {
    const at = [...others].find((index) => isSame(rows[index], row)) ?? -1;
    others.delete(at);
    return at;
  });
  for (const [index, row] of shown.entries()) {
    // a line that came meanwhile and is this one with what it lacks is this one, as after an undo
    if (places[index] >= 0 || isWhole(row) || [...others].some((at) => completes(rows[at], row, empty))) continue;
    places[index] = rows.push(structuredClone(row)) - 1;
  }
  return { rows, places };
}

function completes(line, half, empty) {
  const said = Object.keys(half).filter((key) => !isSame(half[key], empty[key]));
  return said.length > 0 && said.every((key) => isSame(line[key], half[key]));
}
