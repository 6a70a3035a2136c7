"""``/v/<venue>/map/…``: maps by their own address, for further floors and for whoever zooms."""

import re

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.theme import PAGE
from wayfinder.model import Level
from wayfinder.route import Refusal
from wayfinder.services.fire.ways import CODES
from wayfinder.services.maps import (
    MapSize,
    draw_floor,
    draw_way,
    draw_without,
    list_levels,
    name_line,
)
from wayfinder.web.etags import add_validator
from wayfinder.web.phone.page import Page, get_page
from wayfinder.web.phone.way_view import make_size
from wayfinder.web.phone.ways import find_pictured, split_places
from wayfinder.web.security import allow_styles

FLOOR_WIDTH = 480
"""Pixels in which a whole floor is drawn."""
_SIZE = re.compile('width="([0-9.]+)" height="([0-9.]+)"')
_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


def register(blueprint: Blueprint) -> None:
    """Hang the pictures into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/map/<level_id>.svg", "get_map", get_map)
    blueprint.add_url_rule("/v/<slug>/map/<level_id>/go/<path:places>", "get_way_map", get_way_map)


def get_map(slug: str, level_id: str) -> BaseResponse:
    """Draw a floor by itself."""
    page = get_page("floor", slug)
    if page.plan.find(level_id, Level) is None:
        raise NotFound
    return _answer(draw_map(page, level_id))


def draw_map(page: Page, level_id: str) -> str:
    """Draw a whole floor as its address shows it."""
    return draw_floor(
        page.venue,
        level_id,
        language=page.language,
        size=MapSize(FLOOR_WIDTH, text_scale=page.reader.text_scale),
        theme=page.reader.theme or PAGE,
    )


def read_size(drawing: str) -> tuple[str, str]:
    """Read the width and height of a drawing in pixels."""
    found = _SIZE.search(drawing)
    return (found[1], found[2]) if found else ("", "")


def get_way_map(slug: str, level_id: str, places: str) -> BaseResponse:
    """Draw the part of a way that lies on a floor; with ``?whole=1`` all of the floor.

    Where it is another way by now than the page that asks has, or none, the floor is drawn without
    one: its steps lead where the picture would not.
    """
    page = get_page("route", slug)
    way = find_pictured(page, split_places(places))
    if way is None or page.plan.find(level_id, Level) is None:
        raise NotFound
    if isinstance(way, Refusal):
        if way.code in CODES:
            raise NotFound
        return _draw_changed(page, level_id)
    asked = request.args.get("line", "")
    if level_id not in list_levels(way) or asked not in {"", name_line(way)}:
        return _draw_changed(page, level_id)
    drawing = draw_way(
        way,
        level_id,
        language=page.language,
        size=make_size(page),
        theme=page.reader.theme or PAGE,
        whole=request.args.get("whole") == "1",
    )
    return _answer(drawing)


def _draw_changed(page: Page, level_id: str) -> Response:
    drawing = draw_without(
        page.venue,
        level_id,
        page.say("map.changed"),
        language=page.language,
        size=make_size(page),
        theme=page.reader.theme or PAGE,
    )
    response = _answer(drawing)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(drawing: str) -> Response:
    # as a picture in a page it keeps its style; opened by itself it needs leave
    allow_styles(*_STYLE.findall(drawing))
    response = Response(drawing, content_type="image/svg+xml; charset=utf-8")
    response.vary.add("Accept-Language")
    return add_validator(response)
