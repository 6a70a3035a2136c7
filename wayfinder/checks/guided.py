"""The part of a way that needs no further word: up to where one would have to choose.

Somebody who has been told a direction goes on as the building leads: straight on, round the only
bend, through the door across the way. Where the way turns off although it also goes on otherwise,
a sign must have said so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist

from wayfinder.checks.floor_changes import find_stop
from wayfinder.checks.stroll import Halt, Stance, Stroll, Strolls, turn
from wayfinder.guide.bends import TURN_DEG, angle_deg, split_line, unit_vector
from wayfinder.guide.memory import recall
from wayfinder.guide.pointing import SOON_M
from wayfinder.guide.sights import Region
from wayfinder.kept import keep_with
from wayfinder.route import Router
from wayfinder.route.journey import Point, Segment, SegmentKind
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM, Epoch

FLOOR_CHANGES = frozenset({SegmentKind.LIFT, SegmentKind.STAIRS, SegmentKind.ESCALATOR})

_PORCH_M2 = 60.0
"""A space larger than this is no porch (ours)."""

_ASIDE_DEG = 67.5
_INSIDE_M = 0.5
_STEP_M = 1.0
_BEND_M = 1.5


@dataclass(frozen=True, slots=True)
class Way:
    """A way on one floor, as it is walked.

    Parameters
    ----------
    segments
        What is walked, up to a change of floors.
    floors
        Storeys climbed at its end, negative downward; 0 where it ends at the goal.
    shaft
        Id of the unit by which floors are changed, or of the node where stairs begin that are a
        line in a hall; or None.
    landing
        Node where that lets one out, or None.
    length_m
        Metres of the whole way to the goal, all floors.
    end
        Node at which it ends.
    """

    segments: tuple[Segment, ...]
    floors: float
    shaft: str | None
    landing: str | None
    length_m: float
    end: str

    def find_first_door(self, most_m: float) -> str | None:
        """Return the node behind the first door, if that is at hand."""
        walked_m = 0.0
        for segment in self.segments:
            if segment.kind is SegmentKind.DOOR:
                return segment.to_node
            walked_m += segment.length_m
            if walked_m > most_m:
                break
        return None


class Ways:
    """Ways of one profile at one time.

    Parameters
    ----------
    router
        The router.
    strolls
        Legs.
    profile
        Name of the profile.
    epoch
        What is open and closed.
    """

    def __init__(
        self, router: Router, strolls: Strolls, profile: str = "walk", epoch: Epoch = CALM
    ) -> None:
        self._strolls = strolls
        self._passages: dict[int, bool] = {}
        self._nodes = router.network.graph.nodes
        self._network = router.network
        self._search = router.search
        self._runs = keep_with(
            router, "sign_runs", lambda: Runs(router.network, router.search, router.schedule)
        )
        self._sights = recall(router.network).sights
        self.profile = profile
        self.epoch = epoch
        self._known: dict[tuple[str, frozenset[str]], Way | None] = {}

    def find(self, start: str, ends: frozenset[str]) -> Way | None:
        """Return the best way from a node to any of some, or None where there is none."""
        key = start, ends
        if key not in self._known:
            self._known[key] = self._make(start, ends)
        return self._known[key]

    def _make(self, start: str, ends: frozenset[str]) -> Way | None:
        index = self._search.table.index
        goals = [index[node] for node in sorted(ends)]
        leg = self._search.find_leg([index[start]], goals, self.profile, self.epoch)
        if leg is None:
            return None
        runs, end = self._runs.make(leg.path), self._search.table.nodes[leg.path[-1]]
        length_m = sum(run.length_m for run in runs)
        segments = [one for run in runs for one in run.segments]
        for place, segment in enumerate(segments):
            if segment.kind in FLOOR_CHANGES and segment.floors:
                shaft = find_stop(self._network.plan, self._network.graph, segment.from_node)
                before = self._stop_before(shaft, segments[:place])
                return Way(tuple(before), segment.floors, shaft, segment.to_node, length_m, end)
        return Way(tuple(segments), 0.0, None, None, length_m, end)

    def _stop_before(self, shaft: str | None, segments: list[Segment]) -> list[Segment]:
        """Leave off what is walked inside a lift, or on the landing of stairs, and their door."""
        while segments and self._nodes[segments[-1].to_node]["unit"] == shaft is not None:
            segments = segments[:-1]
        return segments

    def follow(self, way: Way, begin: Stance, *, told: bool) -> Stroll:
        """Walk along a way as far as nobody needs a word.

        Parameters
        ----------
        way
            The way.
        begin
            Where one stands, and what direction one comes in.
        told
            Whether an arrow has said how it begins: the first direction, and a turn soon after.
        """
        stances, halt, told_by = [begin], Halt.WALL, _Told(begin.heading, told=told)
        for bend in self._list_stretches(way.segments, begin):
            walked_m = sum(dist(a.at, b.at) for a, b in pairwise(stances))
            covered = told_by.covers(bend, walked_m)
            if bend.turned and not covered and self._is_choice(bend):
                halt = Halt.CHOICE
                stances += bend.list_entered(stances[-1].region)
                break
            stances += bend.list_stances()
        if told and len(stances) > 1:
            stances[0] = replace(begin, heading=stances[1].heading)
        far = [0.0]
        for one, other in pairwise(stances):
            far.append(far[-1] + dist(one.at, other.at))
        return Stroll(tuple(stances), tuple(far), halt)

    def list_choices(self, way: Way, begin: Stance) -> Iterator[Stance]:
        """Yield where on a way one must be told how to go on, if nothing but that is told.

        The last one is before the lift or stairs, where there are any.
        """
        last = begin
        for bend in self._list_stretches(way.segments, begin):
            if bend.turned and self._is_choice(bend):
                entered = bend.list_entered(last.region)
                yield (
                    entered[0]
                    if entered
                    else Stance(bend.region, bend.level_id, bend.line[0], bend.before)
                )
            last = (bend.list_stances() or [last])[-1]
        if way.floors:
            yield last

    def _list_stretches(self, segments: Sequence[Segment], begin: Stance) -> Iterator["_Stretch"]:
        heading = begin.heading
        at_doors = {n: s.line[0] for n, s in enumerate(segments) if s.kind is SegmentKind.DOOR}
        for place, segment in enumerate(segments):
            region = self._sights.find_region(segment.from_node)
            passed = [point for n, point in at_doors.items() if n < place][-1:]
            doors = (*passed, *[point for n, point in at_doors.items() if n >= place][:1])
            if segment.kind is SegmentKind.DOOR:
                across = unit_vector(segment.line[0], segment.line[-1])
                if across != (0.0, 0.0):
                    line = segment.line[:1]
                    yield _Stretch(region, segment.level, heading, across, line, doors)
                    heading = across
                continue
            for part in split_line(segment.line, _BEND_M):
                line = (part.start, part.end)
                yield _Stretch(region, segment.level, heading, part.heading, line, doors)
                heading = part.heading

    def _is_porch(self, region: Region) -> bool:
        """Tell whether a space leads from one other to one other only, by whichever door."""
        key = id(region)
        if key not in self._passages:
            small = region.polygon.area <= _PORCH_M2
            self._passages[key] = small and len(self._strolls.doors.list_beyond(region)) <= 2
        return self._passages[key]

    def _is_choice(self, bend: "_Stretch") -> bool:
        """Tell whether one might as well go straight on, or to the other side."""
        if self._is_porch(bend.region):
            return False
        turned_deg = angle_deg(bend.before, bend.heading)
        others = [bend.before, turn(bend.before, turned_deg)]
        return any(
            self._strolls.goes_on(bend.region, bend.line[0], way, but=bend.doors) for way in others
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A straight part of a way, and the direction in which one comes to it."""

    region: Region
    level_id: str
    before: Point
    heading: Point
    line: tuple[Point, ...]
    doors: tuple[Point, ...]
    """The last door on the way and the next one: they are no other way."""

    @property
    def turned(self) -> bool:
        """Whether one notices a turn."""
        return abs(angle_deg(self.before, self.heading)) >= TURN_DEG

    def list_entered(self, last: Region) -> list[Stance]:
        """List where one stands who has just come in from another space; none who has not."""
        if self.region is last:
            return []
        (x, y), (hx, hy) = self.line[0], self.before
        at = (x + hx * _INSIDE_M, y + hy * _INSIDE_M)
        return [Stance(self.region, self.level_id, at, self.before)]

    def list_stances(self) -> list[Stance]:
        """List where one looks round on it, a metre apart, its end included."""
        if len(self.line) < 2:
            return []
        (x, y), (u, v) = self.line
        count = max(1, round(dist(*self.line) / _STEP_M))
        shares = [k / count for k in range(1, count + 1)]
        return [
            Stance(
                self.region,
                self.level_id,
                (x + (u - x) * share, y + (v - y) * share),
                self.heading,
            )
            for share in shares
        ]


class _Told:
    """What an arrow has said of a way: its first direction, and the turn just behind the sign."""

    def __init__(self, facing: Point, *, told: bool) -> None:
        self._facing = facing
        self._told = told
        self._first_deg: float | None = None

    def covers(self, bend: _Stretch, walked_m: float) -> bool:
        """Tell whether the arrow has said how the next stretch goes; asked of each in turn."""
        if not self._told:
            return False
        deg = abs(angle_deg(self._facing, bend.heading))
        if self._first_deg is None:
            self._first_deg = deg
            return True
        if not bend.turned:
            return True
        # one arrow says one turn: the first, or that behind the sign, or the door beside it
        self._told = False
        return walked_m <= SOON_M and min(self._first_deg, deg) <= _ASIDE_DEG
