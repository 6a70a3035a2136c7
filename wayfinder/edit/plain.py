"""JSON from strangers, already read into Python: what a store or page could not take is refused."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from wayfinder.edit.errors import MalformedActionError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is taken.

    Parameters
    ----------
    depth
        Arrays and objects within each other.
    values
        Values of all kinds.
    characters
        Of one text.
    integers
        Largest whole number: 2**53, beyond which readers of JSON differ (RFC 8259).
    """

    depth: int
    values: int
    characters: int
    integers: float


SENT = Limits(depth=32, values=400_000, characters=20_000, integers=2.0**53)
"""Of what people send: 50,000 vertices, or a directory of 5,000 rows."""

STORED = Limits(depth=100, values=40_000_000, characters=64 * 2**20, integers=math.inf)
"""Of what was stored: whole features, whose foreign members a plan may have as they were read."""

_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")


def check_plain(document: object, limits: Limits) -> None:
    """Refuse what is no JSON, or no JSON that everything takes.

    Raises
    ------
    MalformedActionError
        It holds NaN, an infinity, half a character, NUL, a number too large, a text too long, or
        is too deep or too large; or it holds what is no JSON at all.
    """
    waiting: list[tuple[object, str, int]] = [(document, "", 0)]
    seen = 0
    while waiting:
        value, place, depth = waiting.pop()
        seen += 1
        if seen + len(waiting) > limits.values:
            raise MalformedActionError("action-too-large", {"limit": limits.values})
        if isinstance(value, Mapping | list | tuple):
            if depth == limits.depth:
                _refuse(place, f"nested deeper than {limits.depth}")
            waiting += _list_items(value, place, depth + 1, limits)
        else:
            _check_value(value, place, limits)


def _list_items(
    value: Mapping[object, object] | list[object] | tuple[object, ...],
    place: str,
    depth: int,
    limits: Limits,
) -> list[tuple[object, str, int]]:
    if not isinstance(value, Mapping):
        return [(item, f"{place}[{number}]", depth) for number, item in enumerate(value)]
    found = []
    for key, item in value.items():
        if not isinstance(key, str):
            _refuse(place, "a name that is no text")
        _check_value(key, place, limits)
        found.append((item, f"{place}.{key}"[-200:].lstrip("."), depth))
    return found


def _check_value(value: object, place: str, limits: Limits) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if len(value) > limits.characters:
            _refuse(place, f"a text of more than {limits.characters} characters")
        if _UNSTORABLE.search(value):
            _refuse(place, "NUL or half a character")
    elif isinstance(value, int):
        if abs(value) > limits.integers:
            _refuse(place, "a whole number of more than 53 bits")
    elif isinstance(value, float):
        if not math.isfinite(value):
            _refuse(place, "a number that is not finite")
    else:
        _refuse(place, f"{type(value).__name__} is no JSON")


def _refuse(place: str, problem: str) -> None:
    shown = place.encode("ascii", "backslashreplace").decode().replace("\x00", "\\x00")
    raise MalformedActionError("action-malformed", {"place": shown, "problem": problem})
