"""From ten up: days are put together until ten have come, and only such stretches are shown.

The rule, by which no smaller number can be worked out from what is shown:

1. Of each thing that is counted (a sign's scans, say) the days of a month are put together in
   their order, beginning with the first, until the sum is ten or more. Such a stretch is shown by
   its first and last day and its exact sum. Then the next one begins.
2. What does not reach ten by the end of the month is not shown, nor whether it is nothing.
3. A day takes part when it has been over for two hours, and never changes after that: what was
   shown once stays as it is, and nobody learns anything by looking again.
4. Every total, for a floor, a month, a year, a picture, is a sum of stretches. No number is made
   of what is not shown, so that none differs from another one by less than ten.

Within a stretch of several days the sum of all but the last is less than ten, and may be anything
from nothing to nine: no day of it is known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from wayfinder.store.daily_counts import DayCount

LEAST = 10
"""Smaller numbers are not shown (design: decision 13)."""
SETTLED = timedelta(hours=2)
"""After a day's end until its counts are shown: what comes late is added until then (ours)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of one month in which something happened ten times or more.

    Parameters
    ----------
    kind, key
        What happened, as of `wayfinder.store.daily_counts.CountKey`.
    first, last
        The first and the last day.
    count
        How often in all of them.
    """

    kind: str
    key: str
    first: date
    last: date
    count: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def list_stretches(counts: Iterable[DayCount], *, until: date) -> list[Stretch]:
    """Put days together; see the rule above.

    Parameters
    ----------
    counts
        Of whole months from their first days on, ordered by kind, key and day.
    until
        The last day that takes part.
    """
    found: list[Stretch] = []
    for (kind, key, _), days in groupby(counts, lambda one: (one.kind, one.key, one.day[:7])):
        found += _put_together(kind, key, days, until)
    return found


def find_last_day(at: datetime, zone: tzinfo) -> date:
    """Return the last day that takes part at an aware instant."""
    return (at - SETTLED).astimezone(zone).date() - timedelta(days=1)


def _put_together(kind: str, key: str, days: Iterable[DayCount], until: date) -> Iterator[Stretch]:
    first: date | None = None
    total = 0
    for one in days:
        day = date.fromisoformat(one.day)
        if day > until:
            return
        # what is not in the table is a day with nothing, and one of the stretch
        first = first or day.replace(day=1)
        total += one.count
        if total >= LEAST:
            yield Stretch(kind, key, first, day, total)
            first, total = day + timedelta(days=1), 0
