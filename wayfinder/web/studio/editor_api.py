"""What the editor of a draft asks for and sends: the plan, actions, undo, what others did."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from wayfinder import __version__
from wayfinder.edit import parse_offered, write_feature
from wayfinder.guide.words import LANGUAGES, say_edit_note
from wayfinder.model import Feature, Plan
from wayfinder.services.drafts import (
    Appended,
    Conflict,
    Sent,
    StaleError,
    Take,
    append,
    list_changes,
    list_own_turns,
    read_plan,
    redo,
    undo,
)
from wayfinder.services.drafts.log import Features
from wayfinder.services.main_floor import find_main_level
from wayfinder.services.people.presence import list_present, note_presence
from wayfinder.store import ConflictError
from wayfinder.web.errors import ApiError
from wayfinder.web.etags import add_validator
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import (
    DRAFT,
    answer,
    as_json,
    author_of,
    name_authors,
    read_body,
    refuse,
)
from wayfinder.web.studio.entries import write_entries
from wayfinder.web.studio.forgery import make_token
from wayfinder.web.studio.naming import name_of
from wayfinder.web.studio.room import get_room, get_visit

PATH = f"/api/v/<slug>/drafts/{DRAFT}"
_LARGEST = 2**31 - 1
_SHARE = 0.05
"""Of the named features that have a name in a language, before it counts as the venue's (ours)."""


def register(blueprint: Blueprint) -> None:
    """Hang the views into the blueprint."""
    for path, view in (("plan", get_draft_plan), ("changes", list_draft_changes)):
        blueprint.add_url_rule(f"{PATH}/{path}", view.__name__, view)
    for path, view in (
        ("actions", do_draft_action),
        ("undo", undo_draft_action),
        ("redo", redo_draft_action),
    ):
        blueprint.add_url_rule(f"{PATH}/{path}", view.__name__, view, methods=["POST"])


@as_json
def get_draft_plan(slug: str, draft_id: int) -> Response:
    """Answer with the whole plan."""
    drafts = get_room().drafts
    found = read_plan(drafts, slug, draft_id)
    frame = found.plan.frame
    document: dict[str, Any] = {
        "number": found.number,
        "frame": {"lon": frame.lon, "lat": frame.lat, "scale_m": frame.scale_m},
        "languages": list_plan_languages(found.plan),
        "main_level": find_main_level(found.plan),
        "features": [write_feature(feature) for feature in found.plan],
        "turns": _count_turns(slug, draft_id),
    }
    turns = "{undo}.{redo}".format_map(document["turns"])
    return add_validator(answer(document), str(draft_id), str(found.number), turns, __version__)


@as_json
def do_draft_action(slug: str, draft_id: int) -> Response:
    """Do an action; where others were there first, answer with the difference."""
    body = read_body()
    sent, take, told = _read_sent(body), _read_take(body), body.get("told")
    if told is not None and type(told) is not int:
        raise ApiError(400, "bad-request")
    action = parse_offered(body.get("action"))
    try:
        done = append(get_room().drafts, slug, draft_id, action, sent, take=take, told=told)
    except StaleError as error:
        return _answer_stale(error)
    return _answer_done(slug, draft_id, sent, done)


@as_json
def undo_draft_action(slug: str, draft_id: int) -> Response:
    """Take back the last own action."""
    sent = _read_sent(read_body())
    return _answer_done(slug, draft_id, sent, undo(get_room().drafts, slug, draft_id, sent))


@as_json
def redo_draft_action(slug: str, draft_id: int) -> Response:
    """Do again what was taken back last."""
    sent = _read_sent(read_body())
    return _answer_done(slug, draft_id, sent, redo(get_room().drafts, slug, draft_id, sent))


@as_json
def list_draft_changes(slug: str, draft_id: int) -> Response:
    """Answer with what was added since an entry; asked every two seconds by whoever looks."""
    since = request.args.get("since", type=int)
    if since is None or not 0 <= since <= _LARGEST:
        raise ApiError(400, "bad-request")
    visit = get_visit()
    author = author_of(visit.staff)
    found = list_changes(get_room().drafts, slug, draft_id, since)
    desk = get_room().desk
    note_presence(desk, visit.own_session, draft_id)
    document: dict[str, Any] = {
        "number": found.draft.head,
        "open": found.draft.is_open,
        "people": list_present(desk, draft_id, but=visit.staff.id),
    }
    if found.entries:
        document["changed"] = write_features(found.features)
        document["entries"] = write_entries(draft_id, found.entries, choose_language(), author)
        document["turns"] = _count_turns(slug, draft_id)
    if "token" in request.args:  # after signing in again, in another window
        document["token"] = make_token(visit.session)
    return answer(document)


def write_features(features: Features) -> dict[str, Any]:
    """Return features as GeoJSON, those that are gone as None."""
    return {key: None if one is None else write_feature(one) for key, one in features.items()}


def list_plan_languages(plan: Plan) -> list[str]:
    """List the languages in which the names of a plan are kept, those that are used most first."""
    named = [feature.name for feature in plan if feature.name]
    counts = Counter(tag for labels in named for tag in labels)
    used = [tag for tag, count in counts.most_common() if count >= _SHARE * len(named)]
    return used or list(LANGUAGES)


def _read_sent(body: Mapping[str, Any]) -> Sent:
    key, seen = body.get("key"), body.get("seen")
    if not isinstance(key, str) or type(seen) is not int or not 0 <= seen <= _LARGEST:
        raise ApiError(400, "bad-request")
    return Sent(author_of(get_visit().staff), key, seen)


def _read_take(body: Mapping[str, Any]) -> Take:
    try:
        return Take(body.get("take", "ask"))
    except ValueError:
        raise ApiError(400, "bad-request") from None


def _count_turns(slug: str, draft_id: int) -> dict[str, int]:
    turns = list_own_turns(get_room().drafts, slug, draft_id, author_of(get_visit().staff))
    return {"undo": len(turns.undo), "redo": len(turns.redo)}


def _answer_done(slug: str, draft_id: int, sent: Sent, done: Appended) -> Response:
    language = choose_language()
    since = list_changes(get_room().drafts, slug, draft_id, sent.seen).entries
    others = [one for one in since if one.author != sent.author and one.number <= done.draft.head]
    return answer(
        {
            "number": done.draft.head,
            "entry": done.entry.number,
            "changed": write_features(done.changed),
            "touched": list(done.entry.touched),
            "notes": [say_edit_note(note, language) for note in done.notes],
            "others": write_entries(draft_id, others, language, sent.author),
            "turns": _count_turns(slug, draft_id),
        }
    )


def _answer_stale(error: StaleError) -> Response:
    language = choose_language()
    authors = {author for conflict in error.conflicts for author in conflict.authors}
    with get_room().drafts.store.read() as connection:
        names = name_authors(connection, authors)
    conflicts = [_write_conflict(one, names, language) for one in error.conflicts]
    members = {"number": error.head, "can_join": error.can_join, "conflicts": conflicts}
    named = ConflictError(error.code, features=[one["name"] for one in conflicts])
    return refuse(named, 409, code="stale", **members)


def _write_conflict(conflict: Conflict, names: Mapping[str, str], language: str) -> dict[str, Any]:
    sides = {"saw": conflict.seen, "mine": conflict.mine, "theirs": conflict.theirs}
    known = next((one for one in sides.values() if one is not None), None)
    return {
        "feature": conflict.id,
        "name": conflict.id if known is None else name_of(known, language),
        **{key: None if one is None else write_feature(one) for key, one in sides.items()},
        "who": [names[author] for author in conflict.authors],
        "members": list_differences(conflict.mine, conflict.theirs),
    }


def list_differences(one: Feature | None, other: Feature | None) -> list[str]:
    """List what differs between two features: ``geometry``, properties, keys of ``wayfinder``."""
    if one is None or other is None:
        return []
    found = ["geometry"] if one.geometry != other.geometry else []
    for mine, theirs in ((one.properties, other.properties), (one.wayfinder, other.wayfinder)):
        keys = dict.fromkeys((*mine, *theirs))
        found += [key for key in keys if key != "wayfinder" and mine.get(key) != theirs.get(key)]
    return found
