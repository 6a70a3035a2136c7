"""Venues and the organisations that own them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.model import Labels
from wayfinder.slugs import is_slug
from wayfinder.store.errors import InvalidError, UnknownError
from wayfinder.store.tables import organisations, venues


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """What the store knows of a venue.

    Parameters
    ----------
    id
        Of its row.
    slug
        Its name in addresses.
    organisation
        Slug of its owner.
    published
        Number of the release in force, or None before the first.
    version
        Counts the changes of anything the venue owns.
    conditions_number
        Counts the changes of what holds today.
    created_at
        When it was made.
    """

    id: int
    slug: str
    organisation: str
    published: int | None
    version: int
    conditions_number: int
    created_at: datetime


_VENUES = sa.select(
    venues.c.id,
    venues.c.slug,
    organisations.c.slug.label("organisation"),
    venues.c.published,
    venues.c.version,
    venues.c.conditions_number,
    venues.c.created_at,
).join(organisations)


def list_venues(connection: Connection) -> list[VenueRecord]:
    """List the venues by slug."""
    return [VenueRecord(*row) for row in connection.execute(_VENUES.order_by(venues.c.slug))]


def find_venue(connection: Connection, slug: str) -> VenueRecord | None:
    """Return a venue by its name in addresses, or None."""
    row = connection.execute(_VENUES.where(venues.c.slug == slug)).one_or_none()
    return None if row is None else VenueRecord(*row)


def get_venue(connection: Connection, slug: str) -> VenueRecord:
    """Return a venue by its name in addresses; raises UnknownError where there is none."""
    venue = find_venue(connection, slug)
    if venue is None:
        known = connection.execute(sa.select(venues.c.slug).order_by(venues.c.slug)).scalars()
        raise UnknownError("unknown-venue", venue=slug[:80], known=list(known)[:10])
    return venue


def make_venue(connection: Connection, slug: str, organisation: str, name: Labels) -> VenueRecord:
    """Make a venue, and its organisation where there is none of that slug yet.

    Parameters
    ----------
    connection
        Open for writing.
    slug
        The venue's name in addresses: small letters, digits and dashes.
    organisation
        Slug of its owner.
    name
        What an organisation that is made is called.

    Raises
    ------
    InvalidError
        One of the slugs is none.
    """
    connection.execute(
        sa.insert(venues).values(
            slug=check_slug(slug),
            organisation_id=make_organisation(connection, organisation, name),
            created_at=datetime.now(UTC),
            version=1,
            conditions_number=0,
        )
    )
    return get_venue(connection, slug)


def make_organisation(connection: Connection, slug: str, name: Labels) -> int:
    """Return the id of an organisation, made where there is none of that slug.

    Raises
    ------
    InvalidError
        The slug is none.
    """
    chosen = sa.select(organisations.c.id).where(organisations.c.slug == check_slug(slug))
    found = connection.execute(chosen).scalar()
    if found is None:
        values = {"slug": slug, "name": dict(name), "created_at": datetime.now(UTC)}
        connection.execute(sa.insert(organisations).values(values))
        found = connection.execute(chosen).scalar_one()
    return int(found)


def list_organisations(connection: Connection) -> dict[str, Labels]:
    """Return the slugs of the organisations, in order, each with its name."""
    chosen = sa.select(organisations.c.slug, organisations.c.name).order_by(organisations.c.slug)
    return {row.slug: row.name for row in connection.execute(chosen)}


def touch_venue(connection: Connection, venue_id: int, *, conditions: bool = False) -> None:
    """Count a change of a venue, so that workers notice."""
    changes = {"version": venues.c.version + 1}
    if conditions:
        changes["conditions_number"] = venues.c.conditions_number + 1
    connection.execute(sa.update(venues).where(venues.c.id == venue_id).values(changes))


def check_slug(slug: str) -> str:
    """Return a slug as it is; raises InvalidError where it is none."""
    if not is_slug(slug):
        raise InvalidError("bad-slug", slug=slug[:80])
    return slug
