"""Work that is done in the background, and what came of it: rows that all processes see.

A row is done by one process at a time, which says every few seconds that it is alive. Where one has
been silent for `SILENT_S`, another takes its row over; what the first says then is not heard.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.errors import UnknownError
from wayfinder.store.job_tables import jobs
from wayfinder.store.tables import venues
from wayfinder.store.venues import VenueRecord

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
SILENT_S = 20.0
"""Whoever has not been heard of for so long has been killed (ours)."""
ANEW_S = 1800.0
"""What was asked longer ago is begun anew only when somebody asks again: nobody may want it by now,
and it may be what ended the server (ours)."""
KEPT = 20
"""So many answers of one kind are kept for a venue, the newest (ours)."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """Work that was asked for.

    Parameters
    ----------
    id
        Never used again.
    venue
        Slug of the venue.
    kind, key
        What is worked out, and of what: the same kind and key have the same answer.
    arguments
        What the work needs to know.
    state
        ``waiting``, ``running``, ``done`` or ``failed``.
    step, share
        What is done right now, and how much of all is done, 0 to 1.
    result
        What came of it, JSON; None until it is done.
    problem
        Why it failed: ``code`` and ``values``; empty unless it did.
    asked_by, asked_at
        Who asked for it last, and when.
    runner, started_at, beat_at
        Which process does it or did, since when, and when it was last heard of.
    done_at
        When it was done, or failed.
    """

    id: int
    venue: str
    kind: str
    key: str
    arguments: Mapping[str, Any]
    state: str
    step: str
    share: float
    result: Any
    problem: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    runner: str | None
    started_at: datetime | None
    beat_at: datetime | None
    done_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.state in {DONE, FAILED}

    def is_silent(self, now: datetime) -> bool:
        """Tell whether the process that does it has been killed."""
        if self.state != RUNNING or self.beat_at is None:
            return False
        return now - self.beat_at > timedelta(seconds=SILENT_S)


_RECORDS = sa.select(
    jobs.c.id,
    venues.c.slug.label("venue"),
    *(jobs.c[name] for name in JobRecord.__slots__ if name not in {"id", "venue"}),
).join(venues, jobs.c.venue_id == venues.c.id)
_AFRESH: Mapping[str, Any] = {
    "state": WAITING,
    "step": "",
    "share": 0.0,
    "result": None,
    "problem": {},
    "runner": None,
    "started_at": None,
    "beat_at": None,
    "done_at": None,
}


def find_job(connection: Connection, venue: VenueRecord, kind: str, key: str) -> JobRecord | None:
    """Return what was asked for under a kind and a key, or None."""
    chosen = _RECORDS.where(jobs.c.venue_id == venue.id, jobs.c.kind == kind, jobs.c.key == key)
    return _read(connection, chosen)


def get_job(connection: Connection, job_id: int) -> JobRecord:
    """Return a job by its id; raises UnknownError where there is none of that id any more."""
    found = _read(connection, _RECORDS.where(jobs.c.id == job_id))
    if found is None:
        raise UnknownError("unknown-job", id=job_id)
    return found


def put_job(
    connection: Connection,
    venue: VenueRecord,
    kind: str,
    key: str,
    arguments: Mapping[str, Any],
    *,
    who: str,
) -> JobRecord:
    """Let something be worked out, afresh where it was before; old answers of the kind go.

    Returns
    -------
    JobRecord
        It waits.
    """
    known = find_job(connection, venue, kind, key)
    asked: dict[str, Any] = {
        "arguments": dict(arguments),
        "asked_by": who,
        "asked_at": datetime.now(UTC),
    }
    if known is None:
        values = {"venue_id": venue.id, "kind": kind, "key": key, **asked, **_AFRESH}
        connection.execute(sa.insert(jobs).values(**values))
        _remove_old(connection, venue, kind)
    else:
        if not known.is_over:  # begun anew for one who was killed: it keeps its turn
            asked["asked_at"] = known.asked_at
        connection.execute(sa.update(jobs).where(jobs.c.id == known.id).values(**asked, **_AFRESH))
    found = find_job(connection, venue, kind, key)
    assert found is not None  # noqa: S101 - it was put there just now
    return found


def touch_job(connection: Connection, job_id: int, *, who: str, now: datetime) -> JobRecord:
    """Note that somebody still wants what waits; what is under way or over stays as it is."""
    waiting = sa.update(jobs).where(jobs.c.id == job_id, jobs.c.state == WAITING)
    connection.execute(waiting.values(asked_by=who, asked_at=now))
    return get_job(connection, job_id)


def claim_job(
    connection: Connection,
    runner: str,
    now: datetime,
    first: Collection[str] = (),
    last: Collection[str] = (),
) -> JobRecord | None:
    """Take the job whose turn it is, if no other is being done; one that was killed has its turn.

    That is the one that has waited longest; of the kinds that come last the one that somebody
    wanted to know last: whoever has gone on to another page does not wait for the older ones.
    What was asked within one second counts as one page's, and is done in its order.

    Parameters
    ----------
    connection
        Open for writing.
    runner
        Who is going to do it.
    now
        Aware instant.
    first
        Kinds that all others wait for.
    last
        Kinds that wait for all others.
    """
    alive = now - timedelta(seconds=SILENT_S)
    running = sa.select(jobs.c.id).where(jobs.c.state == RUNNING, jobs.c.beat_at >= alive)
    if connection.execute(running.limit(1)).first() is not None:
        return None
    waiting = sa.select(jobs.c.id, jobs.c.kind, jobs.c.asked_at).where(_may_begin(now))

    def find_turn(job_id: int, kind: str, asked_at: datetime) -> tuple[int, float, int]:
        if kind in last:
            # a page that asks two things asks for what it needs first at first
            return 2, -int(asked_at.timestamp()), job_id
        return int(kind not in first), asked_at.timestamp(), job_id

    turns = [find_turn(*row) for row in connection.execute(waiting)]
    if not turns:
        return None
    job_id = min(turns)[-1]
    begun = {"state": RUNNING, "runner": runner, "started_at": now, "beat_at": now}
    values = {**_AFRESH, **begun}
    connection.execute(sa.update(jobs).where(jobs.c.id == job_id).values(**values))
    return get_job(connection, job_id)


def has_waiting(connection: Connection, now: datetime) -> bool:
    """Tell whether anything waits to be done, what was killed included."""
    chosen = sa.select(jobs.c.id).where(_may_begin(now)).limit(1)
    return connection.execute(chosen).first() is not None


def has_running(connection: Connection, now: datetime) -> bool:
    """Tell whether anything is being done that would be begun anew if that were killed."""
    chosen = sa.select(jobs.c.id).where(_is_running_lately(now)).limit(1)
    return connection.execute(chosen).first() is not None


def _may_begin(now: datetime) -> "sa.ColumnElement[bool]":
    silent = jobs.c.beat_at < now - timedelta(seconds=SILENT_S)
    return (jobs.c.state == WAITING) | (_is_running_lately(now) & silent)


def _is_running_lately(now: datetime) -> "sa.ColumnElement[bool]":
    return (jobs.c.state == RUNNING) & (jobs.c.asked_at > now - timedelta(seconds=ANEW_S))


def beat_job(
    connection: Connection, job_id: int, runner: str, step: str, share: float, now: datetime
) -> bool:
    """Note how far a job has come; False where it is not this process's any more."""
    values = {"step": step, "share": min(max(share, 0.0), 1.0), "beat_at": now}
    return _update_own(connection, job_id, runner, values)


def end_job(
    connection: Connection,
    job_id: int,
    runner: str,
    *,
    result: Any = None,  # noqa: ANN401 - JSON
    problem: Mapping[str, Any] | None = None,
    now: datetime,
) -> bool:
    """Note what came of a job; False where it is not this process's any more."""
    state = DONE if problem is None else FAILED
    share = {"share": 1.0} if problem is None else {}
    values = {"state": state, "result": result, "problem": dict(problem or {}), "done_at": now}
    return _update_own(connection, job_id, runner, {**values, **share})


def _update_own(
    connection: Connection, job_id: int, runner: str, values: Mapping[str, Any]
) -> bool:
    own = sa.update(jobs).where(
        jobs.c.id == job_id, jobs.c.runner == runner, jobs.c.state == RUNNING
    )
    return bool(connection.execute(own.values(**values)).rowcount)


def _remove_old(connection: Connection, venue: VenueRecord, kind: str) -> None:
    same = (jobs.c.venue_id == venue.id) & (jobs.c.kind == kind)
    ordered = sa.select(jobs.c.id).where(same).order_by(jobs.c.asked_at.desc(), jobs.c.id.desc())
    old = [row.id for row in connection.execute(ordered.offset(KEPT))]
    over = jobs.c.state.in_((DONE, FAILED))
    if old:
        connection.execute(sa.delete(jobs).where(jobs.c.id.in_(old), over))


def _read(connection: Connection, chosen: "sa.Select[Any]") -> JobRecord | None:
    row = connection.execute(chosen).mappings().first()
    return None if row is None else JobRecord(**row)
