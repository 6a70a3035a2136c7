"""``/v/<venue>/search`` and ``/v/<venue>/category/<category>``: lists of places to go to."""

from dataclasses import dataclass, replace

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.presets import find_preset, name_category
from wayfinder.services.directory import Hit
from wayfinder.services.limits import MOST_STOPS
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.opening import make_is_open
from wayfinder.web.phone.clock import say_minutes
from wayfinder.web.phone.counting import count_unmatched
from wayfinder.web.phone.home import PHONE_WISHES
from wayfinder.web.phone.page import Page, get_page, render

_TIMED = 8
"""So many of a list get the time that one walks there."""
_SHOWN = 20


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/v/<slug>/search", "get_search", get_search)
    blueprint.add_url_rule("/v/<slug>/category/<category>", "get_category", get_category)


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a list.

    Parameters
    ----------
    hit
        The place.
    minutes
        How long one walks there, in words; empty where nobody knows from where.
    is_open
        Whether its own hours and closures let one in now.
    """

    hit: Hit
    minutes: str = ""
    is_open: bool = True


def get_search(slug: str) -> BaseResponse:
    """List what fits the words in the box."""
    page = get_page("search", slug)
    query = request.args.get("q", "")
    stops = [stop for stop in request.args.getlist("stop") if stop][
        :MOST_STOPS
    ]  # the start and all but the one to come
    is_open = make_is_open(page.venue)
    found = page.directory.search(
        query,
        language=page.language,
        near=page.here_id,
        limit=_SHOWN,
        is_open=is_open,
    )
    rows = [Row(hit, is_open=is_open(hit.id)) for hit in found.hits]
    if found.query and not found.hits:
        count_unmatched(page)
    return render(page, "search.html", found=found, rows=rows, stops=stops)


def get_category(slug: str, category: str) -> BaseResponse:
    """List the places of a sort, the nearest first."""
    page = get_page("category", slug)
    preset = find_preset(category)
    if preset is None or preset.category != category:
        raise NotFound
    is_open = make_is_open(page.venue)
    found = page.directory.list_category(
        category, language=page.language, near=page.here_id, limit=_SHOWN, is_open=is_open
    )
    # the staff's lifts are nothing to choose from where there are others
    hits = tuple(hit for hit in found if hit.public) or found
    rows = [replace(row, is_open=is_open(row.hit.id)) for row in _time(page, hits)]
    return render(
        page,
        "category.html",
        name=_title(page, category),
        symbol_name=preset.symbol,
        category=category,
        rows=rows,
        count=len(hits),
    )


def _title(page: Page, category: str) -> str:
    """Return the word of the button that led here, else what the category is called."""
    wish = next((one for one in PHONE_WISHES if one.category == category), None)
    if wish is not None:
        return page.say(f"wish.{wish.key}")
    return name_category(category, page.language) or category


def _time(page: Page, hits: tuple[Hit, ...]) -> list[Row]:
    """Order the nearest of a list by the time that one really walks."""
    if page.here_id is None:
        return [Row(hit) for hit in hits]
    timed: list[tuple[float, Row]] = []
    rest = [Row(hit) for hit in hits[_TIMED:]]
    for hit in hits[:_TIMED]:
        way = find_way(page.venue, page.here_id, [hit.id], profile=page.reader.profile)
        if isinstance(way, Way):
            minutes = say_minutes(page, way.journey.duration_range_s)
            timed.append((way.journey.duration_s, Row(hit, minutes)))
        else:
            rest.append(Row(hit))
    return [row for _, row in sorted(timed, key=lambda pair: pair[0])] + rest
