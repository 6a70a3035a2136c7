// What is typed somewhere and cannot be: said below it, and to who hears the page.

import { make } from "../dom.js";
import { nextId } from "./pick.js";

/** Say in a place why what is in an input is refused; nothing: it is not any more. Either may be missing. */
export function sayRefused(place, input, reason) {
  if (reason) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
  place?.querySelector(":scope > .ef-refused")?.remove();
  const said = reason && make("p", { class: "ef-refused", role: "alert", id: nextId("refused") }, reason);
  if (said) place?.append(said);
  const about = said || place?.querySelector(":scope > .ef-hint");
  if (about) input?.setAttribute("aria-describedby", about.id);
  else input?.removeAttribute("aria-describedby");
}
