"""The router: from a place to a place, or an honest refusal."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from itertools import pairwise

from wayfinder.graph import Network
from wayfinder.model import Conditions
from wayfinder.route.journey import Journey, Refusal, Run, Stop, Times
from wayfinder.route.profiles import PROFILES, Profile
from wayfinder.route.refusals import Refusals
from wayfinder.route.runs import Runs
from wayfinder.route.schedule import CALM, Epoch, Schedule
from wayfinder.route.search import Leg, Search
from wayfinder.route.shelves import lend_shelf
from wayfinder.route.targets import NEAREST, Target, Targets
from wayfinder.route.times import add_times
from wayfinder.route.visits import find_best_order
from wayfinder.route.warnings import Request, Warnings
from wayfinder.shelf import Shelf

TREE_BYTES = 16 * 2**20
"""Memory for trees of one router: some 6,000 on a hospital of 10,000 nodes (ours)."""

_CALM = Conditions()


class Router:
    """Finds journeys on one network. Safe to share between threads.

    Parameters
    ----------
    network
        The network.
    release
        Content hash of the plan, handed through to every journey.
    profiles
        Profiles by name.
    tree_bytes
        Memory for cached trees.
    shelf
        Where what is made of ways is kept, for others with the same plan as well; None is one of
        its own.
    """

    def __init__(
        self,
        network: Network,
        release: str = "",
        *,
        profiles: Mapping[str, Profile] = PROFILES,
        tree_bytes: int = TREE_BYTES,
        shelf: Shelf | None = None,
    ) -> None:
        lend_shelf(network, release, shelf)
        self.network = network
        self.release = release
        self.profiles = profiles
        self.schedule = Schedule(network.plan)
        self.search = Search(network, profiles, tree_bytes)
        self._targets = Targets(network, self.schedule)
        self._runs = Runs(network, self.search, self.schedule)
        self._refusals = Refusals(self.search, self.schedule)
        self._warnings = Warnings(network, self.search, self.schedule)

    def step_aside(self, *, tree_bytes: int) -> "Router":
        """Return the same router with trees of its own, for whoever asks for all there is.

        What people ask for stays grown meanwhile. Lines, hours and all else are shared.

        Parameters
        ----------
        tree_bytes
            Memory for its trees.
        """
        aside = copy(self)
        aside.search = self.search.step_aside(tree_bytes)
        aside._refusals = Refusals(aside.search, self.schedule)  # noqa: SLF001 - one of us
        return aside

    def find_route(
        self,
        origin: str,
        destinations: Sequence[str],
        *,
        profile: str = "walk",
        departure: datetime,
        conditions: Conditions = _CALM,
        best_order: bool = False,
    ) -> Journey | Refusal:
        """Find the best journey from a place over others to a last one.

        Parameters
        ----------
        origin
            Feature id.
        destinations
            Feature ids, or ``nearest:CATEGORY``, in the order in which they are to be reached.
        profile
            Name of a profile.
        departure
            Aware instant: hours and closures are judged at it.
        conditions
            What is closed and slow today.
        best_order
            Whether all but the last destination may be visited in any order.

        Returns
        -------
        Journey or Refusal
            A refusal says what bars the way and what would work.

        Raises
        ------
        ValueError
            For an unknown profile, no destination, or an instant without a time zone.
        """
        if profile not in self.profiles:
            raise ValueError(
                f"no profile is called {profile!r}: choose from {', '.join(self.profiles)}"
            )
        if not destinations:
            raise ValueError("no destination")
        epoch = self.schedule.find_epoch(departure, conditions)
        request = Request(self.profiles[profile], departure, conditions, epoch)
        targets = self._find_targets([origin, *destinations], request)
        if isinstance(targets, Refusal):
            return targets
        if best_order and len(destinations) > 2:
            targets = self._reorder(targets, request)
        return self._find_journey(origin, targets, request)

    def find_path(
        self, origin: str, destination: str, *, profile: str = "walk", epoch: Epoch = CALM
    ) -> list[str] | None:
        """Find the node ids from one node to another, or None where there is no way.

        The bare search for those who have nodes already: no zone is entered.
        """
        index = self.search.table.index
        tree = self.search.get_tree((index[destination],), profile, epoch)
        path = tree.list_names(index[origin], self.search.get_costs(profile).names)
        return path if path[-1] == destination else None

    def warm(self, departure: datetime, conditions: Conditions = _CALM, *, count: int = 50) -> int:
        """Grow the trees most asked for under changed conditions, and return how many."""
        return self.search.warm(self.schedule.find_epoch(departure, conditions), count)

    def _find_targets(self, places: Sequence[str], request: Request) -> list[Target] | Refusal:
        targets: list[Target] = []
        for place in places:
            if place.startswith(NEAREST) and targets:
                target = self._targets.find_nearest(
                    place.removeprefix(NEAREST),
                    request.profile,
                    request.departure,
                    request.conditions,
                    beside=places[0],
                )
            else:
                target = self._targets.find(place)
            if target is None:
                code = "unknown-category" if place.startswith(NEAREST) else "unknown-place"
                return Refusal(code, {"place": place.removeprefix(NEAREST)}, (), None)
            if not target.feature_of_node:
                code = "none-open" if place.startswith(NEAREST) else "not-in-network"
                return Refusal(code, {"place": place.removeprefix(NEAREST)}, (), None)
            targets.append(target)
        return targets

    def _index(self, nodes: Mapping[str, str]) -> list[int]:
        index = self.search.table.index
        return [index[node] for node in nodes]

    def _reorder(self, targets: list[Target], request: Request) -> list[Target]:
        """Put all but the first and the last target in the best order."""

        def leg(start: int, end: int) -> Leg | None:
            return self.search.find_leg(
                self._index(targets[start].feature_of_node),
                self._index(targets[end].feature_of_node),
                request.profile.name,
                request.epoch,
            )

        size = len(targets)
        costs = [[float("inf")] * size for _ in range(size)]
        for start in range(size - 1):
            for end in range(1, size):
                found = leg(start, end) if start != end else None
                if found is not None:
                    cost_s = self.search.find_cost_s(found, request.profile.name, request.epoch)
                    costs[start][end] = cost_s
        return [targets[position] for position in find_best_order(costs)]

    def _find_journey(
        self, origin: str, targets: list[Target], request: Request
    ) -> Journey | Refusal:
        profile, nodes = request.profile.name, self.search.table.nodes
        runs: list[Run] = []
        times: list[Times] = []
        stops: list[Stop] = []
        starts, segments = self._index(targets[0].feature_of_node), 0
        for before, target in pairwise(targets):
            ends = self._index(target.feature_of_node)
            leg = self.search.find_leg(starts, ends, profile, request.epoch)
            if leg is None:
                return self._refuse(before.text, target, starts, ends, request)
            made = self._runs.make(leg.path)
            node = nodes[leg.path[-1]]
            times += [self._runs.time(run, profile, request.epoch) for run in made]
            elapsed_s = sum(one.shown_s for one in times)
            stops.append(Stop(target.feature_of_node[node], node, elapsed_s, segments, len(runs)))
            runs += made
            segments += sum(run.size for run in made)
            starts = [leg.path[-1]]
        return self._sum_up(origin, runs, stops, add_times(times), request)

    def _sum_up(
        self,
        origin: str,
        runs: Sequence[Run],
        stops: Sequence[Stop],
        times: Times,
        request: Request,
    ) -> Journey:
        warnings = self._warnings.find(runs, stops, request, times)
        return Journey(
            origin=origin,
            stops=tuple(stops),
            profile=request.profile.name,
            departure=request.departure,
            runs=tuple(runs),
            distance_m=sum(run.length_m for run in runs),
            duration_s=times.shown_s,
            duration_range_s=(times.least_s, times.most_s),
            verified=not times.unverified,
            unverified=times.unverified,
            warnings=tuple(warnings),
            release=self.release,
            conditions=request.epoch.id,
            barred=request.profile.barred,
        )

    def _refuse(
        self,
        origin: str,
        target: Target,
        starts: Sequence[int],
        ends: Sequence[int],
        request: Request,
    ) -> Refusal:
        return self._refusals.explain(
            origin,
            target.text,
            (starts, ends),
            profile=request.profile.name,
            departure=request.departure,
            conditions=request.conditions,
            epoch=request.epoch,
            measure=self._find_duration,
        )

    def _find_duration(self, leg: Leg, profile: str, epoch: Epoch) -> float:
        """Return the seconds shown for a way."""
        runs = self._runs
        return sum(runs.time(run, profile, epoch).shown_s for run in runs.make(leg.path))
