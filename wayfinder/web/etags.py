"""Validators: what a client has already is not sent again."""

from hashlib import blake2b, sha256

from flask import Response, request

HEADER = "X-Wayfinder"
"""Carries the SHA-256, in hexadecimal, of an answer's content before it is compressed."""
_DIGITS = 18
"""Of a hash as validator: 72 bits."""


def make_etag(*parts: str) -> str:
    """Make a short validator of texts that tell answers apart."""
    digest = blake2b(digest_size=_DIGITS // 2)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def add_validator(response: Response, *parts: str) -> Response:
    """Let a client keep an answer, and ask each time whether it still holds.

    Parameters
    ----------
    response
        The answer.
    parts
        All that the answer depends on; none: its own content, which a new version of the program
        changes too.

    Returns
    -------
    Response
        The same answer, or 304 without a body where the client has it.
    """
    if parts:
        etag = make_etag(*parts)
    else:  # hashed once: whoever marks answers finds the mark there
        response.headers[HEADER] = mark = hash_content(response.get_data())
        etag = mark[:_DIGITS]
    # weak: compressed or not, it says the same
    response.headers["ETag"] = f'W/"{etag}"'
    response.headers["Cache-Control"] = "no-cache"
    if "HTTP_IF_NONE_MATCH" in request.environ:
        response.make_conditional(request)
    return response


def hash_content(content: bytes) -> str:
    """Return the mark of a content."""
    return sha256(content).hexdigest()
