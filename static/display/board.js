/** The script of a board. */

import { given, report, start } from "./frame.js";

start();
report("rendered", { release: given.release, version: given.version });
