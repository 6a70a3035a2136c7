"""Who arrives by signs alone, and which signs are wrong: after a publish, during a closure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.marked import Mark, draw_marked
from wayfinder.guide.names import find_labels, name_level
from wayfinder.model import Level, Plan, Sign, list_signs, pick_label
from wayfinder.route import PROFILES
from wayfinder.services import signage
from wayfinder.services.served import Served
from wayfinder.services.sign_work import names
from wayfinder.services.sign_work.asking import make_order
from wayfinder.store.jobs import DONE, RUNNING, WAITING, JobRecord
from wayfinder.store.releases import list_releases, read_release
from wayfinder.web.language import choose_language
from wayfinder.web.studio.condition_parts import guard
from wayfinder.web.studio.page import go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_findings import Findings
from wayfinder.web.studio.sign_parts import find_newest_work, find_served, get_batches, say_problem
from wayfinder.web.studio.spans import read_instant

_WALKERS = ("walk", "easy", "wheelchair")
_MOST_CLOSED = 20
_WEEKEND = frozenset({5, 6})


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/signs"
    for name, view, start in (
        ("audit", show_sign_audit, start_sign_audit),
        ("wrong", show_wrong_signs, start_wrong_signs),
        ("detours", show_detours, start_detours),
    ):
        blueprint.add_url_rule(f"{path}/{name}", view.__name__, view)
        blueprint.add_url_rule(f"{path}/{name}", start.__name__, start, methods=["POST"])


@dataclass(frozen=True, slots=True)
class FloorShown:
    """A floor with something on it.

    Parameters
    ----------
    id, name
        Of its level.
    count
        How much is on it.
    is_shown
        Whether its map is shown.
    """

    id: str
    name: str
    count: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Work:
    """Work of one kind as a page shows it.

    Parameters
    ----------
    running
        What is under way, or None.
    done
        The newest that is done, or None.
    failed
        Why the newest has failed; empty where it has not.
    """

    running: JobRecord | None
    done: JobRecord | None
    failed: str


def find_work(kind: str) -> Work:
    """Return how work of a kind stands at the venue of the address."""
    newest = find_newest_work(kind)
    if newest is None:
        return Work(None, None, "")
    done = newest if newest.state == DONE else find_newest_work(kind, DONE)
    return Work(find_newest_work(kind, WAITING, RUNNING), done, say_problem(newest.problem))


def list_floors_shown(
    plan: Plan, marks: Mapping[str, Sequence[Mark]], chosen: str | None
) -> list[FloorShown]:
    """List the floors on which something is marked, the most first."""
    language = choose_language()
    ordered = sorted(marks, key=lambda level: -len(marks[level]))
    levels = ((key, plan.find(key, Level)) for key in ordered)
    return [
        FloorShown(key, name_level(plan, level, language), len(marks[key]), key == chosen)
        for key, level in levels
        if level is not None
    ]


def draw_most(
    plan: Plan, marks: Mapping[str, Sequence[Mark]], findings: Findings
) -> dict[str, Any]:
    """Return the floors on which something is marked, and the map of one: the one asked for."""
    level = findings.choose_level(sorted(marks, key=lambda level: -len(marks[level])))
    svg = level and draw_marked(plan, level, marks[level], language=choose_language())
    return {"floors": list_floors_shown(plan, marks, level), "map_svg": svg}


def show_sign_audit(slug: str, problem: str = "", status: int = 200) -> BaseResponse:
    """Show the newest audit: shares, where chains break, what is wrong with single signs."""
    work, served = find_work(names.AUDIT), find_served()
    shown: dict[str, Any] = {}
    if work.done is not None:
        document = work.done.result
        plan, signs = _read_plan(served, document["release"])
        findings = Findings(slug, plan, signs, choose_language())
        marks = findings.mark_breaks(document)
        shown = {
            "document": document,
            "shares": findings.list_shares(document),
            "faults": findings.list_faults(document),
            "is_old": document["release"] != get_visit().get_venue().published,
            **draw_most(plan, marks, findings),
        }
    given = request.form
    return render(
        "sign-audit",
        "sign-audit.html",
        status=status,
        work=work,
        slug=slug,
        walkers=_WALKERS,
        chosen=given.getlist("profile") if problem else _WALKERS,
        hanging="hanging" in given,
        is_published=get_visit().get_venue().published is not None,
        shown=shown,
        at=given.get("at") or _say_usual(served),
        problem=problem,
    )


def start_sign_audit(slug: str) -> BaseResponse:
    """Begin an audit."""
    form, served = request.form, find_served()
    if served is None:
        abort(404)
    profiles = [one for one in form.getlist("profile") if one in _WALKERS]
    zone = served.router.schedule.zone
    at, problem = guard(lambda: read_instant(form.get("at", ""), zone) or _find_now())
    if at is None:
        return show_sign_audit(slug, problem, 422)
    arguments = {"at": at.isoformat(), "profiles": profiles, "hanging": "hanging" in form}
    state = _digest(served.snapshot.release.hash, _digest_states(slug), arguments)
    _ask(slug, names.AUDIT, state, arguments)
    return go_to("show_sign_audit", slug=slug)


def show_wrong_signs(slug: str) -> BaseResponse:
    """Show which printed signs are wrong in the release in force."""
    work, served = find_work(names.CHANGES), find_served()
    venue = get_visit().get_venue()
    with get_room().desk.store.read() as connection:
        releases = [
            one for one in list_releases(connection, venue) if one.number != venue.published
        ]
    asked = request.args.get("against", type=int)
    known = [one.number for one in releases]
    chosen = asked if asked in known else _find_printed(slug, known)
    return render(
        "wrong-signs",
        "wrong-signs.html",
        work=work,
        slug=slug,
        releases=releases,
        against=max(known, default=None) if chosen is None else chosen,
        is_guess=chosen is None,
        published=venue.published,
        shown={} if work.done is None else _show_wrong(slug, work.done.result, served),
    )


def _show_wrong(slug: str, document: Mapping[str, Any], served: Served | None) -> dict[str, Any]:
    """Return what a page shows of printed signs that were compared."""
    plan, signs = _read_plan(served, document["release"])
    before, old = _read_plan(None, document["against"])
    ids = {sign.id for sign in signs}
    every = (*signs, *(sign for sign in old if sign.id not in ids))
    findings = Findings(slug, plan, every, choose_language(), before)
    return {
        "document": document,
        "wrong": findings.list_wrong(document["wrong"]),
        "can_print": make_order(document) is not None,
        "is_old": document["release"] != get_visit().get_venue().published,
    }


def start_wrong_signs(slug: str) -> BaseResponse:
    """Begin to compare what is printed with what is right."""
    against, venue = request.form.get("against", type=int), get_visit().get_venue()
    with get_room().desk.store.read() as connection:
        numbers = {one.number: one.hash for one in list_releases(connection, venue)}
    if against not in numbers or venue.published is None:
        abort(404)
    hashes = (numbers[against], numbers[venue.published])
    _ask(slug, names.CHANGES, _digest(*hashes, _digest_states(slug)), {"against": against})
    return go_to("show_wrong_signs", slug=slug, against=against)


def show_detours(slug: str) -> BaseResponse:
    """Show what to put up while something is closed."""
    work, served = find_work(names.DETOURS), find_served()
    asked = request.args.getlist("closed")[:_MOST_CLOSED]
    return render(
        "detours",
        "detours.html",
        work=work,
        slug=slug,
        closed=[] if served is None else _list_closed(served, asked),
        asked=asked,
        walkers=[one for one in PROFILES if one in _WALKERS],
        shown={} if work.done is None else _show_detours(slug, work.done.result, served),
    )


def _list_closed(served: Served, asked: Sequence[str]) -> list[tuple[str, str]]:
    """List what is closed now, and what was asked for beside it, with names."""
    now, language = get_room().desk.clock(), choose_language()
    closed = [one.feature for one in served.conditions.closures if one.holds_at(now)]
    ids = dict.fromkeys([*closed, *asked])
    return [(one, _name(served.plan, one, language)) for one in ids if one in served.plan]


def _show_detours(slug: str, document: Mapping[str, Any], served: Served | None) -> dict[str, Any]:
    """Return what a page shows of detours that were planned."""
    language = choose_language()
    plan, signs = _read_plan(served, document["release"])
    findings = Findings(slug, plan, signs, language)
    marks = findings.mark_faces(document["temporary"])
    return {
        "document": document,
        "closed": [_name(plan, one, language) for one in document["closed"]],
        "wrong": findings.list_wrong(document["wrong"]),
        "faces": findings.list_faces(document["temporary"]),
        "can_print": make_order(document) is not None,
        "is_old": document["release"] != get_visit().get_venue().published,
        **draw_most(plan, marks, findings),
    }


def start_detours(slug: str) -> BaseResponse:
    """Begin to plan what leads round a closure."""
    form, served = request.form, find_served()
    if served is None:
        abort(404)
    closed = [one for one in form.getlist("closed")[:_MOST_CLOSED] if one in served.plan]
    profile = form.get("profile", "walk")
    if profile not in _WALKERS:
        abort(400)
    arguments = {"closed": closed, "profile": profile, "at": _find_now().isoformat()}
    if closed:
        key = _digest(served.snapshot.release.hash, _digest_states(slug), arguments)
        _ask(slug, names.DETOURS, key, arguments)
    return go_to("show_detours", slug=slug, **({"closed": closed} if closed else {}))


def _ask(slug: str, kind: str, key: str, arguments: Mapping[str, Any]) -> None:
    who = get_visit().staff.name
    get_room().background.ask(slug, kind, key, arguments, who=who, again=True)


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _digest_states(slug: str) -> str:
    return signage.digest_states(signage.list_entries(get_room().desk.store, slug))


def _find_printed(slug: str, known: Sequence[int]) -> int | None:
    """Return the release of the newest batch that was printed from one of some, or None."""
    printed = (one.release for one in get_batches().list(slug) if one.printed_at is not None)
    return next((one for one in printed if one in known), None)


def _read_plan(served: Served | None, number: int) -> tuple[Plan, tuple[Sign, ...]]:
    """Return the plan of a release with its signs; the one in force is at hand."""
    if served is not None and served.snapshot.release.number == number:
        return served.plan, tuple(served.signs.values())
    venue = get_visit().get_venue()
    with get_room().desk.store.read() as connection:
        plan = read_release(connection, venue, number).plan
    return plan, list_signs(plan)


def _name(plan: Plan, feature_id: str, language: str) -> str:
    feature = plan.features.get(feature_id)
    if feature is None:
        return feature_id
    named = pick_label(find_labels(feature), language)
    level = plan.find(feature.level_id, Level) if feature.level_id else None
    floor = name_level(plan, level, language) if level is not None else ""
    return " · ".join(one for one in (named or feature_id, floor) if one)


def _say_usual(served: Served | None) -> str:
    """Say when a hospital is in full swing next: ten o'clock on a working day, today if it is."""
    zone = None if served is None else served.router.schedule.zone
    day = get_room().desk.clock().astimezone(zone)
    while day.weekday() in _WEEKEND:
        day += timedelta(days=1)
    return f"{day:%Y-%m-%d}T10:00"


def _find_now() -> datetime:
    """Return the minute that it is: who asks twice within it asks the same."""
    return get_room().desk.clock().replace(second=0, microsecond=0)
