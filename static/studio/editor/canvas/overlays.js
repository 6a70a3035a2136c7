// What is laid over the floor and under it: another floor, the network, a route, a difference; OpenLayers draws them.

/* global ol */

import { readGeometry } from "./floor.js";
import { paintNetwork } from "./graph.js";
import { makePaintedLayer } from "./layers.js";

const { LineString, MultiLineString, Polygon } = ol.geom;
const { Stroke, Style, Fill, Circle } = ol.style;

/** Layers above and below, each with what it shows; `colours()` gives the inks. */
export class Overlays {
  constructor(map, colours) {
    this.colours = colours;
    this.layers = {};
    for (const [name, zIndex] of Object.entries({ ghost: 15, route: 35, difference: 38 })) {
      this.layers[name] = new ol.layer.Vector({ source: new ol.source.Vector(), zIndex, visible: false, updateWhileAnimating: true, updateWhileInteracting: true });
      map.addLayer(this.layers[name]);
    }
    this.network = null;
    this.networkLayer = makePaintedLayer((context, view) => this.#paintNetwork(context, view), { order: 30, name: "network", margin: 240 });
    map.addLayer(this.networkLayer);
  }

  #fill(name, features) {
    const source = this.layers[name].getSource();
    source.clear(true);
    source.addFeatures(features);
    this.layers[name].setVisible(features.length > 0);
  }

  /** The outlines of another floor, faint. */
  showGhost(shapes) {
    const style = new Style({ stroke: new Stroke({ color: this.colours().ghost, width: 1, lineDash: [4, 4] }) });
    const lines = shapes.flatMap((shape) => shape.lines);
    const feature = new ol.Feature(new MultiLineString(lines));
    feature.setStyle(style);
    this.#fill("ghost", lines.length ? [feature] : []);
  }

  #paintNetwork(context, view) {
    if (this.network) paintNetwork(context, this.network, view, this.colours());
    return this.network !== null;
  }

  /** Nodes and edges of a level, or null. */
  showNetwork(data) {
    this.network = data;
    this.networkLayer.changed();
  }

  /** The lines of a route on this level; none clears it. */
  showRoute(lines) {
    const { accent, halo } = this.colours();
    const made = (lines ?? []).filter((line) => line.length > 1).map((line) => {
      const feature = new ol.Feature(new LineString(line));
      feature.setStyle([
        new Style({ stroke: new Stroke({ color: halo, width: 9 }) }),
        new Style({ stroke: new Stroke({ color: accent, width: 5 }) }),
      ]);
      return feature;
    });
    this.#fill("route", made);
  }

  /** Features as they were seen (dotted), as they would become (accent) and as they are (other colour). */
  drawDifference(features, toMetres) {
    const colours = this.colours();
    const looks = { saw: [colours.soft, [2, 6], 2], theirs: [colours.ghost, [10, 4], 3], mine: [colours.accent, undefined, 3] };
    const made = Object.entries(looks).flatMap(([who, [color, lineDash, width]]) => {
      const read = readGeometry(features?.[who]?.geometry, toMetres);
      const style = new Style({
        stroke: new Stroke({ color, lineDash, width }), image: new Circle({ radius: 9, stroke: new Stroke({ color, width, lineDash }) }),
        fill: new Fill({ color: who === "saw" ? "transparent" : `${color}22` }),
      });
      const rings = new Set(read.polygons.flat());
      const geometries = [
        ...read.polygons.map((one) => new Polygon(one)), ...read.lines.filter((line) => !rings.has(line)).map((line) => new LineString(line)),
        ...read.points.map((point) => new ol.geom.Point(point)),
      ];
      return geometries.map((geometry) => {
        const feature = new ol.Feature(geometry);
        feature.setStyle(style);
        return feature;
      });
    });
    this.#fill("difference", made);
  }
}
