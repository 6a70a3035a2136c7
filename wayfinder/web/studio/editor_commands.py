"""Every edit as a form: what it asks for, so that all of editing can be done by keys alone.

What an argument may hold comes from the edits themselves; how it is asked for stands here.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from wayfinder.edit import FAMILIES, describe_action

ELSEWHERE: Mapping[str, str] = {
    "batch": "several things chosen, and changed in the form",
    "restore": "undo",
}
"""Edits that are no command by themselves, and where they are done."""

_PLACED = ("unit", "opening", "section", "fixture", "kiosk", "detail")
_MOVED = (
    *("detail", "fixture", "footprint", "geofence", "kiosk", "level", "relationship"),
    *("section", "unit"),
)
_NAMED = (
    *("amenity", "building", "fixture", "footprint", "geofence", "kiosk", "level", "occupant"),
    *("opening", "section", "unit", "venue"),
)
_ANY = (*_NAMED, "address", "anchor", "detail", "relationship")
_AREAS = (
    *("unit", "level", "venue", "footprint", "section", "geofence", "kiosk", "fixture"),
)  # fmt: skip
_DRAWN = (*_AREAS, "detail", "relationship")
_CATEGORIZED = tuple(one for one in _ANY if one not in {"address", "anchor", "detail", "kiosk"})
_LISTED = ("amenity", "building", "kiosk", "level", "occupant", "section", "unit", "venue")
_ENDS = ("unit", "opening", "amenity")
_LINKED = ("unit",)

_INPUTS: Mapping[str, str] = {
    "actions": "none",
    "alone": "boolean",
    "anchor_id": "anchor",
    "area": "area",
    "at": "point",
    "banned": "boolean",
    "bearing_deg": "number",
    "building_ids": "features",
    "by": "feature",
    "category": "category",
    "contents": "boolean",
    "coordinates": "none",  # `at` and the width say the same
    "copies": "copies",
    "destination": "feature",
    "directed": "boolean",
    "direction": "choice",
    "display_kind": "choice",
    "display_point": "point",
    "distance_m": "number",
    "doors": "boolean",
    "end": "point",
    "facilities": "boolean",
    "feature": "feature",
    "feature_type": "choice",
    "features": "features",
    "footprint_id": "new-id",
    "id": "new-id",
    "level": "level",
    "level_id": "level",
    "level_ids": "features",
    "line": "line",
    "link_id": "new-id",
    "member": "choice",
    "members": "properties",
    "messages": "messages",
    "mounting": "choice",
    "moves": "moves",
    "name": "labels",
    "names": "labels",
    "new_id": "new-id",
    "ordinal": "number",
    "origin": "feature",
    "ours": "none",  # with `members`
    "outdoor": "boolean",
    "ref": "text",
    "rows": "rows",
    "short_name": "labels",
    "start": "point",
    "through": "features",
    "time_zone": "time-zone",
    "to": "point",
    "trim": "boolean",
    "turn_deg": "number",
    "turned": "boolean",
    "unit": "feature",
    "units": "features",
    "wall": "boolean",
    "width_m": "number",
}
"""Argument to how it is asked for; ``none``: not asked."""

_INPUTS_OF: Mapping[tuple[str, str], str] = {
    ("set-one-way", "to"): "side",
    ("move-wall", "start"): "wall",
    ("move-wall", "end"): "none",  # with the start
    ("add-sign", "ours"): "none",
    ("add-display", "ours"): "none",
}

_OF: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("add-building", "level_ids"): ("level",),
    ("add-geofence", "building_ids"): ("building",),
    ("add-geofence", "level_ids"): ("level",),
    ("add-level", "building_ids"): ("building",),
    ("add-section", "units"): ("unit",),
    ("add-way", "level_ids"): ("level",),
    ("connect", "destination"): _ENDS,
    ("connect", "origin"): _ENDS,
    ("connect", "through"): ("opening", "unit", "amenity"),
    ("copy-level", "feature"): ("level",),
    ("cover-units", "feature"): ("section", "geofence"),
    ("cover-units", "units"): ("unit",),
    ("cut-unit", "by"): ("unit", "fixture", "kiosk", "section"),
    ("cut-unit", "feature"): ("unit",),
    ("delete", "features"): tuple(one for one in _ANY if one != "venue"),
    ("fit-level", "feature"): ("level",),
    ("join-units", "feature"): ("opening",),
    ("join-units", "units"): ("unit",),
    ("link-floors", "units"): _LINKED,
    ("merge-units", "features"): ("unit",),
    ("move", "features"): _MOVED,
    ("move-opening", "feature"): ("opening",),
    ("move-point", "feature"): ("amenity", "occupant", "anchor"),
    ("move-vertices", "feature"): _DRAWN,
    ("move-wall", "feature"): ("unit",),
    ("rename", "feature"): _NAMED,
    ("reshape", "feature"): _AREAS,
    ("set-buildings", "building_ids"): ("building",),
    ("set-buildings", "feature"): ("level",),
    ("set-category", "feature"): _CATEGORIZED,
    ("set-direction", "feature"): _LINKED,
    ("set-door-width", "feature"): ("opening",),
    ("set-level", "feature"): _PLACED,
    ("set-messages", "feature"): ("amenity",),
    ("set-one-way", "feature"): ("opening",),
    ("set-ordinal", "feature"): ("level",),
    ("set-properties", "feature"): _ANY,
    ("set-time-zone", "feature"): ("venue",),
    ("set-way", "feature"): ("relationship",),
    ("split-unit", "feature"): ("unit",),
    ("square-unit", "feature"): ("unit",),
    ("stack-unit", "feature"): _LINKED,
    ("swap-coordinates", "features"): _ANY,
    ("turn", "feature"): ("amenity",),
    ("unlink", "feature"): ("relationship",),
    ("unlink", "unit"): _LINKED,
    ("update-directory", "rows"): _LISTED,
}
"""Feature types of what an argument names."""

_CATEGORY_OF: Mapping[str, str] = {
    "add-amenity": "amenity",
    "add-door": "opening",
    "add-geofence": "geofence",
    "add-occupant": "occupant",
    "add-section": "section",
    "add-unit": "unit",
}
"""Edit to the feature type whose categories it asks for; of others, that of the feature."""

_MADE: Mapping[str, str] = {
    **_CATEGORY_OF,
    "add-building": "building",
    "add-level": "level",
    "add-venue": "venue",
    "add-way": "relationship",
    "connect": "relationship",
}
"""Edit to the type of what it makes, whose form is asked besides."""


@cache
def list_commands() -> tuple[Mapping[str, Any], ...]:
    """List each edit that is a command, with what it asks for; words are not in it."""
    return tuple(_list_commands())


def _list_commands() -> Iterator[dict[str, Any]]:
    for family, actions in FAMILIES.items():
        for action in actions:
            if action.offered and action.kind not in ELSEWHERE:
                yield {
                    "kind": action.kind,
                    "family": family.lower().replace(",", "").replace(" ", "-"),
                    "makes": _MADE.get(action.kind),
                    "arguments": [
                        _describe(action.kind, name) for name in _list_asked(action.kind)
                    ],
                }


def find_input(kind: str, name: str) -> str:
    """Return how an argument is asked for; raises KeyError where nobody has said so."""
    return _INPUTS_OF.get((kind, name)) or _INPUTS[name]


def _list_asked(kind: str) -> Iterator[str]:
    for name in describe_action(kind)["properties"]:
        if find_input(kind, name) != "none":
            yield name


def _describe(kind: str, name: str) -> dict[str, Any]:
    """Describe an argument: how it is asked for, and what may stand in it."""
    schema = describe_action(kind)
    whole = schema["properties"][name]
    parts = whole.get("anyOf", [whole])
    rule = next((part for part in parts if part.get("type") != "null"), whole)
    asked = find_input(kind, name)
    if asked == "category" and "enum" in rule:
        asked = "choice"
    found = {
        "name": name,
        "input": asked,
        "needed": name in schema.get("required", ()),
        "clears": any(part.get("type") == "null" for part in parts),
        "given": whole.get("default"),
        "options": list(rule.get("enum", ())),
        "of": list(_OF.get((kind, name), ())),
        "min": rule.get("minimum"),
        "max": rule.get("maximum"),
        "least": rule.get("minItems"),
        "most": rule.get("maxItems"),
        "category_of": _CATEGORY_OF.get(kind) if asked == "category" else None,
    }
    return {
        key: value
        for key, value in found.items()
        if value is not None and value is not False and value != []
    }
