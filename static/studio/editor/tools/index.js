// All tools, in the order in which the rail shows them.

import { makeAreaTools } from "./areas.js";
import { makeLineTools } from "./lines.js";
import { makePointTools } from "./points.js";
import { ReshapeTool } from "./reshape.js";
import { SelectTool } from "./select.js";
import { makeUnitTools } from "./units.js";

const ORDER = [
  "select", "measure", "rectangle", "room", "door", "wall", "shaft", "reshape", "split", "merge", "cut", "delete", "place", "department", "sign", "display", "furniture",
  "zone", "way", "connect", "pick",
];

export function makeTools() {
  const tools = [new SelectTool(), new ReshapeTool(), ...makeAreaTools(), ...makeUnitTools(), ...makePointTools(), ...makeLineTools()];
  return tools.sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}
