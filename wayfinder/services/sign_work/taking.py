"""Taking a plan of signs into a draft, as one entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from wayfinder.edit import Action, Edit, EditError, parse_offered
from wayfinder.edit.restore import Restore
from wayfinder.model import Feature, Plan
from wayfinder.services.drafts import Desk
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, add
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.sign_work.names import ENTRY


def take_plan(
    desk: Desk, slug: str, draft_id: int, proposal: Mapping[str, Any], sent: Sent
) -> Appended:
    """Take a plan of signs into a draft as one entry, which is taken back as one.

    Each sign is hung as by hand: what cannot be refuses all of it.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    proposal
        What `wayfinder.services.sign_work.planning.run` returned.
    sent
        Who takes it.

    Raises
    ------
    EditError
        A sign cannot hang so: the draft has changed since it was planned.
    StoreError
        As for `wayfinder.services.drafts.append`.
    """

    def make(room: Room) -> Made:
        edit = _do(room.read_plan(room.draft.head), proposal)
        if not edit.touched:
            raise SignWorkError("nothing-planned")
        told = {"kind": ENTRY, "signs": len(proposal["signs"]), "lines": proposal["lines"]}
        return Made(ENTRY, told, edit)

    return add(desk, slug, draft_id, sent, make, repeats=lambda entry: entry.kind == ENTRY)


def _do(plan: Plan, proposal: Mapping[str, Any]) -> Edit:
    """Do all that a proposal asks for, and return it as one edit."""
    now = plan
    for action in _list_actions(plan, proposal):
        now = action.apply(now).plan
    keys = plan.features.keys() | now.features.keys()
    pairs: dict[str, tuple[Feature | None, Feature | None]] = {
        key: (plan.features.get(key), now.features.get(key)) for key in sorted(keys)
    }
    changed = {key: is_now for key, (was, is_now) in pairs.items() if was is not is_now}
    return Restore.of(changed).apply(plan)


def _list_actions(plan: Plan, proposal: Mapping[str, Any]) -> Sequence[Action]:
    gone = [one for one in proposal["taken_down"] if one in plan]
    documents: list[dict[str, Any]] = [{"kind": "delete", "features": gone}] if gone else []
    for sign in proposal["signs"]:
        if sign["new"]:
            documents.append(_hang(sign))
        elif sign["id"] not in plan:
            raise EditError("feature-missing", {}, sign["id"])
        documents.append(
            {"kind": "set-messages", "feature": sign["id"], "messages": sign["messages"]}
        )
    return [parse_offered(document) for document in documents]


def _hang(sign: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "add-sign",
        "id": sign["id"],
        "level_id": sign["level"],
        "at": sign["place"],
        "bearing_deg": sign["bearing_deg"],
        "mounting": sign["mounting"],
    }
