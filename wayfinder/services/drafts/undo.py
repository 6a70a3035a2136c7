"""Undo and redo: each person their own actions, the last one first, as far back as the log goes.

Both add an entry that puts features back as they were, so a log never shrinks; who did what can be
read from it for ever. Nothing that somebody else has changed since is ever put back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wayfinder.edit.restore import Restore
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, add
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.log import is_written, list_users
from wayfinder.store import ConflictError
from wayfinder.store.drafts import EntryRecord, get_draft, get_entry, list_entries, list_turns
from wayfinder.store.venues import get_venue

MERGE = "merge"
"""Kind of the entries that take over what came into force meanwhile: nobody's own action."""
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Turns:
    """What a person can take back and do again.

    Parameters
    ----------
    undo
        Numbers of the entries that can be taken back, the next one last.
    redo
        Numbers of the entries that took something back that can be done again, the next one last.
    """

    undo: tuple[int, ...]
    redo: tuple[int, ...]


def undo(desk: Desk, slug: str, draft_id: int, sent: Sent) -> Appended:
    """Take back the last of the author's actions that holds.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    sent
        Who sends it, under which key, and what they had seen.

    Raises
    ------
    ConflictError
        There is none; somebody else changed the same since, or drew something that needs it; or as
        for `append`.
    UnknownError, InvalidError
        As for `append`.
    """

    def make(room: Room) -> Made:
        turns = _read_turns(room, sent.author)
        if not turns.undo:
            raise ConflictError("nothing-to-undo")
        return _take_back(room, turns.undo[-1], sent)

    return add(desk, slug, draft_id, sent, make, repeats=_is_turn)


def redo(desk: Desk, slug: str, draft_id: int, sent: Sent) -> Appended:
    """Do again what the author took back last, if they have done nothing else since.

    Parameters and errors are those of `undo`.
    """

    def make(room: Room) -> Made:
        turns = _read_turns(room, sent.author)
        if not turns.redo:
            raise ConflictError("nothing-to-redo")
        return _take_back(room, turns.redo[-1], sent)

    return add(desk, slug, draft_id, sent, make, repeats=_is_turn)


def list_own_turns(desk: Desk, slug: str, draft_id: int, author: str) -> Turns:
    """List what a person can take back and do again; raises UnknownError without such a draft."""
    with desk.store.read() as connection:
        draft = get_draft(connection, get_venue(connection, slug), draft_id)
        return sort_turns(list_turns(connection, draft, author))


def sort_turns(turns: Iterable[tuple[int, str, int | None]]) -> Turns:
    """Sort what one person did into what can be taken back and what can be done again.

    Parameters
    ----------
    turns
        Number, kind, and number of the entry that it takes back, in their order.
    """
    done: list[int] = []
    undone: list[int] = []
    for number, kind, undoes in turns:
        if kind == MERGE:
            continue
        if undoes is None:
            done.append(number)
            undone.clear()
        elif undone and undone[-1] == undoes:
            undone.pop()
            done.append(number)
        else:
            done.remove(undoes)
            undone.append(number)
    return Turns(tuple(done), tuple(undone))


def _read_turns(room: Room, author: str) -> Turns:
    return sort_turns(list_turns(room.connection, room.draft, author))


def _take_back(room: Room, number: int, sent: Sent) -> Made:
    """Return what puts back all that an entry changed, or refuse."""
    entry = get_entry(room.connection, room.draft, number)
    plan = room.read_plan(room.draft.head)
    changed = [
        key
        for key, document in entry.result.items()
        if not is_written(plan.features.get(key), document)
    ]
    if changed:
        since = list_entries(room.connection, room.draft, after=number)
        raise ConflictError(
            "undo-changed-since",
            features=changed[:_NAMED],
            authors=_list_authors(since, changed, sent.author),
        )
    edit = Restore(features=dict(entry.revert["features"])).apply(plan)
    gone = [key for key, feature in edit.after.items() if feature is None]
    users = list_users(edit.plan, gone)
    if users:
        raise ConflictError("undo-still-used", features=users[:_NAMED])
    return Made(Restore.kind, entry.revert, edit, undoes=number)


def _list_authors(
    entries: Sequence[EntryRecord], features: Iterable[str], author: str
) -> list[str]:
    """List who touched some features, others first: that is why it cannot be."""
    wanted = frozenset(features)
    found = dict.fromkeys(one.author for one in entries if wanted.intersection(one.touched))
    return sorted(found, key=lambda one: one == author)[:_NAMED]


def _is_turn(entry: EntryRecord) -> bool:
    return entry.undoes is not None
