"""What the API can do: each operation with its parameters, answers and errors, as data.

The views, the OpenAPI document and the documentation page are made of these, so that none of them
can tell something else than the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response
from pydantic import BaseModel

from wayfinder.web.api.parameters import Query

PREFIX = "/api/v1"

ERRORS: Mapping[str, int] = {
    "bad-body": 400,
    "bad-parameter": 400,
    "bad-request": 400,
    "missing-parameter": 400,
    "repeated-parameter": 400,
    "unknown-parameter": 400,
    "unauthorized": 401,
    "fire-refused": 403,
    "enrolment-refused": 403,
    "forbidden": 403,
    "no-route": 404,
    "not-found": 404,
    "unknown-condition": 404,
    "unknown-display": 404,
    "unknown-level": 404,
    "unknown-place": 404,
    "unknown-sign": 404,
    "unknown-venue": 404,
    "method-not-allowed": 405,
    "ambiguous-place": 409,
    "fire": 409,
    "impossible-condition": 409,
    "removed-display": 410,
    "content-too-large": 413,
    "uri-too-long": 414,
    "unsupported-media-type": 415,
    "too-many-attempts": 429,
    "internal-server-error": 500,
    "fire-not-kept": 503,
    "service-unavailable": 503,
}
"""Code of an error to its HTTP status; ``api.<code>`` in the catalogues says it."""

PARAMETER_ERRORS = ("bad-parameter", "missing-parameter", "repeated-parameter", "unknown-parameter")
"""What every operation may answer to its query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is no error.

    Parameters
    ----------
    description
        One sentence.
    model
        Its document, or None where it is none.
    media_type
        What it is; empty where it has no body.
    """

    description: str
    model: type[BaseModel] | None = None
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address.

    Parameters
    ----------
    id
        Its name for generated clients.
    method
        ``GET``, ``POST`` or ``DELETE``.
    path
        Below `PREFIX`, in Flask's notation: ``/venues/<venue>``.
    summary
        What it does, in a few words.
    description
        What else there is to know.
    view
        Answers it; takes the names in the path.
    query
        Its parameters.
    body
        The document that it takes, or None.
    body_examples
        Name to an OpenAPI example of it.
    answers
        Status to answer.
    errors
        Codes of what may go wrong beside the parameters.
    validated
        Whether answers have an ``ETag``, and an unchanged one is 304.
    scope
        What the token must allow; empty where none is needed.
    """

    id: str
    method: str
    path: str
    summary: str
    view: Callable[..., Response]
    description: str = ""
    query: type[Query] = Query
    body: type[BaseModel] | None = None
    body_examples: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    validated: bool = True
    scope: str = ""
