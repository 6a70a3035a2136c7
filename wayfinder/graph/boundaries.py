"""Where two open spaces touch without a door: one walks across."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.doors import Door
from wayfinder.graph.shapes import Point, as_objects
from wayfinder.model.categories import LIFT, VERTICAL, is_open

GAP_M = 0.1
"""Outlines this near are one line; a wider gap is a wall (ours)."""

_NARROWEST_M = 0.6
_SPACING_M = 3.0
_MOST_CROSSINGS = 40
"""Of one stretch: one of 120 m is no floor any more."""
_WALL_M = 0.15


@dataclass(frozen=True, slots=True)
class Crossing:
    """A point at which one walks over the open boundary between two units of a level."""

    units: tuple[str, str]
    points: tuple[Point, Point]
    heading: Point
    """Unit vector into the first unit."""
    clear_width_m: float
    """Length of the whole stretch that is open."""
    stretch: LineString
    """The whole stretch, in metres."""
    number: int
    """Position along the boundaries of this pair of units."""

    @property
    def nodes(self) -> tuple[str, str]:
        """Ids of its two nodes, one in each unit."""
        one, other = self.units
        return f"opening:{one}:{other}:{self.number}", f"opening:{other}:{one}:{self.number}"


def find_crossings(floor: Floor, doors: Sequence[Door]) -> list[Crossing]:
    """Find where one walks over open boundaries of a level.

    Parameters
    ----------
    floor
        The level.
    doors
        Its doors. A stretch of boundary with a door in it is a wall; a lift, stair or escalator
        with a door is entered by its doors alone.

    Returns
    -------
    list of Crossing
        At least one a stretch, and one every three metres of it.
    """
    middles, has_door = _door_middles(doors)
    open_ = {key: area for key, area in sorted(floor.areas.items()) if _opens(area, has_door)}
    near = floor.near_each([area.outline for area in open_.values()], GAP_M)
    pairs = [
        (area, other)
        for area, others in zip(open_.values(), near, strict=True)
        for other in others
        if other.unit.id > area.unit.id and other.unit.id in open_ and _may_join(area, other)
    ]
    crossings = []
    for (area, other), touch in zip(pairs, _touch(open_, pairs), strict=True):
        between = middles.get(frozenset((area.unit.id, other.unit.id)), [])
        crossings += _cross(area, other, _open_stretches(touch, area, other, floor, between))
    return crossings


def _touch(areas: Mapping[str, Area], pairs: Sequence[tuple[Area, Area]]) -> Sequence[BaseGeometry]:
    """Return the line along which the areas of each pair touch: the longer of their two."""
    place = {key: number for number, key in enumerate(areas)}
    outlines = as_objects([area.outline for area in areas.values()])
    edges = shapely.boundary(outlines)
    wider = shapely.buffer(outlines, GAP_M, quad_segs=16, join_style="mitre")
    one, other = (np.array([place[pair[n].unit.id] for pair in pairs], dtype=int) for n in (0, 1))
    mine = shapely.intersection(edges[one], wider[other])
    theirs = shapely.intersection(edges[other], wider[one])
    touches: list[BaseGeometry] = np.where(
        shapely.length(theirs) > shapely.length(mine), theirs, mine
    ).tolist()
    return touches


def _door_middles(
    doors: Sequence[Door],
) -> tuple[dict[frozenset[str], list[BaseGeometry]], set[str]]:
    """Return the doors' middles by the pair of units they join, and the units that have a door."""
    middles: defaultdict[frozenset[str], list[BaseGeometry]] = defaultdict(list)
    has_door: set[str] = set()
    for door in doors:
        units = [side.unit_id for side in door.sides if side.unit_id is not None]
        has_door.update(units)
        middles[frozenset(units)].append(shapely.Point(door.inside.point))
    return middles, has_door


def _opens(area: Area, has_door: set[str]) -> bool:
    """Tell whether a unit may be entered over its edge."""
    if area.unit.category in VERTICAL:
        return area.unit.id not in has_door
    return is_open(area.unit)


def _may_join(one: Area, other: Area) -> bool:
    """Tell whether two units may join over an edge: two lifts side by side do not."""
    both_vertical = one.unit.category in VERTICAL and other.unit.category in VERTICAL
    return not (
        both_vertical and (one.unit.category != other.unit.category or one.unit.category == LIFT)
    )


def _open_stretches(
    touch: BaseGeometry, area: Area, other: Area, floor: Floor, door_middles: list[BaseGeometry]
) -> list[LineString]:
    """Return the lines along which two areas touch with neither wall nor door between them."""
    walls = [
        floor.walls[i] for i in floor.wall_tree.query(touch, predicate="dwithin", distance=_WALL_M)
    ]
    walls = [
        wall for wall in walls if not wall.equals(area.outline) and not wall.equals(other.outline)
    ]
    if walls:
        touch = touch.difference(
            shapely.union_all([wall.buffer(_WALL_M, cap_style="flat") for wall in walls])
        )
    lines = [
        part
        for part in shapely.get_parts(touch)
        if isinstance(part, LineString) and not part.is_empty
    ]
    merged = shapely.line_merge(shapely.MultiLineString(lines)) if lines else None
    return [
        stretch
        for stretch in (shapely.get_parts(merged) if merged is not None else [])
        if stretch.length - 2 * GAP_M >= _NARROWEST_M
        and not any(stretch.distance(m) < GAP_M * 3 for m in door_middles)
    ]


def _cross(area: Area, other: Area, stretches: Sequence[LineString]) -> list[Crossing]:
    """Set crossings along the open stretches between two areas."""
    found: list[Crossing] = []
    for stretch in stretches:
        count = min(max(1, round(stretch.length / _SPACING_M)), _MOST_CROSSINGS)
        for k in range(count):
            at = (k + 0.5) / count * stretch.length
            point, along = stretch.interpolate(at), _tangent(stretch, at)
            over = shapely.get_point(shapely.shortest_line(other.outline, point), 0)
            heading = _into(area, (point.x, point.y), along)
            here = shapely.get_point(shapely.shortest_line(area.outline, point), 0)
            points = ((float(here.x), float(here.y)), (float(over.x), float(over.y)))
            pair = (area.unit.id, other.unit.id)
            found.append(
                Crossing(
                    pair, points, heading, round(float(stretch.length), 2), stretch, len(found)
                )
            )
    return found


def _tangent(line: LineString, at: float) -> Point:
    """Return the unit vector along a line at a distance from its start."""
    one, other = line.interpolate(max(0.0, at - 0.1)), line.interpolate(min(line.length, at + 0.1))
    length = hypot(other.x - one.x, other.y - one.y) or 1.0
    return (other.x - one.x) / length, (other.y - one.y) / length


def _into(area: Area, point: Point, along: Point) -> Point:
    """Return the unit vector across a boundary that points into an area."""
    for normal in ((-along[1], along[0]), (along[1], -along[0])):
        probe = shapely.Point(
            point[0] + normal[0] * _NARROWEST_M / 2, point[1] + normal[1] * _NARROWEST_M / 2
        )
        if area.outline.covers(probe):
            return normal
    return -along[1], along[0]
