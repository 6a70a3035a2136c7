"""Which two spaces an opening joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.areas import Area, Floor, Point
from wayfinder.model import Fix, Frame, Issue, Opening, Plan, Severity

SNAP_M = 0.3
"""A door belongs to spaces this near; at 1 m it would touch three or four (ours)."""

_FIX_REACH_M = 1.5
_OUTSIDE_STEP_M = 0.8
_SHORTEST_DOOR_M = 0.02


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a door: the unit, the point in it nearest to the door, and the way in."""

    unit_id: str | None
    point: Point
    heading: Point
    """Unit vector across the boundary into the unit."""


@dataclass(frozen=True, slots=True)
class Door:
    """An opening with its sides: two units, or one unit and the outside."""

    opening: Opening
    level_id: str
    sides: tuple[Side, Side]

    @property
    def exterior(self) -> bool:
        """Whether one side is the outside."""
        return None in (self.sides[0].unit_id, self.sides[1].unit_id)

    @property
    def inside(self) -> Side:
        """The first side that is a unit."""
        return self.sides[0] if self.sides[0].unit_id is not None else self.sides[1]


def match_doors(
    plan: Plan, floor: Floor, others: Sequence[Floor]
) -> tuple[list[Door], list[Issue]]:
    """Find the two sides of every opening of a level.

    Parameters
    ----------
    plan
        The plan.
    floor
        The level.
    others
        Levels of the same ordinal: a neighbouring building's, the outdoors.

    Returns
    -------
    doors, issues
        The doors that join something, and an issue for each that does not.
    """
    doors, issues = [], []
    for opening in plan.list_on(floor.level.id, Opening):
        line = as_door_line(plan.find_geometry_m(opening.id))
        if line is None:
            continue
        found = _match(opening, line, floor, others, plan.frame)
        doors += [found] if isinstance(found, Door) else []
        issues += [found] if isinstance(found, Issue) else []
        if (
            isinstance(found, Door)
            and found.exterior
            and opening.category not in _DECLARED_ENTRANCE
        ):
            issues.append(_one_sided(opening, found.inside, floor, plan.frame, None))
    return doors, issues


_DECLARED_ENTRANCE = frozenset({"pedestrian.principal", "emergencyexit", "service"})


def as_door_line(shape: BaseGeometry | None) -> LineString | None:
    """Return an opening as one straight line from its first to its last point, or None."""
    if shape is None or shape.is_empty:
        return None
    points = shapely.get_coordinates(shape)
    line = LineString([points[0], points[-1]]) if len(points) > 1 else None
    return line if line is not None and line.length > _SHORTEST_DOOR_M else None


def _match(
    opening: Opening, line: LineString, floor: Floor, others: Sequence[Floor], frame: Frame
) -> Door | Issue | None:
    """Match one opening: a door, an issue, or None where both sides are the same unit."""
    core = _middle_half(line)
    near = floor.near(core, SNAP_M)
    sides = _pick_sides(line, near)
    if len(sides) < len(("one", "other")):
        elsewhere = [area for other in others for area in other.near(core, SNAP_M)]
        sides = _pick_sides(line, near, elsewhere)
    if not sides:
        return _off_outline(opening, line, floor, frame)
    if len(sides) == 1:
        if _fills_both_sides(line, near):
            return Issue(
                "door-inside-unit",
                Severity.NOTE,
                {},
                (opening.id, sides[0].unit_id or ""),
                floor.level.id,
                _place(line, frame),
            )
        outside = _outside(line, sides[0])
        beyond = _find_beyond(line, outside, floor)
        if beyond is not None:
            return _one_sided(opening, sides[0], floor, frame, beyond)
        sides = (sides[0], outside)
    return Door(opening, floor.level.id, (sides[0], sides[1]))


def _middle_half(line: LineString) -> LineString:
    """Return the middle half of a door's line, so that neighbours beyond its jambs do not count."""
    return LineString([_point_on(line, 0.25), _point_on(line, 0.75)])


def _point_on(line: LineString, share: float) -> Point:
    """Return the point at a share of a straight line's length."""
    (x0, y0), (x1, y1) = _ends(line)
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def _ends(line: LineString) -> tuple[Point, Point]:
    (x0, y0), (x1, y1) = shapely.get_coordinates(line).tolist()
    return (x0, y0), (x1, y1)


def _normal(line: LineString) -> Point:
    """Return the unit vector to the left of a line."""
    (x0, y0), (x1, y1) = _ends(line)
    length = hypot(x1 - x0, y1 - y0)
    return (y0 - y1) / length, (x1 - x0) / length


def _half_strip(line: LineString, normal: Point, sign: int) -> Polygon:
    """Return the strip beside the middle half of a door in which its unit on that side must lie."""
    (x0, y0), (x1, y1) = _point_on(line, 0.25), _point_on(line, 0.75)
    dx, dy = normal[0] * sign * (SNAP_M + 0.1), normal[1] * sign * (SNAP_M + 0.1)
    return Polygon([(x0, y0), (x1, y1), (x1 + dx, y1 + dy), (x0 + dx, y0 + dy)])


def _pick_sides(
    line: LineString, near: Sequence[Area], elsewhere: Sequence[Area] = ()
) -> tuple[Side, ...]:
    """Choose for each side of a door the unit that fills most of the strip beside it.

    The smaller one if equal.
    Areas of other levels count only where the door's own level has nothing.
    """
    normal = _normal(line)
    middle = ShapelyPoint(_point_on(line, 0.5))
    chosen: list[tuple[Area, int]] = []
    for areas in (near, elsewhere):
        for sign in (1, -1):
            if any(taken_sign == sign for _, taken_sign in chosen):
                continue
            strip = _half_strip(line, normal, sign)
            taken = {area.unit.id for area, _ in chosen}
            shares = shapely.area(shapely.intersection(strip, [area.outline for area in areas]))
            ranked = [
                (round(share, 3), -area.extent_m2, area.unit.id, area)
                for share, area in zip(shares.tolist(), areas, strict=True)
            ]
            ranked = [
                entry for entry in ranked if entry[0] > 0.05 * strip.area and entry[2] not in taken
            ]
            if ranked:
                chosen.append((max(ranked, key=lambda entry: entry[:3])[3], sign))
    return tuple(_side(area, middle, (normal[0] * sign, normal[1] * sign)) for area, sign in chosen)


def _fills_both_sides(line: LineString, near: Sequence[Area]) -> bool:
    """Tell whether one unit lies on both sides of a door."""
    normal = _normal(line)
    strips = [_half_strip(line, normal, sign) for sign in (1, -1)]
    return any(
        all(strip.intersection(area.outline).area > 0.5 * strip.area for strip in strips)
        for area in near
    )


def _side(area: Area, middle: ShapelyPoint, heading: Point) -> Side:
    """Make the side of a door that lies in an area."""
    point = shapely.get_point(shapely.shortest_line(area.outline, middle), 0)
    return Side(area.unit.id, (float(point.x), float(point.y)), heading)


def _outside(line: LineString, inside: Side) -> Side:
    """Make the outer side of an exterior door, a step beyond it."""
    middle = line.interpolate(0.5, normalized=True)
    dx, dy = -inside.heading[0], -inside.heading[1]
    return Side(None, (middle.x + dx * _OUTSIDE_STEP_M, middle.y + dy * _OUTSIDE_STEP_M), (dx, dy))


def _place(line: LineString, frame: Frame) -> tuple[float, float]:
    """Return longitude and latitude of a door's middle."""
    middle = line.interpolate(0.5, normalized=True)
    return frame.to_degrees(middle.x, middle.y)


def _find_beyond(line: LineString, outside: Side, floor: Floor) -> Area | None:
    """Return the unit behind a thick wall that a door may have been meant to open to, or None."""
    middle = line.interpolate(0.5, normalized=True)
    dx, dy = outside.heading
    probe = LineString(
        [
            (middle.x + dx * SNAP_M, middle.y + dy * SNAP_M),
            (middle.x + dx * _FIX_REACH_M, middle.y + dy * _FIX_REACH_M),
        ]
    )
    found = floor.near(probe, 0.0)
    return min(found, key=lambda area: area.outline.distance(middle)) if found else None


def _one_sided(
    opening: Opening, inside: Side, floor: Floor, frame: Frame, beyond: Area | None
) -> Issue:
    """Report a door that opens to one unit only; propose to join it with another one near by."""
    fix = Fix("set-category", {"feature": opening.id, "category": "pedestrian.principal"})
    if beyond is not None:
        fix = Fix(
            "join-units", {"feature": opening.id, "units": [inside.unit_id or "", beyond.unit.id]}
        )
    return Issue(
        "door-one-sided",
        Severity.WARNING,
        {},
        (opening.id, inside.unit_id or ""),
        floor.level.id,
        frame.to_degrees(*inside.point),
        fix,
    )


def _off_outline(opening: Opening, line: LineString, floor: Floor, frame: Frame) -> Issue:
    """Report a door that lies on no outline; where a unit is near, propose to move it there."""
    nearest = floor.nearest(line)
    fix = None
    values: dict[str, float] = {}
    features: tuple[str, ...] = (opening.id,)
    if nearest is not None and nearest[1] <= _FIX_REACH_M:
        area, distance_m = nearest
        middle = line.interpolate(0.5, normalized=True)
        target = shapely.get_point(shapely.shortest_line(area.outline, middle), 0)
        fix = Fix(
            "move-opening",
            {"feature": opening.id, "to": list(frame.to_degrees(target.x, target.y))},
        )
        values, features = {"distance_m": round(distance_m, 2)}, (opening.id, area.unit.id)
    return Issue(
        "door-off-outline",
        Severity.WARNING,
        values,
        features,
        floor.level.id,
        _place(line, frame),
        fix,
    )
