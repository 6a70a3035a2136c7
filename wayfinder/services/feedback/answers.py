"""Answers to reports: shown for a time at the sign and on the place that they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.model import Labels
from wayfinder.services.audit import note, undoing
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.inbox import get_root
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError, Store
from wayfinder.store.audit import Actor, AuditEntry
from wayfinder.store.feedback import ReportRecord, change_report, get_report, list_answered
from wayfinder.store.venues import VenueRecord, get_venue, touch_venue

DAYS = (1, 3, 7, 14, 30)
"""For how many days an answer may be shown."""
LONGEST = 200
"""Characters of an answer in one language (ours): it is read standing."""
ANSWERED, ENDED = "report-answered", "report-answer-ended"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown at a place.

    Parameters
    ----------
    text
        By language.
    until
        Until when.
    kind
        What was reported, one of `wayfinder.store.feedback.KINDS`.
    features
        Ids of the places, signs and screens at which it was.
    is_done
        Whether it is mended, as staff say.
    """

    text: Labels
    until: datetime
    kind: str = "other"
    features: tuple[str, ...] = ()
    is_done: bool = True


Answers = Mapping[str, tuple[Answer, ...]]
"""Id of a place or sign, or code of a sign, to what is shown there."""
NONE: Answers = MappingProxyType({})


def read_answers(connection: Connection, venue: VenueRecord, at: datetime) -> Answers:
    """Return what is shown where from an instant on, also to those who stood elsewhere."""
    found: dict[str, list[Answer]] = {}
    for root, about in list_answered(connection, venue, at):
        if root.answer_until is None:
            continue
        shown = make_answer(root, root.answer, root.answer_until)
        for key in (about.report.feature, about.report.sign):
            if key and shown not in found.setdefault(key, []):
                found[key].append(shown)
    return MappingProxyType({key: tuple(answers) for key, answers in found.items()})


def make_answer(record: ReportRecord, text: Labels, until: datetime, *, state: str = "") -> Answer:
    """Make the answer to a report: as it is kept, or as it would be in another state."""
    feature = record.report.feature
    done = (state or record.state) == "done"
    return Answer(text, until, record.report.kind, (feature,) if feature else (), done)


def check_answer(text: Labels, days: int) -> dict[str, str]:
    """Return an answer as it is kept.

    Raises
    ------
    FeedbackError
        Nothing is said, too much, or for too long.
    """
    said = {tag: " ".join(words.split()) for tag, words in text.items() if words.strip()}
    if not said:
        raise FeedbackError("no-answer")
    if any(len(words) > LONGEST for words in said.values()):
        raise FeedbackError("answer-too-long", limit=LONGEST)
    if days not in DAYS:
        raise FeedbackError("no-days")
    return said


def answer(
    store: Store,
    slug: str,
    report_id: int,
    text: Labels,
    *,
    days: int,
    who: Actor,
    state: str = "done",
    at: datetime | None = None,
) -> ReportRecord:
    """Let an answer be shown for some days, in place of the one before, and the report be done.

    Parameters
    ----------
    store, slug, report_id
        The report.
    text
        By language.
    days
        One of `DAYS`.
    who
        Who answers.
    state
        How far the report has come with it.
    at
        Aware instant; None is now.

    Raises
    ------
    UnknownError
        The venue has no report of that number.
    FeedbackError
        Nothing is said, too much, or for too long.
    """
    said = check_answer(text, days)
    now = at or datetime.now(UTC)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_root(connection, venue, report_id)
        if record.report.feature is None and record.report.sign is None:
            raise FeedbackError("nowhere")
        values = {"answer": said, "answer_until": now + timedelta(days=days), "state": state}
        change_report(connection, record, who=who.name, at=now, **values)
        undo = {"report": record.id, "answer": said, **_write(record)}
        touch_venue(connection, venue.id)  # workers notice
        told = {"report": record.id}
        note(connection, ANSWERED, who=who, venue=venue.slug, details=told, undo=undo)
        return get_report(connection, venue, record.id)


def end_answer(store: Store, slug: str, report_id: int, *, who: Actor) -> ReportRecord:
    """Show an answer no more.

    Raises
    ------
    UnknownError
        The venue has no report of that number.
    FeedbackError
        None is shown.
    """
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = get_root(connection, venue, report_id)
        if not record.answer:
            raise FeedbackError("no-answer-shown")
        now = datetime.now(UTC)
        change_report(connection, record, who=who.name, at=now, answer={}, answer_until=None)
        touch_venue(connection, venue.id)
        told = {"report": record.id}
        undo = {**told, **_write(record)}
        note(connection, ENDED, who=who, venue=venue.slug, details=told, undo=undo)
        return get_report(connection, venue, record.id)


@undoing(ANSWERED, Role.PUBLISHER)
@undoing(ENDED, Role.PUBLISHER)
def answer_as_before(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Show what was shown before, if nobody has answered something else since."""
    undo = entry.undo or {}
    venue = get_venue(connection, str(entry.venue))
    record = get_report(connection, venue, int(undo["report"]))
    if dict(record.answer) != undo.get("answer", {}):
        raise ConflictError("not-undoable", entry=entry.id)
    until = datetime.fromisoformat(undo["until"]) if undo["until"] else None
    values = {"answer": undo["before"], "answer_until": until, "state": undo["state"]}
    change_report(connection, record, who=who.name, at=datetime.now(UTC), **values)
    touch_venue(connection, venue.id)
    return {"report": record.id}


def _write(record: ReportRecord) -> dict[str, Any]:
    until = record.answer_until
    return {
        "before": dict(record.answer),
        "until": None if until is None else until.isoformat(),
        "state": record.state,
    }
