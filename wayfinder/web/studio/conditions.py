"""All that holds without a publish: now, to come, over; each by itself; taking back."""

from dataclasses import replace
from datetime import tzinfo
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model.conditions import SURFACES
from wayfinder.services import audit, conditions
from wayfinder.services.closing import list_closables
from wayfinder.services.condition_log import find_entry_here, list_ended
from wayfinder.services.condition_notes import noting
from wayfinder.services.condition_sets import foresee
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store import ConflictError
from wayfinder.store.conditions import (
    CLOSURE,
    HOURS,
    NOTICE,
    ConditionDraft,
    ConditionRecord,
    get_condition,
)
from wayfinder.store.venues import get_venue
from wayfinder.web.api.writing import follow
from wayfinder.web.language import choose_language
from wayfinder.web.studio.closing_impact import NO_IMPACT, leave_out, tell_effect
from wayfinder.web.studio.condition_parts import (
    find_done,
    find_zone,
    get_now,
    get_served,
    guard,
    list_ends,
    list_texts,
    make_ended_rows,
    make_rows,
    read_surfaces,
    read_texts,
    tell_done,
)
from wayfinder.web.studio.opened import tell_opened, tell_taken_out
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import read_span, write_instant

_ENDED = 20
_OVER = 20
"""So much of what is over is listed (ours); all of it is in the log."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/conditions"
    one = f"{path}/<int(max=2147483647):condition_id>"
    blueprint.add_url_rule(path, "list_conditions", list_conditions)
    blueprint.add_url_rule(one, "show_condition", show_condition)
    for address, view in (
        (f"{one}/change", change_condition),
        (f"{one}/end", end_condition),
        (f"{path}/undo/<int(max=2147483647):entry_id>", undo_condition),
    ):
        blueprint.add_url_rule(address, view.__name__, view, methods=["POST"])


def list_conditions(slug: str) -> BaseResponse:
    """Show what holds now, what will, and what is over."""
    served, store, staff = get_served(), get_room().desk.store, get_visit().staff
    now = get_now()
    records = conditions.list_all(store, slug)
    lasting = [one for one in records if one.draft.end is None or one.draft.end > now]
    held = [one for one in lasting if one.holds_at(now)]
    # what a set that is off keeps ready is on the page of the set
    coming = [one for one in lasting if one not in held and one.active]
    over = [one for one in records if one not in lasting and one.active]
    over.sort(key=lambda one: one.draft.end or now, reverse=True)
    ended = list_ended(store, slug, staff, count=_ENDED)
    rows = [*make_rows(served, over[:_OVER]), *make_ended_rows(served, ended)]
    rows.sort(key=lambda row: row.end or now, reverse=True)
    return render(
        "conditions",
        "conditions.html",
        groups=[
            ("now", make_rows(served, sorted(held, key=_rank))),
            ("coming", make_rows(served, sorted(coming, key=_rank))),
            ("over", rows[:_OVER]),
        ],
        sets=[foresee(one, find_zone(served)) for one in conditions.list_all_sets(store, slug)],
        done=find_done(slug),
    )


def show_condition(
    slug: str, condition_id: int, problem: str = "", status: int = 200
) -> BaseResponse:
    """Show one of them: what, why, until when, and who says so."""
    served, record = get_served(), _get(slug, condition_id)
    zone, draft, given = find_zone(served), record.draft, request.form
    now = get_now()
    impact = _tell_effect(slug, served, record)
    return render(
        "conditions",
        "condition.html",
        status=status,
        record=record,
        row=make_rows(served, [record])[0],
        is_held=record.holds_at(now),
        is_over=record.is_over(now),
        given={
            "from": given.get("from", write_instant(draft.start, zone)),
            "until": given.get("until", "at" if draft.end is not None else ""),
            "end": given.get("end", write_instant(draft.end, zone)),
            "hours": given.get("hours", draft.hours or ""),
            "texts": [
                (tag, given.get(f"text.{tag}", text)) for tag, text in list_texts(draft.text)
            ],
            "shown_on": given.getlist("on") if given else draft.shown_on,
        },
        ends=list_ends(),
        surfaces=SURFACES,
        problem=problem,
        done=find_done(slug),
        **impact,
    )


def change_condition(slug: str, condition_id: int) -> BaseResponse:
    """Let it hold longer, shorter, or with other words."""
    served, record = get_served(), _get(slug, condition_id)
    store, staff = get_room().desk.store, get_visit().staff

    def change() -> ConditionRecord:
        draft = _read_change(record.draft, find_zone(served))
        return conditions.change(
            store, slug, condition_id, draft, plan=served.plan, who=staff.actor
        )

    with noting() as noted:
        _, problem = guard(change)
    if problem:
        return show_condition(slug, condition_id, problem, 422)
    done = tell_done(noted, f"conditions.said.{'changed' if noted else 'unchanged'}")
    return go_to("show_condition", slug=slug, condition_id=condition_id, **done)


def end_condition(slug: str, condition_id: int) -> BaseResponse:
    """Let it hold no more."""
    store, staff, served = get_room().desk.store, get_visit().staff, get_served()
    with noting() as noted:
        record = conditions.remove(store, slug, condition_id, plan=served.plan, who=staff.actor)
    name = make_rows(served, [record])[0].name
    if record.set is not None and not record.active:
        done = tell_taken_out(noted, record, name)
    elif record.draft.kind == CLOSURE:
        about = list_closables(served, record.draft.features, choose_language())
        done = tell_opened(slug, noted, ended=[record], closables=about, name=name)
    else:
        done = tell_done(noted, f"conditions.said.ended-{record.draft.kind}", name=name)
    return go_to("list_conditions", slug=slug, **done)


def undo_condition(slug: str, entry_id: int) -> BaseResponse:
    """Take back what was done with conditions, by oneself or a colleague."""
    visit, store = get_visit(), get_room().desk.store
    find_entry_here(store, slug, entry_id)
    try:
        audit.undo(store, visit.staff, visit.get_organisation(), entry_id, venue=slug)
    except ConflictError:
        flash("said.not-undone")
    else:
        follow()
        flash("said.undone")
    return go_to("list_conditions", slug=slug)


def _tell_effect(slug: str, served: Served, record: ConditionRecord) -> dict[str, Any]:
    """Return what a page says of what a condition does, beside all others, while it holds."""
    role, now, draft = get_visit().role, get_now(), record.draft
    if role is None or not role.covers(Role.PUBLISHER) or draft.kind == NOTICE:
        return {"effect": None, **NO_IMPACT}
    others = leave_out(served, conditions.list_all(get_room().desk.store, slug), record.id, now)
    # it can be made to hold again, and longer
    lasting = replace(record, draft=replace(draft, start=None, end=None))
    effect, impact = tell_effect(others, [lasting], now)
    return {"effect": effect, **impact}


def _get(slug: str, condition_id: int) -> ConditionRecord:
    with get_room().desk.store.read() as connection:
        return get_condition(connection, get_venue(connection, slug), condition_id)


def _read_change(draft: ConditionDraft, zone: tzinfo) -> ConditionDraft:
    """Read what a condition is to be from now on; what the form does not ask for stays."""
    form = request.form
    span = read_span(form, zone)
    text = read_texts(form, "text")
    return replace(
        draft,
        start=span.start,
        end=span.end,
        text=text or ({} if draft.kind != NOTICE else draft.text),
        hours=form.get("hours", "").strip() if draft.kind == HOURS else None,
        shown_on=read_surfaces(form) if draft.kind == NOTICE else (),
    )


def _rank(record: ConditionRecord) -> tuple[int, float]:
    """Closures first, then what began or begins last."""
    kinds = (CLOSURE, HOURS, NOTICE)
    begins = record.draft.start or record.made_at
    return kinds.index(record.draft.kind), -begins.timestamp()
