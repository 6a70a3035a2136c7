/**
 * "My car is here": kept on this phone alone. Where a browser keeps nothing, an address keeps it.
 */

import { make, page, say, store } from "./page.js";

const KEY = `car.${page.venue}`;

/** Show where the car is. */
export function show(justSaved = false) {
  const told = new URL(location.href).searchParams.get("car");
  if (told && !store.get(KEY) && !store.lasting) store.set(KEY, { id: told, name: "" });
  const car = store.get(KEY);
  for (const place of document.querySelectorAll("[data-car]")) {
    place.hidden = !car;
    place.replaceChildren(...(car ? describe(car, justSaved) : []));
  }
  if (!store.lasting) carryAlong(car);
}

function describe(car, justSaved) {
  const name = car.name || car.id;
  const from = page.from || page.to[0];
  const back = `/v/${encodeURIComponent(page.venue)}/go/${from && from !== car.id ? `${encodeURIComponent(from)}/` : ""}`;
  const query = new URLSearchParams();
  for (const liked of ["lang", "profile", "look", "theme"]) {
    const value = new URL(location.href).searchParams.get(liked);
    if (value) query.set(liked, value);
  }
  const asked = query.toString() ? `?${query}` : "";
  const parts = [
    make("p", { class: "car-place" }, say("car.kept", { place: name })),
    make("a", { class: "button car-back", href: `${back}${encodeURIComponent(car.id)}${asked}` }, say("car.back")),
    make("button", { type: "button", class: "car-forget", click: forget }, say("car.forget")),
  ];
  if (justSaved && store.lasting) parts.push(make("p", { role: "status" }, say("car.saved")));
  if (!store.lasting) {
    const address = new URL(location.href);
    address.searchParams.set("car", car.id);
    parts.push(make("p", { class: "car-address" }, say("car.not-kept"), " ", make("a", { href: address.href }, address.href)));
  }
  return parts;
}

function forget() {
  store.set(KEY, null);
  show();
}

/** Nothing outlives the page here: every link takes the car along. */
function carryAlong(car) {
  for (const link of document.querySelectorAll(`a[href^="/v/"], a[href^="/s/"]`)) {
    const address = new URL(link.href);
    if (car) address.searchParams.set("car", car.id);
    else address.searchParams.delete("car");
    link.href = address.pathname + address.search + address.hash;
  }
}
