"""``/v/<venue>/place/<id>``, ``/v/<venue>/floor/<id>``: what a place is, how to get there."""

from flask import Blueprint, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model import Amenity, Building, Level, Occupant, Unit
from wayfinder.model.conditions import PHONE
from wayfinder.presets import find_preset
from wayfinder.services.describe import describe_place
from wayfinder.services.directory import Hit, HitKind
from wayfinder.services.directory.entries import find_level
from wayfinder.services.directory.ordering import make_order
from wayfinder.services.places import Unclear
from wayfinder.web.phone.page import Page, get_page, render, render_fire
from wayfinder.web.phone.pictures import draw_map, read_size
from wayfinder.web.phone.resolve import find_id

_NAMED = Unit | Occupant | Amenity


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/place/<place_id>", "get_place", get_place)
    blueprint.add_url_rule("/v/<slug>/floor/<level_id>", "get_floor", get_floor)
    blueprint.add_url_rule("/v/<slug>/floors", "get_floors", get_floors)


def get_place(slug: str, place_id: str) -> BaseResponse:
    """Show a place: what it is called, where it is, when it is open, whom to call."""
    page = get_page("place", slug)
    found = find_id(page, place_id)
    if isinstance(found, Unclear):
        choices = [(hit, _link(page, hit.id)) for hit in found.candidates]
        asking = Page("search", page.reader, page.served)
        status = 300 if found.count else 404
        return render(asking, "which.html", status=status, unclear=found, choices=choices)
    if page.plan.find(found, Level) is not None:
        return redirect(page.reader.url("get_floor", slug=slug, level_id=found), 302)
    place = describe_place(
        page.venue,
        page.directory,
        found,
        language=page.language,
        at=page.now,
        near=page.here_id,
        on=PHONE,
    )
    if place is None:
        raise NotFound
    if page.fire is not None and page.fire.is_affected(found):
        return render_fire(page, page.fire.list_zones(found), inside=False)
    floors = _list_floors(page, place.hit)
    return render(page, "place.html", place=place, hit=place.hit, floors=floors)


def get_floor(slug: str, level_id: str) -> BaseResponse:
    """Show a floor: its map and what is on it."""
    page = get_page("floor", slug)
    level = page.plan.find(level_id, Level)
    if level is None:
        raise NotFound
    if page.fire is not None and page.fire.is_affected(level_id):
        return render_fire(page, page.fire.list_zones(level_id), inside=False)
    drawing = draw_map(page, level_id)
    return render(
        page,
        "floor.html",
        level=level,
        others=_list_neighbours(page, level),
        size=read_size(drawing),
        hits=_list_named(page, level),
    )


def get_floors(slug: str) -> BaseResponse:
    """List all buildings with their floors."""
    page = get_page("floor", slug)
    groups: dict[str, list[Level]] = {}
    for level in page.plan.levels:
        groups.setdefault(page.say_level_title(level), []).append(level)
    return render(page, "floors.html", groups=list(groups.items()))


def _list_named(page: Page, level: Level) -> list[Hit]:
    """List the named places on a floor that everybody may enter, in alphabetical order."""
    named = (one for one in page.plan if isinstance(one, _NAMED) and one.name)
    ids = [one.id for one in named if find_level(page.plan, one) is level]
    hits = page.directory.make_hits(ids, language=page.language)
    by_name = {hit.name: hit for hit in hits if hit.public and _is_sought(hit)}
    return sorted(by_name.values(), key=lambda hit: make_order(hit.name, page.language))


def _is_sought(hit: Hit) -> bool:
    """Tell whether somebody may want to go to a place, not only through it."""
    preset = find_preset(hit.category)
    kind = preset.kind if preset is not None else ""
    return hit.kind is HitKind.PLACE and kind not in {"circulation", "vertical"}


def _link(page: Page, place_id: str) -> str:
    return page.reader.url("get_place", slug=page.venue.slug, place_id=place_id)


def _list_floors(page: Page, hit: Hit) -> list[Level]:
    """List the floors of a building."""
    if page.plan.find(hit.id, Building) is None:
        return []
    return [level for level in page.plan.levels if hit.id in level.building_ids]


def _list_neighbours(page: Page, level: Level) -> list[Level]:
    """List the floors of the same building, the highest first, as on a lift's buttons."""
    building = page.find_building(level)
    same = [one for one in page.plan.levels if page.find_building(one) is building]
    return sorted(same, key=lambda one: -one.ordinal)
