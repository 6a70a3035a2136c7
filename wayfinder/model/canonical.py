"""One text for equal plans: canonical JSON, and the content hash that names a release.

Members are sorted, features are sorted by id, nothing is indented, text is UTF-8, and a number that
is whole is written without a fraction, so that plans which compare equal have equal bytes. It
follows RFC 8785 but for the order of members, which is by code point, and the form of large and
small fractions, which is Python's shortest.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from wayfinder.model.feature import Feature
from wayfinder.model.kinds import make_feature
from wayfinder.model.plan import Plan

HASH_PREFIX = "sha256:"
_BYTES, _MEMBERS = "base64", "members"
_AS_IT_IS = frozenset({str, int, bool, type(None)})
"""Types of what is written as it is; most values have one of them."""
_SHARED = frozenset({str, dict, list})
"""Types of what takes room."""


def encode_canonical(value: object) -> bytes:
    """Return the canonical JSON of a value.

    Parameters
    ----------
    value
        JSON values; mappings, sequences and bytes (as base64) count as such.

    Raises
    ------
    ValueError
        It holds NaN or an infinity.
    TypeError
        It holds something else that is no JSON.
    """
    text = json.dumps(
        _normalise(value),
        ensure_ascii=False,
        allow_nan=False,
        check_circular=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return text.encode("utf-8")


def encode_plan(plan: Plan) -> bytes:
    """Return the canonical JSON of a plan: its features by id, its manifest, what was kept."""
    features = [_as_object(plan[feature_id]) for feature_id in sorted(plan.features)]
    leftovers = {name: _wrap_leftover(value) for name, value in plan.leftovers.items()}
    return encode_canonical(
        {"features": features, "manifest": plan.manifest, "leftovers": leftovers}
    )


def decode_plan(data: bytes) -> Plan:
    """Return the plan of what `encode_plan` wrote: an equal one, its features by id.

    Raises
    ------
    ValueError
        It is nothing that `encode_plan` writes.
    """
    try:
        document = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
        known: dict[object, Any] = {}
        features = [_make_feature(item, known) for item in document["features"]]
        kept = document["leftovers"].items()
        leftovers = {name: _unwrap_leftover(value) for name, value in kept}
        return Plan.of(features, manifest=document["manifest"], leftovers=leftovers)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"not a plan in canonical JSON: {error!r}") from error


def _make_feature(item: Mapping[str, Any], known: dict[object, Any]) -> Feature:
    """Make a feature; what its properties have in common with those of others is there once."""
    geometry, properties = item["geometry"], item["properties"]
    if geometry is not None and isinstance(geometry.get("type"), str):
        geometry["type"] = _share(geometry["type"], known)
    _share_items(properties, properties.items(), known)
    return make_feature(
        _share(item["id"], known),
        _share(item["feature_type"], known),
        geometry,
        properties,
        _share(item["members"], known),
    )


def _share(value: Any, known: dict[object, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return the first value that was equal to this one, by what is known."""
    if isinstance(value, str):
        return known.setdefault(value, value)
    _share_items(value, value.items() if isinstance(value, dict) else enumerate(value), known)
    # by how it is written: 1, 1.0 and true are equal; and no text is taken for it
    return known.setdefault((repr(value),), value)


def _share_items(
    value: dict[Any, Any] | list[Any], items: Iterable[tuple[Any, Any]], known: dict[object, Any]
) -> None:
    """Have a value share its items with others, but for numbers."""
    for key, item in items:
        if type(item) in _SHARED:
            value[key] = _share(item, known)


def hash_plan(plan: Plan) -> str:
    """Return the content hash of a plan, ``sha256:`` and 64 hexadecimal digits."""
    return HASH_PREFIX + sha256(encode_plan(plan)).hexdigest()


def _as_object(feature: Feature) -> dict[str, Any]:
    return {
        "id": feature.id,
        "feature_type": feature.feature_type,
        "geometry": feature.geometry,
        "properties": feature.properties,
        "members": feature.members,
    }


def _wrap_leftover(value: object) -> object:
    """Tell apart what reads like a wrapped file: members of a collection that have our names."""
    if isinstance(value, Mapping) and value.keys() in ({_BYTES}, {_MEMBERS}):
        return {_MEMBERS: value}
    return value


def _unwrap_leftover(value: Any) -> object:  # noqa: ANN401 - any JSON value
    if isinstance(value, Mapping):
        if value.keys() == {_BYTES}:
            return b64decode(value[_BYTES], validate=True)
        if value.keys() == {_MEMBERS}:
            return value[_MEMBERS]
    return value


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _normalise(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value as JSON has it, itself where it is so already: nearly all of a plan is."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, (list, tuple)):
        return value if _is_position(value) else [_normalise(item) for item in value]
    if isinstance(value, (dict, Mapping)):  # the first of them is told at once
        return _normalise_members(value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, bytes):
        return {_BYTES: b64encode(value).decode("ascii")}
    raise TypeError(f"{type(value).__name__} is no JSON")


def _is_position(value: Sequence[object]) -> bool:
    """Tell whether a list has two fractions, which are written as they are."""
    return (
        len(value) == 2
        and type(value[0]) is type(value[1]) is float
        and not value[0].is_integer()
        and not value[1].is_integer()
    )


def _normalise_members(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object as JSON has it, itself where nothing in it must change."""
    changed: dict[str, Any] = {}
    for key, item in value.items():
        if type(item) not in _AS_IT_IS:
            made = _normalise(item)
            if made is not item:
                changed[key] = made
    return value if isinstance(value, dict) and not changed else {**value, **changed}
