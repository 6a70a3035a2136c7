"""Rooms that no way leads to, each with its place and, where one is likely, a door to draw."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from wayfinder.checks.reach import Reach
from wayfinder.graph import Network
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.names import Signs, say_floor
from wayfinder.model import Feature, Fix, Issue, Labels, Level, Opening, Plan, Severity, Unit
from wayfinder.model.categories import LIFT, STEPPED, VERTICAL, is_through
from wayfinder.presets import find_preset

WALL_M = 0.5
"""Two rooms this close have a wall in common; ours, outer walls are thicker."""

DOOR_M = 0.9
"""A door's width; a shorter common wall has no room for one."""


def list_cut_off(network: Network, reach: Reach) -> tuple[Issue, ...]:
    """List the units beside the largest group, those that need steps, and lifts without a floor."""
    plan = network.plan
    names = _Names(plan)
    doors = _Doors(plan, reach, names)
    locked = _list_locked(network)
    cut_off = [
        names.make_issue("unit-locked", Severity.WARNING, unit_id)
        if unit_id in locked
        else names.make_issue("unit-cut-off", Severity.WARNING, unit_id, fix=doors.find(unit_id))
        for group in reach.cut_off
        for unit_id in group
    ]
    stepped = [
        names.make_issue("unit-needs-steps", Severity.NOTE, unit_id)
        for unit_id in sorted(reach.connected - reach.step_free)
        if plan[unit_id].category not in STEPPED
    ]
    alone = [
        names.make_issue(
            "unit-joins-no-floor",
            Severity.WARNING if plan[unit_id].category == LIFT else Severity.NOTE,
            unit_id,
        )
        for unit_id in _list_alone(network)
    ]
    return (*cut_off, *alone, *stepped)


def _list_alone(network: Network) -> Iterator[str]:
    """List lifts, stairs and escalators from which nothing leads to another floor.

    A lift has two stops; stairs may lead to a roof or a cellar that nobody drew.
    """
    plan, graph = network.plan, network.graph
    joined = {
        graph.nodes[node]["unit"]
        for edge, data in graph.edges.items()
        if data["floors"]
        for node in edge
    }
    reported = {feature for issue in network.issues for feature in issue.features}
    if len(plan.levels) > 1:
        for unit in plan.units:
            if unit.category in VERTICAL and unit.id not in joined | reported:
                yield unit.id


def _list_locked(network: Network) -> frozenset[str | None]:
    """List the units with a door that nobody passes."""
    plan = network.plan
    locked = {opening.id for opening in plan.list_of(Opening) if opening.locked}
    return frozenset(
        node["unit"] for node in network.graph.nodes.values() if node["feature"] in locked
    )


class _Names:
    """What a room and its floor are called, for a message."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._signs = Signs(plan)

    def make_issue(
        self, code: str, severity: Severity, unit_id: str, *, fix: Fix | None = None
    ) -> Issue:
        unit = self._plan[unit_id]
        values: dict[str, Any] = {
            "name": dict(self.name(unit_id)),
            "level": dict(self._name_level(unit.level_id)),
        }
        place = find_place(self._plan, unit_id)
        return Issue(code, severity, values, (unit_id,), unit.level_id, place, fix)

    def name(self, unit_id: str) -> Labels:
        sign = self._signs.read(unit_id)
        if sign.labels:
            return sign.labels
        preset = find_preset(sign.category)
        return preset.name if preset else {"und": sign.category}

    def _name_level(self, level_id: str | None) -> Labels:
        level = self._plan.find(level_id, Level)
        labels = {} if level is None else level.short_name or level.name
        return {
            language: say_floor(labels, language)
            if labels
            else translate(language, "checks.unknown-floor")
            for language in LANGUAGES
        }


def find_place(plan: Plan, feature_id: str) -> tuple[float, float] | None:
    """Return longitude and latitude of a point in a feature, or None where it has no geometry."""
    feature = plan[feature_id]
    if feature.display_point is not None:
        return feature.display_point
    shape = feature.shape
    if shape is None or shape.is_empty:
        return None
    point = shapely.make_valid(shape).representative_point()
    return point.x, point.y


class _Doors:
    """Likely doors: in the longest wall that a cut-off room shares with one that is not."""

    def __init__(self, plan: Plan, reach: Reach, names: _Names) -> None:
        self._plan = plan
        self._names = names
        self._connected = reach.connected
        self._near: dict[str | None, tuple[list[Unit], shapely.STRtree]] = {}

    def find(self, unit_id: str) -> Fix | None:
        """Propose a door, or None where there is no such wall; lifts and stairs get none."""
        unit = self._plan.find(unit_id, Unit)
        if unit is None or unit.category in VERTICAL:
            return None
        outline = _find_outline(self._plan, unit_id)
        if outline is None:
            return None
        walls = (
            (is_through(other), wall.length, other.id, wall)
            for other, wall in self._list_walls(unit, outline)
            if wall.length >= DOOR_M
        )
        # a corridor before a room, then the longer wall
        best = max(walls, key=lambda wall: wall[:3], default=None)
        return None if best is None else self._make_fix(unit, self._plan[best[2]], best[3])

    def _list_walls(self, unit: Unit, outline: BaseGeometry) -> Iterator[tuple[Unit, LineString]]:
        others, tree = self._index(unit.level_id)
        for index in tree.query(outline, predicate="dwithin", distance=WALL_M):
            other = others[int(index)]
            near = _find_outline(self._plan, other.id)
            if other.id == unit.id or near is None:
                continue
            common = outline.boundary.intersection(near.buffer(WALL_M, join_style="mitre"))
            for line in _list_straight(shapely.get_parts(shapely.line_merge(common))):
                yield other, line

    def _index(self, level_id: str | None) -> tuple[list[Unit], shapely.STRtree]:
        if level_id not in self._near:
            outlined = [
                (unit, outline)
                for unit in self._plan.list_on(level_id or "", Unit)
                if unit.id in self._connected
                and (outline := _find_outline(self._plan, unit.id)) is not None
            ]
            tree = shapely.STRtree([outline for _, outline in outlined])
            self._near[level_id] = ([unit for unit, _ in outlined], tree)
        return self._near[level_id]

    def _make_fix(self, unit: Unit, other: Feature, wall: LineString) -> Fix:
        middle = wall.length / 2
        door = substring(wall, middle - DOOR_M / 2, middle + DOOR_M / 2)
        # into the middle of the wall: a door joins what lies close to it
        outline = _find_outline(self._plan, other.id)
        if outline is not None:
            near, far = nearest_points(door.centroid, outline)
            door = affinity.translate(door, (far.x - near.x) / 2, (far.y - near.y) / 2)
        degrees = self._plan.frame.geometry_degrees(door)
        line = [[round(lon, 8), round(lat, 8)] for lon, lat in degrees.coords]
        towards = dict(self._names.name(other.id))
        arguments = {"level_id": unit.level_id, "coordinates": line, "towards": towards}
        return Fix("add-door", arguments)


def _find_outline(plan: Plan, unit_id: str) -> BaseGeometry | None:
    geometry = plan.find_geometry_m(unit_id)
    if geometry is None or geometry.is_empty:
        return None
    made = shapely.make_valid(geometry)
    # of an outline that crosses itself lines may be left, which have no outline of their own
    areas = [part for part in shapely.get_parts(made) if part.geom_type.endswith("Polygon")]
    return shapely.union_all(areas) if areas else None


def _list_straight(parts: Iterable[Any]) -> Iterator[LineString]:
    """Yield the straight pieces of lines: a door stands in one."""
    for part in parts:
        if isinstance(part, LineString):
            points = list(part.simplify(0.01).coords)
            for start, end in pairwise(points):
                yield LineString([start, end])
