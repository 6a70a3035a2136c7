// A picture of a plan under its floor: dragged, turned, scaled, measured by two clicks.

const SVG = "http://www.w3.org/2000/svg";
const STEP_M = 0.1;
const words = JSON.parse(document.getElementById("images-words").textContent);

/** One picture: `lies` is where it lies, as the server has it. */
class Placing {
  constructor(card) {
    this.card = card;
    this.svg = card.querySelector("[data-placing]");
    this.layer = card.querySelector("[data-layer]");
    this.picture = this.layer.querySelector("image");
    this.marks = card.querySelector("[data-marks]");
    this.status = card.querySelector("[data-status]");
    this.size = [Number(card.dataset.width), Number(card.dataset.height)];
    this.numbers = card.querySelector("form[data-numbers]");
    this.lies = {};
    for (const name of ["x_m", "y_m", "m_per_px", "turn_deg"]) {
      this.lies[name] = Number(this.field(name).value);
    }
    this.lies.opacity = Number(this.field("opacity").value) / 100;
    this.points = null;
    this.grab = null;
    this.svg.classList.add("is-live");
    // it is no mere picture now: it takes keys
    this.svg.setAttribute("role", "group");
    this.svg.setAttribute("tabindex", "0");
    this.handle = document.createElementNS(SVG, "circle");
    this.handle.setAttribute("class", "handle");
    this.svg.append(this.handle);
    for (const hidden of card.querySelectorAll("[data-script-only]")) hidden.hidden = false;
    this.listen();
    this.draw();
  }

  field(name) {
    return this.numbers.querySelector(`[data-field="${name}"]`);
  }

  listen() {
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", () => this.release());
    this.svg.addEventListener("pointercancel", () => this.release());
    // not as it is pressed: what has the focus then is the picture
    this.svg.addEventListener("click", (event) => this.points && this.mark(this.at(event)));
    this.svg.addEventListener("keydown", (event) => this.type(event));
    const button = this.card.querySelector("[data-measure]");
    button.addEventListener("click", () => {
      this.points = this.points ? null : [];
      this.showMeasuring();
    });
    this.numbers.addEventListener("input", () => {
      for (const name of ["x_m", "y_m", "m_per_px", "turn_deg"]) {
        const value = Number(this.field(name).value);
        if (Number.isFinite(value)) this.lies[name] = value;
      }
      this.lies.opacity = Number(this.field("opacity").value) / 100;
      this.draw();
    });
    this.field("opacity").addEventListener("change", () => this.save());
  }

  /** Metres of the plan where a pointer is. */
  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(this.svg.getScreenCTM().inverse());
    return [x, -y];
  }

  /** Pixel of the picture at a point of the plan. */
  toPixel([x, y]) {
    const turn = (this.lies.turn_deg * Math.PI) / 180;
    const [east, north] = [x - this.lies.x_m, y - this.lies.y_m];
    const right = east * Math.cos(turn) - north * Math.sin(turn);
    const up = east * Math.sin(turn) + north * Math.cos(turn);
    const scale = this.lies.m_per_px;
    return [this.size[0] / 2 + right / scale, this.size[1] / 2 - up / scale];
  }

  corner() {
    const turn = (this.lies.turn_deg * Math.PI) / 180;
    const [right, up] = [(this.size[0] / 2) * this.lies.m_per_px, (this.size[1] / 2) * this.lies.m_per_px];
    return [
      this.lies.x_m + right * Math.cos(turn) + up * Math.sin(turn),
      this.lies.y_m + up * Math.cos(turn) - right * Math.sin(turn),
    ];
  }

  press(event) {
    if (event.button !== 0 || this.points) return;
    const place = this.at(event);
    this.svg.setPointerCapture(event.pointerId);
    this.grab = { place, from: { ...this.lies }, turns: event.target === this.handle, corner: this.corner() };
    event.preventDefault();
    this.svg.focus();
  }

  drag(event) {
    if (!this.grab) return;
    const [x, y] = this.at(event);
    const { place, from, turns } = this.grab;
    if (turns) {
      const [was, now] = [place, [x, y]].map(([px, py]) => [px - from.x_m, py - from.y_m]);
      const grown = Math.hypot(...now) / Math.hypot(...was);
      const turned = Math.atan2(was[1], was[0]) - Math.atan2(now[1], now[0]);
      this.lies.m_per_px = Math.min(5, Math.max(0.0005, from.m_per_px * grown));
      this.lies.turn_deg = wrap(from.turn_deg + (turned * 180) / Math.PI);
    } else {
      this.lies.x_m = from.x_m + x - place[0];
      this.lies.y_m = from.y_m + y - place[1];
    }
    this.draw();
  }

  release() {
    if (!this.grab) return;
    const moved = ["x_m", "y_m", "m_per_px", "turn_deg"].some((name) => this.lies[name] !== this.grab.from[name]);
    this.grab = null;
    if (moved) this.save();
  }

  type(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const length = STEP_M * (event.shiftKey ? 10 : 1);
    this.lies.x_m += step[0] * length;
    this.lies.y_m += step[1] * length;
    this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 500);
  }

  mark(place) {
    this.points.push(place);
    const number = this.points.length;
    const [left, top] = this.toPixel(place);
    this.card.querySelector(`[data-field="x${number}"]`).value = left.toFixed(1);
    this.card.querySelector(`[data-field="y${number}"]`).value = top.toFixed(1);
    this.showMeasuring();
    if (number === 2) {
      this.drawMarks();
      this.points = null;
      this.svg.classList.remove("is-measuring");
      this.card.querySelector("[data-measure]").setAttribute("aria-pressed", "false");
      this.say(words.clicked);
      this.card.querySelector('[data-field="length_m"]').focus();
    }
  }

  showMeasuring() {
    const on = this.points !== null;
    this.svg.classList.toggle("is-measuring", on);
    this.card.querySelector("[data-measure]").setAttribute("aria-pressed", String(on));
    if (on) this.say(this.points.length ? words.second : words.first);
    else this.say("");
    this.drawMarks();
  }

  drawMarks() {
    this.marks.replaceChildren();
    const radius = this.radius() / 2;
    for (const [x, y] of this.points ?? []) {
      const dot = document.createElementNS(SVG, "circle");
      const given = { cx: x, cy: -y, r: radius, class: "mark" };
      for (const [name, value] of Object.entries(given)) dot.setAttribute(name, value);
      this.marks.append(dot);
    }
    if (this.points?.length === 2) {
      const [[x1, y1], [x2, y2]] = this.points;
      const line = document.createElementNS(SVG, "line");
      const given = { x1, y1: -y1, x2, y2: -y2, class: "measured" };
      for (const [name, value] of Object.entries(given)) line.setAttribute(name, value);
      this.marks.append(line);
    }
  }

  /** Twelve pixels of the screen, in metres. */
  radius() {
    const matrix = this.svg.getScreenCTM();
    return matrix ? 12 / matrix.a : 1;
  }

  draw() {
    const { x_m: x, y_m: y, m_per_px: scale, turn_deg: turn, opacity } = this.lies;
    const [width, height] = [this.size[0] * scale, this.size[1] * scale];
    this.layer.setAttribute("transform", `translate(${x} ${-y}) rotate(${turn})`);
    const given = { x: -width / 2, y: -height / 2, width, height, opacity };
    for (const [name, value] of Object.entries(given)) this.picture.setAttribute(name, value);
    const [cornerX, cornerY] = this.corner();
    this.handle.setAttribute("cx", cornerX);
    this.handle.setAttribute("cy", -cornerY);
    this.handle.setAttribute("r", this.radius());
  }

  async save() {
    const digits = { x_m: 3, y_m: 3, m_per_px: 7, turn_deg: 4 };
    for (const [name, count] of Object.entries(digits)) this.field(name).value = this.lies[name].toFixed(count);
    const headers = { "Content-Type": "application/json", "X-Wayfinder-Token": document.body.dataset.token };
    let saved = false;
    try {
      const answer = await fetch(this.card.dataset.address, { method: "POST", headers, body: JSON.stringify(this.lies) });
      saved = answer.ok;
    } catch {
      // said below
    }
    this.say(saved ? words.saved : words.notSaved);
  }

  say(text) {
    this.status.textContent = text;
  }
}

function wrap(degrees) {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

for (const card of document.querySelectorAll("[data-image]")) new Placing(card);
