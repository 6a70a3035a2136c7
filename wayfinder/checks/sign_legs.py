"""The ways of those who follow signs, cut into legs: from an entrance or a lift to the next one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import dist

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.ops import substring

from wayfinder.guide.pointing import HERE_M, point_along
from wayfinder.model import Arrow
from wayfinder.route import Router
from wayfinder.route.journey import Point, Segment, SegmentKind
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM

Floats = NDArray[np.float64]

STEP_M = 1.0
"""Legs are looked at this often (ours)."""

CHANGE_AT_HAND_M = 1.0
"""Who is as near as this to a lift or stairs needs no direction to it (ours)."""

FLOOR_CHANGES = frozenset({SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR})


@dataclass(frozen=True, eq=False)
class Leg:
    """A way from an entrance, or from where a lift or stairs let one out, to the next of them.

    Parameters
    ----------
    start
        Id of the node that it starts from.
    goal
        Id of the place that the whole way leads to.
    segments
        What is walked; behind them comes the change of floors, if any.
    floors
        Storeys climbed at its end, negative downward; 0 where it ends at the goal.
    points
        Its line at every step, metres, shape (steps, 2); the last is its end.
    levels
        Level id at each of them.
    """

    start: str
    goal: str
    segments: tuple[Segment, ...]
    floors: float
    points: Floats
    levels: tuple[str, ...]

    def point_from(self, step: int, facing_deg: float) -> Arrow:
        """Return the arrow of what is left of the leg from a step on.

        Parameters
        ----------
        step
            Index of the point beside the sign.
        facing_deg
            Where the reader looks, degrees clockwise from north.
        """
        line = substring(self._line, step * STEP_M, self._line.length)
        points = [(float(x), float(y)) for x, y in line.coords]
        return point_line(points, self.floors, facing_deg)

    @cached_property
    def _line(self) -> LineString:
        return LineString([point for segment in self.segments for point in segment.line])

    def heading_at(self, step: int, *, back: int = 4) -> Point:
        """Return the direction, a unit vector, in which one comes to a step."""
        first, last = max(0, step - back), max(step, min(len(self.points) - 1, 1))
        dx, dy = (self.points[last] - self.points[first]).tolist()
        length = dist((0.0, 0.0), (dx, dy))
        return (dx / length, dy / length) if length > 1e-9 else (0.0, 1.0)


def point_line(line: Sequence[Point], floors: float, facing_deg: float) -> Arrow:
    """Return the arrow of a line that begins at a sign and ends at a change of floors or a goal.

    Up and down only where one stands before it: from farther away its direction says more.
    """
    length_m = sum(dist(one, other) for one, other in pairwise(line))
    if floors and length_m <= CHANGE_AT_HAND_M:
        return Arrow.UP if floors > 0 else Arrow.DOWN
    if not floors and length_m <= HERE_M:
        return Arrow.HERE
    return point_along(line, facing_deg)


def find_legs(
    router: Router,
    origins: Iterable[str],
    places: Iterable[str],
    profiles: Sequence[str] = ("walk", "easy"),
) -> tuple[Leg, ...]:
    """Find the legs of the ways that signs lead from some nodes to some places, each once.

    All who go to one floor leave the one they are on by the same lift or stairs, the one that is
    best for most: a sign has one arrow for a floor. Where there is no way there is no leg.
    """
    found: dict[tuple[str, str, str], Leg] = {}
    goals = tuple(places)
    for profile in profiles:
        finder = FirstLegs(router, profile)
        waiting = [(origin, goals) for origin in origins]
        known: set[tuple[str, str]] = set()
        while waiting:
            start, wanted = waiting.pop()
            new = [goal for goal in wanted if (start, goal) not in known]
            known.update((start, goal) for goal in new)
            beyond: defaultdict[str, list[str]] = defaultdict(list)
            for leg, landing in finder.find_first(start, new):
                found.setdefault((leg.goal, leg.start, leg.segments[-1].to_node), leg)
                if landing is not None:
                    beyond[landing].append(leg.goal)
            waiting += [(landing, tuple(led)) for landing, led in beyond.items()]
    return tuple(found.values())


First = tuple[list[Segment], float, str | None]
"""What is walked to the first change of floors, its storeys, the node where it lets one out."""


class FirstLegs:
    """Finds first legs of one profile."""

    def __init__(self, router: Router, profile: str) -> None:
        self._search = router.search
        self._places = router.network.places
        self._nodes = router.network.graph.nodes
        self._profile = profile
        self._runs = Runs(router.network, router.search, router.schedule)

    def find_first(self, start: str, goals: Sequence[str]) -> Iterator[tuple[Leg, str | None]]:
        """Yield the first leg to each place, and where the change of floors lets one out."""
        by_floor: defaultdict[str, dict[str, First]] = defaultdict(dict)
        for goal in goals:
            first = self.walk(start, goal)
            if first is None:
                continue
            if first[2] is None:
                yield make_leg(start, goal, first[0], 0.0), None
            else:
                by_floor[self._nodes[self._places[goal][0]]["level"]][goal] = first
        for firsts in by_floor.values():
            uses = Counter((landing, round(floors, 1)) for _, floors, landing in firsts.values())
            (best, _), *_ = uses.most_common(1)
            part, floors, landing = next(
                one for one in firsts.values() if (one[2], round(one[1], 1)) == best
            )
            for goal in firsts:
                yield make_leg(start, goal, part, floors), landing

    def walk(self, start: str, goal: str) -> First | None:
        """Return the first leg of the best way, or None where there is none to walk."""
        index, nodes = self._search.table.index, self._search.table.nodes
        ends = [index[node] for node in self._places.get(goal, ())]
        leg = self._search.find_leg([index[start]], ends, self._profile, CALM) if ends else None
        if leg is None or len(leg.path) < 2 or nodes[leg.path[0]] == goal:
            return None
        part: list[Segment] = []
        for run in self._runs.make(leg.path):
            for segment in run.segments:
                if segment.kind in FLOOR_CHANGES and segment.floors:
                    if part:
                        return part, segment.floors, segment.to_node
                else:
                    part.append(segment)
        return (part, 0.0, None) if part else None


def make_leg(start: str, goal: str, segments: Sequence[Segment], floors: float) -> Leg:
    """Make a leg of what is walked to the next change of floors."""
    points, levels = _resample(segments)
    return Leg(start, goal, tuple(segments), floors, points, levels)


def _resample(segments: Sequence[Segment]) -> tuple[Floats, tuple[str, ...]]:
    """Return points at every step of the lines, and the level of each."""
    line = np.array([p for segment in segments for p in segment.line], dtype=float)
    level = [segment.level for segment in segments for _ in segment.line]
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    steps = np.arange(0.0, along[-1], STEP_M)
    at = np.concatenate([steps, along[-1:]])
    points = np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
    rows = np.clip(np.searchsorted(along, at, side="right") - 1, 0, len(level) - 1)
    return points, tuple(level[row] for row in rows.tolist())
