"""What was done with conditions lately, and who did it."""

from dataclasses import dataclass
from datetime import datetime

from wayfinder.services.audit import can_undo
from wayfinder.services.condition_notes import DONE, ENDED, read_draft
from wayfinder.services.people.roles import Staff
from wayfinder.store import Store, UnknownError
from wayfinder.store.audit import AuditEntry, find_entry, list_last
from wayfinder.store.conditions import ConditionDraft


@dataclass(frozen=True, slots=True)
class EndedByHand:
    """A condition that somebody ended before its time.

    Parameters
    ----------
    draft
        What held.
    began_by
        Who had begun it.
    ended_by, ended_at
        Who ended it, and when.
    entry
        Number of the entry in the log.
    can_undo
        Whether the one who looks may let it hold again.
    """

    draft: ConditionDraft
    began_by: str
    ended_by: str
    ended_at: datetime
    entry: int
    can_undo: bool


def find_undoable(store: Store, slug: str, staff: Staff, entry_id: int) -> AuditEntry | None:
    """Return what was done with a condition of a venue, if somebody may take it back."""
    try:
        entry = find_entry_here(store, slug, entry_id)
    except UnknownError:
        return None
    return entry if can_undo(staff, entry) else None


def find_entry_here(store: Store, slug: str, entry_id: int) -> AuditEntry:
    """Return what was done with a condition of a venue, whether it can be taken back or not.

    Raises
    ------
    UnknownError
        Nothing of that number was done with conditions there.
    """
    with store.read() as connection:
        entry = find_entry(connection, entry_id)
    if entry is None or entry.venue != slug or entry.action not in DONE:
        raise UnknownError("unknown-entry", entry=entry_id)
    return entry


def list_ended(store: Store, slug: str, staff: Staff, *, count: int) -> list[EndedByHand]:
    """List what people or other systems ended last, the newest first; not what is back again."""
    with store.read() as connection:
        entries = list_last(connection, slug, ENDED.values(), count=count)
    return [
        EndedByHand(
            read_draft(said),
            said["made_by"],
            entry.who,
            entry.at,
            entry.id,
            can_undo(staff, entry),
        )
        for entry in entries
        if entry.undo is not None and entry.undone_by is None and entry.undoes is None
        for said in entry.undo["again"]
    ]
