"""Where in the units the places are: rooms, desks, occupants, lifts, ends of drawn ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.doors import SNAP_M, Door
from wayfinder.graph.drawn import Drawn, Vertex
from wayfinder.graph.elements import NodeKind
from wayfinder.graph.interior import Spot
from wayfinder.graph.shapes import Point, as_objects
from wayfinder.graph.verticals import Link
from wayfinder.model import Amenity, Anchor, Feature, Issue, Kiosk, Occupant, Plan, Severity
from wayfinder.model.categories import ESCALATOR, LIFT, RAMP, STAIRS, VERTICAL, is_open

KIND_OF_CATEGORY: Mapping[str, NodeKind] = {
    LIFT: NodeKind.LIFT,
    STAIRS: NodeKind.STAIRS,
    ESCALATOR: NodeKind.ESCALATOR,
    RAMP: NodeKind.RAMP,
}

_REACH_M = 1.0
"""A point this near to a unit still belongs to it (ours)."""


@dataclass(frozen=True)
class Spots:
    """All nodes that lie inside units, and drawn vertices that lie in none.

    Parameters
    ----------
    in_unit
        Unit id to its spots.
    features
        Node id to the id of the feature that it stands for.
    of_feature
        Feature id to the nodes at which one has arrived there.
    at_door
        Drawn vertices that end at a door.
    loose
        Drawn vertices in the open.
    issues
        Places that lie in no unit.
    """

    in_unit: Mapping[str, tuple[Spot, ...]]
    features: Mapping[str, str]
    of_feature: Mapping[str, tuple[str, ...]]
    at_door: tuple[tuple[Vertex, Door], ...]
    loose: tuple[Vertex, ...]
    issues: tuple[Issue, ...]


class _Collector:
    """Gathers spots while the plan is read."""

    def __init__(self, plan: Plan, floors: Mapping[str, Floor]) -> None:
        self.plan = plan
        self.floors = floors
        self.in_unit: defaultdict[str, list[Spot]] = defaultdict(list)
        self.features: dict[str, str] = {}
        self.of_feature: defaultdict[str, list[str]] = defaultdict(list)
        self.issues: list[Issue] = []

    def add(self, area: Area, point: Point, kind: NodeKind, feature_id: str) -> None:
        """Set a spot for a feature; a place is where one arrives at it."""
        node = f"{kind}:{feature_id}"
        self.in_unit[area.unit.id].append(Spot(node, point, kind))
        self.features[node] = feature_id
        if kind is NodeKind.PLACE:
            self.of_feature[feature_id].append(node)

    def add_points(self, points: "Sequence[_PointFeature]") -> None:
        """Set a place for each of many point features in its unit, or report that there is none."""
        shapes = [self.plan.find_geometry_m(one.feature.id) for one in points]
        inner = shapely.point_on_surface(as_objects(shapes)).tolist()
        where = [point if point is not None and not point.is_empty else None for point in inner]
        near = self._find_near(points, where)
        for number, (one, point) in enumerate(zip(points, where, strict=True)):
            areas = (near.get((number, level_id or ""), ()) for level_id in one.level_ids)
            area = next(
                (found for some in areas if (found := _pick(some, point, one.unit_ids))), None
            )
            if area is not None and point is not None:
                self.add(area, (point.x, point.y), NodeKind.PLACE, one.feature.id)
            else:
                self._report_off_units(one, point)

    def _find_near(
        self, points: "Sequence[_PointFeature]", where: Sequence[shapely.Point | None]
    ) -> Mapping[tuple[int, str], Sequence[Area]]:
        """Find what is near the points, by number and level id: a level is asked once for all."""
        on_level: defaultdict[str, list[tuple[int, shapely.Point]]] = defaultdict(list)
        for number, (one, point) in enumerate(zip(points, where, strict=True)):
            for level_id in dict.fromkeys(one.level_ids):
                if point is not None and level_id is not None and level_id in self.floors:
                    on_level[level_id].append((number, point))
        found: dict[tuple[int, str], Sequence[Area]] = {}
        for level_id, numbered in on_level.items():
            near = self.floors[level_id].near_each([point for _, point in numbered], _REACH_M)
            for (number, _), areas in zip(numbered, near, strict=True):
                found[number, level_id] = areas
        return found

    def _report_off_units(self, one: "_PointFeature", point: shapely.Point | None) -> None:
        """Report a point feature that lies in no unit."""
        place = None if point is None else self.plan.frame.to_degrees(point.x, point.y)
        level = next((level_id for level_id in one.level_ids if level_id), None)
        values = {"feature_type": one.feature.feature_type}
        self.issues.append(
            Issue("place-off-units", Severity.WARNING, values, (one.feature.id,), level, place)
        )


class _PointFeature(NamedTuple):
    """A feature that is a point, and where it may lie.

    Parameters
    ----------
    feature
        An amenity, anchor or kiosk.
    level_ids
        Levels on which it may be, the likeliest first.
    unit_ids
        Units that it names.
    """

    feature: Feature
    level_ids: Sequence[str | None]
    unit_ids: Sequence[str]


def find_spots(
    plan: Plan,
    floors: Mapping[str, Floor],
    links: Sequence[Link],
    drawn: Drawn,
    doors: Sequence[Door],
) -> Spots:
    """Find the places of a plan.

    Parameters
    ----------
    plan
        The plan.
    floors
        Level id to floor.
    links
        Links between floors.
    drawn
        Drawn ways.
    doors
        All doors.
    """
    collector = _Collector(plan, floors)
    linked = {unit for link in links for unit in (link.lower, link.upper)}
    for floor in floors.values():
        for key, area in floor.areas.items():
            point = floor.middles[key]
            collector.add(area, point, NodeKind.PLACE, key)
            if key in linked and area.unit.category in KIND_OF_CATEGORY:
                collector.add(area, point, KIND_OF_CATEGORY[area.unit.category], key)
    _add_points(collector)
    at_door, loose = _add_vertices(collector, drawn, doors)
    return Spots(
        {unit: tuple(spots) for unit, spots in collector.in_unit.items()},
        collector.features,
        {feature: tuple(nodes) for feature, nodes in collector.of_feature.items()},
        at_door,
        loose,
        tuple(collector.issues),
    )


def _pick(
    near: Sequence[Area], point: shapely.Point | None, unit_ids: Sequence[str]
) -> Area | None:
    """Choose the unit of a point: one that it names, else the smallest that holds it or is near."""

    def rank(area: Area) -> tuple[bool, float, bool, float]:
        distance = float(area.outline.distance(point))
        return (
            area.unit.category in VERTICAL,
            distance,
            area.unit.id not in unit_ids,
            area.extent_m2,
        )

    named = [area for area in near if area.unit.id in unit_ids] or near
    return min(named, key=rank) if len(named) > 1 else next(iter(named), None)


def _list_points(plan: Plan) -> list[_PointFeature]:
    """List amenities, kiosks and anchors."""
    points = [
        _PointFeature(one, [one.level_id, *_levels_of(plan, one.unit_ids)], one.unit_ids)
        for one in plan.list_of(Amenity)
    ]
    points += [_PointFeature(kiosk, [kiosk.level_id], ()) for kiosk in plan.list_of(Kiosk)]
    for anchor in plan.list_of(Anchor):
        unit_ids = (anchor.unit_id,) if anchor.unit_id else ()
        levels = [*_levels_of(plan, unit_ids), anchor.level_id]
        points.append(_PointFeature(anchor, levels, unit_ids))
    return points


def _add_points(collector: _Collector) -> None:
    """Set the places of amenities, occupants and kiosks."""
    plan = collector.plan
    collector.add_points(_list_points(plan))
    for occupant in plan.list_of(Occupant):
        nodes = collector.of_feature.get(occupant.anchor_id or "", [])
        collector.of_feature[occupant.id] = list(nodes)
        if not nodes:
            collector.issues.append(
                Issue("occupant-without-place", Severity.WARNING, {}, (occupant.id,))
            )


def _levels_of(plan: Plan, unit_ids: Iterable[str]) -> list[str | None]:
    """Return the levels of some units."""
    return [plan[key].level_id for key in unit_ids if key in plan]


def _add_vertices(
    collector: _Collector, drawn: Drawn, doors: Sequence[Door]
) -> tuple[tuple[tuple[Vertex, Door], ...], tuple[Vertex, ...]]:
    """Set the ends of drawn lines: at a door, inside a unit, or in the open."""
    vertices = {
        vertex.node: vertex
        for stretch in drawn.stretches
        for vertex in (stretch.start, stretch.end)
    }
    owners: dict[str, str] = {}
    for stretch in drawn.stretches:
        for vertex in (stretch.start, stretch.end):
            owners.setdefault(vertex.node, stretch.relationship.id)
    places = np.array([door.inside.point for door in doors]).reshape(-1, 2)
    tree = shapely.STRtree(np.asarray(shapely.points(places)))
    at_door, loose = [], []
    for node, vertex in sorted(vertices.items()):
        point = shapely.Point(vertex.point)
        door = _door_at(collector.floors, vertex, point, doors, tree)
        area = _area_at(collector.floors.get(vertex.level_id), point)
        if door is not None:
            at_door.append((vertex, door))
        elif area is not None:
            collector.in_unit[area.unit.id].append(Spot(node, vertex.point, NodeKind.WAY))
            collector.features[node] = owners[node]
        else:
            loose.append(vertex)
    return tuple(at_door), tuple(loose)


def _door_at(
    floors: Mapping[str, Floor],
    vertex: Vertex,
    point: shapely.Point,
    doors: Sequence[Door],
    tree: shapely.STRtree,
) -> Door | None:
    """Return the door at which a drawn line ends, on a level of the same ordinal, or None."""
    floor = floors.get(vertex.level_id)
    if floor is None:
        return None
    near = (doors[i] for i in sorted(tree.query(point, predicate="dwithin", distance=SNAP_M)))
    return next((d for d in near if floors[d.level_id].level.ordinal == floor.level.ordinal), None)


def _area_at(floor: Floor | None, point: shapely.Point) -> Area | None:
    """Return the unit that a drawn line ends in or on: open ones first, then the smallest."""
    near = floor.near(point, 0.05) if floor is not None else []
    return min(near, key=lambda area: (not is_open(area.unit), area.extent_m2), default=None)
