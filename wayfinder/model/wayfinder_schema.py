"""Our own additions to features, one ``wayfinder`` object each: their JSON Schema, as data."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_ENTERED = "x-entered"


@cache
def load_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of the ``wayfinder`` object."""
    text = files("wayfinder.model").joinpath("wayfinder.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def load_entered_schema() -> Mapping[str, Any]:
    """Return the schema of what people enter: a plan that is read may have more.

    Where a rule has ``x-entered``, that counts beside it.
    """
    schema: Mapping[str, Any] = _narrow(load_schema())
    return schema


def _narrow(rule: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    if isinstance(rule, list):
        return [_narrow(part) for part in rule]
    if not isinstance(rule, dict):
        return rule
    return {key: _narrow(part) for key, part in (rule | rule.get(_ENTERED, {})).items()}
