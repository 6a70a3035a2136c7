"""The walkable areas of a level, found quickly by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.space import as_area
from wayfinder.model import Detail, Fixture, Kiosk, Level, Plan, Unit
from wayfinder.model.categories import is_walkable

Point = tuple[float, float]


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
        self.own_count = own_count
        units = plan.list_on(level.id, Unit)
        outlines = (
            (unit, as_area(plan.find_geometry_m(unit.id))) for unit in units if is_walkable(unit)
        )
        self.areas = {
            unit.id: Area(unit, outline) for unit, outline in outlines if not outline.is_empty
        }
        self._ids = list(self.areas)
        self._tree = shapely.STRtree([self.areas[key].outline for key in self._ids])
        solid = (unit.id for unit in units if not is_walkable(unit))
        furniture = (
            thing.id for kind in (Fixture, Kiosk) for thing in plan.list_on(level.id, kind)
        )
        self.obstacles = [shape for shape in _shapes(plan, (*solid, *furniture)) if shape.area > 0]
        self.walls = [
            *_shapes(plan, (detail.id for detail in plan.list_on(level.id, Detail))),
            *self.obstacles,
        ]

    def near(self, shape: BaseGeometry, distance_m: float) -> list[Area]:
        """List the areas within a distance of a shape, in the order of their ids."""
        found = self._tree.query(shape, predicate="dwithin", distance=distance_m)
        return [self.areas[key] for key in sorted(self._ids[i] for i in found)]

    def nearest(self, shape: BaseGeometry) -> tuple[Area, float] | None:
        """Return the nearest area and its distance in metres, or None on an empty level."""
        if not self._ids:
            return None
        area = self.areas[self._ids[int(self._tree.nearest(shape))]]
        return area, float(area.outline.distance(shape))

    @cached_property
    def obstacle_tree(self) -> shapely.STRtree:
        """Index of the obstacles."""
        return shapely.STRtree(self.obstacles)

    @cached_property
    def wall_tree(self) -> shapely.STRtree:
        """Index of the drawn walls."""
        return shapely.STRtree(self.walls)


def _shapes(plan: Plan, ids: Iterable[str]) -> list[BaseGeometry]:
    """List the valid geometries in metres of some features, those without one left out."""
    shapes = (plan.find_geometry_m(key) for key in ids)
    return [
        shape if shape.is_valid else shapely.make_valid(shape)
        for shape in shapes
        if shape is not None
    ]
