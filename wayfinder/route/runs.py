"""A way in runs, from door to door: each is made once and shared by all journeys that take it.

Whoever leaves a room walks the same few ways as all others who leave it: to the stairs, to the
lift, to the next ward. What is made of a run, such as its line, its steps and their words, is made
once for all and put on a shelf; only how long it takes is each profile's own.
"""

import marshal
from array import array
from collections.abc import Iterator, Sequence
from functools import partial

from wayfinder.graph import EdgeKind, Network
from wayfinder.kept import Kept
from wayfinder.model.categories import VERTICAL
from wayfinder.route.journey import Run, Segment, Times, list_features
from wayfinder.route.line import Liner
from wayfinder.route.schedule import Epoch, Schedule
from wayfinder.route.search import Search
from wayfinder.route.shelves import find_shelf
from wayfinder.route.times import add_times, time_segment

_KEPT_RUNS, _KEPT_TIMES, _KEPT_SEGMENTS = 4_000, 8_000, 1_000
"""Of half a kilobyte, of a quarter, and of 2: what is asked for often; all the others are on the
shelf (ours)."""

Waits = tuple[tuple[str, float], ...]


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
        self._shelf = find_shelf(network)
        self._kept: Kept[tuple[int, ...], Run] = Kept(_KEPT_RUNS)
        self._times: Kept[tuple[bytes, str, Waits], Times] = Kept(_KEPT_TIMES)
        self._segments: Kept[bytes, tuple[Segment, ...]] = Kept(_KEPT_SEGMENTS)
        self._profiles = {name: repr(one).encode() for name, one in search.profiles.items()}
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
        behind = {head for _, head in self._ends}
        self._behind = bytes(node in behind for node in range(len(self._unit)))

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
        key = run.key, profile, epoch.wait_s
        return self._times.get(key, partial(self._recall_times, run, profile, epoch))

    def _divide(self, path: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Divide a way behind its doors, but for that of the room it ends in."""
        begin, ends, behind, unit = 0, self._ends, self._behind, self._unit
        room = len(path) - 1  # from here on all lies in the room where the way ends
        while room > 0 and unit[path[room - 1]] == unit[path[-1]]:
            room -= 1
        for place in range(1, room):
            node = path[place]
            if behind[node] and (path[place - 1], node) in ends:
                yield tuple(path[begin : place + 1])
                begin = place
        if begin < len(path) - 1:
            yield tuple(path[begin:])

    def _make(self, nodes: tuple[int, ...]) -> Run:
        key = self._shelf.make_key(b"run", array("i", nodes).tobytes())
        known = self._shelf.get(key)
        if known is None:
            known = marshal.dumps(self._sum_up(self._lay(nodes)))
            self._shelf.put(key, known)
        length_m, size, timed = marshal.loads(known)  # noqa: S302 - written by this program
        first = self._search.table.nodes[nodes[0]]
        return Run(nodes, key, first, timed, size, length_m, self._make_segments)

    def _sum_up(self, segments: Sequence[Segment]) -> tuple[float, int, tuple[str, ...]]:
        used = list_features(segments)
        timed = tuple(k for k, covered in self._timed.items() if not covered.isdisjoint(used))
        return sum(segment.length_m for segment in segments), len(segments), timed

    def _make_segments(self, run: Run) -> tuple[Segment, ...]:
        return self._segments.get(run.key, partial(self._lay, run.path))

    def _lay(self, nodes: Sequence[int]) -> tuple[Segment, ...]:
        names = self._search.table.nodes
        return tuple(self._liner.make_segments([names[node] for node in nodes]))

    def _recall_times(self, run: Run, profile: str, epoch: Epoch) -> Times:
        asked = self._profiles[profile], repr(epoch.wait_s).encode()
        key = self._shelf.make_key(b"times", run.key, *asked)
        known = self._shelf.get(key)
        if known is None:
            known = marshal.dumps(tuple(self._time(run, profile, epoch)))
            self._shelf.put(key, known)
        return Times(*marshal.loads(known))  # noqa: S302 - written by this program

    def _time(self, run: Run, profile: str, epoch: Epoch) -> Times:
        search = self._search
        costs = search.get_costs(profile)
        times = add_times(time_segment(segment, costs, epoch) for segment in run.segments)
        if not costs.profile.room:
            return times
        unverified = (
            key
            for group in search.list_groups(run.path)
            for key in costs.verdicts[group].unverified
        )
        return times._replace(unverified=tuple(dict.fromkeys(unverified)))
