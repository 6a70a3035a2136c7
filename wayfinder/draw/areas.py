"""The areas of a scene: rooms by kind, flights of steps, paths."""

from dataclasses import dataclass, replace
from math import atan2, degrees

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.kept import keep_with
from wayfinder.model import (
    Access,
    Anchor,
    Fixture,
    Footprint,
    Kiosk,
    Level,
    Occupant,
    Plan,
    Relationship,
    Unit,
)
from wayfinder.model.categories import is_open
from wayfinder.presets import find_preset

_PLAIN = frozenset({"room", "unspecified", "office", "nonpublic"})
_KEEP_KIND = frozenset({"vertical", "void", "structure", "glass", "green", "road"})
_OUTDOOR = frozenset({"outdoor", "green", "road"})
_FLIGHTS = frozenset({"stairs", "steps", "escalator", "ramp", "movingwalkway"})
_AXIS_SAMPLE = 2_000
_COVERED = 0.5
_WIDEST_WAY_M = 3.0


@dataclass(frozen=True)
class Area:
    """A room or anything else with an outline.

    Parameters
    ----------
    feature
        Id of the unit, fixture or kiosk.
    category
        Its IMDF category.
    kind
        What it is to the reader: a colour of the themes.
    outline
        Valid polygons in metres.
    layer
        0, or one more than the layer of a larger area that it lies upon.
    walled
        Whether it has walls of its own.
    furniture
        Whether it stands in a room rather than being one.
    open_air
        Whether its level lies in the open.
    """

    feature: str
    category: str
    kind: str
    outline: Polygon | MultiPolygon
    layer: int = 0
    walled: bool = True
    furniture: bool = False
    open_air: bool = False

    @property
    def outdoor(self) -> bool:
        """Whether it lies in the open."""
        return self.open_air or self.kind in _OUTDOOR


@dataclass(frozen=True)
class Flight:
    """Steps, an escalator or a ramp.

    Parameters
    ----------
    category
        IMDF category.
    outline
        In metres.
    axis_deg
        Compass direction along which it runs, 0 up to 180.
    """

    category: str
    outline: Polygon | MultiPolygon
    axis_deg: float


@dataclass(frozen=True)
class Way:
    """A path that was drawn as a line.

    Parameters
    ----------
    feature
        Id of the relationship.
    category
        ``traversal``, ``stairs``, ``ramp`` and so on.
    line
        In metres.
    width_m
        Clear width, or what a footway usually has.
    """

    feature: str
    category: str
    line: LineString
    width_m: float


def as_polygons(shape: BaseGeometry | None) -> Polygon | MultiPolygon:
    """Return the polygonal part of any geometry, mended where it crosses itself."""
    if shape is None:
        return Polygon()
    if isinstance(shape, Polygon | MultiPolygon) and shape.is_valid:
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    polygons = [p for part in parts for p in shapely.get_parts(part) if isinstance(p, Polygon)]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def list_areas(plan: Plan, level: Level) -> tuple[Area, ...]:
    """List what has an outline on a level, each after what it lies upon."""
    tenants = _find_tenants(plan)
    built = _find_built(plan, level)
    areas: list[Area] = []
    for unit in plan.list_on(level.id, Unit):
        outline = as_polygons(plan.find_geometry_m(unit.id))
        if not outline.is_empty:
            kind = _find_kind(unit, tenants.get(unit.id, ()))
            if kind == "circulation" and _lies_outside(outline, built):
                kind = "outdoor"
            walled, open_air = not is_open(unit), level.outdoor
            areas.append(
                Area(unit.id, unit.category, kind, outline, walled=walled, open_air=open_air)
            )
    things = (*plan.list_on(level.id, Fixture), *plan.list_on(level.id, Kiosk))
    for thing in things:
        outline = as_polygons(plan.find_geometry_m(thing.id))
        if not outline.is_empty:
            kind = "service" if isinstance(thing, Kiosk) else "fixture"
            found = Area(thing.id, thing.category, kind, outline, 9, furniture=True)
            areas.append(replace(found, open_air=level.outdoor))
    return _stack(areas)


def _find_built(plan: Plan, level: Level) -> BaseGeometry | None:
    """Return the footprints of all buildings, or None where the plan has none."""
    if level.outdoor:
        return Polygon()
    shapes = [as_polygons(plan.find_geometry_m(f.id)) for f in plan.list_of(Footprint)]
    return shapely.union_all(shapes) if shapes else None


def _lies_outside(outline: Polygon | MultiPolygon, built: BaseGeometry | None) -> bool:
    """Tell whether most of an area lies off the buildings."""
    if built is None or built.covers(outline):
        return False
    return bool(outline.intersection(built).area < (1 - _COVERED) * outline.area)


def _find_tenants(plan: Plan) -> dict[str, list[Occupant]]:
    """Find the occupants of each unit."""
    tenants: dict[str, list[Occupant]] = {}
    for occupant in plan.list_of(Occupant):
        anchor = plan.find(occupant.anchor_id, Anchor)
        if anchor is not None and anchor.unit_id is not None:
            tenants.setdefault(anchor.unit_id, []).append(occupant)
    return tenants


def _find_kind(unit: Unit, tenants: list[Occupant] | tuple[()]) -> str:
    """Tell what a unit is to the reader: whose room it is counts more than that it is a room."""
    preset = find_preset(unit.category)
    kind = preset.kind if preset else "room"
    if kind in _KEEP_KIND:
        return kind
    if unit.category in _PLAIN:
        found = (find_preset(tenant.category) for tenant in tenants)
        kind = next((p.kind for p in found if p and p.category != "unspecified"), kind)
    return "staff" if unit.access in {Access.STAFF, Access.PRIVATE} else kind


def _stack(areas: list[Area]) -> tuple[Area, ...]:
    """Raise each area above the larger ones that it lies upon."""
    order = sorted(range(len(areas)), key=lambda i: (-areas[i].outline.area, areas[i].feature))
    outlines = [areas[i].outline for i in order]
    tree = shapely.STRtree(outlines)
    layers = [areas[i].layer for i in order]
    for small, outline in enumerate(outlines):
        near = [int(j) for j in tree.query(outline) if j < small]
        for large in sorted(near):
            if outline.intersection(outlines[large]).area > _COVERED * outline.area:
                layers[small] = max(layers[small], layers[large] + 1)
    stacked = [replace(areas[i], layer=layer) for i, layer in zip(order, layers, strict=True)]
    return tuple(sorted(stacked, key=lambda area: area.layer))


def list_flights(plan: Plan, areas: tuple[Area, ...]) -> tuple[Flight, ...]:
    """List the areas that are steps, escalators or ramps, with the direction they run in."""
    return tuple(
        Flight(area.category, area.outline, long_axis_deg(area.outline))
        for area in areas
        if area.category in _FLIGHTS and area.feature in plan
    )


def list_ways(plan: Plan, level: Level, areas: tuple[Area, ...]) -> tuple[Way, ...]:
    """List the paths drawn as lines on a level, but for those inside the rooms that are drawn."""
    covered = shapely.union_all([area.outline for area in areas if not area.outdoor])
    shapely.prepare(covered)
    ways: list[Way] = []
    for way in plan.list_of(Relationship):
        line = plan.find_geometry_m(way.id) if level.id in way.level_ids else None
        if way.banned or not isinstance(line, LineString) or line.is_empty:
            continue
        if line.difference(covered).length > _COVERED * line.length:
            ways.append(
                Way(way.id, way.category, line, min(way.clear_width_m or 2.0, _WIDEST_WAY_M))
            )
    return tuple(ways)


def long_axis_deg(shape: BaseGeometry) -> float:
    """Return the compass direction of a shape's longer side, 0 up to 180 degrees."""
    box = shapely.minimum_rotated_rectangle(shape)
    if not isinstance(box, Polygon):
        return 0.0
    corners = shapely.get_coordinates(box.exterior)
    sides = np.diff(corners[:3], axis=0)
    dx, dy = sides[int(np.argmax(np.hypot(sides[:, 0], sides[:, 1])))]
    return round(degrees(atan2(dx, dy)) % 180, 6) % 180


def recall_axis_deg(plan: Plan) -> float:
    """Return `find_axis_deg` of a plan, found once: it is the same for all its floors."""
    return keep_with(plan, "axis_deg", lambda: find_axis_deg(plan))


def find_axis_deg(plan: Plan) -> float:
    """Find the direction within ±45 degrees of north along which most walls of a plan run."""
    units = plan.units[:: max(1, len(plan.units) // _AXIS_SAMPLE)]
    shapes = [shape for unit in units if (shape := plan.find_geometry_m(unit.id)) is not None]
    polygons = [p for s in shapes for p in shapely.get_parts(s) if isinstance(p, Polygon)]
    if not polygons:
        return 0.0
    sides = np.vstack([np.diff(shapely.get_coordinates(p.exterior), axis=0) for p in polygons])
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    bearings = np.degrees(np.arctan2(sides[:, 0], sides[:, 1])) % 90
    # the sharpest peak of a histogram in half degrees, then the mean around it
    bins = np.bincount((bearings * 2).astype(int) % 180, weights=lengths, minlength=180)
    smooth = bins + np.roll(bins, 1) + np.roll(bins, -1)
    peak = (int(np.argmax(smooth)) + 0.5) / 2
    offset = (bearings - peak + 45) % 90 - 45
    near = np.abs(offset) < 1
    mean = peak + float(np.average(offset[near], weights=lengths[near] + 1e-9))
    return round((mean + 45) % 90 - 45, 2)
