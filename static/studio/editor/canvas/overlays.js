// What is laid over the floor and under it: another floor, the network, a route, a difference; OpenLayers draws them.

/* global ol */

import { readGeometry } from "./floor.js";

const { LineString, MultiLineString, Polygon } = ol.geom;
const { Stroke, Style, Fill, Circle } = ol.style;

const edgeColours = { walk: "accent", door: "good", lift_ride: "ghost", lift_board: "ghost", stairs: "ghost", escalator: "ghost", manual: "guide" };

/** Layers above and below, each with what it shows; `colours()` gives the inks. */
export class Overlays {
  constructor(map, colours) {
    this.colours = colours;
    this.map = map;
    this.layers = {};
    for (const [name, zIndex] of Object.entries({ ghost: 15, network: 30, route: 35, difference: 38 })) {
      this.layers[name] = new ol.layer.Vector({ source: new ol.source.Vector(), zIndex, updateWhileAnimating: true, updateWhileInteracting: true });
      map.addLayer(this.layers[name]);
    }
  }

  #fill(name, features) {
    const source = this.layers[name].getSource();
    source.clear(true);
    source.addFeatures(features);
  }

  /** The outlines of another floor, faint. */
  showGhost(shapes) {
    const style = new Style({ stroke: new Stroke({ color: this.colours().ghost, width: 1, lineDash: [4, 4] }) });
    const lines = shapes.flatMap((shape) => shape.lines);
    const feature = new ol.Feature(new MultiLineString(lines));
    feature.setStyle(style);
    this.#fill("ghost", lines.length ? [feature] : []);
  }

  /** Nodes `[x, y, kind]` and edges `[i, j, kind]` of a level, or null. */
  showNetwork(data) {
    if (!data) return this.#fill("network", []);
    const colours = this.colours(), byKind = new Map();
    for (const [i, j, kind] of data.edges) {
      if (!byKind.has(kind)) byKind.set(kind, []);
      byKind.get(kind).push([data.nodes[i].slice(0, 2), data.nodes[j].slice(0, 2)]);
    }
    const made = [...byKind].map(([kind, lines]) => {
      const feature = new ol.Feature(new MultiLineString(lines));
      feature.setStyle(new Style({ stroke: new Stroke({ color: colours[edgeColours[kind] ?? "accent"], width: 1.5 }) }));
      return feature;
    });
    const nodes = new ol.Feature(new ol.geom.MultiPoint(data.nodes.map((node) => node.slice(0, 2))));
    nodes.setStyle(new Style({ image: new Circle({ radius: 2.5, fill: new Fill({ color: colours.accent }) }) }));
    this.#fill("network", [...made, nodes]);
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
