"""From nodes to segments: taut lines through the doors that the search chose."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import dist
from typing import Any

from wayfinder.graph import EdgeKind, Network
from wayfinder.route.journey import Point, Segment, SegmentKind
from wayfinder.route.shelves import find_shelf

_LIFT = frozenset({EdgeKind.LIFT_BOARD, EdgeKind.LIFT_RIDE, EdgeKind.LIFT_ALIGHT})
_FLIGHTS = {
    EdgeKind.STAIRS: SegmentKind.STAIRS,
    EdgeKind.ESCALATOR: SegmentKind.ESCALATOR,
    EdgeKind.RAMP: SegmentKind.RAMP,
    EdgeKind.MANUAL: SegmentKind.RAMP,
}


@dataclass(frozen=True, slots=True)
class Hop:
    """One edge of a way."""

    tail: str
    head: str
    edge: Any
    from_unit: str | None
    to_unit: str | None
    from_level: str
    to_level: str


class Liner:
    """Makes segments of ways, and remembers their lines: they depend on neither profile nor hour.

    Parameters
    ----------
    network
        The network.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._shelf = find_shelf(network)
        self._where = {
            node: (data["unit"], data["level"]) for node, data in network.graph.nodes(data=True)
        }

    def make_segments(self, path: Sequence[str]) -> list[Segment]:
        """Make the segments of a way.

        Parameters
        ----------
        path
            Node ids from start to end; fewer than two make no segment.
        """
        segments = []
        for (kind, _), hops in groupby(self._list_hops(path), key=_key_of):
            run = list(hops)
            if kind is SegmentKind.WALK:
                segments.append(self._walk(run))
            elif kind is SegmentKind.DOOR:
                segments += [_door(hop) for hop in run]
            elif kind is SegmentKind.LIFT:
                segments += [_lift(ride) for ride in _divide_rides(run)]
            else:
                segments.append(_change(kind, run, _length_m(run)))
        return segments

    def _list_hops(self, path: Sequence[str]) -> list[Hop]:
        adjacency, where = self._network.graph.adj, self._where
        hops = []
        for tail, head in pairwise(path):
            (from_unit, from_level), (to_unit, to_level) = where[tail], where[head]
            edge = adjacency[tail][head]
            hops.append(Hop(tail, head, edge, from_unit, to_unit, from_level, to_level))
        return hops

    def _walk(self, run: list[Hop]) -> Segment:
        units = _units(run)
        line, length_m = self._find_line(run, units)
        return Segment(
            kind=SegmentKind.WALK,
            from_node=run[0].tail,
            to_node=run[-1].head,
            level=run[0].from_level,
            to_level=run[-1].to_level,
            line=line,
            length_m=length_m,
            units=units,
            features=_features(run),
        )

    def _find_line(self, run: list[Hop], units: tuple[str, ...]) -> tuple[tuple[Point, ...], float]:
        ends = (run[0].tail, run[-1].head, *(hop.head for hop in run if _is_drawn(hop)))
        key = self._shelf.make_key(b"line", "\n".join((*ends, "", *units)).encode())
        known = self._shelf.get(key)
        if known is None:
            known = self._make_line(run).tobytes()
            self._shelf.put(key, known)
        x_y = array("d", known)
        line = tuple(zip(x_y[::2], x_y[1::2], strict=True))
        return line, sum(map(dist, line, line[1:]))

    def _make_line(self, run: list[Hop]) -> "array[float]":
        line: list[Point] = []
        for drawn, hops in groupby(run, key=_is_drawn):
            part = list(hops)
            line += _chain(part) if drawn else self._pull_taut(part)
        return array("d", [value for point in _without_repeats(line) for value in point])

    def _pull_taut(self, run: list[Hop]) -> tuple[Point, ...]:
        """Return the shortest line with clearance in the space of the units walked through."""
        chain = _chain(run)
        units = _units(run)
        if len(run) == 1 or not units or any(unit not in self._network.spaces for unit in units):
            return chain
        crossed = {frozenset((hop.from_unit, hop.to_unit)) for hop in run}
        shut = (pair for pair in self._network.one_way if pair not in crossed)
        space = self._network.join_spaces(
            units, frozenset(pair for pair in shut if pair <= {*units})
        )
        line = space.find_line(chain[0], chain[-1])
        return chain if line is None else line


def _key_of(hop: Hop) -> tuple[SegmentKind, object]:
    """Sort hops into segments: those in a row with equal keys are one, doors and rides aside."""
    kind = hop.edge["kind"]
    if kind == EdgeKind.DOOR:
        return SegmentKind.DOOR, None
    if kind in _LIFT:
        return SegmentKind.LIFT, None
    climbs = hop.from_level != hop.to_level or hop.edge["floors"]
    if kind in _FLIGHTS and (climbs or kind in {EdgeKind.STAIRS, EdgeKind.ESCALATOR}):
        return _FLIGHTS[EdgeKind(kind)], (hop.edge["floors"] > 0) - (hop.edge["floors"] < 0)
    return SegmentKind.WALK, None


def _is_drawn(hop: Hop) -> bool:
    """Tell whether a hop follows a line that somebody drew, or lies in the open."""
    return hop.edge["kind"] in {EdgeKind.MANUAL, EdgeKind.RAMP} or None in (
        hop.from_unit,
        hop.to_unit,
    )


def _chain(run: list[Hop]) -> tuple[Point, ...]:
    return tuple(point for hop in run for point in hop.edge["geometry"])


def _without_repeats(points: Sequence[Point]) -> tuple[Point, ...]:
    """Drop points that repeat the one before; two are always left."""
    kept = [points[0]]
    kept += [point for before, point in pairwise(points) if dist(before, point) > 1e-6]
    return tuple(kept) if len(kept) > 1 else (points[0], points[-1])


def _units(run: list[Hop]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(u for hop in run for u in (hop.from_unit, hop.to_unit) if u is not None)
    )


def _features(run: list[Hop]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(feature for hop in run for feature in hop.edge["features"]))


def _length_m(run: list[Hop]) -> float:
    return float(sum(hop.edge["length_m"] for hop in run))


def _door(hop: Hop) -> Segment:
    return Segment(
        kind=SegmentKind.DOOR,
        from_node=hop.tail,
        to_node=hop.head,
        level=hop.from_level,
        to_level=hop.to_level,
        line=_without_repeats(hop.edge["geometry"]),
        length_m=hop.edge["length_m"],
        units=_units([hop]),
        features=tuple(hop.edge["features"]),
    )


def _change(
    kind: SegmentKind, run: list[Hop], length_m: float, waits_for: str | None = None
) -> Segment:
    """Make the segment of a floor change, or of what leads to one."""
    return Segment(
        kind=kind,
        from_node=run[0].tail,
        to_node=run[-1].head,
        level=run[0].from_level,
        to_level=run[-1].to_level,
        line=_without_repeats(_chain(run)),
        length_m=length_m,
        units=_units(run),
        features=_features_from(run),
        floors=float(sum(hop.edge["floors"] for hop in run)),
        waits_for=waits_for,
    )


def _features_from(run: list[Hop]) -> tuple[str, ...]:
    """Return what a floor change depends on, the unit on the starting level first."""
    units = [unit for unit in _units(run) if unit in _features(run)]
    return tuple(dict.fromkeys((*units, *_features(run))))


def _divide_rides(run: list[Hop]) -> list[list[Hop]]:
    """Divide hops by lift where one boards again."""
    rides: list[list[Hop]] = []
    for hop in run:
        if not rides or hop.edge["kind"] == EdgeKind.LIFT_BOARD:
            rides.append([])
        rides[-1].append(hop)
    return rides


def _lift(run: list[Hop]) -> Segment:
    """Make one segment of boarding, riding and alighting, or a walk where the car stays."""
    kinds = {hop.edge["kind"] for hop in run}
    length_m = _length_m([hop for hop in run if hop.edge["kind"] != EdgeKind.LIFT_RIDE])
    if EdgeKind.LIFT_RIDE not in kinds:
        return _change(SegmentKind.WALK, run, length_m)
    drawn = EdgeKind.LIFT_BOARD not in kinds and run[0].from_unit is None
    waits = drawn or EdgeKind.LIFT_BOARD in kinds
    waits_for = run[0].to_unit or _features_from(run)[0]
    return _change(SegmentKind.LIFT, run, length_m, waits_for if waits else None)
