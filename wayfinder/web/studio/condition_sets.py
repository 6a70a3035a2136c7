"""Sets of conditions: prepared, looked at, switched on and off together, by hand or by hours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services import condition_sets, conditions
from wayfinder.services.condition_notes import noting
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store.conditions import NOTICE, ConditionRecord, ConditionSet
from wayfinder.web.language import choose_language
from wayfinder.web.studio.closing_impact import NO_IMPACT, tell_effect
from wayfinder.web.studio.condition_parts import (
    find_done,
    find_zone,
    get_now,
    get_served,
    guard,
    make_rows,
    name_all,
    say_who,
    tell_done,
)
from wayfinder.web.studio.page import go_to, render
from wayfinder.web.studio.room import get_room, get_visit


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/conditions/sets"
    one = f"{path}/<int(max=2147483647):set_id>"
    blueprint.add_url_rule(path, "list_sets", list_sets)
    blueprint.add_url_rule(one, "show_set", show_set)
    for address, view in (
        (f"{path}/prepare", prepare_set),
        (f"{one}/switch", switch_set),
        (f"{one}/hours", give_set_hours),
        (f"{one}/remove", remove_set),
    ):
        blueprint.add_url_rule(address, view.__name__, view, methods=["POST"])


def list_sets(slug: str, problem: str = "", status: int = 200) -> BaseResponse:
    """Show the sets, and which are on."""
    zone = find_zone(get_served())
    sets = conditions.list_all_sets(get_room().desk.store, slug)
    return render(
        "conditions",
        "condition-sets.html",
        status=status,
        sets=[(condition_sets.foresee(one, zone), _say_switched_by(one)) for one in sets],
        problem=problem,
        given=request.form,
        done=find_done(slug),
    )


def show_set(slug: str, set_id: int, problem: str = "", status: int = 200) -> BaseResponse:
    """Show a set: what is in it, what it would do, and what switches it."""
    served, store = get_served(), get_room().desk.store
    found, records = condition_sets.find_set(store, slug, set_id)
    now = get_now()
    foreseen = _foresee(served, records, now) if not found.active else {}
    others = [one for one in conditions.list_all_sets(store, slug) if one.id != set_id]
    return render(
        "closing",
        "condition-set.html",
        status=status,
        set=condition_sets.foresee(found, find_zone(served)),
        switched_by=_say_switched_by(found),
        rows=make_rows(served, records),
        others=others,
        may_close=_may_close(),
        hours=request.form.get("hours", found.hours or ""),
        problem=problem,
        done=find_done(slug),
        now=now,
        **{"effect": None, **NO_IMPACT, **foreseen},
    )


def prepare_set(slug: str) -> BaseResponse:
    """Make a set that is off, with nothing in it yet."""
    store, staff = get_room().desk.store, get_visit().staff
    name = request.form.get("name", "")
    with noting() as noted:
        made, problem = guard(
            lambda: condition_sets.prepare_set(store, slug, name, who=staff.actor)
        )
    if made is None:
        return list_sets(slug, problem, 422)
    done = tell_done(noted, "conditions.said.set-made", name=made.name)
    return go_to("show_set", slug=slug, set_id=made.id, **done)


def switch_set(slug: str, set_id: int) -> BaseResponse:
    """Switch a set on or off, and others off in the same moment."""
    store, staff = get_room().desk.store, get_visit().staff
    found, _ = condition_sets.find_set(store, slug, set_id)
    turn_on = request.form.get("to") == "on"
    known = {one.name for one in conditions.list_all_sets(store, slug)} - {found.name}
    off = [name for name in request.form.getlist("off") if name in known]
    with noting() as noted:
        conditions.switch(
            store,
            slug,
            on=[found.name] if turn_on else [],
            off=off if turn_on else [found.name],
            who=staff.actor,
        )
    done = tell_done(noted, f"conditions.said.set-{'on' if turn_on else 'off'}", name=found.name)
    return go_to("show_set", slug=slug, set_id=set_id, **done)


def give_set_hours(slug: str, set_id: int) -> BaseResponse:
    """Let a set switch itself by hours, or by hand alone."""
    store, staff, form = get_room().desk.store, get_visit().staff, request.form

    def give() -> ConditionSet:
        hours = form.get("hours", "")
        return condition_sets.give_hours(store, slug, set_id, hours, who=staff.actor)

    with noting() as noted:
        made, problem = guard(give)
    if made is None:
        return show_set(slug, set_id, problem, 422)
    done = tell_done(noted, f"conditions.said.set-{'hours' if made.hours else 'no-hours'}")
    return go_to("show_set", slug=slug, set_id=set_id, **done)


def remove_set(slug: str, set_id: int) -> BaseResponse:
    """Remove a set with all that is in it."""
    store, staff = get_room().desk.store, get_visit().staff
    found, _ = condition_sets.find_set(store, slug, set_id)
    with noting() as noted:
        conditions.forget_set(store, slug, found.name, who=staff.actor)
    done = tell_done(noted, "conditions.said.set-removed", name=found.name)
    return go_to("list_sets", slug=slug, **done)


def _say_switched_by(one: ConditionSet) -> str:
    return "" if one.switched_by is None else say_who(one.switched_by)


def _foresee(served: Served, records: Sequence[ConditionRecord], now: datetime) -> dict[str, Any]:
    """Return what a page says of switching a set on now; nothing where it closes nothing ever."""
    shutting = [one for one in records if one.draft.kind != NOTICE]
    if not shutting:
        return {}
    effect, impact = tell_effect(served, shutting, now)
    over = [one for one in shutting if one.is_over(now)]
    coming = [one for one in shutting if one.draft.start is not None and one.draft.start > now]
    ids = {
        "over": [key for one in over for key in one.draft.features],
        "coming": [key for one in coming for key in one.draft.features],
        "by_hours": effect.by_hours if effect.at is not None else (),
        "at_other_times": effect.at_other_times,
    }
    language = choose_language()
    named = {word: name_all(served, keys, language) if keys else "" for word, keys in ids.items()}
    return {"effect": effect, "named": named, **impact}


def _may_close() -> bool:
    role = get_visit().role
    return role is not None and role.covers(Role.PUBLISHER)
