// Icons of the tools: lines on a square of 24, as those of the studio.

import { drawLines } from "../dom.js";

const PATHS = {
  "canvas-select": "M5 3l6 16 2.5-6.5L20 10z",
  "canvas-measure": "M3 15L15 3l6 6L9 21zM7 11l2 2M10 8l3 3M13 5l2 2",
  "canvas-rectangle": "M4 6h16v12H4zM2.5 6a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M18.5 18a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0",
  "canvas-room": "M4 4h10v6h6v10H4z",
  "canvas-door": "M3 20h5M16 20h5M8 20V8a12 12 0 0 1 8 12",
  "canvas-wall": "M3 18L9 6h12",
  "canvas-shaft": "M5 3h14v18H5zM9 10l3-4 3 4zM9 14l3 4 3-4z",
  "canvas-reshape": "M5 5h14v14H5zM3 5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M17 19a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  "canvas-split": "M4 5h16v14H4zM13 2l-2 20",
  "canvas-merge": "M4 5h16v14H4M4 5v14M12 5v3M12 16v3M8 12h8M10 10l-2 2 2 2M14 10l2 2-2 2",
  "canvas-cut": "M4 4h16v16h-7v-7H4z M4 17h5v4",
  "canvas-delete": "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
  "canvas-place": "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 6.500v5M9.500 9h5",
  "canvas-department": "M4 21V6l8-3 8 3v15M4 21h16M12 8v6M9 11h6",
  "canvas-sign": "M4 4h16v9H4zM12 13v8M8 8.500h7M12.500 6l2.500 2.500-2.500 2.500",
  "canvas-display": "M4 4h16v12H4zM12 16v4M8 20h8",
  "canvas-furniture": "M3 9h18v4H3zM5 13v6M19 13v6",
  "canvas-zone": "M5 4h4M13 4h4M20 6v4M20 14v4M17 20h-4M9 20H5M4 18v-4M4 10V6M8 12h8",
  "canvas-way": "M4 19c6 0 3-7 8-7s2-7 8-7M17 2l3 3-3 3",
  "canvas-zoom-in": "M12 5v14M5 12h14",
  "canvas-zoom-out": "M5 12h14",
  "canvas-whole-floor": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  "canvas-connect": "M3 12a2.500 2.500 0 1 0 5 0 2.500 2.500 0 1 0-5 0M8 12h10M15 8l4 4-4 4",
};

/** The icon of a tool as an element; the words beside it are what is read. */
export const drawIcon = (name) => drawLines(PATHS[name] ?? "M12 3v18M3 12h18");
