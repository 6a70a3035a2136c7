"""Geometries while they are edited: raw positions in degrees, shapes in metres, and what is sound.

Positions that an edit does not touch are written back as they were read; what is new is rounded
to a tenth of a millimetre.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor, hypot
from typing import Any

import shapely
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.errors import EditError
from wayfinder.model import Feature, Frame
from wayfinder.model.shapes import is_tangled

SAME_M = 0.01
"""Vertices this near are one: clients round to centimetres."""

LEAST_AREA_M2 = 0.05
"""A smaller area is a slip of the hand; the smallest shaft is larger (ours)."""

MOST_VERTICES = 5_000
"""Of an outline that is drawn at once: the corridor of a real plan has 333."""

FAR_M = 20_000.0
"""Nothing of one site lies farther from the origin of its frame."""

_DIGITS = 9
"""Of a degree: 0.1 mm."""

Metres = tuple[float, float]
Known = Mapping[Metres, Sequence[float]]
"""Position as it was read, by its place in metres."""


def round_position(lon: float, lat: float) -> list[float]:
    """Return a position as it is written."""
    return [round(lon, _DIGITS), round(lat, _DIGITS)]


def list_positions(coordinates: object) -> Iterator[Sequence[float]]:
    """Yield the positions of GeoJSON coordinates."""
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from list_positions(part)


def map_positions(
    coordinates: Any,  # noqa: ANN401 - however deep
    change: Callable[[Sequence[float]], Sequence[float]],
) -> Any:  # noqa: ANN401 - as deep
    """Return GeoJSON coordinates with each position changed."""
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return coordinates
    if isinstance(coordinates[0], int | float):
        return list(change(coordinates))
    return [map_positions(part, change) for part in coordinates]


def move_positions(
    geometry: Mapping[str, Any], change: Callable[[Sequence[float]], Sequence[float]]
) -> dict[str, Any]:
    """Return a GeoJSON geometry with each position changed."""
    return {**geometry, "coordinates": map_positions(geometry.get("coordinates"), change)}


def know_positions(frame: Frame, features: Iterable[Feature]) -> dict[Metres, Sequence[float]]:
    """Return the positions of features by their places in metres."""
    known: dict[Metres, Sequence[float]] = {}
    for feature in features:
        if feature.geometry is not None:
            for position in list_positions(feature.geometry.get("coordinates")):
                known.setdefault(frame.to_metres(position[0], position[1]), position)
    return known


def write_area(frame: Frame, shape: Polygon | MultiPolygon, known: Known) -> dict[str, Any]:
    """Return an area in metres as GeoJSON in degrees.

    Outer rings run counterclockwise (RFC 7946) and start at their lowest vertex, so that one area
    has one form; vertices that are known are written as they were read.
    """
    parts = shape.geoms if isinstance(shape, MultiPolygon) else (shape,)
    polygons = sorted(_write_rings(frame, part, known) for part in parts)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _write_rings(frame: Frame, polygon: Polygon, known: Known) -> list[list[list[float]]]:
    shell = _write_ring(frame, polygon.exterior, known, counterclockwise=True)
    holes = sorted(
        _write_ring(frame, ring, known, counterclockwise=False) for ring in polygon.interiors
    )
    return [shell, *holes]


def _write_ring(
    frame: Frame, ring: LinearRing, known: Known, *, counterclockwise: bool
) -> list[list[float]]:
    points = list(ring.coords)[:-1]
    if ring.is_ccw is not counterclockwise:
        points.reverse()
    written: list[list[float]] = []
    for x, y, *_ in points:
        read = known.get((x, y))
        here = round_position(*frame.to_degrees(x, y)) if read is None else list(read)
        if not written or here[:2] != written[-1][:2]:
            written.append(here)
    while len(written) > 1 and written[0][:2] == written[-1][:2]:
        written.pop()
    first = written.index(min(written))
    turned = written[first:] + written[:first]
    return [*turned, turned[0]]


def write_point(position: Sequence[float]) -> dict[str, Any]:
    """Return a position as a GeoJSON point."""
    return {"type": "Point", "coordinates": round_position(position[0], position[1])}


def write_line(positions: Iterable[Sequence[float]]) -> dict[str, Any]:
    """Return positions as a GeoJSON line."""
    return {
        "type": "LineString",
        "coordinates": [round_position(position[0], position[1]) for position in positions],
    }


def read_area(frame: Frame, rings: Sequence[Sequence[Sequence[float]]]) -> Polygon:
    """Return the polygon in metres of rings in degrees, as somebody drew them.

    Vertices that a ring repeats are left out.

    Raises
    ------
    EditError
        It crosses itself, has no area, or lies far away.
    """
    count = sum(map(len, rings))
    if count > MOST_VERTICES:
        raise EditError("too-many-vertices", {"count": count, "limit": MOST_VERTICES})
    shell, *holes = ([frame.to_metres(*position) for position in ring] for ring in rings)
    for ring in (shell, *holes):
        if len(set(ring)) < 3:
            raise EditError("area-too-small", {"area_m2": 0.0, "least_m2": LEAST_AREA_M2})
    polygon = shapely.remove_repeated_points(Polygon(shell, holes), SAME_M / 10)
    check_area(polygon, None)
    return polygon


def check_area(shape: BaseGeometry, feature_id: str | None) -> None:
    """Refuse an area that is no area: empty, too small, crossing itself, far away.

    Raises
    ------
    EditError
        It is one of these.
    """
    if shape.is_empty or not isinstance(shape, Polygon | MultiPolygon):
        raise EditError("area-too-small", {"area_m2": 0.0, "least_m2": LEAST_AREA_M2}, feature_id)
    check_near(shape, feature_id)
    if is_tangled(shape) or not shape.is_valid:
        raise EditError("area-crosses-itself", {}, feature_id)
    if shape.area < LEAST_AREA_M2:
        values = {"area_m2": round(shape.area, 3), "least_m2": LEAST_AREA_M2}
        raise EditError("area-too-small", values, feature_id)


def is_near(point: Metres) -> bool:
    """Tell whether a point lies where something of the site may."""
    return max(map(abs, point)) <= FAR_M


def check_near(shape: BaseGeometry, feature_id: str | None) -> None:
    """Refuse what lies so far from the venue that it is a slip; raises EditError."""
    if max(map(abs, shape.bounds)) > FAR_M:
        raise EditError("far-away", {"limit_km": round(FAR_M / 1_000)}, feature_id)


class Nearby:
    """Points that are asked for by place.

    Parameters
    ----------
    points
        In metres.
    reach_m
        How far off a place a point may lie to be found there.
    """

    def __init__(self, points: Iterable[Metres], reach_m: float) -> None:
        self._reach_m = reach_m
        self._cells: dict[tuple[int, int], list[tuple[int, Metres]]] = {}
        for number, point in enumerate(points):
            self._cells.setdefault(self._locate(point), []).append((number, point))

    def _locate(self, point: Metres) -> tuple[int, int]:
        return floor(point[0] / self._reach_m), floor(point[1] / self._reach_m)

    def find(self, place: Metres) -> int | None:
        """Return the number of the nearest point within reach, or None."""
        column, row = self._locate(place)
        found = [
            (measure(point, place), number)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for number, point in self._cells.get((column + dx, row + dy), ())
        ]
        best = min(found, default=None)
        return None if best is None or best[0] > self._reach_m else best[1]


def list_edges(shape: BaseGeometry | None) -> Iterator[tuple[Metres, Metres]]:
    """Yield the edges of an area or line, in its order."""
    if shape is None or shape.is_empty:
        return
    lines = shape.boundary if isinstance(shape, Polygon | MultiPolygon) else shape
    for part in shapely.get_parts(lines):
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(part).tolist()]
        for start, end in pairwise(points):
            if start != end:
                yield start, end


def measure(start: Metres, end: Metres) -> float:
    """Return the distance of two points."""
    return hypot(end[0] - start[0], end[1] - start[1])


def project(point: Metres, start: Metres, end: Metres) -> float:
    """Return where along an edge a point lies nearest, from 0 at its start to 1 at its end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    squared = dx * dx + dy * dy
    if not squared:
        return 0.0
    return min(1.0, max(0.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / squared))


def interpolate(start: Metres, end: Metres, share: float) -> Metres:
    """Return the point at a share of an edge."""
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def as_valid(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return a shape fit for being cut and joined: repaired where it crosses itself."""
    if shape is None or shape.is_empty:
        return None
    return shape if shape.is_valid else shapely.make_valid(shape)
