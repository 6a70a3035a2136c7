"""Signs by the code that is printed on them."""

from flask import Response

from wayfinder.model import Sign, pick_label
from wayfinder.model.sign_codes import clean_code, list_near_codes
from wayfinder.model.sign_records import SignState
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord
from wayfinder.web.api import documents
from wayfinder.web.api.common import JsonObject, answer, choose, get_venue
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import read_query
from wayfinder.web.api.venues import LanguageQuery
from wayfinder.web.errors import ApiError
from wayfinder.web.site import get_site


def show_sign(venue: str, code: str) -> Response:
    """Answer with a sign."""
    served = get_venue(venue)
    language = choose(read_query(LanguageQuery).lang)
    cleaned = clean_code(code)
    venues = get_site().venues
    record = venues.find_sign(cleaned)
    sign = venues.find_sign_in(served, cleaned)
    if sign is not None:
        document = _make_document(served, sign, language)
    elif record is not None and record.venue == served.slug:
        document = _make_last_document(record, language)
    else:
        raise _refuse(served, cleaned, record.venue if record else None)
    state = record.state if record is not None else SignState.PLANNED
    since = record.since if record is not None else None
    return answer(
        {
            "code": cleaned,
            **document,
            "state": str(state),
            "since": since.isoformat() if since else None,
            "in_force": sign is not None,
            "page": f"/s/{cleaned}",
        }
    )


def _make_document(served: Served, sign: Sign, language: str) -> JsonObject:
    lon, lat = served.plan.frame.to_degrees(*sign.point)
    hit = served.directory.make_hit(sign.unit_id, language=language)
    return {
        "id": sign.id,
        "ref": sign.ref,
        "name": hit.name if hit else "",
        "level": sign.level_id,
        "floor": hit.floor if hit else "",
        "place": [round(lon, 8), round(lat, 8)],
        "facing_deg": sign.facing_deg,
        "mounting": sign.mounting,
    }


def _make_last_document(record: SignRecord, language: str) -> JsonObject:
    """Say where a sign was that the plan in force does not have."""
    was = record.place
    bearing = was.bearing_deg if was is not None else None
    return {
        "id": record.feature,
        "ref": record.ref,
        "name": pick_label(was.name, language) if was else "",
        "level": was.level if was else None,
        "floor": pick_label(was.floor, language) if was else "",
        "place": list(was.place) if was else None,
        "facing_deg": None if bearing is None else (bearing + 180) % 360,
        "mounting": None,
    }


def _refuse(served: Served, code: str, elsewhere: str | None) -> ApiError:
    venues = get_site().venues
    near = [
        one
        for one in list_near_codes(code)
        if (record := venues.find_sign(one)) is not None and record.venue == served.slug
    ]
    other = elsewhere if elsewhere != served.slug else None
    return ApiError(404, "unknown-sign", {"sign": code}, {"near": near, "venue": other})


OPERATIONS = (
    Operation(
        id="getSign",
        method="GET",
        path="/venues/<venue>/signs/<code>",
        summary="A sign by its code",
        description="In any case, with or without dashes. An unknown code comes with those of the "
        "venue that it may have been meant for, and with the venue that it belongs to instead. A "
        "code is good for ever: of a sign that the plan does not have any more (`in_force` is "
        "false) the answer says where it was last, as far as is known.",
        view=show_sign,
        query=LanguageQuery,
        answers={200: Answer("The sign.", documents.Sign)},
        errors=("unknown-venue", "unknown-sign"),
    ),
)
