"""What is answered where something is wrong: a document for programs, a page for people.

An error says what is wrong and what would help, in the language of the request; it never shows a
stack trace, and neither the log nor the metrics hold what was asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from wayfinder.guide.catalogues import translate
from wayfinder.web.language import choose_language
from wayfinder.web.ops.logs import get_logger, trace

API = ("/api/", "/studio/api/")
"""How the addresses begin that programs ask for."""
_CODES: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "content-too-large",
    414: "uri-too-long",
    415: "unsupported-media-type",
    500: "internal-server-error",
    503: "service-unavailable",
}
"""HTTP status to the code of an error: Python's own names change between versions."""
_RETRY_AFTER_S: Mapping[int, str] = {
    HTTPStatus.TOO_MANY_REQUESTS: "60",
    HTTPStatus.SERVICE_UNAVAILABLE: "2",
}
"""When to ask again."""
_LOG = get_logger("web")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer.

    Parameters
    ----------
    status
        The HTTP status.
    code
        Names the reason for programs.
    reason
        One or two sentences in the language: what is wrong and what would help.
    language
        The language.
    """

    status: int
    code: str
    reason: str
    language: str


@dataclass
class ApiError(Exception):
    """An answer of the API that is an error.

    Parameters
    ----------
    status
        The HTTP status.
    code
        Names the reason for programs; ``api.<code>`` in the catalogues says it to people.
    values
        What the message's placeholders need.
    members
        Further members of the error's document.
    """

    status: int
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)


PageRenderer = Callable[[Problem], Response | str]
"""Makes the page of a problem; the face that people use brings it."""


def register_errors(app: Flask, render_page: PageRenderer | None = None) -> None:
    """Let an application answer every error by itself.

    Parameters
    ----------
    app
        The application.
    render_page
        Makes the pages for people; without it, and where it fails, they are plain ones.
    """

    def answer_http(error: HTTPException) -> Response:
        if isinstance(error.response, Response):  # somebody has made the answer
            return error.response
        response = _answer(make_problem(error.code or 500), render_page)
        for name, value in error.get_headers(request.environ):
            if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
                response.headers[name] = value
        return response

    def answer_crash(error: Exception) -> Response:
        log_crash(error)
        return _answer(make_problem(500), render_page)

    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(ApiError, answer_api_error)
    app.register_error_handler(Exception, answer_crash)


def log_crash(error: BaseException) -> None:
    """Log what went wrong: its type, where, and the pattern of the address."""
    _LOG.error("crash", route=_get_route(), error=type(error).__name__, frames=trace(error))


def answer_api_error(error: ApiError) -> Response:
    """Answer with the document of an error."""
    reason = translate(choose_language(), f"api.{error.code}", **error.values)
    document = {"error": {"code": error.code, "reason": reason, **error.members}}
    response = _finish(jsonify(document), error.status)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.status in _RETRY_AFTER_S:
        response.headers["Retry-After"] = _RETRY_AFTER_S[error.status]
    return response


def make_problem(status: int) -> Problem:
    """Make the problem of an HTTP status."""
    language = choose_language()
    code = _CODES.get(status, "bad-request" if status < 500 else "internal-server-error")
    return Problem(status, code, translate(language, f"api.{code}"), language)


def _answer(problem: Problem, render_page: PageRenderer | None) -> Response:
    if request.path.startswith(API):
        document = {"error": {"code": problem.code, "reason": problem.reason}}
        return _finish(jsonify(document), problem.status)
    return _finish(_make_page(problem, render_page), problem.status)


def _make_page(problem: Problem, render_page: PageRenderer | None) -> Response:
    # pages link to their own address in other languages: an enormous one is not repeated
    if render_page is not None and problem.status != HTTPStatus.REQUEST_URI_TOO_LONG:
        try:
            page = render_page(problem)
        except Exception as error:  # noqa: BLE001 - whatever it is, people get a page
            log_crash(error)
        else:
            return page if isinstance(page, Response) else Response(page, mimetype="text/html")
    return Response(render_template("problem.html", problem=problem), mimetype="text/html")


def _finish(response: Response, status: int) -> Response:
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _get_route() -> str:
    return request.url_rule.rule if request.url_rule else ""
