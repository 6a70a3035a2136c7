// What a right click or a long press offers, where it was made.

import { make } from "../dom.js";

export class Menu {
  #element = null;
  #before = null;

  constructor(holder, label) {
    this.holder = holder;
    this.label = label;
    document.addEventListener("pointerdown", (event) => {
      if (this.#element && !this.#element.contains(event.target)) this.close();
    }, true);
  }

  get isOpen() {
    return this.#element !== null;
  }

  /** Offer `{label, run, isDanger}` at a pixel of the holder. */
  open([x, y], items) {
    this.close();
    if (!items.length) return;
    this.#before = document.activeElement;
    const buttons = items.map((item) => make("button", {
      type: "button", role: "menuitem", class: item.isDanger ? "is-danger" : null, on: { click: () => (this.close(), item.run()) },
    }, item.label));
    this.#element = make("div", { class: "ed-menu", role: "menu", "aria-label": this.label, on: { keydown: (event) => this.#key(event, buttons) } }, buttons);
    this.holder.append(this.#element);
    const { offsetWidth: width, offsetHeight: height } = this.#element;
    this.#element.style.left = `${Math.max(4, Math.min(x, this.holder.clientWidth - width - 4))}px`;
    this.#element.style.top = `${Math.max(4, Math.min(y, this.holder.clientHeight - height - 4))}px`;
    buttons[0].focus();
  }

  #key(event, buttons) {
    const now = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    event.stopPropagation();
    if (to !== undefined) {
      event.preventDefault();
      buttons[(to + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.close();
    }
  }

  close() {
    if (!this.#element) return;
    this.#element.remove();
    this.#element = null;
    if (this.#before?.isConnected) this.#before.focus();
  }
}
