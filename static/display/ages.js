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
 * `clock` has `wall()` and `steady()` in milliseconds. A contact is {server, wall, steady, age, unsure}: when
 * the server last confirmed what is shown, by its clock, by ours, and how old it was when `steady` was read.
 */
export class Ages {
  constructor(clock) {
    this.clock = clock;
    this.contact = null;
  }

  /** The server has confirmed what is shown; `server` is its time. */
  confirm(server) {
    this.contact = { server, wall: this.clock.wall(), steady: this.clock.steady(), age: 0, unsure: false };
  }

  /** After a restart: what was known before it, as `save` wrote it; `made` where nothing was. */
  recall(saved, made) {
    const wall = this.clock.wall();
    const known = saved && Number.isFinite(saved.server) && Number.isFinite(saved.wall);
    const from = known ? saved : { server: made, wall: made, age: 0, at: made };
    // the wall clock tells how long we were off, if it can be believed
    const off = wall - (Number.isFinite(from.at) ? from.at : from.wall);
    const isBelieved = off >= -SLACK_MS && off <= LONGEST_OFF_MS;
    const age = Math.max(from.age || 0, 0) + (isBelieved ? Math.max(off, 0) : 0);
    const unsure = !isBelieved || Boolean(from.unsure);
    this.contact = { server: from.server, wall: from.wall, steady: this.clock.steady(), age, unsure };
  }

  /** What a restart has to know. */
  save() {
    if (!this.contact) return null;
    const { server, wall, unsure } = this.contact;
    return { server, wall, unsure, age: this.get(), at: this.clock.wall() };
  }

  /** At least how old, in milliseconds; Infinity where nothing was ever confirmed. */
  get() {
    if (!this.contact) return Infinity;
    return this.contact.age + Math.max(this.clock.steady() - this.contact.steady, 0);
  }

  /** What the age is called. A clock that jumped while nobody answered: nobody knows, so "old" at least. */
  name(isInContact = true) {
    const named = this.contact ? nameAge(this.get()) : "old";
    const doubtful = this.contact && !isInContact && (this.contact.unsure || this.hasJumped());
    return doubtful && (named === "fresh" || named === "late") ? "old" : named;
  }

  /** Whether the wall clock has gone another way than the steady one: it was set, or we slept. */
  hasJumped() {
    const { wall, steady, age } = this.contact;
    if (age) return false;
    return Math.abs(this.clock.wall() - wall - (this.clock.steady() - steady)) > SLACK_MS;
  }

  /** The time now by the server's clock, in milliseconds; null where nobody knows. */
  getServerTime() {
    if (!this.contact || this.contact.unsure) return null;
    const time = this.contact.server + this.get();
    return Number.isFinite(time) ? time : null;
  }
}
