"""How smoothly the canvas moves: ``python -m tests.web.studio.editor.frames``.

Pans the sample hospital's largest floor for some seconds, a step a frame, in a Chromium without a
window, and prints how long frames took, how long the drawing itself, and how much processor time
the page's process and the one that puts its layers together (there is no graphics card) spent a
frame: what stands for 60 frames a second where other work slows the clock's figures.
"""

import json
import sys
from collections import Counter
from typing import Any

import numpy as np
from playwright.sync_api import Browser, CDPSession, sync_playwright

from dev import find_browser
from tests.web.studio.editor.modules import open_canvas
from wayfinder.formats import read_plan
from wayfinder.model import Plan, Unit
from wayfinder.resources import floorplans_dir

_STEPS = 240
_PAN = """async steps => {
  const view = canvas.map.getView(), [x, y] = view.getCenter(), frames = [], painted = [];
  view.setResolution(view.getResolution() / 2);
  const layer = canvas.drawing, render = layer.render;
  layer.render = frame => {
    const began = performance.now(), element = render.call(layer, frame);
    painted.push(performance.now() - began);
    return element;
  };
  await new Promise(done => {
    let n = 0, last = performance.now();
    const step = now => {
      frames.push(now - last);
      last = now;
      const angle = n / steps * 4 * Math.PI, far = 300 * view.getResolution();
      view.setCenter([x + far * Math.sin(angle), y + far * Math.cos(angle)]);
      n += 1;
      n < steps ? requestAnimationFrame(step) : done();
    };
    requestAnimationFrame(step);
  });
  return { frames: frames.slice(5), painted: painted.slice(5), shapes: canvas.floor.shapes.length };
}"""


def find_largest_level(plan: Plan) -> str:
    """Return the id of the level with the most units."""
    counts = Counter(unit.level_id for unit in plan.list_of(Unit) if unit.level_id)
    return counts.most_common(1)[0][0]


def _read_processes(session: CDPSession) -> dict[str, float]:
    """Return the processor time in seconds of the browser's processes by their kind."""
    found: dict[str, float] = {}
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        found[process["type"]] = found.get(process["type"], 0.0) + process["cpuTime"]
    return found


def measure(browser: Browser, plan: Plan) -> dict[str, Any]:
    """Pan a plan's largest level; milliseconds of frames and of the drawing in them."""
    session = browser.new_browser_cdp_session()
    with open_canvas(browser, plan, find_largest_level(plan)) as page:
        page.wait_for_timeout(1000)
        before = _read_processes(session)
        found = page.evaluate(_PAN, _STEPS)
        after = _read_processes(session)
    frames, painted = np.asarray(found["frames"]), np.asarray(found["painted"])
    spent = {
        kind: round((seconds - before.get(kind, 0.0)) * 1000 / _STEPS, 1)
        for kind, seconds in after.items()
    }
    return {
        "processor_ms_a_frame": spent,
        "shapes": found["shapes"],
        "frames": len(frames),
        "frame_ms": {f"p{p}": round(float(np.percentile(frames, p)), 1) for p in (50, 95, 99)},
        "paint_ms": {f"p{p}": round(float(np.percentile(painted, p)), 1) for p in (50, 95, 99)},
    }


def main() -> int:
    """Measure and print."""
    path = find_browser()
    if path is None:
        sys.stderr.write("no Chromium on this machine\n")
        return 1
    plan = read_plan(floorplans_dir() / "hospital").plan
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sys.stdout.write(json.dumps(measure(browser, plan), indent=2) + "\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
