/** What several views of a kiosk are made of: pictures, buttons, lists in pages. */

import { make, say } from "./frame.js";

const SVG = "http://www.w3.org/2000/svg";

/** A picture of the page's own: icons are `i-…`, symbols of places `s-…`. */
export function draw(name) {
  const [picture, use] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "use")];
  picture.setAttribute("class", name.startsWith("s-") ? "icon solid" : "icon");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("focusable", "false");
  use.setAttribute("href", document.getElementById(name) ? `#${name}` : "#i-pin");
  picture.append(use);
  return picture;
}

/** A button with a picture and words. */
export function makeButton(text, picture, action, { kind = "k-button", pressed = null, ...more } = {}) {
  const attributes = { type: "button", class: kind, click: action, ...more };
  if (pressed !== null) attributes["aria-pressed"] = String(pressed);
  return make("button", attributes, picture ? draw(picture) : null, make("span", {}, text));
}

/** A row of buttons of which one is chosen: [[key, text, picture]…]. */
export function makeChoices(label, choices, chosen, choose, kind = "k-chip") {
  const buttons = choices.map(([key, text, picture]) =>
    makeButton(text, picture, () => choose(key), { kind, pressed: key === chosen }),
  );
  return make("div", { class: `${kind}s`, role: "group", "aria-label": label }, ...buttons);
}

/** The letter of a building on its colour. */
export function makeLetter(letter) {
  return letter ? make("span", { class: `zone zone-${letter}` }, letter) : null;
}

/**
 * A list in pages, turned by buttons: nothing has to be dragged. How much fits is measured when it is shown.
 * `makeRow(item, number)` makes the row of an item; `memory.page` keeps the page between two showings.
 */
export function makePages(items, makeRow, { label, empty, memory = {}, columns = 2 } = {}) {
  const rows = make("ul", { class: "k-rows", "aria-label": label });
  rows.style.setProperty("--columns", columns);
  const said = make("p", { class: "k-page", role: "status" });
  const turn = (by) => () => {
    memory.page = (memory.page ?? 0) + by;
    fit();
  };
  const earlier = makeButton(say("kiosk.list.previous"), "i-up", turn(-1), { kind: "k-turn" });
  const later = makeButton(say("kiosk.list.next"), "i-down", turn(1), { kind: "k-turn" });
  const turns = make("div", { class: "k-turns" }, earlier, said, later);
  const list = make("div", { class: "k-list" }, rows, turns);
  if (!items.length) {
    list.replaceChildren(make("p", { class: "k-empty", role: "status" }, empty ?? say("kiosk.list.empty")));
    return list;
  }
  function fit() {
    const style = getComputedStyle(rows);
    const gap = parseFloat(style.rowGap) || 0;
    const height = parseFloat(style.getPropertyValue("--row-px")) || measureRow(rows, makeRow, items[0]);
    const fitting = Math.max(Math.floor((rows.clientHeight + gap + 1) / (height + gap)), 1);
    const across = Number(style.getPropertyValue("--across")) || columns;
    const size = fitting * across;
    const pages = Math.ceil(items.length / size);
    const page = Math.min(Math.max(memory.page ?? 0, 0), pages - 1);
    memory.page = page;
    rows.style.setProperty("--fitting", fitting);
    const shown = items.slice(page * size, (page + 1) * size);
    rows.replaceChildren(...shown.map((item, number) => make("li", {}, makeRow(item, page * size + number))));
    turns.hidden = pages < 2;
    earlier.disabled = page === 0;
    later.disabled = page === pages - 1;
    said.replaceChildren(
      make("span", { "aria-hidden": "true" }, `${page + 1} / ${pages}`),
      make("span", { class: "hidden" }, say("kiosk.list.page", { page: page + 1, pages })),
    );
    if (document.activeElement === document.body || document.activeElement?.disabled)
      (later.disabled ? earlier : later).focus({ preventScroll: true });
  }
  list.fit = fit;
  return list;
}

function measureRow(rows, makeRow, item) {
  rows.replaceChildren(make("li", {}, makeRow(item, 0)));
  return rows.firstElementChild.getBoundingClientRect().height || 1;
}

/** Let what depends on its room measure it. */
export function resize(element) {
  for (const list of element.querySelectorAll(".k-list")) list.fit?.();
}

addEventListener("resize", () => resize(document.body));
