"""Points and businesses: amenities, occupants with their anchors, lifts drawn as nodes, walls."""

from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import LineString, Point, box

from wayfinder.formats.osm.categories import find_amenity, find_occupant, is_vertical
from wayfinder.formats.osm.doors import is_door
from wayfinder.formats.osm.elements import Node, Tags
from wayfinder.formats.osm.features import (
    accessibility,
    additions,
    as_geojson,
    computed_geojson,
    id_of,
    key_of,
    level_id,
    naming,
    point_geojson,
)
from wayfinder.formats.osm.shapes import middle_of
from wayfinder.formats.osm.survey import GROUND, AreaElement, Survey
from wayfinder.formats.osm.units import unit_id
from wayfinder.formats.osm.values import parse_length_m
from wayfinder.model import Feature, Severity, make_feature

_PILLAR_M = 0.4
"""Side of a pillar whose width is not tagged (ours)."""


class Rooms:
    """Finds the room of a point."""

    def __init__(self, survey: Survey) -> None:
        self.levels = frozenset(survey.list_levels())
        self._areas = survey.areas
        self._tree = shapely.STRtree([area.outline_m for area in survey.areas])

    def find(self, point: Point, level: float) -> AreaElement | None:
        """Return the smallest area on a level that holds a point, or None."""
        found = (
            self._areas[i] for i in self._tree.query(point, predicate="dwithin", distance=0.05)
        )
        here = [area for area in found if level in area.levels]
        return min(here, key=lambda area: (area.outline_m.area, area.ref), default=None)

    def list_around(self, point: Point) -> list[AreaElement]:
        """List the areas of all levels that hold a point."""
        return [self._areas[i] for i in sorted(self._tree.query(point, predicate="intersects"))]


def make_points(survey: Survey) -> Iterator[Feature]:
    """Yield amenities, occupants with their anchors, pillars and walls."""
    rooms = Rooms(survey)
    for area in survey.areas:
        yield from _area_occupants(survey, area)
    for node in survey.data.tagged_nodes():
        yield from _node_features(survey, node, rooms)
    yield from _walls(survey, rooms.levels)


def _area_occupants(survey: Survey, area: AreaElement) -> Iterator[Feature]:
    """Yield the business that a named room is, on each of its levels."""
    category = find_occupant(area.tags)
    if category is None or is_vertical(area.kind.category):
        return
    lon, lat = middle_of(area.outline)
    for level in area.levels:
        key = key_of(area.ref, level)
        yield from _occupant(survey, key, area.ref, area.tags, (lon, lat), unit_id(area, level))


def _occupant(
    survey: Survey, key: str, ref: str, tags: Tags, place: tuple[float, float], unit: str | None
) -> Iterator[Feature]:
    anchor = id_of(key, "anchor")
    yield make_feature(
        anchor, "anchor", point_geojson(*place), {"address_id": None, "unit_id": unit}
    )
    wayfinder = additions("occupant", ref, key, tags, survey.language)
    # The codes stand on the room; two features of one code would make it ambiguous.
    wayfinder.pop("codes", None)
    names = naming(_with_brand(tags), survey.language)
    properties = {
        "category": find_occupant(tags) or "unspecified",
        "name": names["name"],
        "alt_name": names["alt_name"],
        "anchor_id": anchor,
        "hours": tags.get("opening_hours"),
        "phone": tags.get("phone") or tags.get("contact:phone"),
        "website": tags.get("website") or tags.get("contact:website"),
        "validity": None,
        "correlation_id": None,
        "wayfinder": wayfinder,
    }
    yield make_feature(id_of(key, "occupant"), "occupant", None, properties)


def _with_brand(tags: Tags) -> Tags:
    """Name a business after its brand or operator where it says no name."""
    brand = tags.get("brand") or tags.get("operator")
    return tags if "name" in tags or not brand else {**tags, "name": brand}


def _node_features(survey: Survey, node: Node, rooms: Rooms) -> Iterator[Feature]:
    """Yield what a node is besides a door: an amenity, a business, a pillar."""
    tags = node.tags
    amenity, occupant = find_amenity(tags), find_occupant(tags)
    pillar = tags.get("indoor") in {"wall", "pillar", "column"}
    if not (amenity or occupant or pillar) or (is_door(tags) and not occupant):
        return
    point = Point(survey.frame.to_metres(node.lon, node.lat))
    for level in _levels_of(survey, node, point, rooms):
        key = key_of(node.ref, level)
        room = rooms.find(point, level)
        if pillar:
            yield _pillar(survey, node, level)
        elif occupant is not None and room is not None:
            place = (node.lon, node.lat)
            yield from _occupant(survey, key, node.ref, tags, place, unit_id(room, level))
        elif amenity is not None:
            units = [unit_id(room, level)] if room is not None else []
            yield _amenity(survey, node, level, amenity, units)


def _levels_of(survey: Survey, node: Node, point: Point, rooms: Rooms) -> list[float]:
    """Return the levels of a point; one without a level but with a room around it is reported."""
    values = survey.read_levels(node.ref, node.tags, survey.place_of(node))
    around = rooms.list_around(point)
    if values is not None:
        far = survey.single_level and not around
        levels = {level for value in values for level in value.list_levels()}
        return [] if far else sorted(levels & rooms.levels)
    if "level" in node.tags or not around:
        return []
    if all(area.kind.outdoor for area in around):
        return [GROUND]
    place = survey.place_of(node)
    survey.report("osm-level-missing", [node.ref], place, severity=Severity.NOTE)
    return []


def _amenity(survey: Survey, node: Node, level: float, category: str, units: list[str]) -> Feature:
    key = key_of(node.ref, level)
    tags = node.tags
    properties = {
        "category": category,
        "accessibility": accessibility(tags),
        **naming(tags, survey.language),
        "hours": tags.get("opening_hours"),
        "phone": tags.get("phone"),
        "website": tags.get("website"),
        "unit_ids": units,
        "address_id": None,
        "correlation_id": id_of(node.ref, "amenity") if "repeat_on" in tags else None,
        "level_id": level_id(level),
        "wayfinder": additions("amenity", node.ref, key, tags, survey.language),
    }
    return make_feature(
        id_of(key, "amenity"), "amenity", point_geojson(node.lon, node.lat), properties
    )


def _pillar(survey: Survey, node: Node, level: float) -> Feature:
    """Return a pillar as an obstruction of its width."""
    widths = (parse_length_m(node.tags.get(key, "")) for key in ("diameter", "width"))
    half = next((width for width in widths if width), _PILLAR_M) / 2
    x, y = survey.frame.to_metres(node.lon, node.lat)
    shape = survey.frame.geometry_degrees(box(x - half, y - half, x + half, y + half))
    return _fixture(survey, node.ref, node.tags, level, computed_geojson(shape), "obstruction")


def _fixture(
    survey: Survey,
    ref: str,
    tags: Tags,
    level: float,
    geometry: Mapping[str, Any],
    category: str,
) -> Feature:
    key = key_of(ref, level)
    properties = {
        "category": category,
        **naming(tags, survey.language),
        "anchor_id": None,
        "level_id": level_id(level),
        "display_point": None,
        "wayfinder": additions("fixture", ref, key, tags, survey.language),
    }
    return make_feature(id_of(key, "fixture"), "fixture", geometry, properties)


def _walls(survey: Survey, drawn: frozenset[float]) -> Iterator[Feature]:
    """Yield drawn walls as details: no open boundary leads through one."""
    for way in survey.data.ways.values():
        if way.tags.get("indoor") not in {"wall", "window"} or way.tags.get("area") == "yes":
            continue
        points = survey.data.points(way)
        if points is None or len(points) < 2:
            continue
        values = survey.read_levels(way.ref, way.tags, points[0])
        levels = {level for value in values or () for level in value.list_levels()}
        for level in sorted(levels & drawn):
            key = key_of(way.ref, level)
            properties = {
                "level_id": level_id(level),
                "wayfinder": {
                    **additions("detail", way.ref, key, way.tags, survey.language),
                    "wall": True,
                },
            }
            geometry = as_geojson(LineString(points))
            yield make_feature(id_of(key, "detail"), "detail", geometry, properties)
