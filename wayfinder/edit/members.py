"""What may stand in the properties of a feature, judged before it gets there.

A plan that was read keeps what strays from the standard; what people enter does not stray.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import opening_hours
from jsonschema import Draft202012Validator

from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.outlines import FAR_M, is_near
from wayfinder.model import Feature
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.labels import find_hidden
from wayfinder.model.values import read_point, read_reference
from wayfinder.model.wayfinder_schema import load_entered_schema
from wayfinder.presets import list_presets

OUTSIDE = "outside"
"""Where a door leads that is one-way to no unit."""

_MOST_HOURS_CHARACTERS = 1_000
_MOST_NAME_CHARACTERS = 500
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
"""BCP 47 as far as its form goes."""

_RESTRICTIONS = frozenset({"employeesonly", "restricted"})


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "texts": _is_texts,
    "labels": lambda value: isinstance(value, Mapping),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, Mapping),
    "point": lambda value: read_point({"value": value}, "value") is not None,
    "reference": lambda value: read_reference(value) is not None,
    "references": lambda value: isinstance(value, list) and all(map(read_reference, value)),
}


def check_member(changes: Changes, feature_type: str, member: str, value: object) -> None:
    """Refuse a value that a member of IMDF's cannot have; None clears any.

    Raises
    ------
    EditError
        The type has no such member, or the value is none for it.
    """
    terms = load_terms().get(feature_type)
    expected = terms.members.get(member) if terms else None
    if terms is None or expected is None:
        raise EditError("member-unknown", {"member": member[:80], "feature_type": feature_type})
    if value is None:
        return
    if not _CHECKS[expected](value):
        raise EditError("member-unfit", {"member": member, "expected": expected})
    if isinstance(value, Mapping) and expected == "labels":
        check_labels(member, value)
    elif isinstance(value, str):
        check_text(member, value)
    if expected == "point":
        _check_point(changes, value)
    judge = _JUDGES.get(member)
    if judge is not None:
        judge(feature_type, value)
    _check_references(changes, expected, terms.references.get(member), value)


def _check_point(changes: Changes, value: object) -> None:
    """Refuse a point that is not on the site: the venue's own is what metres are counted from."""
    lon, lat = read_point({"value": value}, "value") or (math.inf, math.inf)
    on_earth = abs(lon) <= 180 and abs(lat) <= 90
    if not on_earth or (len(changes.plan) and not is_near(changes.plan.frame.to_metres(lon, lat))):
        raise EditError("far-away", {"limit_km": round(FAR_M / 1_000)})


def _check_references(changes: Changes, expected: str, wanted: str | None, value: object) -> None:
    """Refuse ids that lead nowhere, or to another type than a member wants."""
    items = value if isinstance(value, list) else [value]
    if wanted is not None:
        for target in items:
            _check_target(changes, str(target), wanted)
    elif expected.startswith("reference"):
        for item in items:
            changes.get(str(read_reference(item)), Feature)


def check_ours(changes: Changes, feature_type: str, key: str, value: object) -> None:
    """Refuse a value that a key of the ``wayfinder`` object cannot have; None takes any away.

    Raises
    ------
    EditError
        There is no such key, not on this type, or the value is none for it.
    """
    known = load_entered_schema()["properties"].get(key)
    if known is None or feature_type not in known["x-features"]:
        raise EditError("key-unknown", {"key": key[:80], "feature_type": feature_type})
    if value is None:
        return
    problem = _find_problem(key, json.dumps(value, sort_keys=True, default=dict))
    if problem is not None:
        raise EditError("key-unfit", {"key": problem[0], "rule": problem[1]})
    for text in _list_texts(value):
        check_text(key, text)
    judge = _JUDGES_OF_OURS.get(key)
    if judge is not None:
        judge(changes, value)


def check_labels(member: str, labels: Mapping[str, object]) -> None:
    """Refuse labels of an unreadable language, or that are no texts fit to be shown."""
    for language, text in labels.items():
        if not _LANGUAGE_TAG.fullmatch(language) or len(language) > 35:
            raise EditError("language-unknown", {"language": language[:40]})
        if not isinstance(text, str) or not text.strip():
            raise EditError("member-unfit", {"member": member, "expected": "labels"})
        check_text(member, text)


def check_text(member: str, text: str) -> None:
    """Refuse a text that is too long to be a name, or that hides characters."""
    if len(text) > _MOST_NAME_CHARACTERS and member not in {"hours", "description"}:
        values = {"member": member, "limit": _MOST_NAME_CHARACTERS}
        raise EditError("text-too-long", values)
    hidden = find_hidden(text)
    if hidden and not (member == "description" and set(hidden) <= {"\n"}):
        found = [f"U+{ord(character):04X}" for character in hidden[:10]]
        raise EditError("text-hides", {"member": member, "characters": found})


def check_time_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise EditError("time-zone-unknown", {"time_zone": name[:80]}) from None


@cache
def list_categories(feature_type: str) -> frozenset[str]:
    """Return the categories that IMDF or the presets have for a type; empty where all may be."""
    terms = load_terms().get(feature_type)
    if terms is None or not terms.categories:
        return frozenset()
    ours = (one.category for one in list_presets() if feature_type in one.feature_types)
    return terms.categories.union(ours, {"unspecified"})


def _check_category(feature_type: str, value: object) -> None:
    known = list_categories(feature_type)
    if known and value not in known:
        raise EditError(
            "category-unknown", {"category": str(value)[:80], "feature_type": feature_type}
        )
    if not value:
        raise EditError("member-unfit", {"member": "category", "expected": "text"})


def _check_hours(_: str, value: object) -> None:
    text = str(value)
    if len(text) > _MOST_HOURS_CHARACTERS or not opening_hours.validate(text):
        raise EditError("hours-unreadable", {"hours": text[:120]})


def _check_website(_: str, value: object) -> None:
    if not re.fullmatch(r"https?://[^\s<>\"]+", str(value)):
        raise EditError("website-unfit", {"website": str(value)[:80]})


def _check_ordinal(_: str, value: object) -> None:
    if not isinstance(value, int | float) or abs(value) > 1_000:
        raise EditError("ordinal-unfit", {"limit": 1_000})


def _check_restriction(_: str, value: object) -> None:
    if value not in _RESTRICTIONS:
        raise EditError("member-unfit", {"member": "restriction", "expected": "restriction"})


def _check_direction(_: str, value: object) -> None:
    if value not in {"directed", "undirected"}:
        raise EditError("member-unfit", {"member": "direction", "expected": "direction"})


_JUDGES: Mapping[str, Callable[[str, Any], None]] = {
    "category": _check_category,
    "direction": _check_direction,
    "hours": _check_hours,
    "ordinal": _check_ordinal,
    "restriction": _check_restriction,
    "website": _check_website,
}


def _check_levels(changes: Changes, value: Any) -> None:  # noqa: ANN401 - as its schema has it
    for level_id in value:
        _check_target(changes, level_id, "level")


def _check_one_way(changes: Changes, value: Any) -> None:  # noqa: ANN401 - as its schema has it
    if value != OUTSIDE:
        _check_target(changes, value, "unit")


def _check_sign(changes: Changes, value: Any) -> None:  # noqa: ANN401 - as its schema has it
    for message in value.get("messages", ()):
        changes.get(message["to"], Feature)


_JUDGES_OF_OURS: Mapping[str, Callable[[Changes, Any], None]] = {
    "description": lambda _, value: check_labels("description", value),
    "hours": lambda _, value: _check_hours("", value),
    "level_ids": _check_levels,
    "one_way_to": _check_one_way,
    "sign": _check_sign,
    "time_zone": lambda _, value: check_time_zone(value),
}


def _check_target(changes: Changes, target: str, wanted: str) -> None:
    found = changes.find(target, Feature)
    if found is None:
        raise EditError("feature-missing", {"id": target[:80], "expected": wanted}, target)
    if found.feature_type != wanted:
        values = {"id": target[:80], "expected": wanted, "found": found.feature_type}
        raise EditError("feature-of-other-kind", values, target)


def _list_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _list_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _list_texts(item)


@cache
def _make_validator(key: str) -> Draft202012Validator:
    schema = load_entered_schema()
    return Draft202012Validator({"$defs": schema["$defs"], **schema["properties"][key]})


@lru_cache(maxsize=10_000)
def _find_problem(key: str, text: str) -> tuple[str, str] | None:
    """Return where a value, given as JSON, is wrong and against which rule, or None."""
    errors = sorted(
        _make_validator(key).iter_errors(json.loads(text)),
        key=lambda error: (error.json_path, str(error.validator)),
    )
    if not errors:
        return None
    path = ".".join([key, *map(str, errors[0].absolute_path)])
    rule = f"{errors[0].validator}: {json.dumps(errors[0].validator_value, ensure_ascii=False)}"
    return path[:80], rule[:200]
