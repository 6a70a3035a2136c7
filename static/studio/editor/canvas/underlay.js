// The picture of a plan below the floor: anywhere, at any scale, turned.

/* global ol */

/** Pictures `{url, width_px, height_px, corners: {nw, ne, sw}, opacity}`: where three of their corners lie, in metres. */
export class Underlay {
  #pictures = [];
  #loaded = new Map();

  constructor(map) {
    this.opacity = null;
    this.layer = new ol.layer.Image({
      zIndex: 5, visible: false,
      source: new ol.source.ImageCanvas({ ratio: 1.5, canvasFunction: (...given) => this.#draw(...given) }),
    });
    map.addLayer(this.layer);
  }

  /** Show pictures; none of them clears it. */
  show(pictures) {
    this.#pictures = pictures;
    this.layer.setVisible(pictures.length > 0);
    for (const { url } of pictures) {
      if (this.#loaded.has(url)) continue;
      const image = new Image();
      this.#loaded.set(url, null);
      image.addEventListener("load", () => {
        this.#loaded.set(url, image);
        this.layer.getSource().changed();
      });
      image.src = url;
    }
    this.layer.getSource().changed();
  }

  get isShown() {
    return this.#pictures.length > 0;
  }

  /** 0 to 1 for all of them; null for what each says itself. */
  setOpacity(opacity) {
    this.opacity = opacity;
    this.layer.getSource().changed();
  }

  /** Draw what is in an extent; that of a turned view is drawn unturned, OpenLayers turns it. */
  #draw([west, , , north], resolution, pixelRatio, [width, height]) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d"), scale = pixelRatio / resolution;
    for (const { url, width_px, height_px, corners, opacity } of this.#pictures) {
      const image = this.#loaded.get(url);
      if (!image) continue;
      // the plane of the picture onto the screen: its two edges from the corner at its top left
      const [nw, ne, sw] = [corners.nw, corners.ne, corners.sw].map(([x, y]) => [(x - west) * scale, (north - y) * scale]);
      context.setTransform((ne[0] - nw[0]) / width_px, (ne[1] - nw[1]) / width_px, (sw[0] - nw[0]) / height_px, (sw[1] - nw[1]) / height_px, ...nw);
      context.globalAlpha = this.opacity ?? opacity ?? 0.5;
      context.drawImage(image, 0, 0, width_px, height_px);
    }
    return canvas;
  }
}
