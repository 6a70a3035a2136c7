"""A draft takes over what came into force since it was opened, so that publishing undoes nothing.

What differs between the release that the draft has everything of and the one in force comes into
the log as one entry. A feature that both changed is somebody's to choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wayfinder.edit.restore import Restore
from wayfinder.model import Feature, Plan
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, add
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.errors import Conflict, MergeError
from wayfinder.services.drafts.log import Features, is_same
from wayfinder.services.drafts.undo import MERGE
from wayfinder.store.drafts import EntryRecord, set_merged
from wayfinder.store.releases import read_release


class Side(StrEnum):
    """Whose feature is taken: the draft's, or that of the release in force."""

    MINE = "mine"
    THEIRS = "theirs"


def merge(
    desk: Desk,
    slug: str,
    draft_id: int,
    sent: Sent,
    *,
    choices: Mapping[str, Side] | None = None,
    shown: int | None = None,
) -> Appended:
    """Take over into a draft what came into force since.

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
    choices
        Id of a feature that both changed to whose is taken.
    shown
        The release that who chose was shown: of another one nothing was chosen.

    Raises
    ------
    MergeError
        Both changed a feature of which nothing was chosen, or not upon the release in force.
    UnknownError, ConflictError, InvalidError
        As for `append`.
    """

    def make(room: Room) -> Made:
        # what somebody chose upon another release they chose without seeing this one
        chosen = choices if shown == room.venue.published else None
        return _merge(room, chosen or {})

    return add(desk, slug, draft_id, sent, make, repeats=_is_merge)


@dataclass(frozen=True, slots=True)
class _Three:
    """The plans that are merged: what both come from, the draft, the release in force."""

    common: Plan
    mine: Plan
    theirs: Plan

    def list_differing(self, one: Plan, other: Plan) -> list[str]:
        """List the ids of the features in which two plans differ."""
        keys = sorted(one.features.keys() | other.features.keys())
        pairs = ((key, one.features.get(key), other.features.get(key)) for key in keys)
        return [key for key, was, now in pairs if was is not now and not is_same(was, now)]


def _merge(room: Room, choices: Mapping[str, Side]) -> Made:
    published = room.venue.published
    head = room.read_plan(room.draft.head)
    changed: Features = {}
    if published is not None and published not in room.draft.upon:
        theirs = read_release(room.connection, room.venue, published).plan
        changed = _choose(_Three(_read_common(room), head, theirs), choices, published)
    set_merged(room.connection, room.draft, published)
    edit = Restore.of(changed).apply(head)
    action = {"kind": MERGE, "release": published}
    return Made(MERGE, action, edit)


def _read_common(room: Room) -> Plan:
    """Return the plan that was in force when the draft last took over everything."""
    number = room.draft.merged_number
    if number is None:
        return Plan.of(())
    return read_release(room.connection, room.venue, number).plan


def _choose(three: _Three, choices: Mapping[str, Side], published: int) -> Features:
    """Return the features that are taken over."""
    theirs = three.list_differing(three.common, three.theirs)
    mine = frozenset(three.list_differing(three.common, three.mine))
    taken: dict[str, Feature | None] = {}
    conflicts = []
    for key in theirs:
        was, own, other = (
            plan.features.get(key) for plan in (three.common, three.mine, three.theirs)
        )
        if is_same(own, other):
            continue
        if key in mine and key not in choices:
            conflicts.append(Conflict(key, was, own, other, ()))
        elif key not in mine or choices[key] is Side.THEIRS:
            taken[key] = other
    if conflicts:
        raise MergeError(conflicts, published)
    return taken


def _is_merge(entry: EntryRecord) -> bool:
    return entry.kind == MERGE
