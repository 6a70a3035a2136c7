/**
 * A way on paper: on A4 from an office printer, on an 80 mm roll from a receipt printer.
 * The browser prints; which paper there is, the display's record says (`data-paper`).
 */

import { given, make, say, sayTime, state } from "./frame.js";
import { app } from "./kiosk-app.js";
import { draw } from "./kiosk-parts.js";
import { makeCode } from "./kiosk-qr.js";
import { StageMap } from "./kiosk-way-map.js";
import { getPicture, sayDoubt, sayWarning } from "./kiosk-way-steps.js";

/** A roll is cut where the print ends: the page is as long as what is on it. */
const ROLL = { width: 80, margin: 4, least: 60, most: 3_000 };
const PX_PER_MM = 96 / 25.4;
/** Pixels of a unit of the drawing: letters of some 3 mm. */
const SCALES = { a4: 0.72, "80mm": 0.66 };

let page = null;

/** The paper in this display's printer: `a4`, `80mm`, or nothing. */
export const getPaper = () => document.body.dataset.paper ?? "";

/** Take the last sheet away. */
export function clear() {
  document.querySelector(".w-paper")?.remove();
  if (page) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== page);
  page = null;
}

/** Lay a way out on paper and hand it to the printer. */
export async function print(way, about) {
  const sheet = await lay(way, about, getPaper());
  if (sheet) globalThis.print();
}

/** Lay a way out; the sheet stands in the page, seen on paper alone. */
export async function lay(way, about, paper) {
  clear();
  const maps = about.stages.map((stage) => new StageMap(stage.stage, { goal: stage.goal, notes: stage.notes, label: stage.name, scale: SCALES[paper] }));
  const sheet = make(
    "article",
    { class: `w-paper is-${paper}`, lang: document.documentElement.lang },
    makeHead(way, about),
    ...about.stages.map((stage, number) => makeStage(way, stage, maps[number], about.stages.length > 1 ? number + 1 : 0)),
    makeFoot(about),
  );
  document.body.append(sheet);
  await Promise.all(maps.map((map) => map.ready));
  for (const map of maps) map.fit();
  cutPaper(sheet, paper);
  return sheet;
}

function makeHead(way, { name, where, time, facts, warnings, here }) {
  return make(
    "header",
    { class: "p-head" },
    make("p", { class: "p-venue" }, app.places?.venue?.[document.documentElement.lang] ?? ""),
    make("h1", {}, name),
    make("p", { class: "p-where" }, where),
    make("p", { class: "p-time" }, make("strong", {}, time), ...facts.map((fact) => make("span", {}, fact))),
    make("p", { class: "p-from" }, say("kioskway.from", { place: here })),
    ...warnings.map((warning) => make("p", { class: "p-warning" }, draw("i-warning"), make("span", {}, sayWarning(warning)))),
  );
}

function makeStage(way, { name, stage }, map, number) {
  const steps = stage.steps.map((step) => {
    const doubt = sayDoubt(way, step);
    return make("li", {}, draw(getPicture(step)), make("span", {}, way.say(step.text), doubt ? make("em", {}, doubt) : null));
  });
  return make(
    "section",
    { class: "p-stage" },
    make("h2", {}, number ? `${number} · ${name}` : name),
    make("div", { class: "p-map" }, map.element),
    make("ol", { class: "p-steps" }, ...steps),
  );
}

function makeFoot({ link }) {
  const now = state().time ?? Date.now();
  const printed = say("kioskway.printed", { time: sayTime(now, null) });
  return make(
    "footer",
    { class: "p-foot" },
    makeCode(link, say("kioskway.code")),
    make("p", {}, make("strong", {}, say("kioskway.scan")), make("br"), printed, given.desk ? make("br") : null, given.desk ? say("display.desk", { phone: given.desk }) : null),
  );
}

/** Tell the browser how large the paper is. */
function cutPaper(sheet, paper) {
  const { width, margin, least, most } = ROLL;
  const height = Math.min(Math.max(Math.ceil(sheet.scrollHeight / PX_PER_MM) + 2 * margin, least), most);
  const size = paper === "80mm" ? `${width}mm ${height}mm` : "A4 portrait";
  const edge = paper === "80mm" ? `${margin}mm` : "12mm";
  page = new CSSStyleSheet();
  page.replaceSync(`@page{size:${size};margin:${edge}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
}
