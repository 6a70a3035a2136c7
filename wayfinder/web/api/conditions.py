"""Conditions, reported by other systems: a lift's monitor closes the lift and opens it again."""

from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar, TypeVar

from flask import Response
from pydantic import Field

from wayfinder.guide.catalogues import translate_or
from wayfinder.services import conditions, tokens
from wayfinder.services.places import find_shaft
from wayfinder.services.served import Served
from wayfinder.store import ConflictError, Store, StoreError, UnavailableError, UnknownError
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionDraft, ConditionRecord
from wayfinder.store.tokens import TokenRecord
from wayfinder.web.api import documents, drafts
from wayfinder.web.api.common import JsonObject, answer, choose, get_place, get_venue
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import Query, Text, read_query
from wayfinder.web.api.venues import LanguageQuery
from wayfinder.web.api.writing import follow, read_body, read_token
from wayfinder.web.errors import ApiError
from wayfinder.web.site import get_site

SCOPE = "conditions"
_T = TypeVar("_T")


class EndQuery(Query):
    """What is over."""

    feature: Annotated[
        list[Text],
        Field(
            min_length=1,
            max_length=8,
            description="Id, code or name of what is open again; a lift or stair named is meant on "
            "all its floors.",
            examples=[["PED"]],
        ),
    ]
    repeated: ClassVar[frozenset[str]] = frozenset({"feature"})


def add_condition(venue: str) -> Response:
    """Let something hold, and answer with it."""
    store, token = _authorise(venue)
    served = get_venue(venue)
    language = choose(read_query(LanguageQuery).lang)
    asked = read_body(drafts.ConditionDraft).root
    features = _resolve(served, asked.features, language)
    hours = asked.hours if isinstance(asked, drafts.HoursDraft) else None
    shown_on = tuple(asked.shown_on) if isinstance(asked, drafts.NoticeDraft) else ()
    span = asked.from_, asked.until
    draft = _guard(
        lambda: ConditionDraft(asked.kind, features, dict(asked.text), *span, hours, shown_on),
        language,
    )
    record = _guard(
        lambda: conditions.add(store, venue, draft, plan=served.plan, who=_name(token)),
        language,
    )
    follow()
    response = answer(_describe(record), status=201)
    response.headers["Cache-Control"] = "no-store"
    return response


def end_conditions(venue: str) -> Response:
    """End what this token has closed of something; say what others keep closed all the same."""
    store, token = _authorise(venue)
    served = get_venue(venue)
    query = read_query(EndQuery)
    language = choose(None)
    features = _resolve(served, query.feature, language)
    try:
        reopened = _guard(
            lambda: conditions.reopen(store, venue, features, plan=served.plan, who=_name(token)),
            language,
        )
    except ConflictError:
        raise ApiError(404, "unknown-condition") from None
    follow()
    still = [{**_describe(one), "by": _say_whose(one)} for one in reopened.still_closed]
    ended = [_describe(one) for one in reopened.opened]
    return answer({"ended": ended, "still_closed": still})


def _authorise(venue: str) -> tuple[Store, TokenRecord]:
    """Return the store and the token that the request carries.

    Raises
    ------
    ApiError
        There is no store, or no token that is good for this venue: whoever may not write learns
        nothing else, not even whether the venue exists.
    """
    store = get_site().store
    if store is None:
        raise ApiError(503, "service-unavailable")
    given = read_token()
    token = _guard(lambda: tokens.check_token(store, given, SCOPE, venue), choose(None))
    if token is None:
        raise ApiError(401, "unauthorized")
    return store, token


def _resolve(served: Served, texts: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the ids of features; a lift or stair that is named is meant on all its floors."""
    found: list[str] = []
    for text in texts:
        shaft = find_shaft(served.directory, text)
        found += shaft or [get_place(served, text, "feature", language)]
    return tuple(dict.fromkeys(found))


def _name(token: TokenRecord) -> Actor:
    return Actor(token.name, token_id=token.id)


def _say_whose(record: ConditionRecord) -> str:
    """Say what sort of people or thing has to open something: who it is is nobody's business."""
    if record.set is not None:
        return "set"
    return "staff" if record.token_id is None else "system"


def _guard(do: Callable[[], _T], language: str) -> _T:
    """Do something with the store, and say in the API's terms why it says no."""
    try:
        return do()
    except ConflictError:
        raise
    except UnavailableError:
        raise ApiError(503, "service-unavailable") from None
    except UnknownError as error:
        code = "unknown-venue" if error.code == "unknown-venue" else "unknown-place"
        values = {"place": str(error.values.get("feature", "")), "known": []}
        raise ApiError(404, code, values) from None
    except StoreError as error:
        problem = translate_or(language, error.message_id, str(error), **error.values)
        raise ApiError(409, "impossible-condition", {"problem": problem}) from None


def _describe(record: ConditionRecord) -> JsonObject:
    draft = record.draft
    return {
        "id": record.id,
        "kind": draft.kind,
        "features": list(draft.features),
        "from": draft.start.isoformat() if draft.start else None,
        "until": draft.end.isoformat() if draft.end else None,
        "text": dict(draft.text),
        "hours": draft.hours,
        "shown_on": list(draft.shown_on),
        "active": record.active,
    }


_EXAMPLES = {
    "outage": {
        "summary": "A lift is out of order",
        "value": {
            "kind": "closure",
            "features": ["PED"],
            "text": {"zh-Hans": "电梯检修", "en": "The lift is being repaired"},
        },
    },
    "hours": {
        "summary": "Closed on a holiday",
        "value": {
            "kind": "hours",
            "features": ["PED"],
            "hours": "off",
            "from": "2099-01-01T00:00:00+08:00",
            "until": "2099-01-02T00:00:00+08:00",
        },
    },
    "notice": {
        "summary": "Something that everybody should read",
        "value": {"kind": "notice", "text": {"zh-Hans": "今天请走东门", "en": "Use the east gate"}},
    },
}

OPERATIONS = (
    Operation(
        id="addCondition",
        method="POST",
        path="/venues/<venue>/conditions",
        summary="Close something, change its hours, show a notice",
        description="In force everywhere within 2 s. What holds already is not added twice.",
        view=add_condition,
        query=LanguageQuery,
        body=drafts.ConditionDraft,
        body_examples=_EXAMPLES,
        answers={201: Answer("What holds now.", documents.Condition)},
        errors=(
            "bad-body",
            "unknown-venue",
            "unknown-place",
            "ambiguous-place",
            "impossible-condition",
            "unsupported-media-type",
            "content-too-large",
            "service-unavailable",
        ),
        validated=False,
        scope=SCOPE,
    ),
    Operation(
        id="endConditions",
        method="DELETE",
        path="/venues/<venue>/conditions",
        summary="Open something again",
        description="Ends what this token has closed, or will. What the staff, a set of theirs or "
        "another system keeps closed stays so, and is in still_closed.",
        view=end_conditions,
        query=EndQuery,
        answers={200: Answer("What is over, and what is not.", documents.EndedConditions)},
        errors=(
            "unknown-venue",
            "unknown-place",
            "unknown-condition",
            "ambiguous-place",
            "service-unavailable",
        ),
        validated=False,
        scope=SCOPE,
    ),
)
