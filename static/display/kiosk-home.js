/** The first screen, and what is shown while nobody is there. */

import { given, make, report, say, state } from "./frame.js";
import { app, getShown, go, home, register, setLanguage } from "./kiosk-app.js";
import { draw, makeButton } from "./kiosk-parts.js";
import { makeLink } from "./kiosk-report.js";

const wishes = Array.from(document.querySelectorAll("[data-wish]"), ({ dataset }) => ({ ...dataset }));
/** How long each notice is shown while nobody is there. */
const NOTICE_MS = 8_000;
const CLOCK_MS = 1_000;

const headsUp = () => say(document.body.dataset.headsUp ? "kiosk.map.heads-up" : "kiosk.map.north-up");

function makeCaption() {
  return make("span", { class: "k-hint" }, draw("i-straight"), make("span", {}, headsUp()));
}

function sayNotice({ text }, language) {
  return text?.[language] ?? text?.[given.languages[0]] ?? text?.und;
}

/** Notices and closures that hold, as texts of a language. */
export function listNotices(language = document.documentElement.lang) {
  const { now } = state();
  const notices = (now?.notices ?? []).map((notice) => sayNotice(notice, language));
  return [...new Set([...notices, ...(now?.closures?.[language] ?? [])].filter(Boolean))];
}

function makeNotices() {
  const texts = listNotices();
  if (!texts.length) return null;
  const more = texts.length > 1 ? say("kiosk.notices.more", { count: texts.length - 1 }) : "";
  const attributes = { type: "button", class: "k-news", click: () => go("notices") };
  return make("button", attributes, draw("i-warning"), make("span", {}, texts[0]), more && make("span", { class: "k-more" }, more));
}

/** The first screen. */
function showHome() {
  const { places } = app;
  const search = makeButton(say("kiosk.search.invite"), "i-search", () => go("search"), { kind: "k-search" });
  const tiles = wishes
    .filter(({ wish, category }) => wish && places.findSort(category) >= 0)
    .map(({ wish, category, symbol }) =>
      makeButton(say(`kiosk.wish.${wish}`), `s-${symbol}`, () => go("sort", { sort: places.findSort(category), wish }), { kind: "k-tile" }),
    );
  const lists = [
    ["departments", "i-departments"],
    ["floors", "i-floors"],
    ["letters", "i-letters"],
    ["sorts", "i-sorts"],
  ].map(([name, picture]) => makeButton(say(`kiosk.${name}`), picture, () => go(name), { kind: "k-button" }));
  const wrong = makeLink(given.id, "k-button");
  return {
    title: say("kiosk.question"),
    caption: makeCaption(),
    panel: make(
      "div",
      { class: "k-home" },
      makeNotices(),
      search,
      make("div", { class: "k-tiles", role: "group", "aria-label": say("kiosk.sorts") }, ...tiles),
      make("div", { class: "k-lists", role: "group", "aria-label": say("kiosk.departments") }, ...lists, wrong),
    ),
  };
}

/** What is to be read, whole. */
function showNotices() {
  const texts = listNotices().map((text) => make("li", { class: "k-notice" }, draw("i-warning"), make("span", {}, text)));
  return { title: say("kiosk.notices"), panel: make("ul", { class: "k-news-list", tabindex: "0" }, ...texts) };
}

/** Nobody is there: where this is, what is new, and that one may touch. */
function showAttract() {
  const begin = (language) => () => {
    if (language !== document.documentElement.lang) setLanguage(language);
    home();
  };
  const buttons = given.languages.map((language) =>
    make(
      "button",
      { type: "button", class: "k-begin", lang: language, click: begin(language) },
      draw("i-touch"),
      make("span", {}, say("kiosk.attract.title", {}, language)),
    ),
  );
  const news = make("p", { class: "k-attract-news", "aria-live": "off" });
  const turn = makeTurner(news);
  const timer = setInterval(turn, NOTICE_MS);
  turn();
  return {
    title: say("kiosk.welcome"),
    caption: makeCaption(),
    panel: make("div", { class: "k-attract" }, ...buttons, news),
    focus: buttons[0],
    leave: () => clearInterval(timer),
  };
}

/** Return what shows the next notice, in one language after the other. */
function makeTurner(element) {
  let number = 0;
  return () => {
    const texts = given.languages.flatMap((language) => listNotices(language).map((text) => [language, text]));
    if (!texts.length) {
      element.hidden = true;
      return;
    }
    const [language, text] = texts[number % texts.length];
    number += 1;
    const played = state().now?.notices?.find((notice) => sayNotice(notice, language) === text);
    if (played?.id) report("played", played.id);
    element.hidden = false;
    element.lang = language;
    element.replaceChildren(draw("i-warning"), make("span", {}, text));
  };
}

/** Show the time by the server's clock: the screen's own may lie. */
function tellTime() {
  const { time } = state();
  const clock = document.querySelector("[data-clock]");
  const text = time === null ? "" : new Intl.DateTimeFormat("en-GB", { timeZone: given.zone, hour: "2-digit", minute: "2-digit" }).format(time);
  if (clock.textContent !== text) clock.textContent = text;
}

/** "Touch the screen" means all of it, not only its buttons. */
function wake(event) {
  if (getShown() === "attract" && event.target.closest("main") && !event.target.closest("button")) home();
}

/** Offer these views. */
export function start() {
  document.addEventListener("click", wake);
  setInterval(tellTime, CLOCK_MS);
  tellTime();
  register("home", showHome);
  register("notices", showNotices);
  register("attract", showAttract);
}

