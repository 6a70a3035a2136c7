// The tools at the left: a button each, and a key.

import { button, fill, icon, make } from "./dom.js";
import { isTyping } from "./bar.js";
import { has, say } from "./words.js";

/** What can be done where nothing may be changed. */
const READS = new Set(["select", "measure"]);

/** `canvas.tools`: {name, icon, key, group, drawIcon}; between groups there is a line. */
export function makeRail({ canvas: { tools }, state, work }) {
  const element = document.getElementById("editor-rail");
  const buttons = new Map();
  const children = tools.map((tool, place) => {
    const words = `canvas.tool.${tool.name}`;
    const label = has(words) ? say(words) : tool.name;
    const title = tool.key ? `${label} (${tool.key.toUpperCase()})` : label;
    const one = button(label, { quiet: true, title, "aria-keyshortcuts": tool.key ?? null, data: { tool: tool.name } }, () => state.setTool(tool.name));
    one.disabled = !work.mayEdit && !READS.has(tool.name);
    one.append(tool.drawIcon?.() ?? icon(tool.icon));
    buttons.set(tool.name, one);
    return place && tool.group !== tools[place - 1].group ? [make("hr"), one] : one;
  });
  const show = () => {
    for (const [name, one] of buttons) {
      one.setAttribute("aria-pressed", String(name === state.tool));
      one.tabIndex = name === state.tool ? 0 : -1;
    }
  };
  state.addEventListener("tool", show);
  work.addEventListener("closed", () => {
    for (const tool of tools) if (!READS.has(tool.name)) buttons.get(tool.name).disabled = true;
    state.setTool("select");
  });
  element.addEventListener("keydown", (event) => {
    const usable = [...buttons.values()].filter((one) => !one.disabled);
    const here = usable.indexOf(document.activeElement);
    const goal = { ArrowDown: here + 1, ArrowRight: here + 1, ArrowUp: here - 1, ArrowLeft: here - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined || here < 0) return;
    event.preventDefault();
    usable.at(goal % usable.length).focus();
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || event.defaultPrevented) return;
    const tool = tools.find((one) => one.key && one.key === event.key.toLowerCase());
    if (!tool || buttons.get(tool.name).disabled || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    state.setTool(tool.name);
  });
  fill(element, children);
  show();
}
