"""Parameters of the API: read strictly, refused with their name and an example that works."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import unquote_plus

from flask import request
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails

from wayfinder.languages import LANGUAGES, check_language
from wayfinder.services.limits import YEARS
from wayfinder.web.errors import ApiError

TEXT_LENGTH = 200
"""Longest text that is looked up: names of places have some 20 characters."""
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
_Q = TypeVar("_Q", bound="Query")

Text = Annotated[str, Field(min_length=1, max_length=TEXT_LENGTH, pattern=r"^[^\u0000]+$")]
"""Something that people type or link; NUL, which no database takes, is nothing of it."""
_Spoken = Annotated[
    str,
    AfterValidator(check_language),
    WithJsonSchema({"type": "string", "enum": list(LANGUAGES)}),
]
Language = Annotated[
    _Spoken | None,
    Field(
        description="Language of names and words; without it that of Accept-Language.",
        examples=["en"],
    ),
]
Profile = Annotated[
    Literal["walk", "easy", "wheelchair", "bed", "staff"],
    Field(description="Who travels.", examples=["wheelchair"]),
]


def _read_instant(text: object) -> datetime:
    """Read an instant with its zone, in years that opening hours make sense in."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        raise ValueError("no instant with a zone")
    instant = datetime.fromisoformat(text.upper())
    if instant.year not in YEARS:
        raise ValueError("out of range")
    return instant.astimezone(UTC)


def _read_number(text: object) -> float:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError("no number")
    return float(text)


def _read_whole(text: object) -> int:
    if not isinstance(text, str) or not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise ValueError("no whole number")
    return int(text)


def _read_truth(text: object) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("neither true nor false")
    return text == "true"


Instant = Annotated[datetime, BeforeValidator(_read_instant)]
Truth = Annotated[bool, BeforeValidator(_read_truth)]
READ_NUMBER = BeforeValidator(_read_number)
READ_WHOLE = BeforeValidator(_read_whole)
"""Stand last in an annotation: bounds before them stay in the document."""


class Query(BaseModel):
    """The parameters of an operation: those named here, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    repeated: ClassVar[frozenset[str]] = frozenset()
    """Names of the parameters that may be given several times."""


def read_query(model: type[_Q]) -> _Q:
    """Read the parameters of this request.

    Raises
    ------
    ApiError
        One of them is unknown, missing, given twice or unusable.
    """
    given: dict[str, Any] = {}
    # as `request.args`, without the dictionary of lists of it
    text = request.environ.get("QUERY_STRING", "")
    if not text.isascii():  # what should be escaped is UTF-8, read as Latin-1 by the protocol
        text = text.encode("latin-1").decode("utf-8", "replace")
    for name, value in split_query(text):
        if name in model.repeated:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise _refuse("repeated-parameter", name)
        else:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        raise _explain(model, problems[0]) from None


def split_query(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of a query, as `urllib.parse.parse_qsl` does, sooner.

    Most have nothing that is escaped.
    """
    for part in text.split("&"):
        if part:
            name, _, value = part.partition("=")
            escaped = "%" in part or "+" in part
            yield (unquote_plus(name), unquote_plus(value)) if escaped else (name, value)


def list_names(model: type[Query]) -> list[str]:
    """List the parameters as they are written in an address."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _explain(model: type[Query], problem: ErrorDetails) -> ApiError:
    name = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        allowed = list_names(model)
        return _refuse("unknown-parameter", name, allowed=allowed)
    if problem["type"] == "missing":
        return _refuse("missing-parameter", name, example=_get_example(model, name))
    return _refuse("bad-parameter", name, example=_get_example(model, name))


def _refuse(code: str, name: str, **members: Any) -> ApiError:  # noqa: ANN401 - JSON values
    values = {"parameter": name[:TEXT_LENGTH], **members}
    return ApiError(400, code, values, {"parameter": name[:TEXT_LENGTH], **members})


def _get_example(model: type[Query], name: str) -> str:
    for key, field in model.model_fields.items():
        if name in (key, field.alias) and field.examples:
            example = field.examples[0]
            return str(example[0] if isinstance(example, list) else example)
    raise LookupError(f"{model.__name__}.{name} has no example")
