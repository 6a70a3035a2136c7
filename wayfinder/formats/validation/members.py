"""Members of IMDF's own: missing, of the wrong type, of an unknown category, unreadable hours."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import opening_hours

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Issue, Plan, Severity
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.values import read_boolean, read_number, read_point, read_reference
from wayfinder.presets import list_presets

_MAX_HOURS_CHARACTERS = 1_000

_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "texts": lambda value: isinstance(value, list) and all(isinstance(x, str) for x in value),
    "labels": lambda value: (
        isinstance(value, str)  # listed with the labels
        or (isinstance(value, Mapping) and all(isinstance(x, str) for x in value.values()))
    ),
    "number": lambda value: read_number({"value": value}, "value") is not None,
    "boolean": lambda value: read_boolean({"value": value}, "value") is not None,
    "object": lambda value: isinstance(value, Mapping),
    "point": lambda value: read_point({"value": value}, "value") is not None,
    "reference": lambda value: read_reference(value) is not None,
    "references": lambda value: isinstance(value, list) and all(map(read_reference, value)),
}


_CODES_OF_TEXT = {
    "number": "text-for-number",
    "boolean": "text-for-boolean",
    "texts": "text-for-list",
}


def list_member_issues(plan: Plan) -> Iterator[Issue]:
    """Yield what is wrong with the values of IMDF's members."""
    yield from _list_wrong_types(plan)
    yield from _list_unknown_categories(plan)
    yield from _list_unreadable_hours(plan)


def list_missing_members(plan: Plan) -> Iterator[Issue]:
    """Yield, a type at a time, the members that IMDF requires, if only as null, and that lack."""
    for name, terms in load_terms().items():
        lacking: dict[str, None] = {}
        culprits: list[str] = []
        for feature in plan:
            if feature.feature_type == name:
                missing = [member for member in terms.members if member not in feature.properties]
                lacking.update(dict.fromkeys(missing))
                culprits += [feature.id] if missing else []
        if culprits:
            values = {"feature_type": name, "members": list(lacking), "count": len(culprits)}
            yield Issue("members-missing", Severity.NOTE, values, tuple(culprits))


def _list_wrong_types(plan: Plan) -> Iterator[Issue]:
    """Yield values of the wrong type, one issue a member for those understood nevertheless."""
    as_text: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    terms = load_terms()
    for feature in plan:
        known = terms.get(feature.feature_type)
        for member, expected in (known.members if known else {}).items():
            value = feature.properties.get(member)
            if value is None:
                continue
            if expected in _CODES_OF_TEXT and isinstance(value, str) and _reads(expected, value):
                as_text[feature.feature_type, member, expected].append(feature.id)
            elif not _CHECKS[expected](value):
                yield _report_wrong(plan, feature, member, expected, value)
    for (feature_type, member, expected), ids in as_text.items():
        values = {"feature_type": feature_type, "member": member, "count": len(ids)}
        yield Issue(_CODES_OF_TEXT[expected], Severity.NOTE, values, tuple(ids))


def _reads(expected: str, value: str) -> bool:
    """Tell whether a text is understood in place of a number, boolean or list."""
    return expected == "texts" or _CHECKS[expected](value)


def _report_wrong(plan: Plan, feature: Feature, member: str, expected: str, value: object) -> Issue:
    serious = (feature.feature_type, member) == ("level", "ordinal")
    severity = Severity.ERROR if serious else Severity.WARNING
    values: dict[str, Any] = {"member": member, "expected": expected, "found": _name_type(value)}
    return make_issue(plan, feature, "member-of-wrong-type", severity, **values)


def _name_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    names = {str: "text", int: "number", float: "number", list: "list", type(None): "null"}
    return names.get(type(value), "object")


def _list_unknown_categories(plan: Plan) -> Iterator[Issue]:
    """Yield, a category at a time, those that neither IMDF nor the presets know."""
    known = {name: set(terms.categories) for name, terms in load_terms().items()}
    for preset in list_presets():
        for feature_type in preset.feature_types:
            if known.get(feature_type):
                known[feature_type].add(preset.category)
    strange: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for feature in plan:
        categories = known.get(feature.feature_type)
        if categories and feature.category not in {*categories, "unspecified"}:
            strange[feature.feature_type, feature.category].append(feature.id)
    for (feature_type, category), ids in strange.items():
        values = {"feature_type": feature_type, "category": category[:80], "count": len(ids)}
        yield Issue("category-unknown", Severity.NOTE, values, tuple(ids))


def _list_unreadable_hours(plan: Plan) -> Iterator[Issue]:
    readable: dict[str, bool] = {}
    for feature in plan:
        hours = feature.hours
        if hours is None:
            continue
        if hours not in readable:
            readable[hours] = _can_read_hours(hours)
        if not readable[hours]:
            yield make_issue(plan, feature, "hours-unreadable", Severity.WARNING, hours=hours[:120])


def _can_read_hours(hours: str) -> bool:
    return len(hours) <= _MAX_HOURS_CHARACTERS and bool(opening_hours.validate(hours))
