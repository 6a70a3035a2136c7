/**
 * Shows a way from any sign to a chosen destination from what is kept on the phone: on the page that the
 * service worker answers with, and in an open page that has lost the network.
 */

import { attach } from "./map.js";
import { getMap, make, notify, page, readDrawing, readPage, say, store } from "./page.js";
import { CHOSEN, find, findJson, SHELL } from "./shelf.js";
import { attachAll as attachSteps } from "./steps.js";

const SVG = "http://www.w3.org/2000/svg";
const PER_METRE = 10;

/** The page of the service worker: show what its address asks for. */
export async function openHere() {
  const shown = await open(new URL(location.href), { replaces: false });
  if (!shown) await showNothing();
  document.addEventListener("wf:contact", () => {
    const link = make("a", { href: location.href, class: "button" }, say("away.again"));
    notify("offline", say("away.back"), link);
  });
}

/** Show what an address asks for from what is kept; false where that does not go. */
export async function open(address, { replaces }) {
  const asked = readAddress(address.pathname);
  const chosen = await findJson(CHOSEN);
  if (!asked || !chosen || (asked.venue && asked.venue !== chosen.venue)) return false;
  if (asked.level) return showFloor(asked.level);
  const ways = await readWays(chosen);
  const way = chooseWay(ways, asked);
  if (!way) return false;
  const code = cleanCode(asked.code || page.from);
  showWay(ways, way, code, Boolean(asked.code));
  (await import("./fire.js")).recall();
  if (replaces) history.pushState(null, "", address.pathname + location.search);
  return true;
}

/** What an address of ours asks for. */
function readAddress(path) {
  const parts = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const [, first, venue, kind, one, two] = parts;
  if (first.toLowerCase() === "s" && venue) return { code: venue };
  if (first !== "v" || !venue) return null;
  if (kind === "emergency") return { venue, emergency: true };
  if (kind === "floor" && one) return { venue, level: one };
  if (kind === "go" && one) return two ? { venue, code: one, to: two } : { venue, to: one };
  return null;
}

/** Read what was typed or scanned as a code is written; as `model.sign_codes.clean_code`. */
function cleanCode(text) {
  const capitals = (text || "").normalize("NFKC").toUpperCase();
  return capitals.replaceAll("G", "6").replaceAll("U", "V").replace(/[^\p{L}\p{N}]/gu, "");
}

async function readWays(chosen) {
  const kept = [];
  for (const way of [...chosen.ways, { address: chosen.emergency, emergency: true }]) {
    const pack = await findJson(way.address);
    const leads = Object.values(pack?.signs || {}).some((sign) => sign.way);
    if (leads || (pack?.signs && !way.emergency)) kept.push({ ...way, pack });
  }
  return kept;
}

function chooseWay(ways, asked) {
  if (asked.emergency) return ways.find((way) => way.emergency);
  if (asked.to) return ways.find((way) => way.asked === asked.to || way.pack.to.id === asked.to);
  // a sign that was scanned leads to what was chosen last; to the emergency department only when asked
  return ways.find((way) => !way.emergency) || ways[0];
}

/** Show the way from a sign, or ask for the sign. */
function showWay(ways, way, code, isAsked) {
  const { pack } = way;
  const sign = pack.signs[code];
  page.version = page.current = pack.version;
  page.made = Date.parse(pack.made_at) || page.made;
  const main = document.querySelector("main");
  const name = way.emergency ? say("away.emergency") : pack.to.name;
  const title = sign
    ? say("away.here", { ref: sign.ref || code, place: sign.name })
    : say("away.kept-to", { place: name });
  const heading = make("h1", { tabindex: "-1" }, title);
  const parts = [heading];
  if (sign) parts.push(make("p", { class: "way-floor" }, pack.floors[sign.level]));
  if (!sign && isAsked) parts.push(make("p", { role: "alert" }, say("away.unknown", { code })));
  if (ways.length > 1) parts.push(makeChoice(ways, way, code));
  if (sign) parts.push(make("h2", { class: "way-title" }, say("away.to", { place: name })));
  const drawn = sign?.way ? describeWay(pack, sign) : [];
  if (sign?.refusal) parts.push(make("p", { role: "alert" }, sign.refusal.reason));
  parts.push(...drawn);
  parts.push(makeCodeForm(ways, way));
  const section = make("div", { class: "way" }, ...parts);
  main.replaceChildren(section);
  main.dataset.digest = "";
  document.title = title;
  heading.focus({ preventScroll: true });
  putIcons(section);
  finish(section, pack, sign);
  scrollTo(0, 0);
}

async function finish(section, pack, sign) {
  const figures = [...section.querySelectorAll("figure[data-map]")];
  for (const [index, figure] of figures.entries()) {
    const drawing = await findDrawing(figure.dataset.level);
    if (!drawing) continue;
    figure.querySelector(".no-map")?.replaceWith(drawing);
    const points = drawWay(drawing, pack, sign, figure.dataset.level);
    if (points.length) attach(figure).show(points, index ? null : sign.facing_deg);
  }
  attachSteps(section);
}

function makeChoice(ways, current, code) {
  const row = make("div", { class: "way-choice", role: "group", "aria-label": say("away.choose") });
  for (const way of ways) {
    const name = way.emergency ? say("away.emergency") : way.pack.to.name;
    const show = () => showWay(ways, way, code, false);
    row.append(make("button", { type: "button", "aria-pressed": String(way === current), click: show }, name));
  }
  return row;
}

function describeWay(pack, sign) {
  const { way } = sign;
  const [low, high] = way.range_s.map((seconds) => Math.max(1, Math.ceil(seconds / 60)));
  const time = say(low === high ? "away.minute" : "away.minutes", { low, high });
  const elements = [make("p", { class: "way-time" }, time)];
  if (isClosedSince(pack, way)) elements.push(make("p", { role: "alert" }, say("away.closed")));
  if (!way.verified) elements.push(make("p", { class: "way-warning" }, say("away.unverified")));
  for (const text of way.warnings) elements.push(make("p", { class: "way-warning" }, pack.texts[text]));
  const levels = [...new Set([sign.level, ...way.legs.map(([level]) => level)])];
  for (const level of levels) elements.push(makeFigure(pack, level));
  elements.push(make("ol", { "data-steps": "", class: "way-steps steps" }, ...way.steps.map((index) => makeStep(pack, index))));
  return elements;
}

function makeFigure(pack, level) {
  return make(
    "figure",
    { "data-map": "", id: `map-${pack.levels[level]}`, "data-level": pack.levels[level], "data-name": pack.floors[level], class: "map", "aria-label": say("away.map", { floor: pack.floors[level] }) },
    make("p", { class: "no-map" }, say("away.no-map")),
  );
}

function makeStep(pack, index) {
  const [kind, direction, text, level, toLevel, x, y, toX, toY, unsure] = pack.steps[index];
  const metres = (...values) => values.map((value) => value / PER_METRE).join(" ");
  return make(
    "li",
    {
      "data-level": pack.levels[level],
      "data-to-level": pack.levels[toLevel],
      "data-from": metres(x, y),
      "data-to": metres(toX, toY),
      "data-kind": kind,
      "data-direction": direction,
      "data-unsure": Boolean(unsure),
    },
    make("a", { href: `#map-${pack.levels[level]}` }, make("span", { class: "step-text" }, pack.texts[text])),
  );
}

/** Whether something on a way was closed after it was packed, as far as this phone has heard. */
function isClosedSince(pack, way) {
  const heard = store.get(`closed.${page.venue}`);
  if (!heard || heard.version === pack.version) return false;
  const closed = new Set(heard.ids);
  return way.features.some((index) => closed.has(pack.features[index]));
}

function makeCodeForm(ways, way) {
  const field = make("input", { id: "wf-code", name: "start", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "20", enterkeyhint: "go" });
  const read = (event) => {
    event.preventDefault();
    if (field.value.trim()) showWay(ways, way, cleanCode(field.value), true);
  };
  return make(
    "form",
    { class: "start from-here card", submit: read },
    make("label", { for: "wf-code" }, say("away.code")),
    make("span", { class: "field" }, field, make("button", { type: "submit" }, say("away.show"))),
  );
}

/** The pictures of steps are in the kept page. */
async function putIcons(section) {
  let icons = document.getElementById("wf-icons");
  if (!icons) {
    const shell = await find(SHELL);
    icons = shell && readPage(await shell.text()).getElementById("wf-icons");
  }
  for (const step of section.querySelectorAll("li[data-kind]")) {
    const { kind, direction } = step.dataset;
    const name = kind === "turn" || kind === "depart" ? direction || "straight" : kind;
    const icon = icons?.content.querySelector(`[data-icon="${name}"]`);
    if (icon) step.firstChild.prepend(document.importNode(icon, true));
  }
}

async function findDrawing(level) {
  const kept = await find(getMap(level));
  return kept ? readDrawing(await kept.text()) : null;
}

function paint(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Lay the way over the drawing of a floor. */
function drawWay(drawing, pack, sign, level) {
  const map = drawing.querySelector(".wf-map");
  const [a, b, c, d, e, f] = map.dataset.metres.split(" ").map(Number);
  const place = ([x, y]) => [a * x + c * y + e, b * x + d * y + f].map((value) => value.toFixed(1));
  const lines = sign.way.legs.filter(([index]) => pack.levels[index] === level).map(([, line]) => decode(pack.lines[line]));
  for (const [cls, width] of [["r c", 11], ["r", 6.5]]) {
    const data = lines.map((line) => `M${line.map((point) => place(point).join(" ")).join("L")}`).join("");
    if (data) map.append(paint("path", { class: cls, d: data, "stroke-width": width, "vector-effect": "non-scaling-stroke" }));
  }
  const dot = (point, cls, radius) => {
    const [x, y] = place(point);
    const [group, fixed] = [paint("g", { transform: `translate(${x} ${y})` }), paint("g", { class: "s" })];
    fixed.append(paint("circle", { class: cls, r: radius }));
    group.append(fixed);
    map.append(group);
  };
  if (pack.levels[sign.level] === level) dot(sign.at.map((value) => value / PER_METRE), "way-here", 9);
  const last = pack.steps[sign.way.steps[sign.way.steps.length - 1]];
  if (last && pack.levels[last[4]] === level) dot([last[7] / PER_METRE, last[8] / PER_METRE], "way-end", 9);
  return lines.flat();
}

function decode(numbers) {
  const points = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < numbers.length; index += 2) {
    x += numbers[index];
    y += numbers[index + 1];
    points.push([x / PER_METRE, y / PER_METRE]);
  }
  return points;
}

async function showFloor(level) {
  const drawing = await findDrawing(level);
  if (!drawing) return false;
  const figure = make("figure", { "data-map": "", "data-level": level, class: "map" }, drawing);
  const title = drawing.querySelector("title")?.textContent || say("away.title");
  document.querySelector("main").replaceChildren(make("h1", { tabindex: "-1" }, title), figure);
  attach(figure);
  return true;
}

async function showNothing() {
  const chosen = await findJson(CHOSEN);
  const ways = chosen ? await readWays(chosen) : [];
  const main = document.querySelector("main");
  const parts = [make("h1", {}, say("away.title")), make("p", {}, say("away.other"))];
  if (!ways.length) parts.push(make("p", {}, say("away.none")), make("p", {}, say("away.ask")));
  parts.push(make("p", {}, make("a", { href: location.href, class: "button" }, say("away.again"))));
  if (ways.length) {
    parts.push(make("h2", {}, say("away.kept-to", { place: ways[0].emergency ? say("away.emergency") : ways[0].pack.to.name })));
    parts.push(makeCodeForm(ways, ways[0]));
  }
  main.replaceChildren(...parts);
}
