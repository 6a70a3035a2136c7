"""Outlines of OSM elements: closed ways, and multipolygons with holes."""

from collections.abc import Iterable

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import MAX_FEATURE_VERTICES
from wayfinder.formats.osm.elements import OsmData, Relation, Way

Area = Polygon | MultiPolygon
_MIN_POINTS = 3


def way_area(way: Way, data: OsmData) -> Polygon | None:
    """Return a closed way's area in degrees as it was drawn, or None where nodes are missing."""
    points = data.points(way)
    if points is None or len(set(points)) < _MIN_POINTS:
        return None
    return Polygon(points)


def relation_area(relation: Relation, data: OsmData) -> Area | None:
    """Return a multipolygon's area in degrees, or None where the file lacks a part of it.

    Which ring is a hole follows from how they lie within each other, not from the roles: GEOS'
    BuildArea does the same as OSM's own assemblers for valid multipolygons.
    """
    lines, vertices = [], 0
    for member in relation.members:
        if member.kind != "way" or member.role in {"label", "admin_centre", "outline"}:
            continue
        way = data.ways.get(member.id)
        points = data.points(way) if way is not None else None
        if points is None or len(points) < 2:
            return None
        lines.append(LineString(points))
        vertices += len(points)
        if vertices > MAX_FEATURE_VERTICES:
            raise UnreadableError(
                "osm-way-too-long", data.file, element=relation.ref, limit=MAX_FEATURE_VERTICES
            )
    return _build(lines)


def _build(lines: Iterable[LineString]) -> Area | None:
    merged = shapely.unary_union(list(lines))
    if merged.is_empty:
        return None
    built = shapely.build_area(merged)
    return built if isinstance(built, Polygon | MultiPolygon) and not built.is_empty else None


def middle_of(geometry: BaseGeometry) -> tuple[float, float]:
    """Return longitude and latitude of a point in a geometry."""
    mended = geometry if geometry.is_valid else shapely.make_valid(geometry)
    point = mended.representative_point() if not mended.is_empty else geometry.centroid
    if point.is_empty:
        x, y = shapely.get_coordinates(geometry)[0]
        return float(x), float(y)
    return float(point.x), float(point.y)
