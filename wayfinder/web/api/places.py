"""Places: searched, listed, described."""

from typing import Annotated

from flask import Response
from pydantic import Field

from wayfinder.model import Amenity, Occupant, Unit
from wayfinder.services.describe import describe_place
from wayfinder.services.directory import Directory, Hit
from wayfinder.services.served import Served
from wayfinder.web.api import documents
from wayfinder.web.api.common import (
    JsonObject,
    answer,
    choose,
    get_place,
    get_venue,
)
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import READ_WHOLE, Language, Query, Text, read_query
from wayfinder.web.api.venues import LanguageQuery
from wayfinder.web.errors import ApiError

_ALL = 10_000


class PlacesQuery(Query):
    """Which places."""

    q: Annotated[
        Text | None,
        Field(
            description="What somebody types: a name, room, code, category, pinyin, with slips.",
            examples=["抽血"],
        ),
    ] = None
    category: Annotated[
        Text | None,
        Field(description="Only this sort of place, or those below it.", examples=["restroom"]),
    ] = None
    near: Annotated[
        Text | None,
        Field(
            description="Where one is: id, code or name; the nearest come first.", examples=["REG"]
        ),
    ] = None
    limit: Annotated[
        int, Field(ge=1, le=1000, description="How many at most.", examples=[20]), READ_WHOLE
    ] = 20
    lang: Language = None


def list_places(venue: str) -> Response:
    """Answer with the places that fit."""
    served = get_venue(venue)
    query = read_query(PlacesQuery)
    language = choose(query.lang)
    directory = served.directory
    near = get_place(served, query.near, "near", language) if query.near else None
    if query.q is not None:
        wanted = _ALL if query.category else query.limit
        found = directory.search(query.q, language=language, near=near, limit=wanted)
        hits, count = found.hits, found.count
        if query.category:
            ids = _list_ids(directory, query.category, language)
            hits = tuple(hit for hit in hits if hit.id in ids)
            count = len(hits)
        return _answer(hits, count, query.limit, nearest=found.nearest, desk=found.desk)
    if query.category is not None:
        hits = directory.list_category(query.category, language=language, near=near, limit=_ALL)
    else:
        hits = _list_named(served, directory, language, near)
    return _answer(hits, len(hits), query.limit)


def _list_ids(directory: Directory, category: str, language: str) -> frozenset[str]:
    return frozenset(h.id for h in directory.list_category(category, language=language, limit=_ALL))


def _list_named(
    served: Served, directory: Directory, language: str, near: str | None
) -> tuple[Hit, ...]:
    """List everything that has a name, each place once."""
    features = (one for kind in (Occupant, Unit, Amenity) for one in served.plan.list_of(kind))
    ids = [feature.id for feature in features if feature.name]
    hits = directory.make_hits(ids, language=language, near=near)
    return tuple({hit.id: hit for hit in hits}.values())


def _answer(
    hits: tuple[Hit, ...],
    count: int,
    limit: int,
    *,
    nearest: str | None = None,
    desk: Hit | None = None,
) -> Response:
    return answer(
        {
            "places": [describe_hit(hit) for hit in hits[:limit]],
            "count": count,
            "nearest": nearest,
            "desk": describe_hit(desk) if desk else None,
        }
    )


def describe_hit(hit: Hit) -> JsonObject:
    """Make the document of a place in a list."""
    return {
        "id": hit.id,
        "kind": str(hit.kind),
        "name": hit.name,
        "other_name": hit.other_name,
        "matched": hit.matched,
        "category": hit.category,
        "symbol": hit.symbol,
        "floor": hit.floor,
        "building": hit.building,
        "level": hit.level_id,
        "distance_m": None if hit.distance_m is None else round(hit.distance_m, 1),
        "public": hit.public,
    }


def show_place(venue: str, place: str) -> Response:
    """Answer with a place."""
    served = get_venue(venue)
    language = choose(read_query(LanguageQuery).lang)
    feature_id = get_place(served, place, "place", language)
    directory = served.directory
    found = describe_place(served, directory, feature_id, language=language)
    if found is None:  # a feature that is no place, such as the venue's footprint
        raise ApiError(404, "unknown-place", {"place": place})
    opening = found.opening
    changes_at = opening.changes_at
    return answer(
        {
            "place": describe_hit(found.hit),
            "aliases": list(found.aliases),
            "about": found.about,
            "number": found.number,
            "areas": list(found.areas),
            "phone": found.phone,
            "access": str(found.access),
            "access_note": found.access_note,
            "step_free": found.step_free,
            "step_free_note": found.step_free_note,
            "opening": {
                "is_open": opening.is_open,
                "changes_at": changes_at.isoformat() if changes_at else None,
                "note": opening.note,
                "hours": list(opening.hours),
                "hours_note": opening.hours_note,
                "closures": list(opening.closures),
            },
            "notices": list(found.notices),
            "point": _locate(served, directory, feature_id),
            "page": f"/v/{served.slug}/place/{found.hit.id}",
        }
    )


def _locate(served: Served, directory: Directory, feature_id: str) -> JsonObject | None:
    spot = directory.find_spot(feature_id)
    if spot is None:
        return None
    lon, lat = served.plan.frame.to_degrees(spot.x_m, spot.y_m)
    return {"level": spot.level_id, "place": [round(lon, 8), round(lat, 8)]}


OPERATIONS = (
    Operation(
        id="listPlaces",
        method="GET",
        path="/venues/<venue>/places",
        summary="Search and list places",
        description="With `q` the best fit first, then the nearest; without it those of "
        "`category`, or all that have a name.",
        view=list_places,
        query=PlacesQuery,
        answers={200: Answer("What fits.", documents.PlaceList)},
        errors=("unknown-venue", "unknown-place", "ambiguous-place"),
    ),
    Operation(
        id="getPlace",
        method="GET",
        path="/venues/<venue>/places/<place>",
        summary="A place",
        description="Names, hours in words, open or closed now, floor, access.",
        view=show_place,
        query=LanguageQuery,
        answers={200: Answer("The place.", documents.PlaceDetail)},
        errors=("unknown-venue", "unknown-place", "ambiguous-place"),
    ),
)
