"""Notices for everybody, and hours that differ for a while: a holiday, an afternoon off."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import LANGUAGES, name_language
from wayfinder.guide.names import name_level, sort_levels
from wayfinder.model import Building, Labels, pick_label
from wayfinder.model.conditions import SURFACES
from wayfinder.services import conditions
from wayfinder.services.closing import Closable, find_closable, list_closable
from wayfinder.services.condition_effects import find_effect
from wayfinder.services.condition_notes import noting
from wayfinder.services.opening import find_opening
from wayfinder.services.plain_hours import read_plain
from wayfinder.services.served import Served
from wayfinder.store.conditions import HOURS, NOTICE, ConditionDraft, ConditionRecord
from wayfinder.web.language import carry_language, choose_language
from wayfinder.web.studio.closing_impact import NO_IMPACT, open_up, tell_impact
from wayfinder.web.studio.condition_parts import (
    find_joining,
    find_zone,
    get_now,
    get_served,
    go_to_set,
    guard,
    list_ends,
    list_texts,
    read_set_name,
    read_surfaces,
    read_texts,
    tell_done,
)
from wayfinder.web.studio.page import go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import FormError, Span, read_days, read_span

_FOUND = 20
_QUERY = 64
_SPANS = 2
"""From when till when, twice: most close for lunch."""
_WHILE_ON = "set"
"""In place of days, for what is in a set: as long as that is on."""
_NO_TEXT: Labels = {}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/conditions"
    for name, view in (("notice", add_notice), ("hours", add_hours)):
        blueprint.add_url_rule(f"{path}/{name}", view.__name__, view, methods=["GET", "POST"])


def add_notice(slug: str) -> BaseResponse:
    """Ask for a notice, and show it to everybody."""
    served, store, staff = get_served(), get_room().desk.store, get_visit().staff
    problem, form, set_name = "", request.form, read_set_name()
    given = read_texts(form, "text")
    missing = [tag for tag in LANGUAGES if given and tag not in given]
    if request.method == "POST":

        def add() -> ConditionRecord:
            span = read_span(form, find_zone(served))
            about = form.get("about", "")
            if missing and "sure" not in form:
                raise FormError("notice.missing", languages=[name_language(tag) for tag in missing])
            draft = ConditionDraft(
                NOTICE,
                (about,) if about else (),
                given,
                span.start,
                span.end,
                shown_on=read_surfaces(form),
            )
            return conditions.add(
                store, slug, draft, plan=served.plan, set_name=set_name, who=staff.actor
            )

        with noting() as noted:
            _, problem = guard(add)
        if not problem:
            return _go_on(slug, noted, "notice", set_name)
    return render(
        "conditions",
        "notice.html",
        status=422 if problem else 200,
        abouts=_list_abouts(served),
        ends=list_ends(),
        surfaces=SURFACES,
        texts=[(tag, form.get(f"text.{tag}", "")) for tag, _ in list_texts(_NO_TEXT)],
        sets=conditions.list_all_sets(store, slug),
        joining=find_joining(slug),
        given=form,
        missing=missing,
        chosen=form.getlist("on") if form else SURFACES,
        problem=problem,
    )


def add_hours(slug: str) -> BaseResponse:
    """Ask what has other hours, then which, on which days."""
    served, store, staff = get_served(), get_room().desk.store, get_visit().staff
    language, form = choose_language(), request.form
    feature = request.values.get("feature", "")
    place = find_closable(served, feature, language) if feature else None
    if feature and place is None:
        abort(404)
    problem, set_name, joining = "", read_set_name(), find_joining(slug)
    lasts = joining is not None and form.get("days") == _WHILE_ON
    if request.method == "POST" and place is not None:

        def add() -> ConditionRecord:
            draft = _read_hours(served, place, lasts=lasts)
            return conditions.add(
                store, slug, draft, plan=served.plan, set_name=set_name, who=staff.actor
            )

        with noting() as noted:
            _, problem = guard(add)
        if not problem:
            word = "hours-always" if lasts else "hours"
            return _go_on(slug, noted, word, set_name, name=place.name)
    query = "".join(c for c in request.args.get("q", "")[:_QUERY] if c.isprintable()).strip()
    return render(
        "conditions",
        "exceptional-hours.html",
        status=422 if problem else 200,
        place=place,
        usual=_say_usual(served, place),
        query=query,
        found=list_closable(served, query, language, limit=_FOUND) if query else [],
        texts=[(tag, form.get(f"text.{tag}", "")) for tag, _ in list_texts(_NO_TEXT)],
        sets=conditions.list_all_sets(store, slug),
        joining=joining,
        spans=range(1, _SPANS + 1),
        given=form,
        problem=problem,
        here=_find_own_address(slug, place),
        **_tell_closed(served, place),
    )


def _go_on(
    slug: str,
    noted: Sequence[int],
    word: str,
    set_name: str | None,
    **values: Any,  # noqa: ANN401 - as of `flash`
) -> BaseResponse:
    """Say what was done, and go to where it is seen: its set, or the list of all."""
    if set_name is None:
        done = tell_done(noted, f"conditions.said.{word}", **values)
        return go_to("list_conditions", slug=slug, **done)
    done = tell_done(noted, f"conditions.said.in-set-{word}", set=set_name, **values)
    return go_to_set(slug, set_name, done)


def _list_abouts(served: Served) -> list[tuple[str, str]]:
    """List what a notice may be about: the buildings, each with its floors; id and name."""
    plan, language = served.plan, choose_language()
    levels: dict[str, list[tuple[str, str]]] = {}
    for one in sort_levels(plan):
        home = next(iter(one.building_ids), "")
        levels.setdefault(home, []).append((one.id, name_level(plan, one, language)))
    found: list[tuple[str, str]] = []
    for building in plan.list_of(Building):
        found.append((building.id, pick_label(building.name, language) or building.id))
        found += levels.pop(building.id, [])
    return [*found, *(one for others in levels.values() for one in others)]


def _tell_closed(served: Served, place: Closable | None) -> dict[str, Any]:
    """Return what a page says of hours that close something; nothing where hours close nothing."""
    if place is None:
        return NO_IMPACT
    closed = ConditionDraft(HOURS, (place.id,), {}, hours="off")
    shut = find_effect(served, [closed], get_now()).features
    return tell_impact(open_up(served, place.features), shut) if shut else NO_IMPACT


def _find_own_address(slug: str, place: Closable | None) -> str:
    feature, set_name = place.id if place else None, request.args.get("set")
    values = {"feature": feature, "set": set_name, **carry_language()}
    return url_for("studio.add_hours", slug=slug, **values)


def _read_hours(served: Served, place: Closable, *, lasts: bool) -> ConditionDraft:
    form, zone = request.form, find_zone(served)
    first, last = form.get("first", ""), form.get("last", "")
    days = Span(None, None) if lasts else read_days(first, last, zone)
    kind = form.get("kind", "off")
    if kind == "osm":
        hours = form.get("hours", "").strip()
        if not hours:
            raise FormError("conditions.hours-missing")
    elif kind == "open":
        pairs = [
            (form.get(f"open.{number}", ""), form.get(f"shut.{number}", ""))
            for number in range(1, _SPANS + 1)
        ]
        plain = read_plain(pairs)
        if plain is None or not plain.spans:
            raise FormError("conditions.hours-missing")
        hours = plain.write()
    else:
        hours = "off"
    return ConditionDraft(HOURS, (place.id,), read_texts(form, "text"), days.start, days.end, hours)


def _say_usual(served: Served, place: Closable | None) -> tuple[str, ...]:
    """Say the usual hours of a place in lines; none where it has none."""
    if place is None:
        return ()
    features = served.directory.list_features(place.id)
    return find_opening(served, features, get_now(), choose_language()).hours
