// Names on the floor: in the middle of what they name, level, in up to three lines, none over another.

const SIZES_PX = [12, 10];
const FAMILY = 'system-ui, "Noto Sans SC", sans-serif';
const SOFT_FROM = 0.05;
const widths = new Map();

function widthOf(context, text, size) {
  const key = `${size} ${text}`;
  if (widths.size > 5000) widths.clear();
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

/** Break a text where it gets too wide: between words, or between characters of a script that has none. */
export function breakText(text, measureText, width) {
  if (measureText(text) <= width) return [text];
  const isSpaced = text.includes(" ");
  const parts = isSpaced || /^[\u0000-\u024f]*$/.test(text) ? text.split(" ") : [...text];
  const lines = [""];
  for (const part of parts) {
    const joined = lines.at(-1) && isSpaced ? `${lines.at(-1)} ${part}` : lines.at(-1) + part;
    if (lines.at(-1) && measureText(joined) > width) lines.push(part);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** Write the names of units; `look.name` gives the text and whether it says only what it is. */
export function paintLabels(context, units, view, look, taken) {
  context.save();
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  const boxes = taken.slice();
  for (const unit of units) {
    const width = (unit.box[2] - unit.box[0]) / view.resolution, height = (unit.box[3] - unit.box[1]) / view.resolution;
    if (width < 24 || height < 14) continue;
    const { text, isSoft } = look.name(unit.feature);
    if (!text || (isSoft && view.resolution > SOFT_FROM)) continue;
    SIZES_PX.some((size) => place(context, { text, isSoft, size }, unit, { width, height }, view, look, boxes));
  }
  context.restore();
}

/** Write a name if it fits; tell whether it does. */
function place(context, { text, isSoft, size }, unit, room, view, look, boxes) {
  context.font = `${isSoft ? 400 : 500} ${size}px ${FAMILY}`;
  const step = size + 2, measured = (part) => widthOf(context, part, size);
  const lines = breakText(text, measured, Math.max(room.width - 6, 20));
  const width = Math.max(...lines.map(measured));
  if (lines.length > 3 || lines.length * step > room.height || width > room.width + 2) return false;
  const [x, y] = view.toPixels(unit.label), half = lines.length * step / 2;
  // beside a badge rather than under it
  const home = [0, half + 12, -half - 12].map((shift) => [x - width / 2, y + shift - half, x + width / 2, y + shift + half])
    .find((box) => !boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
  if (!home) return false;
  boxes.push(home);
  context.strokeStyle = look.theme.ink.halo;
  context.fillStyle = look.theme.ink[isSoft ? "text-soft" : "text"];
  lines.forEach((line, n) => {
    const at = home[1] + (n + 0.5) * step;
    context.globalAlpha = 0.7;
    context.strokeText(line, x, at);
    context.globalAlpha = 1;
    context.fillText(line, x, at);
  });
  return true;
}
