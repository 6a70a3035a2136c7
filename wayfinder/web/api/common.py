"""What the views of the API share: the venue, places, answers."""

import json
from typing import Any, NoReturn

from flask import Response

from wayfinder.guide.catalogues import translate
from wayfinder.services.places import FindSign, Unclear, find_place
from wayfinder.services.served import Served
from wayfinder.web.errors import ApiError
from wayfinder.web.etags import add_validator
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site

JSON = "application/json"
JsonObject = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def get_venue(slug: str) -> Served:
    """Return a venue as this request sees it.

    Raises
    ------
    ApiError
        There is none of that name.
    """
    served = get_site().venues.find(slug)
    if served is None:
        known = [one.slug for one in get_site().venues.list()][:10]
        raise ApiError(404, "unknown-venue", {"known": known}, {"known": known})
    return served


def get_place(
    served: Served,
    text: str,
    parameter: str,
    language: str,
    *,
    near: str | None = None,
    or_nearest: bool = False,
) -> str:
    """Return the id of the only place that a text names.

    Parameters
    ----------
    served
        The venue.
    text
        What the parameter holds.
    parameter
        Its name, for the refusal.
    language
        BCP 47 tag of the candidates.
    near
        Feature id of where one is, for the order of the candidates.
    or_nearest
        Whether ``nearest:CATEGORY`` is meant as well: it is returned as it is.

    Raises
    ------
    ApiError
        It names none, or several: the candidates are in the answer.
    """
    if text in served.plan.features:
        return text
    found = find_place(
        served.directory,
        text,
        language=language,
        near=near,
        find_sign=_make_finder(served),
        or_nearest=or_nearest,
    )
    return found if isinstance(found, str) else _refuse(found, parameter)


def answer(document: JsonObject, *parts: str, status: int = 200) -> Response:
    """Answer with a document, and with its validator.

    Parameters
    ----------
    document
        JSON values.
    parts
        What it depends on, where that is known beforehand; else its own content validates it.
    """
    response = Response(_ENCODER.encode(document), status=status, content_type=JSON)
    return add_validator(response, *parts)


def choose(language: str | None) -> str:
    """Return the language asked for, else the one of the request's headers."""
    return language or choose_language()


def _make_finder(served: Served) -> FindSign:
    venues = get_site().venues

    def find(code: str) -> str | None:
        sign = venues.find_sign_in(served, code)
        return None if sign is None else sign.id

    return find


def _refuse(unclear: Unclear, parameter: str) -> NoReturn:
    candidates = [
        {"id": hit.id, "name": hit.name, "floor": hit.floor, "building": hit.building}
        for hit in unclear.candidates
    ]
    raise ApiError(
        409 if unclear.count else 404,
        unclear.code,
        {"place": unclear.text, "count": unclear.count},
        {
            "parameter": parameter,
            "place": unclear.text,
            "candidates": candidates,
            "nearest": unclear.nearest,
        },
    )


def name(served: Served, feature_id: str, language: str) -> str:
    """Say what a feature is called, by itself or by what is in it."""
    hit = served.directory.make_hit(feature_id, language=language)
    return hit.name if hit else translate(language, "answer.name", name=feature_id)
