"""What people report, and what was made of it. Nothing in it says who reported."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model import Labels
from wayfinder.model.sign_records import SignPlace
from wayfinder.store.errors import UnknownError
from wayfinder.store.hearing_tables import feedback
from wayfinder.store.venues import VenueRecord

KINDS = ("blocked", "sign-missing", "moved", "lift-out", "other")
"""What may be wrong."""
STATES = ("new", "seen", "in-work", "done", "refused")
"""How far staff have come with it."""
OPEN = ("new", "seen", "in-work")
"""States in which something is still to be done."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something that somebody told.

    Parameters
    ----------
    kind
        One of `KINDS`.
    feature
        Id of the place or sign that it is about; None: the whole venue.
    sign
        Code of the sign at which it was written; None: at none.
    place
        Where that is, and what it was called then; None where nobody knows.
    text
        The sentence; None: none, or removed since.
    language
        In which it was written.
    source
        ``phone`` or ``kiosk``.
    made_at
        When, to the quarter of an hour.
    """

    kind: str
    feature: str | None
    sign: str | None
    place: SignPlace | None
    text: str | None
    language: str
    source: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report as it is kept.

    Parameters
    ----------
    id
        Counts up over all venues; never used again.
    report
        What was told.
    state
        One of `STATES`.
    assigned
        Who looks after it, as staff note it; may be empty.
    changed_by, changed_at
        Who of the staff changed it last, and when; nobody, and when it came, before.
    merged_into
        The oldest report about the same, which speaks for it; None: it speaks for itself.
    answer
        What is shown at the place, by language; empty: nothing.
    answer_until
        Until when that is shown, or None.
    """

    id: int
    report: Report
    state: str
    assigned: str
    changed_by: str
    changed_at: datetime
    merged_into: int | None
    answer: Labels
    answer_until: datetime | None


def add_report(connection: Connection, venue: VenueRecord, report: Report, *, key: str) -> bool:
    """Keep a report; tell whether it is new: what is sent twice under one key is kept once."""
    columns = feedback.c
    known = connection.execute(sa.select(columns.id).where(columns.key == key)).first()
    if known is not None:
        return False
    values = {
        "venue_id": venue.id,
        "key": key,
        "kind": report.kind,
        "feature": report.feature,
        "sign": report.sign,
        "place": report.place.to_json() if report.place is not None else {},
        "text": report.text,
        "language": report.language,
        "source": report.source,
        "made_at": report.made_at,
        "state": "new",
        "assigned": "",
        "changed_by": "",
        "changed_at": report.made_at,
        "answer": {},
    }
    connection.execute(sa.insert(feedback).values(values))
    return True


def get_report(connection: Connection, venue: VenueRecord, report_id: int) -> ReportRecord:
    """Return a report of a venue; raises UnknownError where it has none of that number."""
    found = _list(connection, venue, feedback.c.id == report_id)
    if not found:
        raise UnknownError("unknown-report", report=report_id)
    return found[0]


def list_reports(
    connection: Connection, venue: VenueRecord, states: Collection[str] = STATES
) -> list[ReportRecord]:
    """List the reports of a venue that speak for themselves, the newest first."""
    columns = feedback.c
    return _list(connection, venue, columns.merged_into.is_(None), columns.state.in_(states))


def list_merged(connection: Connection, venue: VenueRecord) -> list[ReportRecord]:
    """List the reports of a venue for which another one speaks, the newest first."""
    return _list(connection, venue, feedback.c.merged_into.is_not(None))


def list_answered(
    connection: Connection, venue: VenueRecord, at: datetime
) -> list[tuple[ReportRecord, ReportRecord]]:
    """List the reports whose answer is shown at an instant, each beside whom it is about."""
    roots = {one.id: one for one in _list(connection, venue, feedback.c.answer_until > at)}
    if not roots:
        return []
    merged = _list(connection, venue, feedback.c.merged_into.in_(roots))
    own = [(root, root) for root in roots.values()]
    return own + [(roots[one.merged_into], one) for one in merged if one.merged_into is not None]


def count_new(connection: Connection, venue: VenueRecord) -> int:
    """Count the reports of a venue that nobody has looked at."""
    columns = feedback.c
    chosen = sa.select(sa.func.count()).where(
        columns.venue_id == venue.id, columns.state == "new", columns.merged_into.is_(None)
    )
    return int(connection.execute(chosen).scalar_one())


def count_since(
    connection: Connection, venue: VenueRecord, since: datetime, *, about: str | None = None
) -> int:
    """Count the reports that came since an instant: of the venue, or about one place of it."""
    columns = feedback.c
    chosen = sa.select(sa.func.count()).where(
        columns.venue_id == venue.id, columns.made_at >= since
    )
    if about is not None:
        chosen = chosen.where(columns.feature == about)
    return int(connection.execute(chosen).scalar_one())


def change_report(
    connection: Connection,
    record: ReportRecord,
    *,
    who: str,
    at: datetime,
    **values: Any,  # noqa: ANN401 - columns
) -> None:
    """Let a report have other values, and note who of the staff changed it."""
    connection.execute(
        sa.update(feedback)
        .where(feedback.c.id == record.id)
        .values(**values, changed_by=who, changed_at=at)
    )


def sweep_reports(connection: Connection, *, texts_before: datetime, before: datetime) -> None:
    """Remove the sentences of reports, and reports, that were made before an instant.

    What another report speaks for goes with that one.
    """
    columns = feedback.c
    connection.execute(
        sa.update(feedback)
        .where(columns.made_at < texts_before, columns.text.is_not(None))
        .values(text=None)
    )
    old = sa.select(columns.id).where(columns.made_at < before)
    gone = list(connection.execute(old).scalars())
    for part in _cut(gone):
        connection.execute(sa.delete(feedback).where(columns.merged_into.in_(part)))
        connection.execute(sa.delete(feedback).where(columns.id.in_(part)))


def _cut(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    """Yield a list in parts: databases take so many values in a statement and no more."""
    ids.sort(reverse=True)  # what is spoken for goes before what speaks for it
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _list(
    connection: Connection, venue: VenueRecord, *where: sa.ColumnElement[bool]
) -> list[ReportRecord]:
    chosen = sa.select(feedback).where(feedback.c.venue_id == venue.id, *where)
    rows = connection.execute(chosen.order_by(feedback.c.id.desc()))
    return [_read(row) for row in rows.mappings()]


def _read(row: Mapping[Any, Any]) -> ReportRecord:
    report = Report(
        kind=row["kind"],
        feature=row["feature"],
        sign=row["sign"],
        place=SignPlace.of_json(row["place"]),
        text=row["text"],
        language=row["language"],
        source=row["source"],
        made_at=row["made_at"],
    )
    return ReportRecord(
        id=row["id"],
        report=report,
        state=row["state"],
        assigned=row["assigned"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        merged_into=row["merged_into"],
        answer=row["answer"],
        answer_until=row["answer_until"],
    )
