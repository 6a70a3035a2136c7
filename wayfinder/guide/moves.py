"""A journey as a person lives it: walks, and what each of them ends with.

A floor change takes in the door of the stairwell and the few steps inside; the last door takes in
the steps to the middle of the room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely

from wayfinder.graph.network import Network
from wayfinder.graph.space import line_length_m
from wayfinder.guide.bends import Point, unit_vector
from wayfinder.guide.sights import Sights, find_heading, find_leg
from wayfinder.guide.ways import cut_at_unit, is_vertical, split_at_doors
from wayfinder.route.journey import Segment, SegmentKind

_CHANGES = frozenset(
    {SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR, SegmentKind.RAMP}
)

_LANDING_M = 8.0
"""A walk between two flights that lies in no unit is a landing if it is shorter (ours)."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where one passes from one region to another.

    Parameters
    ----------
    near, far
        Nodes on both sides, if known.
    point
        Where, in metres.
    heading
        Unit vector in which one passes.
    opening
        Id of the opening, or None for an open boundary.
    unit
        Id of the unit that one enters, or None for the outside.
    """

    near: str | None
    far: str | None
    point: Point
    heading: Point
    opening: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Gate:
    """A door that one goes through."""

    crossing: Crossing


@dataclass(frozen=True, slots=True)
class Change:
    """A floor change, from the way in to the way out.

    Parameters
    ----------
    kind
        Lift, stairs, escalator or ramp.
    way_in, way_out
        Where one enters and leaves it; None where it has no outline or is an end of the journey.
    unit, to_unit
        Ids of its units at both ends.
    landing
        Node at which one stands after it.
    level, to_level
        Level ids.
    floors
        Storeys climbed, negative downward.
    """

    kind: SegmentKind
    way_in: Crossing | None
    way_out: Crossing | None
    unit: str | None
    to_unit: str | None
    landing: str
    level: str
    to_level: str
    floors: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """A stop of the journey, perhaps behind a last door.

    Parameters
    ----------
    stop
        Index of the stop.
    feature
        Id of the feature one wanted to reach.
    door
        The last door, taken in; None where there is none.
    """

    stop: int
    feature: str
    door: Crossing | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A walk and what it ends with.

    Parameters
    ----------
    line
        Walked, in metres; one point where one does not walk at all.
    node
        A node in the region that one walks in.
    level
        Level id at the start of the walk.
    event
        What comes at its end.
    end
        Where one is after the event, in metres.
    end_level
        Level id there.
    """

    line: tuple[Point, ...]
    node: str
    level: str
    event: Gate | Change | Arrival
    end: Point
    end_level: str

    @property
    def length_m(self) -> float:
        """Length walked."""
        return float(shapely.LineString(self.line).length) if len(self.line) > 1 else 0.0


def trace(
    network: Network,
    sights: Sights,
    segments: Sequence[Segment],
    *,
    before: Segment | None = None,
    arrival: Arrival | None = None,
    goal_node: str = "",
) -> tuple[Move, ...]:
    """Divide a run into moves.

    Parameters
    ----------
    network
        The network that it was found in.
    sights
        The network's regions.
    segments
        Those of the run; none where one is there already.
    before
        The door through which one came, or None at the start of a stop.
    arrival
        The stop that the run ends at, or None where it ends behind a door.
    goal_node
        Node of the stop.

    Returns
    -------
    tuple of Move
        The last one is the arrival, if there is one.
    """
    return tuple(_Tracer(network, sights, segments, before).run(arrival, goal_node))


def _climbs(segment: Segment) -> bool:
    """Tell whether a segment changes floors; a few steps on one level are part of the walk."""
    return segment.kind in _CHANGES and bool(segment.floors or segment.level != segment.to_level)


class _Tracer:
    """Walks along the segments of a run."""

    def __init__(
        self,
        network: Network,
        sights: Sights,
        segments: Sequence[Segment],
        before: Segment | None,
    ) -> None:
        self._network = network
        self._sights = sights
        self._before = before
        around = [before, *segments, None]
        self._segments = [
            part
            for number, segment in enumerate(segments)
            for part in split_at_doors(network, segment, around[number], around[number + 2])
        ]
        self._line: list[Point] = []
        self._node = ""
        self._level = ""

    def run(self, arrival: Arrival | None, goal_node: str) -> Iterator[Move]:
        """Yield the moves up to an arrival or to behind the last door."""
        segments, i = self._segments, 0
        self._start(goal_node)
        while i < len(segments):
            segment = segments[i]
            change_end = self._find_change_end(i)
            if change_end is not None:
                yield from self._change(i, change_end)
                i = change_end
                continue
            if segment.kind is not SegmentKind.DOOR:
                self._extend(segment.line)
            else:
                last = arrival is not None and self._is_last_door(i, arrival)
                crossing = self._cross(segment)
                event = replace(arrival, door=crossing) if arrival and last else Gate(crossing)
                yield self._move(event, segment.line[-1], segment.to_level)
                if last:
                    return
                self._restart(segment.to_node, segment.to_level, segment.line[-1])
            i += 1
        if arrival is not None:
            yield self._move(arrival, self._line[-1], self._level)

    def _start(self, goal_node: str) -> None:
        if self._before is not None:
            door = self._before
            self._restart(door.to_node, door.to_level, door.line[-1])
        elif self._segments:
            segment = self._segments[0]
            self._restart(segment.from_node, segment.level, segment.line[0])
        else:
            node = self._network.graph.nodes[goal_node]
            self._restart(goal_node, node["level"], (node["x"], node["y"]))

    def _restart(self, node: str, level: str, point: Point) -> None:
        self._line, self._node, self._level = [point], node, level

    def _extend(self, line: Sequence[Point]) -> None:
        for point in line:
            if not self._line or point != self._line[-1]:
                self._line.append(point)

    def _move(self, event: Gate | Change | Arrival, end: Point, end_level: str) -> Move:
        return Move(tuple(self._line), self._node, self._level, event, end, end_level)

    def _unit(self, node: str) -> str | None:
        unit: str | None = self._network.graph.nodes[node]["unit"]
        return unit

    def _cross(self, segment: Segment) -> Crossing:
        nodes = self._network.graph.nodes
        heading = find_heading(nodes[segment.from_node], nodes[segment.to_node])
        opening = segment.features[0] if segment.features else None
        unit = self._unit(segment.to_node)
        return Crossing(segment.from_node, segment.to_node, segment.line[0], heading, opening, unit)

    def _find_change_end(self, i: int) -> int | None:
        """Return the index after the floor change that begins with segment `i`, or None."""
        segments = self._segments
        kind, j = None, i
        if segments[i].kind is SegmentKind.DOOR:
            if not is_vertical(self._network, self._unit(segments[i].to_node)):
                return None
            j += 1
        end = None
        while j < len(segments):
            segment = segments[j]
            if _climbs(segment) and kind in (None, segment.kind):
                kind, end = segment.kind, j + 1
            elif not self._inside_vertical(segment):
                break
            j += 1
        if end is None:
            return None
        return self._include_way_out(end)

    def _inside_vertical(self, segment: Segment) -> bool:
        if not segment.units:
            return line_length_m(segment.line) < _LANDING_M
        return all(is_vertical(self._network, unit) for unit in segment.units)

    def _include_way_out(self, end: int) -> int:
        """Take in the steps to the door and the door itself."""
        segments, j = self._segments, end
        while j < len(segments) and self._inside_vertical(segments[j]):
            j += 1
        leaves = j < len(segments) and segments[j].kind is SegmentKind.DOOR
        if leaves and is_vertical(self._network, self._unit(segments[j].from_node)):
            return j + 1
        return j

    def _change(self, begin: int, end: int) -> Iterator[Move]:
        """Yield the move that ends with a floor change and begin the next walk behind it."""
        taken = self._segments[begin:end]
        rides = [segment for segment in taken if _climbs(segment)]
        first, last = rides[0], rides[-1]
        way_in = self._cross(taken[0]) if taken[0].kind is SegmentKind.DOOR else None
        way_out = self._cross(taken[-1]) if taken[-1].kind is SegmentKind.DOOR else None
        unit = self._unit(first.from_node) or (way_in.unit if way_in is not None else None)
        if unit is None and is_vertical(self._network, self._unit(self._node)):
            unit = self._unit(self._node)
        to_unit = self._unit(last.to_node)
        if way_in is None:
            way_in = self._cut_tail(unit) or self._climb_on(first)
        start = taken[-1].line[-1]
        rest: tuple[Point, ...] = ()
        if way_out is None and end < len(self._segments):
            way_out, rest = self._cut_head(to_unit, self._segments[end])
            way_out = way_out or self._climb_off(last)
        floors = sum(ride.floors for ride in rides)
        landing, levels = last.to_node, (first.level, last.to_level)
        event = Change(first.kind, way_in, way_out, unit, to_unit, landing, *levels, floors)
        yield self._move(event, rest[0] if rest else start, last.to_level)
        node = way_out.far if way_out is not None and way_out.far is not None else last.to_node
        self._restart(node, last.to_level, rest[0] if rest else start)
        if rest:
            self._line = [rest[0]]
            # the walk out begins inside; what is cut off must not be walked again
            self._segments[end] = replace(self._segments[end], line=rest)

    def _climb_on(self, ride: Segment) -> Crossing | None:
        """Return where a flight begins that one sees without entering a stairwell."""
        heading = find_leg(ride.line)
        if heading is None:
            return None
        return Crossing(ride.from_node, None, ride.line[0], heading, None, None)

    def _climb_off(self, ride: Segment) -> Crossing | None:
        """Return where such a flight ends."""
        back = find_leg(ride.line[::-1])
        if back is None:
            return None
        heading = (-back[0], -back[1])
        return Crossing(None, ride.to_node, ride.line[-1], heading, None, None)

    def _cut_tail(self, unit: str | None) -> Crossing | None:
        """End the walk where it enters a unit without a door; return where that is."""
        cut = cut_at_unit(self._network, self._line, unit)
        if cut is None:
            return None
        outside, point, inner = cut
        heading = unit_vector(point, inner) if not outside else unit_vector(outside[-1], point)
        region = self._sights.find_region(self._node)
        portal = min(
            (p for p in region.portals if p.beyond == unit),
            key=lambda p: abs(p.point[0] - point[0]) + abs(p.point[1] - point[1]),
            default=None,
        )
        self._line = [*outside, point] if outside else [point]
        if portal is None:
            return Crossing(None, None, point, heading, None, unit)
        return Crossing(portal.node, None, portal.point, portal.heading, None, unit)

    def _cut_head(
        self, unit: str | None, segment: Segment
    ) -> tuple[Crossing | None, tuple[Point, ...]]:
        """Begin a walk where it leaves a unit without a door: the way out, and the rest."""
        if segment.kind is not SegmentKind.WALK:
            return None, ()
        cut = cut_at_unit(self._network, segment.line[::-1], unit)
        if cut is None:
            return None, ()
        outside, point, inner = cut
        if not outside:
            return None, ()
        rest = (point, *outside[::-1])
        region = self._sights.find_region(segment.to_node)
        portal = min(
            (p for p in region.portals if p.beyond == unit),
            key=lambda p: abs(p.point[0] - point[0]) + abs(p.point[1] - point[1]),
            default=None,
        )
        heading = unit_vector(inner, point)
        far = segment.to_node
        if portal is not None:
            heading, far = (-portal.heading[0], -portal.heading[1]), portal.node
        return Crossing(None, far, point, heading, None, None), rest

    def _is_last_door(self, i: int, arrival: Arrival) -> bool:
        """Tell whether behind a door there is nothing left but to walk in."""
        rest = self._segments[i + 1 :]
        if any(segment.kind is not SegmentKind.WALK for segment in rest):
            return False
        room = self._unit(self._segments[i].to_node)
        if room is None or any(set(segment.units) - {room} for segment in rest):
            return False
        wanted, signs = arrival.feature, self._sights.signs
        if wanted == room or wanted not in self._network.plan:
            return True
        sign = signs.read(wanted)
        return sign.key == signs.read(room).key and sign.tells
