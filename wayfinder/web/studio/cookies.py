"""The two cookies of the studio; there are no others anywhere, and none outside of it.

One is the session, gone with the browser's; one knows the browser again in which somebody signed
in, so that a stranger's guesses at another never shut that person out.
"""

from flask import request
from werkzeug.wrappers import Response

from wayfinder.services.people.desk import KNOWN
from wayfinder.settings import Settings
from wayfinder.web.site import get_site

_SESSION, _KNOWN = "wayfinder", "wayfinder-known"
_LONGEST = 100


def read_session_cookie() -> str:
    """Return the secret of the session that the browser has, or nothing."""
    return _read(_SESSION)


def read_known_cookie() -> str:
    """Return the secret by which the browser is known, or nothing."""
    return _read(_KNOWN)


def put_session_cookie(response: Response, secret: str) -> None:
    """Give the browser a session, or take it where there is no secret."""
    _put(response, _SESSION, secret, None if secret else 0)


def put_known_cookie(response: Response, secret: str) -> None:
    """Let the browser be known from now on."""
    _put(response, _KNOWN, secret, int(KNOWN.total_seconds()))


def name_cookie(name: str, settings: Settings) -> str:
    """Return the name of a cookie: with https browsers see to it that nobody else has set it."""
    return f"__Host-{name}" if settings.is_https else name


def _read(name: str) -> str:
    value = request.cookies.get(name_cookie(name, get_site().settings), "")
    return value if len(value) <= _LONGEST else ""


def _put(response: Response, name: str, value: str, max_age_s: int | None) -> None:
    settings = get_site().settings
    response.set_cookie(
        name_cookie(name, settings),
        value,
        max_age=max_age_s,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
