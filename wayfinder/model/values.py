"""Lenient readers of JSON values: what a member says, or nothing where it says nothing readable.

Writers of floor plans put numbers and booleans into strings; the plan keeps what was read, these
readers understand it, and the importer says so in an issue.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

JsonObject = Mapping[str, Any]
EMPTY: JsonObject = MappingProxyType({})

_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def read_text(values: JsonObject, key: str) -> str | None:
    """Read a text that is not empty, or None."""
    value = values.get(key)
    return value if isinstance(value, str) and value else None


def read_number(values: JsonObject, key: str) -> float | None:
    """Read a finite number, also one written as text (``"2"``, ``"0,5"`` is none), or None."""
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_boolean(values: JsonObject, key: str) -> bool | None:
    """Read a boolean, also one written as text (``"true"``, ``"no"``) or as 0 or 1, or None."""
    value = values.get(key)
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold() if isinstance(value, str | int) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def read_texts(values: JsonObject, key: str) -> tuple[str, ...]:
    """Read a list of texts, or a single text as a list of one; what is not a text is left out."""
    value = values.get(key)
    if isinstance(value, str) and value:
        return (value,)
    if not isinstance(value, list | tuple):
        return ()
    return tuple(item for item in value if isinstance(item, str))


def read_labels(values: JsonObject, key: str) -> Mapping[str, str]:
    """Read texts by language or system; what is not a text, or is an empty one, is left out.

    A plain text, as some writers give instead of labels, has the tag ``und`` (undetermined).
    """
    value = values.get(key)
    if isinstance(value, str) and value:
        return {"und": value}
    if not isinstance(value, Mapping):
        return EMPTY
    if all(isinstance(text, str) and text for text in value.values()):
        return value  # as it nearly always is: a plan has thousands, and none is changed
    return {tag: text for tag, text in value.items() if isinstance(text, str) and text}


def read_object(values: JsonObject, key: str) -> JsonObject:
    """Read an object; empty where there is none."""
    value = values.get(key)
    return value if isinstance(value, Mapping) else EMPTY


def read_point(values: JsonObject, key: str) -> tuple[float, float] | None:
    """Read the longitude and latitude of a GeoJSON point in degrees, or None."""
    coordinates = read_object(values, key).get("coordinates")
    if not isinstance(coordinates, list | tuple) or len(coordinates) < 2:
        return None
    pair = dict(zip(("lon", "lat"), coordinates, strict=False))
    if any(isinstance(value, str) for value in pair.values()):
        return None
    lon, lat = read_number(pair, "lon"), read_number(pair, "lat")
    return None if lon is None or lat is None else (lon, lat)


def read_reference(value: object) -> str | None:
    """Read IMDF's FEATURE-REFERENCE, an object with an id; some writers give the bare id."""
    if isinstance(value, Mapping):
        return read_text(value, "id")
    return value if isinstance(value, str) and value else None
