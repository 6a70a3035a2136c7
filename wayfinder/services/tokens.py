"""API tokens of other systems, a lift's monitor say: made once, shown once, taken back by name."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime

from wayfinder.services.audit import note
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.audit import NOBODY, Actor
from wayfinder.store.tokens import (
    TokenRecord,
    add_token,
    find_token,
    list_tokens,
    revoke_token,
)
from wayfinder.store.venues import get_venue

CONDITIONS, DISPLAYS = "conditions", "displays"
SCOPES = (CONDITIONS, DISPLAYS)
"""What a token may be good for: to change what holds, to see how displays are."""
MADE, REVOKED = "token-made", "token-revoked"
EVERY_VENUE = "*"
"""Stands for a venue where a token is good for all."""
PREFIX = "wf_"
"""How a token begins: scanners for secrets find it by that."""


def make_token(
    store: Store,
    name: str,
    *,
    venue: str | None = None,
    scopes: tuple[str, ...] = (CONDITIONS,),
    expires_at: datetime | None = None,
    who: Actor = NOBODY,
) -> str:
    """Make a token and return it, for the only time: the store keeps a hash.

    Parameters
    ----------
    store
        The store.
    name
        What it is called, after the system that holds it; each venue has names of its own.
    venue
        Slug of the only venue that it is good for; None: all.
    scopes
        What it may do, of `SCOPES`.
    expires_at
        Aware instant at which it ends to be good, or None.
    who
        Who makes it.

    Raises
    ------
    ConflictError
        There is or was one of that name for the venue, or for all.
    UnknownError
        There is no such venue.
    InvalidError
        The name is empty or too long, a scope is none, or it would be over already.
    """
    if not name.strip() or len(name) > 80:
        raise InvalidError("bad-token-name", name=name[:80])
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidError("unknown-scope", scopes=unknown, known=list(SCOPES))
    if expires_at is not None and expires_at <= datetime.now(UTC):
        raise InvalidError("over-already", end=expires_at.isoformat())
    token = PREFIX + secrets.token_urlsafe(32)
    with store.write() as connection:
        record = None if venue is None else get_venue(connection, venue)
        add_token(
            connection, token, name, scopes, venue=record, expires_at=expires_at, who=who.name
        )
        told = {"name": name, "scopes": ", ".join(scopes)}
        if expires_at is not None:
            told["until"] = expires_at.isoformat(timespec="minutes")
        note(connection, MADE, who=who, venue=venue, details=told)
    return token


def check_token(store: Store, token: str, scope: str, venue: str) -> TokenRecord | None:
    """Return what is known of a token that is good for a scope on a venue, else None."""
    record = find_good(store, token, scope)
    return record if record is not None and record.venue in {None, venue} else None


def find_good(store: Store, token: str, scope: str) -> TokenRecord | None:
    """Return what is known of a token that is good for a scope, on some venue or all, else None."""
    if not token.startswith(PREFIX) or len(token) > 100:
        return None
    with store.read() as connection:
        record = find_token(connection, token)
    if record is None or not record.is_good_at(datetime.now(UTC)):
        return None
    return record if scope in record.scopes else None


def revoke(
    store: Store,
    name: str,
    *,
    venue: str | None = None,
    who: Actor = NOBODY,
    only_venues: Collection[str] | None = None,
) -> None:
    """Take a token back for good.

    Parameters
    ----------
    store
        The store.
    name
        What it is called.
    venue
        Slug of the only venue that it is good for, `EVERY_VENUE` for one that is good for all;
        None: whichever has that name.
    who
        Who takes it back.
    only_venues
        Slugs of venues: a token that is good anywhere else is left alone. None: any.

    Raises
    ------
    UnknownError
        There is none of that name that is good yet.
    ConflictError
        Several have that name, and it was not said for which venue.
    """
    with store.write() as connection:
        known = [
            one
            for one in list_tokens(connection)
            if one.revoked_at is None
            and (only_venues is None or one.venue in only_venues)
            and venue in {None, one.venue or EVERY_VENUE}
        ]
        found = [one for one in known if one.name == name]
        if not found:
            names = [] if only_venues is not None else [one.name for one in known]
            raise UnknownError("unknown-token", name=name[:80], known=names[:10])
        if len(found) > 1:
            where = [one.venue or EVERY_VENUE for one in found]
            raise ConflictError("token-of-several", name=name, venues=where)
        revoke_token(connection, found[0].id)
        note(connection, REVOKED, who=who, venue=found[0].venue, details={"name": name})


def list_of_venues(store: Store, venues: Collection[str]) -> list[TokenRecord]:
    """List by name the tokens that are good for one of some venues alone."""
    return [one for one in list_all(store) if one.venue in venues]


def list_all(store: Store) -> list[TokenRecord]:
    """List the tokens by name, those taken back too."""
    with store.read() as connection:
        return list_tokens(connection)
