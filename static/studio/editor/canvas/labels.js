// Names on the floor: in the middle of what they name, level, in up to two lines, none over another.

const SIZE_PX = 12;
const FONT = `500 ${SIZE_PX}px system-ui, "Noto Sans SC", sans-serif`;
const widths = new Map();

function widthOf(context, text) {
  if (widths.size > 5000) widths.clear();
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

/** Break a text where it gets too wide: between words, or between characters where there are none. */
export function breakText(text, measureText, width) {
  if (measureText(text) <= width) return [text];
  const isSpaced = text.includes(" ");
  const parts = isSpaced ? text.split(" ") : [...text];
  const lines = [""];
  for (const part of parts) {
    const joined = lines.at(-1) && isSpaced ? `${lines.at(-1)} ${part}` : lines.at(-1) + part;
    if (lines.at(-1) && measureText(joined) > width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

export function paintLabels(context, floor, units, view, look, taken) {
  context.save();
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  const boxes = taken.slice();
  for (const unit of units) {
    const width = (unit.box[2] - unit.box[0]) / view.resolution, height = (unit.box[3] - unit.box[1]) / view.resolution;
    if (width < 24 || height < 14) continue;
    const text = look.name(unit.feature);
    if (text) place(context, text, unit, { width, height }, view, look, boxes);
  }
  context.restore();
}

function place(context, text, unit, room, view, look, boxes) {
  const lines = breakText(text, (part) => widthOf(context, part), Math.max(room.width - 6, 20));
  if (lines.length > 3 || lines.length * (SIZE_PX + 2) > room.height) return;
  const width = Math.max(...lines.map((line) => widthOf(context, line)));
  if (width > room.width + 4) return;
  const [x, y] = view.toPixels(unit.label);
  const half = lines.length * (SIZE_PX + 2) / 2;
  // beside a badge rather than under it
  const home = [0, half + 12, -half - 12].map((shift) => [x - width / 2, y + shift - half, x + width / 2, y + shift + half])
    .find((box) => !boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
  if (!home) return;
  boxes.push(home);
  context.strokeStyle = look.theme.ink.halo;
  context.fillStyle = look.theme.ink.text;
  lines.forEach((line, n) => {
    const at = home[1] + (n + 0.5) * (SIZE_PX + 2);
    context.globalAlpha = 0.7;
    context.strokeText(line, x, at);
    context.globalAlpha = 1;
    context.fillText(line, x, at);
  });
}
