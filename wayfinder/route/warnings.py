"""What to know before setting out: what closes, what is closed, what is not known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayfinder.graph import Network
from wayfinder.model import Access, Conditions
from wayfinder.route.journey import RouteWarning, Run, Stop, Times
from wayfinder.route.profiles import Profile
from wayfinder.route.schedule import Epoch, Schedule
from wayfinder.route.search import Search

_RESTRICTED: Mapping[Access, str] = {
    Access.STAFF: "destination-staff",
    Access.PRIVATE: "destination-private",
    Access.TICKETED: "destination-ticketed",
}
"""Warning of a destination that not everybody may enter, by its access."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a journey is asked for under.

    Parameters
    ----------
    profile
        Who travels.
    departure
        Aware instant.
    conditions
        What is closed and slow today.
    epoch
        What is open and closed at departure.
    """

    profile: Profile
    departure: datetime
    conditions: Conditions
    epoch: Epoch


class Warnings:
    """Finds what to warn of.

    Parameters
    ----------
    network
        The network.
    search
        The same, compiled.
    schedule
        When what is open.
    """

    def __init__(self, network: Network, search: Search, schedule: Schedule) -> None:
        self._network = network
        self._search = search
        self._schedule = schedule

    def find(
        self,
        runs: Sequence[Run],
        stops: Sequence[Stop],
        request: Request,
        times: Times,
    ) -> list[RouteWarning]:
        """List the warnings of a journey.

        Parameters
        ----------
        runs, stops
            The journey's.
        request
            What it was asked for under.
        times
            How long it takes.
        """
        found = []
        if times.unverified:
            values = {"count": len(times.unverified)}
            found.append(RouteWarning("unverified-width", times.unverified, values))
        timed = dict.fromkeys(key for run in runs for key in run.timed)
        timed |= {stop.feature: None for stop in stops if stop.feature in self._schedule.hours}
        timed |= dict.fromkeys(self._list_exceptional(runs, stops, request))
        found += self._list_closing(timed, runs, stops, request, times.most_s)
        found += self._list_closed_stops(stops, request)
        found += self._list_restricted_stops(runs, stops, request)
        for key in timed:
            hours = self._schedule.find_hours(key, request.departure, request.conditions)
            if hours is not None and not hours.is_known(request.departure):
                found.append(RouteWarning("hours-unknown", (key,), {"hours": hours.text[:200]}))
        return found

    def _list_exceptional(
        self, runs: Sequence[Run], stops: Sequence[Stop], request: Request
    ) -> Iterator[str]:
        """Yield what has exceptional hours, today or to come, that the journey depends on."""
        for exception in request.conditions.hours:
            if self._touches(exception.feature, runs, stops):
                yield exception.feature

    def _touches(self, feature: str, runs: Sequence[Run], stops: Sequence[Stop]) -> bool:
        """Tell whether a journey uses a feature, or what hangs together with it."""
        covered = self._search.shafts.expand({feature})
        return any(not covered.isdisjoint(run.features) for run in runs) or any(
            stop.feature in covered for stop in stops
        )

    def _list_closing(
        self,
        timed: Iterable[str],
        runs: Sequence[Run],
        stops: Sequence[Stop],
        request: Request,
        longest_s: float,
    ) -> list[RouteWarning]:
        """Warn of what closes before the longest time to expect is over, soonest first."""
        start = request.departure
        end = start + timedelta(seconds=longest_s)
        closing = self._schedule.find_closing(timed, start, end, request.conditions)
        for closure in request.conditions.closures:
            if closure.start is not None and start < closure.start < end:
                touched = self._touches(closure.feature, runs, stops)
                closing += [(closure.feature, closure.start)] if touched else []
        closing.sort(key=lambda entry: (entry[1], entry[0]))
        return [
            RouteWarning("closes-soon", (key,), self._say_instant(instant, start))
            for key, instant in closing
        ]

    def _say_instant(self, instant: datetime, now: datetime) -> dict[str, str]:
        """Return an instant as ISO 8601 and on the venue's clock, with the day if not now's."""
        local, today = instant.astimezone(self._schedule.zone), now.astimezone(self._schedule.zone)
        clock = f"{local:%H:%M}" if local.date() == today.date() else f"{local:%Y-%m-%d %H:%M}"
        return {"at": local.isoformat(), "time": clock}

    def _list_restricted_stops(
        self, runs: Sequence[Run], stops: Sequence[Stop], request: Request
    ) -> list[RouteWarning]:
        """Warn of places that not everybody who travels so may enter, unless one sets out there."""
        network = self._network
        nodes = network.graph.nodes
        start = runs[0].first if runs else stops[0].node
        home = network.zone_of_unit.get(nodes[start]["unit"] or "")
        found = []
        for stop in stops:
            zone_id = network.zone_of_unit.get(nodes[stop.node]["unit"] or "")
            if zone_id is None or zone_id == home:
                continue
            access = network.zones[zone_id].access
            if access not in request.profile.enters:
                found.append(RouteWarning(_RESTRICTED[access], (stop.feature,), {}))
        return found

    def _list_closed_stops(self, stops: Sequence[Stop], request: Request) -> list[RouteWarning]:
        """Warn of places that are closed when one sets out, though the way there is open."""
        found = []
        asked = request.departure, request.conditions
        closed = request.conditions.closed_at(request.departure)
        for stop in stops:
            shut = not self._schedule.is_open(stop.feature, *asked)
            change = self._schedule.find_turn(stop.feature, *asked) if shut else None
            if shut or stop.feature in closed:
                later = change is not None and stop.feature not in closed
                code = "destination-opens-later" if later else "destination-closed"
                values = self._say_instant(change, request.departure) if change and later else {}
                found.append(RouteWarning(code, (stop.feature,), values))
        return found
