// The network over the floor: edges by kind, dashed where not everybody may go, with an arrow where they lead one way alone.

import { interpolate, unitVector } from "./geometry.js";

const ONE_WAY = 1, BARRED = 2;
const COLOURS = { walk: "accent", door: "good", opening: "good", manual: "guide" };
const NODES_FROM = 0.12;
const ARROW_PX = 7;

/** `nodes`: `[x, y, kind]`; `edges`: `[start, end, kind, marks]`, the places of their ends among the nodes. */
export function paintNetwork(context, { nodes, edges }, view, inks) {
  const groups = new Map();
  for (const edge of edges) {
    const key = `${COLOURS[edge[2]] ?? "ghost"} ${edge[3] & BARRED}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(edge);
  }
  context.lineWidth = 1.5 * view.resolution;
  for (const [key, group] of groups) {
    const [colour, barred] = key.split(" ");
    context.strokeStyle = context.fillStyle = barred === "0" ? inks[colour] : inks.bad;
    context.setLineDash(barred === "0" ? [] : [5 * view.resolution, 4 * view.resolution]);
    context.beginPath();
    for (const [start, end] of group) {
      context.moveTo(nodes[start][0], nodes[start][1]);
      context.lineTo(nodes[end][0], nodes[end][1]);
    }
    context.stroke();
    for (const edge of group) if (edge[3] & ONE_WAY) paintArrow(context, nodes[edge[0]], nodes[edge[1]], view);
  }
  context.setLineDash([]);
  if (view.resolution > NODES_FROM) return;
  context.fillStyle = inks.accent;
  context.beginPath();
  for (const [x, y, kind] of nodes) {
    if (kind === "bend") continue;
    context.moveTo(x, y);
    context.arc(x, y, 2.2 * view.resolution, 0, 7);
  }
  context.fill();
}

function paintArrow(context, start, end, view) {
  const tip = interpolate(start, end, 0.6), [ux, uy] = unitVector(start, end), size = ARROW_PX * view.resolution;
  context.beginPath();
  context.moveTo(tip[0] + ux * size, tip[1] + uy * size);
  context.lineTo(tip[0] - uy * size * 0.6, tip[1] + ux * size * 0.6);
  context.lineTo(tip[0] + uy * size * 0.6, tip[1] - ux * size * 0.6);
  context.fill();
}
