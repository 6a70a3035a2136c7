// Mouse, pen and fingers become what tools understand: press, drag, release, click, double click, hold, move.

/* global ol */

const HOLD_MS = 550;
const DOUBLE_MS = 350;
const SLACK_PX = { mouse: 4, pen: 6, touch: 10 };

const isNear = (one, other, by) => Math.hypot(one[0] - other[0], one[1] - other[1]) <= by;

/**
 * What tools are told: where it is, and how.
 *
 * One finger or the first button works the tool; a second finger, another button or the space bar moves the view, and takes back what the tool has begun.
 */
export class Pointer extends ol.interaction.Interaction {
  #press = null;
  #last = null;
  #timer = 0;

  /** `toolbox` has `press`, `drag`, `release`, `cancel`, `click`, `doubleClick`, `hold`, `move`. */
  constructor(map, toolbox) {
    super({});
    this.toolbox = toolbox;
    this.isSpaceDown = false;
    const viewport = map.getViewport();
    // some systems tell of it when the button goes down, others when it comes up: the button itself is waited for
    viewport.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      if (event.button !== 2 && event.pointerType !== "touch") this.toolbox.hold(this.#read(map, event));
    });
    viewport.addEventListener("pointerleave", () => this.toolbox.leave());
    this.map = map;
  }

  #read(map, event) {
    const pixel = map.getEventPixel(event);
    return {
      pixel, point: map.getCoordinateFromPixel(pixel), shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey,
      touch: event.pointerType === "touch",
    };
  }

  /** Give false where nothing else is to see the event. */
  handleEvent(event) {
    const { originalEvent: original, type } = event;
    if (!(original instanceof PointerEvent)) return true;
    const at = { ...this.#read(this.map, original), pixel: event.pixel, point: event.coordinate };
    if (!at.point) return true;
    if (type === "pointerdown") return this.#down(event, original, at);
    if (type === "pointermove" && !this.#press) return this.#hover(event, at);
    if (type === "pointermove" || type === "pointerdrag") return this.#drag(at);
    if (type === "pointerup") return this.#up(event, original, at);
    return true;
  }

  #hover(event, at) {
    if (!event.dragging && !at.touch) this.toolbox.move(at);
    return true;
  }

  #down(event, original, at) {
    clearTimeout(this.#timer);
    this.right = original.button === 2 ? at.pixel : null;
    if ((event.activePointers?.length ?? 1) > 1) {
      this.#end(true);
      return true;
    }
    if (original.button !== 0 || this.isSpaceDown) return true;
    const isTaken = this.toolbox.press(at) !== false;
    this.#press = { at, isTaken, isMoved: false, slack: SLACK_PX[original.pointerType] ?? 4 };
    if (at.touch) this.#timer = setTimeout(() => this.#hold(), HOLD_MS);
    return !isTaken;
  }

  #hold() {
    if (!this.#press || this.#press.isMoved) return;
    const { at } = this.#press;
    this.#end(true);
    this.toolbox.hold(at);
  }

  #drag(at) {
    const press = this.#press;
    if (!press) return true;
    if (!press.isMoved && isNear(at.pixel, press.at.pixel, press.slack)) return !press.isTaken;
    if (!press.isMoved) clearTimeout(this.#timer);
    press.isMoved = true;
    if (press.isTaken) this.toolbox.drag(at, press.at);
    return !press.isTaken;
  }

  #up(event, original, at) {
    clearTimeout(this.#timer);
    const press = this.#press;
    this.#press = null;
    if (original.button === 2 && this.right && isNear(this.right, at.pixel, SLACK_PX.mouse)) this.toolbox.hold(at);
    if (!press) return true;
    if (original.type === "pointercancel") this.toolbox.cancel();
    else if (!press.isMoved) this.#click(press, at);
    else if (press.isTaken) this.toolbox.release(at, press.at);
    return !press.isTaken;
  }

  /** A click is where the button went down, so that a hand that trembles hits what it aimed at. */
  #click(press, at) {
    const now = performance.now(), last = this.#last;
    const isDouble = last && now - last.when < DOUBLE_MS && isNear(at.pixel, last.pixel, press.slack * 2);
    this.#last = isDouble ? null : { when: now, pixel: at.pixel };
    const where = { ...at, point: press.at.point, pixel: press.at.pixel };
    if (isDouble) this.toolbox.doubleClick(where);
    else this.toolbox.click(where);
  }

  #end(isCancelled) {
    clearTimeout(this.#timer);
    if (this.#press?.isTaken && isCancelled) this.toolbox.cancel();
    this.#press = null;
  }
}
