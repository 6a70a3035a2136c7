"""How often something happened on a day: nothing in it says who did it, or in what order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.hearing_tables import daily_counts
from wayfinder.store.tables import venues
from wayfinder.store.venues import VenueRecord

SCAN, GOAL, UNMATCHED, LOST = "scan", "goal", "unmatched", "lost"
KINDS = (SCAN, GOAL, UNMATCHED, LOST)
"""Scans of a sign; destinations of a category; searches that found nothing; people who came back
to a sign or asked for their way again and again."""


class CountKey(NamedTuple):
    """What was counted.

    Parameters
    ----------
    slug
        Of the venue.
    day
        ISO 8601 date on its clocks.
    kind
        One of `KINDS`.
    key
        Code of a sign, or category of a destination; empty: at no sign.
    """

    slug: str
    day: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """How often something happened on a day.

    Parameters
    ----------
    kind, key, day
        As of `CountKey`.
    count
        How often.
    """

    kind: str
    key: str
    day: str
    count: int


def add_counts(connection: Connection, counts: Mapping[CountKey, int]) -> None:
    """Add to what was counted; what belongs to no venue is dropped.

    Parameters
    ----------
    connection
        Open for writing: nobody else writes meanwhile.
    counts
        How often each happened since it was added last.
    """
    columns = daily_counts.c
    slugs, days = {key.slug for key in counts}, {key.day for key in counts}
    chosen = sa.select(venues.c.slug, venues.c.id).where(venues.c.slug.in_(slugs))
    ids = {row.slug: row.id for row in connection.execute(chosen)}
    rows = connection.execute(
        sa.select(columns.venue_id, columns.day, columns.kind, columns.key).where(
            columns.venue_id.in_(ids.values()), columns.day.in_(days)
        )
    )
    known = {tuple(row) for row in rows}
    fresh, more = [], []
    for key, count in counts.items():
        if key.slug not in ids:
            continue
        place = (ids[key.slug], key.day, key.kind, key.key)
        of, day, kind, what = place
        if place in known:
            more.append({"of": of, "on": day, "sort": kind, "what": what, "added": count})
        else:
            fresh.append({"venue_id": of, "day": day, "kind": kind, "key": what, "count": count})
    if fresh:
        connection.execute(sa.insert(daily_counts), fresh)
    if more:
        changed = (
            sa.update(daily_counts)
            .where(
                columns.venue_id == sa.bindparam("of"),
                columns.day == sa.bindparam("on"),
                columns.kind == sa.bindparam("sort"),
                columns.key == sa.bindparam("what"),
            )
            .values(count=columns["count"] + sa.bindparam("added"))
        )
        connection.execute(changed, more)


def list_counts(
    connection: Connection, venue: VenueRecord, *, since: str, until: str
) -> list[DayCount]:
    """List what was counted in a venue from one day to another, by kind, key and day.

    Parameters
    ----------
    connection
        Open for reading.
    venue
        The venue.
    since, until
        ISO 8601 dates, both included.
    """
    columns = daily_counts.c
    chosen = (
        sa.select(columns.kind, columns.key, columns.day, columns["count"])
        .where(columns.venue_id == venue.id, columns.day >= since, columns.day <= until)
        .order_by(columns.kind, columns.key, columns.day)
    )
    return [DayCount(*row) for row in connection.execute(chosen)]


def sweep_counts(connection: Connection, *, before: str) -> None:
    """Remove what was counted before a day."""
    connection.execute(sa.delete(daily_counts).where(daily_counts.c.day < before))
