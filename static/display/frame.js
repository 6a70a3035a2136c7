/**
 * The frame of every display. A face imports what it needs from here and calls `start()` once.
 */

import * as contact from "./contact.js";
import * as enrol from "./enrol.js";
import * as fire from "./fire.js";
import { given } from "./given.js";
import * as idle from "./idle.js";
import * as keeper from "./keeper.js";
import * as marks from "./marks.js";
import * as reports from "./reports.js";
import * as watchdog from "./watchdog.js";

export { onState, state } from "./contact.js";
export { fetchDocument, fetchOwn } from "./documents.js";
export { given, make, readDrawing, readJson, say } from "./given.js";
export { isIdle, released, touched, whenIdle } from "./idle.js";
export { notify, sayTime, showMarks } from "./marks.js";
export { report } from "./reports.js";

/** Start the frame, once; the face says `report("rendered", …)` when it shows something. */
export function start() {
  // the worker knows one address of the page: an id may be typed in small letters
  if (location.pathname !== given.path) {
    location.replace(given.path + location.hash);
    return;
  }
  for (const part of [watchdog, idle, contact, fire, marks, reports, keeper, enrol]) part.start();
}
