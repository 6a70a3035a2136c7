"""A draft becomes a release, in force at once or at a time: in one transaction, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from wayfinder.model import Issue, Severity
from wayfinder.services import releases
from wayfinder.services.audit import note as note_entry
from wayfinder.services.drafts.adding import refuse_closed
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.errors import UnfitError
from wayfinder.services.drafts.noting import CALLED_OFF, PUBLISHED_DRAFT, SCHEDULED
from wayfinder.services.drafts.read import DraftPlan, look, read_plan
from wayfinder.services.never_came import list_never_came
from wayfinder.services.releases import Published
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import (
    DraftRecord,
    close_draft,
    get_draft,
    list_drafts,
    reopen_draft,
)
from wayfinder.store.releases import PackedPlan, ReleaseRecord, get_release, pack_plan
from wayfinder.store.schedules import (
    CANCELLED,
    ScheduleRecord,
    add_schedule,
    end_schedule,
    get_schedule,
    list_schedules,
)
from wayfinder.store.venues import VenueRecord, get_venue


@dataclass(frozen=True, slots=True)
class DraftPublished:
    """What a publish did.

    Parameters
    ----------
    published
        The release, and what came with it.
    warnings
        What should be looked at all the same.
    """

    published: Published
    warnings: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class DraftScheduled:
    """A release that is to come into force.

    Parameters
    ----------
    schedule
        When.
    warnings
        What should be looked at all the same.
    """

    schedule: ScheduleRecord
    warnings: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A draft that may be published, as far as can be told outside of the transaction."""

    found: DraftPlan
    packed: PackedPlan
    warnings: tuple[Issue, ...]


def publish_draft(
    desk: Desk,
    slug: str,
    draft_id: int,
    number: int,
    *,
    who: Actor,
    note: str = "",
    checked: Sequence[Issue] | None = None,
) -> DraftPublished:
    """Put a draft into force, and close it.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    number
        The last entry that whoever publishes has looked at.
    who
        Who publishes.
    note
        What is new in it; empty: the draft's name.
    checked
        All that is wrong with the draft after that entry, where it has been found out already;
        None: it is now, which takes seconds for a large plan.

    Raises
    ------
    UnfitError
        It has errors.
    ConflictError
        It is closed, somebody changed it meanwhile, or another release came into force whose
        changes it does not have; or a sign would get another's code.
    UnknownError
        There is no such venue or draft, or it has not so many entries.
    """
    ready = _make_ready(desk, slug, draft_id, number, checked)
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        release = _keep(connection, venue, ready, who=who, note=note)
        plan = ready.found.plan
        published = releases.put_in_force(connection, venue, release, plan, who=who.name)
        said, undo = {"name": ready.found.draft.name, "release": release.number}, published.undo
        note_entry(connection, PUBLISHED_DRAFT, who=who, venue=slug, details=said, undo=undo)
    return DraftPublished(published, ready.warnings)


def schedule_draft(
    desk: Desk,
    slug: str,
    draft_id: int,
    number: int,
    at: datetime,
    *,
    who: Actor,
    note: str = "",
    checked: Sequence[Issue] | None = None,
) -> DraftScheduled:
    """Make a release of a draft that comes into force at a time, and close the draft.

    What comes into force is what was looked at now, whatever becomes of other drafts.

    Parameters
    ----------
    desk, slug, draft_id, number, who, note, checked
        As for `publish_draft`.
    at
        Aware instant to come.

    Raises
    ------
    InvalidError
        The time is over, or has no zone.
    UnfitError, ConflictError, UnknownError
        As for `publish_draft`.
    """
    refuse_over(at)
    ready = _make_ready(desk, slug, draft_id, number, checked)
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        release = _keep(connection, venue, ready, who=who, note=note)
        draft = ready.found.draft
        schedule = add_schedule(
            connection, venue, release.number, at, upon=draft.upon, draft=draft.id, who=who.name
        )
        said = {"name": draft.name, "release": release.number, "at": at.isoformat()}
        note_entry(connection, SCHEDULED, who=who, venue=venue.slug, details=said)
    return DraftScheduled(schedule, ready.warnings)


def cancel_schedule(desk: Desk, slug: str, schedule_id: int, *, who: Actor) -> ScheduleRecord:
    """Call off what is to come into force; the draft that it was made of is open again.

    So is one whose release was refused at its time, and that nobody has seen to since.

    Raises
    ------
    UnknownError
        There is no such venue, or nothing of that id is to come into force in it.
    ConflictError
        It is in force already, or was called off.
    """
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_schedule(connection, venue, schedule_id)
        if record.done_at is not None and record not in list_never_came(connection, venue):
            raise ConflictError("schedule-done", outcome=record.outcome)
        end_schedule(connection, record, CANCELLED, at=datetime.now(UTC))
        if record.draft is not None:
            reopen_draft(connection, get_draft(connection, venue, record.draft))
        said = {"release": record.number, "at": record.due_at.isoformat()}
        note_entry(connection, CALLED_OFF, who=who, venue=venue.slug, details=said)
        return get_schedule(connection, venue, schedule_id)


def list_planned(desk: Desk, slug: str) -> list[ScheduleRecord]:
    """List what is to come into force in a venue, and what became of what was, by time.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with desk.store.read() as connection:
        return list_schedules(connection, get_venue(connection, slug))


def list_not_come(desk: Desk, slug: str) -> list[ScheduleRecord]:
    """List what was refused at its time and nobody has seen to since, the newest first.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with desk.store.read() as connection:
        return list_never_came(connection, get_venue(connection, slug))


def find_sources(desk: Desk, slug: str) -> dict[int, DraftRecord]:
    """Return of which drafts the releases of a venue were made, by number; not what was imported.

    A draft whose release was called off is open again, and made that release all the same.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with desk.store.read() as connection:
        venue = get_venue(connection, slug)
        drafts = {one.id: one for one in list_drafts(connection, venue)}
        planned = list_schedules(connection, venue)
    found = {one.number: drafts[one.draft] for one in planned if one.draft in drafts}
    return found | {one.release_number: one for one in drafts.values() if one.release_number}


def refuse_outdated(draft: DraftRecord, venue: VenueRecord, number: int) -> None:
    """Raise ConflictError for a draft that is no longer what was looked at, or lacks something.

    Parameters
    ----------
    draft
        The draft as it is now.
    venue
        Its venue as it is now.
    number
        The last entry that whoever publishes has looked at.
    """
    refuse_closed(draft)
    if draft.head != number:
        raise ConflictError("draft-moved", name=draft.name, head=draft.head, number=number)
    if venue.published not in draft.upon:
        raise ConflictError("draft-behind", name=draft.name, published=venue.published)


def refuse_over(at: datetime) -> None:
    """Raise InvalidError for a time that is over, or without a zone."""
    if at.tzinfo is None:
        raise InvalidError("no-time-zone", instant=at.isoformat())
    if at <= datetime.now(UTC):
        raise InvalidError("due-already", due=at.isoformat(timespec="minutes"))


def _make_ready(
    desk: Desk, slug: str, draft_id: int, number: int, checked: Sequence[Issue] | None
) -> _Ready:
    """Check a draft, and make ready what is kept of it: nobody waits for that."""
    if checked is None:
        found, seen = look(desk, slug, draft_id, number)
        issues = seen.issues
    else:
        found, issues = read_plan(desk, slug, draft_id, number), tuple(checked)
    refuse_closed(found.draft)
    errors, warnings = (
        tuple(one for one in issues if one.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    if errors:
        raise UnfitError(found.draft.name, issues, errors)
    packed = pack_plan(releases.encode_storable(found.plan))
    return _Ready(found, packed, warnings)


def _keep(
    connection: Connection, venue: VenueRecord, ready: _Ready, *, who: Actor, note: str
) -> ReleaseRecord:
    """Keep a draft as a release and close it, if it is still what was looked at."""
    found = ready.found
    draft = get_draft(connection, venue, found.draft.id)
    refuse_outdated(draft, venue, found.number)
    kept = releases.keep_plan(
        connection,
        venue,
        found.plan,
        ready.packed,
        errors={},
        note=note or draft.name,
        who=who.name,
    )
    # it may have been imported with errors that only its file had
    releases.refuse_errors(venue, kept.release)
    close_draft(connection, draft, who=who.name, release=kept.release.number)
    return get_release(connection, venue, kept.release.number)
