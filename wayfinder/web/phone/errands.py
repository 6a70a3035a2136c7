"""Pages that somebody needs in a hurry, or much later: emergency, and the way back to the car."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services.directory import Hit
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.places import Unclear
from wayfinder.web.phone.car_parks import list_car_parks
from wayfinder.web.phone.contacts import dial
from wayfinder.web.phone.page import Page, get_page, render, render_fire
from wayfinder.web.phone.resolve import find_id, find_text
from wayfinder.web.phone.way_view import view_way

_STEP_FREE = ("wheelchair", "easy", "walk")
"""Profiles tried for the way to the emergency department: step-free where that is possible."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/emergency", "get_emergency", get_emergency)
    blueprint.add_url_rule("/v/<slug>/parking", "get_parking", get_parking)
    blueprint.add_url_rule("/v/<slug>/fire", "get_fire", get_fire)


def get_emergency(slug: str) -> BaseResponse:
    """Call, say where you are, go: in this order."""
    page = get_page("emergency", slug)
    typed = request.args.get("start", "").strip()
    if typed:
        found = find_text(page, typed)
        if not isinstance(found, Unclear):
            return redirect(page.reader.at(found).url("get_emergency", slug=slug), 303)
    goal = page.contacts.department
    view = _find_help(page, goal)
    hit = page.describe(goal) if goal else None
    return render(page, "emergency.html", goal=hit, view=view, dial=dial)


def get_fire(slug: str) -> BaseResponse:
    """Show the texts of a fire: to who is in the zone that the address names, else to all."""
    page = get_page("fire", slug)
    if page.fire is None:
        return render(page, "no-fire.html")
    asked = request.args.get("zone", "")
    mine = [zone for zone in page.fire.zones if zone.id == asked]
    return render_fire(page, mine or page.fire.zones, inside=bool(mine))


def _find_help(page: Page, goal: str | None) -> object:
    if goal is None or page.here_id is None:
        return None
    for profile in _STEP_FREE:
        way = find_way(page.venue, page.here_id, [goal], profile=profile)
        if isinstance(way, Way):
            return view_way(page, way, [page.reader.here, goal], [page.here_id, goal])
    return None


def get_parking(slug: str) -> BaseResponse:
    """Where the car is: kept in this page's address, and by the script on the phone alone."""
    page = get_page("parking", slug)
    typed = request.args.get("car", "").strip()
    car, unclear = _find_car(page, typed)
    parks = list_car_parks(page)
    return render(page, "parking.html", car=car, unclear=unclear, typed=typed, parks=parks)


def _find_car(page: Page, typed: str) -> tuple[Hit | None, Unclear | None]:
    if not typed:
        return None, None
    found = find_id(page, typed)
    if isinstance(found, Unclear):
        return None, found
    return page.describe_start(found), None
