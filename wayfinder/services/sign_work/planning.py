"""Planning where signs should hang, for a draft; and taking the plan into it, as one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wayfinder.checks.public_places import list_entrances, list_public_places
from wayfinder.checks.sign_extras import add_extras
from wayfinder.checks.sign_plan import Gap, add_signs, plan_signs
from wayfinder.collector import without_collector
from wayfinder.edit import Action, Edit, EditError, parse_offered
from wayfinder.edit.restore import Restore
from wayfinder.graph import build_network
from wayfinder.model import Feature, Plan, Sign, list_signs
from wayfinder.route import Router
from wayfinder.services.background import Run
from wayfinder.services.drafts import Desk, read_plan
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, add
from wayfinder.services.sign_work.errors import SignWorkError

KIND = "sign-plan"
ENTRY = "sign-plan"
"""Kind of the entry in a draft's log."""


def run(work: Run) -> dict[str, Any]:
    """Plan the fewest signs that lead from the entrances of a draft to its public places.

    Its arguments: ``draft``; ``number``, the entry after which; ``keep``, whether the signs that
    there are stay where they are; ``rounds``, how often it is walked by and mended at most.

    Raises
    ------
    SignWorkError
        Nobody comes from outside, or there is nowhere to go.
    StoreError
        There is no such draft.
    """
    asked = work.arguments
    plan = read_plan(Desk(work.store), work.slug, asked["draft"], asked["number"]).plan
    work.tell("reading", 0.05)
    kept = [sign for sign in list_signs(plan) if asked["keep"] and not sign.directory]
    bare = plan if asked["keep"] else _without_signs(plan)
    with without_collector():
        network = build_network(bare)
    if not list_entrances(network):
        raise SignWorkError("no-entrance")
    if not list_public_places(network):
        raise SignWorkError("no-places")
    work.tell("walking", 0.15)
    found = plan_signs(Router(network), kept=kept, rounds=asked["rounds"])
    work.tell("filling", 0.7)
    filled = add_extras(Router(build_network(add_signs(bare, found.signs))), found.signs)
    found = replace(found, signs=filled)
    return {
        "draft": asked["draft"],
        "number": asked["number"],
        "decision_points": found.decision_points,
        "faces": len(found.signs),
        "lines": found.lines,
        "journeys": found.journeys,
        "arrived": found.arrived,
        "gap": found.gap,
        "solved": found.solved,
        "signs": [_describe(plan, sign) for sign in found.signs],
        "taken_down": [] if asked["keep"] else sorted(_list_gone(plan, found.signs)),
        "uncovered": [_describe_gap(plan, gap) for gap in found.gaps],
    }


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
        What `run` returned.
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


def _without_signs(plan: Plan) -> Plan:
    return plan.without(*(sign.id for sign in list_signs(plan) if not sign.directory))


def _list_gone(plan: Plan, signs: Sequence[Sign]) -> set[str]:
    there = {sign.id for sign in signs}
    return {sign.id for sign in list_signs(plan) if not sign.directory} - there


def _describe(plan: Plan, sign: Sign) -> dict[str, Any]:
    return {
        "id": sign.id,
        "level": sign.level_id,
        "place": list(plan.frame.to_degrees(*sign.point)),
        "bearing_deg": sign.bearing_deg,
        "mounting": sign.mounting,
        "new": sign.id not in plan,
        "messages": [{"to": one.to, "arrow": str(one.arrow)} for one in sign.messages],
    }


def _describe_gap(plan: Plan, gap: Gap) -> dict[str, Any]:
    return {
        "level": gap.level_id,
        "place": list(plan.frame.to_degrees(*gap.point)),
        "places": list(gap.goals),
    }
