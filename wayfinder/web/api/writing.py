"""What requests that write have in common: who sends them, a checked document, what follows."""

from contextlib import suppress
from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.safe_json import parse_json
from wayfinder.store import StoreError
from wayfinder.web.errors import ApiError
from wayfinder.web.site import get_site

_BEARER = "Bearer "
_M = TypeVar("_M", bound=BaseModel)


def read_token() -> str:
    """Return the token that the request carries; empty where it has none."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_BEARER).strip() if header.startswith(_BEARER) else ""


def read_data() -> bytes:
    """Return the body of a request that says of itself that it is JSON.

    Raises
    ------
    ApiError
        It does not.
    """
    if request.mimetype != "application/json":
        raise ApiError(415, "unsupported-media-type")
    return request.get_data(cache=False)


def read_body(model: type[_M]) -> _M:
    """Read the document that a request carries, strictly.

    Raises
    ------
    ApiError
        It is none, not the one asked for, or has what no database may hold.
    """
    data = read_data()
    try:
        parse_json(data, "body")
    except UnreadableError as error:
        raise refuse_body("", str(error)) from None
    return check_data(model, data)


def check_data(model: type[_M], data: bytes) -> _M:
    """Return a document as a model; raises ApiError where it is not the one asked for."""
    try:
        return model.model_validate_json(data, strict=True)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in problem["loc"])[:200]
        raise refuse_body(place, problem["msg"]) from None


def refuse_body(place: str, problem: str) -> ApiError:
    """Make what says what is wrong with a document, and where."""
    values = {"place": place or "–", "problem": problem}
    return ApiError(400, "bad-body", values, {"place": place, "problem": problem})


def follow() -> None:
    """Let this process serve a change before it answers; the others follow within a second."""
    follower = get_site().follower
    if follower is not None:
        with suppress(StoreError):  # it holds; this process sees it when the store is back
            follower.catch_up()
