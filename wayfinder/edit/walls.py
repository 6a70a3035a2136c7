"""Walls moved: what lies on their other side gives way, or grows after them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Annotated, Any, ClassVar

import shapely
from pydantic import Field
from shapely.geometry import LinearRing, LineString, Point
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import Edge, Moved, carry_doors
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Position
from wayfinder.edit.merging import WALL_M
from wayfinder.edit.neighbours import find_area_m, list_near
from wayfinder.edit.outlines import (
    SAME_M,
    Metres,
    Nearby,
    interpolate,
    list_edges,
    measure,
    project,
    round_position,
)
from wayfinder.edit.vertices import put_drawn
from wayfinder.model import Detail, Feature, Level, Plan, Section, Unit, make_feature

_LEAST_SHARED_M = 0.05
"""Walls that run beside each other over less are not the same one."""

_SLOPE = 0.02
"""Sine of the angle by which two walls may differ and be parallel: a degree."""


@dataclass(frozen=True, kw_only=True)
class MoveWall(Action):
    """Move a straight wall of a unit, or a part of it, square to itself.

    Units beyond a wall of up to 50 cm, drawn walls, sections and the level's outline go along:
    where the unit grows they give way, where it shrinks they grow after it. Doors go along.

    Parameters
    ----------
    feature
        The unit.
    start, end
        The ends of the wall, a straight part of the outline, to within 1 cm.
    distance_m
        How far it moves, in metres: outward if positive, inward if negative.
    alone
        Whether all but the unit stays where it is.
    """

    kind: ClassVar[str] = "move-wall"

    feature: Id
    start: Position
    end: Position
    distance_m: Annotated[float, Field(ge=-500, le=500)]
    alone: bool = False

    def apply(self, plan: Plan) -> Edit:
        """Move the wall."""
        changes = Changes(plan)
        unit = changes.get(self.feature, Unit)
        wall = _find_wall(changes, unit, self.start, self.end, self.distance_m)
        moved = _push(changes, unit, wall, SAME_M)
        ids = [unit.id]
        if not self.alone and unit.level_id is not None:
            for other, reach_m in _list_beyond(changes, unit, wall):
                edges = _push(changes, other, wall, reach_m)
                moved += edges if isinstance(other, Unit) else []
                ids += [other.id] if edges else []
        if unit.level_id is not None:
            carry_doors(changes, unit.level_id, moved, ids)
        return changes.finish()


@dataclass(frozen=True, slots=True)
class _Wall:
    """A stretch of wall in metres, and how it moves.

    Parameters
    ----------
    start, end
        Its ends.
    along
        Unit vector from start to end.
    outward
        Unit vector out of the unit that it is a wall of.
    shift_m
        How far it moves outward.
    """

    start: Metres
    end: Metres
    along: Metres
    outward: Metres
    shift_m: float

    @property
    def length_m(self) -> float:
        """How long it is."""
        return measure(self.start, self.end)

    def locate(self, point: Metres) -> tuple[float, float]:
        """Return how far along the wall, and how far outside of it, a point lies."""
        dx, dy = point[0] - self.start[0], point[1] - self.start[1]
        ax, ay = self.along
        ox, oy = self.outward
        return dx * ax + dy * ay, dx * ox + dy * oy

    def shift(self, point: Metres) -> Metres:
        """Return where a point goes."""
        return (
            point[0] + self.outward[0] * self.shift_m,
            point[1] + self.outward[1] * self.shift_m,
        )


def _find_wall(
    changes: Changes,
    unit: Unit,
    start: Sequence[float],
    end: Sequence[float],
    shift_m: float,
) -> _Wall:
    """Return the wall between two positions of an outline; raises EditError if it is none."""
    frame = changes.plan.frame
    a, b = frame.to_metres(start[0], start[1]), frame.to_metres(end[0], end[1])
    if measure(a, b) < _LEAST_SHARED_M:
        raise EditError("line-too-short", {}, unit.id)
    area = find_area_m(changes, unit)
    if area is None:
        raise EditError("shape-missing", {}, unit.id)
    a, b = (_settle_on(point, area) for point in (a, b))
    edge = area.boundary.buffer(2 * SAME_M)
    if measure(a, b) < _LEAST_SHARED_M or not edge.covers(LineString([a, b])):
        raise EditError("wall-missing", {}, unit.id)
    length = measure(a, b)
    along = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
    left = (-along[1], along[0])
    is_left = _is_in(area, interpolate(a, b, 0.5), left)
    outward = (-left[0], -left[1]) if is_left else left
    return _Wall(a, b, along, outward, shift_m)


def _settle_on(point: Metres, area: BaseGeometry) -> Metres:
    """Return the corner of an area that a point is near, else the nearest point of its outline."""
    corners = [end for edge in list_edges(area) for end in edge]
    number = Nearby(corners, SAME_M).find(point)
    if number is not None:
        return corners[number]
    nearest = shapely.shortest_line(area.boundary, Point(point))
    x, y = shapely.get_coordinates(nearest)[0].tolist()
    return (x, y) if measure((x, y), point) <= SAME_M else point


def _is_in(shape: BaseGeometry | None, point: Metres, step: Metres) -> bool:
    """Tell whether an area lies a little beyond a point on its edge, in a direction."""
    x, y = point[0] + step[0] * 2 * SAME_M, point[1] + step[1] * 2 * SAME_M
    return shape is not None and bool(shapely.contains_xy(shape, x, y))


def _settle(point: Metres, edge: Edge) -> Metres:
    """Return an end of an edge if a point is near it, else the point on the edge."""
    for end in edge:
        if measure(point, end) <= SAME_M:
            return end
    return interpolate(*edge, project(point, *edge))


def _list_beyond(changes: Changes, unit: Unit, wall: _Wall) -> Iterator[tuple[Feature, float]]:
    """Yield what may have the wall in common, with how far outside of it its edge may lie."""
    line, level_id = LineString([wall.start, wall.end]), unit.level_id or ""
    for other, _ in list_near(changes, level_id, Unit, line, WALL_M):
        if other.id != unit.id:
            yield other, WALL_M
    for kind in (Detail, Section):
        for found, _ in list_near(changes, level_id, kind, line, SAME_M):
            yield found, SAME_M
    level = changes.find(level_id, Level)
    if level is not None:
        yield level, SAME_M


def _push(changes: Changes, feature: Feature, wall: _Wall, reach_m: float) -> list[Moved]:
    """Move the edges of a feature that are the wall; return where they were and are.

    Parameters
    ----------
    changes
        The plan as it is now.
    feature
        What has the wall in common.
    wall
        The wall.
    reach_m
        How far outside of the wall such an edge may lie.
    """
    if feature.geometry is None:
        return []
    area = find_area_m(changes, feature) if reach_m > SAME_M else None
    moved: list[Moved] = []

    def place(coordinates: Any) -> Any:  # noqa: ANN401 - however deep
        if not coordinates or isinstance(coordinates[0], int | float):
            return coordinates
        if isinstance(coordinates[0][0], int | float):
            return _push_line(changes, coordinates, wall, (reach_m, area), moved)
        return [place(part) for part in coordinates]

    try:
        coordinates = place(feature.geometry.get("coordinates"))
    except EditError as error:
        error.feature_id = feature.id
        raise
    if moved:
        geometry = {**feature.geometry, "coordinates": coordinates}
        put_drawn(
            changes,
            make_feature(
                feature.id, feature.feature_type, geometry, feature.properties, feature.members
            ),
        )
    return moved


def _push_line(
    changes: Changes,
    positions: Sequence[Sequence[float]],
    wall: _Wall,
    reach: tuple[float, BaseGeometry | None],
    moved: list[Moved],
) -> list[list[float]]:
    """Return a ring, or a line, of which the stretches that are the wall have moved.

    A corner at the end of such a stretch moves where the next wall is square to it, so that it
    slides along that; elsewhere a step comes into the wall.
    """
    frame = changes.plan.frame
    points = [frame.to_metres(position[0], position[1]) for position in positions]
    spans = {
        n: span
        for n, edge in enumerate(pairwise(points))
        if (span := _find_shared(edge, wall, reach))
    }
    if not spans:
        return [list(position) for position in positions]
    moved += [Moved(span, (wall.shift(span[0]), wall.shift(span[1]))) for span in spans.values()]
    corners = _list_moving(points, spans, wall)
    made: list[list[float]] = []

    def write(*steps: Metres) -> None:
        made.extend(round_position(*frame.to_degrees(*step)) for step in steps)

    for n, position in enumerate(positions):
        if corners[n]:
            write(wall.shift(points[n]))
        else:
            made.append(list(position))
        if n in spans:
            first, last = spans[n]
            if not corners[n]:
                write(first, wall.shift(first))
            if not corners[n + 1]:
                write(wall.shift(last), last)
    closed = points[0] == points[-1]
    after = [frame.to_metres(position[0], position[1]) for position in made]
    if closed and LinearRing(after).is_ccw is not LinearRing(points).is_ccw:
        raise EditError("area-crosses-itself")
    return _tidy(made, closed=closed)


def _list_moving(points: Sequence[Metres], spans: Mapping[int, Edge], wall: _Wall) -> list[bool]:
    """Tell of each corner of a ring, or vertex of a line, whether it moves with the wall."""
    last = len(points) - 1
    closed = points[0] == points[-1]
    moving = []
    for n, corner in enumerate(points):
        before = (n - 1) % last if closed else n - 1
        after = n % last if closed else n
        ends = {
            edge: edge in spans and min(measure(corner, end) for end in spans[edge]) <= SAME_M
            for edge in (before, after)
        }
        if not any(ends.values()):
            moving.append(False)
        elif all(ends.values()):
            moving.append(True)
        else:
            other = after if ends[before] else before
            beyond = points[other if other == before else other + 1] if 0 <= other < last else None
            moving.append(_slides(corner, beyond, wall))
    return moving


def _find_shared(edge: Edge, wall: _Wall, reach: tuple[float, BaseGeometry | None]) -> Edge | None:
    """Return the part of an edge that is the wall, in the edge's direction, or None.

    Of what lies beyond a thick wall it is the edge that faces the wall.
    """
    p, q = edge
    length = measure(p, q)
    if length < _LEAST_SHARED_M:
        return None
    (s0, d0), (s1, d1) = wall.locate(p), wall.locate(q)
    if abs(d1 - d0) > _SLOPE * length or not all(-SAME_M <= d <= reach[0] for d in (d0, d1)):
        return None
    low, high = max(min(s0, s1), 0.0), min(max(s0, s1), wall.length_m)
    if high - low < _LEAST_SHARED_M:
        return None
    ends = (low, high) if s0 < s1 else (high, low)
    first, last = (_settle(interpolate(p, q, (s - s0) / (s1 - s0)), edge) for s in ends)
    if reach[1] is not None and not _is_in(reach[1], interpolate(first, last, 0.5), wall.outward):
        return None
    return first, last


def _slides(corner: Metres, beyond: Metres | None, wall: _Wall) -> bool:
    """Tell whether the wall that meets a corner is square to it, so that the corner slides."""
    if beyond is None:
        return True
    dx, dy = beyond[0] - corner[0], beyond[1] - corner[1]
    length = hypot(dx, dy) or 1.0
    across = abs(dx * wall.along[0] + dy * wall.along[1]) / length
    return across <= 0.05


def _tidy(positions: list[list[float]], *, closed: bool) -> list[list[float]]:
    """Return a ring, or a line, without corners that lie on one another."""
    kept: list[list[float]] = []
    for position in positions:
        if not kept or position[:2] != kept[-1][:2]:
            kept.append(position)
    if closed and kept[0][:2] != kept[-1][:2]:
        kept.append(list(kept[0]))
    return kept
