"""API tokens: what is kept of them is a hash, never the token."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.errors import ConflictError
from wayfinder.store.tables import tokens, venues
from wayfinder.store.venues import VenueRecord


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What the store knows of a token.

    Parameters
    ----------
    id
        Of its row.
    name
        What it is called, after the system that holds it; each venue has names of its own, and so
        have those that are good for all.
    venue
        Slug of the only venue that it is good for, or None: all.
    scopes
        What it may do, such as ``conditions``.
    made_by, made_at
        Who, and when.
    expires_at
        When it ends to be good, or None.
    revoked_at
        When it was taken back, or None.
    """

    id: int
    name: str
    venue: str | None
    scopes: tuple[str, ...]
    made_by: str
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_good_at(self, instant: datetime) -> bool:
        """Tell whether it is neither taken back nor over."""
        over = self.expires_at is not None and self.expires_at <= instant
        return self.revoked_at is None and not over


_RECORDS = sa.select(
    tokens.c.id,
    tokens.c.name,
    venues.c.slug,
    tokens.c.scopes,
    tokens.c.made_by,
    tokens.c.made_at,
    tokens.c.expires_at,
    tokens.c.revoked_at,
).outerjoin(venues)


def hash_token(token: str) -> str:
    """Return what is kept of a token: with 256 random bits a fast hash is enough."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def list_tokens(connection: Connection) -> list[TokenRecord]:
    """List the tokens by name, those taken back too."""
    rows = connection.execute(_RECORDS.order_by(tokens.c.name, tokens.c.id)).all()
    return [_read(row) for row in rows]


def find_token(connection: Connection, token: str) -> TokenRecord | None:
    """Return what is known of a token, or None for one that was never made."""
    chosen = _RECORDS.where(tokens.c.hash == hash_token(token))
    row = connection.execute(chosen).one_or_none()
    return None if row is None else _read(row)


def add_token(
    connection: Connection,
    token: str,
    name: str,
    scopes: tuple[str, ...],
    *,
    venue: VenueRecord | None = None,
    expires_at: datetime | None = None,
    who: str = "",
) -> TokenRecord:
    """Keep the hash of a token; raises ConflictError where its venue has one of that name."""
    venue_id = venue.id if venue else None
    # to a constraint no NULL is like another; who writes is alone
    here = tokens.c.venue_id.is_not_distinct_from(venue_id)
    taken = sa.select(tokens.c.id).where(tokens.c.name == name, here)
    if connection.execute(taken).first() is not None:
        raise ConflictError("token-name-taken", name=name)
    connection.execute(
        sa.insert(tokens).values(
            venue_id=venue_id,
            name=name,
            hash=hash_token(token),
            scopes=list(scopes),
            made_by=who,
            made_at=datetime.now(UTC),
            expires_at=expires_at,
        )
    )
    found = find_token(connection, token)
    assert found is not None  # noqa: S101 - it has just been added
    return found


def revoke_token(connection: Connection, token_id: int) -> None:
    """Take a token back for good."""
    chosen = sa.update(tokens).where(tokens.c.id == token_id)
    connection.execute(chosen.values(revoked_at=datetime.now(UTC)))


def _read(row: Any) -> TokenRecord:  # noqa: ANN401 - a row of `_RECORDS`
    token_id, name, venue, scopes, *rest = row
    return TokenRecord(token_id, name, venue, tuple(scopes), *rest)
