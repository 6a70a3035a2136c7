"""Closing and reopening: in two taps from where one stands, from a list with search, from a map."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.names import name_level, sort_levels
from wayfinder.model import Level
from wayfinder.services import conditions
from wayfinder.services.closing import (
    Closable,
    find_closable,
    guess_reason,
    list_closable_areas,
    list_closing,
    list_doors,
    list_machines,
    search_closable,
)
from wayfinder.services.closing_maps import draw_closing_map
from wayfinder.services.condition_notes import noting
from wayfinder.services.people.roles import Role
from wayfinder.services.reasons import PHRASES, make_reason
from wayfinder.services.served import Served
from wayfinder.store import ConflictError
from wayfinder.store.conditions import CLOSURE, ConditionDraft, ConditionRecord
from wayfinder.web.language import carry_language, choose_language
from wayfinder.web.studio.closing_impact import tell_impact
from wayfinder.web.studio.condition_parts import (
    find_done,
    find_joining,
    find_zone,
    get_now,
    get_served,
    go_to_set,
    guard,
    list_ends,
    make_rows,
    read_set_name,
    read_texts,
    tell_done,
)
from wayfinder.web.studio.opened import tell_opened
from wayfinder.web.studio.page import go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import FormError, read_span

_FOUND = 30
_MOST = 100
"""Features that one form closes at most."""
_QUERY = 64
_ZOOMS = (1, 2, 4)
_WIDTH_PX = 640


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/conditions"
    blueprint.add_url_rule(f"{path}/choose", "choose_closing", choose_closing)
    blueprint.add_url_rule(f"{path}/map", "show_closing_map", show_closing_map)
    blueprint.add_url_rule(f"{path}/close", "show_closing", show_closing)
    for name, view in (("close", close_feature), ("reopen", reopen_feature)):
        blueprint.add_url_rule(f"{path}/{name}", view.__name__, view, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be chosen, and whether it is closed already."""

    closable: Closable
    is_closed: bool


def choose_closing(slug: str) -> BaseResponse:
    """Show what may be closed: what was searched for, else the lifts."""
    served, language = get_served(), choose_language()
    query = "".join(c for c in request.args.get("q", "")[:_QUERY] if c.isprintable()).strip()
    found = (
        search_closable(served, query, language, limit=_FOUND)
        if query
        else list_machines(served, language)
    )
    closed = _find_closed(slug)
    areas = [] if query else list_closable_areas(served, language)[:_FOUND]
    choices, areas_chosen = (
        [Choice(one, not closed.isdisjoint(one.features)) for one in each]
        for each in (found, areas)
    )
    return render(
        "conditions",
        "closing-choose.html",
        choices=choices,
        areas=areas_chosen,
        query=query,
        joining=find_joining(slug),
    )


def show_closing_map(slug: str) -> BaseResponse:
    """Show a floor on which one taps what is to be closed."""
    served, language = get_served(), choose_language()
    level = _choose_level(served)
    zoom = request.args.get("zoom", 1, type=int)
    chosen = zoom if zoom in _ZOOMS else 1
    closed = _find_closed(slug)
    areas = list_closable_areas(served, language, level_id=level.id)
    drawing = draw_closing_map(
        served,
        level.id,
        language=language,
        width_px=_WIDTH_PX * chosen,
        closed=closed,
        link=_link_closing,
    )
    return render(
        "conditions",
        "closing-map.html",
        level=level,
        level_name=name_level(served.plan, level, language),
        levels=[
            (one.id, name_level(served.plan, one, language)) for one in sort_levels(served.plan)
        ],
        zoom=chosen,
        zooms=_ZOOMS,
        joining=find_joining(slug),
        areas=[Choice(one, not closed.isdisjoint(one.features)) for one in areas],
        drawing=Markup(drawing),  # noqa: S704 - the drawing escapes what it is given
    )


def show_closing(slug: str, problem: str = "", status: int = 200) -> BaseResponse:
    """Show what closing something does, and the button that does it; or what keeps it closed.

    Where a set is filled, what is closed already may join it too.
    """
    served, store, visit = get_served(), get_room().desk.store, get_visit()
    closables, language = _read_closables(served), choose_language()
    now = get_now()
    records = _list_all_closing(conditions.list_all(store, slug), closables, now)
    held = [one for one in records if one.holds_at(now)]
    values: dict[str, Any] = {"doors": (), "job": None}
    if not held:
        values |= tell_impact(served, _list_features(closables))
    if len(closables) == 1:
        values["doors"] = list_doors(served, closables[0].id, language)
    return render(
        "closing",
        "closing.html",
        status=status,
        closables=closables,
        features=[one.id for one in closables],
        name=_name(closables),
        held=make_rows(served, held),
        coming=make_rows(served, [one for one in records if one not in held]),
        phrases=[(one, translate(language, f"closing.reason.{one}")) for one in PHRASES],
        likeliest=guess_reason(closables[0]),
        ends=list_ends(),
        sets=conditions.list_all_sets(store, slug),
        joining=find_joining(slug),
        own_reasons=[(tag, request.form.get(f"reason.{tag}", "")) for tag in LANGUAGES],
        may_close=visit.role is not None and visit.role.covers(Role.PUBLISHER),
        given=request.form,
        problem=problem,
        done=find_done(slug),
        sign=_read_sign(),
        **values,
    )


def close_feature(slug: str) -> BaseResponse:
    """Close something, from now on or for a while."""
    served, store, staff = get_served(), get_room().desk.store, get_visit().staff
    closables = _read_closables(served)
    set_name = read_set_name()

    def close() -> ConditionRecord:
        draft = _read_draft(served, closables)
        return conditions.add(
            store, slug, draft, plan=served.plan, set_name=set_name, who=staff.actor
        )

    with noting() as noted:
        made, problem = guard(close)
    if made is None:
        return show_closing(slug, problem, 422)
    name = _name(closables)
    if set_name is not None:
        done = tell_done(noted, "conditions.said.in-set", name=name, set=set_name)
        return go_to_set(slug, set_name, done)
    holds = made.holds_at(get_now())
    word = "out" if closables[0].is_machine else "closed"
    done = tell_done(noted, f"conditions.said.{word if holds else 'coming'}", name=name)
    return go_to(
        "show_closing", slug=slug, feature=[one.id for one in closables], **done, **_keep()
    )


def reopen_feature(slug: str) -> BaseResponse:
    """Open something again: what closes it now, and what would."""
    served, store, staff = get_served(), get_room().desk.store, get_visit().staff
    closables = _read_closables(served)
    ended: tuple[ConditionRecord, ...] = ()
    with noting() as noted, suppress(ConflictError):  # a colleague was quicker
        ended = conditions.reopen(
            store, slug, _list_features(closables), plan=served.plan, who=staff.actor
        ).opened
    done = tell_opened(slug, noted, ended=ended, closables=closables, name=_name(closables))
    ids = [one.id for one in closables]
    return go_to("show_closing", slug=slug, feature=ids, **done, **_keep())


def _read_closables(served: Served) -> list[Closable]:
    """Return what the request is about; raises NotFound where that is nothing, or unknown."""
    ids = list(dict.fromkeys(request.values.getlist("feature")))[:_MOST]
    language = choose_language()
    found: dict[frozenset[str], Closable] = {}
    for key in ids:
        one = find_closable(served, key, language)
        if one is None:
            abort(404)
        found.setdefault(frozenset(one.features), one)
    return list(found.values()) or abort(404)


def _read_draft(served: Served, closables: Sequence[Closable]) -> ConditionDraft:
    form = request.form
    span = read_span(form, find_zone(served))
    phrase = form.get("phrase", "")
    if phrase and phrase not in PHRASES:
        raise FormError("conditions.no-phrase")
    reason = make_reason(phrase, read_texts(form, "reason"))
    return ConditionDraft(CLOSURE, _list_features(closables), reason, span.start, span.end)


def _list_features(closables: Sequence[Closable]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in closables for key in one.features))


def _list_all_closing(
    records: Sequence[ConditionRecord], closables: Sequence[Closable], now: datetime
) -> list[ConditionRecord]:
    found = [record for one in closables for record in list_closing(records, one.features, now)]
    return list({one.id: one for one in found if one.active}.values())


def _find_closed(slug: str) -> frozenset[str]:
    return conditions.find_closed(get_room().desk.store, slug, get_now())


def _name(closables: Sequence[Closable]) -> str:
    names = [one.name for one in closables]
    return translate(choose_language(), "studio.conditions.names", names=names)


def _choose_level(served: Served) -> Level:
    """Return the floor that the address names, else that of what it names, else the main one."""
    wanted = served.plan.find(request.args.get("level", ""), Level)
    if wanted is not None:
        return wanted
    levels = served.plan.levels
    if not levels:
        raise ConflictError("not-served-yet", venue=served.slug)
    rooms = Counter(unit.level_id for unit in served.plan.units)
    return min(levels, key=lambda one: (abs(one.ordinal), -rooms[one.id]))


def _link_closing(feature_id: str) -> str:
    venue, set_name = get_visit().get_venue().slug, read_set_name()
    values = {"feature": feature_id, "set": set_name, **carry_language()}
    return url_for("studio.show_closing", slug=venue, **values)


def _read_sign() -> str:
    """Return the code of the sign that one came from, to go back there."""
    sign = request.values.get("sign", "")
    return sign if sign.isalnum() and len(sign) < 20 else ""


def _keep() -> dict[str, str]:
    sign = _read_sign()
    return {"sign": sign} if sign else {}
