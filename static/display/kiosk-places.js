/** All places of the venue: what they are called, where they are, how far, whether they are open. */

import { given, say, state } from "./frame.js";
import { Finder } from "./kiosk-find.js";

export const [ROOM, PLACE, DEPARTMENT] = [0, 1, 2];
/** A floor more or less is as bad as so many metres (ours); another building as its own distance. */
const FLOOR_M = 40;
const RIGHT_HERE_M = 8;
/** Kinds of categories to the lists of departments, in their order. */
export const KINDS = ["clinic", "diagnostics", "ward", "service", "emergency"];

const body = document.body.dataset;

/** The document of `/kiosk/<code>/places`, as the views ask it. */
export class Places {
  constructor(document_) {
    Object.assign(this, document_);
    this.details = {};
    this.until = Infinity;
    this.ofId = new Map(this.places.map((place) => [place.id, place]));
    this.floorOf = new Map(this.floors.map((floor, number) => [floor.id, number]));
    const [x, y] = (body.at || "0 0").split(" ").map(Number);
    this.here = { id: body.here, level: body.level, floor: this.floorOf.get(body.level) ?? 0, at: [x, y] };
    this.byRoom = new Map();
    for (const place of this.places) for (const room of place.rooms ?? []) this.byRoom.set(room, place);
    for (const place of this.places) place.metres = this.measure(place);
    this.finder = new Finder(this);
  }

  /** Take what is known of them now: the document of `/kiosk/<code>/details`. */
  setDetails(document_) {
    this.details = document_.places ?? {};
    this.until = Date.parse(document_.until ?? "") || Infinity;
  }

  /** The place with an id, or the one in a room with that id. */
  find(id) {
    return this.ofId.get(id) ?? this.byRoom.get(id);
  }

  name(place, language = document.documentElement.lang) {
    return place.name[language] ?? Object.values(place.name)[0] ?? place.id;
  }

  /** Its name in the other language, or nothing where that is the same. */
  otherName(place) {
    const other = given.languages.find((language) => language !== document.documentElement.lang);
    const name = other ? this.name(place, other) : "";
    return name === this.name(place) ? "" : name;
  }

  category(place) {
    return this.categories[place.category];
  }

  /** Which picture stands for it. */
  picture(place) {
    const { symbol } = this.category(place);
    return symbol ? `s-${symbol}` : "i-pin";
  }

  isEmergency(place) {
    return this.category(place).id === "emergency";
  }

  floor(place) {
    return this.floors[place.floor];
  }

  building(floor) {
    return floor.building === null ? null : this.buildings[floor.building];
  }

  letter(floor) {
    return this.building(floor)?.letter ?? "";
  }

  /** A floor as one says it: its building and its label. */
  sayFloor(floor, language = document.documentElement.lang) {
    const building = this.building(floor)?.name[language] ?? "";
    const label = floor.label[language] ?? "";
    return building && label && building !== label ? `${building} ${label}` : label || building;
  }

  sayWhere(place) {
    const area = place.area?.[document.documentElement.lang];
    const floor = this.sayFloor(this.floor(place));
    return area ? `${floor} · ${say("kiosk.place.near", { area })}` : floor;
  }

  /** About how far, as long as nobody has found the way: in metres. */
  measure(place) {
    const flat = Math.hypot(place.at[0] - this.here.at[0], place.at[1] - this.here.at[1]) / 10;
    return flat + FLOOR_M * this.countFloors(place);
  }

  countFloors(place) {
    const [one, other] = [this.floors[place.floor], this.floors[this.here.floor]];
    return Math.abs((one.ordinal ?? 0) - (other.ordinal ?? 0));
  }

  /** About how far in words, only on this floor: across floors nobody walks as the crow flies. */
  sayDistance(place) {
    if (place.floor !== this.here.floor) return "";
    if (place.metres < RIGHT_HERE_M) return say("kiosk.place.here");
    const step = place.metres < 100 ? 10 : 50;
    return say("kiosk.place.metres", { metres: Math.ceil(place.metres / step) * step });
  }

  /** What is known of it now, in the language that is shown. */
  detail(place) {
    return this.details[place.id]?.[document.documentElement.lang] ?? {};
  }

  /** Whether it is open: true, false, or null where nobody knows, or knew long ago. */
  isOpen(place) {
    const detail = this.detail(place);
    if (detail.closures?.length && detail.open === "no") return false;
    const { time, contact } = state();
    const until = Date.parse(detail.until ?? "");
    const isOld = contact !== "fresh" && contact !== "late";
    if (!detail.open || isOld || (until && time !== null && time >= until)) return null;
    return detail.open === "yes";
  }

  sort(places, language = document.documentElement.lang) {
    const key = (place) => place.order[language] ?? "";
    return places.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : one.metres - other.metres));
  }

  /** Places of at least some weight, each name of a floor once, in alphabetical order. */
  list(least, keep = () => true) {
    const found = new Map();
    for (const place of this.places) {
      if (place.weight < least || !keep(place)) continue;
      const key = `${this.name(place)}|${place.floor}|${place.area?.[document.documentElement.lang] ?? ""}`;
      const known = found.get(key);
      if (!known || place.metres < known.metres) found.set(key, place);
    }
    return this.sort([...found.values()]);
  }

  /** The places of a sort, the nearest first, the closed last. */
  listSort(sort) {
    const found = this.places.filter((place) => place.sorts.includes(sort));
    const rank = (place) => (this.isOpen(place) === false ? 1e6 : 0) + place.metres;
    return found.toSorted((one, other) => rank(one) - rank(other));
  }

  /** The number of the sort of a category, or -1. */
  findSort(category) {
    return this.sorts.findIndex((number) => this.categories[number].id === category);
  }
}
