"""Ways from a kiosk: one that somebody asks for, and all that it takes along."""

from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import NotFound

from wayfinder.model import DisplayKind
from wayfinder.route.targets import NEAREST
from wayfinder.services.display_ways import PROFILES, WaysMaker, find_version
from wayfinder.web.displays.common import DisplayPage, answer_json, get_page
from wayfinder.web.displays.stamp import HEADER
from wayfinder.web.etags import add_validator

_AGAIN_S = 30
"""So long a display is told to wait for ways that are being made (ours)."""


def register(blueprint: Blueprint) -> None:
    """Hang the addresses into the blueprint."""
    blueprint.add_url_rule("/kiosk/<code>/ways/<profile>", "get_kiosk_ways", get_ways)
    blueprint.add_url_rule("/kiosk/<code>/way/<profile>/<goal>", "get_kiosk_way", get_way)


def get_way(code: str, profile: str, goal: str) -> Response:
    """Answer with the way to a place, or to ``nearest:CATEGORY``, as it is at this moment."""
    page = _get_page(code, profile)
    if goal not in page.plan.features and not goal.startswith(NEAREST):
        raise NotFound
    maker = WaysMaker(page.venue, page.display, profile, page.now)
    maker.add(goal)
    return answer_json(maker.finish())


def get_ways(code: str, profile: str) -> Response:
    """Answer with the ways to all places, or with 503 while they are being made."""
    page = _get_page(code, profile)
    found = page.site.display_ways.get(page.venue, page.display, profile)
    if found is None:
        late = Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        late.headers["Retry-After"] = str(_AGAIN_S)
        late.headers["Cache-Control"] = "no-store"
        return late
    takes_brotli = request.accept_encodings["br"] > 0
    response = Response(
        found.compressed if takes_brotli else found.content, content_type="application/json"
    )
    if takes_brotli:
        response.headers["Content-Encoding"] = "br"
    response.headers[HEADER] = found.digest
    response.vary.add("Accept-Encoding")
    program = page.site.assets.version
    return add_validator(response, found.version, profile, page.display.id, program)


def list_later(page: DisplayPage) -> Iterator[tuple[str, str]]:
    """List the ways that a kiosk takes when they come, with what changes with them."""
    version = find_version(page.venue, page.now)
    for profile in PROFILES:
        yield url_for("displays.get_kiosk_ways", code=page.code, profile=profile), version


def _get_page(code: str, profile: str) -> DisplayPage:
    page = get_page(DisplayKind.KIOSK, code)
    if profile not in PROFILES:
        raise NotFound
    return page
