// Layers of OpenLayers that are painted by hand: a canvas each, painted again only where something has changed.

/* global ol */

/**
 * Make a layer.
 *
 * @param {(context: CanvasRenderingContext2D, view: object) => void} paint with a transform from metres to device pixels
 * @param {{order: number, name: string}} options `order` above which others it lies
 */
export function makePaintedLayer(paint, { order, name }) {
  const canvas = document.createElement("canvas");
  canvas.className = "ed-layer";
  canvas.dataset.layer = name;
  const context = canvas.getContext("2d");
  let painted = "";
  const layer = new ol.layer.Layer({
    zIndex: order,
    render(frame) {
      const [width, height] = frame.size.map((side) => Math.round(side * frame.pixelRatio));
      const { center, resolution, rotation } = frame.viewState;
      const key = `${center},${resolution},${rotation},${width},${height},${layer.getRevision()}`;
      if (key === painted) return canvas;
      painted = key;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      else {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, width, height);
      }
      const transform = frame.coordinateToPixelTransform.slice();
      context.setTransform(...transform.map((value) => value * frame.pixelRatio));
      paint(context, {
        resolution, rotation, pixelRatio: frame.pixelRatio, size: frame.size, box: frame.extent, transform,
        toPixels: ([x, y]) => [transform[0] * x + transform[2] * y + transform[4], transform[1] * x + transform[3] * y + transform[5]],
      });
      return canvas;
    },
  });
  return layer;
}
