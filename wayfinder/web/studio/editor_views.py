"""What the editor shows beside the plan: issues, the network, ways, what was done in the draft."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from wayfinder.edit import ACTIONS
from wayfinder.edit.fixes import OF_THE_SOURCE, SHOWN_ONLY
from wayfinder.guide.answer import make_answer, make_refusal
from wayfinder.guide.steps import make_steps
from wayfinder.guide.words import say_fix, say_issue
from wayfinder.model import Fix, Issue, Plan
from wayfinder.route import Refusal
from wayfinder.route.profiles import PROFILES
from wayfinder.services.drafts import Spot, find_draft_way, look, read_lines
from wayfinder.services.limits import YEARS
from wayfinder.services.network_overlay import draw_network, list_lifts
from wayfinder.web.errors import ApiError
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import answer, as_json, author_of
from wayfinder.web.studio.editor_api import PATH
from wayfinder.web.studio.entries import write_entries
from wayfinder.web.studio.naming import name_feature
from wayfinder.web.studio.room import get_room, get_visit

_LARGEST = 2**31 - 1
_FAR_M = 1e6
"""Nobody clicks farther from the middle of a plan."""


def register(blueprint: Blueprint) -> None:
    """Hang the views into the blueprint."""
    for path, view in (
        ("issues", list_draft_issues),
        ("network", get_draft_network),
        ("lifts", list_draft_lifts),
        ("route", find_draft_route),
        ("history", list_draft_history),
    ):
        blueprint.add_url_rule(f"{PATH}/{path}", view.__name__, view)


@as_json
def list_draft_issues(slug: str, draft_id: int) -> Response:
    """Answer with all that is wrong with the plan, the most severe first."""
    found, seen = look(get_room().drafts, slug, draft_id)
    language = choose_language()
    issues = [write_issue(issue, found.plan, language) for issue in seen.issues]
    return answer({"number": found.number, "issues": issues})


@as_json
def get_draft_network(slug: str, draft_id: int) -> Response:
    """Answer with the nodes and edges of a level."""
    level_id = request.args.get("level", "")
    found, seen = look(get_room().drafts, slug, draft_id)
    drawn = draw_network(seen.network, level_id)
    return answer({"number": found.number, "level": level_id, **drawn})


@as_json
def list_draft_lifts(slug: str, draft_id: int) -> Response:
    """Answer with the units that each lift is on its floors, be it linked by hand or not."""
    found, seen = look(get_room().drafts, slug, draft_id)
    return answer({"number": found.number, "lifts": list_lifts(seen.network)})


@as_json
def find_draft_route(slug: str, draft_id: int) -> Response:
    """Answer with the way between two points or places, or with why there is none."""
    language, profile = choose_language(), request.args.get("profile", "walk")
    if profile not in PROFILES:
        raise ApiError(400, "bad-request")
    way = find_draft_way(
        get_room().drafts,
        slug,
        draft_id,
        _read_end("from"),
        _read_end("to"),
        profile=profile,
        at=_read_instant(),
    )
    if isinstance(way.found, Refusal):
        return answer({"number": way.number, **make_refusal(way.found, language)})
    steps = make_steps(way.network, way.found)
    return answer({"number": way.number, **make_answer(way.network, way.found, steps, language)})


@as_json
def list_draft_history(slug: str, draft_id: int) -> Response:
    """Answer with who did what, the newest first; ``before`` goes on from there."""
    before = request.args.get("before", type=int)
    known = before if before is not None and 0 < before <= _LARGEST else None
    lines = read_lines(get_room().drafts, slug, draft_id, before=known)
    author = author_of(get_visit().staff)
    entries = write_entries(draft_id, lines, choose_language(), author)
    older = lines[-1].number if lines and lines[-1].number > 1 else None
    return answer({"entries": entries, "older": older})


def write_issue(issue: Issue, plan: Plan, language: str) -> dict[str, Any]:
    """Return an issue as JSON, in words, with the edit that mends it."""
    named = [name_feature(plan, one, language) for one in issue.features[:1]]
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "text": say_issue(issue, language),
        "about": named[0] if named else "",
        "features": list(issue.features),
        "level": issue.level,
        "place": issue.place,
        "fix": None if issue.fix is None else _write_fix(issue.fix, plan, language),
    }


def _write_fix(fix: Fix, plan: Plan, language: str) -> dict[str, Any] | None:
    """Return an edit that is ready but for what it asks for; None where it is not ours to do."""
    if fix.action.startswith(OF_THE_SOURCE):
        return None
    shown = SHOWN_ONLY.get(fix.action, frozenset())
    named = {
        key: name_feature(plan, value, language) if isinstance(value, str) else value
        for key, value in fix.arguments.items()
    }
    action = {key: value for key, value in fix.arguments.items() if key not in shown}
    return {
        "label": say_fix(replace(fix, arguments=named), language),
        "action": {"kind": fix.action, **action},
        "asks": _list_missing(fix.action, action),
    }


def _list_missing(kind: str, given: Mapping[str, Any]) -> list[str]:
    """List the arguments that an action needs and does not have yet."""
    needed = [
        one.name
        for one in fields(ACTIONS[kind])
        if one.default is MISSING and one.default_factory is MISSING
    ]
    return [name for name in needed if name not in given]


def _read_end(name: str) -> str | Spot:
    """Return the point or the place of a parameter: ``x,y,level`` in metres, or an id."""
    text = request.args.get(name, "")
    x, first, rest = text.partition(",")
    y, second, level = rest.partition(",")
    if not text or "\x00" in text:
        raise ApiError(400, "bad-request")
    if not (first and second):
        return text
    try:
        spot = Spot(level, float(x), float(y))
    except ValueError:
        return text
    if not (abs(spot.x_m) <= _FAR_M and abs(spot.y_m) <= _FAR_M):  # nor what is no number
        raise ApiError(400, "bad-request")
    return spot


def _read_instant() -> datetime | None:
    text = request.args.get("at", "")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(400, "bad-request") from None
    if found.year not in YEARS:
        raise ApiError(400, "bad-request")
    return found
