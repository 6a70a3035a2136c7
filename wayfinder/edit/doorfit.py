"""Where a door goes into a wall."""

from math import hypot

from shapely.geometry import LineString, Point

from wayfinder.edit.changes import Changes
from wayfinder.edit.doorways import SNAP_M, Edge, Sides, find_ends, find_sides_of
from wayfinder.edit.errors import EditError
from wayfinder.edit.neighbours import find_area_m, list_near
from wayfinder.edit.outlines import (
    SAME_M,
    Metres,
    as_valid,
    interpolate,
    list_edges,
    measure,
    project,
)
from wayfinder.model import Unit
from wayfinder.model.categories import is_walkable

REACH_M = 1.5
"""From so far away a door is set into a wall."""

WALL_M = 0.6
"""A door in the middle of so thick a wall still touches both sides."""


def fit_door(
    changes: Changes, level_id: str, at: Metres, width_m: float, door_id: str
) -> LineString:
    """Return the line of a door of some width in the wall nearest to a point.

    Raises
    ------
    EditError
        No wall is near, or it is too short.
    """
    edges = _list_walls(changes, level_id, at)
    if not edges:
        raise EditError("no-wall-near", {"reach_m": REACH_M}, door_id)
    wide = [edge for edge in edges if measure(*edge) >= width_m - SAME_M]
    if not wide:
        values = {"wall_m": round(measure(*edges[0]), 2), "door_m": round(width_m, 2)}
        raise EditError("door-does-not-fit", values, door_id)
    edge = wide[0]
    length_m = measure(*edge)
    share = min(width_m / 2 / length_m, 0.5)
    middle = interpolate(*edge, min(max(project(at, *edge), share), 1 - share))
    ux, uy = (edge[1][0] - edge[0][0]) / length_m, (edge[1][1] - edge[0][1]) / length_m
    half = width_m / 2
    line = LineString(
        [
            (middle[0] - ux * half, middle[1] - uy * half),
            (middle[0] + ux * half, middle[1] + uy * half),
        ]
    )
    return _center(changes, level_id, line)


def _list_walls(changes: Changes, level_id: str, at: Metres) -> list[Edge]:
    """List the edges of units within reach of a point, the nearest first, the longest of those."""
    found = [
        (round(measure(at, interpolate(*edge, project(at, *edge))), 3), -measure(*edge), edge)
        for unit, shape in list_near(changes, level_id, Unit, Point(at), REACH_M)
        if is_walkable(unit)
        for edge in list_edges(as_valid(shape))
    ]
    return [edge for distance_m, _, edge in sorted(found) if distance_m <= REACH_M]


def _center(changes: Changes, level_id: str, line: LineString) -> LineString:
    """Return a door's line in the middle of its wall, if there is a unit beyond."""
    (x0, y0), (x1, y1) = find_ends(line)
    length = measure((x0, y0), (x1, y1))
    nx, ny = (y0 - y1) / length, (x1 - x0) / length
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    near = [
        area
        for unit, shape in list_near(changes, level_id, Unit, line, WALL_M)
        if is_walkable(unit) and (area := as_valid(shape)) is not None
    ]
    gaps = []
    for sign in (1, -1):
        probe = LineString(
            [
                (middle[0] + sign * nx * SAME_M, middle[1] + sign * ny * SAME_M),
                (middle[0] + sign * nx * WALL_M, middle[1] + sign * ny * WALL_M),
            ]
        )
        hit = [
            Point(middle).distance(area.intersection(probe))
            for area in near
            if area.intersects(probe)
        ]
        gaps.append(min(hit, default=None) if hit else None)
    left, right = gaps
    if left is None or right is None:
        return line
    offset = ((left if left > 2 * SAME_M else 0.0) - (right if right > 2 * SAME_M else 0.0)) / 2
    return LineString([(x0 + nx * offset, y0 + ny * offset), (x1 + nx * offset, y1 + ny * offset)])


def fit_line(changes: Changes, level_id: str, ends: Edge) -> LineString:
    """Return a door's line as it was drawn if it lies in a wall, else in the wall nearest to it."""
    width_m = measure(*ends)
    if not 0.3 - SAME_M <= width_m <= 30:
        raise EditError("door-width-unfit", {"width_m": round(width_m, 2)})
    line, middle = LineString(ends), interpolate(*ends, 0.5)
    for edge in _list_walls(changes, level_id, middle):
        distance_m = measure(middle, interpolate(*edge, project(middle, *edge)))
        if distance_m <= SNAP_M and _is_parallel(ends, edge):
            return line
    return fit_door(changes, level_id, middle, width_m, "")


def _is_parallel(one: Edge, other: Edge) -> bool:
    """Tell whether two stretches differ by less than three degrees."""
    (ax, ay), (bx, by) = (
        ((edge[1][0] - edge[0][0]), (edge[1][1] - edge[0][1])) for edge in (one, other)
    )
    return abs(ax * by - ay * bx) <= 0.05 * hypot(ax, ay) * hypot(bx, by)


def judge_sides(changes: Changes, level_id: str, line: LineString, door_id: str) -> Sides:
    """Return what a door joins; raises EditError where it is nothing, or one space twice."""
    sides = find_sides_of(changes, level_id, line)
    if not sides.units:
        raise EditError("no-wall-near", {"reach_m": REACH_M}, door_id)
    inside = changes.get(sides.units[0], Unit)
    area = find_area_m(changes, inside)
    if len(sides.units) == 1 and area is not None and area.contains(line.buffer(SAME_M * 2)):
        raise EditError("door-inside-unit", {}, inside.id)
    return sides
