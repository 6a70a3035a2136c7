"""What closing something does, for pages: who is cut off at once, the rest when it is found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wayfinder.model import Closure
from wayfinder.services.condition_effects import Effect, find_effect
from wayfinder.services.impact.closures import ask_closure_impact, find_closure_reach
from wayfinder.services.impact.document import write_reach
from wayfinder.services.impact.findings import are_ways_lost, list_reach, list_rest
from wayfinder.services.served import Served
from wayfinder.store.conditions import CLOSURE, ConditionRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.room import get_room, get_visit

NO_IMPACT = {"reach": None, "job": None, "findings": None, "ways_are_kept": False}
"""What a page has to say of it where nothing is closed."""


def tell_impact(served: Served, features: Sequence[str]) -> dict[str, Any]:
    """Return what a page says of closing something: ``reach`` at once, ``job`` and ``findings``.

    And ``ways_are_kept``: whether it is known that no entrance, sign or screen loses a way.
    """
    room, who, language = get_room(), get_visit().staff.name, choose_language()
    job = ask_closure_impact(room.background, room.desk.store, served, features, who=who)
    reach = write_reach(find_closure_reach(served, features), served.plan)
    findings = None if job.result is None else list_rest(job.result, language)
    return {
        "reach": list_reach(reach, language),
        "job": job,
        "findings": findings,
        "ways_are_kept": findings is not None and not are_ways_lost(findings),
    }


def tell_effect(
    served: Served, records: Sequence[ConditionRecord], at: datetime
) -> tuple[Effect, dict[str, Any]]:
    """Return what conditions shut that hold at an instant, and what a page says of that."""
    effect = find_effect(served, [one.draft for one in records], at)
    return effect, tell_impact(served, effect.features) if effect.features else NO_IMPACT


def leave_out(
    served: Served, records: Sequence[ConditionRecord], left_out: int, now: datetime
) -> Served:
    """Return the venue as it would be without one of its conditions, by the id of that."""
    closed = {
        key: None
        for one in records
        if one.draft.kind == CLOSURE and one.id != left_out and one.holds_at(now)
        for key in one.draft.features
    }
    others = replace(served.conditions, closures=tuple(Closure(key) for key in closed))
    return served.with_conditions(others, served.conditions_number)


def open_up(served: Served, features: Sequence[str]) -> Served:
    """Return the venue as it would be if nobody had closed some features."""
    closures = tuple(one for one in served.conditions.closures if one.feature not in features)
    others = replace(served.conditions, closures=closures)
    return served.with_conditions(others, served.conditions_number)
