// How long things are, where north is, and what is under a finger: a bar, an arrow, a loupe.

const STEPS_M = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const LONGEST_PX = 130;
const LOUPE_PX = 54;
const LOUPE_TIMES = 2;

/** The longest round length that is not too long on the screen. */
export function chooseLength(resolution, longest = LONGEST_PX) {
  return STEPS_M.filter((step) => step / resolution <= longest).at(-1) ?? STEPS_M[0];
}

export function paintScale(context, view, inks) {
  const [width, height] = view.size, length = chooseLength(view.resolution), wide = length / view.resolution;
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.setLineDash([]);
  for (const [colour, line] of [[inks.halo, 4], [inks.text, 1.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.beginPath();
    context.moveTo(12, height - 20);
    context.lineTo(12, height - 13);
    context.lineTo(12 + wide, height - 13);
    context.lineTo(12 + wide, height - 20);
    context.stroke();
  }
  context.font = '12px system-ui, sans-serif';
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const text = length < 1 ? `${Math.round(length * 100)} cm` : `${length} m`;
  context.lineWidth = 3;
  context.strokeStyle = inks.halo;
  context.strokeText(text, 18, height - 19);
  context.fillStyle = inks.text;
  context.fillText(text, 18, height - 19);
  if (view.rotation) paintNorth(context, width - 26, 30, view.rotation, inks);
}

function paintNorth(context, x, y, rotation, inks) {
  context.save();
  context.translate(x, y);
  context.rotate(rotation);
  context.fillStyle = inks.text;
  context.strokeStyle = inks.halo;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(0, -15);
  context.lineTo(6, 8);
  context.lineTo(0, 4);
  context.lineTo(-6, 8);
  context.closePath();
  context.stroke();
  context.fill();
  context.textAlign = "center";
  context.fillText("N", 0, 20);
  context.restore();
}

/** What lies under a finger, twice as large, beside it. */
export function paintLoupe(context, view, [x, y], canvases, inks) {
  const ratio = view.pixelRatio, side = (2 * LOUPE_PX / LOUPE_TIMES) * ratio;
  const middle = [Math.min(Math.max(x, LOUPE_PX + 4), view.size[0] - LOUPE_PX - 4), y > 2 * LOUPE_PX + 80 ? y - LOUPE_PX - 72 : y + LOUPE_PX + 56];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.save();
  context.beginPath();
  context.arc(...middle, LOUPE_PX, 0, 7);
  context.fillStyle = inks.paper;
  context.fill();
  context.clip();
  for (const canvas of canvases) context.drawImage(canvas, (x + canvas.shown[0]) * ratio - side / 2, (y + canvas.shown[1]) * ratio - side / 2, side, side, middle[0] - LOUPE_PX, middle[1] - LOUPE_PX, 2 * LOUPE_PX, 2 * LOUPE_PX);
  context.restore();
  context.lineWidth = 2;
  context.strokeStyle = inks.text;
  context.beginPath();
  context.arc(...middle, LOUPE_PX, 0, 7);
  context.stroke();
}
