"""A new venue: where it lies, and what its plan begins with."""

import re
from functools import cache
from math import isfinite
from zoneinfo import available_timezones

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.languages import LANGUAGES
from wayfinder.model import Labels, pick_label
from wayfinder.services.new_venue import NewSite, begin_drawing, check_new, start_venue
from wayfinder.services.people.roles import Role
from wayfinder.services.uploads import Kind
from wayfinder.services.uploads.pictures import parse_pages
from wayfinder.store import InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import author_of
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.plan_images import read_pictures
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import read_file, say_file_error, take_file

STARTS = ("picture", "plan", "empty")
"""What a plan may begin with: a picture to draw over, a file that can be read, nothing."""
_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe")
_PAIR = re.compile(r"\s*([^\s,，;]+)\s*[,，;\s]\s*([^\s,，;]+)\s*")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/new", "start_new", start_new)
    path = "/o/<organisation>/new"
    blueprint.add_url_rule(path, "new_venue", new_venue)
    blueprint.add_url_rule(path, "make_venue", make_venue, methods=["POST"])


def start_new() -> BaseResponse:
    """Send somebody to where they may make a venue; where that is several, let them choose."""
    staff = get_visit().staff
    own = [one for one in staff.organisations if staff.may(Role.ADMIN, one)]
    if not own:
        abort(403)
    if len(own) == 1:
        return go_to("new_venue", organisation=own[0])
    return render("new", "new-where.html", organisations=own)


def new_venue(organisation: str) -> BaseResponse:
    """Show the form."""
    _refuse_others(organisation)
    return _show(organisation)


def make_venue(organisation: str) -> BaseResponse:
    """Make the venue, and begin its plan as was chosen."""
    _refuse_others(organisation)
    form = request.form
    slug, start = form.get("slug", "").strip().lower(), form.get("start", "")
    try:
        if start not in STARTS:
            raise InvalidError("no-start")
        site = None if start == "plan" else _read_site()
        check_new(get_room().desk.store, slug, site)
        if start == "empty":
            assert site is not None  # noqa: S101 - for types: read above
            return _begin_empty(organisation, slug, site)
        if start == "picture":
            assert site is not None  # noqa: S101 - for types: read above
            return _begin_picture(organisation, slug, site)
        return _begin_plan(organisation, slug)
    except CodedError as error:
        return _show(organisation, say_file_error(error), 422)


def _begin_empty(organisation: str, slug: str, site: NewSite) -> BaseResponse:
    _start(organisation, slug)
    draft = _draw(slug, site)
    flash("said.venue-made", name=slug)
    return go_to("edit_draft", slug=slug, draft_id=draft.id)


def _begin_picture(organisation: str, slug: str, site: NewSite) -> BaseResponse:
    pages = parse_pages(request.form.get("pages", "").strip() or "1")
    # what is no file at all must not leave a venue behind
    job = take_file(Kind.PICTURE, slug, options={"pages": pages}, draft=0)
    try:
        _start(organisation, slug)
        draft = _draw(slug, site)
    except BaseException:
        get_room().uploads.drop(job)
        raise
    return read_pictures(slug, draft.id, job, None)


def _begin_plan(organisation: str, slug: str) -> BaseResponse:
    job = take_file(Kind.PLAN, slug)
    try:
        _start(organisation, slug)
    except BaseException:
        get_room().uploads.drop(job)
        raise
    return read_file(job)


def _start(organisation: str, slug: str) -> None:
    room = get_room()
    start_venue(room.desk.store, slug, organisation, {}, who=get_visit().staff.actor)


def _draw(slug: str, site: NewSite) -> DraftRecord:
    staff, name = get_visit().staff, pick_label(site.name, choose_language(), fallback=slug)
    return begin_drawing(
        get_room().drafts, slug, site, name, who=staff.actor, author=author_of(staff)
    )


def _show(organisation: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    return render(
        "new",
        "new.html",
        status=status,
        organisation=organisation,
        languages=LANGUAGES,
        zones=list_zones(),
        starts=STARTS,
        given=request.form,
        problem=problem,
    )


def _refuse_others(organisation: str) -> None:
    """Raise Forbidden for who is no admin of the whole organisation."""
    if not get_visit().staff.may(Role.ADMIN, organisation):
        abort(403)


def _read_site() -> NewSite:
    form = request.form
    name: Labels = {
        tag: " ".join(text.split()) for tag in LANGUAGES if (text := form.get(f"name-{tag}", ""))
    }
    lat, lon = form.get("lat", ""), form.get("lon", "")
    pair = _PAIR.fullmatch(lat)
    if pair and not lon.strip():  # as maps copy it: both in one
        lat, lon = pair[1], pair[2]
    zone = form.get("zone", "").strip()
    if not zone:
        raise InvalidError("no-zone")
    return NewSite(
        name=name,
        lon=_read_number(lon, "lon"),
        lat=_read_number(lat, "lat"),
        time_zone=zone,
        width_m=_read_number(form.get("width", "") or "300", "width"),
    )


def _read_number(text: str, member: str) -> float:
    try:
        number = float(text.strip().rstrip("°").replace("−", "-"))
    except ValueError:
        raise InvalidError("no-number", member=member) from None
    if not isfinite(number):
        raise InvalidError("no-number", member=member)
    return number


@cache
def list_zones() -> tuple[str, ...]:
    """List the time zones that people know by a town."""
    found = (zone for zone in available_timezones() if zone.partition("/")[0] in _AREAS)
    return tuple(sorted(found))
