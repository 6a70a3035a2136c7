"""One floor of a generated hospital: a ring of corridor with a spine, rooms on both sides.

Seen from above, the outer rooms stand round a ring corridor; the spine divides what the ring
encloses into two blocks, each with two rows of rooms back to back. Stairs stand at the spine's
ends, a bank of lifts at its middle, the lobby (upstairs: a waiting room, open too) by the middle of
the south side.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box

OUTER_M = 6.0
"""Depth of the rooms along the outer walls."""
CORRIDOR_M = 2.6
LOBBY_M = 16.0
_LIFT_M = 2.6
_LIFTS = 3
_STAIRS_M = 3.2
_ROOM_M = (2.9, 4.8)
_STAFF_SHARE = 0.12
_PASSAGE_SHARE = 0.06
_DOORS_M = {"elevator": 1.1, "stairs": 1.2}
_DOOR_M = 1.0
_JAMB_M = 0.3


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where a building stands, by its south-west corner, and how large it is, in metres."""

    x: float
    y: float
    length_m: float
    depth_m: float

    @property
    def middle_m(self) -> float:
        """The y of its spine."""
        return self.y + self.depth_m / 2

    @property
    def entrance(self) -> tuple[float, float]:
        """The middle of its main entrance."""
        return self.x + self.length_m / 2, self.y


@dataclass(frozen=True, slots=True)
class Room:
    """A unit of a floor."""

    key: str
    category: str
    outline: Polygon
    staff: bool = False


@dataclass
class Block:
    """The units and doors of one floor; doors are lines with a category."""

    rooms: list[Room] = field(default_factory=list)
    doors: list[tuple[LineString, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of rooms along a wall that has the corridor behind it, in the frame of the floor.

    Parameters
    ----------
    outer
        Where its rooms begin and end along it.
    near, far
        The corridor's wall, and the one opposite.
    reach
        The part of it that the corridor runs along: doors stand there.
    upright
        Whether it runs north to south.
    fixed
        What stands in it on all floors: begin, width, category.
    """

    name: str
    outer: tuple[float, float]
    near: float
    far: float
    reach: tuple[float, float]
    upright: bool = False
    fixed: tuple[tuple[float, float, str], ...] = ()

    def outline(self, start: float, end: float) -> Polygon:
        low, high = sorted((self.near, self.far))
        return box(low, start, high, end) if self.upright else box(start, low, end, high)

    def wall(self, start: float, end: float) -> LineString:
        """Return a piece of the corridor's wall."""
        if self.upright:
            return LineString([(self.near, start), (self.near, end)])
        return LineString([(start, self.near), (end, self.near)])

    def divide_wall(self, at: float) -> LineString:
        """Return a door's width of the wall between two rooms."""
        middle = (self.near + self.far) / 2
        ends = (middle - _DOOR_M / 2, middle + _DOOR_M / 2)
        points = [(end, at) if self.upright else (at, end) for end in ends]
        return LineString(points)


def make_block(
    footprint: Footprint,
    random: np.random.Generator,
    *,
    ground: bool,
    stubs: Iterable[str] = (),
) -> Block:
    """Draw one floor.

    Parameters
    ----------
    footprint
        Its building.
    random
        Where rooms end and what they are; lifts and stairs stand the same on all floors.
    ground
        Whether its lobby has the main entrance.
    stubs
        Sides on which the corridor reaches the outer wall, ``west`` and ``east``, for a bridge.
    """
    block = Block()
    sides = frozenset(stubs)
    corridor = _corridor(footprint, sides)
    block.rooms.append(Room("corridor", "walkway", corridor))
    x, y = footprint.entrance
    lobby = box(x - LOBBY_M / 2, y, x + LOBBY_M / 2, y + OUTER_M)
    block.rooms.append(Room("lobby", "lobby" if ground else "waitingroom", lobby))
    if ground:
        entrance = LineString([(x - 1.0, y), (x + 1.0, y)])
        block.doors.append((entrance, "pedestrian.principal"))
    for row in (*_outer_rows(footprint, sides), *_inner_rows(footprint)):
        _fill(block, row, random)
    return block


def _corridor(footprint: Footprint, stubs: frozenset[str]) -> Polygon:
    """Return the ring with its spine, and the stubs to the outer walls."""
    west, south = footprint.x + OUTER_M, footprint.y + OUTER_M
    east = footprint.x + footprint.length_m - OUTER_M
    north = footprint.y + footprint.depth_m - OUTER_M
    spine = footprint.middle_m - CORRIDOR_M / 2, footprint.middle_m + CORRIDOR_M / 2
    inner = west + CORRIDOR_M, east - CORRIDOR_M
    parts = [
        box(west, south, east, north).difference(
            box(inner[0], south + CORRIDOR_M, inner[1], north - CORRIDOR_M)
        ),
        box(inner[0], spine[0], inner[1], spine[1]),
    ]
    if "west" in stubs:
        parts.append(box(footprint.x, spine[0], west, spine[1]))
    if "east" in stubs:
        parts.append(box(east, spine[0], east + OUTER_M, spine[1]))
    corridor = shapely.union_all(parts)
    assert isinstance(corridor, Polygon)  # noqa: S101 - the parts touch
    return corridor


def _outer_rows(footprint: Footprint, stubs: frozenset[str]) -> list[_Row]:
    """Return the rows along the outer walls; those along the south and north hold the corners."""
    west, south = footprint.x, footprint.y
    east, north = west + footprint.length_m, south + footprint.depth_m
    ring = (west + OUTER_M, east - OUTER_M)
    middle = footprint.entrance[0]
    rows = [
        _Row("s1", (west, middle - LOBBY_M / 2), south + OUTER_M, south, (ring[0], middle)),
        _Row("s2", (middle + LOBBY_M / 2, east), south + OUTER_M, south, (middle, ring[1])),
        _Row("n", (west, east), north - OUTER_M, north, ring),
    ]
    side = (south + OUTER_M, north - OUTER_M)
    gap = (footprint.middle_m - CORRIDOR_M / 2, footprint.middle_m + CORRIDOR_M / 2)
    for name, near, far in (("west", west + OUTER_M, west), ("east", east - OUTER_M, east)):
        spans = [(side[0], gap[0]), (gap[1], side[1])] if name in stubs else [side]
        rows += [
            _Row(f"{name[0]}{n}", span, near, far, span, upright=True)
            for n, span in enumerate(spans, 1)
        ]
    return rows


def _inner_rows(footprint: Footprint) -> list[_Row]:
    """Return the two rows back to back in each of the two blocks, stairs and lifts on the spine."""
    start = footprint.x + OUTER_M + CORRIDOR_M
    end = footprint.x + footprint.length_m - OUTER_M - CORRIDOR_M
    bank = footprint.entrance[0] - _LIFTS * _LIFT_M / 2
    lifts = tuple((bank + n * _LIFT_M, _LIFT_M, "elevator") for n in range(_LIFTS))
    stairs = ((start, _STAIRS_M, "stairs"), (end - _STAIRS_M, _STAIRS_M, "stairs"))
    rows = []
    for name, sign in (("lower", -1), ("upper", 1)):
        spine = footprint.middle_m + sign * CORRIDOR_M / 2
        ring = footprint.middle_m + sign * (footprint.depth_m / 2 - OUTER_M - CORRIDOR_M)
        back = (spine + ring) / 2
        fixed = (stairs[0], *lifts, stairs[1]) if sign < 0 else stairs
        rows += [
            _Row(f"{name}-spine", (start, end), spine, back, (start, end), fixed=fixed),
            _Row(f"{name}-ring", (start, end), ring, back, (start, end)),
        ]
    return rows


def _fill(block: Block, row: _Row, random: np.random.Generator) -> None:
    """Divide a row into rooms, with a door each to the corridor and some to the next room."""
    before = ""
    for number, (start, end, category) in enumerate(_divide(row, random)):
        staff = category == "room" and random.random() < _STAFF_SHARE
        kind = _kind_of(random) if category == "room" else category
        room = Room(f"{row.name}-{number}", kind, row.outline(start, end), staff=staff)
        block.rooms.append(room)
        width = _DOORS_M.get(category, _DOOR_M)
        low = max(start, row.reach[0]) + _JAMB_M
        high = min(end, row.reach[1]) - _JAMB_M - width
        at = (low + high) / 2 if category != "room" else low + random.random() * (high - low)
        block.doors.append((row.wall(at, at + width), "pedestrian"))
        passage = random.random() < _PASSAGE_SHARE
        if passage and category == before == "room":
            block.doors.append((row.divide_wall(start), "pedestrian"))
        before = category


def _kind_of(random: np.random.Generator) -> str:
    """Choose what a room is."""
    kinds = ("room", "office", "storage", "restroom", "conferenceroom")
    return str(random.choice(kinds, p=(0.72, 0.14, 0.06, 0.06, 0.02)))


def _divide(row: _Row, random: np.random.Generator) -> list[tuple[float, float, str]]:
    """Return begin, end and category of all that stands in a row, in order."""
    entries: list[tuple[float, float, str]] = []
    at = row.outer[0]
    for start, width, category in (*row.fixed, (row.outer[1], 0.0, "")):
        entries += [(a, b, "room") for a, b in _split(at, start, row.reach, random)]
        if category:
            entries.append((start, start + width, category))
        at = start + width
    return entries


def _split(
    start: float, end: float, reach: tuple[float, float], random: np.random.Generator
) -> list[tuple[float, float]]:
    """Split a stretch into rooms of uneven width; each has room for a door within reach."""
    if end - start < _ROOM_M[0] / 2:
        return []
    corners = max(0.0, reach[0] - start), max(0.0, end - reach[1])
    usable = end - start - sum(corners)
    count = max(1, round(usable / (sum(_ROOM_M) / 2)))
    widths = random.uniform(*_ROOM_M, count)
    ends = start + corners[0] + np.cumsum(widths * usable / widths.sum())
    return list(pairwise((start, *ends[:-1].tolist(), end)))
