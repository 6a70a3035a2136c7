"""Kiosks and boards: how each is, what it shows, and what is done to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.guide.catalogues import translate_or
from wayfinder.guide.names import name_level
from wayfinder.model import Display, DisplayKind, Level, list_displays
from wayfinder.services import displays
from wayfinder.services.board_legibility import BoardWarning, list_warnings
from wayfinder.services.display_news import DisplayNews, tell_news
from wayfinder.services.display_watch import DisplayStatus, list_statuses
from wayfinder.services.displays import Enrolment
from wayfinder.services.served import Served
from wayfinder.store import displays as rows
from wayfinder.store.displays import DisplayRecord
from wayfinder.store.releases import find_newest, read_release
from wayfinder.web.api.writing import follow
from wayfinder.web.displays.common import PREVIEW
from wayfinder.web.language import choose_language
from wayfinder.web.security import allow_frames
from wayfinder.web.site import get_site
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_parts import find_served, say_error


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/displays"
    one = f"{path}/<display>"
    blueprint.add_url_rule(path, "list_displays", list_all)
    blueprint.add_url_rule(one, "show_display", show_display)
    for address, endpoint, view in (
        (f"{path}/add", "add_display", add_display),
        (f"{one}/enrol", "enrol_display", enrol_display),
        (f"{one}/name", "name_display", name_display),
        (f"{one}/revoke", "revoke_display", revoke_display),
        (f"{one}/remove", "remove_display", remove_display),
    ):
        blueprint.add_url_rule(address, endpoint, view, methods=["POST"])


def list_all(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show all displays of a venue: which show what they should, and why the others do not."""
    served = find_served()
    statuses = _list_statuses(slug)
    ordered = sorted(statuses, key=lambda one: (one.is_green, one.record.title))
    return render(
        "displays",
        "displays.html",
        status=status,
        slug=slug,
        displays=[(one, _say_place(served, one.display)) for one in ordered],
        red=sum(not one.is_green for one in statuses),
        missing=_list_missing(),
        list_reasons=_list_reasons,
        say_code=_say_code,
        problem=problem,
    )


def show_display(
    slug: str,
    display: str,
    problem: str | None = None,
    status: int = 200,
    enrolment: Enrolment | None = None,
) -> BaseResponse:
    """Show one display: how it is, what it shows now, and what can be done to it."""
    record = _find(slug, display)
    served, now = find_served(), datetime.now().astimezone()
    known = next((one for one in _list_statuses(slug) if one.record.id == record.id), None)
    placed = known.display if known is not None else None
    news: DisplayNews | None = None
    warnings: tuple[BoardWarning, ...] = ()
    frame = ""
    if served is not None and placed is not None and placed.id in served.plan:
        news = tell_news(served, placed, now)
        warnings = list_warnings(served, placed)
        address = f"displays.get_{placed.kind}"
        values: dict[str, Any] = {"lang": choose_language(), PREVIEW: "1"}
        frame = url_for(address, code=record.id, **values)
        allow_frames()
    return render(
        "display",
        "display.html",
        status=status,
        slug=slug,
        display=record,
        known=known,
        placed=placed,
        place=_say_place(served, placed),
        news=news,
        closures=_list_closures(news),
        warnings=[one.say(choose_language()) for one in warnings],
        frame=frame,
        page_address=f"{get_room().settings.public_url}/{record.kind}/{record.id}",
        enrolment=enrolment,
        is_board=record.kind is DisplayKind.BOARD,
        list_reasons=_list_reasons,
        say_code=_say_code,
        problem=problem,
    )


def add_display(slug: str) -> BaseResponse:
    """Give a display its address, or put one up again."""
    form, staff = request.form, get_visit().staff
    try:
        record = displays.add_display(
            get_room().desk.store,
            slug,
            form.get("feature", ""),
            name=form.get("name", ""),
            who=staff.actor,
        )
    except CodedError as error:
        return list_all(slug, say_error(error), 422)
    follow()
    flash("said.display-added")
    return go_to("show_display", slug=slug, display=record.id)


def enrol_display(slug: str, display: str) -> BaseResponse:
    """Make a one-time code, and show it this once."""
    record, staff = _find(slug, display), get_visit().staff
    try:
        made = displays.make_code(get_room().desk.store, record.id, who=staff.actor)
    except CodedError as error:
        return show_display(slug, record.id, say_error(error), 422)
    return show_display(slug, record.id, enrolment=made)


def name_display(slug: str, display: str) -> BaseResponse:
    """Call a display something else."""
    name, staff = request.form.get("name", ""), get_visit().staff
    return _do(
        slug,
        display,
        lambda record: displays.rename_display(
            get_room().desk.store, record.id, name, who=staff.actor
        ),
        "said.display-named",
    )


def revoke_display(slug: str, display: str) -> BaseResponse:
    """Take the token of a display back."""
    staff = get_visit().staff
    return _do(
        slug,
        display,
        lambda record: displays.revoke_display(get_room().desk.store, record.id, who=staff.actor),
        "said.display-revoked",
    )


def remove_display(slug: str, display: str) -> BaseResponse:
    """Take a display down."""
    staff = get_visit().staff
    return _do(
        slug,
        display,
        lambda record: displays.remove_display(get_room().desk.store, record.id, who=staff.actor),
        "said.display-removed",
    )


def _do(
    slug: str, display: str, act: Callable[[DisplayRecord], DisplayRecord], said: str
) -> BaseResponse:
    record = _find(slug, display)
    try:
        done = act(record)
    except CodedError as error:
        return show_display(slug, record.id, say_error(error), 422)
    follow()
    flash(said)
    if done.removed_at is not None:
        return go_to("list_displays", slug=slug)
    return go_to("show_display", slug=slug, display=record.id)


def _find(slug: str, display: str) -> DisplayRecord:
    with get_room().desk.store.read() as connection:
        known = rows.list_displays(connection, get_visit().get_venue())
    found = next((one for one in known if one.id == display and one.venue == slug), None)
    if found is None:
        abort(404)
    return found


def _list_statuses(slug: str) -> list[DisplayStatus]:
    now = datetime.now().astimezone()
    snapshots = (served.snapshot.release for served in get_site().venues.list())
    plans = {release.hash: release.plan for release in snapshots}
    return list_statuses(get_room().desk.store, slug, at=now, plans=plans)


def _list_missing() -> list[tuple[str, str]]:
    """List what could be put up: taken down before, or in the newest release and not in force."""
    venue, language = get_visit().get_venue(), choose_language()
    with get_room().desk.store.read() as connection:
        known = rows.list_displays(connection, venue)
        newest = find_newest(connection, venue)
        plan = None
        if newest is not None and newest.number != venue.published:
            plan = read_release(connection, venue, newest.number).plan
    gone = [(one.id, one.title) for one in known if one.removed_at is not None]
    features = {one.feature for one in known}
    new = list_displays(plan) if plan is not None else ()
    named = [
        (one.id, one.ref or _say_kind(one.kind, language)) for one in new if one.id not in features
    ]
    return gone + named


def _list_closures(news: DisplayNews | None) -> list[str]:
    if news is None:
        return []
    language = choose_language()
    return list(news.closures.get(language, ()))


def _say_place(served: Served | None, display: Display | None) -> str:
    """Say where a display stands: the room and the floor."""
    if served is None or display is None:
        return ""
    language = choose_language()
    level = served.plan.find(display.level_id, Level)
    hit = served.directory.make_hit(display.unit_id, language=language)
    floor = name_level(served.plan, level, language) if level is not None else ""
    name = hit.name if hit is not None else ""
    return " · ".join(one for one in (name, floor) if one)


def _say_kind(kind: DisplayKind, language: str) -> str:
    return translate_or(language, f"displays.kind.{kind}", str(kind))


def _list_reasons(status: DisplayStatus) -> list[str]:
    """List why a display is red, without what goes without saying: nobody reports unenrolled."""
    reasons = list(status.reasons)
    if "not-enrolled" in reasons and "never-reported" in reasons:
        reasons.remove("never-reported")
    return reasons


def _say_code(code: str, kind: str) -> str:
    said = translate_or(choose_language(), f"displays.{kind}.{code}", code)
    return said[:1].upper() + said[1:]
