/** The words of a way: warnings and steps of one floor, in pages turned by buttons. */

import { make, say, sayTime, state } from "./frame.js";
import { draw, makeButton } from "./kiosk-parts.js";

const CHANGES = { lift: "s-lift", stairs: "s-stairs", escalator: "s-escalator", ramp: "i-ramp" };
const LINES = { continue: "i-straight", door: "i-door", enter: "i-door", exit: "i-door", arrive: "i-pin" };

/** The picture of what one does. */
export function getPicture({ kind, direction }) {
  if (kind === "turn" || kind === "depart") return `i-${(direction ?? "straight").replace(" ", "-")}`;
  return CHANGES[kind] ?? LINES[kind] ?? "i-straight";
}

/** Say what to know, in words. */
export function sayWarning({ text, shut, opens, name, closes }) {
  if (text) return text;
  if (closes) return say("kioskway.closes", { name, time: sayTime(closes) });
  return opens ? say("kioskway.shut-until", { name: shut, time: sayTime(opens) }) : say("kioskway.shut", { name: shut });
}

/** Whether steps that hang on a lift or a door with hours are to be doubted. */
function isDoubtful(way) {
  const { contact } = state();
  return contact === "old" || contact === "stale" || way.isOutdated;
}

/** "Not confirmed since 10:42" for a step that may no longer hold, else nothing. */
export function sayDoubt(way, step) {
  if (!step.unsure || !isDoubtful(way)) return "";
  const { confirmed } = state();
  const since = way.source === "kept" ? Math.min(way.made, confirmed ?? way.made) : confirmed;
  return since ? say("kioskway.unconfirmed", { time: sayTime(since) }) : "";
}

/** A list of steps; `choose(step)` is called with the one that is touched. */
export class StepList {
  constructor(way, choose) {
    Object.assign(this, { way, choose, page: 0, current: null });
    this.rows = make("ol", { class: "w-steps" });
    const turn = (by) => () => {
      this.page += by;
      this.fit();
    };
    this.earlier = makeButton(say("kiosk.list.previous"), "i-up", turn(-1), { kind: "w-turn" });
    this.later = makeButton(say("kiosk.list.next"), "i-down", turn(1), { kind: "w-turn" });
    this.said = make("span", { class: "w-page", role: "status" });
    this.turns = make("div", { class: "w-turns" }, this.earlier, this.said, this.later);
    this.element = make("div", { class: "k-list w-list" }, this.rows, this.turns);
    // lists are measured again when the screen changes (kiosk-parts.js)
    this.element.fit = () => this.fit();
  }

  show(stage, warnings = []) {
    this.page = 0;
    this.current = null;
    const notes = warnings.map((warning) => make("li", {}, make("p", { class: "k-notice" }, draw("i-warning"), make("span", {}, sayWarning(warning)))));
    const steps = stage.steps.map((step) => {
      const doubt = sayDoubt(this.way, step);
      const words = make("span", { class: "w-words" }, make("span", {}, this.way.say(step.text)), doubt ? make("span", { class: "w-doubt" }, doubt) : null);
      const row = make("button", { type: "button", class: "w-step", click: () => this.take(step, row) }, draw(getPicture(step)), words);
      return make("li", {}, row);
    });
    this.items = [...notes, ...steps];
    this.fit();
  }

  take(step, row) {
    for (const one of this.rows.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    row.setAttribute("aria-current", "step");
    this.choose(step);
  }

  /** Put as many as have room on a page. */
  fit() {
    if (!this.items || !this.rows.isConnected) return;
    this.turns.hidden = true;
    let pages = this.cut();
    if (pages.length > 1) {
      this.turns.hidden = false;
      pages = this.cut();
    }
    this.page = Math.min(Math.max(this.page, 0), pages.length - 1);
    this.rows.replaceChildren(...pages[this.page]);
    this.earlier.disabled = this.page === 0;
    this.later.disabled = this.page === pages.length - 1;
    this.said.replaceChildren(
      make("span", { "aria-hidden": "true" }, `${this.page + 1} / ${pages.length}`),
      make("span", { class: "hidden" }, say("kiosk.list.page", { page: this.page + 1, pages: pages.length })),
    );
  }

  cut() {
    this.rows.replaceChildren(...this.items);
    const room = this.rows.clientHeight;
    const pages = [[]];
    let top = 0;
    for (const item of this.items) {
      const bottom = item.offsetTop + item.offsetHeight;
      if (bottom - top > room + 1 && pages.at(-1).length) {
        pages.push([]);
        top = item.offsetTop;
      }
      pages.at(-1).push(item);
    }
    return pages;
  }
}
