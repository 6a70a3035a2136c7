"""Values of OSM tags: lengths, slopes, access. What cannot be read is None, never a guess."""

import re
from math import radians, tan

from wayfinder.formats.osm.elements import Tags
from wayfinder.model import Access

_LENGTH = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*(m|cm|mm|km|ft|in|metres?|meters?|'|\")?")
_FEET_INCHES = re.compile(r"(\d{1,4})\s*(?:'|ft)\s*(?:(\d{1,3}(?:\.\d{1,3})?)\s*(?:\"|in)?)?")
_METRES: dict[str | None, float] = {
    **dict.fromkeys((None, "m", "metre", "metres", "meter", "meters"), 1.0),
    "cm": 0.01,
    "mm": 0.001,
    "km": 1000.0,
    **dict.fromkeys(("ft", "'"), 0.3048),
    **dict.fromkeys(("in", '"'), 0.0254),
}
_PERCENT = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,3})?)\s*%")
_DEGREES = re.compile(r"([+-]?\d{1,2}(?:[.,]\d{1,3})?)\s*°")
_RATIO = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{1,3})?)\s*:\s*(\d{1,4}(?:\.\d{1,3})?)")

MAX_LENGTH_M = 100.0
"""Wider than any passage: a slip of the keyboard (ours)."""

_DOOR_WIDTH_KEYS = ("door:width", "entrance:width", "width", "maxwidth:physical", "maxwidth")
_WAY_WIDTH_KEYS = ("width", "maxwidth:physical", "maxwidth", "est_width")

_ACCESS = {
    **dict.fromkeys(("yes", "permissive", "public", "designated", "official"), Access.PUBLIC),
    **dict.fromkeys(("private", "no", "residents", "delivery", "military"), Access.PRIVATE),
    **dict.fromkeys(("employees", "staff", "employee", "service", "agricultural"), Access.STAFF),
    **dict.fromkeys(("permit", "ticket", "tickets", "members", "patients"), Access.TICKETED),
}
_TRUE = frozenset({"yes", "true", "1", "designated"})
_STAFF_ROOMS = frozenset({"staff", "employee", "employees", "nurse", "nurses_station"})


def parse_length_m(text: str) -> float | None:
    """Read a length in metres, or None: ``0.9``, ``0,9 m``, ``90 cm``, ``3'``, ``2'11"``.

    A bare number is metres (https://wiki.openstreetmap.org/wiki/Key:width).
    """
    plain = text.strip().lower()
    feet = _FEET_INCHES.fullmatch(plain)
    if feet:
        length = round(int(feet[1]) * 0.3048 + float(feet[2] or 0) * 0.0254, 4)
        return length if 0 < length <= MAX_LENGTH_M else None
    match = _LENGTH.fullmatch(plain)
    if not match:
        return None
    length = round(float(match[1].replace(",", ".")) * _METRES[match[2]], 4)
    return length if 0 < length <= MAX_LENGTH_M else None


def parse_incline(text: str) -> float | None:
    """Read a slope as rise over run along the way, or None: ``6%``, ``-4 %``, ``5°``, ``1:12``."""
    slope = _slope(text.strip())
    return slope if slope is not None and abs(slope) <= 1 else None


def _slope(plain: str) -> float | None:
    if match := _PERCENT.fullmatch(plain):
        return round(float(match[1].replace(",", ".")) / 100, 4)
    if match := _DEGREES.fullmatch(plain):
        return round(tan(radians(float(match[1].replace(",", ".")))), 4)
    if (match := _RATIO.fullmatch(plain)) and float(match[3]) > 0:
        return round(float(match[2]) / float(match[3]) * (-1 if match[1] == "-" else 1), 4)
    return None


def find_door_width_m(tags: Tags) -> float | None:
    """Return the clear width of a door in metres, or None where it is not tagged."""
    return _first_length(tags, _DOOR_WIDTH_KEYS)


def find_way_width_m(tags: Tags) -> float | None:
    """Return the width of a way or corridor in metres, or None where it is not tagged."""
    return _first_length(tags, _WAY_WIDTH_KEYS)


def find_threshold_mm(tags: Tags) -> float | None:
    """Return the height of a sill or kerb in millimetres, or None where it is not tagged.

    ``kerb=flush`` and ``kerb=no`` are 0 (https://wiki.openstreetmap.org/wiki/Key:kerb).
    """
    for key in ("door:threshold:height", "threshold:height", "kerb:height", "door:step_height"):
        length = parse_length_m(tags[key]) if key in tags else None
        if length is not None or tags.get(key) in {"0", "0 cm", "0 m", "0 mm"}:
            return min(round((length or 0) * 1000, 1), 1000.0)
    return 0.0 if tags.get("kerb") in {"flush", "no"} else None


def find_access(tags: Tags) -> Access | None:
    """Return who may enter on foot, or None where nothing says; ``foot`` precedes ``access``."""
    for key in ("foot", "access"):
        found = _ACCESS.get(tags.get(key, ""))
        if found is not None:
            return found
    return Access.STAFF if tags.get("room") in _STAFF_ROOMS else None


def find_wheelchair(tags: Tags) -> bool | None:
    """Return whether it is fit for wheelchairs; ``limited`` promises neither and is None."""
    value = tags.get("wheelchair", "")
    return True if value in _TRUE else False if value == "no" else None


def is_true(value: str | None) -> bool:
    """Tell whether a tag says yes."""
    return value in _TRUE


def _first_length(tags: Tags, keys: tuple[str, ...]) -> float | None:
    lengths = (parse_length_m(tags[key]) for key in keys if key in tags)
    return next((length for length in lengths if length is not None), None)
