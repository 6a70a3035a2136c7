"""What all views about drafts share: whose they are, who wrote what, and answers for scripts."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from flask import Response, request
from sqlalchemy.engine import Connection

from wayfinder.edit import EditError
from wayfinder.errors import CodedError
from wayfinder.guide.words import say_edit_error, translate
from wayfinder.services.drafts import read_plan
from wayfinder.services.people.roles import Staff
from wayfinder.store import (
    ConflictError,
    DamagedError,
    InvalidError,
    StoreError,
    UnavailableError,
    UnknownError,
)
from wayfinder.store.drafts import DraftRecord, get_draft
from wayfinder.store.people import name_people
from wayfinder.web.errors import ApiError
from wayfinder.web.language import choose_language
from wayfinder.web.studio.naming import name_feature
from wayfinder.web.studio.room import get_room, get_visit

DRAFT = "<int(max=2147483647):draft_id>"
"""The part of an address that says which draft it is about."""
JSON = "application/json"
_PERSON = re.compile(r"person:([1-9][0-9]{0,9})")
_ABOUT_IDS = frozenset({"id-taken", "id-unfit"})
_STATUS: Mapping[type[StoreError], int] = {
    UnknownError: 404,
    InvalidError: 422,
    ConflictError: 409,
    UnavailableError: 503,
    DamagedError: 500,
}
View = Callable[..., Response]


def author_of(staff: Staff) -> str:
    """Return the name that stands for somebody in the logs of drafts, for ever."""
    return f"person:{staff.id}"


def name_authors(connection: Connection, authors: Iterable[str]) -> Mapping[str, str]:
    """Return what authors are called; who is no person of the store is called as in the log."""
    wanted = frozenset(authors)
    ids = {one: int(found[1]) for one in wanted if (found := _PERSON.fullmatch(one))}
    names = name_people(connection, ids.values())
    return {one: names.get(ids.get(one, 0), one) for one in wanted}


def find_draft(draft_id: int) -> DraftRecord:
    """Return the draft of the venue that an address is about; raises UnknownError."""
    with get_room().drafts.store.read() as connection:
        return get_draft(connection, get_visit().get_venue(), draft_id)


def as_json(view: View) -> View:
    """Let a view that scripts ask answer in JSON whatever happens.

    The draft of the address is looked for first: what belongs to others does not exist, whatever
    was sent.
    """

    @wraps(view)
    def answer_always(slug: str, draft_id: int, **values: Any) -> Response:  # noqa: ANN401
        try:
            find_draft(draft_id)
            return view(slug, draft_id, **values)
        except StoreError as error:
            return refuse(name_values(error, slug, draft_id), _find_status(error))
        except EditError as error:
            return refuse(_name_id(error, slug, draft_id), 422)

    return answer_always


def answer(document: Mapping[str, Any], status: int = 200) -> Response:
    """Answer with a JSON document."""
    return Response(_encode(document), status=status, content_type=JSON)


def refuse(
    error: CodedError,
    status: int,
    *,
    code: str | None = None,
    **members: Any,  # noqa: ANN401 - JSON
) -> Response:
    """Answer with why something is refused, in words."""
    said = {"code": code or error.code, "reason": say_error(error)}
    feature_id = getattr(error, "feature_id", None)
    return answer({"error": {**said, "feature_id": feature_id}, **members}, status)


def say_error(error: CodedError) -> str:
    """Say why something is refused, as a sentence of its own."""
    language = choose_language()
    if isinstance(error, EditError):
        reason = say_edit_error(error, language)
    else:
        reason = translate(language, error.message_id, **error.values)
    return reason[:1].upper() + reason[1:]


def name_values(error: StoreError, slug: str, draft_id: int) -> StoreError:
    """Return a refusal with names in the place of the ids of features and people."""
    features, authors = error.values.get("features"), error.values.get("authors")
    if not features and not authors:
        return error
    drafts, language = get_room().drafts, choose_language()
    named = dict(error.values)
    if features:
        plan = read_plan(drafts, slug, draft_id).plan
        named["features"] = [name_feature(plan, one, language) for one in features]
    if authors:
        with drafts.store.read() as connection:
            names = name_authors(connection, authors)
        named["authors"] = [names[one] for one in authors]
    return type(error)(error.code, **named)


def _name_id(error: EditError, slug: str, draft_id: int) -> EditError:
    """Return a refused edit with the name of what is on the plan in the place of its id."""
    known = error.values.get("id")
    if not isinstance(known, str) or error.code in _ABOUT_IDS:
        return error
    plan = read_plan(get_room().drafts, slug, draft_id).plan
    named = {**error.values, "id": name_feature(plan, known, choose_language())}
    return EditError(error.code, named, error.feature_id)


def read_body() -> Mapping[str, Any]:
    """Return the JSON object that was sent; raises ApiError where it is none."""
    document = request.get_json(silent=True)
    if not isinstance(document, dict):
        raise ApiError(400, "bad-request")
    return document


def _find_status(error: StoreError) -> int:
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)


def _encode(document: Mapping[str, Any]) -> bytes:
    return _ENCODER.encode(document).encode("utf-8", "replace")


def _as_plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_as_plain
)
