/**
 * How old is what is shown? Wall clocks of displays lie: their batteries are flat, they start in 1970,
 * somebody sets them. Ages are counted by the steady clock, and carried over a restart as "at least".
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From which age on, and what it is called (standards: Trust). */
export const AGES = [
  [72 * HOUR, "ended"],
  [24 * HOUR, "stale"],
  [10 * MINUTE, "old"],
  [1.5 * MINUTE, "late"],
  [0, "fresh"],
];
/** Wall and steady clock may differ by this much before one of them lies. */
const SLACK_MS = MINUTE;
/** Nobody's display is switched off for longer: a clock that says so lies. */
const LONGEST_OFF_MS = 400 * 24 * HOUR;

/** Name an age in milliseconds: fresh, late, old, stale or ended. */
export function nameAge(age) {
  return AGES.find(([from]) => Math.max(age, 0) >= from)[1];
}

/**
 * The age of what is shown.
 *
 * `clock` has `wall()` and `steady()` in milliseconds. What it knows is {server, age, unsure, wall, steady}: when the
 * server last confirmed what is shown, by its own clock; how old that was at least when our two clocks were read;
 * whether it may be older, because a clock lied.
 */
export class Ages {
  constructor(clock) {
    this.clock = clock;
    this.known = null;
  }

  /** The server has confirmed what is shown; `server` is its time. */
  confirm(server) {
    this.set(server, 0, false);
  }

  /** After a restart: what was known before it, as `save` wrote it; `made` where nothing was. */
  recall(saved, made) {
    const isKnown = saved && [saved.server, saved.age, saved.at].every(Number.isFinite);
    const before = isKnown ? saved : { server: made, age: 0, at: made, unsure: false };
    // the wall clock tells how long we were off, if it can be believed
    const off = this.clock.wall() - before.at;
    const isBelieved = off >= -SLACK_MS && off <= LONGEST_OFF_MS;
    const age = Math.max(before.age, 0) + (isBelieved ? Math.max(off, 0) : 0);
    this.set(before.server, age, Boolean(before.unsure) || !isBelieved);
  }

  set(server, age, unsure) {
    this.known = { server, age, unsure, wall: this.clock.wall(), steady: this.clock.steady() };
  }

  /** What a restart has to know; null where nothing is known. */
  save() {
    if (!this.known) return null;
    return { server: this.known.server, age: this.get(), unsure: this.isUnsure(), at: this.clock.wall() };
  }

  /** At least how old, in milliseconds; Infinity where nothing was ever confirmed. */
  get() {
    if (!this.known) return Infinity;
    return this.known.age + Math.max(this.clock.steady() - this.known.steady, 0);
  }

  /** What the age is called. Where a clock lied and nobody answers, nobody knows: "old" at least. */
  name(isInContact = true) {
    const named = this.known ? nameAge(this.get()) : "old";
    return !isInContact && this.isUnsure() && (named === "fresh" || named === "late") ? "old" : named;
  }

  /** Whether it may be older: the wall clock went another way than the steady one, or was not believed. */
  isUnsure() {
    if (!this.known || this.known.unsure) return true;
    const { wall, steady } = this.known;
    return Math.abs(this.clock.wall() - wall - (this.clock.steady() - steady)) > SLACK_MS;
  }

  /** The time now by the server's clock, in milliseconds; null where nobody knows. */
  getServerTime(isInContact = true) {
    if (!this.known || (this.isUnsure() && !isInContact)) return null;
    const time = this.known.server + this.get();
    return Number.isFinite(time) ? time : null;
  }
}
