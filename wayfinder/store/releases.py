"""Releases: whole plans, kept for good, and the log of which was in force when."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model import Release, decode_plan
from wayfinder.model.canonical import HASH_PREFIX
from wayfinder.store.errors import DamagedError, UnknownError
from wayfinder.store.tables import publications, releases, venues
from wayfinder.store.venues import VenueRecord, touch_venue

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """What the store knows of a release, its plan aside.

    Parameters
    ----------
    number
        Counts the releases of a venue from 1.
    hash
        Content hash of its plan.
    errors
        Errors found at import, by code; a release that has some is never published.
    note
        What whoever imported it wrote down.
    imported_by, imported_at
        Who, and when.
    """

    number: int
    hash: str
    errors: Mapping[str, int]
    note: str
    imported_by: str
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry of the log of what was in force.

    Parameters
    ----------
    number
        The release that came into force.
    previous
        The one before it, or None.
    published_by, published_at
        Who, and when.
    """

    number: int
    previous: int | None
    published_by: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PackedPlan:
    """A plan as it is kept.

    Parameters
    ----------
    hash
        Content hash of the plan.
    data
        Its canonical JSON, compressed.
    """

    hash: str
    data: bytes


def pack_plan(canonical: bytes) -> PackedPlan:
    """Make ready what is kept of a plan, given its canonical JSON; needs no database."""
    digest = HASH_PREFIX + sha256(canonical).hexdigest()
    return PackedPlan(digest, zlib.compress(canonical, _LEVEL))


def unpack_plan(packed: PackedPlan) -> bytes:
    """Return the canonical JSON of a plan; raises DamagedError where it is not what was kept."""
    try:
        canonical = zlib.decompress(packed.data)
    except zlib.error:
        canonical = b""
    if HASH_PREFIX + sha256(canonical).hexdigest() != packed.hash:
        raise DamagedError("damaged-release", hash=packed.hash)
    return canonical


_RECORDS = sa.select(
    releases.c.number,
    releases.c.hash,
    releases.c.errors,
    releases.c.note,
    releases.c.imported_by,
    releases.c.imported_at,
)


def list_releases(connection: Connection, venue: VenueRecord) -> list[ReleaseRecord]:
    """List the releases of a venue, newest first."""
    chosen = _RECORDS.where(releases.c.venue_id == venue.id)
    rows = connection.execute(chosen.order_by(releases.c.number.desc()))
    return [ReleaseRecord(*row) for row in rows]


def find_newest(connection: Connection, venue: VenueRecord) -> ReleaseRecord | None:
    """Return the release that was imported last, or None before the first."""
    chosen = _RECORDS.where(releases.c.venue_id == venue.id)
    row = connection.execute(chosen.order_by(releases.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else ReleaseRecord(*row)


def get_release(connection: Connection, venue: VenueRecord, number: int) -> ReleaseRecord:
    """Return a release by its number; raises UnknownError where there is none."""
    chosen = _RECORDS.where(releases.c.venue_id == venue.id, releases.c.number == number)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        newest = find_newest(connection, venue)
        count = newest.number if newest else 0
        raise UnknownError("unknown-release", venue=venue.slug, number=number, newest=count)
    return ReleaseRecord(*row)


def read_release(connection: Connection, venue: VenueRecord, number: int) -> Release:
    """Read a release with its plan.

    Raises
    ------
    UnknownError
        There is none of that number.
    DamagedError
        What is kept is not what was imported.
    """
    get_release(connection, venue, number)
    chosen = sa.select(releases.c.hash, releases.c.plan).where(
        releases.c.venue_id == venue.id, releases.c.number == number
    )
    digest, data = connection.execute(chosen).one()
    return Release.of_known(decode_plan(unpack_plan(PackedPlan(digest, data))), number, digest)


def add_release(
    connection: Connection,
    venue: VenueRecord,
    packed: PackedPlan,
    *,
    errors: Mapping[str, int],
    note: str = "",
    who: str = "",
) -> ReleaseRecord:
    """Keep a plan as the venue's next release; it is not in force until it is published."""
    newest = find_newest(connection, venue)
    number = 1 + (newest.number if newest else 0)
    connection.execute(
        sa.insert(releases).values(
            venue_id=venue.id,
            number=number,
            hash=packed.hash,
            plan=packed.data,
            errors=dict(errors),
            note=note,
            imported_by=who,
            imported_at=datetime.now(UTC),
        )
    )
    touch_venue(connection, venue.id)
    return get_release(connection, venue, number)


def publish_release(
    connection: Connection, venue: VenueRecord, number: int, *, who: str = ""
) -> Publication:
    """Put a release into force; raises UnknownError where there is none of that number."""
    get_release(connection, venue, number)
    entry = Publication(number, venue.published, who, datetime.now(UTC))
    connection.execute(
        sa.insert(publications).values(
            venue_id=venue.id,
            number=number,
            previous=entry.previous,
            published_by=who,
            published_at=entry.published_at,
        )
    )
    connection.execute(sa.update(venues).where(venues.c.id == venue.id).values(published=number))
    touch_venue(connection, venue.id)
    return entry


def list_publications(connection: Connection, venue: VenueRecord) -> list[Publication]:
    """List what came into force when, newest first."""
    log = publications
    chosen = sa.select(log.c.number, log.c.previous, log.c.published_by, log.c.published_at)
    rows = connection.execute(chosen.where(log.c.venue_id == venue.id).order_by(log.c.id.desc()))
    return [Publication(*row) for row in rows]
