"""The fire takeover: what is shown, and the signed messages of people and alarm panels."""

from collections.abc import Iterable

from flask import Response

from wayfinder.guide.answer import make_refusal
from wayfinder.guide.catalogues import has_message, translate
from wayfinder.model import Building, Level
from wayfinder.route import Refusal
from wayfinder.services.fire.errors import DamagedFileError, FireError, RefusedError
from wayfinder.services.fire.state import FireState, FireZone
from wayfinder.services.fire.ways import CODES, find_zones
from wayfinder.services.served import Served
from wayfinder.web.api import fire_documents as documents
from wayfinder.web.api.common import JsonObject, answer, choose, get_venue
from wayfinder.web.api.operations import ERRORS, Answer, Operation
from wayfinder.web.api.parameters import Query, read_query
from wayfinder.web.api.writing import check_data, read_data, refuse_body
from wayfinder.web.errors import ApiError
from wayfinder.web.site import get_site


def show_fire(venue: str) -> Response:
    """Answer with the fire in a venue, or with none."""
    served = get_venue(venue)
    read_query(Query)
    triggers, ends = get_site().fire.list_messages(venue)
    return answer({"fire": describe_fire(served), "triggers": triggers, "ends": ends})


def take_message(venue: str) -> Response:
    """Believe a signed message, and say what is shown from now on."""
    get_venue(venue)
    read_query(Query)
    data = read_data()
    check_data(documents.SignedMessage, data)
    try:
        statement = get_site().fire.take(venue, data)
    except DamagedFileError as error:
        raise refuse_body("", _say(error)) from None
    except RefusedError as error:
        reason = _say(error)
        values = {"problem": reason}
        raise ApiError(403, "fire-refused", values, {"cause": error.code}) from None
    except FireError as error:
        # loud, since the panel must try again or somebody must run
        raise ApiError(503, "fire-not-kept", {"problem": _say(error)}) from None
    response = answer(
        {
            "id": statement.digest,
            "kind": statement.message.kind,
            "fire": describe_fire(get_venue(venue)),
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def describe_fire(served: Served) -> JsonObject | None:
    """Make the document of the fire in a venue; None where there is none."""
    fire = served.fire
    return None if fire is None else _describe(served, fire, fire.zones)


def describe_fire_at(served: Served, feature_id: str) -> JsonObject | None:
    """Make the document of a fire for a display at a feature; None where there is none."""
    fire = served.fire
    if fire is None:
        return None
    zones = fire.list_zones(feature_id)
    here = bool(zones) if feature_id in served.plan else None
    return {**_describe(served, fire, zones or fire.zones), "here": here}


def refuse_way(served: Served, refusal: Refusal, language: str) -> Response | None:
    """Answer why there is no way while a building is on fire; None for another reason."""
    if refusal.code not in CODES or served.fire is None:
        return None
    document = make_refusal(refusal, language)
    document["error"]["fire"] = _describe(served, served.fire, find_zones(served.fire, refusal))
    response = answer(document, status=ERRORS["fire"])
    response.headers["Cache-Control"] = "no-store"
    return response


def _describe(served: Served, fire: FireState, zones: Iterable[FireZone]) -> JsonObject:
    zone = served.router.schedule.zone
    return {
        "version": fire.version,
        "since": fire.since.astimezone(zone).isoformat(),
        "until": fire.until.astimezone(zone).isoformat(),
        "zones": [_describe_zone(served, one) for one in zones],
    }


def _describe_zone(served: Served, zone: FireZone) -> JsonObject:
    area = zone.find_area(served.plan)
    return {
        "id": zone.id,
        "name": dict(zone.name),
        "buildings": [one.id for one in served.plan.list_of(Building) if one.id in area],
        "levels": [one.id for one in served.plan.list_of(Level) if one.id in area],
        "texts": describe_texts(zone),
    }


def describe_texts(zone: FireZone) -> JsonObject:
    """Make the documents of a zone's texts, by language."""
    return {
        tag: {"title": text.title, "lines": list(text.lines)} for tag, text in zone.texts.items()
    }


def _say(error: FireError) -> str:
    language = choose(None)
    if not has_message(language, error.message_id):
        return str(error)
    return translate(language, error.message_id, **error.values)


_EXAMPLE = {
    "summary": "The alarm panel of Building A (this signature is nobody's)",
    "value": {
        "payload": '{"kind":"trigger","venue":"qinghe","zones":["A"],'
        '"nonce":"3f2b6d0c9a8e47d1b5c4a7f6e3d2c1b0",'
        '"at":"2026-11-23T02:30:00+00:00","until":"2026-11-23T06:30:00+00:00"}',
        "signatures": [
            {
                "key": "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "signature": "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv1"
                "8FlbviRlUUFDjnoQCw==",
            }
        ],
    },
}

OPERATIONS = (
    Operation(
        id="getFire",
        method="GET",
        path="/venues/<venue>/fire",
        summary="Whether a building is on fire",
        description="While one is, routes from it, to it and through it are refused with the error "
        "`fire`, which has the same document.",
        view=show_fire,
        answers={200: Answer("The fire, or null.", documents.FireAnswer)},
        errors=("unknown-venue",),
    ),
    Operation(
        id="sendFireMessage",
        method="POST",
        path="/venues/<venue>/fire",
        summary="Announce a fire, or end it",
        description="A message signed with a key of the server's keyring: `trigger`, `end` or "
        "`confirm`. The signature is all that is needed, and the only way. A trigger in force may "
        "be repeated; every other repetition, and what is late, from the future or for another "
        "venue, is refused with its `cause`. It works while the database is gone.",
        view=take_message,
        body=documents.SignedMessage,
        body_examples={"trigger": _EXAMPLE},
        answers={200: Answer("The message is believed.", documents.FireTaken)},
        errors=(
            "bad-body",
            "unknown-venue",
            "fire-refused",
            "fire-not-kept",
            "unsupported-media-type",
            "content-too-large",
        ),
        validated=False,
    ),
)
