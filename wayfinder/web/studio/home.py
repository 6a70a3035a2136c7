"""``/studio/``: the venues that one may see, and how each is; a venue's own first page."""

from flask import Blueprint
from werkzeug.wrappers import Response

from wayfinder.services.overview import get_overview, list_overviews
from wayfinder.services.people.roles import Role
from wayfinder.web.site import get_site
from wayfinder.web.studio.page import render
from wayfinder.web.studio.room import get_room, get_visit


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/", "show_home", show_home)
    blueprint.add_url_rule("/v/<slug>", "show_venue", show_venue)


def show_home() -> Response:
    """Show the venues that one may see."""
    visit, desk = get_visit(), get_room().desk
    found = list_overviews(get_room().drafts, get_site().venues, visit.staff, at=desk.clock())
    may_make = [one for one in visit.staff.organisations if visit.staff.may(Role.ADMIN, one)]
    return render("home", "home.html", organisations=found, may_make=may_make)


def show_venue(slug: str) -> Response:  # noqa: ARG001 - `let_in` has found it
    """Show how a venue is, and what can be done there."""
    visit, desk = get_visit(), get_room().desk
    assert visit.role is not None  # noqa: S101 - the table of access says so
    venues = get_site().venues
    found = get_overview(get_room().drafts, venues, visit.get_venue(), visit.role, at=desk.clock())
    return render("venue", "venue.html", venue=found)
