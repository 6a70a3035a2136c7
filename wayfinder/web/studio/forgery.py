"""Requests that another site makes a browser send are refused.

What changes something must come from a page of ours, which browsers say (``Sec-Fetch-Site``, else
``Origin``), and carry the token that only a page of this very session knows.
"""

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from flask import abort, request

from wayfinder.services.people.sessions import Session
from wayfinder.web.site import get_site
from wayfinder.web.studio.room import Visit

FIELD, HEADER = "csrf", "X-Wayfinder-Token"


def make_token(session: Session | None) -> str:
    """Return what forms of a session carry.

    Another one each time, so that nothing can be told from how well a page compresses.
    """
    return "" if session is None else _sign(session, secrets.token_hex(16))


def is_token(session: Session, given: str) -> bool:
    """Tell whether a page of a session may have carried a token."""
    right = _sign(session, given.partition(".")[0][:64])
    return hmac.compare_digest(_encode(given), _encode(right))


def _sign(session: Session, salt: str) -> str:
    digest = hmac.new(session.form_key, _encode(f"form {salt}"), sha256).hexdigest()
    return f"{salt}.{digest}"


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def refuse_forged(visit: Visit) -> None:
    """Raise BadRequest for what does not come from a page of ours, of this session."""
    if not _is_ours():
        abort(400)
    if visit.session is None:
        return  # nobody is signed in: there is nothing to misuse
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not is_token(visit.session, given):
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
