"""An action comes into a draft, or is told that somebody else was there first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from wayfinder.edit import Action, Edit, EditError, write_action
from wayfinder.edit.restore import Restore
from wayfinder.model import Plan
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, add, is_alike
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.errors import Conflict, StaleError
from wayfinder.services.drafts.log import Features, is_same, replay
from wayfinder.store.drafts import EntryRecord, list_entries


class Take(StrEnum):
    """What to do where somebody else has changed the same since.

    ``ask`` refuses with the difference; ``mine`` makes of what is concerned what the author saw and
    did, whatever the others did; ``both`` does the action on top of what they did. To take theirs,
    one sends nothing.
    """

    ASK = "ask"
    MINE = "mine"
    BOTH = "both"


def append(
    desk: Desk,
    slug: str,
    draft_id: int,
    action: Action,
    sent: Sent,
    *,
    take: Take = Take.ASK,
    told: int | None = None,
) -> Appended:
    """Do an action in a draft; when this returns it is safe on disk.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    action
        The action.
    sent
        Who sends it, under which key, and what they had seen.
    take
        What to do where others have changed the same since.
    told
        The last entry that the difference was about which the author chose upon; None: whatever
        came since.

    Raises
    ------
    StaleError
        Others have changed what it touches, or reads, since the author last looked, or once more
        since they were told.
    EditError
        It cannot be done on this plan.
    UnknownError
        There is no such venue or draft, or the draft has not so many entries as were seen.
    ConflictError
        The draft is closed, or the key was used for something else.
    InvalidError
        The key is none, or the action holds what no database may hold.
    """
    document = write_action(action)

    def make(room: Room) -> Made:
        edit = _do(room, action, sent, take, told)
        return Made(action.kind, document, edit)

    return add(
        desk,
        slug,
        draft_id,
        sent,
        make,
        repeats=lambda entry: entry.undoes is None and is_alike(entry.action, document),
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """What an action would do to a plan.

    Parameters
    ----------
    plan
        The plan.
    edit, error
        What it did, or why it cannot be done.
    """

    plan: Plan
    edit: Edit | None
    error: EditError | None = None

    @property
    def touched(self) -> frozenset[str]:
        """Ids of what it changes; none where it cannot be done."""
        return self.edit.touched if self.edit is not None else frozenset()

    @property
    def after(self) -> Features:
        """What comes of it."""
        return self.edit.after if self.edit is not None else {}

    def get_edit(self) -> Edit:
        """Return what it did; raises EditError where it cannot be done."""
        if self.edit is not None:
            return self.edit
        raise self.error if self.error is not None else EditError("action-unknown")


def _try(plan: Plan, action: Action) -> _Tried:
    try:
        return _Tried(plan, action.apply(plan))
    except EditError as error:
        return _Tried(plan, None, error)


def _do(room: Room, action: Action, sent: Sent, take: Take, told: int | None) -> Edit:
    """Return what an action does to the plan at the head, or refuse."""
    now = _try(room.read_plan(room.draft.head), action)
    since = list_entries(room.connection, room.draft, after=sent.seen)
    others = _list_authors(entry for entry in since if entry.author != sent.author)
    if not others:
        return now.get_edit()
    # what one did oneself in the meantime one knows of, heard back or not
    own = [entry for entry in since if entry.author == sent.author]
    seen = _try(replay(room.read_plan(sent.seen), own), action)
    conflicts = list(_list_conflicts(seen, now, others))
    if not conflicts:
        return now.get_edit()
    since_told = [] if told is None else [one for one in since if one.number > told]
    again = _list_authors(entry for entry in since_told if entry.author != sent.author)
    if take is Take.ASK or any(conflict.id in again for conflict in conflicts):
        raise StaleError(conflicts, room.draft.head, can_join=now.edit is not None)
    if take is Take.BOTH:
        return now.get_edit()
    mine = {one.id: one.mine for one in conflicts}
    edit = Restore.of({**seen.get_edit().after, **mine}).apply(now.plan)
    return replace(edit, notes=seen.get_edit().notes)


def _list_authors(entries: Iterable[EntryRecord]) -> Mapping[str, tuple[str, ...]]:
    """Return who touched each feature, in the order that they first did."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for key in entry.touched:
            found.setdefault(key, {})[entry.author] = None
    return {key: tuple(authors) for key, authors in found.items()}


def _list_conflicts(
    seen: _Tried, now: _Tried, others: Mapping[str, tuple[str, ...]]
) -> Iterable[Conflict]:
    """Yield what an action is about and others have changed since, by id.

    It is about what it would have touched as its author saw the plan, what it would touch now, and
    what keeps it from being done now.
    """
    about = set(seen.touched | now.touched)
    if now.error is not None and seen.edit is not None and now.error.feature_id is not None:
        about.add(now.error.feature_id)
    for key in sorted(about & others.keys()):
        was, is_now = seen.plan.features.get(key), now.plan.features.get(key)
        if not is_same(was, is_now):
            mine = seen.after.get(key, was)
            yield Conflict(key, was, mine, is_now, others[key])
