"""A taut line as a person walks it: straight stretches between turns that one notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

from wayfinder.guide.step import Direction

Point = tuple[float, float]

SHORT_M = 3.0
"""Bends nearer to each other than this are felt as one (ours)."""

TURN_DEG = 35.0
"""A bend of less than this is felt as going straight on (ours)."""

BACK_DEG = 100.0
"""Whoever must turn more than this for a door looks for it where it is (ours)."""

ASIDE_M = 1.0
"""A door farther aside than this is on that side, whichever way it opens (ours)."""

_SLIGHT_DEG, _SHARP_DEG, _AROUND_DEG = 60.0, 120.0, 155.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight part of a walk.

    Parameters
    ----------
    start, end
        In metres.
    heading
        Unit vector.
    length_m
        Length walked from the turn before to the turn after.
    """

    start: Point
    end: Point
    heading: Point
    length_m: float


def unit_vector(start: Point, end: Point) -> Point:
    """Return the direction from one point to another, (0, 0) where they are equal."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    return (dx / length, dy / length) if length > 1e-9 else (0.0, 0.0)


def angle_deg(before: Point, after: Point) -> float:
    """Return the turn from one heading to another in degrees, positive to the left."""
    cross = before[0] * after[1] - before[1] * after[0]
    return degrees(atan2(cross, before[0] * after[0] + before[1] * after[1]))


def apart_deg(one: float, other: float) -> float:
    """Return how far two bearings in degrees are apart, 0 to 180."""
    return abs((one - other + 180.0) % 360.0 - 180.0)


def name_turn(turn_deg: float) -> Direction:
    """Name a turn in degrees, positive to the left."""
    left, size = turn_deg > 0, abs(turn_deg)
    if size < TURN_DEG:
        return Direction.STRAIGHT
    if size > _AROUND_DEG:
        return Direction.AROUND
    if size < _SLIGHT_DEG:
        return Direction.SLIGHT_LEFT if left else Direction.SLIGHT_RIGHT
    if size > _SHARP_DEG:
        return Direction.SHARP_LEFT if left else Direction.SHARP_RIGHT
    return Direction.LEFT if left else Direction.RIGHT


def misnaming_deg(turn_deg: float) -> float:
    """Return how far a turn is from what its name makes people expect, in degrees."""
    return min(abs(abs(turn_deg) - expected) for expected in (0.0, 45.0, 90.0, 135.0, 180.0))


def name_side(turn_deg: float, left_m: float = 0.0) -> Direction:
    """Name the side on which a door lies.

    Parameters
    ----------
    turn_deg
        Turn with which one goes through, positive to the left.
    left_m
        How far to the left of the way it is: where it is decides, if it is clearly aside.

    Returns
    -------
    Direction
        Left, right, or straight for what is within 45° of straight ahead.
    """
    if abs(turn_deg) < 45:
        return Direction.STRAIGHT
    if abs(left_m) > ASIDE_M:
        turn_deg = left_m
    return Direction.LEFT if turn_deg > 0 else Direction.RIGHT


def split_line(
    line: Sequence[Point], short_m: float = SHORT_M, turn_deg: float = TURN_DEG
) -> tuple[Stretch, ...]:
    """Divide a line into the straight stretches that a person notices.

    Parameters
    ----------
    line
        At least one point, in metres.
    short_m
        Bends nearer than this to each other or to an end are one with it.
    turn_deg
        Bends of less than this are none.

    Returns
    -------
    tuple of Stretch
        At least one; empty for a line without a length.
    """
    points = [p for i, p in enumerate(line) if i == 0 or hypot(*_minus(p, line[i - 1])) > 0.05]
    if len(points) < 2:
        return ()
    knots = _find_knots(points, short_m)
    stretches = []
    for (_, begin), (finish, _) in pairwise(knots):
        start, end = points[begin], points[finish]
        length_m = _length_m(points[begin : finish + 1])
        stretches.append(Stretch(start, end, unit_vector(start, end), length_m))
    return _join_straight(stretches, turn_deg)


def _find_knots(points: Sequence[Point], short_m: float) -> list[tuple[int, int]]:
    """Return runs of vertices (first, last) that are near to each other; the ends are runs too."""
    last = len(points) - 1
    runs = [[0, 0]]
    for i in range(1, last + 1):
        near = hypot(*_minus(points[i], points[runs[-1][1]])) < short_m
        spread = hypot(*_minus(points[i], points[runs[-1][0]])) < 2 * short_m
        if near and spread:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    if len(runs) == 1:
        return [(0, 0), (last, last)]
    # the last run stands for the end, the first for the start
    runs[-1][1] = last
    return [(first, final) for first, final in runs]


def _join_straight(stretches: Sequence[Stretch], turn_deg: float) -> tuple[Stretch, ...]:
    """Join stretches between which one hardly turns."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and abs(angle_deg(joined[-1].heading, stretch.heading)) < turn_deg:
            one = joined.pop()
            length_m = one.length_m + stretch.length_m + hypot(*_minus(stretch.start, one.end))
            heading = unit_vector(one.start, stretch.end)
            joined.append(Stretch(one.start, stretch.end, heading, length_m))
        else:
            joined.append(stretch)
    return tuple(joined)


def _length_m(points: Sequence[Point]) -> float:
    return sum(hypot(*_minus(b, a)) for a, b in pairwise(points))


def _minus(one: Point, other: Point) -> Point:
    return one[0] - other[0], one[1] - other[1]
