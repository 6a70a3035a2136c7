"""Releases that are to come into force at a time, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.draft_tables import schedules
from wayfinder.store.errors import UnknownError
from wayfinder.store.tables import venues
from wayfinder.store.venues import VenueRecord

PUBLISHED, CANCELLED, REFUSED = "published", "cancelled", "refused"
LATE_S = 60.0
"""What comes into force later than this after its time is called late (ours)."""


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """A release that is to come into force, or was.

    Parameters
    ----------
    id
        Never used again.
    venue
        Slug of the venue.
    number
        The release.
    draft
        Id of the draft that it was made of, or None.
    upon
        Releases whose changes it has, or that it was planned to take the place of, None among them
        for none: only over one of them it comes into force by itself. Empty: over any, as what was
        planned for a release by itself once did.
    due_at
        When it is to come into force.
    made_by, made_at
        Who said so, and when.
    done_at, outcome
        When it came into force (``published``), was called off (``cancelled``) or turned out to be
        impossible (``refused``); None while it is to come.
    problem
        Why it was refused: ``code`` and ``values``; empty otherwise.
    """

    id: int
    venue: str
    number: int
    draft: int | None
    upon: tuple[int | None, ...]
    due_at: datetime
    made_by: str
    made_at: datetime
    done_at: datetime | None
    outcome: str | None
    problem: Mapping[str, Any]

    def is_overtaken_by(self, number: int | None) -> bool:
        """Tell whether it would not come into force by itself while another release is."""
        return bool(self.upon) and number not in (*self.upon, self.number)

    @property
    def late_s(self) -> float:
        """Seconds from its time to when it came into force, if that is worth a note; else 0."""
        if self.outcome != PUBLISHED or self.done_at is None:
            return 0.0
        seconds = (self.done_at - self.due_at).total_seconds()
        return seconds if seconds > LATE_S else 0.0


_RECORDS = sa.select(
    schedules.c.id,
    venues.c.slug.label("venue"),
    schedules.c.number,
    schedules.c.draft_id.label("draft"),
    schedules.c.upon,
    schedules.c.due_at,
    schedules.c.made_by,
    schedules.c.made_at,
    schedules.c.done_at,
    schedules.c.outcome,
    schedules.c.problem,
).join(venues, schedules.c.venue_id == venues.c.id)


def add_schedule(
    connection: Connection,
    venue: VenueRecord,
    number: int,
    due_at: datetime,
    *,
    upon: Sequence[int | None] = (),
    draft: int | None = None,
    who: str = "",
) -> ScheduleRecord:
    """Note that a release is to come into force."""
    made = connection.execute(
        sa.insert(schedules).values(
            venue_id=venue.id,
            number=number,
            draft_id=draft,
            upon=list(upon),
            due_at=due_at,
            made_by=who,
            made_at=datetime.now(UTC),
            problem={},
        )
    )
    (schedule_id,) = made.inserted_primary_key or (0,)
    return get_schedule(connection, venue, schedule_id)


def list_schedules(connection: Connection, venue: VenueRecord) -> list[ScheduleRecord]:
    """List what is to come into force in a venue, and what was, by time."""
    chosen = _RECORDS.where(schedules.c.venue_id == venue.id)
    return _read(connection, chosen)


def list_due(connection: Connection, now: datetime) -> list[ScheduleRecord]:
    """List what should be in force by now in any venue and is not yet, by time."""
    chosen = _RECORDS.where(schedules.c.done_at.is_(None), schedules.c.due_at <= now)
    return _read(connection, chosen)


def get_schedule(connection: Connection, venue: VenueRecord, schedule_id: int) -> ScheduleRecord:
    """Return one by its id; raises UnknownError where the venue has none of that id."""
    chosen = _RECORDS.where(schedules.c.venue_id == venue.id, schedules.c.id == schedule_id)
    found = _read(connection, chosen)
    if not found:
        raise UnknownError("unknown-schedule", venue=venue.slug, id=schedule_id)
    return found[0]


def end_schedule(
    connection: Connection,
    record: ScheduleRecord,
    outcome: str,
    *,
    at: datetime,
    problem: Mapping[str, Any] | None = None,
) -> None:
    """Note what became of it."""
    chosen = sa.update(schedules).where(schedules.c.id == record.id)
    connection.execute(chosen.values(done_at=at, outcome=outcome, problem=dict(problem or {})))


def _read(connection: Connection, chosen: "sa.Select[Any]") -> list[ScheduleRecord]:
    rows = connection.execute(chosen.order_by(schedules.c.due_at, schedules.c.id)).mappings()
    return [ScheduleRecord(**{**row, "upon": tuple(row["upon"])}) for row in rows]
