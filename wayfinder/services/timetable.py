"""What happens at its time: each worker looks each second, one of them does it.

Releases come into force, and sets of conditions are switched by their hours.

What should have come into force while nobody looked does as soon as somebody does, and is called
late. What would undo a release that came into force meanwhile does not, and says so.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from wayfinder.model import Plan
from wayfinder.services.audit import note
from wayfinder.services.condition_sets import switch_due
from wayfinder.services.drafts import refuse_over
from wayfinder.services.drafts.noting import CAME, REFUSED_THEN, SCHEDULED
from wayfinder.services.one_by_one import Failed, do_each, log_failed
from wayfinder.services.releases import put_in_force, refuse_errors
from wayfinder.store import (
    ConflictError,
    DamagedError,
    InvalidError,
    Store,
    StoreError,
    UnavailableError,
)
from wayfinder.store.audit import Actor
from wayfinder.store.releases import ReleaseRecord, get_release, read_release
from wayfinder.store.schedules import (
    PUBLISHED,
    REFUSED,
    ScheduleRecord,
    add_schedule,
    end_schedule,
    get_schedule,
    list_due,
)
from wayfinder.store.venues import get_venue

INTERVAL_S = 1.0
Tell = Callable[[str, str], None]
_STATES = {True: "on", False: "off"}

_log = logging.getLogger(__name__)


def schedule_release(
    store: Store,
    slug: str,
    number: int,
    at: datetime,
    *,
    who: Actor,
    over: Sequence[int | None] = (),
) -> ScheduleRecord:
    """Let a release come into force at a time, if what is in force now still is then.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    number
        The release.
    at
        Aware instant to come.
    who
        Who plans it.
    over
        Over which releases it may come, None among them for none: what was looked at. Empty: any.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    ConflictError
        The release has errors, or another one than those named is in force.
    InvalidError
        The time is over, or has no zone.
    """
    refuse_over(at)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        refuse_errors(venue, get_release(connection, venue, number))
        if over and venue.published not in over:
            raise ConflictError("release-moved", venue=slug, published=venue.published)
        said = {"name": "", "release": number, "at": at.isoformat()}
        note(connection, SCHEDULED, who=who, venue=venue.slug, details=said)
        upon = (venue.published,)
        return add_schedule(connection, venue, number, at, upon=upon, who=who.name)


def publish_due(
    store: Store, now: datetime | None = None, *, failed: Failed = log_failed
) -> list[ScheduleRecord]:
    """Put into force what is due, each in a transaction of its own, and return what became of it.

    Parameters
    ----------
    store
        The store.
    now
        Aware instant; None is now.
    failed
        Told of what fails for a reason that nobody foresaw; it is due still.

    Raises
    ------
    UnavailableError
        The database cannot be reached; what was not done is due still.
    """
    instant = now or datetime.now(UTC)
    with store.read() as connection:
        due = list_due(connection, instant)
    return do_each(
        (
            (
                f"release {record.number} of venue {record.venue}",
                partial(_publish, store, record, instant),
            )
            for record in due
        ),
        failed,
    )


def _publish(store: Store, record: ScheduleRecord, now: datetime) -> ScheduleRecord | None:
    """Put a release into force, or note why not; None where another worker was quicker."""
    try:
        with store.read() as connection:
            venue = get_venue(connection, record.venue)
            release = get_release(connection, venue, record.number)
            plan = read_release(connection, venue, record.number).plan
        return _put_in_force(store, record, release, plan, now)
    except (ConflictError, InvalidError, DamagedError) as error:
        return _refuse(store, record, error, now)


def _put_in_force(
    store: Store, record: ScheduleRecord, release: ReleaseRecord, plan: Plan, now: datetime
) -> ScheduleRecord | None:
    with store.write() as connection:
        venue = get_venue(connection, record.venue)
        if get_schedule(connection, venue, record.id).done_at is not None:
            return None
        refuse_errors(venue, release)
        if record.is_overtaken_by(venue.published):
            raise ConflictError(
                "release-overtaken", number=release.number, published=venue.published
            )
        done = put_in_force(connection, venue, release, plan, who=record.made_by)
        end_schedule(connection, record, PUBLISHED, at=now)
        said, who = {"release": release.number}, Actor(record.made_by)
        note(connection, CAME, who=who, venue=venue.slug, details=said, undo=done.undo)
        return get_schedule(connection, venue, record.id)


def _refuse(
    store: Store, record: ScheduleRecord, error: StoreError, now: datetime
) -> ScheduleRecord | None:
    with store.write() as connection:
        venue = get_venue(connection, record.venue)
        if get_schedule(connection, venue, record.id).done_at is not None:
            return None
        problem = {"code": error.code, "values": dict(error.values)}
        end_schedule(connection, record, REFUSED, at=now, problem=problem)
        said = {"release": record.number, "reason": error.code}
        note(connection, REFUSED_THEN, who=Actor(record.made_by), venue=venue.slug, details=said)
        return get_schedule(connection, venue, record.id)


class Timetable:
    """Looks in the background for what is due.

    Parameters
    ----------
    store
        Where it is.
    interval_s
        Pause between two looks.
    tell
        Told the venue of each release that was due, and what became of it: ``published`` or
        ``refused``.
    """

    def __init__(
        self, store: Store, *, interval_s: float = INTERVAL_S, tell: Tell | None = None
    ) -> None:
        self._store = store
        self._tell = tell
        self._interval_s = interval_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._said: frozenset[str] = frozenset()
        self._saying: set[str] = set()

    def start(self) -> None:
        """Look until `stop`."""
        self._thread = threading.Thread(target=self._run, name="wayfinder-timetable", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; what is under way is done to its end."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=35)

    def _run(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            self._look()
            rest_s = self._interval_s - (time.monotonic() - started)
            self._stopping.wait(max(rest_s, self._interval_s / 10))

    def _look(self) -> None:
        self._saying = set()
        for do in (self._publish, self._switch):
            try:
                do()
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                self._say("what is due", error)
        self._said = frozenset(self._saying)

    def _publish(self) -> None:
        for record in publish_due(self._store, failed=self._say):
            _log_outcome(record)
            if self._tell is not None and record.outcome is not None:
                self._tell(record.venue, record.outcome)

    def _switch(self) -> None:
        for switched in switch_due(self._store, failed=self._say):
            _log.info("set %s: %s by its hours", switched.name, _STATES[switched.active])

    def _say(self, what: str, error: Exception) -> None:
        """Log what is wrong once, not every second."""
        is_away = isinstance(error, UnavailableError)
        problem = f"{what}: {error if is_away else type(error).__name__}"
        if problem not in self._said | self._saying:
            _log.error("%s", problem, exc_info=None if is_away else error)
        self._saying.add(problem)


def _log_outcome(record: ScheduleRecord) -> None:
    if record.outcome == REFUSED:
        code = record.problem.get("code")
        _log.error("venue %s: release %d is refused: %s", record.venue, record.number, code)
    elif record.late_s:
        late_s = record.late_s
        _log.warning("venue %s: release %d, %.0f s late", record.venue, record.number, late_s)
    else:
        _log.info("venue %s: release %d came into force", record.venue, record.number)
