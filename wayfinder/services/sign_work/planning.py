"""Planning where signs should hang, for a draft."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayfinder.checks.public_places import list_entrances, list_public_places
from wayfinder.checks.sign_extras import add_extras
from wayfinder.checks.sign_plan import ROUNDS, Gap, add_signs, plan_signs
from wayfinder.collector import without_collector
from wayfinder.graph import build_network
from wayfinder.model import Plan, Sign, list_signs
from wayfinder.route import Router
from wayfinder.services.background import Run
from wayfinder.services.drafts import Desk, read_plan
from wayfinder.services.sign_work.errors import SignWorkError


def run(work: Run) -> dict[str, Any]:
    """Plan the fewest signs that lead from the entrances of a draft to its public places.

    Its arguments: ``draft``; ``number``, the entry after which; ``keep``, whether the signs that
    there are stay; ``rounds``, how often it is walked by and mended at most, or null.

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
    found = plan_signs(Router(network), kept=kept, rounds=asked["rounds"] or ROUNDS)
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
