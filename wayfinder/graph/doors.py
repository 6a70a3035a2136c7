"""Which two spaces an opening joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.shapes import Array, Point, as_objects
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
    doors: list[Door] = []
    issues: list[Issue] = []
    openings = _read_openings(plan, floor)
    for (opening, line), choice in zip(openings, _choose(openings, floor, others), strict=True):
        found = _judge(opening, line, choice, floor, plan.frame)
        if isinstance(found, Issue):
            issues.append(found)
            continue
        doors.append(found)
        if found.exterior and found.opening.category not in _DECLARED_ENTRANCE:
            issues.append(_one_sided(found.opening, found.inside, floor, plan.frame, None))
    return doors, issues


def _read_openings(plan: Plan, floor: Floor) -> list[tuple[Opening, LineString]]:
    """Return the openings of a level with their lines, without those that have none."""
    openings = plan.list_on(floor.level.id, Opening)
    shapes = [plan.find_geometry_m(opening.id) for opening in openings]
    lines = as_door_lines(shapes)
    return [
        (opening, line) for opening, line in zip(openings, lines, strict=True) if line is not None
    ]


_DECLARED_ENTRANCE = frozenset({"pedestrian.principal", "emergencyexit", "service"})


def as_door_lines(shapes: Sequence[BaseGeometry | None]) -> list[LineString | None]:
    """Return openings as one straight line each from its first to its last point, or None."""
    points, owners = shapely.get_coordinates(as_objects(shapes), return_index=True)
    starts = np.searchsorted(owners, np.arange(len(shapes) + 1))
    found = np.flatnonzero(np.diff(starts) > 1)
    ends = np.stack([points[starts[found]], points[starts[found + 1] - 1]], axis=1)
    drawn = np.asarray(shapely.linestrings(ends))
    long = shapely.length(drawn) > _SHORTEST_DOOR_M
    lines: list[LineString | None] = [None] * len(shapes)
    for index, line in zip(found[long].tolist(), drawn[long].tolist(), strict=True):
        lines[index] = line
    return lines


@dataclass(frozen=True, slots=True)
class _Choice:
    """The sides chosen for an opening, and the areas of its own level that are near it."""

    sides: tuple[Side, ...]
    near: tuple[Area, ...]
    strips: tuple[Polygon, Polygon]


def _choose(
    openings: Sequence[tuple[Opening, LineString]], floor: Floor, others: Sequence[Floor]
) -> list[_Choice]:
    """Choose the sides of all openings of a level: GEOS is asked once for all of them."""
    lines = _read_lines([line for _, line in openings])
    near = floor.near_each([line.core for line in lines], SNAP_M)
    picked = _pick_sides(lines, near, [[] for _ in lines])
    few = [k for k, chosen in enumerate(picked) if len(chosen) < len(_SIGNS)]
    cores = [lines[k].core for k in few]
    beyond: list[list[Area]] = [[] for _ in few]
    for other in others:
        for known, more in zip(beyond, other.near_each(cores, SNAP_M), strict=True):
            known.extend(more)
    again = _pick_sides([lines[k] for k in few], beyond, [picked[k] for k in few])
    for k, chosen in zip(few, again, strict=True):
        picked[k] = chosen
    return [
        _Choice(sides, tuple(areas), line.strips)
        for sides, areas, line in zip(_make_sides(lines, picked), near, lines, strict=True)
    ]


_SIGNS = (1, -1)
"""To the left of an opening's line and to the right."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An opening's line, and what is looked for along it."""

    core: LineString
    """Its middle half, so that neighbours beyond its jambs do not count."""
    middle: Point
    normal: Point
    """Unit vector to the left."""
    strips: tuple[Polygon, Polygon]
    """Beside its middle half, to the left and to the right; its units must lie there."""


def _read_lines(lines: Sequence[LineString]) -> list[_Line]:
    """Read straight lines."""
    spans, middles, normals, strips = [], [], [], []
    for (x0, y0), (x1, y1) in shapely.get_coordinates(lines).reshape(-1, 2, 2).tolist():
        length = hypot(x1 - x0, y1 - y0)
        normals.append(((y0 - y1) / length, (x1 - x0) / length))
        one, middle, other = ((x0 + s * (x1 - x0), y0 + s * (y1 - y0)) for s in _SHARES)
        spans.append((one, other))
        middles.append(middle)
        for sign in _SIGNS:
            dx, dy = (part * sign * (SNAP_M + 0.1) for part in normals[-1])
            beside = (other[0] + dx, other[1] + dy), (one[0] + dx, one[1] + dy)
            strips.append((one, other, *beside))
    cores = np.asarray(shapely.linestrings(np.array(spans).reshape(-1, 2, 2))).tolist()
    sides = np.asarray(shapely.polygons(np.array(strips).reshape(-1, 4, 2))).tolist()
    pairs = zip(sides[::2], sides[1::2], strict=True)
    return [_Line(*each) for each in zip(cores, middles, normals, pairs, strict=True)]


_SHARES = (0.25, 0.5, 0.75)
"""Where along a door its middle half begins, its middle is and its middle half ends."""


def _judge(
    opening: Opening, line: LineString, choice: _Choice, floor: Floor, frame: Frame
) -> Door | Issue:
    """Make a door of an opening, or say why it is none."""
    sides = choice.sides
    if not sides:
        return _off_outline(opening, line, floor, frame)
    if len(sides) == 1:
        if _fills_both_sides(choice):
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


_Chosen = list[tuple[Area, int]]
"""Areas with the sign of the side that they lie on."""


def _pick_sides(
    lines: Sequence[_Line], near: Sequence[Sequence[Area]], chosen: Sequence[_Chosen]
) -> list[_Chosen]:
    """Choose for each side of each door the unit that fills most of the strip beside it.

    The smaller one if equal.

    Parameters
    ----------
    lines
        Of the doors.
    near
        Areas to choose from, for each.
    chosen
        What was chosen already, for each, and is kept.
    """
    strips = as_objects([strip for line in lines for strip in line.strips])
    counts = [len(areas) for areas in near for _ in _SIGNS]
    outlines = as_objects([area.outline for areas in near for _ in _SIGNS for area in areas])
    sizes = shapely.area(strips)
    shares = _find_shares(strips, sizes, np.array(counts, dtype=int), outlines).tolist()
    least = (0.05 * sizes).tolist()
    picked, start = [], 0
    for number, (areas, known) in enumerate(zip(near, chosen, strict=True)):
        found = list(known)
        for side, sign in enumerate(_SIGNS):
            mine, start = shares[start : start + len(areas)], start + len(areas)
            if any(taken_sign == sign for _, taken_sign in found):
                continue
            taken = {area.unit.id for area, _ in found}
            ranked = [
                (round(share, 3), -area.extent_m2, area.unit.id, area)
                for share, area in zip(mine, areas, strict=True)
                if share
            ]
            ranked = [
                entry
                for entry in ranked
                if entry[0] > least[2 * number + side] and entry[2] not in taken
            ]
            if ranked:
                found.append((max(ranked, key=lambda entry: entry[:3])[3], sign))
        picked.append(found)
    return picked


def _find_shares(strips: Array, sizes: Array, counts: Array, outlines: Array) -> Array:
    """Return how much of its strip each outline fills, in square metres, shape (outlines,).

    Zero for what is not looked at: where both sides of a door are filled whole, each by one unit,
    as on nearly all drawings, the others that are near have less.

    Parameters
    ----------
    strips
        Two a door, shape (strips,).
    sizes
        Their areas.
    counts
        How many outlines there are for each, one after the other.
    outlines
        Shape (outlines,).
    """
    owner = np.repeat(np.arange(len(strips)), counts)
    fills = shapely.covers(outlines, strips[owner])
    # which of the outlines of its strip fills it, if it is one alone
    filler = np.full(len(strips), -1)
    filler[owner[fills]] = (np.arange(len(owner)) - (np.cumsum(counts) - counts)[owner])[fills]
    filler[np.bincount(owner[fills], minlength=len(strips)) != 1] = -1
    one, other = filler.reshape(-1, len(_SIGNS)).T
    told = np.repeat((one >= 0) & (other >= 0) & (one != other), len(_SIGNS))
    unsure = ~fills & ~told[owner]
    shares = np.where(fills, sizes[owner], 0.0)
    shares[unsure] = shapely.area(shapely.intersection(strips[owner[unsure]], outlines[unsure]))
    return shares


def _make_sides(lines: Sequence[_Line], picked: Sequence[_Chosen]) -> list[tuple[Side, ...]]:
    """Make the sides of doors: each at the point of its area that is nearest to the middle."""
    chosen = [(area, line) for line, areas in zip(lines, picked, strict=True) for area, _ in areas]
    outlines = as_objects([area.outline for area, _ in chosen])
    middles = shapely.points(np.array([line.middle for _, line in chosen]).reshape(-1, 2))
    nearest = shapely.get_coordinates(shapely.shortest_line(outlines, middles))[::2]
    points = iter(nearest.tolist())
    made = []
    for line, areas in zip(lines, picked, strict=True):
        dx, dy = line.normal
        sides = []
        for area, sign in areas:
            x, y = next(points)
            sides.append(Side(area.unit.id, (x, y), (dx * sign, dy * sign)))
        made.append(tuple(sides))
    return made


def _fills_both_sides(choice: _Choice) -> bool:
    """Tell whether one unit lies on both sides of a door."""
    return any(
        all(strip.intersection(area.outline).area > 0.5 * strip.area for strip in choice.strips)
        for area in choice.near
    )


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
