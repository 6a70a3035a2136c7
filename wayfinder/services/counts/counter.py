"""Counting what happens, in memory, so that nobody's answer waits for it.

Each worker adds up by itself and writes once a minute what has come together, in one short
transaction; the store adds up the workers. What is lost when a process is killed is a minute.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from wayfinder.services.written_behind import WrittenBehind
from wayfinder.store import Store
from wayfinder.store.daily_counts import CountKey, add_counts

INTERVAL_S = 60.0
LATE = timedelta(hours=1)
"""So long after a day's end something is still added to it (ours); figures wait longer."""
MOST_KEYS = 50_000
"""Different things that are kept while the store is away (ours): some 10 MB."""

Tell = Callable[[str, int], None]
"""Told what became of so many: ``written``, ``late`` or ``full``."""


class Counts(WrittenBehind):
    """What was counted and the store does not know yet.

    Parameters
    ----------
    store
        Where it is written to.
    interval_s
        How long is counted in memory.
    clock
        The time, aware.
    tell
        Called with what became of counts.
    """

    def __init__(
        self,
        store: Store,
        *,
        interval_s: float = INTERVAL_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        tell: Tell | None = None,
    ) -> None:
        super().__init__("counts", interval_s=interval_s, spread=True)
        self._store, self._clock = store, clock
        self._tell: Tell = tell or (lambda _what, _count: None)
        self._counts: Counter[CountKey] = Counter()
        self._zones: dict[str, tzinfo] = {}
        self._lock = threading.Lock()

    def add(self, slug: str, zone: tzinfo, kind: str, key: str) -> None:
        """Count something; takes some microseconds and waits for nothing.

        Parameters
        ----------
        slug
            Of the venue.
        zone
            Its time zone, in which the day is told.
        kind, key
            As of `wayfinder.store.daily_counts.CountKey`.
        """
        day = self._clock().astimezone(zone).date().isoformat()
        found = CountKey(slug, day, kind, key)
        with self._lock:
            self._zones[slug] = zone
            if found in self._counts or len(self._counts) < MOST_KEYS:
                self._counts[found] += 1
                return
        self._tell("full", 1)

    def flush(self) -> None:
        """Write what came together; raises StoreError where that cannot be: it is kept."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        fresh = {key: count for key, count in counts.items() if not self._is_late(key)}
        # a day of which the figures are out must not change any more
        late = counts.total() - sum(fresh.values())
        if late:
            self._tell("late", late)
        if not fresh:
            return
        try:
            with self._store.write() as connection:
                add_counts(connection, fresh)
        except Exception:
            with self._lock:
                self._counts.update(fresh)
            raise
        self._tell("written", sum(fresh.values()))

    def _is_late(self, key: CountKey) -> bool:
        before = (self._clock() - LATE).astimezone(self._zones[key.slug]).date().isoformat()
        return key.day < before
