/**
 * Step by step: one step at a time, the map with it, read aloud if wanted.
 */

import { attach } from "./map.js";
import { make, makeButton, page, say, store } from "./page.js";

const SPOKEN = { "zh-Hans": "zh-CN", en: "en-GB" };
const LEAST_M = 2;

/** Make every list of steps below an element walkable. */
export function attachAll(place) {
  for (const list of place.querySelectorAll("[data-steps]")) new Walk(list, place);
}

class Walk {
  constructor(list, place) {
    this.steps = [...list.querySelectorAll("li[data-level]")];
    this.figures = [...place.querySelectorAll("figure[data-map]")];
    this.index = -1;
    this.speaks = false;
    this.faces = store.get("faces") !== false;
    if (!this.steps.length) return;
    this.addHint(place);
    this.addBar(list);
    if (this.figures.length > 1) this.addFloors(place);
    else [this.shown] = this.figures;
    for (const [index, step] of this.steps.entries()) {
      step.addEventListener("click", (event) => this.tap(event, index));
    }
    document.addEventListener("wf:age", () => this.write());
    document.addEventListener("wf:way", ({ detail }) => this.hold(detail));
    addEventListener("pagehide", () => window.speechSynthesis?.cancel());
  }

  /** What the top of the map is to the reader: true of the map that is in sight, or not said. */
  addHint(place) {
    const last = this.figures.at(-1);
    this.hint = place.querySelector("[data-map-hint]") ?? make("p", { class: "hint", "data-map-hint": "", hidden: true });
    this.atSign = this.hint.textContent;
    if (last && !this.hint.parentNode) (last.closest(".strip") ?? last).after(this.hint);
    for (const figure of this.figures) figure.addEventListener("wf:turned", () => this.tell(""));
  }

  tell(text) {
    this.hint.hidden = !text;
    if (text) this.hint.textContent = text;
  }

  /** As drawn, the map of the sign's floor has at its top what who faces the sign looks at. */
  tellDrawn(figure) {
    this.tell(figure?.dataset.headsUp && this.index < 1 ? this.atSign : "");
  }

  addBar(list) {
    const button = (key, icon, action) => makeButton(say(key), icon, action);
    this.count = make("span", {});
    const time = document.querySelector("[data-map-time]");
    const seen = make("span", { class: "stepper-time" }, say("contact.map"), " ", time?.cloneNode(true));
    // long steps in large letters are scrolled, by keyboard too
    this.said = make("p", { class: "stepper-text", "aria-live": "polite", tabindex: "0" });
    this.previous = button("step.previous", "previous", () => this.go(this.index - 1));
    this.next = button("step.start", "next", () => this.go(this.index + 1));
    this.facing = button("step.facing", "facing", () => this.face(!this.faces));
    this.facing.setAttribute("aria-pressed", this.faces);
    const tools = [this.previous, this.facing];
    if ("speechSynthesis" in window && "SpeechSynthesisUtterance" in window) {
      this.voice = button("step.speak", "speak", () => this.listen(!this.speaks));
      this.voice.setAttribute("aria-pressed", "false");
      tools.push(this.voice);
    }
    tools.push(this.next);
    this.previous.disabled = true;
    const head = make("p", { class: "stepper-count" }, this.count, seen);
    const row = make("div", { class: "stepper-tools" }, ...tools);
    this.bar = make("div", { class: "stepper", role: "group", "aria-label": say("step.tools") }, head, this.said, row);
    list.after(this.bar);
    document.documentElement.classList.add("has-stepper");
  }

  /** One floor at a time: what is looked at stays in one place. */
  addFloors(place) {
    this.floors = this.figures.map((figure) => place.querySelector(`.tabs a[href="#${CSS.escape(figure.id)}"]`));
    if (this.floors.some((tab) => !tab)) this.makeTabs();
    for (const [index, tab] of this.floors.entries()) {
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        this.showFigure(this.figures[index]);
      });
    }
    this.showFigure(this.figures[0]);
  }

  makeTabs() {
    this.floors = this.figures.map((figure) => make("a", { href: `#${figure.id}` }, figure.dataset.name || ""));
    this.figures[0].before(make("ol", { class: "tabs" }, ...this.floors.map((tab) => make("li", {}, tab))));
  }

  tap(event, index) {
    const link = event.target.closest("a");
    // a step's link to its map is ours; any other link in it leads where it says
    if (link && !link.getAttribute("href").startsWith("#")) return;
    if (getSelection()?.toString()) return;
    event.preventDefault();
    this.go(index);
    const seen = this.shown?.getBoundingClientRect();
    if (seen && (seen.bottom < 120 || seen.top > innerHeight / 2)) this.shown.scrollIntoView({ block: "start" });
  }

  /** What was closed is on this way: nothing from that step on is offered. */
  hold(change) {
    if (change?.text === this.change?.text && change?.held === this.change?.held) return;
    this.change = change;
    const held = change ? change.held : this.steps.length;
    for (const [number, step] of this.steps.entries()) step.hidden = number >= held;
    const isHeld = ({ dataset }) => (step, number) => number < held || ![step.dataset.level, step.dataset.toLevel].includes(dataset.level);
    for (const figure of this.figures) {
      const isVoid = !this.steps.every(isHeld(figure));
      figure.classList.toggle("is-void", isVoid);
      figure.querySelector(".void-note")?.remove();
      if (isVoid) figure.append(make("p", { class: "void-note" }, say("change.void")));
    }
    this.end?.remove();
    this.end = change && make("li", { class: "void" }, make("p", {}, change.text), change.makeAgain());
    if (change) this.steps[0].parentNode.append(this.end);
    this.bar.toggleAttribute("data-void", Boolean(change));
    this.again?.remove();
    this.again = change && change.makeAgain();
    if (change) this.next.after(this.again);
    this.write();
    if (change && this.speaks) this.speak(change.text);
  }

  go(index) {
    if (index < 0 || index >= this.steps.length || this.steps[index].hidden) return;
    this.index = index;
    for (const [number, step] of this.steps.entries()) {
      step.classList.toggle("is-current", number === index);
      step.classList.toggle("is-done", number < index);
      if (number === index) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    const text = this.read(index);
    if (!this.bar.dataset.started) this.shown?.scrollIntoView({ block: "start" });
    this.bar.dataset.started = "yes";
    this.next.lastChild.textContent = say("step.next");
    this.count.textContent = say("step.count", { number: index + 1, count: this.steps.length });
    this.write();
    this.previous.disabled = index === 0;
    this.next.disabled = index === this.steps.length - 1;
    this.showStep(this.steps[index]);
    if (this.speaks) this.speak(text);
  }

  /** The step in the bar, with the mark of a lift that nobody has confirmed for a while. */
  write() {
    if (this.change) {
      this.said.replaceChildren(this.change.text);
      return;
    }
    const mark = this.steps[this.index]?.querySelector(".unconfirmed");
    this.said.replaceChildren(...(this.index < 0 ? [] : [this.read(this.index)]), ...(mark ? [mark.cloneNode(true)] : []));
  }

  read(index) {
    const step = this.steps[index];
    return (step.querySelector(".step-text") || step).textContent.replace(/\s+/g, " ").trim();
  }

  async showStep(step) {
    const figure = this.figures.find((one) => one.dataset.level === step.dataset.level);
    if (!figure) return;
    this.showFigure(figure);
    const map = attach(figure);
    if (!(await map.load())) return;
    const from = readPoint(step.dataset.from);
    // the far end of a floor change lies on another floor, but above or below this one
    const to = readPoint(step.dataset.to);
    const points = [from, to].filter(Boolean);
    const ahead = this.faces ? findBearing(from, to) : null;
    if (points.length) map.show(points, ahead);
    if (ahead === null) this.tellDrawn(figure);
    else this.tell(say("step.ahead"));
  }

  showFigure(shown) {
    this.shown = shown;
    this.tellDrawn(shown);
    if (!this.floors) return;
    for (const [number, figure] of this.figures.entries()) {
      figure.classList.toggle("far", figure !== shown);
      if (figure === shown) this.floors[number].setAttribute("aria-current", "true");
      else this.floors[number].removeAttribute("aria-current");
    }
  }

  face(faces) {
    this.faces = faces;
    store.set("faces", faces);
    this.facing.setAttribute("aria-pressed", faces);
    if (this.index >= 0) this.showStep(this.steps[this.index]);
  }

  listen(speaks) {
    this.speaks = speaks;
    this.voice.setAttribute("aria-pressed", speaks);
    this.voice.lastChild.textContent = say(speaks ? "step.silent" : "step.speak");
    if (!speaks) speechSynthesis.cancel();
    else if (this.change) this.speak(this.change.text);
    else if (this.index < 0) this.go(0);
    else this.speak(this.read(this.index));
  }

  speak(text) {
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = SPOKEN[page.language] || page.language;
    spoken.rate = 0.9;
    speechSynthesis.speak(spoken);
  }
}

function readPoint(text) {
  const point = (text || "").split(" ").map(Number);
  return point.length === 2 && point.every(Number.isFinite) ? point : null;
}

/** The compass direction of a stretch; none where it is too short to have one. */
function findBearing(from, to) {
  if (!from || !to || Math.hypot(to[0] - from[0], to[1] - from[1]) < LEAST_M) return null;
  return (Math.atan2(to[0] - from[0], to[1] - from[1]) * 180) / Math.PI;
}
