"""The ways inside one unit: from every door and spot to every other, along the shortest line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.attributes import share_keys
from wayfinder.graph.cells import Cut, divide, find_long, locate
from wayfinder.graph.elements import Edge, EdgeKind, NodeKind
from wayfinder.graph.shapes import Line, Point, as_areas, as_objects
from wayfinder.graph.space import CLEARANCE_M, Space, find_all_lines, line_length_m
from wayfinder.model import Unit
from wayfinder.model.categories import ESCALATOR, LIFT, RAMP, STAIRS, STEPS, is_through

TURN_DEG = 45.0
"""A bend of more than this is a turn (ours)."""

_ONE_BEND_M = 1.5
"""Bends nearer to each other than this are felt as one (ours)."""

_CARRYING = frozenset({LIFT, ESCALATOR})
"""What carries to another floor is no corridor between its two sides."""


@dataclass(frozen=True, slots=True)
class Portal:
    """A node on the edge of a unit, or a junction inside."""

    node: str
    point: Point
    heading: Point | None
    """Unit vector into the unit; None at a junction counts both ways along `axis`."""
    axis: Point | None = None
    open: bool = False
    """Whether it stands for a stretch without a wall, as no door does."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node inside a unit: a place, a lift's car, the foot of a stair, a vertex of a drawn way."""

    node: str
    point: Point
    kind: NodeKind


@dataclass(frozen=True, slots=True)
class Interior:
    """What lies inside one unit: its junctions and the edges between all its nodes."""

    junctions: tuple[Portal, ...]
    edges: tuple[tuple[str, str, Edge], ...]
    stranded: tuple[str, ...]
    """Nodes without a way to any other node of the unit that has portals."""


@dataclass(frozen=True, slots=True)
class Room:
    """A unit whose inside is to be connected.

    Parameters
    ----------
    unit
        The unit.
    outline
        Its outline in metres.
    obstacles
        Columns and furniture in metres.
    portals
        Its doors and open boundaries.
    spots
        Its places.
    """

    unit: Unit
    outline: Polygon | MultiPolygon
    obstacles: Sequence[BaseGeometry]
    portals: Sequence[Portal]
    spots: Sequence[Spot]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a room, and who is in it."""

    space: Space
    members: list[Portal | Spot]


def connect_interiors(rooms: Sequence[Room]) -> list[Interior]:
    """Join in each of many rooms all portals and spots by their shortest lines.

    Parameters
    ----------
    rooms
        A level's, say: what GEOS is asked is asked for all of them at once.

    Returns
    -------
    list of Interior
        Of each room: junctions where it is long, and the edges.
    """
    long = find_long([room.outline for room in rooms], [len(room.portals) for room in rooms])
    divided = [
        _divide(room) if is_long else ([_whole(room)], ())
        for room, is_long in zip(rooms, long.tolist(), strict=True)
    ]
    cells = [cell for parts, _ in divided for cell in parts]
    found = find_all_lines(
        [cell.space for cell in cells],
        [[member.point for member in cell.members] for cell in cells],
    )
    lines = iter(found)
    made = []
    for room, (parts, junctions) in zip(rooms, divided, strict=True):
        edges: list[tuple[str, str, Edge]] = []
        for part in parts:
            edges += _connect(room.unit, part.members, next(lines))
        joined = {node for edge in edges for node in edge[:2]}
        everyone: tuple[Portal | Spot, ...] = (*room.portals, *room.spots)
        alone = tuple(member.node for member in everyone if member.node not in joined)
        made.append(Interior(junctions, tuple(edges), alone if len(everyone) > 1 else ()))
    return made


def _whole(room: Room) -> _Cell:
    """Return a room as one cell."""
    return _Cell(Space(room.outline, obstacles=room.obstacles), [*room.portals, *room.spots])


def _divide(room: Room) -> tuple[list[_Cell], tuple[Portal, ...]]:
    """Divide a long room into cells; return them with who is in them, and the junctions."""
    cells, cuts = divide(room.outline, [portal.point for portal in room.portals])
    if len(cells) == 1:
        return [_whole(room)], ()
    junctions = tuple(_junction(room.unit, number, cut) for number, cut in enumerate(cuts))
    members: list[list[Portal | Spot]] = [[] for _ in cells]
    everyone: list[Portal | Spot] = [*room.portals, *room.spots]
    for member, index in zip(
        everyone, locate(cells, [member.point for member in everyone]), strict=True
    ):
        members[index].append(member)
    for junction, cut in zip(junctions, cuts, strict=True):
        for index in cut.cells:
            members[index].append(junction)
    opened = _reopen(room.outline, cells)
    obstacles = as_objects(room.obstacles)
    near = shapely.intersects(obstacles[None], as_objects(opened)[:, None])
    return [
        _Cell(Space(cell, obstacles=obstacles[touching].tolist()), group)
        for cell, touching, group in zip(opened, near, members, strict=True)
    ], junctions


def _reopen(
    outline: Polygon | MultiPolygon, cells: Sequence[BaseGeometry]
) -> list[Polygon | MultiPolygon]:
    """Return cells with as much beyond their cuts as lines keep from walls: a cut is none."""
    wider = shapely.buffer(as_objects(cells), CLEARANCE_M, quad_segs=16, join_style="mitre")
    return as_areas(shapely.intersection(outline, wider).tolist())


def _junction(unit: Unit, number: int, cut: Cut) -> Portal:
    return Portal(f"junction:{unit.id}:{number}", cut.point, None, cut.heading)


def _connect(
    unit: Unit, members: Sequence[Portal | Spot], lines: Mapping[tuple[int, int], Line]
) -> Iterator[tuple[str, str, Edge]]:
    """Yield the edges, both ways, between the members of one cell."""
    plain = _make_plain(unit)
    carries, crosses = unit.category in _CARRYING, _crosses(unit)
    is_edge = [isinstance(one, Portal) and one.heading is not None for one in members]
    spots = [one.kind if isinstance(one, Spot) else None for one in members]
    for (i, j), line in lines.items():
        one, other = members[i], members[j]
        pair = spots[i], spots[j]
        boards = NodeKind.LIFT in pair
        # A car is boarded from a door or a drawn way, not from the place that stands for it.
        if boards and None not in pair and NodeKind.WAY not in pair:
            continue
        if carries and is_edge[i] and is_edge[j]:
            continue
        there = plain.copy()
        there["length_m"] = line_length_m(line)
        there["geometry"] = line
        there["turns"] = count_turns(
            line, _leaving(one, line[1], line[0]), _arriving(other, line[-2], line[-1])
        )
        there["through_room"] = crosses(one, other)
        back = there.copy()
        back["geometry"] = line[::-1]
        if boards:
            to_car = pair[1] is NodeKind.LIFT
            there["kind"], back["kind"] = _LIFT_KINDS if to_car else _LIFT_KINDS[::-1]
        yield one.node, other.node, there
        yield other.node, one.node, back


def _make_plain(unit: Unit) -> Edge:
    """Return what the edges of a unit have in common."""
    edge: Edge = {
        "kind": EdgeKind.STAIRS if unit.category == STEPS else EdgeKind.WALK,
        "length_m": 0.0,
        "clear_width_m": unit.clear_width_m,
        "features": (unit.id,),
        "geometry": (),
        "turns": 0,
        "through_room": 0.0,
        "floors": 0.0,
        "enters": None,
    }
    shared = share_keys(edge)
    if unit.category == RAMP or unit.incline is not None:
        shared["incline"] = unit.incline
    return shared


_LIFT_KINDS = (EdgeKind.LIFT_BOARD, EdgeKind.LIFT_ALIGHT)
"""How one gets to a lift's car and away from it."""


def _crosses(unit: Unit) -> Callable[[Portal | Spot, Portal | Spot], float]:
    """Return what tells how much of passing through a room an edge is.

    Halves at a place add up to one whole. A landing between doors is a way; across a flight that
    lies in a hall one would not walk.
    """
    is_stairs, is_way = unit.category == STAIRS, is_through(unit)

    def measure(one: Portal | Spot, other: Portal | Spot) -> float:
        if is_stairs and isinstance(one, Portal) and isinstance(other, Portal):
            return 1.0 if one.open or other.open else 0.0
        return 0.0 if is_way else 0.5 * (isinstance(one, Portal) + isinstance(other, Portal))

    return measure


def _leaving(member: Portal | Spot, towards: Point, at: Point) -> Point | None:
    """Return the direction in which one leaves a member into the unit; None: any is straight."""
    if isinstance(member, Spot):
        return None
    if member.heading is not None:
        return member.heading
    return _along(member.axis, (towards[0] - at[0], towards[1] - at[1]))


def _arriving(member: Portal | Spot, before: Point, at: Point) -> Point | None:
    """Return the direction in which one goes on beyond a member, or None where any is straight."""
    if isinstance(member, Spot):
        return None
    if member.heading is not None:
        return -member.heading[0], -member.heading[1]
    return _along(member.axis, (at[0] - before[0], at[1] - before[1]))


def _along(axis: Point | None, direction: Point) -> Point | None:
    """Return an axis in the sense of a direction."""
    if axis is None:
        return None
    same = axis[0] * direction[0] + axis[1] * direction[1] >= 0
    return axis if same else (-axis[0], -axis[1])


def count_turns(line: Sequence[Point], leaving: Point | None, arriving: Point | None) -> int:
    """Count the turns of a line: bends of more than 45°.

    Bends within 1.5 m of each other are taken together.

    Parameters
    ----------
    line
        At least two points in metres.
    leaving, arriving
        Directions before its first and after its last point, or None.
    """
    turns, bend, length_m = 0, 0.0, 0.0
    before = leaving
    x0, y0 = line[0]
    for x1, y1 in line[1:]:
        dx, dy = x1 - x0, y1 - y0
        if not (dx or dy):
            continue
        if before is not None:
            if length_m > _ONE_BEND_M:
                turns += abs(bend) > TURN_DEG
                bend = 0.0
            bx, by = before
            bend += degrees(atan2(bx * dy - by * dx, bx * dx + by * dy))
        before, length_m = (dx, dy), hypot(dx, dy)
        x0, y0 = x1, y1
    if arriving is not None and before is not None:
        if length_m > _ONE_BEND_M:
            turns += abs(bend) > TURN_DEG
            bend = 0.0
        bend += _angle_deg(before, arriving)
    return turns + (abs(bend) > TURN_DEG)


def _angle_deg(one: Point, other: Point) -> float:
    """Return the angle from one vector to another, left positive."""
    return degrees(
        atan2(one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1])
    )


def heading_deg(heading: Point) -> float:
    """Return a direction as degrees clockwise from north."""
    return degrees(atan2(heading[0], heading[1])) % 360.0
