"""The registry of sign codes: rows are added and follow their signs, and are never removed."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.tables import sign_codes, venues
from wayfinder.store.venues import VenueRecord, touch_venue


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A code that was given out.

    Parameters
    ----------
    code
        The code, cleaned.
    venue
        Slug of its venue, or None where that is no longer kept here.
    feature
        Id of the sign in the release in force, or the last one it had.
    ref
        What one says on the telephone, such as ``A3-07``; empty where it has none.
    registered_at
        When it was given out.
    """

    code: str
    venue: str | None
    feature: str
    ref: str
    registered_at: datetime


_RECORDS = sa.select(
    sign_codes.c.code,
    venues.c.slug,
    sign_codes.c.feature,
    sign_codes.c.ref,
    sign_codes.c.registered_at,
).outerjoin(venues)


def list_codes(connection: Connection, venue: VenueRecord | None = None) -> list[CodeRecord]:
    """List the codes of a venue, or all there are, in the order of their codes."""
    chosen = _RECORDS.order_by(sign_codes.c.code)
    if venue is not None:
        chosen = chosen.where(sign_codes.c.venue_id == venue.id)
    return [CodeRecord(*row) for row in connection.execute(chosen)]


def add_code(connection: Connection, venue: VenueRecord, code: str, feature: str, ref: str) -> None:
    """Give out a code for good."""
    connection.execute(
        sa.insert(sign_codes).values(
            code=code,
            venue_id=venue.id,
            feature=feature,
            ref=ref,
            registered_at=datetime.now(UTC),
        )
    )
    touch_venue(connection, venue.id)


def move_code(
    connection: Connection, venue: VenueRecord, code: str, feature: str, ref: str
) -> None:
    """Note that the sign of a code is now known by another id."""
    chosen = sa.update(sign_codes).where(sign_codes.c.code == code)
    connection.execute(chosen.values(feature=feature, ref=ref))
    touch_venue(connection, venue.id)
