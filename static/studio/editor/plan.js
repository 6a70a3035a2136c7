// The plan as the server has it: all its features, mirrored here, and its metres.

/** Changes by `apply` alone; says "change" with {ids, number} then. */
export class PlanMirror extends EventTarget {
  constructor(document) {
    super();
    this.load(document);
  }

  /** Take over a whole plan. */
  load({ number, frame, languages, main_level: mainLevel = null, features }) {
    this.number = number;
    this.mainLevel = mainLevel;
    this.frame = frame;
    this.languages = languages;
    this.features = new Map(features.map((feature) => [feature.id, feature]));
    this.#forget();
    this.dispatchEvent(new CustomEvent("change", { detail: { ids: new Set(this.features.keys()), number, whole: true } }));
  }

  get(id) {
    return this.features.get(id);
  }

  /** Take over what changed: id to feature, or null where it is gone. Older news than what is here are no news. */
  apply(changed, number) {
    if (number < this.number) return;
    this.number = number;
    const ids = new Set(Object.keys(changed));
    if (ids.size === 0) return;
    for (const [id, feature] of Object.entries(changed)) {
      if (feature === null) this.features.delete(id);
      else this.features.set(id, feature);
    }
    this.#forget();
    this.dispatchEvent(new CustomEvent("change", { detail: { ids, number, whole: false } }));
  }

  /** All features of a type, in the order of the plan. */
  list(type) {
    this.#byType ??= group(this.features.values(), (feature) => [feature.feature_type]);
    return this.#byType.get(type) ?? [];
  }

  /** The levels, the lowest first. */
  levels() {
    return [...this.list("level")].sort((one, other) => (one.properties.ordinal ?? 0) - (other.properties.ordinal ?? 0));
  }

  /** The levels of the same buildings as a level, the lowest first; all where it is in none. */
  levelsBeside(levelId) {
    const buildings = new Set(this.get(levelId)?.properties.building_ids);
    const levels = this.levels();
    return buildings.size ? levels.filter((level) => level.properties.building_ids?.some((id) => buildings.has(id))) : levels;
  }

  /** All that lies on a level: what says so itself, and what stands in units of it. */
  listOnLevel(levelId) {
    this.#byLevel ??= group(this.features.values(), (feature) => this.levelsOf(feature));
    return this.#byLevel.get(levelId) ?? [];
  }

  /** Ids of the levels that a feature lies on; none: all of them, or none. */
  levelsOf(feature) {
    const { level_id: own, level_ids: several, unit_ids: units, unit_id: unit, anchor_id: anchor } = feature.properties;
    if (feature.feature_type === "level") return [feature.id];
    if (typeof own === "string") return [own];
    if (Array.isArray(several) && several.length) return several;
    const drawn = feature.properties.wayfinder?.level_ids;
    if (Array.isArray(drawn) && drawn.length) return drawn;
    for (const id of Array.isArray(units) ? units : [unit, anchor]) {
      const holder = typeof id === "string" && id !== feature.id ? this.get(id) : undefined;
      if (holder) return this.levelsOf(holder);
    }
    return [];
  }

  /** The departments of a unit, through their anchors. */
  inside(unitId) {
    this.#byUnit ??= group(this.list("occupant"), (occupant) => listGiven(this.get(occupant.properties.anchor_id)?.properties.unit_id));
    return this.#byUnit.get(unitId) ?? [];
  }

  /** The departments at an anchor. */
  at(anchorId) {
    this.#byAnchor ??= group(this.list("occupant"), (occupant) => listGiven(occupant.properties.anchor_id));
    return this.#byAnchor.get(anchorId) ?? [];
  }

  /** Longitude and latitude to metres east and north of the plan's origin. */
  toMetres([lon, lat]) {
    return [(lon - this.frame.lon) * this.frame.scale_m[0], (lat - this.frame.lat) * this.frame.scale_m[1]];
  }

  /** The way back, with 9 decimals: a tenth of a millimetre. */
  toDegrees([x, y]) {
    return [round(this.frame.lon + x / this.frame.scale_m[0]), round(this.frame.lat + y / this.frame.scale_m[1])];
  }

  geometryToMetres(geometry) {
    return mapGeometry(geometry, (position) => this.toMetres(position));
  }

  /** Somewhere within a feature, in metres: where a list leads to. */
  pointOf(feature) {
    const shown = feature.properties.display_point?.coordinates;
    if (shown) return this.toMetres(shown);
    const held = feature.geometry ? null : this.get(feature.properties.anchor_id);
    const geometry = feature.geometry ?? held?.geometry;
    if (!geometry) return null;
    const [west, south, east, north] = boxOf(geometry);
    return this.toMetres([(west + east) / 2, (south + north) / 2]);
  }

  #byType = null;
  #byLevel = null;
  #byUnit = null;
  #byAnchor = null;

  #forget() {
    this.#byType = this.#byLevel = this.#byUnit = this.#byAnchor = null;
  }
}

function round(value) {
  return Math.round(value * 1e9) / 1e9;
}

const listGiven = (id) => (id ? [id] : []);

/** Values by the keys that each has, in their order. */
export function group(values, keysOf) {
  const found = new Map();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const list = found.get(key);
      if (list) list.push(value);
      else found.set(key, [value]);
    }
  }
  return found;
}

function mapCoordinates(coordinates, turn) {
  return typeof coordinates[0] === "number" ? turn(coordinates) : coordinates.map((one) => mapCoordinates(one, turn));
}

/** A geometry with its positions turned into others; null stays null. */
export function mapGeometry(geometry, turn) {
  if (!geometry) return null;
  if (geometry.geometries) return { ...geometry, geometries: geometry.geometries.map((one) => mapGeometry(one, turn)) };
  return { ...geometry, coordinates: geometry.coordinates.length ? mapCoordinates(geometry.coordinates, turn) : [] };
}

/** [west, south, east, north] of a geometry, in its own units. */
export function boxOf(geometry) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  mapGeometry(geometry, ([x, y]) => {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
    return [x, y];
  });
  return box;
}
