"""The mark by which displays know that an answer is ours, and whole."""

from http import HTTPStatus

from flask import Response

from wayfinder.web.etags import HEADER, hash_content

__all__ = ["HEADER", "hash_content", "stamp"]

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
