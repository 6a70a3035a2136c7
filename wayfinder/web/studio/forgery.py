"""Requests that another site makes a browser send are refused.

What changes something must come from a page of ours, which browsers say (``Sec-Fetch-Site``, else
``Origin``), and carry the token that only a page of this very session knows.
"""

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from flask import abort, request

from wayfinder.services.people.sessions import Session
from wayfinder.web.site import get_site
from wayfinder.web.studio.room import Visit

FIELD, HEADER = "csrf", "X-Wayfinder-Token"


def make_token(session: Session | None) -> str:
    """Return what forms of a session carry: nothing can be told from it of the session's secret."""
    if session is None:
        return ""
    return hmac.new(session.secret.encode(), b"form", sha256).hexdigest()


def refuse_forged(visit: Visit) -> None:
    """Raise BadRequest for what does not come from a page of ours, of this session."""
    if not _is_ours():
        abort(400)
    if visit.session is None:
        return  # nobody is signed in: there is nothing to misuse
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), make_token(visit.session).encode()
    ):
        abort(400)


def _is_ours() -> bool:
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin", "")
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in get_site().settings.allowed_hosts
