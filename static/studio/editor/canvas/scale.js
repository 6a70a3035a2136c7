// How long things are, where north is, what is under a finger: a bar, an arrow, a loupe.

import { make } from "../dom.js";

const STEPS_M = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const LONGEST_PX = 130;
const LOUPE_PX = 54;
const LOUPE_TIMES = 2;

/** The longest round length that is not too long on the screen. */
export function chooseLength(resolution, longest = LONGEST_PX) {
  return STEPS_M.filter((step) => step / resolution <= longest).at(-1) ?? STEPS_M[0];
}

/** Put a scale bar and, where the view is turned, a north arrow over a map's view. */
export function makeScale(holder, view) {
  const bar = make("div", { class: "ed-scale", "aria-hidden": "true" }), north = make("div", { class: "ed-north", "aria-hidden": "true" }, "N");
  const show = () => {
    const length = chooseLength(view.getResolution()), rotation = view.getRotation();
    bar.style.width = `${length / view.getResolution()}px`;
    bar.textContent = length < 1 ? `${Math.round(length * 100)} cm` : `${length} m`;
    north.hidden = !rotation;
    north.style.rotate = `${rotation}rad`;
  };
  view.on(["change:resolution", "change:rotation"], show);
  holder.append(bar, north);
  show();
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
