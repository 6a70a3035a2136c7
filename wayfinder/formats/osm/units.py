"""Areas become units, one a level."""

from collections.abc import Iterator
from typing import Any

from wayfinder.formats.osm.elements import Tags
from wayfinder.formats.osm.features import (
    accessibility,
    additions,
    as_geojson,
    id_of,
    key_of,
    level_id,
    naming,
    point_geojson,
    restriction,
)
from wayfinder.formats.osm.shapes import middle_of
from wayfinder.formats.osm.survey import AreaElement, Survey
from wayfinder.formats.osm.values import find_way_width_m, parse_incline, parse_length_m
from wayfinder.model import Feature, make_feature

_WALKED_ALONG = frozenset({"walkway", "footbridge", "ramp", "stairs", "steps"})


def unit_id(area: AreaElement, level: float) -> str:
    """Return the id of an area's unit on a level."""
    return id_of(key_of(area.ref, level))


def make_units(survey: Survey) -> Iterator[Feature]:
    """Yield the units of all areas."""
    for area in survey.areas:
        geometry = as_geojson(area.outline)
        middle = point_geojson(*middle_of(area.outline))
        for level in area.levels:
            yield _make_unit(survey, area, level, {"geometry": geometry, "middle": middle})


def make_sections(survey: Survey) -> Iterator[Feature]:
    """Yield the departments that are drawn around their rooms, one a level."""
    for area in survey.sections:
        for level in area.levels:
            key = key_of(area.ref, level)
            properties = {
                "category": "unspecified",
                "restriction": restriction(area.tags),
                "accessibility": accessibility(area.tags),
                **naming(area.tags, survey.language),
                "level_id": level_id(level),
                "display_point": point_geojson(*middle_of(area.outline)),
                "address_id": None,
                "correlation_id": None,
                "parents": None,
                "wayfinder": additions("section", area.ref, key, area.tags, survey.language),
            }
            yield make_feature(id_of(key), "section", as_geojson(area.outline), properties)


def _make_unit(survey: Survey, area: AreaElement, level: float, shared: dict[str, Any]) -> Feature:
    tags, category = area.tags, _category(area)
    key = key_of(area.ref, level)
    wayfinder = additions("unit", area.ref, key, tags, survey.language) | _extras(tags, category)
    if area.kind.open is not None:
        wayfinder["open"] = area.kind.open
    properties = {
        "category": category,
        "restriction": restriction(tags),
        "accessibility": accessibility(tags),
        **naming(tags, survey.language),
        "level_id": level_id(level),
        "display_point": shared["middle"],
        "wayfinder": wayfinder,
    }
    return make_feature(id_of(key), "unit", shared["geometry"], properties)


def _category(area: AreaElement) -> str:
    """Return the unit's category: stairs that stay on their level are steps."""
    if area.kind.category == "stairs" and len(area.levels) == 1 and area.kind.outdoor:
        return "steps"
    return area.kind.category


def _extras(tags: Tags, category: str) -> dict[str, Any]:
    """Return what only some categories have: widths, slopes, directions, the lift's car."""
    extras: dict[str, Any] = {}
    if category in _WALKED_ALONG and (width := find_way_width_m(tags)) is not None:
        extras["clear_width_m"] = width
    incline = parse_incline(tags.get("incline", ""))
    if incline is not None and category in {"ramp", "walkway", "footbridge"}:
        extras["incline"] = incline
    if category in {"escalator", "stairs"} and (direction := _direction(tags)):
        extras["direction"] = direction
    if category == "elevator" and (lift := _lift(tags)):
        extras["lift"] = lift
    return extras


def _direction(tags: Tags) -> str | None:
    """Return which way an area of stairs runs: only ``incline`` tells, it has no direction."""
    moving = tags.get("conveying") in {"forward", "yes"} or tags.get("oneway") in {"yes", "foot"}
    incline = tags.get("incline")
    return incline if moving and incline in {"up", "down"} else None


def _lift(tags: Tags) -> dict[str, float]:
    """Return the size of a lift's car and door, as far as tagged."""
    keys = {
        "car_width_m": ("elevator:width", "width"),
        "car_depth_m": ("elevator:length", "length", "depth"),
        "door_width_m": ("door:width", "maxwidth"),
    }
    lengths = {
        name: next((m for key in names if (m := parse_length_m(tags.get(key, "")))), None)
        for name, names in keys.items()
    }
    return {name: length for name, length in lengths.items() if length is not None}
