"""Our own additions, one ``wayfinder`` object a feature, held against their JSON Schema."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Issue, Plan, Severity

_GUARDS = frozenset({"access", "banned", "emergency_only", "locked", "one_way_to", "direction"})
"""Keys that keep people out: misread, they would send them where they must not go."""


@cache
def load_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of the ``wayfinder`` object."""
    text = files("wayfinder.model").joinpath("wayfinder.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _make_validator() -> Draft202012Validator:
    return Draft202012Validator(dict(load_schema()))


def list_wayfinder_issues(plan: Plan) -> Iterator[Issue]:
    """Yield unknown keys, keys on features that have no use for them, and wrong values."""
    judged: dict[str, list[ValidationError]] = {}
    for feature in plan:
        value = feature.properties.get("wayfinder")
        if value is None:
            continue
        text = json.dumps(value, sort_keys=True, default=dict)
        if text not in judged:
            judged[text] = _list_errors(json.loads(text))
        for error in judged[text]:
            yield _report(plan, feature, error)
        if isinstance(value, Mapping):
            yield from _list_misplaced(plan, feature, value)


def _list_errors(value: object) -> list[ValidationError]:
    errors: list[ValidationError] = list(_make_validator().iter_errors(value))
    return sorted(errors, key=lambda error: (error.json_path, str(error.validator)))


def _report(plan: Plan, feature: Feature, error: ValidationError) -> Issue:
    path = ".".join(map(str, error.absolute_path))
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
        unknown = sorted(set(error.instance) - set(known))
        keys = [f"{path}.{key}" if path else key for key in unknown]
        return make_issue(
            plan,
            feature,
            "wayfinder-key-unknown",
            Severity.WARNING,
            keys=[key[:80] for key in keys],
        )
    guard = str(error.absolute_path[0]) in _GUARDS if error.absolute_path else True
    return make_issue(
        plan,
        feature,
        "wayfinder-value-wrong",
        Severity.ERROR if guard else Severity.WARNING,
        key=path[:80],
        value=json.dumps(error.instance, ensure_ascii=False, default=dict)[:80],
        rule=f"{error.validator}: {json.dumps(error.validator_value, ensure_ascii=False)}"[:200],
    )


def _list_misplaced(plan: Plan, feature: Feature, value: Mapping[str, Any]) -> Iterator[Issue]:
    known = load_schema()["properties"]
    misplaced = [
        key
        for key in value
        if key in known and feature.feature_type not in known[key].get("x-features", [])
    ]
    if misplaced:
        yield make_issue(plan, feature, "wayfinder-key-misplaced", Severity.NOTE, keys=misplaced)
