"""The inbox: what was reported, what becomes of it; all that staff do to it is in the log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.audit import note, undoing
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError, Store
from wayfinder.store.audit import Actor, AuditEntry
from wayfinder.store.feedback import (
    OPEN,
    STATES,
    ReportRecord,
    change_report,
    count_new,
    get_report,
    list_merged,
    list_reports,
)
from wayfinder.store.venues import VenueRecord, get_venue, touch_venue

CHANGED, MERGED, PARTED = "report-changed", "reports-merged", "report-parted"
LONGEST_NOTE = 200
"""Characters of who looks after a report (ours)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A report with those for which it speaks.

    Parameters
    ----------
    record
        The oldest about the same.
    others
        Further ones about the same, the newest first.
    """

    record: ReportRecord
    others: tuple[ReportRecord, ...] = ()

    @property
    def count(self) -> int:
        """How many people reported it, as far as one can tell."""
        return 1 + len(self.others)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The sentences, each after its language, the oldest first."""
        every = (self.record, *reversed(self.others))
        return [(one.report.language, one.report.text) for one in every if one.report.text]


def list_inbox(store: Store, slug: str, states: Collection[str] = OPEN) -> list[Item]:
    """List what was reported in a venue and is in one of some states, the newest first."""
    with store.read() as connection:
        venue = get_venue(connection, slug)
        merged = list_merged(connection, venue)
        return [_gather(one, merged) for one in list_reports(connection, venue, states)]


def get_item(store: Store, slug: str, report_id: int) -> Item:
    """Return a report with those for which it speaks, for one of them too.

    Raises
    ------
    UnknownError
        The venue has none of that number.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        record = get_root(connection, venue, report_id)
        return _gather(record, list_merged(connection, venue))


def count_unread(store: Store, slug: str) -> int:
    """Count what nobody has looked at yet."""
    with store.read() as connection:
        return count_new(connection, get_venue(connection, slug))


def list_alike(item: Item, inbox: Collection[Item]) -> list[Item]:
    """List of an inbox what may be about the same: the same place, else the same floor and kind."""
    own = item.record.report
    others = [one for one in inbox if one.record.id != item.record.id]
    same = [one for one in others if own.feature and one.record.report.feature == own.feature]
    floor = own.place.level if own.place is not None else None
    near = [
        one
        for one in others
        if one not in same
        and floor is not None
        and one.record.report.place is not None
        and one.record.report.place.level == floor
        and one.record.report.kind == own.kind
    ]
    return same + near


def change(
    store: Store, slug: str, report_id: int, *, state: str, assigned: str, who: Actor
) -> ReportRecord:
    """Note how far a report has come, and who looks after it.

    Raises
    ------
    UnknownError
        The venue has none of that number.
    FeedbackError
        There is no such state, or the note is too long.
    """
    noted = " ".join(assigned.split())
    if state not in STATES:
        raise FeedbackError("no-state")
    if len(noted) > LONGEST_NOTE:
        raise FeedbackError("note-too-long", limit=LONGEST_NOTE)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_root(connection, venue, report_id)
        before = {"state": record.state, "assigned": record.assigned}
        after = {"state": state, "assigned": noted}
        if before == after:
            return record
        change_report(connection, record, who=who.name, at=datetime.now(UTC), **after)
        details = {"report": record.id, "before-state": record.state, "state": state}
        undo = {"report": record.id, "before": before, "after": after}
        note(connection, CHANGED, who=who, venue=venue.slug, details=details, undo=undo)
        return get_report(connection, venue, record.id)


def merge(
    store: Store, slug: str, report_id: int, others: Collection[int], *, who: Actor
) -> ReportRecord:
    """Put reports about the same together: the oldest speaks for all, in the state of the first.

    Parameters
    ----------
    store, slug
        Where.
    report_id
        The report whose state, note and answer hold.
    others
        Those that are about the same.
    who
        Who says so.

    Raises
    ------
    UnknownError
        The venue has none of that number.
    FeedbackError
        There are no others.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        first = get_root(connection, venue, report_id)
        roots = {one.id: one for one in (get_root(connection, venue, one) for one in others)}
        roots.pop(first.id, None)
        if not roots:
            raise FeedbackError("none-chosen")
        every = {first.id: first, **roots}
        oldest = every[min(every)]
        merged = [one for one in list_merged(connection, venue) if one.merged_into in every]
        now = datetime.now(UTC)
        for one in (*every.values(), *merged):
            if one.id != oldest.id:
                # its answer would be shown for days after that of the oldest was ended
                under = {"merged_into": oldest.id, "answer": {}, "answer_until": None}
                change_report(connection, one, who=who.name, at=now, **under)
        held = {
            "state": first.state,
            "assigned": first.assigned,
            "answer": dict(first.answer),
            "answer_until": first.answer_until,
        }
        change_report(connection, oldest, who=who.name, at=now, **held)
        touch_venue(connection, venue.id)  # an answer is shown elsewhere now
        details = {"report": oldest.id, "count": 1 + len(merged) + len(roots)}
        note(connection, MERGED, who=who, venue=venue.slug, details=details)
        return get_report(connection, venue, oldest.id)


def part(store: Store, slug: str, report_id: int, *, who: Actor) -> ReportRecord:
    """Let a report speak for itself again: it was about something else.

    Raises
    ------
    UnknownError
        The venue has none of that number.
    FeedbackError
        No other speaks for it.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_report(connection, venue, report_id)
        if record.merged_into is None:
            raise FeedbackError("not-merged")
        now = datetime.now(UTC)
        change_report(connection, record, who=who.name, at=now, merged_into=None, state="seen")
        touch_venue(connection, venue.id)  # the other one's answer is shown there no more
        told = {"report": record.id, "from": record.merged_into}
        note(connection, PARTED, who=who, venue=venue.slug, details=told)
        return get_report(connection, venue, record.id)


@undoing(CHANGED, Role.EDITOR)
def change_back(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Let a report be as it was, if nobody has changed it since."""
    undo = entry.undo or {}
    venue = get_venue(connection, str(entry.venue))
    record = get_report(connection, venue, int(undo["report"]))
    if {"state": record.state, "assigned": record.assigned} != undo["after"]:
        raise ConflictError("not-undoable", entry=entry.id)
    change_report(connection, record, who=who.name, at=datetime.now(UTC), **undo["before"])
    return {
        "report": record.id,
        "before-state": record.state,
        "state": undo["before"]["state"],
    }


def _gather(record: ReportRecord, merged: Collection[ReportRecord]) -> Item:
    return Item(record, tuple(one for one in merged if one.merged_into == record.id))


def get_root(connection: Connection, venue: VenueRecord, report_id: int) -> ReportRecord:
    """Return a report, or the one that speaks for it; raises UnknownError where there is none."""
    record = get_report(connection, venue, report_id)
    if record.merged_into is None:
        return record
    return get_report(connection, venue, record.merged_into)
