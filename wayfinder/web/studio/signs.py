"""The signs of a venue: which there are, each by itself, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.marked import Mark, draw_marked
from wayfinder.errors import CodedError
from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import name_level, sort_levels
from wayfinder.guide.pointing import name_arrow
from wayfinder.model import Labels, Level, Plan, Sign, pick_label
from wayfinder.model.sign_codes import clean_code
from wayfinder.model.sign_records import HANGING, NEXT_STATES, SignState
from wayfinder.services import signage
from wayfinder.services.served import Served
from wayfinder.services.signage import SignEntry
from wayfinder.store import UnknownError
from wayfinder.web.language import carry_language, choose_language
from wayfinder.web.studio.addresses import set_page
from wayfinder.web.studio.page import go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_parts import (
    find_base,
    find_served,
    list_wrong_ids,
    read_day,
    say_error,
    say_noted,
    say_size,
)

_PAGE = 100
"""Signs on a page of the list (ours)."""
_MOST = 5_000
_BEFORE_IT = (
    *(SignState.MOUNTED, SignState.DAMAGED, SignState.PRINTED),
    *(SignState.REMOVED, SignState.PLANNED),
)
"""States in the order in which they are offered."""
_AGAIN = frozenset({SignState.MOUNTED, SignState.PRINTED})
_FILTERS = ("q", "level", "state", "wrong")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/signs"
    blueprint.add_app_template_global(translate, "translate")
    blueprint.add_url_rule(path, "list_signs", list_signs)
    blueprint.add_url_rule(f"{path}/state", "set_sign_states", set_sign_states, methods=["POST"])
    blueprint.add_url_rule(f"{path}/<sign>", "show_sign", show_sign)
    blueprint.add_url_rule(f"{path}/<sign>/picture.svg", "draw_sign_picture", draw_picture)


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor that one may choose.

    Parameters
    ----------
    id
        Of its level.
    name
        What it is called, its building first.
    """

    id: str
    name: str


def list_floors(plan: Plan, language: str) -> list[Floor]:
    """List the floors of a plan, building by building from below."""
    return [Floor(one.id, name_level(plan, one, language)) for one in sort_levels(plan)]


def list_signs(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show the signs that fit what is looked for, and on which floor's map they are."""
    store, language = get_room().desk.store, choose_language()
    every, served, wrong = signage.list_entries(store, slug), find_served(), list_wrong_ids()
    wanted = {key: request.values.get(key, "").strip()[:80] for key in _FILTERS}
    found = [one for one in every if _fits(one, wanted, wrong)]
    start = max(0, request.args.get("start", 0, type=int))
    counts = {state: sum(one.state is state for one in every) for state in SignState}
    map_svg = None
    if served is not None and served.plan.find(wanted["level"], Level) is not None:
        marks = [
            _mark(served.signs[one.feature], one, slug, wrong)
            for one in found
            if one.is_in_force and one.feature in served.signs
        ]
        map_svg = draw_marked(served.plan, wanted["level"], marks, language=language)
    return render(
        "signs",
        "signs.html",
        status=status,
        slug=slug,
        signs=found[start : start + _PAGE],
        found=len(found),
        all=len(every),
        start=start,
        page_size=_PAGE,
        wanted=wanted,
        filters={key: value for key, value in wanted.items() if value},
        floors=list_floors(served.plan, language) if served is not None else [],
        states=list(SignState),
        counts=counts,
        wrong=wrong,
        map_svg=map_svg,
        reprinted=sum(one.reprinted_at is not None for one in every),
        dropped=sum(one.is_dropped for one in every),
        problem=problem,
    )


def show_sign(slug: str, sign: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show a sign: as it is printed, where it is, what it says, what became of it."""
    from wayfinder.services.sign_pictures import picture_sign  # what draws for print is large

    store, language = get_room().desk.store, choose_language()
    entry, history = signage.get_history(store, slug, sign)
    served = find_served()
    own = served.signs.get(entry.feature) if served is not None and entry.is_in_force else None
    base, no_base = find_base()
    picture = lines = map_svg = None
    if served is not None and own is not None:
        picture = picture_sign(served, own.id, base=base, language=language)
        lines = list(_list_lines(served, own, language))
        around = [one for one in served.signs.values() if one.level_id == own.level_id]
        marks = [_mark_other(one, slug) for one in around if one.id != own.id]
        marks.append(_mark(own, entry, slug, frozenset(), kind="here"))
        map_svg = draw_marked(served.plan, own.level_id, marks, language=language, around=own.point)
    return render(
        "sign",
        "sign.html",
        status=status,
        slug=slug,
        sign=entry,
        code=f"{entry.code[:3]}-{entry.code[3:]}",
        own=own,
        picture=picture,
        say_size=say_size,
        lines=lines,
        map_svg=map_svg,
        history=list(reversed(history)),
        next_states=list_next(entry),
        no_base=no_base,
        is_wrong=entry.feature in list_wrong_ids(),
        problem=problem,
    )


def draw_picture(slug: str, sign: str) -> BaseResponse:
    """Answer with the picture of a sign, or of its plate."""
    from wayfinder.services.sign_pictures import picture_sign

    store, served = get_room().desk.store, find_served()
    entry, _ = signage.get_history(store, slug, sign)
    if served is None or not entry.is_in_force or entry.feature not in served.signs:
        abort(404)
    base, _ = find_base()
    picture = picture_sign(served, entry.feature, base=base, language=choose_language())
    svg = picture.plate if request.args.get("plate") == "1" else picture.front
    if not svg:
        abort(404)
    return Response(svg, content_type="image/svg+xml; charset=utf-8")


def set_sign_states(slug: str) -> BaseResponse:
    """Note what became of signs: of those that are named, all or none."""
    form, visit = request.form, get_visit()
    codes = form.getlist("sign")[:_MOST]
    alone = codes[0] if form.get("back") == "sign" and len(codes) == 1 else None
    try:
        state = SignState(form.get("become", ""))
        since = read_day(form.get("on", ""), _get_zone())
        if not codes:
            return _refuse(slug, alone, _say("sign.none-ticked"))
        changed = signage.set_states(
            get_room().desk.store, slug, state, codes, who=visit.staff.actor, since=since
        )
    except ValueError:
        return _refuse(slug, alone, _say("sign.bad-date"))
    except UnknownError:
        raise
    except CodedError as error:
        return _refuse(slug, alone, say_error(error))
    say_noted(state, len(changed))
    if alone is not None:
        return go_to("show_sign", slug=slug, sign=clean_code(alone))
    kept = {key: form[key] for key in _FILTERS if form.get(key)}
    return go_to("list_signs", slug=slug, **kept)


def list_next(entry: SignEntry) -> list[tuple[SignState, str]]:
    """List what a sign may come to be, first what one says who stands before it, with its words.

    Mounted again where a new print of it is to be hung. What no plan in force has comes down first.
    """
    allowed = set(NEXT_STATES[entry.state])
    if entry.reprinted_at is not None and entry.state in HANGING:
        allowed.add(SignState.MOUNTED)
    found = [one for one in _BEFORE_IT if one in allowed]
    if entry.is_dropped:
        found.sort(key=lambda one: one is not SignState.REMOVED)
    return [(one, f"sign.do.{one}{_say_again(entry, one)}") for one in found]


def _say_again(entry: SignEntry, state: SignState) -> str:
    """Return what sets the words apart where a sign hangs already."""
    return "-again" if entry.state in HANGING and state in _AGAIN else ""


def _refuse(slug: str, alone: str | None, problem: str) -> BaseResponse:
    if alone is not None:
        set_page("show_sign", slug=slug, sign=alone)
        return show_sign(slug, alone, problem, 422)
    return list_signs(slug, problem, 422)


def _fits(entry: SignEntry, wanted: Mapping[str, str], wrong: frozenset[str]) -> bool:
    place = entry.place
    by_what_to_do = {"to-hang": entry.is_to_hang, "to-take-down": entry.is_dropped}
    state = wanted["state"]
    if state and not by_what_to_do.get(state, entry.state == state):
        return False
    if wanted["level"] and (place is None or place.level != wanted["level"]):
        return False
    if wanted["wrong"] and entry.feature not in wrong:
        return False
    return not wanted["q"] or _is_called(entry, wanted["q"])


def _is_called(entry: SignEntry, text: str) -> bool:
    """Tell whether a text stands in the number or the code of a sign, or in what its place is."""
    needle = text.casefold()
    labels: Sequence[Labels] = ()
    if entry.place is not None:
        labels = (entry.place.name, entry.place.floor, entry.place.building)
    names = [one.casefold() for label in labels for one in label.values()]
    code = clean_code(text)
    return (
        needle in entry.ref.casefold()
        or (bool(code) and code in entry.code)
        or any(needle in name for name in names)
    )


def _mark(
    sign: Sign, entry: SignEntry, slug: str, wrong: frozenset[str], *, kind: str = ""
) -> Mark:
    language = choose_language()
    state = translate(language, f"store.state.{entry.state}")
    return Mark(
        sign.point,
        f"{entry.called} · {state}",
        kind or ("wrong" if entry.feature in wrong else str(entry.state)),
        "" if kind else url_for("studio.show_sign", slug=slug, sign=entry.code, **carry_language()),
        sign.bearing_deg,
    )


def _mark_other(sign: Sign, slug: str) -> Mark:
    name = sign.ref or sign.code or sign.id
    href = (
        url_for("studio.show_sign", slug=slug, sign=sign.code, **carry_language())
        if sign.code
        else ""
    )
    return Mark(sign.point, name, "other", href, sign.bearing_deg)


def _list_lines(served: Served, sign: Sign, language: str) -> list[tuple[str, str]]:
    """List what a sign says: the arrow in words, and the name."""
    from wayfinder.services.sign_faces import make_face
    from wayfinder.services.sign_pictures import leave_today

    face = make_face(leave_today(served), sign.id)
    return [
        (name_arrow(line.arrow, language), pick_label(line.labels, language) or line.to)
        for line in face.listed
    ]


def _get_zone() -> Any:  # noqa: ANN401 - a time zone
    served = find_served()
    return datetime.now().astimezone().tzinfo if served is None else served.router.schedule.zone


def _say(msgid: str) -> str:
    return translate(choose_language(), f"studio.{msgid}")
