"""Displays in the hands of the staff: added, named, enrolled, taken down.

A display shows what it shows to everybody. To be believed when it reports what that is, it enrols:
somebody makes a code that is good for ten minutes and once, and types it at the display, which gets
a token of its own for it. Of code and token the store keeps hashes.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.model import Display, find_display, list_displays
from wayfinder.model.display_ids import clean_display_id
from wayfinder.model.sign_codes import ALPHABET, clean_code
from wayfinder.services.audit import note, undoing
from wayfinder.services.display_registry import register_displays
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store import displays as rows
from wayfinder.store.audit import NOBODY, Actor, AuditEntry
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.releases import find_newest, read_release
from wayfinder.store.tokens import hash_token
from wayfinder.store.types import refuse_unstorable
from wayfinder.store.venues import VenueRecord, get_venue

CODE_LIFE = timedelta(minutes=10)
"""How long a one-time code is good (ours)."""
CODE_LENGTH = 8
"""23 to the 8th: with ten minutes and twenty tries a minute nobody guesses one."""
TOKEN_PREFIX = "wfd_"  # noqa: S105 - how a token begins: scanners for secrets find it by that
_LONGEST = 80
_RENAMED, _REMOVED = "display-renamed", "display-removed"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A code with which a display enrols, once.

    Parameters
    ----------
    display
        Id of the display.
    code
        The code in two groups, shown this once.
    until
        When it ends to be good.
    """

    display: str
    code: str
    until: datetime


def find_record(connection: Connection, text: str) -> DisplayRecord:
    """Return the display that a text stands for: its id, name or number, or its id in the plan.

    Raises
    ------
    UnknownError
        There is none.
    ConflictError
        There are several.
    """
    every = rows.list_displays(connection)
    cleaned = clean_display_id(text)
    found = [one for one in every if one.id == cleaned]
    if not found:
        called = [one for one in every if text and text in {one.name, one.ref, one.feature}]
        # what was taken down is meant only where nothing else is called so
        found = [one for one in called if one.removed_at is None] or called
    if not found:
        known = [one.title for one in every if one.removed_at is None]
        raise UnknownError("unknown-display", display=text[:_LONGEST], known=known[:10])
    if len(found) > 1:
        ids = [f"{one.id} ({one.venue or '-'})" for one in found]
        raise ConflictError("ambiguous-display", display=text[:_LONGEST], ids=ids[:10])
    return found[0]


def add_display(
    store: Store, slug: str, text: str, *, name: str = "", who: Actor = NOBODY
) -> DisplayRecord:
    """Give a display an id before its release comes into force, or put one up again.

    Parameters
    ----------
    store
        The store.
    slug
        The venue.
    text
        Id or number of a display in the newest release, or in the one in force.
    name
        What the staff call it.
    who
        Who adds it.

    Raises
    ------
    UnknownError
        There is no such venue, or no such display in its plans.
    ConflictError
        It is there already.
    InvalidError
        The name is too long.
    """
    name = _check_name(name)
    with store.write() as connection:
        venue = get_venue(connection, slug)
        record = _find_in(connection, venue, text)
        if record is None:
            found = _find_in_plans(connection, venue, text)
            known = {one.feature: one for one in rows.list_displays(connection, venue)}
            record = known.get(found.id)
            if record is None:
                (record,) = register_displays(connection, venue, [found])
                if name:
                    rows.change_display(connection, record.id, name=name)
                record = replace(record, name=name)
                _note(connection, "display-added", record, who)
                return record
        if record.removed_at is None:
            raise ConflictError("display-there", display=record.id)
        record = replace(record, removed_at=None, name=name or record.name)
        rows.change_display(connection, record.id, removed_at=None, name=record.name)
        _note(connection, "display-added", record, who)
        return record


def rename_display(store: Store, text: str, name: str, *, who: Actor = NOBODY) -> DisplayRecord:
    """Call a display something else; an empty name takes its name away.

    Raises
    ------
    UnknownError, ConflictError
        As for `find_record`.
    InvalidError
        The name is too long.
    """
    name = _check_name(name)
    with store.write() as connection:
        record = find_record(connection, text)
        rows.change_display(connection, record.id, name=name)
        named = replace(record, name=name)
        undo = {"display": record.id, "name": record.name, "now": name}
        _note(connection, _RENAMED, named, who, undo)
        return named


def remove_display(store: Store, text: str, *, who: Actor = NOBODY) -> DisplayRecord:
    """Take a display down: its address shows nothing any more, and its token is none.

    Its id is never given to another; `add_display` puts it up again.

    Raises
    ------
    UnknownError, ConflictError
        As for `find_record`; or it was taken down before.
    """
    now = datetime.now(UTC)
    with store.write() as connection:
        record = find_record(connection, text)
        if record.removed_at is not None:
            raise ConflictError("display-removed", display=record.id)
        _take_token(connection, record, now)
        rows.change_display(connection, record.id, removed_at=now)
        _note(connection, _REMOVED, record, who, {"display": record.id})
        return replace(record, removed_at=now, token_hash="")


def make_code(store: Store, text: str, *, who: Actor = NOBODY) -> Enrolment:
    """Make a one-time code for a display; one that was made before is good no more.

    A token that the display has stays good until it enrols again.

    Raises
    ------
    UnknownError, ConflictError
        As for `find_record`; or the display was taken down.
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    until = datetime.now(UTC) + CODE_LIFE
    with store.write() as connection:
        record = find_record(connection, text)
        if record.removed_at is not None:
            raise ConflictError("display-removed", display=record.id)
        hashed = hash_code(record.id, code)
        rows.change_display(connection, record.id, code_hash=hashed, code_until=until)
        _note(connection, "display-code-made", record, who)
    half = CODE_LENGTH // 2
    return Enrolment(record.id, f"{code[:half]}-{code[half:]}", until)


def enrol(store: Store, display_id: str, code: str) -> str:
    """Return a token for a display against a one-time code, which is good no more.

    A token that the display had is good no more either.

    Raises
    ------
    InvalidError
        The code is not this display's, was used, or is over; which of these is not said.
    """
    cleaned, now = clean_display_id(display_id), datetime.now(UTC)
    hashed = hash_code(cleaned, clean_code(code))
    with store.read() as connection:  # who guesses does not keep writers waiting
        if not rows.is_code_good(connection, cleaned, hashed, now):
            raise InvalidError("bad-enrolment-code")
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with store.write() as connection:
        if not rows.is_code_good(connection, cleaned, hashed, now):
            raise InvalidError("bad-enrolment-code")
        rows.change_display(
            connection,
            cleaned,
            code_hash=None,
            code_until=None,
            token_hash=hash_token(token),
            enrolled_at=now,
            revoked_at=None,
        )
        record = rows.get_display(connection, cleaned)
        _note(connection, "display-enrolled", record, Actor(record.title))
    return token


def revoke_display(store: Store, text: str, *, who: Actor = NOBODY) -> DisplayRecord:
    """Take a display's token back, and a code that it has not used; it goes on showing.

    Raises
    ------
    UnknownError, ConflictError
        As for `find_record`; or it has none.
    """
    with store.write() as connection:
        record = find_record(connection, text)
        if not _take_token(connection, record, datetime.now(UTC)):
            raise ConflictError("display-not-enrolled", display=record.id)
        _note(connection, "display-revoked", record, who)
        return replace(record, token_hash="")


@undoing(_RENAMED, Role.PUBLISHER)
def name_back(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Call a display what it was called before, if nobody has called it something else since."""
    undo = entry.undo or {}
    record = rows.get_display(connection, str(undo.get("display")))
    if record.name != undo.get("now"):
        raise ConflictError("not-undoable", entry=entry.id)
    rows.change_display(connection, record.id, name=undo["name"])
    return {"name": undo["name"], "display": record.id}


@undoing(_REMOVED, Role.PUBLISHER)
def put_up_again(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Put up again a display that was taken down; it has to enrol anew."""
    record = rows.get_display(connection, str((entry.undo or {}).get("display")))
    if record.removed_at is None:
        raise ConflictError("not-undoable", entry=entry.id)
    rows.change_display(connection, record.id, removed_at=None)
    return {"name": record.title, "display": record.id}


def _note(
    connection: Connection,
    action: str,
    record: DisplayRecord,
    who: Actor,
    undo: Mapping[str, Any] | None = None,
) -> None:
    """Note in the log what became of a display."""
    details = {"name": record.title, "display": record.id}
    note(connection, action, who=who, venue=record.venue, details=details, undo=undo)


def hash_code(display_id: str, code: str) -> str:
    """Return what is kept of a one-time code: it is a display's, and over in minutes."""
    return sha256(f"{display_id}:{code}".encode()).hexdigest()


def is_token_of(record: DisplayRecord, token: str) -> bool:
    """Tell whether a token is the one that a display has now."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > 100 or not record.token_hash:
        return False
    return secrets.compare_digest(record.token_hash, hash_token(token))


def _take_token(connection: Connection, record: DisplayRecord, at: datetime) -> bool:
    """Forget token and code of a display; tell whether there was any."""
    had_code = rows.has_code(connection, record.id)
    rows.change_display(connection, record.id, code_hash=None, code_until=None)
    if record.token_hash:
        rows.change_display(connection, record.id, token_hash=None, revoked_at=at)
    return bool(record.token_hash) or had_code


def _find_in(connection: Connection, venue: VenueRecord, text: str) -> DisplayRecord | None:
    """Return a display of a venue that was registered before, or None."""
    try:
        record = find_record(connection, text)
    except UnknownError:
        return None
    return record if record.venue == venue.slug else None


def _find_in_plans(connection: Connection, venue: VenueRecord, text: str) -> Display:
    newest = find_newest(connection, venue)
    if newest is None:
        raise UnknownError("no-releases", venue=venue.slug)
    numbers = dict.fromkeys([newest.number, venue.published or newest.number])
    for number in numbers:
        plan = read_release(connection, venue, number).plan
        found = find_display(plan, text)
        if found is not None:
            return found
        called = [one for one in list_displays(plan) if one.ref == text]
        if len(called) == 1:
            return called[0]
    raise UnknownError("no-display-in-plan", venue=venue.slug, feature=text[:_LONGEST])


def _check_name(name: str) -> str:
    name = " ".join(refuse_unstorable(name).split())
    if len(name) > _LONGEST:
        raise InvalidError("bad-display-name", name=name[:_LONGEST], most=_LONGEST)
    return name
