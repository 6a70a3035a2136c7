"""Pictures of plans under the floors of a draft: brought, measured, moved, taken away."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model import Level, Plan, pick_label
from wayfinder.services.drafts import read_plan
from wayfinder.services.plan_images import (
    Measured,
    Placement,
    bring_pictures,
    calibrate,
    get_image,
    list_images,
    place_image,
    read_image,
    remove_image,
)
from wayfinder.services.uploads import Job, Kind, UploadError
from wayfinder.services.uploads.pictures import load, parse_pages
from wayfinder.store import InvalidError, StoreError, UnknownError
from wayfinder.store.plan_images import PlanImage
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import DRAFT, answer, find_draft, read_body, refuse
from wayfinder.web.studio.numbers import read_number
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.placing import ImageView, list_outlines, make_view
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.uploading import get_uploads, read_file, say_file_error, take_file

_IMAGE = "<int(max=2147483647):image_id>"
_FIELDS = ("x_m", "y_m", "m_per_px", "turn_deg")
_EAST, _NORTH = 90.0, 0.0


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    page, api = f"/v/<slug>/drafts/{DRAFT}/images", "/api/v/<slug>/images"
    blueprint.add_url_rule(page, "show_images", show_images)
    blueprint.add_url_rule(f"/v/<slug>/images/{_IMAGE}/picture", "get_picture", get_picture)
    blueprint.add_url_rule(api, "get_images", get_images)
    for path, name, view in (
        (page, "bring_image", bring_image),
        (f"{page}/{_IMAGE}/place", "place_image", place_by_numbers),
        (f"{page}/{_IMAGE}/measure", "measure_image", measure),
        (f"{page}/{_IMAGE}/remove", "remove_image", remove),
        (f"{api}/{_IMAGE}/placement", "move_image", move),
    ):
        blueprint.add_url_rule(path, name, view, methods=["POST"])


def show_images(
    slug: str, draft_id: int, problem: tuple[int, str] | None = None, status: int = 200
) -> BaseResponse:
    """Show the pictures, and the forms that lay them where they belong."""
    draft = find_draft(draft_id)
    plan = read_plan(get_room().drafts, slug, draft_id).plan
    language = choose_language()
    chosen = request.args.get("level")
    levels = [(one.id, pick_label(one.short_name or one.name, language)) for one in plan.levels]
    images = list_images(get_room().desk.store, slug)
    outlines = list_outlines(plan)
    views = [make_view(plan, image, outlines) for image in images]
    return render(
        "images",
        "images.html",
        status=status,
        draft=draft,
        levels=levels,
        chosen=chosen if any(key == chosen for key, _ in levels) else None,
        views=views,
        problem=problem,
        given=request.form,
    )


def bring_image(slug: str, draft_id: int) -> BaseResponse:
    """Take a picture or a PDF, and have it drawn under a floor."""
    find_draft(draft_id)
    try:
        pages = parse_pages(request.form.get("pages", "").strip() or "1")
        job = take_file(Kind.PICTURE, slug, options={"pages": pages}, draft=draft_id)
    except UploadError as error:
        return show_images(slug, draft_id, (0, say_file_error(error)), 422)
    return read_pictures(slug, draft_id, job, request.form.get("level"))


def read_pictures(slug: str, draft_id: int, job: Job, level_id: str | None) -> BaseResponse:
    """Have pictures drawn, and laid under a floor of a draft: the one named, else the first."""
    room, who = get_room(), get_visit().staff.actor
    plan = read_plan(room.drafts, slug, draft_id).plan
    known = plan.find(level_id, Level) or next(iter(plan.levels), None)
    if known is None:
        get_uploads().drop(job)
        return show_images(slug, draft_id, (0, say_file_error(UploadError("no-floor"))), 422)
    get_uploads().amend(job, draft=draft_id)
    store, level = room.desk.store, known.id

    def finish(done: Job) -> None:
        pictures = load(done.made)
        bring_pictures(store, slug, pictures, plan=plan, level_id=level, name=done.name, who=who)

    return read_file(get_uploads().get(job.id), finish)


def get_picture(slug: str, image_id: int) -> BaseResponse:
    """Send a picture."""
    image, picture = read_image(get_room().desk.store, slug, image_id)
    return Response(picture, mimetype=image.media_type)


def get_images(slug: str) -> Response:
    """Tell a script which pictures there are, and where they lie."""
    found = list_images(get_room().desk.store, slug, request.args.get("level"))
    return answer({"images": [_describe(image) for image in found]})


def place_by_numbers(slug: str, draft_id: int, image_id: int) -> BaseResponse:
    """Lay a picture where some numbers say."""
    find_draft(draft_id)
    store, form, who = get_room().desk.store, request.form, get_visit().staff.actor
    image = get_image(store, slug, image_id)
    try:
        given: dict[str, Any] = {name: read_number(form.get(name, ""), name) for name in _FIELDS}
        given["opacity"] = read_number(form.get("opacity", ""), "opacity") / 100
        placement = Placement.of({**image.placement, **given})
        level = _find_level(_read_plan(slug, draft_id), form.get("level"))
    except InvalidError as error:
        return show_images(slug, draft_id, (image_id, say_file_error(error)), 422)
    place_image(store, slug, image_id, placement, who=who, level_id=level)
    flash("said.image-placed", name=image.name)
    return _go_back(slug, draft_id, image_id)


def measure(slug: str, draft_id: int, image_id: int) -> BaseResponse:
    """Make a picture as large as a line on it is long."""
    find_draft(draft_id)
    store = get_room().desk.store
    image = get_image(store, slug, image_id)
    try:
        placement = calibrate(
            Placement.of(image.placement), (image.width_px, image.height_px), _read_measured()
        )
    except InvalidError as error:
        return show_images(slug, draft_id, (image_id, say_file_error(error)), 422)
    place_image(store, slug, image_id, placement, who=get_visit().staff.actor)
    flash("said.image-measured", name=image.name)
    return _go_back(slug, draft_id, image_id)


def remove(slug: str, draft_id: int, image_id: int) -> BaseResponse:
    """Take a picture away."""
    find_draft(draft_id)
    image = remove_image(get_room().desk.store, slug, image_id, who=get_visit().staff.actor)
    flash("said.image-removed", name=image.name)
    return go_to("show_images", slug=slug, draft_id=draft_id)


def move(slug: str, image_id: int) -> Response:
    """Lay a picture where a script says."""
    store = get_room().desk.store
    try:
        image = get_image(store, slug, image_id)
        placement = Placement.of({**image.placement, **read_body()})
        moved = place_image(store, slug, image_id, placement, who=get_visit().staff.actor)
    except StoreError as error:
        return refuse(error, 404 if isinstance(error, UnknownError) else 422)
    return answer(_describe(moved))


def _describe(image: PlanImage) -> Mapping[str, Any]:
    return ImageView.of(image).describe(get_visit().get_venue().slug)


def _read_plan(slug: str, draft_id: int) -> Plan:
    return read_plan(get_room().drafts, slug, draft_id).plan


def _find_level(plan: Plan, level_id: str | None) -> str | None:
    level = plan.find(level_id, Level)
    return None if level is None else level.id


def _read_measured() -> Measured:
    form = request.form
    first, second = ((_read(f"x{n}"), _read(f"y{n}")) for n in (1, 2))
    along, bearing = form.get("along", ""), None
    if along in {"east", "north"}:
        bearing = _EAST if along == "east" else _NORTH
    elif along == "bearing":
        bearing = _read("bearing")
    at = None
    if form.get("at_x", "").strip() or form.get("at_y", "").strip():
        at = (_read("at_x"), _read("at_y"))
    return Measured(first, second, _read("length_m"), bearing, at)


def _read(member: str) -> float:
    return read_number(request.form.get(member, ""), member)


def _go_back(slug: str, draft_id: int, image_id: int) -> BaseResponse:
    back = go_to("show_images", slug=slug, draft_id=draft_id)
    back.headers["Location"] = f"{back.headers['Location']}#image-{image_id}"
    return back
