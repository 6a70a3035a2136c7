"""A new venue: where it lies, and what its plan begins with."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import uuid4
from zoneinfo import available_timezones

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.errors import CodedError
from wayfinder.languages import LANGUAGES
from wayfinder.model import Labels, pick_label
from wayfinder.services.drafts import Sent, find_begun
from wayfinder.services.import_work import ask_look
from wayfinder.services.new_venue import (
    NewSite,
    Underlay,
    begin_drawing,
    check_new,
    start_venue,
)
from wayfinder.services.people.roles import Role
from wayfinder.services.uploads import Job, Kind, State
from wayfinder.services.uploads.jobs import Finish
from wayfinder.services.uploads.pictures import load, parse_pages
from wayfinder.store import ConflictError, InvalidError
from wayfinder.store.drafts import DraftRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.addresses import set_page
from wayfinder.web.studio.differing import make_address
from wayfinder.web.studio.drafting import answer, author_of
from wayfinder.web.studio.forgery import FIELD
from wayfinder.web.studio.numbers import read_number
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import JOB, say_file_error, take_file, wait_for

STARTS = ("picture", "plan", "empty")
"""What a plan may begin with: a picture to draw over, a file that can be read, nothing."""
_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe")
_KEY = re.compile(r"[0-9a-f-]{36}")
_PAIR = re.compile(r"\s*([^\s,，;]+)\s*[,，;\s]\s*([^\s,，;]+)\s*")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/new", "start_new", start_new)
    path = "/o/<organisation>/new"
    blueprint.add_url_rule(path, "new_venue", new_venue)
    blueprint.add_url_rule(path, "make_venue", make_venue, methods=["POST"])
    one = f"{path}/{JOB}"
    blueprint.add_url_rule(one, "show_new_venue", show_new_venue)
    blueprint.add_url_rule(f"/api{one}", "get_new_venue", get_new_venue)
    blueprint.add_url_rule(f"{one}/cancel", "cancel_new_venue", cancel_new_venue, methods=["POST"])


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
    """Make the venue, and begin its plan as was chosen: if with a file, once that was read."""
    _refuse_others(organisation)
    form = request.form
    slug, start = form.get("slug", "").strip().lower(), form.get("start", "")
    try:
        if start not in STARTS:
            raise InvalidError("no-start")
        store = get_room().desk.store
        if start == "plan":
            check_new(store, slug, organisation, None)
            return _begin_plan(organisation, slug)
        site = _read_site()
        try:
            check_new(store, slug, organisation, site)
        except ConflictError:
            begun = _find_begun(slug, form)
            if begun is None:
                raise
            return _go_on(begun, slug, _name(site, slug), start)  # the form was sent twice
        begin = _begin_empty if start == "empty" else _begin_pictures
        return begin(organisation, slug, site)
    except CodedError as error:
        return _show(organisation, say_file_error(error), 422)


def show_new_venue(organisation: str, job_id: str) -> BaseResponse:
    """Show how far reading is; then the venue, or the form once more with what is wrong."""
    _refuse_others(organisation)
    job = _find(organisation, job_id)
    slug = job.about["slug"]
    if job.state is State.DONE:
        flash("said.venue-made", name=job.about["name"])
        if job.kind is Kind.PLAN:
            return go_to("show_import", slug=slug, job_id=job.id)
        draft_id = job.about["draft"]
        get_room().uploads.drop(job)
        return go_to("show_images", slug=slug, draft_id=draft_id)
    if job.error is not None:
        get_room().uploads.drop(job)
        begun = _find_begun(slug, job.about["given"])
        if begun is not None:  # who made the venue was killed before they said so
            return _go_on(begun, slug, job.about["name"], job.about["given"]["start"])
        set_page("new_venue", organisation=organisation)
        return _show(organisation, say_file_error(job.error), 422, job.about["given"])
    values = {"organisation": organisation, "job_id": job.id}
    return render(
        "upload",
        "upload.html",
        job=job,
        wait=make_address("get_new_venue", **values),
        cancel=make_address("cancel_new_venue", **values),
    )


def get_new_venue(organisation: str, job_id: str) -> Response:
    """Tell a script how far reading is."""
    _refuse_others(organisation)
    job = _find(organisation, job_id)
    return answer({"state": job.state, "over": job.is_over})


def cancel_new_venue(organisation: str, job_id: str) -> BaseResponse:
    """Let a file not be read any more: no venue is made."""
    _refuse_others(organisation)
    get_room().uploads.drop(_find(organisation, job_id))
    return go_to("new_venue", organisation=organisation)


def _find(organisation: str, job_id: str) -> Job:
    job = get_room().uploads.find(job_id)
    wanted = organisation, get_visit().staff.id
    if job is None or (job.about.get("organisation"), job.about.get("person")) != wanted:
        abort(404)
    return job


def _find_begun(slug: str, form: Mapping[str, str]) -> DraftRecord | None:
    """Return the draft that was made of a form, or None."""
    sent = _make_sent(form)
    return find_begun(get_room().drafts, slug, sent.author, sent.key)


def _make_sent(form: Mapping[str, str]) -> Sent:
    return Sent(author_of(get_visit().staff), f"begin-{_read_key(form)}", seen=0)


def _read_key(form: Mapping[str, str]) -> str:
    """Return the key of a form: what it asks for is done once, however often it is sent."""
    given = form.get("key", "")
    return given if _KEY.fullmatch(given) else str(uuid4())


def _go_on(draft: DraftRecord, slug: str, name: str, start: str) -> BaseResponse:
    flash("said.venue-made", name=name)
    where = "edit_draft" if start == "empty" else "show_images"
    return go_to(where, slug=slug, draft_id=draft.id)


def _begin_empty(organisation: str, slug: str, site: NewSite) -> BaseResponse:
    drafts, who, name = get_room().drafts, get_visit().staff.actor, _name(site, slug)
    sent = _make_sent(request.form)
    draft = begin_drawing(drafts, slug, organisation, site, name, sent, who=who)
    return _go_on(draft, slug, name, "empty")


def _begin_pictures(organisation: str, slug: str, site: NewSite) -> BaseResponse:
    staff, room = get_visit().staff, get_room()
    pages = parse_pages(request.form.get("pages", "").strip() or "1")
    name, sent = _name(site, slug), _make_sent(request.form)
    job = _take(Kind.PICTURE, organisation, slug, name, {"pages": pages})

    def finish(done: Job) -> None:
        draft = begin_drawing(
            room.drafts,
            slug,
            organisation,
            site,
            name,
            sent,
            who=staff.actor,
            under=Underlay(load(done.made), done.name),
        )
        room.uploads.amend(done, draft=draft.id)

    return _read(organisation, job, finish)


def _begin_plan(organisation: str, slug: str) -> BaseResponse:
    staff, room = get_visit().staff, get_room()

    def finish(done: Job) -> None:
        start_venue(room.desk.store, slug, organisation, {}, who=staff.actor)
        ask_look(room.background, room.desk.store, done, who=staff.name)

    return _read(organisation, _take(Kind.PLAN, organisation, slug, slug), finish)


def _take(
    kind: Kind, organisation: str, slug: str, name: str, options: dict[str, Any] | None = None
) -> Job:
    """Keep the file of the form, and what else the form says: it is asked for once."""
    given = {key: text for key, text in request.form.items() if key != FIELD}
    about = {"organisation": organisation, "name": name, "given": given}
    return take_file(kind, slug, options=options, **about)


def _read(organisation: str, job: Job, finish: Finish) -> BaseResponse:
    """Have a file read: no venue is made before it was."""
    wait_for(job, finish)
    return go_to("show_new_venue", organisation=organisation, job_id=job.id)


def _name(site: NewSite, slug: str) -> str:
    return pick_label(site.name, choose_language(), fallback=slug)


def _show(
    organisation: str,
    problem: str | None = None,
    status: int = 200,
    given: Mapping[str, str] | None = None,
) -> BaseResponse:
    return render(
        "new",
        "new.html",
        status=status,
        organisation=organisation,
        languages=LANGUAGES,
        zones=list_zones(),
        starts=STARTS,
        given=request.form if given is None else given,
        key=_read_key(request.form if given is None else given),
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
        lon=read_number(lon, "lon"),
        lat=read_number(lat, "lat"),
        time_zone=zone,
        width_m=read_number(form.get("width", "") or "300", "width"),
    )


@cache
def list_zones() -> tuple[str, ...]:
    """List the time zones that people know by a town."""
    found = (zone for zone in available_timezones() if zone.partition("/")[0] in _AREAS)
    return tuple(sorted(found))
