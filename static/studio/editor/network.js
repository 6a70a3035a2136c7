// The network over the plan: asked for anew as soon as something has changed, one question at a time.

/** Says "shown" {number, nodes, edges, took_ms} when what is drawn is that of an entry. */
export class NetworkOverlay extends EventTarget {
  constructor({ session, plan, state, canvas }) {
    super();
    this.session = session;
    this.plan = plan;
    this.state = state;
    this.canvas = canvas;
    this.isOn = false;
    plan.addEventListener("change", () => this.#refresh());
    state.addEventListener("level", () => {
      if (this.isOn) this.canvas.showNetwork(null);
      this.#refresh();
    });
  }

  set(isOn) {
    this.isOn = isOn;
    if (isOn) this.#refresh();
    else this.canvas.showNetwork(null);
    this.dispatchEvent(new CustomEvent("on", { detail: { isOn } }));
  }

  #asking = false;
  #again = false;

  async #refresh() {
    if (!this.isOn || !this.state.level) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    const level = this.state.level;
    const began = performance.now();
    const answer = await this.session.get("network", { level }).catch(() => null);
    this.#asking = false;
    if (this.isOn && answer && level === this.state.level) {
      this.canvas.showNetwork(answer);
      const { number, nodes, edges } = answer;
      this.dispatchEvent(new CustomEvent("shown", { detail: { number, nodes: nodes.length, edges: edges.length, took_ms: performance.now() - began } }));
    }
    // what came meanwhile: by an own answer, by others
    const missed = this.#again || (answer && answer.number < this.plan.number);
    this.#again = false;
    if (missed) this.#refresh();
  }
}
