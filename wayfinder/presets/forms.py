"""What can be said of a feature, field by field: what forms are made of.

Which fields a feature type has, and in which order, stands in ``forms.json``; what may stand in
each, in IMDF's terms and in the schema of the ``wayfinder`` object. A field's id is its path in the
properties: ``phone``, ``door.type``; ``ours.lift.wait_s`` is in the ``wayfinder`` object.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.wayfinder_schema import load_entered_schema
from wayfinder.presets import list_presets

__all__ = ["Field", "Form", "get_form", "list_form_types", "list_known_keys", "list_offered"]

OURS = "ours"
_INPUTS: Mapping[str, str] = {
    "text": "text",
    "labels": "labels",
    "number": "number",
    "boolean": "boolean",
    "texts": "choices",
    "aliases": "aliases",
    "codes": "codes",
}
"""What a member of IMDF's is to what it is typed into."""

_UNITS = ("m", "mm", "s", "deg", "px")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be said of a feature.

    Parameters
    ----------
    id
        Its path in the properties, ``ours`` being the ``wayfinder`` object.
    input
        How it is entered: ``text``, ``number``, ``boolean``, ``choice``, ``labels``, ``hours``, ….
    action
        Kind of the edit that sets it.
    unit
        Its unit (``m``, ``mm``, ``s``, ``deg``, ``px``), or None.
    minimum, maximum
        Bounds of a number; None: none.
    above
        Whether a number must be more than the minimum, not the minimum itself.
    whole
        Whether a number is whole.
    options
        What can be chosen from, where it is chosen.
    of
        Feature types of what it names, where it names features.
    """

    id: str
    input: str
    action: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    whole: bool = False
    options: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands, key by key."""
        return tuple(self.id.split("."))


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a feature type.

    Parameters
    ----------
    feature_type
        IMDF feature type.
    fields
        What is asked of all of them.
    more
        What is seldom asked.
    special
        What is asked of some categories only; presets name it.
    """

    feature_type: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...]
    special: tuple[Field, ...]

    def list_fields(self) -> tuple[Field, ...]:
        """List all fields."""
        return (*self.fields, *self.more, *self.special)


@cache
def list_form_types() -> tuple[str, ...]:
    """List the feature types that have a form."""
    return tuple(_load()["types"])


@cache
def get_form(feature_type: str) -> Form:
    """Return the form of a feature type; raises KeyError where it has none."""
    document = _load()["types"][feature_type]
    parts = (
        tuple(_make_field(feature_type, key) for key in document.get(part, ()))
        for part in ("fields", "more", "special")
    )
    return Form(feature_type, *parts)


@cache
def list_offered(feature_type: str) -> tuple[str, ...]:
    """List the categories that are offered for a type, those of the presets or those of a list."""
    listed = _load()["categories"].get(feature_type)
    if listed is not None:
        return tuple(listed)
    return tuple(one.category for one in list_presets() if feature_type in one.feature_types)


def list_known_keys(feature_type: str) -> Iterator[tuple[str, str | None]]:
    """Yield whatever the model lets be said of a type, with why no form asks for it, or None.

    A part of an object counts as the object.
    """
    asked = {field.id for field in get_form(feature_type).list_fields()}
    asked |= {key.rpartition(".")[0] for key in asked} | {
        ".".join(key.split(".")[:2]) for key in asked
    }
    ours = (
        f"{OURS}.{key}"
        for key, rule in load_entered_schema()["properties"].items()
        if feature_type in rule["x-features"]
    )
    elsewhere = _load()["elsewhere"]
    for key in (*load_terms()[feature_type].members, *ours):
        reason = elsewhere.get(f"{feature_type}.{key}", elsewhere.get(key))
        yield key, None if key in asked else (reason or "")


def _make_field(feature_type: str, key: str) -> Field:
    document = _load()
    action = document["actions"].get(f"{feature_type}.{key}", document["actions"].get(key))
    head, *rest = key.split(".")
    rule = _find_rule(rest) if head == OURS else _read_member(feature_type, key)
    options = tuple(document["options"].get(key, rule.get("enum", ())))
    kind = document["inputs"].get(key) or ("choice" if "enum" in rule else _INPUTS[rule["type"]])
    if options and kind == "text":
        kind = "choice"
    return Field(
        key,
        kind,
        action or "set-properties",
        unit=_find_unit(key),
        minimum=rule.get("minimum", rule.get("exclusiveMinimum")),
        maximum=rule.get("maximum"),
        above="exclusiveMinimum" in rule and "minimum" not in rule,
        whole=bool(rule.get("whole")),
        options=options,
        of=_find_targets(feature_type, key),
    )


def _find_rule(path: list[str]) -> dict[str, Any]:
    """Return what the schema of the ``wayfinder`` object says of a key, in a few plain terms."""
    rule = dict(load_entered_schema())
    for part in path:
        rule = _resolve(rule["properties"][part])
    kind = rule.get("type", "string")
    bounds = rule
    if kind == "object":
        parts = rule.get("additionalProperties")
        bounds = _resolve(parts) if isinstance(parts, dict) else {}
    found = {key: bounds[key] for key in _KEPT if key in bounds}
    if kind == "object":
        found["type"] = "aliases" if "items" in rule.get("additionalProperties", {}) else "codes"
    elif kind == "integer":
        found |= {"type": "number", "whole": True}
    else:
        found["type"] = "text" if kind == "string" else kind
    return found


_KEPT = ("enum", "minimum", "maximum", "exclusiveMinimum")


def _resolve(rule: Mapping[str, Any]) -> dict[str, Any]:
    reference = rule.get("$ref")
    if reference is None:
        return dict(rule)
    return {**rule, **load_entered_schema()["$defs"][str(reference).removeprefix("#/$defs/")]}


def _read_member(feature_type: str, key: str) -> dict[str, Any]:
    head, _, part = key.partition(".")
    kind = load_terms()[feature_type].members[head]
    if kind == "object":
        return {"type": "boolean" if part == "automatic" else "text"}
    return {"type": kind}


def _find_unit(key: str) -> str | None:
    last = key.rpartition("_")[2]
    return last if "_" in key and last in _UNITS else None


def _find_targets(feature_type: str, key: str) -> tuple[str, ...]:
    target = load_terms()[feature_type].references.get(key)
    return () if target is None else (target,)


@cache
def _load() -> dict[str, Any]:
    text = files("wayfinder.presets").joinpath("forms.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
