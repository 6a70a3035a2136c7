/**
 * How far what is shown can be trusted, in sight: the map's time, a mark, a banner.
 */

import { onState, state } from "./contact.js";
import { given, listTold, make, say } from "./given.js";

/** An instant as the venue's clocks show it, with the day where that is not today. */
export function sayTime(instant, today = state().time) {
  const { lang } = document.documentElement;
  const format = (options, moment) =>
    new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: given.zone, ...options }).format(moment);
  const day = { day: "numeric", month: "short" };
  const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, instant);
  return today !== null && format(day, instant) === format(day, today) ? time : `${format(day, instant)} ${time}`;
}

/** Show a message above everything, one a kind, in each of some languages; without a text it is taken away. */
export function notify(kind, tell) {
  const place = document.querySelector("[data-notices]");
  const shown = place?.querySelector(`[data-kind="${kind}"]`);
  const texts = listTold().map((language) => [language, ...tell(language)]).filter(([, text]) => text);
  const all = texts.flatMap(([, ...parts]) => parts).join("");
  if (!place || (shown && shown.textContent === all)) return;
  shown?.remove();
  if (!texts.length) return;
  const makeText = ([lang, text, more]) => make("div", { class: "frame-told", lang }, make("p", {}, text), more && make("p", {}, more));
  place.append(make("div", { class: "frame-notice", "data-kind": kind }, ...texts.map(makeText)));
}

/** Say again how old things are: after the language was changed, say. */
export function showMarks({ contact, confirmed } = state()) {
  document.documentElement.dataset.contact = contact;
  const time = confirmed === null ? "" : sayTime(confirmed);
  for (const element of document.querySelectorAll("[data-map-time]")) {
    element.textContent = time;
    if (confirmed !== null) element.setAttribute("datetime", new Date(confirmed).toISOString());
  }
  const late = contact === "fresh" ? "" : say("display.late");
  for (const element of document.querySelectorAll("[data-time-mark]")) element.textContent = late;
  const isSaid = contact === "old" || contact === "stale" || contact === "ended";
  const sayDesk = (language) => (given.desk ? say("display.desk", { phone: given.desk }, language) : "");
  notify("contact", (language) => (isSaid ? [say(`display.${contact}`, { time }, language), sayDesk(language)] : []));
}

/** Keep the marks true. */
export function start() {
  onState(showMarks);
  new MutationObserver(() => showMarks()).observe(document.documentElement, { attributeFilter: ["lang"] });
}
