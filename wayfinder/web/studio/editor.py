"""Drafts as pages: which there are, what was done in one, and the editor."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import LANGUAGES, list_messages
from wayfinder.guide.words import say_profile
from wayfinder.presets import list_presets, name_category
from wayfinder.route.profiles import PROFILES
from wayfinder.services.drafts import (
    Sent,
    discard_draft,
    list_drafts,
    list_own_turns,
    look,
    open_draft,
    read_lines,
    rename_draft,
    reopen_draft,
    undo,
)
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.access import NEEDS, may
from wayfinder.web.studio.drafting import DRAFT, author_of, find_draft, name_values, say_error
from wayfinder.web.studio.editor_views import write_issue
from wayfinder.web.studio.entries import write_entries
from wayfinder.web.studio.icons import LINES
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit

_PATH = "/v/<slug>/drafts"
_PAGE = 50
_MOST_ISSUES = 50
"""Of one kind, more are counted and not listed on a page (ours)."""
_LARGEST = 2**31 - 1
_BESIDE = {"publish": "show_publish", "images": "show_images"}
"""Pages about one draft that others make, by a short name."""
_WORDS = ("studio.editor.", "studio.canvas.", "studio.forms.", "action.", "feature-type.")
"""How the ids of the messages begin that the editor's scripts say."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    one = f"{_PATH}/{DRAFT}"
    blueprint.add_url_rule(_PATH, "list_drafts", show_drafts)
    blueprint.add_url_rule(one, "show_draft", show_draft)
    blueprint.add_url_rule(f"{one}/edit", "edit_draft", edit_draft)
    for path, name, view in (
        (f"{_PATH}/open", "open_draft", open_new),
        (f"{one}/rename", "rename_draft", rename),
        (f"{one}/discard", "discard_draft", discard),
        (f"{one}/reopen", "reopen_draft", reopen),
        (f"{one}/undo", "undo_in_draft", take_back),
    ):
        blueprint.add_url_rule(path, name, view, methods=["POST"])


def show_drafts(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show the drafts, those that are open first, and the form to open one."""
    drafts = get_room().drafts
    found = list_drafts(drafts, slug)
    return render(
        "drafts",
        "drafts.html",
        status=status,
        slug=slug,
        open_drafts=[one for one in found if one.is_open],
        closed_drafts=[one for one in found if not one.is_open],
        problem=problem,
        given=request.form,
        goal=read_goal(),
    )


def open_new(slug: str) -> BaseResponse:
    """Open a draft upon what is in force, and go to it."""
    who = get_visit().staff.actor
    try:
        made = open_draft(get_room().drafts, slug, request.form.get("name", ""), who=who)
    except InvalidError as error:
        return show_drafts(slug, say_error(error), 422)
    flash("editor.said.opened", name=made.name)
    goal = read_goal()
    if goal:
        return go_to("edit_draft", slug=slug, draft_id=made.id, **goal)
    return go_to("show_draft", slug=slug, draft_id=made.id)


def read_goal() -> dict[str, str]:
    """Return the floor and the feature at which the editor is to open, as the address has them."""
    return {key: request.args[key] for key in ("level", "feature") if request.args.get(key)}


def show_draft(
    slug: str, draft_id: int, problem: str | None = None, status: int = 200
) -> BaseResponse:
    """Show who did what in a draft, and what can be done with it."""
    drafts, staff = get_room().drafts, get_visit().staff
    draft = find_draft(draft_id)
    before = request.args.get("before", type=int)
    known = before if before is not None and 0 < before <= _LARGEST else None
    lines = read_lines(drafts, slug, draft_id, before=known, limit=_PAGE)
    entries = write_entries(draft_id, lines, choose_language(), author_of(staff))
    turns = list_own_turns(drafts, slug, draft_id, author_of(staff))
    issues = list_issues(slug, draft_id) if "check" in request.args else None
    return render(
        "draft",
        "draft.html",
        status=status,
        slug=slug,
        draft=draft,
        entries=list(zip(lines, entries, strict=True)),
        older=lines[-1].number if lines and lines[-1].number > 1 else None,
        is_first=known is None,
        last=turns.undo[-1] if turns.undo else None,
        key=str(uuid4()),
        addresses=list_addresses(slug, draft_id),
        issues=issues,
        errors=sum(len(one) for one in issues or () if one[0]["severity"] == "error"),
        found=sum(map(len, issues or ())),
        most=_MOST_ISSUES,
        problem=problem,
    )


def list_issues(slug: str, draft_id: int) -> list[list[dict[str, Any]]]:
    """List what is wrong with a draft, the same together, the most severe first."""
    found, seen = look(get_room().drafts, slug, draft_id)
    language = choose_language()
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for issue in seen.issues:
        written = write_issue(issue, found.plan, language)
        groups.setdefault((written["severity"], written["code"]), []).append(written)
    return list(groups.values())


def rename(slug: str, draft_id: int) -> BaseResponse:
    """Call a draft something else."""
    name, who = request.form.get("name", ""), get_visit().staff.actor
    try:
        rename_draft(get_room().drafts, slug, draft_id, name, who=who)
    except InvalidError as error:
        return show_draft(slug, draft_id, say_error(error), 422)
    flash("editor.said.renamed")
    return go_to("show_draft", slug=slug, draft_id=draft_id)


def discard(slug: str, draft_id: int) -> BaseResponse:
    """Put a draft away."""
    try:
        discard_draft(get_room().drafts, slug, draft_id, who=get_visit().staff.actor)
    except ConflictError as error:
        return show_draft(slug, draft_id, say_error(error), 409)
    flash("editor.said.discarded")
    return go_to("list_drafts", slug=slug)


def reopen(slug: str, draft_id: int) -> BaseResponse:
    """Take out a draft again that was put away."""
    try:
        reopen_draft(get_room().drafts, slug, draft_id, who=get_visit().staff.actor)
    except ConflictError as error:
        return show_draft(slug, draft_id, say_error(error), 409)
    flash("editor.said.reopened")
    return go_to("show_draft", slug=slug, draft_id=draft_id)


def take_back(slug: str, draft_id: int) -> BaseResponse:
    """Take back the last own action; sent twice it is done once."""
    draft = find_draft(draft_id)
    sent = Sent(author_of(get_visit().staff), request.form.get("key", ""), draft.head)
    try:
        undo(get_room().drafts, slug, draft_id, sent)
    except (ConflictError, InvalidError) as error:
        return show_draft(slug, draft_id, say_error(name_values(error, slug, draft_id)), 409)
    flash("editor.said.undone")
    return go_to("show_draft", slug=slug, draft_id=draft_id)


def edit_draft(slug: str, draft_id: int) -> BaseResponse:
    """Show the editor."""
    draft = find_draft(draft_id)
    return render(
        "editor",
        "editor.html",
        slug=slug,
        draft=draft,
        data=_make_data(slug, draft),
    )


def _make_data(slug: str, draft: DraftRecord) -> Mapping[str, Any]:
    """Make what the editor's scripts begin with."""
    visit = get_visit()
    assert visit.role is not None  # noqa: S101 - the table of access says so
    language = choose_language()
    return {
        "slug": slug,
        "draft": {"id": draft.id, "name": draft.name, "number": draft.head},
        "person": {"id": author_of(visit.staff), "name": visit.staff.name},
        "isOpen": draft.is_open,
        "mayEdit": draft.is_open and visit.role.covers(Role.EDITOR),
        "api": f"/studio/api/v/{slug}/drafts/{draft.id}",
        "language": language,
        "languages": list(LANGUAGES),
        "icons": dict(LINES),
        "addresses": list_addresses(slug, draft.id),
        "words": list_messages(language, *_WORDS),
        "categories": {
            preset.category: name_category(preset.category, language) for preset in list_presets()
        },
        "profiles": [{"name": name, "label": say_profile(name, language)} for name in PROFILES],
        "start": {"level": request.args.get("level"), "feature": request.args.get("feature")},
    }


def list_addresses(slug: str, draft_id: int) -> dict[str, str]:
    """Return the pages that belong to a draft and that who asks may see, by a short name."""
    visit = get_visit()
    venue = visit.get_venue()
    return {
        name: url_for(f"studio.{endpoint}", slug=slug, draft_id=draft_id)
        for name, endpoint in _BESIDE.items()
        if endpoint in NEEDS
        and may(visit, endpoint, organisation=venue.organisation, venue=venue.slug)
    }
