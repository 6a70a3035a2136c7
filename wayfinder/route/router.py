"""The router: from a place to a place, or an honest refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from wayfinder.graph import Network
from wayfinder.model import Access, Conditions
from wayfinder.route.journey import (
    Journey,
    Refusal,
    RouteWarning,
    Segment,
    SegmentKind,
    Stop,
)
from wayfinder.route.line import Liner
from wayfinder.route.profiles import (
    LIFT_ALIGHT_S,
    LIFT_BOARD_S,
    LIFT_S_PER_FLOOR,
    PROFILES,
    WAIT_RANGE,
    WALK_RANGE,
    Profile,
)
from wayfinder.route.refusals import Refusals
from wayfinder.route.schedule import CALM, Epoch, Schedule
from wayfinder.route.search import Leg, Search
from wayfinder.route.targets import NEAREST, Target, Targets
from wayfinder.route.visits import find_best_order

TREE_BYTES = 512 * 2**20
"""Memory for trees of one router: some 2,800 on a campus of 15,000 nodes (ours)."""

_CALM = Conditions()

_RESTRICTED = {
    Access.STAFF: "destination-staff",
    Access.PRIVATE: "destination-private",
    Access.TICKETED: "destination-ticketed",
}
"""Warning of a destination that not everybody may enter, by its access."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What a journey is asked for under."""

    profile: Profile
    departure: datetime
    conditions: Conditions
    epoch: Epoch


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
    """

    def __init__(
        self,
        network: Network,
        release: str = "",
        *,
        profiles: Mapping[str, Profile] = PROFILES,
        tree_bytes: int = TREE_BYTES,
    ) -> None:
        self.network = network
        self.release = release
        self.profiles = profiles
        self.schedule = Schedule(network.plan)
        self.search = Search(network, profiles, tree_bytes)
        self._targets = Targets(network, self.schedule)
        self._liner = Liner(network)
        self._refusals = Refusals(self.search, self.schedule)
        self._timed = {key: self.search.shafts.expand({key}) for key in self.schedule.hours}

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
        epoch = epoch.without(self._targets.list_left(origin))
        request = _Request(self.profiles[profile], departure, conditions, epoch)
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

    def _find_targets(self, places: Sequence[str], request: _Request) -> list[Target] | Refusal:
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

    def _reorder(self, targets: list[Target], request: _Request) -> list[Target]:
        """Put all but the first and the last target in the best order."""

        def leg(start: int, end: int) -> Leg | None:
            return self.search.find_leg(
                self._index(targets[start].feature_of_node),
                self._index(targets[end].feature_of_node),
                request.profile.name,
                request.epoch,
            )

        size = len(targets)
        costs = [[0.0] * size for _ in range(size)]
        for start in range(size - 1):
            for end in range(1, size):
                found = leg(start, end) if start != end else None
                costs[start][end] = found.cost_s if found else float("inf")
        return [targets[position] for position in find_best_order(costs)]

    def _find_journey(
        self, origin: str, targets: list[Target], request: _Request
    ) -> Journey | Refusal:
        costs = self.search.get_costs(request.profile.name)
        segments: list[Segment] = []
        stops: list[Stop] = []
        used: list[int] = []
        starts, elapsed_s = self._index(targets[0].feature_of_node), 0.0
        for before, target in pairwise(targets):
            ends = self._index(target.feature_of_node)
            leg = self.search.find_leg(starts, ends, request.profile.name, request.epoch)
            if leg is None:
                return self._refuse(before.text, target, starts, ends, request)
            path = [self.search.table.nodes[node] for node in leg.path]
            made = self._liner.make_segments(path, costs, request.epoch)
            elapsed_s += sum(segment.duration_s for segment in made)
            stops.append(Stop(target.feature_of_node[path[-1]], path[-1], elapsed_s, len(segments)))
            segments += made
            used += self.search.list_groups(leg.path) if request.profile.room else []
            starts = [leg.path[-1]]
        return self._sum_up(origin, segments, stops, used, request)

    def _sum_up(
        self,
        origin: str,
        segments: Sequence[Segment],
        stops: Sequence[Stop],
        used: Sequence[int],
        request: _Request,
    ) -> Journey:
        costs = self.search.get_costs(request.profile.name)
        verdicts = (costs.verdicts[group] for group in used)
        unverified = tuple(dict.fromkeys(key for verdict in verdicts for key in verdict.unverified))
        duration_s = sum(segment.duration_s for segment in segments)
        journey = Journey(
            origin=origin,
            stops=tuple(stops),
            profile=request.profile.name,
            departure=request.departure,
            segments=tuple(segments),
            distance_m=sum(segment.length_m for segment in segments),
            duration_s=duration_s,
            duration_range_s=self._find_range(segments),
            verified=not unverified,
            unverified=unverified,
            warnings=(),
            release=self.release,
            conditions=self.schedule.find_epoch(request.departure, request.conditions).id,
        )
        return replace(journey, warnings=tuple(self._list_warnings(journey, request)))

    @staticmethod
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

    def _list_warnings(self, journey: Journey, request: _Request) -> list[RouteWarning]:
        found = []
        if journey.unverified:
            values = {"count": len(journey.unverified)}
            found.append(RouteWarning("unverified-width", journey.unverified, values))
        used = {key for segment in journey.segments for key in segment.features}
        used |= {
            level for segment in journey.segments for level in (segment.level, segment.to_level)
        }
        used |= {stop.feature for stop in journey.stops}
        found += self._list_closing(used, journey, request)
        found += self._list_closed_stops(journey, request)
        found += self._list_restricted_stops(journey, request)
        found += [
            RouteWarning("hours-unknown", (key,), {"hours": self.schedule.hours[key].text[:200]})
            for key in self._list_timed(used)
            if not self.schedule.hours[key].is_known(request.departure)
        ]
        return found

    def _list_timed(self, used: set[str]) -> list[str]:
        """List what has hours that some of the features in use depend on."""
        return [key for key, covered in self._timed.items() if not covered.isdisjoint(used)]

    def _list_closing(
        self, used: set[str], journey: Journey, request: _Request
    ) -> list[RouteWarning]:
        """Warn of what closes before the longest time to expect is over, soonest first."""
        start = request.departure
        end = start + timedelta(seconds=journey.duration_range_s[1])
        closing = self.schedule.find_closing(self._list_timed(used), start, end)
        for closure in request.conditions.closures:
            if closure.start is not None and start < closure.start < end:
                covered = self.search.shafts.expand({closure.feature})
                closing += [] if covered.isdisjoint(used) else [(closure.feature, closure.start)]
        closing.sort(key=lambda entry: (entry[1], entry[0]))
        return [
            RouteWarning("closes-soon", (key,), self._say_instant(instant, start))
            for key, instant in closing
        ]

    def _say_instant(self, instant: datetime, now: datetime) -> dict[str, str]:
        """Return an instant as ISO 8601 and on the venue's clock, with the day if not now's."""
        local, today = instant.astimezone(self.schedule.zone), now.astimezone(self.schedule.zone)
        clock = f"{local:%H:%M}" if local.date() == today.date() else f"{local:%Y-%m-%d %H:%M}"
        return {"at": local.isoformat(), "time": clock}

    def _list_restricted_stops(self, journey: Journey, request: _Request) -> list[RouteWarning]:
        """Warn of places that not everybody who travels so may enter, unless one sets out there."""
        network = self.network
        nodes = network.graph.nodes
        start = journey.segments[0].from_node if journey.segments else journey.stops[0].node
        home = network.zone_of_unit.get(nodes[start]["unit"] or "")
        found = []
        for stop in journey.stops:
            zone_id = network.zone_of_unit.get(nodes[stop.node]["unit"] or "")
            if zone_id is None or zone_id == home:
                continue
            access = network.zones[zone_id].access
            if access not in request.profile.enters:
                found.append(RouteWarning(_RESTRICTED[access], (stop.feature,), {}))
        return found

    def _list_closed_stops(self, journey: Journey, request: _Request) -> list[RouteWarning]:
        """Warn of places that are closed when one sets out, though the way there is open."""
        found = []
        closed = request.conditions.closed_at(request.departure)
        for stop in journey.stops:
            hours = self.schedule.hours.get(stop.feature)
            shut = hours is not None and not hours.is_open(request.departure)
            change = hours.find_change(request.departure) if hours and shut else None
            if shut or stop.feature in closed:
                later = change is not None and stop.feature not in closed
                code = "destination-opens-later" if later else "destination-closed"
                values = self._say_instant(change, request.departure) if change and later else {}
                found.append(RouteWarning(code, (stop.feature,), values))
        return found

    def _refuse(
        self,
        origin: str,
        target: Target,
        starts: Sequence[int],
        ends: Sequence[int],
        request: _Request,
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
        path = [self.search.table.nodes[node] for node in leg.path]
        segments = self._liner.make_segments(path, self.search.get_costs(profile), epoch)
        return float(sum(segment.duration_s for segment in segments))
