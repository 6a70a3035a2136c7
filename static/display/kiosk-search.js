/** Search: a keyboard on the screen, results as one types. */

import { make, say } from "./frame.js";
import { app, go, register } from "./kiosk-app.js";
import { makeRow } from "./kiosk-lists.js";
import { draw, makeLetter, makePages } from "./kiosk-parts.js";
import { DEPARTMENT } from "./kiosk-places.js";

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const LONGEST = 32;
/** Floors that come before the places: 3F there may be in every building. */
const MOST_FLOORS = 4;
/** Categories of what is asked for most, shown until something is typed. */
const COMMON = ["registrationcashier", "pharmacy", "bloodsampling", "radiology", "ultrasound", "laboratory"];

/** A key of the keyboard. */
function makeKey(label, text, type, kind = "k-cap", picture = "") {
  const button = make("button", { type: "button", class: kind, "aria-label": text, click: type }, picture ? draw(picture) : make("span", {}, label));
  button.dataset.cap = label;
  return button;
}

function makeKeyboard({ add, erase, clear }) {
  const rows = ROWS.map((row, number) => {
    const keys = [...row].map((letter) => makeKey(letter.toUpperCase(), letter, () => add(letter)));
    if (number === 2) keys.push(makeKey(say("kiosk.key.erase"), say("kiosk.key.erase"), erase, "k-cap is-wide", "i-erase"));
    if (number === 3)
      keys.push(
        makeKey(say("kiosk.key.space"), say("kiosk.key.space"), () => add(" "), "k-cap is-space"),
        makeKey(say("kiosk.key.clear"), say("kiosk.key.clear"), clear, "k-cap is-wide"),
      );
    return make("div", { class: "k-caps" }, ...keys);
  });
  return make("div", { class: "k-keyboard", role: "group", "aria-label": say("kiosk.keys") }, ...rows);
}

/** The view; what was typed is kept in what it was given, as long as it is on the stack. */
function showSearch(given) {
  const { places } = app;
  given.typed ??= "";
  const typed = make("output", { class: "k-typed", "aria-live": "polite" });
  const results = make("div", { class: "k-results" });

  function change(text) {
    given.typed = text.slice(0, LONGEST);
    given.page = 0;
    update();
  }

  function update() {
    const text = given.typed;
    const floors = text.trim() ? places.finder.searchFloors(text).slice(0, MOST_FLOORS) : [];
    const found = text.trim() ? [...floors, ...places.finder.search(text)] : [];
    const empty = text.trim() ? say("kiosk.search.none", { text }) : "";
    typed.replaceChildren(
      draw("i-search"),
      text ? make("span", { class: "k-typed-text" }, text) : make("span", { class: "k-typed-hint" }, say("kiosk.search.hint")),
      text ? make("span", { class: "k-caret", "aria-hidden": "true" }) : "",
      // whoever does not see the list hears that there is one
      text.trim() ? make("span", { class: "hidden" }, found.length ? `${say("kiosk.comma")}${say("kiosk.search.count", { count: found.length })}` : `${say("kiosk.comma")}${empty}`) : "",
    );
    results.replaceChildren(
      found.length || empty
        ? makePages(found, (one) => (floors.includes(one) ? makeFloorRow(one) : makeRow(one)), {
            label: say("kiosk.search.count", { count: found.length }),
            memory: given,
            empty,
          })
        : makeInvitation(),
    );
    results.firstElementChild.fit?.();
    const [best] = found;
    if (floors.includes(best)) app.map.show(best.id);
    else app.map.show(best ? places.floor(best).id : places.here.level, best ? [{ at: best.at, text: places.name(best) }] : []);
  }

  const keyboard = makeKeyboard({
    add: (letter) => change(given.typed + letter),
    erase: () => change([...given.typed].slice(0, -1).join("")),
    clear: () => change(""),
  });
  const panel = make("div", { class: "k-finder" }, typed, results, keyboard);
  // what is typed on a real keyboard goes the same way
  panel.addEventListener("k-type", ({ detail }) => change(detail === "Backspace" ? [...given.typed].slice(0, -1).join("") : given.typed + detail));
  requestAnimationFrame(update);
  return { title: say("kiosk.search.title"), panel, focus: keyboard.querySelector('[data-cap="Q"]') };
}

/** A floor that was typed: it leads to what is on it. */
function makeFloorRow(floor) {
  const { places } = app;
  const name = make("span", { class: "k-row-name" }, places.sayFloor(floor));
  const where = make("span", { class: "k-row-where" }, makeLetter(places.letter(floor)), make("span", { class: "k-row-place" }, say("kiosk.floors")));
  const badge = make("span", { class: "k-badge" }, draw("i-floors"));
  const open = () => go("floors", { level: floor.id });
  return make("button", { type: "button", class: "k-row", click: open }, badge, make("span", { class: "k-row-text" }, name, where));
}

/** Before anything is typed: what others look for most. */
function makeInvitation() {
  const { places } = app;
  const nearest = (category) =>
    places.list(DEPARTMENT, (place) => places.category(place).id === category).toSorted((one, other) => one.metres - other.metres)[0];
  const common = COMMON.map(nearest).filter(Boolean);
  return makePages(common, (place) => makeRow(place), { label: say("kiosk.departments") });
}

/** Offer this view. */
export function start() {
  register("search", showSearch);
}
