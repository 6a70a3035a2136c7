"""Ways, and the package of finished ways for phones without network."""

from typing import Annotated, ClassVar

from flask import Response
from pydantic import Field

from wayfinder.guide.answer import make_refusal
from wayfinder.route import Refusal
from wayfinder.services.limits import MOST_STOPS
from wayfinder.services.navigate import find_way
from wayfinder.services.package_cache import BusyError
from wayfinder.web.api import documents
from wayfinder.web.api.common import JSON, answer, choose, get_place, get_venue
from wayfinder.web.api.fire import refuse_way
from wayfinder.web.api.operations import ERRORS, Answer, Operation
from wayfinder.web.api.parameters import (
    READ_NUMBER,
    Instant,
    Language,
    Profile,
    Query,
    Text,
    Truth,
    read_query,
)
from wayfinder.web.errors import ApiError
from wayfinder.web.etags import add_validator
from wayfinder.web.site import get_site

_Destination = Annotated[
    Text,
    Field(description="As `from`, or `nearest:CATEGORY`.", examples=["nearest:restroom"]),
]


class RouteQuery(Query):
    """What is asked of the router."""

    from_: Annotated[
        Text,
        Field(
            alias="from",
            description="Id, code of the hospital's own, sign code or name of the start.",
            examples=["VQAFYHP"],
        ),
    ]
    to: Annotated[
        list[Text],
        Field(
            min_length=1,
            max_length=MOST_STOPS,
            description="Likewise of the destination, or `nearest:CATEGORY`; several make a visit.",
            examples=[["PED"]],
        ),
    ]
    profile: Profile = "walk"
    at: Annotated[
        Instant | None,
        Field(
            description="Departure as RFC 3339 with a zone, from 2000 to 2099; now without it. A "
            "`+` is written `%2B` in an address.",
            examples=["2026-11-23T09:30:00+08:00"],
        ),
    ] = None
    lang: Language = None
    facing: Annotated[
        float | None,
        Field(
            ge=0,
            le=360,
            description="Where one looks at the start, degrees clockwise from north.",
            examples=[90],
        ),
        READ_NUMBER,
    ] = None
    best_order: Annotated[
        Truth,
        Field(
            description="Whether all but the last destination may be visited in any order.",
            examples=["true"],
        ),
    ] = False
    repeated: ClassVar[frozenset[str]] = frozenset({"to"})


class PackageQuery(Query):
    """Whither, for whom."""

    to: _Destination
    profile: Profile = "walk"
    lang: Language = None


def find_route(venue: str) -> Response:
    """Answer with a way, or with the reason why there is none."""
    served = get_venue(venue)
    query = read_query(RouteQuery)
    language = choose(query.lang)
    origin = get_place(served, query.from_, "from", language)
    found = find_way(
        served,
        origin,
        [
            get_place(served, text, "to", language, near=origin, or_nearest=True)
            for text in query.to
        ],
        profile=query.profile,
        at=query.at,
        facing_deg=query.facing,
        best_order=query.best_order,
    )
    if isinstance(found, Refusal):
        burning = refuse_way(served, found, language)
        if burning is not None:
            return burning
        return answer(make_refusal(found, language), status=ERRORS["no-route"])
    return add_validator(Response(found.encode(language), content_type=JSON))


def pack_steps(venue: str) -> Response:
    """Answer with finished ways from every sign."""
    served = get_venue(venue)
    query = read_query(PackageQuery)
    language = choose(query.lang)
    to = get_place(served, query.to, "to", language, or_nearest=True)
    try:
        package = get_site().packages.get(served, to, profile=query.profile, language=language)
    except BusyError:
        raise ApiError(503, "service-unavailable") from None
    return add_validator(Response(package.content, content_type=JSON), package.digest)


OPERATIONS = (
    Operation(
        id="findRoute",
        method="GET",
        path="/venues/<venue>/route",
        summary="The way from a place to others",
        description="What `wayfinder route --json` prints. No way is an error with `cause`, "
        "`reason`, `blocked_by` and, in `without`, what would work. While a building is on fire, "
        "ways from it, to it and through it are refused with `fire`, its texts beside it.",
        view=find_route,
        query=RouteQuery,
        answers={200: Answer("A way with all its steps.", documents.Route)},
        errors=("unknown-venue", "unknown-place", "no-route", "ambiguous-place", "fire"),
    ),
    Operation(
        id="packSteps",
        method="GET",
        path="/venues/<venue>/steps",
        summary="Finished ways from every sign to a destination",
        description="What a phone keeps for when the network is gone; the format is in the "
        "documentation of offline use. Answers for a minute at a "
        "time; 503 with `Retry-After` while too many others are made.",
        view=pack_steps,
        query=PackageQuery,
        answers={200: Answer("The package.", documents.Package)},
        errors=("unknown-venue", "unknown-place", "ambiguous-place", "service-unavailable"),
    ),
)
