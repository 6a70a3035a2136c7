"""Doors in their walls: which units lie on either side, and how a door goes along with a wall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.neighbours import find_shape_m, list_near
from wayfinder.edit.outlines import (
    SAME_M,
    Metres,
    interpolate,
    list_edges,
    measure,
    move_positions,
    project,
    round_position,
)
from wayfinder.model import Feature, Frame, Opening, Plan, Unit, make_feature
from wayfinder.model.categories import is_walkable

SNAP_M = 0.3
"""A door belongs to units this near, as it does when the network is built."""

_STAYS_M = 1e-3
"""A door that would move by less stays as it was drawn."""

Edge = tuple[Metres, Metres]


@dataclass(frozen=True, slots=True)
class Sides:
    """What lies on either side of a door's line, looking from its first point to its last.

    Parameters
    ----------
    left, right
        Unit ids; None where no unit lies there.
    """

    left: str | None
    right: str | None

    @property
    def units(self) -> tuple[str, ...]:
        """The units there are."""
        return tuple(unit for unit in (self.left, self.right) if unit is not None)


def find_sides(plan: Plan, opening_id: str) -> Sides:
    """Return the units on either side of a door; raises KeyError for an unknown id."""
    opening = plan[opening_id]
    line = read_door(plan.find_geometry_m(opening_id))
    if line is None or opening.level_id is None:
        return Sides(None, None)
    return find_sides_of(Changes(plan), opening.level_id, line)


def find_sides_of(changes: Changes, level_id: str, line: LineString) -> Sides:
    """Return the units on either side of a line: on each the one that fills most beside it.

    The smaller one if equal, as when the network is built.
    """
    (x0, y0), (x1, y1) = find_ends(line)
    length = hypot(x1 - x0, y1 - y0)
    nx, ny = (y0 - y1) / length * (SNAP_M + 0.1), (x1 - x0) / length * (SNAP_M + 0.1)
    start, end = interpolate((x0, y0), (x1, y1), 0.25), interpolate((x0, y0), (x1, y1), 0.75)
    near = [
        (unit, shape)
        for unit, shape in list_near(changes, level_id, Unit, LineString([start, end]), SNAP_M)
        if is_walkable(unit)
    ]
    found: list[str | None] = []
    for sign in (1, -1):
        strip = Polygon(
            [
                start,
                end,
                (end[0] + sign * nx, end[1] + sign * ny),
                (start[0] + sign * nx, start[1] + sign * ny),
            ]
        )
        found.append(_pick(strip, near, found))
    return Sides(found[0], found[1])


def _pick(
    strip: Polygon, near: Iterable[tuple[Unit, BaseGeometry]], taken: Sequence[str | None]
) -> str | None:
    ranked = [
        (round(share, 3), -shape.area, unit.id)
        for unit, shape in near
        if unit.id not in taken
        and (share := shapely.make_valid(shape).intersection(strip).area) > 0.05 * strip.area
    ]
    return max(ranked)[2] if ranked else None


def read_door(shape: BaseGeometry | None) -> LineString | None:
    """Return an opening as one straight line from its first to its last point, or None."""
    points = [] if shape is None else shapely.get_coordinates(shape).tolist()
    if len(points) < 2 or measure(tuple(points[0]), tuple(points[-1])) < SAME_M:
        return None
    return LineString([points[0], points[-1]])


@dataclass(frozen=True, slots=True)
class Moved:
    """An edge of a wall that was moved.

    Parameters
    ----------
    old, new
        Where it was and where it is, in metres.
    """

    old: Edge
    new: Edge


def carry_doors(
    changes: Changes,
    level_id: str,
    moved: Sequence[Moved],
    moved_ids: Iterable[str],
) -> None:
    """Take the doors in edges that were moved along with them.

    A door keeps its width and, where the wall stretches, its place. One that an edge is nearer to
    that stays, stays with it.

    Parameters
    ----------
    changes
        The plan as it is now: the units have moved.
    level_id
        The level.
    moved
        The edges.
    moved_ids
        The features whose edges they are.

    Raises
    ------
    EditError
        A wall has become too short for its door.
    """
    if not moved:
        return
    plan, ids = changes.plan, frozenset(moved_ids)
    walls = shapely.MultiLineString([edge.old for edge in moved])
    for opening, shape in list_near(changes, level_id, Opening, walls, SNAP_M):
        line = read_door(shape)
        if line is None:
            continue
        middle = _middle(line)
        edge = min(moved, key=lambda one: _distance(middle, one.old))
        distance_m = _distance(middle, edge.old)
        if distance_m > SNAP_M or not _is_along(line, edge.old):
            continue
        staying = [
            _distance(middle, other)
            for unit, other_shape in list_near(changes, level_id, Unit, Point(middle), SNAP_M)
            if unit.id not in ids and plan.features.get(unit.id) is unit
            for other in list_edges(other_shape)
        ]
        if min(staying, default=1.0) < distance_m - SAME_M:
            continue
        _carry(changes, opening, line, edge)


def _carry(changes: Changes, opening: Feature, line: LineString, edge: Moved) -> None:
    middle, width_m = _middle(line), line.length
    (a, b), (new_a, new_b) = edge.old, edge.new
    share = project(middle, a, b)
    old_foot = interpolate(a, b, share)
    shifts = [(n[0] - o[0], n[1] - o[1]) for o, n in ((a, new_a), (b, new_b))]
    if measure(*shifts) <= SAME_M:
        shift = shifts[0]
        new_middle, angle = (middle[0] + shift[0], middle[1] + shift[1]), 0.0
    else:
        ux, uy = _unit_vector(a, b)
        vx, vy = _unit_vector(new_a, new_b)
        shift = interpolate(shifts[0], shifts[1], share)
        across = -shift[0] * uy + shift[1] * ux
        foot = (old_foot[0] - across * uy, old_foot[1] + across * ux)
        offset = -(middle[0] - old_foot[0]) * uy + (middle[1] - old_foot[1]) * ux
        foot = _clamp(opening.id, foot, (new_a, new_b), width_m, measure(a, b))
        new_middle = (foot[0] - offset * vy, foot[1] + offset * vx)
        angle = atan2(vy, vx) - atan2(uy, ux)
    turn_about(changes, opening, middle, new_middle, angle)


def _clamp(opening_id: str, foot: Metres, edge: Edge, width_m: float, old_m: float) -> Metres:
    """Return the point of an edge nearest to one at which a door fits into it."""
    length_m = measure(*edge)
    half = width_m / 2
    if length_m < width_m - SAME_M:
        if old_m >= width_m - SAME_M:
            values = {"wall_m": round(length_m, 2), "door_m": round(width_m, 2)}
            raise EditError("door-does-not-fit", values, opening_id)
        return interpolate(*edge, 0.5)
    share = min(max(half / length_m, 0.0), 0.5)
    return interpolate(*edge, min(max(project(foot, *edge), share), 1 - share))


def turn_about(
    changes: Changes, feature: Feature, old: Metres, new: Metres, angle: float = 0.0
) -> None:
    """Move a feature and its display point from one point to another, turned about it.

    Parameters
    ----------
    changes
        The plan as it is now.
    feature
        What moves; it is drawn.
    old, new
        The point in metres before and after.
    angle
        In radians, counterclockwise.
    """
    c, s = cos(angle), sin(angle)
    if measure(old, new) < _STAYS_M and abs(s) < _STAYS_M and c > 0:
        return
    changes.put(with_turned(changes.plan.frame, feature, old, new, angle))


def with_turned(frame: Frame, feature: Feature, old: Metres, new: Metres, angle: float) -> Feature:
    """Return a feature that is moved, with its display point, from one point to another, turned."""
    c, s = cos(angle), sin(angle)

    def place(position: Sequence[float]) -> Sequence[float]:
        x, y = frame.to_metres(position[0], position[1])
        x, y = x - old[0], y - old[1]
        turned = (new[0] + x * c - y * s, new[1] + x * s + y * c)
        return [*round_position(*frame.to_degrees(*turned)), *position[2:]]

    properties = dict(feature.properties)
    if feature.display_point is not None:
        properties["display_point"] = move_positions(properties["display_point"], place)
    geometry = None if feature.geometry is None else move_positions(feature.geometry, place)
    return make_feature(feature.id, feature.feature_type, geometry, properties, feature.members)


def find_door_line(changes: Changes, opening: Feature) -> LineString | None:
    """Return a door's line as it is now, or None where it has none."""
    return read_door(find_shape_m(changes, opening))


def find_ends(line: LineString) -> Edge:
    """Return the first and the last point of a line."""
    (x0, y0), (x1, y1) = line.coords[0][:2], line.coords[-1][:2]
    return (x0, y0), (x1, y1)


def _middle(line: LineString) -> Metres:
    return interpolate(*find_ends(line), 0.5)


def _distance(point: Metres, edge: Edge) -> float:
    return measure(point, interpolate(*edge, project(point, *edge)))


def _unit_vector(start: Metres, end: Metres) -> Metres:
    length = measure(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _is_along(line: LineString, edge: Edge) -> bool:
    """Tell whether a door lies along an edge: at most 30 degrees off."""
    ux, uy = _unit_vector(*find_ends(line))
    vx, vy = _unit_vector(*edge)
    return abs(ux * vy - uy * vx) <= 0.5
