"""Where two open spaces touch without a door: one walks across."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.doors import Door
from wayfinder.graph.shapes import Array, Point, as_objects
from wayfinder.model.categories import LIFT, VERTICAL, is_open

GAP_M = 0.1
"""Outlines this near are one line; a wider gap is a wall (ours)."""

_NARROWEST_M = 0.6
_SPACING_M = 3.0
_MOST_CROSSINGS = 40
"""Of one stretch: one of 120 m is no floor any more."""
_WALL_M = 0.15


_Pair = tuple[Area, Area]


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
    stretches = _open_stretches(_touch(open_, pairs), pairs, floor, middles)
    return _cross(pairs, stretches)


def _touch(areas: Mapping[str, Area], pairs: Sequence[_Pair]) -> list[BaseGeometry]:
    """Return the line along which the areas of each pair touch: the longer of their two."""
    place = {key: number for number, key in enumerate(areas)}
    outlines = as_objects([area.outline for area in areas.values()])
    edges = shapely.boundary(outlines)
    wider = shapely.buffer(outlines, GAP_M, quad_segs=16, join_style="mitre")
    one, other = (np.array([place[pair[n].unit.id] for pair in pairs], dtype=int) for n in (0, 1))
    mine = shapely.intersection(edges[one], wider[other])
    theirs = shapely.intersection(edges[other], wider[one])
    longer = shapely.length(theirs) > shapely.length(mine)
    touches: list[BaseGeometry] = np.where(longer, theirs, mine).tolist()
    return touches


def _door_middles(
    doors: Sequence[Door],
) -> tuple[dict[frozenset[str], list[BaseGeometry]], set[str]]:
    """Return the doors' middles by the pair of units they join, and the units that have a door."""
    middles: defaultdict[frozenset[str], list[BaseGeometry]] = defaultdict(list)
    has_door: set[str] = set()
    inside = np.array([door.inside.point for door in doors]).reshape(-1, 2)
    points = np.asarray(shapely.points(inside)).tolist()
    for door, point in zip(doors, points, strict=True):
        units = [side.unit_id for side in door.sides if side.unit_id is not None]
        has_door.update(units)
        middles[frozenset(units)].append(point)
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
    touches: Sequence[BaseGeometry],
    pairs: Sequence[_Pair],
    floor: Floor,
    middles: Mapping[frozenset[str], Sequence[BaseGeometry]],
) -> list[tuple[int, LineString]]:
    """Return the lines along which areas touch with neither wall nor door between them.

    Each with the number of its pair, by pair.
    """
    left = _without_walls(touches, pairs, floor)
    parts, pair_of_part = shapely.get_parts(left, return_index=True)
    is_line = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    is_line &= ~shapely.is_empty(parts)
    owners, places = np.unique(pair_of_part[is_line], return_inverse=True)
    together = shapely.multilinestrings(parts[is_line], indices=places)
    every, numbers = shapely.get_parts(shapely.line_merge(together), return_index=True)
    wide = shapely.length(every) - 2 * GAP_M >= _NARROWEST_M
    found: list[tuple[int, LineString]] = []
    for number, stretch in zip(owners[numbers[wide]].tolist(), every[wide].tolist(), strict=True):
        area, other = pairs[number]
        near = middles.get(frozenset((area.unit.id, other.unit.id)), ())
        if not any(stretch.distance(middle) < GAP_M * 3 for middle in near):
            found.append((number, stretch))
    return found


def _without_walls(
    touches: Sequence[BaseGeometry], pairs: Sequence[_Pair], floor: Floor
) -> list[BaseGeometry]:
    """Take the drawn walls out of the lines along which areas touch."""
    left = list(touches)
    walls: defaultdict[int, list[BaseGeometry]] = defaultdict(list)
    near = floor.wall_tree.query(as_objects(touches), predicate="dwithin", distance=_WALL_M)
    for number, index in near.T.tolist():
        area, other = pairs[number]
        wall = floor.walls[index]
        if not wall.equals(area.outline) and not wall.equals(other.outline):
            walls[number].append(wall)
    for number, drawn in walls.items():
        thick = [wall.buffer(_WALL_M, cap_style="flat") for wall in drawn]
        left[number] = touches[number].difference(shapely.union_all(thick))
    return left


def _cross(pairs: Sequence[_Pair], stretches: Sequence[tuple[int, LineString]]) -> list[Crossing]:
    """Set crossings along the open stretches between pairs of areas, given by their number."""
    lengths_m = shapely.length([stretch for _, stretch in stretches]).tolist()
    places = [  # number of the stretch, and how far along it
        (number, (k + 0.5) / count * length_m)
        for number, length_m in enumerate(lengths_m)
        for count in [min(max(1, round(length_m / _SPACING_M)), _MOST_CROSSINGS)]
        for k in range(count)
    ]
    if not places:
        return []
    owners, at = (np.array(column) for column in zip(*places, strict=True))
    lines = as_objects([stretch for _, stretch in stretches])[owners]
    points = np.asarray(shapely.line_interpolate_point(lines, at))
    areas, others = (
        as_objects([pairs[number][side].outline for number, _ in stretches])[owners]
        for side in (0, 1)
    )
    here, over = (
        shapely.get_coordinates(shapely.shortest_line(outlines, points))[::2].tolist()
        for outlines in (areas, others)
    )
    headings = _into(areas, shapely.get_coordinates(points), _tangents(lines, at))
    found: list[Crossing] = []
    counts: Counter[int] = Counter()
    for owner, heading, (x0, y0), (x1, y1) in zip(
        owners.tolist(), headings, here, over, strict=True
    ):
        pair, stretch = stretches[owner]
        ids = (pairs[pair][0].unit.id, pairs[pair][1].unit.id)
        width_m = round(lengths_m[owner], 2)
        ends = ((x0, y0), (x1, y1))
        found.append(Crossing(ids, ends, heading, width_m, stretch, counts[pair]))
        counts[pair] += 1
    return found


def _tangents(lines: Array, at: Array) -> list[Point]:
    """Return the unit vectors along lines at distances from their starts."""
    before = shapely.line_interpolate_point(lines, np.maximum(0.0, at - 0.1))
    after = shapely.line_interpolate_point(lines, np.minimum(shapely.length(lines), at + 0.1))
    along = shapely.get_coordinates(after) - shapely.get_coordinates(before)
    lengths = [hypot(dx, dy) or 1.0 for dx, dy in along.tolist()]
    return [
        (dx / length, dy / length) for (dx, dy), length in zip(along.tolist(), lengths, strict=True)
    ]


def _into(areas: Array, points: Array, along: Sequence[Point]) -> list[Point]:
    """Return the unit vectors across boundaries that point into their areas."""
    left = np.array([(-dy, dx) for dx, dy in along])
    probes = [points + side * left * _NARROWEST_M / 2 for side in (1, -1)]
    is_left, is_right = (shapely.covers(areas, shapely.points(probe)) for probe in probes)
    return [
        (dy, -dx) if right and not into else (-dy, dx)
        for (dx, dy), into, right in zip(along, is_left.tolist(), is_right.tolist(), strict=True)
    ]
