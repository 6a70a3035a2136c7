/** A place: what it is called, where it is, when it is open; and the emergency, one tap from everywhere. */

import { given as frame, make, say, state } from "./frame.js";
import { app, go, has, register } from "./kiosk-app.js";
import { makeRow } from "./kiosk-lists.js";
import { draw, makeButton, makeLetter, makePages } from "./kiosk-parts.js";
import { makeLink } from "./kiosk-report.js";

const body = document.body.dataset;

/** The buttons that move the map: nothing has to be pinched or dragged. */
export function makeMapTools(more = null) {
  const { map } = app;
  const tools = [
    ["closer", "i-plus"],
    ["farther", "i-minus"],
    ["whole", "i-whole"],
  ].map(([name, picture]) => makeButton(say(`kiosk.map.${name}`), picture, () => map[name](), { kind: "k-tool" }));
  return make("div", { class: "k-tools", role: "group", "aria-label": say("kiosk.map") }, ...tools, more);
}

function makeFact(name, value) {
  return value ? make("div", { class: "k-fact" }, make("dt", {}, name), make("dd", {}, value)) : null;
}

function makeFacts(place) {
  const { places } = app;
  const detail = places.detail(place);
  const lines = (texts) => texts?.length && make("span", {}, ...texts.flatMap((text, at) => (at ? [make("br"), text] : [text])));
  return make(
    "dl",
    { class: "k-facts" },
    makeFact(say("kiosk.place.hours"), lines([...(detail.hours ?? []), ...(detail.hours_note ? [detail.hours_note] : [])])),
    makeFact(say("kiosk.place.phone"), detail.phone),
    makeFact(say("kiosk.place.number"), detail.number),
    makeFact(say("kiosk.place.access"), [detail.step_free, detail.access].filter(Boolean).join(say("kiosk.comma"))),
    makeFact(say("kiosk.place.about"), detail.about),
  );
}

function makeOpening(place) {
  const { places } = app;
  const open = places.isOpen(place);
  const { note } = places.detail(place);
  if (open === null || !note) return null;
  return make("p", { class: open ? "k-open" : "k-shut" }, draw(open ? "i-check" : "i-close"), make("span", {}, note));
}

/** Whether ways may be shown: after three days without contact they are not. */
const mayGo = () => has("way") && state().contact !== "ended";

function makeGo(text, to, kind = "k-primary") {
  if (!mayGo()) return make("p", { class: "k-notice" }, draw("i-warning"), make("span", {}, say("kiosk.place.no-way")));
  return makeButton(text, "i-walk", () => go("way", { to }), { kind });
}

function showPlace(given) {
  const { places } = app;
  const place = places.find(given.id);
  const [floor, other, detail] = [places.floor(place), places.otherName(place), places.detail(place)];
  const notes = [...(detail.closures ?? []), ...(detail.notices ?? [])];
  return {
    title: places.name(place),
    floor: floor.id,
    near: true,
    marks: [{ at: place.at, text: places.name(place) }],
    caption: places.sayFloor(floor),
    panel: make(
      "div",
      { class: "k-place" },
      make(
        "p",
        { class: "k-place-where" },
        makeLetter(places.letter(floor)),
        make("strong", {}, places.sayWhere(place)),
        other ? make("span", { class: "k-other", lang: frame.languages.find((one) => one !== document.documentElement.lang) }, other) : null,
      ),
      makeOpening(place),
      ...notes.map((text) => make("p", { class: "k-notice" }, draw("i-warning"), make("span", {}, text))),
      makeFacts(place),
      makeMapTools(makeLink(place.id, "k-tool")),
      makeGo(say("kiosk.place.go"), place.id),
    ),
  };
}

function makeCall(name, phone) {
  return make("li", {}, draw("i-phone"), make("span", {}, name), make("strong", {}, phone));
}

function showEmergency(given) {
  const { places } = app;
  const sort = places.findSort("emergency");
  const goal = places.find(body.emergency) ?? places.listSort(sort)[0];
  const floor = places.floors[places.here.floor];
  const where = [body.ref, places.sayFloor(floor), document.querySelector("[data-here-name]")?.textContent].filter(Boolean).join(" ");
  const aeds = places.listSort(places.findSort("defibrillator")).slice(0, 2);
  return {
    title: say("kiosk.emergency.title"),
    marks: aeds.filter((place) => place.floor === places.here.floor).map((place) => ({ at: place.at, text: places.name(place) })),
    panel: make(
      "div",
      { class: "k-emergency" },
      make("p", { class: "k-call" }, say("kiosk.emergency.staff")),
      make(
        "ul",
        { class: "k-calls" },
        body.emergencyPhone ? makeCall(say("kiosk.emergency.phone"), body.emergencyPhone) : null,
        makeCall(say("kiosk.emergency.ambulance-phone"), body.ambulance),
      ),
      make("p", { class: "k-tell" }, say("kiosk.emergency.tell"), " ", make("strong", {}, where)),
      goal ? makeGo(say("kiosk.emergency.go"), goal.id, "k-primary is-emergency") : null,
      aeds.length ? make("h2", {}, say("kiosk.emergency.aed")) : null,
      aeds.length ? makePages(aeds, (place) => makeRow(place, { isNear: true }), { label: say("kiosk.emergency.aed"), memory: given }) : null,
    ),
  };
}

/** Offer these views. */
export function start() {
  register("place", showPlace);
  register("emergency", showEmergency);
}
