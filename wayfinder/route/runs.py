"""A way in runs, from door to door: each is made once and shared by all journeys that take it.

Whoever leaves a room walks the same few ways as all others who leave it: to the stairs, to the
lift, to the next ward. What is made of a run, such as its line, its steps and their words, is made
once for all; only how long it takes is each profile's own.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from wayfinder.graph import EdgeKind, Network
from wayfinder.kept import Kept
from wayfinder.model.categories import VERTICAL
from wayfinder.route.journey import Run, Times, list_features
from wayfinder.route.line import Liner
from wayfinder.route.schedule import Epoch, Schedule
from wayfinder.route.search import Search
from wayfinder.route.times import add_times, time_segment

_KEPT_RUNS = 26_000
"""Of some 2 kB each; all pairs of a large hospital have some 16,000 (ours)."""


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
        self._kept: Kept[tuple[int, ...], Run] = Kept(_KEPT_RUNS)
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

    def make(self, path: Sequence[int]) -> list[Run]:
        """Make the runs of a way.

        Parameters
        ----------
        path
            Node indices from start to end; fewer than two make no run.
        """
        kept, make = self._kept, self._make
        return [kept.get(nodes, partial(make, nodes)) for nodes in self._divide(path)]

    def time(self, run: Run, profile: str, epoch: Epoch) -> Times:
        """Return how long a run takes.

        Parameters
        ----------
        run
            One of those made here.
        profile
            Name of the profile.
        epoch
            When it is; today's waits for lifts depend on it.
        """
        key = profile, epoch.wait_s
        times = run.times.get(key)
        if times is None:
            times = run.times.setdefault(key, self._time(run, profile, epoch))
        return times

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

    def _make(self, nodes: tuple[int, ...]) -> Run:
        names = self._search.table.nodes
        path = tuple(names[node] for node in nodes)
        segments = tuple(self._liner.make_segments(path))
        used = list_features(segments)
        return Run(
            nodes=path,
            segments=segments,
            timed=tuple(k for k, covered in self._timed.items() if not covered.isdisjoint(used)),
            length_m=sum(segment.length_m for segment in segments),
        )

    def _time(self, run: Run, profile: str, epoch: Epoch) -> Times:
        search = self._search
        costs = search.get_costs(profile)
        times = add_times(time_segment(segment, costs, epoch) for segment in run.segments)
        if not costs.profile.room:
            return times
        nodes = [search.table.index[node] for node in run.nodes]
        unverified = (
            key for group in search.list_groups(nodes) for key in costs.verdicts[group].unverified
        )
        return times._replace(unverified=tuple(dict.fromkeys(unverified)))
