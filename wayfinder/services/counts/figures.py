"""What was counted in some months, as it may be shown: stretches from ten up, and their sums."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from wayfinder.services.counts.stretches import Stretch, find_last_day, list_stretches
from wayfinder.services.removal import go_back
from wayfinder.store import Store
from wayfinder.store.daily_counts import KINDS, LOST, SCAN, list_counts
from wayfinder.store.venues import get_venue

MONTHS = (1, 3, 12, 25)
"""Over how many months figures may be looked at, this one among them."""


@dataclass(frozen=True)
class Figures:
    """What was counted, as far as it may be shown.

    Parameters
    ----------
    first, last
        The first and the last day that are looked at.
    stretches
        All there are, by kind, key and day; everything else is sums of them.
    """

    first: date
    last: date
    stretches: tuple[Stretch, ...]

    @cached_property
    def sums(self) -> Mapping[str, Mapping[str, int]]:
        """Kind to key to the sum of its stretches, the largest first."""
        found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        for one in self.stretches:
            found[one.kind][one.key] += one.count
        return {kind: dict(counts.most_common()) for kind, counts in found.items()}

    @cached_property
    def months(self) -> list[date]:
        """The first days of the months that are looked at."""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found

    def get_total(self, kind: str) -> int:
        """Return the sum of all stretches of a kind."""
        return sum(self.sums[kind].values())

    def list_months(self, kind: str) -> list[tuple[date, int]]:
        """List the months, each with the sum of the stretches of a kind."""
        found: Counter[date] = Counter()
        for one in self.stretches:
            if one.kind == kind:
                found[one.first.replace(day=1)] += one.count
        return [(month, found[month]) for month in self.months]

    def list_days(self, kind: str) -> list[tuple[date, float]]:
        """List the days, each with what a day of its stretches had on average, all keys together.

        A stretch says how many there were in all of its days, not on which: each gets as much.
        """
        found: defaultdict[date, float] = defaultdict(float)
        for one in self.stretches:
            if one.kind == kind:
                for number in range(one.days):
                    found[one.first + timedelta(days=number)] += one.count / one.days
        days = (self.last - self.first).days + 1
        every = (self.first + timedelta(days=number) for number in range(max(days, 0)))
        return [(day, found[day]) for day in every]

    def list_lost(self) -> list[tuple[str, int, int]]:
        """List the signs after which people got lost: code, how many, scans; the worst first.

        By how many of a hundred scans that is; signs whose scans are not shown come last.
        """
        scans = self.sums[SCAN]
        found = [(key, count, scans.get(key, 0)) for key, count in self.sums[LOST].items()]
        return sorted(found, key=lambda one: (-one[1] / one[2] if one[2] else 0.0, one[0]))


def get_figures(store: Store, slug: str, zone: tzinfo, *, months: int, at: datetime) -> Figures:
    """Return what was counted in a venue.

    Parameters
    ----------
    store
        Where it is kept.
    slug
        The venue.
    zone
        Its time zone.
    months
        How many, the one of the last day that is shown among them.
    at
        Aware instant.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    last = find_last_day(at, zone)
    # stretches are put together from the first of a month: a period that began within one would
    # have others, and their difference would tell
    first = go_back(last.replace(day=1), months - 1)
    with store.read() as connection:
        venue = get_venue(connection, slug)
        counts = list_counts(connection, venue, since=first.isoformat(), until=last.isoformat())
    return Figures(first, last, tuple(list_stretches(counts, until=last)))


def write_rows(figures: Figures, names: Mapping[tuple[str, str], str]) -> Iterable[tuple[str, ...]]:
    """Yield what a table for other programs holds, a row a stretch, its head first.

    Parameters
    ----------
    figures
        What is written.
    names
        Kind and key to what it is called; what is missing is called nothing.
    """
    yield ("kind", "key", "name", "first_day", "last_day", "count")
    for one in figures.stretches:
        name = names.get((one.kind, one.key), "")
        days = (one.first.isoformat(), one.last.isoformat())
        yield (one.kind, one.key, name, *days, str(one.count))
