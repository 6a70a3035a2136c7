"""A way in runs, from door to door: each is made once and shared by all journeys that take it.

Whoever leaves a room walks the same few ways as all others who leave it: to the stairs, to the
lift, to the next ward. What is made of a run, such as its line, its steps and their words, is made
once for all.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from wayfinder.graph import EdgeKind, Network
from wayfinder.kept import Kept
from wayfinder.model.categories import VERTICAL
from wayfinder.route.journey import Run, Segment, SegmentKind
from wayfinder.route.line import Liner
from wayfinder.route.profiles import (
    LIFT_ALIGHT_S,
    LIFT_BOARD_S,
    LIFT_S_PER_FLOOR,
    WAIT_RANGE,
    WALK_RANGE,
)
from wayfinder.route.schedule import Epoch, Schedule
from wayfinder.route.search import Search

_KEPT_RUNS = 16_000
"""Of 1.7 kB each (ours)."""

_Key = tuple[tuple[int, ...], str, tuple[tuple[str, float], ...]]


class Runs:
    """Makes runs of ways and remembers them.

    Parameters
    ----------
    network
        The network.
    search
        The same, compiled.
    schedule
        What has hours.
    """

    def __init__(self, network: Network, search: Search, schedule: Schedule) -> None:
        self._liner = Liner(network)
        self._search = search
        self._timed = {key: search.shafts.expand({key}) for key in schedule.hours}
        self._kept: Kept[_Key, Run] = Kept(_KEPT_RUNS)
        index = search.table.index
        upright = {unit.id for unit in network.plan.units if unit.category in VERTICAL}
        self._unit = [network.graph.nodes[node]["unit"] for node in search.table.nodes]
        doors = [
            (index[tail], index[head])
            for tail, head, edge in network.graph.edges(data=True)
            if edge["kind"] is EdgeKind.DOOR
        ]
        # behind the door into a lift the ride comes, and both are one thing to do
        self._ends = frozenset(hop for hop in doors if self._unit[hop[1]] not in upright)

    def make(self, path: Sequence[int], profile: str, epoch: Epoch) -> list[Run]:
        """Make the runs of a way.

        Parameters
        ----------
        path
            Node indices from start to end; fewer than two make no run.
        profile
            Name of the profile.
        epoch
            When it is; today's waits for lifts depend on it.
        """
        runs = []
        for nodes in self._divide(path):
            key = (nodes, profile, epoch.wait_s)
            runs.append(self._kept.get(key, partial(self._make, nodes, profile, epoch)))
        return runs

    def _divide(self, path: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Divide a way behind its doors, but for that of the room it ends in."""
        begin, ends, unit = 0, self._ends, self._unit
        room = len(path) - 1  # from here on all lies in the room where the way ends
        while room > 0 and unit[path[room - 1]] == unit[path[-1]]:
            room -= 1
        for place, hop in enumerate(pairwise(path[: room + 1]), start=1):
            if hop in ends and place < room:
                yield tuple(path[begin : place + 1])
                begin = place
        if begin < len(path) - 1:
            yield tuple(path[begin:])

    def _make(self, nodes: tuple[int, ...], profile: str, epoch: Epoch) -> Run:
        search = self._search
        costs = search.get_costs(profile)
        path = tuple(search.table.nodes[node] for node in nodes)
        segments = tuple(self._liner.make_segments(path, costs, epoch))
        used = {key for segment in segments for key in segment.features}
        used |= {key for part in segments for key in (part.level, part.to_level)}
        groups = search.list_groups(nodes) if costs.profile.room else []
        unverified = (key for group in groups for key in costs.verdicts[group].unverified)
        return Run(
            nodes=path,
            segments=segments,
            features=frozenset(used),
            timed=tuple(k for k, covered in self._timed.items() if not covered.isdisjoint(used)),
            length_m=sum(segment.length_m for segment in segments),
            duration_s=sum(segment.duration_s for segment in segments),
            duration_range_s=_find_range(segments),
            unverified=tuple(dict.fromkeys(unverified)),
        )


def _find_range(segments: Sequence[Segment]) -> tuple[float, float]:
    """Return the shortest and the longest time to expect.

    What is walked takes 85 to 115 % of the time shown; the wait for a lift a quarter to twice
    what is assumed; rides take what they take (ours).
    """
    low = high = 0.0
    for segment in segments:
        shares, varying = WALK_RANGE, segment.duration_s
        if segment.kind is SegmentKind.LIFT:
            ride_s = LIFT_BOARD_S + LIFT_ALIGHT_S + LIFT_S_PER_FLOOR * abs(segment.floors)
            shares, varying = WAIT_RANGE, max(segment.duration_s - ride_s, 0.0)
        elif segment.kind is SegmentKind.ESCALATOR:
            varying = 0.0
        fixed = segment.duration_s - varying
        low, high = low + fixed + shares[0] * varying, high + fixed + shares[1] * varying
    return low, high
