/** QR codes as drawings; what they hold is made on this screen, with or without network. */

import { correction, generate } from "./lean-qr.js";

const SVG = "http://www.w3.org/2000/svg";
/** Modules of light around a code: scanners need them (ISO/IEC 18004). */
const QUIET = 4;

/** The code of a text, black on white whatever the page looks like. */
export function makeCode(text, label) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const size = code.size + 2 * QUIET;
  const picture = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, class: "w-code", role: "img", "aria-label": label, "shape-rendering": "crispEdges" }))
    picture.setAttribute(name, value);
  const light = document.createElementNS(SVG, "path");
  light.setAttribute("fill", "#fff");
  light.setAttribute("d", `M0 0h${size}v${size}H0z`);
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("fill", "#000");
  dark.setAttribute("d", listRuns(code).join(""));
  picture.append(light, dark);
  return picture;
}

/** The dark modules, row by row, those beside each other in one stroke. */
function listRuns(code) {
  const runs = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (!code.get(x, y)) continue;
      const start = x;
      while (code.get(x + 1, y)) x += 1;
      runs.push(`M${start + QUIET} ${y + QUIET}h${x + 1 - start}v1h${start - x - 1}z`);
    }
  }
  return runs;
}
