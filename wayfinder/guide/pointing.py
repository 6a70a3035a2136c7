"""Which way an arrow points: the first metres of a way as the reader of a sign sees them.

An arrow is not a compass. Straight up means: go on as you come, past the sign. A way that turns off
just behind the sign is that turn; a door beside the sign is on that side; stairs, lifts and
escalators right here are up or down; what one stands at is here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin

from wayfinder.guide.bends import Point, Stretch, split_line
from wayfinder.guide.catalogues import translate
from wayfinder.model import Arrow
from wayfinder.route.journey import Segment, SegmentKind

READING_M = 2.0
"""So far before a sign its reader stands (ours)."""

SOON_M = 7.5
"""A turn as near as this behind a sign is what its arrow says (ours)."""

AT_HAND_M = 6.0
"""Stairs or a lift as near as this to a sign are right here (ours)."""

HERE_M = 2.5
"""One stands at what is as near as this, with no door between (ours)."""

ASIDE_M = 2.5
"""A way that is this far aside of where one came goes on beside it (ours)."""

_STAIRWELL_M = 6.0
"""Farther than this behind a door the stairs are not that door's (ours)."""

_LOOK_M = 40.0
_SHORT_M = 1.0
_AHEAD_DEG, _ASIDE_DEG, _SECTOR_DEG = 22.5, 67.5, 45.0
_LEAST_ASIDE_DEG = 30.0
"""A door beside a sign on a wall is never straight ahead: there is the wall (ours)."""

_SECTORS = (
    *(Arrow.AHEAD, Arrow.AHEAD_RIGHT, Arrow.RIGHT, Arrow.BACK_RIGHT),
    *(Arrow.BACK, Arrow.BACK_LEFT, Arrow.LEFT, Arrow.AHEAD_LEFT),
)
_SIDES = {**dict.fromkeys(_SECTORS[5:], 0), **dict.fromkeys(_SECTORS[1:4], 2)}
_FLOOR_CHANGES = frozenset({SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR})


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a way begins, up to its first floor change, or until no sign speaks of it.

    Parameters
    ----------
    line
        Walked, in metres.
    length_m
        Length of that line; to stairs behind a door, to that door.
    doors
        Doors on it.
    floors
        Storeys climbed at its end, negative downward; 0 where it ends on its own floor.
    """

    line: tuple[Point, ...]
    length_m: float
    doors: int
    floors: float


def find_beginning(segments: Sequence[Segment]) -> Beginning:
    """Return how a way begins, up to its first lift, stairs or escalator, or some 40 m on."""
    line: list[Point] = []
    doors, floors, to_door_m = 0, 0.0, 0.0
    for segment in segments:
        if segment.kind in _FLOOR_CHANGES:
            line += segment.line[:1]
            floors = segment.floors
            break
        if segment.kind is SegmentKind.DOOR:
            doors += 1
            to_door_m = _measure(line)
        line += segment.line
        if _measure(line) > _LOOK_M:
            break
    length_m = _measure(line)
    if floors and doors and length_m - to_door_m <= _STAIRWELL_M:
        length_m = to_door_m  # one sees the door of the stairs, not the stairs
    return Beginning(tuple(line), length_m, doors, floors)


def _measure(line: Sequence[Point]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))


def point_way(segments: Sequence[Segment], facing_deg: float) -> Arrow:
    """Return the arrow of a way that begins at a sign.

    Parameters
    ----------
    segments
        The way, from the sign on; none where one is there already.
    facing_deg
        Where the reader looks, degrees clockwise from north: the sign's bearing + 180.
    """
    beginning = find_beginning(segments)
    if beginning.floors and beginning.length_m <= AT_HAND_M:
        return Arrow.UP if beginning.floors > 0 else Arrow.DOWN
    if not beginning.floors and not beginning.doors and beginning.length_m <= HERE_M:
        return Arrow.HERE
    return point_along(beginning.line, facing_deg)


def point_along(line: Sequence[Point], facing_deg: float) -> Arrow:
    """Return the arrow of a line that begins at a sign.

    Parameters
    ----------
    line
        Metres, the first point beneath or before the sign.
    facing_deg
        Where the reader looks, degrees clockwise from north.

    Returns
    -------
    Arrow
        One of eight sectors of 45°; ``here`` for a line without a length.
    """
    stretches = split_line([_turn(line[0], point, facing_deg) for point in line], _SHORT_M)
    if not stretches:
        return Arrow.HERE
    return find_sector(_find_turn(stretches))


def find_sector(clockwise_deg: float) -> Arrow:
    """Return the arrow of a direction, degrees clockwise from straight ahead."""
    return _SECTORS[round(clockwise_deg / _SECTOR_DEG) % 8]


def name_arrow(arrow: Arrow, language: str) -> str:
    """Say an arrow in words, for those who hear or read what a sign says: ``ahead on the left``."""
    return translate(language, f"arrow.{arrow}")


def _turn(origin: Point, point: Point, facing_deg: float) -> Point:
    """Return a point as the reader has it: metres to the right of the sign, metres beyond it."""
    dx, dy = point[0] - origin[0], point[1] - origin[1]
    c, s = cos(radians(facing_deg)), sin(radians(facing_deg))
    return dx * c - dy * s, dx * s + dy * c


def _find_turn(stretches: Sequence[Stretch]) -> float:
    """Return where a way leads, degrees clockwise from straight ahead, as the reader would say."""
    first = stretches[0]
    turn_deg = _clockwise_deg(first.heading)
    following = stretches[1] if len(stretches) > 1 else None
    if following is None or first.length_m > SOON_M:
        return turn_deg
    next_deg = _clockwise_deg(following.heading)
    if abs(turn_deg) <= _ASIDE_DEG:
        return _pass_sign(first, turn_deg, next_deg)
    if abs(next_deg) < _ASIDE_DEG and first.end[1] > -READING_M / 2:
        return _look_beside(first.end)
    return turn_deg


def _pass_sign(first: Stretch, turn_deg: float, next_deg: float) -> float:
    """Return the turn just behind a sign that one goes past."""
    if abs(next_deg) <= _AHEAD_DEG:  # on along where one came from, or beside it
        return turn_deg if abs(first.end[0]) >= ASIDE_M else 0.0
    if abs(next_deg) > 180.0 - _AHEAD_DEG:  # round something: to the side on which it is passed
        return 90.0 if (next_deg if abs(turn_deg) < 1.0 else turn_deg) > 0 else -90.0
    return next_deg


def _look_beside(door: Point) -> float:
    """Return where somebody before a sign sees a door beside it."""
    seen_deg = degrees(atan2(door[0], door[1] + READING_M))
    return seen_deg if abs(seen_deg) > _LEAST_ASIDE_DEG else _LEAST_ASIDE_DEG * _sign(door[0])


def _clockwise_deg(heading: Point) -> float:
    return degrees(atan2(heading[0], heading[1]))


def _sign(value: float) -> float:
    return 1.0 if value >= 0 else -1.0


def find_side(arrow: Arrow) -> int:
    """Return 0 for what lies to the reader's left, 2 for what lies to the right, 1 for the rest."""
    return _SIDES.get(arrow, 1)


def list_arrows() -> Iterator[Arrow]:
    """Yield all arrows in the order in which a sign lists them: ahead, then as a clock goes."""
    yield from (*_SECTORS, Arrow.UP, Arrow.DOWN, Arrow.HERE)
