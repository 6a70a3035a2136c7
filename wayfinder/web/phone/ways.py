"""``/v/<venue>/go/…``: the way from one place to others, and why there is none."""

from datetime import datetime

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.route import Refusal
from wayfinder.services.fire.ways import CODES, HERE, find_zones
from wayfinder.services.limits import MOST_STOPS, YEARS
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.places import Unclear
from wayfinder.web.phone.car_parks import list_car_parks
from wayfinder.web.phone.counting import count_goals
from wayfinder.web.phone.no_way import view_refusal
from wayfinder.web.phone.page import Page, get_page, render, render_fire
from wayfinder.web.phone.resolve import find_id, find_text
from wayfinder.web.phone.starts import list_entrances
from wayfinder.web.phone.way_view import MAP_HEIGHT, MAP_WIDTH, view_way


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/go/<path:places>", "get_way", get_way)
    blueprint.add_url_rule("/v/<slug>/start", "get_start", get_start)


def get_way(slug: str, places: str) -> BaseResponse:
    """Show the way over all places of the address; with one place alone ask where one is."""
    page = get_page("route", slug)
    parts = split_places(places)
    if len(parts) > 1:
        return answer_way(page, parts)
    if parts and page.reader.here:
        return redirect(_link(page, [page.reader.here, *parts]), 302)
    return _ask(page, parts)


def get_start(slug: str) -> BaseResponse:
    """Take where somebody says to be to the way from there."""
    page = get_page("go", slug)
    targets = [text for text in request.args.getlist("to") if text.strip()][:MOST_STOPS]
    typed = request.args.get("start", "").strip()
    if not typed:
        return _ask(page, targets)
    found = find_text(page, typed)
    if isinstance(found, Unclear):
        return _ask(page, targets, unclear=found)
    if not targets:
        return redirect(page.reader.at(found).url("get_home", slug=slug), 303)
    return redirect(_link(page, [found, *targets]), 303)


def split_places(places: str) -> list[str]:
    """Split the places of an address."""
    return [part for part in places.split("/") if part.strip()][: MOST_STOPS + 1]


def answer_way(page: Page, parts: list[str]) -> BaseResponse:
    """Answer with the way over places, with why there is none, or with which place is meant."""
    ids: list[str] = []
    for number, part in enumerate(parts):
        found = find_id(page, part)
        if isinstance(found, Unclear):
            return _ask_which(page, parts, number, found)
        ids.append(found)
    at, is_read = read_time(page, request.args.get("at", ""))
    best_order = request.args.get("order") == "best" and len(ids) > 3
    found_way = find_way(
        page.venue,
        ids[0],
        ids[1:],
        profile=page.reader.profile,
        at=at,
        best_order=best_order,
    )
    if isinstance(found_way, Refusal) and found_way.code in CODES and page.fire is not None:
        # whoever set out there is there, as far as anybody knows
        inside = found_way.code == HERE
        there = Page("route", page.reader.at(parts[0]), page.served) if inside else page
        return render_fire(there, find_zones(page.fire, found_way), inside=inside)
    if isinstance(found_way, Refusal):
        lost = Page("no-route", page.reader, page.served)
        return render(lost, "no-way.html", **view_refusal(lost, found_way, parts, ids, at))
    count_goals(page, found_way)
    view = view_way(page, found_way, parts, ids)
    return render(
        page,
        "way.html",
        view=view,
        parts=view.parts,
        at=at,
        at_unread=not is_read,
        map_size=(MAP_WIDTH, MAP_HEIGHT),
        share_url=page.site.settings.public_url + view.share_path,
    )


def find_pictured(page: Page, parts: list[str]) -> Way | Refusal | None:
    """Find the way of a picture's address, why there is none, or None for no such address."""
    ids = [find_id(page, part) for part in parts]
    known = [one for one in ids if isinstance(one, str)]
    if len(known) < max(2, len(ids)):
        return None
    at, _ = read_time(page, request.args.get("at", ""))
    return find_way(page.venue, known[0], known[1:], profile=page.reader.profile, at=at)


def read_time(page: Page, text: str) -> tuple[datetime | None, bool]:
    """Read a moment in the venue's zone; None is now, also where it cannot be read."""
    if not text:
        return None, True
    try:
        moment = datetime.fromisoformat(text[:40].replace(" ", "+"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=page.now.tzinfo)
        # instants at the ends of the calendar overflow in another zone
        aware.astimezone(page.now.tzinfo).timestamp()
    except (ValueError, OverflowError):
        return None, False
    return (aware, True) if aware.year in YEARS else (None, False)


def _link(page: Page, parts: list[str]) -> str:
    return page.reader.url("get_way", slug=page.venue.slug, places="/".join(parts), here=None)


def _ask(page: Page, targets: list[str], unclear: Unclear | None = None) -> BaseResponse:
    """Ask where somebody is."""
    asking = Page("go", page.reader, page.served)
    ids = [find_id(asking, target) for target in targets]
    lost = next((number for number, one in enumerate(ids) if isinstance(one, Unclear)), None)
    if lost is not None:
        return _ask_which(asking, targets, lost, ids[lost])  # type: ignore[arg-type]
    goals = [hit for one in ids if isinstance(one, str) and (hit := asking.describe(one))]
    goal_id = goals[-1].id if goals else None
    return render(
        asking,
        "ask.html",
        targets=targets,
        goals=goals,
        unclear=unclear,
        starts=list_entrances(asking, goal_id),
        car_parks=list_car_parks(asking, goal_id),
    )


def _ask_which(page: Page, parts: list[str], number: int, unclear: Unclear) -> BaseResponse:
    """Ask which of several places is meant, or say that there is none."""
    choices = [
        (hit, _link(page, [*parts[:number], hit.id, *parts[number + 1 :]]))
        for hit in unclear.candidates
    ]
    asking = Page("search", page.reader, page.served)
    status = 300 if unclear.count else 404
    return render(asking, "which.html", status=status, unclear=unclear, choices=choices)
