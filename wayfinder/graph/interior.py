"""The ways inside one unit: from every door and spot to every other, along the shortest line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.cells import Cut, divide, locate
from wayfinder.graph.elements import Edge, EdgeKind, NodeKind
from wayfinder.graph.space import CLEARANCE_M, Point, Space, as_area, line_length_m
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


def connect_interior(
    unit: Unit,
    outline: Polygon | MultiPolygon,
    obstacles: Sequence[BaseGeometry],
    portals: Sequence[Portal],
    spots: Sequence[Spot],
) -> Interior:
    """Join all portals and spots of a unit by their shortest lines.

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

    Returns
    -------
    Interior
        Junctions where it is long, and the edges.
    """
    cells, cuts = divide(outline, [portal.point for portal in portals])
    junctions = tuple(_junction(unit, number, cut) for number, cut in enumerate(cuts))
    members: list[list[Portal | Spot]] = [[] for _ in cells]
    everyone: list[Portal | Spot] = [*portals, *spots]
    for member in everyone:
        members[locate(cells, member.point)].append(member)
    for junction, cut in zip(junctions, cuts, strict=True):
        for index in cut.cells:
            members[index].append(junction)
    edges: list[tuple[str, str, Edge]] = []
    for part, group in zip(cells, members, strict=True):
        cell = part if len(cells) == 1 else _reopen(outline, part)
        near = obstacles
        if obstacles and len(cells) > 1:
            near = [
                obstacles[i] for i in np.flatnonzero(shapely.intersects(obstacles, cell)).tolist()
            ]
        edges += _connect_cell(unit, Space(cell, obstacles=near), group)
    joined = {node for edge in edges for node in edge[:2]}
    alone = tuple(member.node for member in everyone if member.node not in joined)
    return Interior(junctions, tuple(edges), alone if len(portals) + len(spots) > 1 else ())


def _reopen(outline: Polygon | MultiPolygon, cell: BaseGeometry) -> Polygon | MultiPolygon:
    """Return a cell with as much beyond its cuts as lines keep from walls: a cut is none."""
    return as_area(outline.intersection(cell.buffer(CLEARANCE_M, join_style="mitre")))


def _junction(unit: Unit, number: int, cut: Cut) -> Portal:
    return Portal(f"junction:{unit.id}:{number}", cut.point, None, cut.heading)


def _connect_cell(
    unit: Unit, space: Space, group: Sequence[Portal | Spot]
) -> Iterator[tuple[str, str, Edge]]:
    """Yield the edges, both ways, between the members of one cell."""
    lines = space.find_lines([member.point for member in group])
    for (i, j), line in lines.items():
        one, other = group[i], group[j]
        if isinstance(one, Spot) and isinstance(other, Spot):
            # A car is boarded from a door or a drawn way, not from the place that stands for it.
            kinds = {one.kind, other.kind}
            if NodeKind.LIFT in kinds and NodeKind.WAY not in kinds:
                continue
        elif unit.category in _CARRYING and _is_edge(one) and _is_edge(other):
            continue
        turns = count_turns(
            line, _leaving(one, line[1], line[0]), _arriving(other, line[-2], line[-1])
        )
        length_m, through = line_length_m(line), _through_room(unit, one, other)
        for start, end, way in ((one, other, line), (other, one, line[::-1])):
            yield (
                start.node,
                end.node,
                _edge(unit, _kind(unit, start, end), length_m, way, turns, through),
            )


def _is_edge(member: Portal | Spot) -> bool:
    """Tell whether a member lies on the edge of its unit, as a junction does not."""
    return isinstance(member, Portal) and member.heading is not None


def _edge(
    unit: Unit, kind: EdgeKind, length_m: float, line: tuple[Point, ...], turns: int, through: float
) -> Edge:
    edge = Edge(
        kind=kind,
        length_m=length_m,
        clear_width_m=unit.clear_width_m,
        features=(unit.id,),
        geometry=line,
        turns=turns,
        through_room=through,
        floors=0.0,
        enters=None,
    )
    if unit.category == RAMP or unit.incline is not None:
        edge["incline"] = unit.incline
    return edge


def _kind(unit: Unit, start: Portal | Spot, end: Portal | Spot) -> EdgeKind:
    """Tell how one gets from one member of a unit to another."""
    if isinstance(end, Spot) and end.kind is NodeKind.LIFT:
        return EdgeKind.LIFT_BOARD
    if isinstance(start, Spot) and start.kind is NodeKind.LIFT:
        return EdgeKind.LIFT_ALIGHT
    return EdgeKind.STAIRS if unit.category == STEPS else EdgeKind.WALK


def _through_room(unit: Unit, one: Portal | Spot, other: Portal | Spot) -> float:
    """Tell how much of passing through a room an edge is: halves at a place add up to one whole.

    A landing between doors is a way; across a flight that lies in a hall one would not walk.
    """
    if unit.category == STAIRS and isinstance(one, Portal) and isinstance(other, Portal):
        return 1.0 if one.open or other.open else 0.0
    if is_through(unit):
        return 0.0
    return (0.5 if isinstance(one, Portal) else 0.0) + (0.5 if isinstance(other, Portal) else 0.0)


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
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line) if a != b]
    lengths = (
        [0.0, *(hypot(*step) for step in steps)] if leaving else [hypot(*step) for step in steps]
    )
    vectors = [*([leaving] if leaving else []), *steps, *([arriving] if arriving else [])]
    turns, bend = 0, 0.0
    for k, (one, other) in enumerate(pairwise(vectors)):
        if k and lengths[k] > _ONE_BEND_M:
            turns += abs(bend) > TURN_DEG
            bend = 0.0
        bend += _angle_deg(one, other)
    return turns + (abs(bend) > TURN_DEG)


def _angle_deg(one: Point, other: Point) -> float:
    """Return the angle from one vector to another, left positive."""
    return degrees(
        atan2(one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1])
    )


def heading_deg(heading: Point) -> float:
    """Return a direction as degrees clockwise from north."""
    return degrees(atan2(heading[0], heading[1])) % 360.0
