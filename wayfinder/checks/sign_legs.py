"""The ways of those who follow signs, cut into legs: from an entrance or a lift to the next one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import dist

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.ops import substring

from wayfinder.guide.pointing import AT_HAND_M, HERE_M, point_along
from wayfinder.model import Arrow
from wayfinder.route import Router
from wayfinder.route.journey import Point, Segment, SegmentKind
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM

Floats = NDArray[np.float64]

STEP_M = 1.0
"""Legs are looked at this often (ours)."""

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
        if self.floors and line.length <= AT_HAND_M:
            return Arrow.UP if self.floors > 0 else Arrow.DOWN
        if not self.floors and line.length <= HERE_M:
            return Arrow.HERE
        return point_along([(float(x), float(y)) for x, y in line.coords], facing_deg)

    @cached_property
    def _line(self) -> LineString:
        return LineString([point for segment in self.segments for point in segment.line])

    def heading_at(self, step: int, *, back: int = 4) -> Point:
        """Return the direction, a unit vector, in which one comes to a step."""
        first, last = max(0, step - back), max(step, min(len(self.points) - 1, 1))
        dx, dy = (self.points[last] - self.points[first]).tolist()
        length = dist((0.0, 0.0), (dx, dy))
        return (dx / length, dy / length) if length > 1e-9 else (0.0, 1.0)


def find_legs(
    router: Router,
    origins: Iterable[str],
    places: Iterable[str],
    profiles: Sequence[str] = ("walk", "easy"),
) -> tuple[Leg, ...]:
    """Find the legs of the best ways from some nodes to some places, each once.

    Where there is no way there is no leg.
    """
    search, index = router.search, router.search.table.index
    runs = Runs(router.network, search, router.schedule)
    starts, found = [index[node] for node in origins], {}
    for goal in places:
        ends = [index[node] for node in router.network.places.get(goal, ())]
        for profile in profiles:
            for start in starts:
                leg = search.find_leg([start], ends, profile, CALM) if ends else None
                if leg is None or len(leg.path) < 2:
                    continue
                segments = [
                    one for run in runs.make(leg.path, profile, CALM) for one in run.segments
                ]
                for part, floors in _cut(segments):
                    key = (goal, part[0].from_node, part[-1].to_node, round(floors, 1))
                    if key not in found:
                        found[key] = make_leg(goal, part, floors)
    return tuple(found.values())


def make_leg(goal: str, segments: Sequence[Segment], floors: float) -> Leg:
    """Make a leg of what is walked to the next change of floors."""
    points, levels = _resample(segments)
    return Leg(segments[0].from_node, goal, tuple(segments), floors, points, levels)


def _cut(segments: Sequence[Segment]) -> Iterator[tuple[list[Segment], float]]:
    """Yield what is walked between changes of floors, and the storeys of the change behind it."""
    part: list[Segment] = []
    for segment in segments:
        if segment.kind in FLOOR_CHANGES and segment.floors:
            if part:
                yield part, segment.floors
            part = []
        else:
            part.append(segment)
    if part:
        yield part, 0.0


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
