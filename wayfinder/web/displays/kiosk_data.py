"""What the script of a kiosk fetches: all places, what is known of them, the maps of all floors."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, url_for
from werkzeug.exceptions import NotFound

from wayfinder.model import DisplayKind, Level
from wayfinder.services.display_details import find_version, make_details
from wayfinder.services.display_places import make_directory
from wayfinder.services.kiosk_maps import draw_floor
from wayfinder.web.displays import kiosk_ways
from wayfinder.web.displays.common import DisplayPage, answer_json, get_page
from wayfinder.web.etags import add_validator


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/kiosk/<code>/places", "get_kiosk_places", get_places)
    blueprint.add_url_rule("/kiosk/<code>/details", "get_kiosk_details", get_details)
    blueprint.add_url_rule("/kiosk/<code>/map/<level_id>", "get_kiosk_map", get_map)
    kiosk_ways.register(blueprint)


def get_places(code: str) -> Response:
    """Answer with all public places, in all languages."""
    page = get_page(DisplayKind.KIOSK, code)
    return answer_json(make_directory(page.venue, page.display.level_id))


def get_details(code: str) -> Response:
    """Answer with hours and the like of the places, as they are now, in all languages."""
    page = get_page(DisplayKind.KIOSK, code)
    return answer_json(make_details(page.venue, page.display.level_id, at=page.now))


def get_map(code: str, level_id: str) -> Response:
    """Draw a floor, turned as the reader of this kiosk looks."""
    page = get_page(DisplayKind.KIOSK, code)
    if page.plan.find(level_id, Level) is None:
        raise NotFound
    drawing = draw_floor(page.venue, page.display, level_id, language=page.language)
    return add_validator(Response(drawing, content_type="image/svg+xml; charset=utf-8"))


def list_files(page: DisplayPage) -> Iterator[str]:
    """List the addresses of what a kiosk needs beside its page and the scripts."""
    yield url_for("displays.get_kiosk_places", code=page.code)
    for level in page.plan.levels:
        for language in page.languages:
            yield url_for(
                "displays.get_kiosk_map", code=page.code, level_id=level.id, lang=language
            )


def list_later(page: DisplayPage) -> Iterable[tuple[str, str]]:
    """List what a kiosk takes when it comes, with what changes with its content."""
    yield url_for("displays.get_kiosk_details", code=page.code), find_version(page.venue, page.now)
    yield from kiosk_ways.list_later(page)
