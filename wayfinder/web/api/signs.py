"""Signs by the code that is printed on them."""

from flask import Response

from wayfinder.model.sign_codes import clean_code, list_near_codes
from wayfinder.services.served import Served
from wayfinder.web.api import documents
from wayfinder.web.api.common import answer, choose, get_venue
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
    sign = venues.find_sign_in(served, cleaned)
    if sign is None:
        record = venues.find_sign(cleaned)
        raise _refuse(served, cleaned, record.venue if record else None)
    lon, lat = served.plan.frame.to_degrees(*sign.point)
    hit = served.directory.make_hit(sign.unit_id, language=language)
    return answer(
        {
            "code": cleaned,
            "id": sign.id,
            "ref": sign.ref,
            "name": hit.name if hit else "",
            "level": sign.level_id,
            "floor": hit.floor if hit else "",
            "place": [round(lon, 8), round(lat, 8)],
            "facing_deg": sign.facing_deg,
            "mounting": sign.mounting,
            "page": f"/s/{cleaned}",
        }
    )


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
        "venue that it may have been meant for, and with the venue that it belongs to instead.",
        view=show_sign,
        query=LanguageQuery,
        answers={200: Answer("The sign.", documents.Sign)},
        errors=("unknown-venue", "unknown-sign"),
    ),
)
