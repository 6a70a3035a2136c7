// What the editor shows and what is chosen in it: of this window alone.

/** Says "level", "selection", "tool", "several" when they change, and "jump" {ids, point} where something is to be looked at. */
export class State extends EventTarget {
  #level;
  #selection = new Set();
  #tool = "select";
  #isSeveral = false;

  constructor(level = null) {
    super();
    this.#level = level;
  }

  get level() {
    return this.#level;
  }

  get selection() {
    return this.#selection;
  }

  get tool() {
    return this.#tool;
  }

  /** Whether what is pointed at is chosen besides what is already, or taken out again: for whoever has no Shift. */
  get isSeveral() {
    return this.#isSeveral;
  }

  setLevel(level) {
    if (level === this.#level) return;
    this.#level = level;
    this.#tell("level", { level });
  }

  /** Choose features; with `add` those that were chosen stay, and who is chosen twice is chosen no more. */
  select(ids, { add = false } = {}) {
    const next = new Set(add ? this.#selection : []);
    for (const id of ids) {
      if (add && next.has(id)) next.delete(id);
      else next.add(id);
    }
    const same = next.size === this.#selection.size && [...next].every((id) => this.#selection.has(id));
    if (same) return;
    this.#selection = next;
    this.#tell("selection", { ids: next });
  }

  setSeveral(isSeveral) {
    if (isSeveral === this.#isSeveral) return;
    this.#isSeveral = isSeveral;
    this.#tell("several", { isSeveral });
  }

  /** Take another tool; one thing is chosen at a time again. */
  setTool(tool) {
    if (tool === this.#tool) return;
    const former = this.#tool;
    this.#tool = tool;
    this.setSeveral(false);
    this.#tell("tool", { tool, former });
  }

  /** Go to features, or to a point in metres, on a level. */
  jump({ ids = [], point = null, level = null, select = true }) {
    if (level) this.setLevel(level);
    if (select && ids.length) this.select(ids);
    this.#tell("jump", { ids, point, level });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
