// Lengths typed while drawing: a field beside the drawing, opened by a digit or by a button.

import { make } from "../dom.js";
import { readLengths } from "./lengths.js";

export class Entry {
  constructor(holder, say) {
    this.say = say;
    this.input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
    this.name = make("span");
    this.form = make("form", { class: "ed-entry", hidden: true }, make("label", null, this.name, this.input), make("button", { type: "submit", class: "button small primary" }, say("canvas.set")));
    holder.append(this.form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
    this.input.addEventListener("input", () => this.#refuse(""));
  }

  get isOpen() {
    return !this.form.hidden;
  }

  /** Ask for lengths, by the word for what they are of; `done` gets a list of metres. */
  open(text, placeholder, word, done) {
    this.done = done;
    this.before = document.activeElement;
    this.input.value = text;
    this.#refuse("");
    this.name.textContent = this.say(word);
    this.input.placeholder = placeholder;
    this.form.hidden = false;
    this.input.focus();
  }

  #submit() {
    const lengths = readLengths(this.input.value);
    if (!lengths) {
      this.#refuse(this.say("canvas.length-unfit"));
      this.form.reportValidity();
      return;
    }
    this.close();
    this.done(lengths);
  }

  /** Hold that what is typed is no length, and why; nothing: it may be one. */
  #refuse(reason) {
    this.input.setCustomValidity(reason);
    if (reason) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  close() {
    if (!this.isOpen) return;
    this.form.hidden = true;
    if (this.before?.isConnected) this.before.focus();
  }
}
