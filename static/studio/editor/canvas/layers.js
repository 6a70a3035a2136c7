// Layers of OpenLayers that are painted by hand: a canvas each, painted again only where something has changed.

/* global ol */

/**
 * Make a layer.
 *
 * With a `margin` more is painted than is seen: while the view only moves, and not farther than that, the canvas is shifted.
 *
 * @param {(context: CanvasRenderingContext2D, view: object) => boolean|void} paint with a transform from metres to device pixels; false: nothing
 * @param {{order: number, name: string, margin?: number}} options `order` above which others it lies, `margin` in pixels
 */
export function makePaintedLayer(paint, { order, name, margin = 0 }) {
  const canvas = document.createElement("canvas");
  canvas.className = "ed-layer";
  canvas.dataset.layer = name;
  canvas.shown = [margin, margin]; // where on it the corner of the view is
  const context = canvas.getContext("2d");
  let painted = null;
  const layer = new ol.layer.Layer({
    zIndex: order,
    render(frame) {
      const { center, resolution, rotation } = frame.viewState;
      const key = `${resolution},${rotation},${frame.size},${frame.pixelRatio},${layer.getRevision()}`;
      // an empty canvas is as good wherever the view is
      if (painted?.key === key && painted.isEmpty) return canvas;
      const shift = painted?.key === key ? findShift(frame, painted.center) : null;
      if (shift && Math.abs(shift[0]) <= margin && Math.abs(shift[1]) <= margin) {
        canvas.style.transform = shift[0] || shift[1] ? `translate(${shift[0]}px, ${shift[1]}px)` : "";
        canvas.shown = [margin - shift[0], margin - shift[1]];
        return canvas;
      }
      painted = { key, center };
      canvas.style.transform = "";
      canvas.shown = [margin, margin];
      const view = makeView(frame, margin);
      resize(canvas, view, margin);
      context.setTransform(...view.transform.map((value) => value * view.pixelRatio));
      painted.isEmpty = paint(context, view) === false;
      return canvas;
    },
  });
  return layer;
}

/** How far on the screen a point has moved from the middle of the view, in whole device pixels. */
function findShift({ coordinateToPixelTransform: t, size, pixelRatio }, [x, y]) {
  const round = (value) => Math.round(value * pixelRatio) / pixelRatio;
  return [round(t[0] * x + t[2] * y + t[4] - size[0] / 2), round(t[1] * x + t[3] * y + t[5] - size[1] / 2)];
}

function makeView(frame, margin) {
  const transform = frame.coordinateToPixelTransform.slice();
  transform[4] += margin;
  transform[5] += margin;
  const { resolution, rotation } = frame.viewState, more = margin * resolution * Math.SQRT2;
  const [west, south, east, north] = frame.extent;
  return {
    resolution, rotation, transform, pixelRatio: frame.pixelRatio, size: frame.size.map((side) => side + 2 * margin), box: [west - more, south - more, east + more, north + more],
    toPixels: ([x, y]) => [transform[0] * x + transform[2] * y + transform[4], transform[1] * x + transform[3] * y + transform[5]],
  };
}

/** Give a canvas the size of the view and its margin, and clear it. */
function resize(canvas, { size, pixelRatio }, margin) {
  const [width, height] = size.map((side) => Math.round(side * pixelRatio));
  const context = canvas.getContext("2d");
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    Object.assign(canvas.style, { left: `${-margin}px`, top: `${-margin}px`, width: `${size[0]}px`, height: `${size[1]}px` });
  } else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
}
