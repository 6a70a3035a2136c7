/** Shapes that a kiosk lays over a floor's drawing, and where in it a point of the venue falls. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an SVG element. */
export function makeShape(tag, attributes, ...children) {
  const shape = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  shape.append(...children);
  return shape;
}

/** The matrix from metres of the venue to a drawing (docs/maps.md). */
export function readMetres(map) {
  return (map.dataset.metres || "1 0 0 -1 0 0").split(" ").map(Number);
}

/** Where a point in decimetres falls in a drawing. */
export function placePoint([a, b, c, d, e, f], [x, y]) {
  return [(a * x + c * y) / 10 + e, (b * x + d * y) / 10 + f];
}
