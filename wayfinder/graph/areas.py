"""The walkable areas of a level, found quickly by place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.shapes import Point, as_area, as_areas, as_objects, polygons_of
from wayfinder.graph.space import Space
from wayfinder.model import Detail, Fixture, Frame, Issue, Kiosk, Level, Plan, Severity, Unit
from wayfinder.model.categories import is_open, is_walkable

_WALL_M = 0.05
_LEFT = 0.1
"""Share of a closed room that the rooms in it must leave, or it is an outline round them (ours)."""
_HEAP = 200
_HEAP_NEIGHBOURS = 40
"""Units that a unit touches on average: some 6 on a real floor, all of them in a hostile one."""


@dataclass(frozen=True)
class Area:
    """A walkable unit and its outline in metres."""

    unit: Unit
    outline: Polygon | MultiPolygon

    @cached_property
    def extent_m2(self) -> float:
        """Its area in square metres."""
        return float(self.outline.area)


class Floor:
    """What is walkable, and what stands in the way, on one level.

    Parameters
    ----------
    plan
        The plan.
    level
        The level.
    own_count
        Number of features that lie on it, itself included; for the build that comes after.
    """

    def __init__(self, plan: Plan, level: Level, *, own_count: int = 0) -> None:
        self.level = level
        self._frame = plan.frame
        self.own_count = own_count
        units = plan.list_on(level.id, Unit)
        self.issues: list[Issue] = []
        solid = [unit.id for unit in units if not is_walkable(unit)]
        details = plan.list_on(level.id, Detail)
        furniture = [
            thing.id for kind in (Fixture, Kiosk) for thing in plan.list_on(level.id, kind)
        ]
        self.obstacles = [shape for shape in _shapes(plan, (*solid, *furniture)) if shape.area > 0]
        self.walls = [*_shapes(plan, (detail.id for detail in details)), *self.obstacles]
        barriers = [detail.id for detail in details if detail.wayfinder.get("wall") is True]
        self.areas = self._carve(plan, [unit for unit in units if is_walkable(unit)], barriers)
        self._ids = list(self.areas)
        self._tree = shapely.STRtree([self.areas[key].outline for key in self._ids])

    def _carve(self, plan: Plan, units: Sequence[Unit], barriers: Sequence[str]) -> dict[str, Area]:
        """Outline the units: rooms drawn on top of another, and walls inside it, are not it."""
        shapes_m = as_areas([plan.find_geometry_m(unit.id) for unit in units])
        outlines = {unit.id: outline for unit, outline in zip(units, shapes_m, strict=True)}
        known = [unit for unit in units if not outlines[unit.id].is_empty]
        tree = shapely.STRtree([outlines[unit.id] for unit in known])
        if _is_heap(tree):
            values = {"count": len(known)}
            self.issues.append(
                Issue("units-in-a-heap", Severity.ERROR, values, (self.level.id,), self.level.id)
            )
            return {}
        walls = [(key, _shapes(plan, [key])) for key in barriers]
        areas = {}
        for unit, rooms in zip(known, _find_rooms(known, tree), strict=True):
            outline = outlines[unit.id]
            rest = as_area(outline.difference(shapely.union_all(rooms))) if rooms else outline
            if is_open(unit) or rest.area > _LEFT * outline.area:
                outline = rest
            for key, shapes in walls:
                outline = self._wall_off(unit, outline, key, shapes, plan.frame)
            if not outline.is_empty:
                areas[unit.id] = Area(unit, outline)
        return areas

    def _wall_off(
        self,
        unit: Unit,
        outline: Polygon | MultiPolygon,
        key: str,
        shapes: Sequence[BaseGeometry],
        frame: Frame,
    ) -> Polygon | MultiPolygon:
        """Take a wall out of an outline; one that would divide it is reported instead."""
        for wall in shapes:
            if wall.intersection(outline.buffer(-_WALL_M)).length < _WALL_M:
                continue
            rest = as_area(outline.difference(wall.buffer(_WALL_M, cap_style="flat")))
            if len(polygons_of(rest)) == len(polygons_of(outline)):
                outline = rest
                continue
            place = wall.interpolate(0.5, normalized=True) if wall.length else wall.centroid
            where = frame.to_degrees(place.x, place.y)
            features = (unit.id, key)
            self.issues.append(
                Issue("wall-divides-unit", Severity.WARNING, {}, features, self.level.id, where)
            )
        return outline

    def near(self, shape: BaseGeometry, distance_m: float) -> list[Area]:
        """List the areas within a distance of a shape, in the order of their ids."""
        found = self._tree.query(shape, predicate="dwithin", distance=distance_m)
        return [self.areas[key] for key in sorted(self._ids[i] for i in found)]

    def near_each(self, shapes: Sequence[BaseGeometry], distance_m: float) -> list[list[Area]]:
        """List what `near` does for each of many shapes."""
        found: list[list[str]] = [[] for _ in shapes]
        pairs = self._tree.query(as_objects(shapes), predicate="dwithin", distance=distance_m)
        for shape, area in pairs.T.tolist():
            found[shape].append(self._ids[area])
        return [[self.areas[key] for key in sorted(keys)] for keys in found]

    def nearest(self, shape: BaseGeometry) -> tuple[Area, float] | None:
        """Return the nearest area and its distance in metres, or None on an empty level."""
        if not self._ids:
            return None
        area = self.areas[self._ids[int(self._tree.nearest(shape))]]
        return area, float(area.outline.distance(shape))

    @cached_property
    def obstacles_in(self) -> Mapping[str, tuple[BaseGeometry, ...]]:
        """Unit id to what stands in it, in the order of the drawing."""
        found: dict[str, list[BaseGeometry]] = {key: [] for key in self._ids}
        outlines = as_objects([self.areas[key].outline for key in self._ids])
        pairs = shapely.STRtree(self.obstacles).query(outlines, predicate="intersects")
        for area, obstacle in sorted(pairs.T.tolist()):
            found[self._ids[area]].append(self.obstacles[obstacle])
        return {key: tuple(shapes) for key, shapes in found.items()}

    @cached_property
    def spaces(self) -> Mapping[str, Space]:
        """Unit id to its walkable space."""
        return {
            key: Space(area.outline, obstacles=self.obstacles_in[key])
            for key, area in self.areas.items()
        }

    @cached_property
    def middles(self) -> Mapping[str, Point]:
        """Unit id to the point that stands for it: its display point, else its middle."""
        areas = list(self.areas.values())
        outlines = as_objects([area.outline for area in areas])
        middles = shapely.centroid(outlines)
        aside = ~shapely.covers(outlines, middles)
        middles[aside] = shapely.point_on_surface(outlines[aside])
        shown = [k for k, area in enumerate(areas) if area.unit.display_point is not None]
        degrees = [areas[k].unit.display_point or (0.0, 0.0) for k in shown]
        metres = np.array([self._frame.to_metres(*one) for one in degrees]).reshape(-1, 2)
        drawn = np.asarray(shapely.points(metres))
        inside = shapely.covers(outlines[shown], drawn)
        middles[np.array(shown, dtype=int)[inside]] = drawn[inside]
        points: list[list[float]] = shapely.get_coordinates(middles).tolist()
        return {key: (x, y) for key, (x, y) in zip(self.areas, points, strict=True)}

    @cached_property
    def wall_tree(self) -> shapely.STRtree:
        """Index of the drawn walls."""
        return shapely.STRtree(self.walls)


def _is_heap(tree: shapely.STRtree) -> bool:
    """Tell whether units lie in a heap, so that looking at every pair would take for ever."""
    count = len(tree.geometries)
    if count < _HEAP:
        return False
    sample = tree.geometries[:: max(1, count // _HEAP)]
    return bool(len(tree.query(sample)[0]) / len(sample) > _HEAP_NEIGHBOURS)


def _find_rooms(units: Sequence[Unit], tree: shapely.STRtree) -> list[list[BaseGeometry]]:
    """List for each unit the closed rooms that are drawn on top of it, as what is larger.

    The tree is that of the units' outlines.
    """
    shapes = tree.geometries
    found: list[list[BaseGeometry]] = [[] for _ in units]
    closed = np.array([not is_open(unit) for unit in units], dtype=bool)
    spaces, rooms = tree.query(shapes, predicate="intersects")
    sizes = shapely.area(shapes)
    bounds = shapely.bounds(shapes)
    low = np.maximum(bounds[spaces, :2], bounds[rooms, :2])
    high = np.minimum(bounds[spaces, 2:], bounds[rooms, 2:])
    # most are neighbours, of which not even the boxes have much in common
    common = np.maximum(high - low, 0.0).prod(axis=1)
    may = closed[rooms] & (sizes[rooms] < sizes[spaces]) & (common > sizes[rooms] / 2)
    spaces, rooms = spaces[may], rooms[may]
    common = shapely.area(shapely.intersection(shapes[rooms], shapes[spaces]))
    most = common > sizes[rooms] / 2
    for space, room in sorted(zip(spaces[most].tolist(), rooms[most].tolist(), strict=True)):
        found[space].append(shapes[room])
    return found


def _shapes(plan: Plan, ids: Iterable[str]) -> list[BaseGeometry]:
    """List the valid geometries in metres of some features, those without one left out."""
    found = (plan.find_geometry_m(key) for key in ids)
    shapes = [shape for shape in found if shape is not None]
    return [
        shape if valid else shapely.make_valid(shape)
        for shape, valid in zip(shapes, shapely.is_valid(as_objects(shapes)), strict=True)
    ]
