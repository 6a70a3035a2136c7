"""What texts that somebody writes lack, or have too much of: one thing at a time, for who writes.

What is signed is judged once more, and by no page: `wayfinder.services.fire.texts.check_zones`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayfinder.languages import LANGUAGES
from wayfinder.services.fire.texts import LONGEST_LINE, LONGEST_TITLE, MOST_LINES, ZONE_ID


@dataclass(frozen=True, slots=True)
class Lack:
    """The first thing that is wrong.

    Parameters
    ----------
    code
        ``none``, ``id``, ``twice``, ``where``, ``name``, ``title`` or ``lines``.
    zone
        Id of the zone; empty where there is none.
    language
        BCP 47 tag of the language in which it is; empty for all.
    """

    code: str
    zone: str = ""
    language: str = ""


def find_lack(zones: Sequence[Mapping[str, Any]]) -> Lack | None:
    """Return what zones lack first, in the order in which they are written; None for nothing.

    Parameters
    ----------
    zones
        Documents of zones, as a hospital writes them; any text may be empty.
    """
    if not zones:
        return Lack("none")
    seen: set[str] = set()
    for zone in zones:
        called = zone["id"] or "?"
        if not re.fullmatch(ZONE_ID, zone["id"]):
            return Lack("id", called)
        if zone["id"] in seen:
            return Lack("twice", called)
        seen.add(zone["id"])
        if not zone["buildings"] and not zone["levels"]:
            return Lack("where", called)
        for tag in LANGUAGES:
            code = _find_in_language(zone, tag)
            if code is not None:
                return Lack(code, called, tag)
    return None


def _find_in_language(zone: Mapping[str, Any], tag: str) -> str | None:
    """Return what a zone lacks in a language, or has too much of, by code."""
    text = zone["texts"][tag]
    if not 0 < len(zone["name"][tag]) <= LONGEST_TITLE:
        return "name"
    if not 0 < len(text["title"]) <= LONGEST_TITLE:
        return "title"
    lines = text["lines"]
    if not 0 < len(lines) <= MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        return "lines"
    return None
