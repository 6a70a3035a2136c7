// The colours of the drawing: those of all maps (static/map/theme-*.json), by day and by night.

const NAMES = ["light", "dark"];

/** Read the themes; `addresses` says where they lie. */
export async function loadThemes(addresses = {}) {
  const themes = await Promise.all(NAMES.map(async (name) => {
    const address = addresses[name] ?? new URL(`../../../map/theme-${name}.json`, import.meta.url).href;
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }));
  return { light: themes[0], dark: themes[1] };
}

/** What is asked for now, and a call whenever that changes. */
export function watchTheme(themes, changed) {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const choose = () => (night.matches ? themes.dark : themes.light);
  night.addEventListener("change", () => changed(choose()));
  return choose();
}

/** Colours of what is drawn by the editor itself. */
export function listInks(theme) {
  const { ink } = theme;
  const isDark = theme.ink.page < "#888888";
  return {
    accent: ink.route, onAccent: ink["on-route"], bad: ink.here, ghost: isDark ? "#ffb86b" : "#a04a00", guide: isDark ? "#ff8ad8" : "#b0137f", good: isDark ? "#7fe0a3" : "#00703c",
    paper: ink.page, text: ink.text, soft: ink["text-soft"], halo: ink.halo,
  };
}

/** Kind and symbol of each category, of the presets document. */
export function readPresets(document) {
  const kinds = new Map(), symbols = new Map();
  for (const one of document?.categories ?? []) {
    if (one.kind) kinds.set(one.category, one.kind);
    if (one.symbol) symbols.set(one.category, one.symbol);
  }
  const general = (map) => ({
    get: (category) => map.get(category) ?? map.get(String(category).split(".")[0]),
    has: (category) => map.has(category) || map.has(String(category).split(".")[0]),
  });
  return { kinds: general(kinds), symbols: general(symbols) };
}

const FORM = /viewBox="0 0 (?<side>[\d.]+) [\d.]+".*? d="(?<path>[^"]+)"/s;

/** Symbols by address, each a path on a square, fetched when first wanted. */
export class Symbols {
  #known = new Map();

  constructor(loaded) {
    this.loaded = loaded;
  }

  /** The symbol `{side, path}` or null while it is on its way, or is none. */
  get(address) {
    if (!address) return null;
    if (!this.#known.has(address)) {
      this.#known.set(address, null);
      this.#load(address);
    }
    return this.#known.get(address);
  }

  async #load(address) {
    try {
      const response = await fetch(address);
      const found = response.ok ? FORM.exec(await response.text()) : null;
      if (!found) return;
      this.#known.set(address, { side: Number(found.groups.side), path: new Path2D(found.groups.path) });
      this.loaded();
    } catch {
      // without a symbol the badge alone is drawn
    }
  }
}
