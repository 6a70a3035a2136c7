// What is done: sent one after another, kept until it was heard, and what others did meanwhile.

import { newId } from "./ids.js";
import { OfflineError, RefusedError, SignedOutError } from "./session.js";

const POLL_MS = 2000;
const AGAIN_MS = [500, 1000, 2000, 5000, 10000];
/** Nobody has touched anything for so long: the session is not kept awake any more. */
const REST_MS = 10 * 60 * 1000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/**
 * Says "state" when anything of what is below changes, "entries" {entries} for what was done by others,
 * "refused" {reason, featureId, code}, which whoever tells it prevents, "notes" {notes}, "done" {ids, entry}, "lost" where the log is another one.
 */
export class Work extends EventTarget {
  /** `resolve` is asked with what others changed first: it gives "mine", "both", or null for theirs. */
  constructor({ session, plan, mayEdit, turns = { undo: 0, redo: 0 }, resolve = async () => null }) {
    super();
    this.session = session;
    this.plan = plan;
    this.mayEdit = mayEdit;
    this.turns = turns;
    this.resolve = resolve;
    this.savedAt = null;
    this.isOffline = false;
    this.people = [];
    this.#queue = [];
    session.addEventListener("out", () => {
      this.#tell("state");
      if (!session.isOut) this.#run();
    });
  }

  /** How many actions wait to be heard. */
  get waiting() {
    return this.#queue.length;
  }

  get canUndo() {
    return this.mayEdit && this.turns.undo > 0;
  }

  get canRedo() {
    return this.mayEdit && this.turns.redo > 0;
  }

  /**
   * Do an action. Gives {ids, notes, entry}, or null where it was not done: why was said then.
   *
   * `seen` is the number of the plan that was looked at, where that is not the one of now. Others' edits count from there,
   * however long the action waits: what comes meanwhile its author did not know of.
   */
  do(action, seen = this.plan.number) {
    return this.#add("actions", { action }, seen);
  }

  undo() {
    return this.#add("undo", {}, this.plan.number);
  }

  redo() {
    return this.#add("redo", {}, this.plan.number);
  }

  /** Ask every two seconds what others did, while somebody looks at the page and is at it. */
  startPolling() {
    const awake = () => {
      const wasResting = this.#rests;
      this.#touchedAt = Date.now();
      if (wasResting) this.#poll();
    };
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, awake, { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#poll();
    });
    addEventListener("online", () => this.#poll());
    addEventListener("beforeunload", (event) => {
      if (this.#queue.length) event.preventDefault();
    });
    this.#poll();
  }

  #queue;
  #isRunning = false;
  #timer = null;
  #polling = false;
  #touchedAt = Date.now();

  get #rests() {
    return Date.now() - this.#touchedAt > REST_MS;
  }

  #add(path, body, seen) {
    if (!this.mayEdit) {
      this.#tell("refused", { reason: "", code: "read-only", featureId: null });
      return Promise.resolve(null);
    }
    return new Promise((finish) => {
      this.#queue.push({ path, body, key: newId(), seen, finish });
      this.#tell("state");
      this.#run();
    });
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#sendAll();
    } finally {
      this.#isRunning = false;
      this.#tell("state");
      // what was added while the last one ended
      if (this.#queue.length && !this.session.isOut) this.#run();
    }
  }

  async #sendAll() {
    for (let tries = 0; this.#queue.length && !this.session.isOut; ) {
      const item = this.#queue[0];
      try {
        const answer = await this.session.post(item.path, { ...item.body, key: item.key, seen: item.seen });
        this.#finish(item, this.#take(answer));
        tries = 0;
      } catch (error) {
        if (error instanceof OfflineError) {
          this.#setOffline(true);
          await new Promise((again) => setTimeout(again, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]));
        } else if (!(error instanceof SignedOutError)) {
          this.#setOffline(false);
          await this.#refuse(item, error);
        }
      }
    }
  }

  /** What was refused is not sent again, unless it was another's change and is to be done all the same. */
  async #refuse(item, error) {
    if (!(error instanceof RefusedError)) {
      this.#drop(item);
      throw error;
    }
    if (error.status === 409 && error.code === "stale") {
      const chosen = await this.resolve({ action: item.body.action, ...error.answer });
      if (chosen === "mine" || chosen === "both") {
        item.body = { ...item.body, take: chosen, told: error.answer.number };
        return;
      }
      this.#drop(item);
      await this.#ask();
      return;
    }
    this.#drop(item);
    this.#tell("refused", { reason: error.reason, code: error.code, featureId: error.featureId });
    // what is refused may be so for what others did
    await this.#ask();
  }

  /** Leave out what is not done, and the undo that waits for it: it would take back what was done before. */
  #drop(item) {
    this.#finish(item, null);
    if (item.path !== "actions") return;
    let done = 0;
    const at = this.#queue.findIndex(({ path }) => {
      done += path === "undo" ? -1 : 1;
      return done < 0;
    });
    if (at >= 0) this.#queue.splice(at, 1)[0].finish(null);
  }

  #finish(item, result) {
    this.#queue.shift();
    item.finish(result);
    this.#tell("state");
  }

  #take(answer) {
    this.#setOffline(false);
    this.plan.apply(answer.changed, answer.number);
    this.turns = answer.turns;
    this.savedAt = new Date();
    const done = { ids: new Set(answer.touched), entry: answer.entry, notes: answer.notes };
    if (answer.others.length) this.#tell("entries", { entries: answer.others });
    if (answer.notes.length) this.#tell("notes", { notes: answer.notes });
    this.#tell("done", done);
    return done;
  }

  async #poll() {
    if (this.#polling) return;
    clearTimeout(this.#timer);
    if (document.hidden || this.#rests) return;
    this.#polling = true;
    await this.#ask();
    this.#polling = false;
    this.#timer = setTimeout(() => this.#poll(), this.session.isOut ? 2 * POLL_MS : POLL_MS);
  }

  /** Ask once what was added to the log. */
  async #ask() {
    try {
      const answer = await this.session.get("changes", { since: this.plan.number });
      this.#setOffline(false);
      if (answer.changed && answer.number > this.plan.number) {
        this.plan.apply(answer.changed, answer.number);
        if (answer.turns) this.turns = answer.turns;
        const others = answer.entries.filter((one) => !one.own);
        if (others.length) this.#tell("entries", { entries: others });
        this.#tell("state");
      }
      if (answer.people) this.#setPeople(answer.people);
      if (answer.open === false && this.mayEdit) {
        this.mayEdit = false;
        this.#tell("closed");
      }
    } catch (error) {
      if (error instanceof OfflineError) this.#setOffline(true);
      else if (error instanceof RefusedError) this.#tell("lost", { reason: error.reason, code: error.code });
      else if (!(error instanceof SignedOutError)) throw error;
    }
  }

  #setOffline(isOffline) {
    if (isOffline === this.isOffline) return;
    this.isOffline = isOffline;
    this.#tell("state");
  }

  #setPeople(people) {
    if (JSON.stringify(people) === JSON.stringify(this.people)) return;
    this.people = people;
    this.#tell("people", { people });
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  }
}
