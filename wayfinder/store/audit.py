"""The audit: who did what, when. Entries are added, never changed or removed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.tables import audit, organisations, venues

PAGE = 100
"""Entries that are read at once (ours)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something.

    Parameters
    ----------
    name
        What they are called now.
    person_id
        Id of their row; None for who is not signed in, a command say.
    token_id
        Id of the row of another system's token; None for people.
    """

    name: str
    person_id: int | None = None
    token_id: int | None = None


NOBODY = Actor("")
"""Who does what nobody has said that they do."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did.

    Parameters
    ----------
    id
        Of its row: counts up.
    at
        When.
    organisation, venue
        Slugs of what it is about, or None.
    person_id
        Who did it, where they were signed in.
    who
        What they were called then.
    action
        What was done, by code.
    details
        To what, and how it was before and is now.
    undo
        What takes it back, or None.
    undoes
        The entry that this one took back, or None.
    undone_by
        The entry that took this one back, or None.
    """

    id: int
    at: datetime
    organisation: str | None
    venue: str | None
    person_id: int | None
    who: str
    action: str
    details: Mapping[str, Any]
    undo: Mapping[str, Any] | None
    undoes: int | None
    undone_by: int | None


_LATER = audit.alias("later")
_ENTRIES = (
    sa.select(
        audit.c.id,
        audit.c.at,
        organisations.c.slug.label("organisation"),
        venues.c.slug.label("venue"),
        audit.c.person_id,
        audit.c.who,
        audit.c.action,
        audit.c.details,
        audit.c.undo,
        audit.c.undoes,
        _LATER.c.id.label("undone_by"),
    )
    .outerjoin(organisations, audit.c.organisation_id == organisations.c.id)
    .outerjoin(venues, audit.c.venue_id == venues.c.id)
    .outerjoin(_LATER, _LATER.c.undoes == audit.c.id)
)


def add_entry(
    connection: Connection,
    action: str,
    *,
    who: Actor,
    organisation: str | None = None,
    venue: str | None = None,
    details: Mapping[str, Any] | None = None,
    undo: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> int:
    """Note what somebody did, in the transaction that does it; return the number of the entry."""
    place = _find_place(connection, organisation, venue)
    made = connection.execute(
        sa.insert(audit).values(
            at=datetime.now(UTC),
            **place,
            person_id=who.person_id,
            who=who.name,
            action=action,
            details=dict(details or {}),
            undo=None if undo is None else dict(undo),
            undoes=undoes,
        )
    )
    (entry_id,) = made.inserted_primary_key or (0,)
    return int(entry_id)


def find_entry(connection: Connection, entry_id: int) -> AuditEntry | None:
    """Return an entry by its number, or None."""
    row = connection.execute(_ENTRIES.where(audit.c.id == entry_id)).first()
    return None if row is None else AuditEntry(*row)


def list_last(
    connection: Connection, venue: str, actions: Collection[str], *, count: int
) -> list[AuditEntry]:
    """List what was done last in a venue, of some actions, the newest first."""
    chosen = _ENTRIES.where(venues.c.slug == venue, audit.c.action.in_(sorted(actions)))
    rows = connection.execute(chosen.order_by(audit.c.id.desc()).limit(count))
    return [AuditEntry(*row) for row in rows]


def list_entries(
    connection: Connection,
    organisation: str,
    *,
    only_venues: tuple[str, ...] | None = None,
    before: int | None = None,
    who: str | None = None,
) -> list[AuditEntry]:
    """List what was done in an organisation, the newest first.

    Parameters
    ----------
    connection
        Open for reading.
    organisation
        Its slug.
    only_venues
        Only what was done at these venues; None: all.
    before
        Only entries with a smaller number: the next page.
    who
        Only what one who was called so did; None: everybody.
    """
    chosen = _ENTRIES.where(organisations.c.slug == organisation)
    if only_venues is not None:
        chosen = chosen.where(venues.c.slug.in_(only_venues))
    if before is not None:
        chosen = chosen.where(audit.c.id < before)
    if who is not None:
        chosen = chosen.where(audit.c.who == who)
    rows = connection.execute(chosen.order_by(audit.c.id.desc()).limit(PAGE))
    return [AuditEntry(*row) for row in rows]


def _find_place(
    connection: Connection, organisation: str | None, venue: str | None
) -> dict[str, int | None]:
    """Return the columns of what an entry is about; a venue says whose it is."""
    if venue is not None:
        chosen = sa.select(venues.c.id, venues.c.organisation_id).where(venues.c.slug == venue)
        row = connection.execute(chosen).one()
        return {"venue_id": row.id, "organisation_id": row.organisation_id}
    if organisation is None:
        return {"venue_id": None, "organisation_id": None}
    owner = sa.select(organisations.c.id).where(organisations.c.slug == organisation)
    return {"venue_id": None, "organisation_id": connection.execute(owner).scalar_one()}
