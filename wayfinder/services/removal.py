"""What was heard back goes after a time: sentences first, then reports and counts."""

import logging
import random
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wayfinder.store import Store, StoreError
from wayfinder.store.daily_counts import sweep_counts
from wayfinder.store.feedback import sweep_reports

INTERVAL_S = 3_600.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what is kept.

    Parameters
    ----------
    text_days
        Sentences of reports.
    report_months
        Reports.
    count_months
        Counts: this month and so many before it that no day is older.
    """

    text_days: int = 90
    report_months: int = 25
    count_months: int = 25


def remove_old(store: Store, terms: Terms, *, at: datetime) -> None:
    """Remove what is older than it may be.

    Parameters
    ----------
    store
        Where it is.
    terms
        How long what is kept.
    at
        Aware instant.
    """
    now = at.astimezone(UTC)
    today = now.date()
    reports = datetime.combine(go_back(today, terms.report_months), now.timetz())
    # whole months: what was shown of one that is there stays as it was
    counts = go_back(today, terms.count_months - 1).replace(day=1)
    with store.write() as connection:
        sweep_reports(
            connection, texts_before=now - timedelta(days=terms.text_days), before=reports
        )
        sweep_counts(connection, before=counts.isoformat())


def go_back(day: date, months: int) -> date:
    """Return the day some months before, the last of a shorter month where it has no such day."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


class Removal:
    """Removes in the background what is old, each hour.

    Parameters
    ----------
    store
        Where it is.
    terms
        How long what is kept.
    interval_s
        Pause between two looks.
    """

    def __init__(self, store: Store, terms: Terms, *, interval_s: float = INTERVAL_S) -> None:
        self._store, self._terms, self._interval_s = store, terms, interval_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Remove until `stop`."""
        self._thread = threading.Thread(target=self._run, name="wayfinder-removal", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Remove no more."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None

    def _run(self) -> None:
        # not while a worker starts, and not all workers together
        pause_s = min(self._interval_s, 300.0) * random.random()  # noqa: S311 - see above
        while not self._stopping.wait(pause_s):
            try:
                remove_old(self._store, self._terms, at=datetime.now(UTC))
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                ours = isinstance(error, StoreError)
                said = str(error) if ours else type(error).__name__
                _log.error("removing what is old: %s", said, exc_info=None if ours else error)
            pause_s = self._interval_s
