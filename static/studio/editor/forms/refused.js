// What is typed somewhere and cannot be: said below it, and to who hears the page.

import { make } from "../dom.js";
import { nextId } from "./pick.js";

/** Say in a place why what is in an input is refused; nothing: it is not any more. Either may be missing. */
export function sayRefused(place, input, reason) {
  if (reason) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
  place?.querySelector(":scope > .ef-refused")?.remove();
  const said = place && reason && make("p", { class: "ef-refused", role: "alert", id: nextId("refused") }, reason);
  if (said) place?.append(said);
  const about = said || place?.querySelector(":scope > .ef-hint");
  if (about) input?.setAttribute("aria-describedby", about.id);
  else input?.removeAttribute("aria-describedby");
}

/** What is typed in a form and refused, with its reason, before the form is drawn anew. */
export function holdRefused(root) {
  const inputs = [...root.querySelectorAll("input[aria-invalid][data-key]:not([role=combobox]), textarea[aria-invalid][data-key]")];
  // where what the plan has stands again, its reason is of no use
  return inputs.filter((input) => input.value !== input.dataset.was).map((input) => {
    const about = document.getElementById(input.getAttribute("aria-describedby"));
    const said = about?.matches(".ef-refused") ? about : null;
    const problem = input.validity.customError ? input.validationMessage : "";
    return { key: input.dataset.key, text: input.value, problem, said, place: said?.parentElement.classList[0] };
  });
}

/** Put it where it was. Nothing is sent, and nothing read out again. */
export function giveRefused(root, held) {
  for (const { key, text, problem, said, place } of held) {
    const input = root.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!input) continue;
    input.dataset.was ??= input.value;
    if (input.value !== text) input.value = text; // the caret stays
    input.setCustomValidity(problem);
    input.setAttribute("aria-invalid", "true");
    if (!said) continue;
    said.removeAttribute("role");
    input.closest(`.${place}`)?.append(said);
    input.setAttribute("aria-describedby", said.id);
  }
}

/** Draw lines anew: what is refused in one stays with it, wherever it is now. Keys are those of the list, a place, and more. */
export function redrawLines(element, key, before, now, draw) {
  const held = holdRefused(element).flatMap((one) => {
    const [place, ...rest] = one.key.slice(key.length + 1).split(".");
    const next = now.indexOf(before[place]);
    return next < 0 ? [] : [{ ...one, key: [key, next, ...rest].join(".") }];
  });
  draw();
  giveRefused(element, held);
}
