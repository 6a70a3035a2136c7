"""How an entry comes into a log: once a key, in a draft that is open, and safe on disk at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.edit.action import Edit, EditNote
from wayfinder.model import Plan, encode_canonical
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.log import Features, replay, sum_up, write_features
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import (
    DraftRecord,
    EntryRecord,
    add_entry,
    find_entry,
    get_draft,
    list_entries,
)
from wayfinder.store.venues import VenueRecord, get_venue

_LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sends something, and what they knew.

    Parameters
    ----------
    author
        A name that stands for one person for ever.
    key
        Made by whoever sends it, a UUID say: what is sent twice is done once.
    seen
        Number of the last entry that the author had seen.
    """

    author: str
    key: str
    seen: int


@dataclass(frozen=True, slots=True)
class Appended:
    """An entry that is in the log.

    Parameters
    ----------
    draft
        The draft as it is now.
    entry
        The entry.
    changed
        What differs now from what the author had seen, by others too.
    plan
        The plan as it is now.
    notes
        What the action did besides; none where it had been sent before.
    is_repeat
        Whether it had been sent before, and nothing was done now.
    """

    draft: DraftRecord
    entry: EntryRecord
    changed: Features
    plan: Plan
    notes: tuple[EditNote, ...] = ()
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be an entry.

    Parameters
    ----------
    kind, action, undoes
        As in `EntryRecord`.
    edit
        What it does to the plan at the head of the log.
    """

    kind: str
    action: Mapping[str, Any]
    edit: Edit
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A transaction in which an entry is made.

    Parameters
    ----------
    desk
        What the process works with.
    connection
        Open for writing.
    venue, draft
        As they are in it.
    """

    desk: Desk
    connection: Connection
    venue: VenueRecord
    draft: DraftRecord

    def read_plan(self, number: int) -> Plan:
        """Return the draft's plan after an entry."""
        return self.desk.snapshots.read(self.connection, self.venue, self.draft, number)


def add(
    desk: Desk,
    slug: str,
    draft_id: int,
    sent: Sent,
    make: Callable[[Room], Made],
    *,
    repeats: Callable[[EntryRecord], bool] = lambda _: True,
) -> Appended:
    """Add what is made in a transaction to a log; when this returns it is safe on disk.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    sent
        Who sends it.
    make
        Makes the entry, or refuses.
    repeats
        Tells of an entry with the same key whether it is the same.

    Raises
    ------
    UnknownError
        There is no such venue or draft, or the draft has not so many entries as were seen.
    ConflictError
        The draft is closed, or the key was used for something else.
    InvalidError
        The key is none.
    """
    check_key(sent.key)
    _read_ahead(desk, slug, draft_id, sent.seen)
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        known = find_entry(connection, draft, sent.key)
        room = Room(desk, connection, venue, draft)
        if known is not None:
            if known.author != sent.author or not repeats(known):
                raise ConflictError("draft-key-taken")
            plan = room.read_plan(draft.head)
            return Appended(draft, known, _list_changed(room, sent, plan), plan, is_repeat=True)
        refuse_closed(draft)
        done = enter(room, sent, make(room))
    keep(desk, done)
    return done


def check_key(key: str) -> None:
    """Raise InvalidError where that is no key."""
    if not key or len(key) > _LONGEST_KEY:
        raise InvalidError("bad-draft-key", limit=_LONGEST_KEY)


def enter(room: Room, sent: Sent, made: Made) -> Appended:
    """Add an entry to a log; once the transaction is over, `keep` it."""
    entry = _make_entry(room.draft, sent, made)
    plan = replay(room.read_plan(room.draft.head), [entry])
    add_entry(room.connection, room.draft, entry)
    changed = _list_changed(room, sent, plan)
    after = get_draft(room.connection, room.venue, room.draft.id)
    return Appended(after, entry, changed, plan, made.edit.notes)


def keep(desk: Desk, done: Appended) -> None:
    """Keep the plan after an entry. Not before it is safe: what is kept must be in the log."""
    desk.snapshots.put(done.draft, done.entry.number, done.entry.key, done.plan)


def refuse_closed(draft: DraftRecord) -> None:
    """Raise ConflictError where a draft is closed."""
    if not draft.is_open:
        raise ConflictError(
            "draft-closed", id=draft.id, name=draft.name, release=draft.release_number
        )


def is_alike(one: object, other: object) -> bool:
    """Tell whether two JSON values are the same."""
    return encode_canonical(one) == encode_canonical(other)


def _read_ahead(desk: Desk, slug: str, draft_id: int, seen: int) -> None:
    """Have the plans ready: nobody else writes while this one would read them."""
    with desk.store.read() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        for number in (draft.head, seen):
            desk.snapshots.read(connection, venue, draft, number)


def _make_entry(draft: DraftRecord, sent: Sent, made: Made) -> EntryRecord:
    edit = made.edit
    return EntryRecord(
        number=draft.head + 1,
        key=sent.key,
        author=sent.author,
        seen=sent.seen,
        kind=made.kind,
        action=made.action,
        revert={"kind": "restore", "features": write_features(edit.before)},
        result=write_features(edit.after),
        touched=tuple(sorted(edit.before)),
        undoes=made.undoes,
        made_at=datetime.now(UTC),
    )


def _list_changed(room: Room, sent: Sent, plan: Plan) -> Features:
    """Return what the author has not seen of a plan, what is gone as None."""
    since = list_entries(room.connection, room.draft, after=sent.seen)
    return {key: plan.features.get(key) for key in sum_up(since)}
