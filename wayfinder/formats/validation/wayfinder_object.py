"""Our own additions, one ``wayfinder`` object a feature, held against their JSON Schema."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Issue, Plan, Severity
from wayfinder.model.wayfinder_schema import load_schema

_GUARDS = frozenset({"access", "banned", "emergency_only", "locked", "one_way_to", "direction"})
"""Keys that keep people out: misread, they would send them where they must not go."""


def list_wayfinder_issues(plan: Plan) -> Iterator[Issue]:
    """Yield unknown keys, keys on features that have no use for them, and wrong values."""
    known = load_schema()["properties"]
    for feature in plan:
        ours = feature.properties.get("wayfinder")
        if ours is None:
            continue
        if not isinstance(ours, Mapping):
            yield _report_wrong(plan, feature, "", ours, "type: object")
            continue
        unknown = [key for key in ours if key not in known]
        if unknown:
            yield _report_keys(plan, feature, "wayfinder-key-unknown", Severity.WARNING, unknown)
        for key, value in ours.items():
            if key in known:
                text = json.dumps(value, sort_keys=True, default=dict)
                for error in _list_errors(key, text):
                    yield _report(plan, feature, key, error)
        yield from _list_misplaced(plan, feature, ours)


@cache
def _make_validator(key: str) -> Draft202012Validator:
    """Make the validator of one key, with what it refers to written out, which is much faster."""
    schema = load_schema()

    def write_out(part: Any) -> Any:  # noqa: ANN401 - a JSON Schema
        if isinstance(part, Mapping):
            merged = {name: write_out(value) for name, value in part.items() if name != "$ref"}
            target = str(part.get("$ref", "")).removeprefix("#/$defs/")
            return {**write_out(schema["$defs"][target]), **merged} if target else merged
        return part

    return Draft202012Validator(write_out(schema["properties"][key]))


@lru_cache(maxsize=10_000)
def _list_errors(key: str, text: str) -> tuple[ValidationError, ...]:
    """List what is wrong with a value, given as JSON: most values stand on many features."""
    errors: list[ValidationError] = list(_make_validator(key).iter_errors(json.loads(text)))
    return tuple(sorted(errors, key=lambda error: (error.json_path, str(error.validator))))


def _report(plan: Plan, feature: Feature, key: str, error: ValidationError) -> Issue:
    path = ".".join([key, *map(str, error.absolute_path)])
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
        unknown = [f"{path}.{name}" for name in sorted(set(error.instance) - set(known))]
        return _report_keys(plan, feature, "wayfinder-key-unknown", Severity.WARNING, unknown)
    rule = f"{error.validator}: {json.dumps(error.validator_value, ensure_ascii=False)}"
    return _report_wrong(plan, feature, path, error.instance, rule)


def _report_wrong(plan: Plan, feature: Feature, path: str, value: object, rule: str) -> Issue:
    guard = not path or path.split(".", maxsplit=1)[0] in _GUARDS
    return make_issue(
        plan,
        feature,
        "wayfinder-value-wrong",
        Severity.ERROR if guard else Severity.WARNING,
        key=path[:80],
        value=json.dumps(value, ensure_ascii=False, default=dict)[:80],
        rule=rule[:200],
    )


def _report_keys(
    plan: Plan, feature: Feature, code: str, severity: Severity, keys: list[str]
) -> Issue:
    return make_issue(plan, feature, code, severity, keys=[key[:80] for key in keys[:20]])


def _list_misplaced(plan: Plan, feature: Feature, value: Mapping[str, Any]) -> Iterator[Issue]:
    known = load_schema()["properties"]
    misplaced = [
        key
        for key in value
        if key in known and feature.feature_type not in known[key].get("x-features", [])
    ]
    if misplaced:
        yield _report_keys(plan, feature, "wayfinder-key-misplaced", Severity.NOTE, misplaced)
