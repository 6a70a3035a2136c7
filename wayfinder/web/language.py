"""Which language a request asks for: ``?lang=``, then ``Accept-Language``, then the setting."""

import re
from functools import lru_cache
from typing import Any

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from wayfinder.guide.catalogues import find_spoken
from wayfinder.web.site import get_site

__all__ = ["carry_language", "choose_language", "find_spoken", "negotiate"]

_TAG = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*")
_LONGEST = 200
"""Characters of ``Accept-Language`` that are read: browsers send some forty."""


def choose_language() -> str:
    """Return the language of the answer to this request: one that has catalogues."""
    asked = request.args.get("lang")
    if asked and (spoken := find_spoken(asked)):
        return spoken
    header = request.headers.get("Accept-Language", "")[:_LONGEST]
    return negotiate(header) or get_site().settings.language


def carry_language() -> dict[str, Any]:
    """Return what addresses carry on: the language, where that of this request says it."""
    return {"lang": request.args["lang"]} if "lang" in request.args else {}


@lru_cache(maxsize=1024)
def negotiate(header: str) -> str | None:
    """Return the language that suits an ``Accept-Language`` best.

    None where it names none or takes any; English where it names only languages without catalogues.
    """
    accepted = parse_accept_header(header, LanguageAccept)
    tags = [tag for tag, quality in accepted if quality > 0]
    named = [tag for tag in tags if _TAG.fullmatch(tag)]
    spoken = (find_spoken(tag) for tag in named)
    found = next((language for language in spoken if language), None)
    if found or not named:
        return found
    return None if "*" in tags else "en"
