"""``/`` and ``/v/<venue>``: which hospital, and what one may want there."""

from flask import Blueprint, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.draw.overlay import Here
from wayfinder.model.conditions import PHONE
from wayfinder.services.maps import MapSize, draw_floor
from wayfinder.services.outages import list_outages
from wayfinder.services.places import Unclear
from wayfinder.services.surroundings import look_around
from wayfinder.web.phone.page import Page, get_page, render
from wayfinder.web.phone.reader import read_reader
from wayfinder.web.phone.resolve import find_text
from wayfinder.web.site import get_site
from wayfinder.web.wishes import WISHES, Wish

MAP_WIDTH, MAP_HEIGHT = 400, 320
"""Pixels in which the map around a sign is drawn; pages scale it to their width."""

PHONE_WISHES = (Wish("emergency", "emergency", "emergency"), *WISHES)
"""The emergency department first."""
_ALWAYS = frozenset({"emergency", "parking"})
ELDER_WISHES = ("emergency", "toilets", "cashier", "pharmacy", "lift", "exit")
"""What the elder look offers: fewer choices."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/", "get_venues", get_venues)
    blueprint.add_url_rule("/v/<slug>", "get_home", get_home)


def get_venues() -> BaseResponse:
    """Show the venues, or the only one."""
    venues = get_site().venues.list()
    page = Page("venues", read_reader())
    if len(venues) == 1:
        return redirect(page.reader.url("get_home", slug=venues[0].slug), 302)
    return render(page, "venues.html", venues=venues)


def get_home(slug: str) -> BaseResponse:
    """Show what one may want; what was typed for a code or a place says where one is."""
    page = get_page("home", slug)
    typed = request.args.get("start", "").strip()
    if typed:
        return _answer_typed(page, typed)
    return render_home(page)


def _answer_typed(page: Page, typed: str) -> BaseResponse:
    found = find_text(page, typed)
    if isinstance(found, str):
        return redirect(page.reader.url("get_home", slug=page.venue.slug, here=found), 303)
    return render_home(page, unclear=found)


def render_home(page: Page, unclear: Unclear | None = None) -> Response:
    """Make the home page of a venue, or of a sign in it."""
    return render(
        page,
        "home.html",
        wishes=list_wishes(page),
        notices=page.venue.conditions.notices_at(page.now, on=PHONE),
        outages=list_outages(page.venue, language=page.language, at=page.now, here=page.here_id),
        around=list_around(page),
        drawing=draw_here(page),
        unclear=unclear,
    )


def list_wishes(page: Page) -> list[Wish]:
    """List the big buttons that lead to something here."""
    wishes: tuple[Wish, ...] = PHONE_WISHES
    if page.reader.look:
        wishes = tuple(wish for wish in wishes if wish.key in ELDER_WISHES)
    return [wish for wish in wishes if wish.key in _ALWAYS or wish.is_in(page.directory)]


def draw_here(page: Page) -> Markup | None:
    """Draw what lies around the sign, heads up; None away from signs."""
    sign = page.sign
    if sign is None:
        return None
    drawing = draw_floor(
        page.venue,
        sign.level_id,
        language=page.language,
        size=MapSize(MAP_WIDTH, MAP_HEIGHT, page.reader.text_scale),
        linked=True,
        here=Here(sign.point, sign.facing_deg),
        around=True,
    )
    return Markup(drawing)  # noqa: S704 - the drawing escapes what it is given


def list_around(page: Page) -> list[tuple[str, str]]:
    """Say what is on the left, on the right and behind of whoever looks at the sign."""
    if page.sign is None:
        return []
    seen = look_around(page.venue, page.sign)
    return [(str(side), page.say_name(name)) for side, name in seen.items()]
