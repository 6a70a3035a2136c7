"""The mark by which displays know that an answer is ours, and whole."""

from hashlib import sha256
from http import HTTPStatus

from flask import Response

HEADER = "X-Wayfinder"
"""Carries the SHA-256, in hexadecimal, of an answer's content before it is compressed."""
_EMPTY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


def stamp(response: Response) -> Response:
    """Mark an answer with the hash of its content.

    What a hotel's login page, a proxy's error or a line that broke says in our place has none, or
    another one: a display keeps only what agrees. An answer without content keeps the mark that a
    browser has of it, which another worker may have made.
    """
    if response.status_code in _EMPTY:
        response.headers.pop(HEADER, None)
    elif not response.is_streamed and HEADER not in response.headers:
        response.headers[HEADER] = hash_content(response.get_data())
    return response


def hash_content(content: bytes) -> str:
    """Return the mark of a content."""
    return sha256(content).hexdigest()
