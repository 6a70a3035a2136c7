"""What displays report of themselves: the last report of each, and how often each showed a notice.

Nobody's search, place or way is among it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.tables import display_plays, display_reports, displays
from wayfinder.store.venues import VenueRecord


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What a display said last.

    Parameters
    ----------
    display
        Its id.
    made_at
        When we were told.
    release
        Hash of the release that it has rendered, or None: none yet.
    conditions
        Number of the conditions that it has rendered, or None.
    program
        Version of the program that it runs.
    uptime_s
        Seconds since it was loaded.
    errors
        How many errors it had since then.
    remarks
        What the staff should know, by code.
    """

    display: str
    made_at: datetime
    release: str | None
    conditions: int | None
    program: str
    uptime_s: int
    errors: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlayRecord:
    """How often a display showed a notice.

    Parameters
    ----------
    display
        Its id.
    notice
        Id of the notice.
    count
        How often it was on the screen.
    first_at, last_at
        When we were first and last told of it.
    """

    display: str
    notice: str
    count: int
    first_at: datetime
    last_at: datetime


def list_reports(
    connection: Connection, venue: VenueRecord | None = None
) -> dict[str, ReportRecord]:
    """Return what the displays of a venue, or all, said last, by the display's id."""
    chosen = sa.select(display_reports)
    if venue is not None:
        chosen = chosen.where(display_reports.c.display.in_(_list_ids(venue)))
    return {
        row.display: ReportRecord(
            display=row.display,
            made_at=row.made_at,
            release=row.release,
            conditions=row.conditions,
            program=row.program,
            uptime_s=row.uptime_s,
            errors=row.errors,
            remarks=tuple(row.remarks),
        )
        for row in connection.execute(chosen)
    }


def list_plays(connection: Connection, venue: VenueRecord | None = None) -> list[PlayRecord]:
    """List how often the displays of a venue, or all, showed notices."""
    columns = display_plays.c
    chosen = sa.select(display_plays).order_by(columns.notice, columns.display)
    if venue is not None:
        chosen = chosen.where(columns.display.in_(_list_ids(venue)))
    return [PlayRecord(*row) for row in connection.execute(chosen)]


def put_reports(
    connection: Connection, reports: Iterable[ReportRecord], plays: Iterable[PlayRecord] = ()
) -> None:
    """Keep reports in place of those before, and count what was shown on.

    Parameters
    ----------
    connection
        Open for writing: nobody else writes meanwhile.
    reports
        At most one a display; an older one than what is kept changes nothing.
    plays
        What to add; at most one a display and notice.
    """
    _put_reports(connection, {one.display: one for one in reports})
    _count_plays(connection, {(one.display, one.notice): one for one in plays})


def _put_reports(connection: Connection, reports: Mapping[str, ReportRecord]) -> None:
    columns = display_reports.c
    chosen = sa.select(columns.display, columns.made_at).where(columns.display.in_(reports))
    known = {row.display: row.made_at for row in connection.execute(chosen)}
    fresh = [_row(one) for one in reports.values() if one.display not in known]
    if fresh:
        connection.execute(sa.insert(display_reports), fresh)
    newer = [_row(one) for key, one in reports.items() if key in known and one.made_at > known[key]]
    if newer:
        where = columns.display == sa.bindparam("of")
        named: dict[str, Any] = {name: sa.bindparam(name) for name in newer[0] if name != "display"}
        changes = [{"of": row.pop("display"), **row} for row in newer]
        connection.execute(sa.update(display_reports).where(where).values(named), changes)


def _count_plays(connection: Connection, plays: Mapping[tuple[str, str], PlayRecord]) -> None:
    columns = display_plays.c
    chosen = sa.select(columns.display, columns.notice).where(
        columns.display.in_({display for display, _ in plays})
    )
    known = {(row.display, row.notice) for row in connection.execute(chosen)}
    fresh = [
        {
            "display": one.display,
            "notice": one.notice,
            "count": one.count,
            "first_at": one.first_at,
            "last_at": one.last_at,
        }
        for key, one in plays.items()
        if key not in known
    ]
    if fresh:
        connection.execute(sa.insert(display_plays), fresh)
    more = [
        {"of": one.display, "about": one.notice, "added": one.count, "at": one.last_at}
        for key, one in plays.items()
        if key in known
    ]
    if more:
        changed = (
            sa.update(display_plays)
            .where(columns.display == sa.bindparam("of"), columns.notice == sa.bindparam("about"))
            .values(count=columns.count + sa.bindparam("added"), last_at=sa.bindparam("at"))
        )
        connection.execute(changed, more)


def _list_ids(venue: VenueRecord) -> sa.Select[tuple[str]]:
    return sa.select(displays.c.id).where(displays.c.venue_id == venue.id)


def _row(report: ReportRecord) -> dict[str, object]:
    return {
        "display": report.display,
        "made_at": report.made_at,
        "release": report.release,
        "conditions": report.conditions,
        "program": report.program,
        "uptime_s": report.uptime_s,
        "errors": report.errors,
        "remarks": list(report.remarks),
    }
