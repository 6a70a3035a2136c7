"""Who did what, when; and taking it back where that can be.

Whatever staff do is noted by `note` in the transaction that does it. A service whose actions can be
taken back says how by `undoing`, and gives `note` what it needs for that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.people.roles import Role, Staff
from wayfinder.store import ConflictError, Store, UnknownError
from wayfinder.store.audit import Actor, AuditEntry, add_entry, find_entry, list_entries

note = add_entry
"""Note what somebody did; see `wayfinder.store.audit.add_entry`."""

Undo = Callable[[Connection, AuditEntry, Actor], Mapping[str, Any]]
"""Takes an entry back in the open transaction; returns the details of the entry that says so."""


@dataclass(frozen=True, slots=True)
class _Undoing:
    """How an action is taken back, and who may."""

    role: Role
    function: Undo


_UNDOING: dict[str, _Undoing] = {}


def undoing(action: str, role: Role) -> Callable[[Undo], Undo]:
    """Let a function take back the entries of an action, for those who have a role there."""

    def register(function: Undo) -> Undo:
        _UNDOING[action] = _Undoing(role, function)
        return function

    return register


def can_undo(staff: Staff, entry: AuditEntry) -> bool:
    """Tell whether somebody could take an entry back: nobody did, it can be, they may."""
    known = _UNDOING.get(entry.action)
    if known is None or entry.undo is None or entry.undone_by is not None:
        return False
    return entry.organisation is not None and staff.may(known.role, entry.organisation, entry.venue)


def list_seen(
    store: Store,
    staff: Staff,
    organisation: str,
    *,
    before: int | None = None,
    who: str | None = None,
) -> list[AuditEntry]:
    """List what was done where somebody is admin, the newest first, a page at a time.

    Parameters
    ----------
    store
        The store.
    staff
        Who looks.
    organisation
        Slug of where.
    before
        Only entries with a smaller number: the next page.
    who
        Only what one who was called so did; None: everybody.
    """
    only = staff.list_venues_of(Role.ADMIN, organisation)
    with store.read() as connection:
        return list_entries(connection, organisation, only_venues=only, before=before, who=who)


def undo(
    store: Store, staff: Staff, organisation: str, entry_id: int, *, venue: str | None = None
) -> Mapping[str, Any]:
    """Take back what somebody did, note that, and return the details of the entry that says so.

    Parameters
    ----------
    store
        The store.
    staff
        Who takes it back.
    organisation
        Slug of where it was done.
    entry_id
        Number of the entry.
    venue
        Slug of the venue from a page of which it is taken back: then who has the role that doing it
        takes may, whether they see the log or not. None: from the log.

    Raises
    ------
    UnknownError
        There is no such entry where they are admin, or at the venue.
    ConflictError
        It cannot be taken back: somebody did already, or things have changed since.
    """
    with store.write() as connection:
        entry = find_entry(connection, entry_id)
        only = staff.list_venues_of(Role.ADMIN, organisation) if venue is None else (venue,)
        seen = entry is not None and entry.organisation == organisation
        if entry is None or not seen or (only is not None and entry.venue not in only):
            raise UnknownError("unknown-entry", entry=entry_id)
        if not can_undo(staff, entry):
            raise ConflictError("not-undoable", entry=entry_id)
        details = _UNDOING[entry.action].function(connection, entry, staff.actor)
        note(
            connection,
            entry.action,
            who=staff.actor,
            organisation=entry.organisation,
            venue=entry.venue,
            details=details,
            undoes=entry.id,
        )
        return details
