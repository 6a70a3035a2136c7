"""Venues, their floors and the drawings of these."""

import re
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal

from flask import Response
from pydantic import Field

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Building, Level, pick_label
from wayfinder.services.maps import MapSize, draw_floor
from wayfinder.services.served import Served
from wayfinder.web.api import documents
from wayfinder.web.api.common import JsonObject, answer, choose, get_venue
from wayfinder.web.api.operations import PREFIX, Answer, Operation
from wayfinder.web.api.parameters import READ_WHOLE, Language, Query, read_query
from wayfinder.web.errors import ApiError
from wayfinder.web.etags import add_validator
from wayfinder.web.security import allow_styles
from wayfinder.web.site import get_site

_STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SVG = "image/svg+xml; charset=utf-8"


class LanguageQuery(Query):
    """Nothing but the language."""

    lang: Language = None


class MapQuery(Query):
    """How a floor is drawn."""

    lang: Language = None
    width: Annotated[
        int, Field(ge=240, le=2000, description="Width in pixels.", examples=[1000]), READ_WHOLE
    ] = 1000
    theme: Annotated[
        Literal["light", "dark", "print"],
        Field(description="Colours; `print` is black ink alone.", examples=["light"]),
    ] = "light"
    repeated: ClassVar[frozenset[str]] = frozenset()


def list_venues() -> Response:
    """Answer with all venues."""
    language = choose(read_query(LanguageQuery).lang)
    venues = [_summarise(served, language) for served in get_site().venues.list()]
    return answer({"venues": venues})


def show_venue(venue: str) -> Response:
    """Answer with a venue."""
    language = choose(read_query(LanguageQuery).lang)
    served = get_venue(venue)
    plan = served.plan
    return answer(
        {
            **_summarise(served, language),
            "time_zone": str(served.router.schedule.zone),
            "release": describe_release(served),
            "languages": list(LANGUAGES),
            "profiles": list(served.router.profiles),
            "buildings": [
                {
                    "id": building.id,
                    "name": pick_label(building.name, language),
                    "names": dict(building.name),
                }
                for building in plan.list_of(Building)
            ],
            "levels": _list_levels(served, language),
        }
    )


def list_levels(venue: str) -> Response:
    """Answer with the floors of a venue."""
    language = choose(read_query(LanguageQuery).lang)
    return answer({"levels": _list_levels(get_venue(venue), language)})


def draw_level(venue: str, level: str) -> Response:
    """Answer with the drawing of a floor."""
    query = read_query(MapQuery)
    served, language = get_venue(venue), choose(query.lang)
    if served.plan.find(level, Level) is None:
        raise ApiError(404, "unknown-level")
    size = MapSize(width_px=query.width)
    drawing = draw_floor(served, level, language=language, size=size, theme=query.theme)
    allow_styles(*_STYLES.findall(drawing))
    return add_validator(Response(drawing, content_type=_SVG))


def describe_release(served: Served) -> JsonObject:
    """Make the document of what is in force."""
    release = served.snapshot.release
    return {"number": release.number, "hash": release.hash}


def _summarise(served: Served, language: str) -> JsonObject:
    return {
        "id": served.slug,
        "name": pick_label(served.name, language),
        "names": dict(served.name),
        "version": served.version_at(datetime.now(UTC)),
    }


def _list_levels(served: Served, language: str) -> list[JsonObject]:
    levels = sorted(served.plan.levels, key=lambda level: (level.ordinal, level.id))
    return [_describe_level(served.slug, level, language) for level in levels]


def _describe_level(slug: str, level: Level, language: str) -> JsonObject:
    return {
        "id": level.id,
        "name": pick_label(level.name, language),
        "short_name": pick_label(level.short_name or level.name, language),
        "ordinal": level.ordinal,
        "buildings": list(level.building_ids),
        "map": f"{PREFIX}/venues/{slug}/levels/{level.id}.svg",
    }


OPERATIONS = (
    Operation(
        id="listVenues",
        method="GET",
        path="/venues",
        summary="All venues",
        view=list_venues,
        query=LanguageQuery,
        answers={200: Answer("The venues by id.", documents.VenueList)},
    ),
    Operation(
        id="getVenue",
        method="GET",
        path="/venues/<venue>",
        summary="A venue with its buildings and floors",
        view=show_venue,
        query=LanguageQuery,
        answers={200: Answer("The venue.", documents.VenueDetail)},
        errors=("unknown-venue",),
    ),
    Operation(
        id="listLevels",
        method="GET",
        path="/venues/<venue>/levels",
        summary="The floors of a venue",
        view=list_levels,
        query=LanguageQuery,
        answers={200: Answer("The floors, the lowest first.", documents.LevelList)},
        errors=("unknown-venue",),
    ),
    Operation(
        id="drawLevel",
        method="GET",
        path="/venues/<venue>/levels/<level>.svg",
        summary="The map of a floor",
        view=draw_level,
        query=MapQuery,
        answers={200: Answer("An SVG drawing.", media_type="image/svg+xml")},
        errors=("unknown-venue", "unknown-level"),
    ),
)
