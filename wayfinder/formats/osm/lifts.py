"""Lifts drawn as a single node get a car of their own, so that they can be boarded."""

from collections.abc import Iterator

import shapely
from shapely.geometry import Point, Polygon

from wayfinder.formats.osm.categories import AreaKind
from wayfinder.formats.osm.elements import Node
from wayfinder.formats.osm.levels import LevelValue
from wayfinder.formats.osm.survey import AreaElement, Survey

CAR_M = 1.4
"""Side of the square drawn for a lift that is a node (ours); the car's size stays unknown."""


def collect_lifts(survey: Survey) -> None:
    """Add an area for every lift that is a node, unless a lift's area is drawn around it."""
    drawn = [area for area in survey.areas if area.kind.category == "elevator"]
    survey.areas += [
        lift for node in survey.data.tagged_nodes() for lift in _lifts(survey, node, drawn)
    ]


def _lifts(survey: Survey, node: Node, drawn: list[AreaElement]) -> Iterator[AreaElement]:
    if node.tags.get("highway") != "elevator":
        return
    x, y = survey.frame.to_metres(node.lon, node.lat)
    if any(area.outline_m.distance(Point(x, y)) < 0.3 for area in drawn):
        return
    place = survey.place_of(node)
    values = survey.read_levels(node.ref, node.tags, place)
    met = survey.line_levels(node.id)
    if values is None and "level" not in node.tags and len(met) > 1:
        values = (LevelValue(tuple(sorted(met))),)
    if values is None:
        if "level" not in node.tags:
            survey.report("osm-level-missing", [node.ref], place)
        return
    square = _square(x, y, CAR_M / 2)
    levels = sorted({level for value in values for level in value.list_levels()})
    outline = Polygon(shapely.get_coordinates(survey.frame.geometry_degrees(square)))
    kind = AreaKind("elevator")
    yield AreaElement(node.ref, node.tags, kind, outline, square, values, tuple(levels))


def _square(x: float, y: float, half: float) -> Polygon:
    return Polygon(
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    )
