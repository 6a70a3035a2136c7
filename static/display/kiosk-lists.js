/** The directory: by department, by floor, by first letter, by sort. */

import { make, say } from "./frame.js";
import { app, getLanguage, go, register, replace } from "./kiosk-app.js";
import { makeButton, makeChoices, makeLetter, makePages, draw } from "./kiosk-parts.js";
import { DEPARTMENT, KINDS, PLACE } from "./kiosk-places.js";

const TABS = [
  ["departments", "i-departments"],
  ["floors", "i-floors"],
  ["letters", "i-letters"],
  ["sorts", "i-sorts"],
];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** The row of a place: picture, both names, where, how far, whether it is closed. */
export function makeRow(place, { isNear = false, hasFloor = true, open = () => go("place", { id: place.id }) } = {}) {
  const { places } = app;
  const other = places.otherName(place);
  const shut = places.isOpen(place) === false ? make("span", { class: "k-tag" }, say("kiosk.place.shut")) : null;
  const floor = places.floor(place);
  const area = place.area?.[getLanguage()];
  // on the list of a floor everything is on that floor: what it is says more
  const kind = places.category(place).name[getLanguage()] ?? "";
  const nearBy = area ? say("kiosk.place.near", { area }) : "";
  const distance = isNear ? places.sayDistance(place) : "";
  // so many metres away is what is on this floor
  const building = distance ? "" : places.building(floor)?.name[getLanguage()];
  const sort = nearBy || kind === places.name(place) ? "" : kind;
  const told = [distance, nearBy, hasFloor ? building : sort].filter(Boolean).join(" · ");
  const badge = make("span", { class: places.isEmergency(place) ? "k-badge is-emergency" : "k-badge" }, draw(places.picture(place)));
  return make(
    "button",
    { type: "button", class: "k-row", click: open },
    badge,
    make(
      "span",
      { class: "k-row-text" },
      make("span", { class: "k-row-name" }, places.name(place)),
      other ? make("span", { class: "k-row-other hidden", lang: getLanguage() === "en" ? "zh-Hans" : "en" }, other) : null,
      make("span", { class: "k-row-where" }, ...(hasFloor ? [makeLetter(places.letter(floor)), make("span", { class: "k-row-floor" }, floor.label[getLanguage()])] : []), shut, make("span", { class: "k-row-place" }, told)),
    ),
  );
}

function makeTabs(chosen) {
  return makeChoices(
    say("kiosk.lists"),
    TABS.map(([name, picture]) => [name, say(`kiosk.${name}`), picture]),
    chosen,
    (name) => replace(name),
    "k-tab",
  );
}

/** The marks of places on the kiosk's own floor: what is listed is seen on the map. */
function listMarks(found) {
  const { places } = app;
  return found.filter((place) => place.floor === places.here.floor).map((place) => ({ at: place.at, text: places.name(place) }));
}

function showDepartments(given) {
  const { places } = app;
  const kind = given.kind ?? "all";
  const all = places.list(DEPARTMENT);
  const kinds = KINDS.filter((one) => all.some((place) => places.category(place).kind === one));
  const chips = ["all", ...kinds].map((one) => [one, say(`kiosk.kind.${one}`)]);
  const found = kind === "all" ? all : all.filter((place) => places.category(place).kind === kind);
  return {
    title: say("kiosk.departments"),
    panel: make(
      "div",
      { class: "k-directory" },
      makeTabs("departments"),
      makeChoices(say("kiosk.kinds"), chips, kind, (one) => replace("departments", { kind: one })),
      makePages(found, (place) => makeRow(place), { label: say("kiosk.departments"), memory: given }),
    ),
  };
}

/** Buildings by their letters, those without one, and what belongs to none: each [key, name, letter]. */
function listBuildings() {
  const { buildings, floors } = app.places;
  const last = "~";
  const named = buildings
    .map((building, number) => [number, building.name[getLanguage()], building.letter])
    .toSorted(([, , one], [, , other]) => ((one || last) < (other || last) ? -1 : Number((one || last) > (other || last))));
  const open = floors.filter((floor) => floor.building === null).map((floor) => [floor.id, floor.label[getLanguage()], ""]);
  return [...named, ...open].filter(([key]) => listFloors(key).length);
}

function makeBuildings(buildings, chosen, choose) {
  const buttons = buildings.map(([key, name, letter]) => {
    const attributes = { type: "button", class: "k-building", "aria-pressed": String(key === chosen), click: () => choose(key) };
    return make("button", attributes, makeLetter(letter), make("span", {}, name));
  });
  return make("div", { class: "k-buildings", role: "group", "aria-label": say("kiosk.buildings") }, ...buttons);
}

function listFloors(key) {
  const { floors } = app.places;
  return floors.filter((floor) => (floor.building === null ? floor.id === key : floor.building === key));
}

function showFloors(given) {
  const { places } = app;
  const level = given.level ?? places.here.level;
  const floor = places.floors[places.floorOf.get(level)];
  const buildings = listBuildings();
  const building = floor.building ?? floor.id;
  const floors = listFloors(building).map((one) => [one.id, one.label[getLanguage()]]);
  const choose = (key) => {
    const all = listFloors(key);
    const same = all.find((one) => one.id === places.here.level) ?? all.find((one) => one.label[getLanguage()] === floor.label[getLanguage()]);
    replace("floors", { level: (same ?? all.at(-1)).id });
  };
  const found = places.list(PLACE, (place) => places.floors[place.floor] === floor);
  return {
    title: places.sayFloor(floor),
    floor: floor.id,
    panel: make(
      "div",
      { class: "k-directory" },
      makeTabs("floors"),
      makeBuildings(buildings, building, choose),
      floors.length > 1 ? makeChoices(say("kiosk.floors"), floors, floor.id, (one) => replace("floors", { level: one }), "k-floor") : null,
      makePages(found, (place) => makeRow(place, { hasFloor: false }), { label: places.sayFloor(floor), memory: given }),
    ),
  };
}

function showLetters(given) {
  const { places } = app;
  const language = getLanguage();
  const all = places.list(PLACE);
  const letters = new Set(all.map((place) => place.initial[language]));
  const choices = [...LETTERS, ...(letters.has("#") ? ["#"] : [])];
  const letter = given.letter ?? choices.find((one) => letters.has(one)) ?? "A";
  const buttons = choices.map((one) =>
    makeButton(one, "", () => replace("letters", { letter: one }), { kind: "k-letter", pressed: one === letter, disabled: !letters.has(one) }),
  );
  const found = all.filter((place) => place.initial[language] === letter);
  return {
    title: `${say("kiosk.letters")} · ${letter}`,
    panel: make(
      "div",
      { class: "k-directory" },
      makeTabs("letters"),
      make("div", { class: "k-letters", role: "group", "aria-label": say("kiosk.letters") }, ...buttons),
      makePages(found, (place) => makeRow(place), { label: letter, memory: given, empty: say("kiosk.list.no-letter", { letter }) }),
    ),
  };
}

function showSorts(given) {
  const { places } = app;
  const language = getLanguage();
  const sorts = places.sorts.map((number, sort) => ({ sort, category: places.categories[number] }));
  const makeSort = ({ sort, category }) =>
    makeButton(category.name[language], category.symbol ? `s-${category.symbol}` : "i-pin", () => go("sort", { sort }), { kind: "k-row is-sort" });
  return {
    title: say("kiosk.sorts"),
    panel: make("div", { class: "k-directory" }, makeTabs("sorts"), makePages(sorts, makeSort, { label: say("kiosk.sorts"), memory: given, columns: 3 })),
  };
}

function showSort(given) {
  const { places } = app;
  const found = places.listSort(given.sort);
  const category = places.categories[places.sorts[given.sort]];
  const title = given.wish ? say(`kiosk.wish.${given.wish}`) : category.name[getLanguage()];
  return {
    title: `${title} · ${say("kiosk.list.nearest")}`,
    marks: listMarks(found),
    panel: make("div", { class: "k-directory" }, makePages(found, (place) => makeRow(place, { isNear: true }), { label: title, memory: given })),
  };
}

/** Offer these views. */
export function start() {
  register("departments", showDepartments);
  register("floors", showFloors);
  register("letters", showLetters);
  register("sorts", showSorts);
  register("sort", showSort);
}
