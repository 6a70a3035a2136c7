"""GeoJSON geometries as Shapely sees them, in bounded time.

A polygon may be invalid and still be used, repaired. But a ring of a few thousand chords across
each other has millions of crossings, and repairing it takes hours: such a drawing is no shape.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wayfinder.model.values import JsonObject

_AREAS = frozenset({"Polygon", "MultiPolygon", "GeometryCollection"})
_HARMLESS_VERTICES = 24
"""Of so few no knot can be made that takes time."""

_MAX_MEETINGS = 12
"""Edges that an edge meets, on average: its two neighbours, and a few where it crosses."""

_FARTHEST = 1e9
"""Metres of any projection, taken for degrees, are less (ours); of much more none can be made."""
_CHUNK = 256


def read_shape(geometry: JsonObject) -> BaseGeometry | None:
    """Make a geometry in degrees, valid or not; None where it is malformed.

    Parameters
    ----------
    geometry
        GeoJSON geometry.
    """
    try:
        with np.errstate(invalid="ignore"):
            made = shape(dict(geometry))
    except (ShapelyError, LookupError, TypeError, ValueError, OverflowError, AttributeError):
        return None
    # A null among the coordinates becomes NaN without a word.
    return made if _are_near(shapely.get_coordinates(made)) else None


def read_shapes(geometries: Sequence[JsonObject]) -> list[BaseGeometry | None]:
    """Make many geometries in degrees, each as `read_shape` does, but those of a kind at once.

    A floor plan has thousands of small ones, of which making takes a moment and calling long.
    """
    made: list[BaseGeometry | None] = [None] * len(geometries)
    rest: list[int] = []
    kinds: dict[str, list[int]] = {}
    for index, geometry in enumerate(geometries):
        kind = geometry.get("type")
        plain = isinstance(kind, str) and kind in _MAKERS and _is_plain(kind, geometry)
        (kinds.setdefault(kind, []) if plain and isinstance(kind, str) else rest).append(index)
    for kind, indices in kinds.items():
        shapes = _MAKERS[kind]([geometries[index]["coordinates"] for index in indices])
        if shapes is None:
            rest += indices
            continue
        for index, one in zip(indices, shapes.tolist(), strict=True):
            made[index] = one
    for index in rest:
        made[index] = read_shape(geometries[index])
    return made


def _is_plain(kind: str, geometry: JsonObject) -> bool:
    """Tell whether a geometry has what its kind must have, each position being of two numbers."""
    places = geometry.get("coordinates")
    if not isinstance(places, list | tuple) or not places:
        return False
    if kind == "Point":
        return len(places) == _DIMENSIONS
    if kind == "LineString":
        return len(places) > 1 and _are_positions(places)
    return all(
        isinstance(ring, list | tuple)
        and len(ring) >= _RING_POSITIONS
        and _are_positions(ring)
        and ring[0] == ring[-1]
        for ring in places
    )


def _are_positions(places: Sequence[Any]) -> bool:
    return all(isinstance(place, list | tuple) and len(place) == _DIMENSIONS for place in places)


def _as_numbers(places: list[Any]) -> NDArray[np.float64] | None:
    """Return positions, shape (n, 2), or None where one of them holds anything but numbers."""
    try:
        found = np.array(places)
    except ValueError:
        return None
    plain = found.dtype.kind in "fi" and found.ndim == _DIMENSIONS and _are_near(found)
    return found.astype(float, copy=False) if plain else None


def _are_near(places: NDArray[Any]) -> bool:
    """Tell whether all are numbers, and such as metres can be made of."""
    return bool(((places >= -_FARTHEST) & (places <= _FARTHEST)).all())


def _make_points(every: list[Any]) -> NDArray[np.object_] | None:
    numbers = _as_numbers(every)
    return None if numbers is None else np.asarray(shapely.points(numbers))


def _make_lines(every: list[Any]) -> NDArray[np.object_] | None:
    numbers = _as_numbers(list(chain.from_iterable(every)))
    if numbers is None:
        return None
    owners = np.repeat(np.arange(len(every)), [len(places) for places in every])
    return np.asarray(shapely.linestrings(numbers, indices=owners))


def _make_polygons(every: list[Any]) -> NDArray[np.object_] | None:
    rings = list(chain.from_iterable(every))
    numbers = _as_numbers(list(chain.from_iterable(rings)))
    if numbers is None:
        return None
    ring_of_point = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    owners = np.repeat(np.arange(len(every)), [len(polygon) for polygon in every])
    made = np.asarray(shapely.linearrings(numbers, indices=ring_of_point))
    return np.asarray(shapely.polygons(made, indices=owners))


_MAKERS = {"Point": _make_points, "LineString": _make_lines, "Polygon": _make_polygons}
_DIMENSIONS = 2
_RING_POSITIONS = 4


def are_tangled(every: Sequence[BaseGeometry]) -> list[bool]:
    """Tell of each of many shapes what `is_tangled` tells."""
    shapes = np.empty(len(every), dtype=object)
    shapes[:] = every
    tangled = [False] * len(every)
    for index in np.flatnonzero(shapely.get_num_coordinates(shapes) > _HARMLESS_VERTICES).tolist():
        tangled[index] = is_tangled(every[index])
    return tangled


def is_tangled(made: BaseGeometry) -> bool:
    """Tell whether an area crosses itself so often that no repair could say what was meant."""
    if made.geom_type not in _AREAS or shapely.get_num_coordinates(made) <= _HARMLESS_VERTICES:
        return False
    return not made.is_valid and _count_meetings(made) > _MAX_MEETINGS


def _count_meetings(made: BaseGeometry) -> float:
    """Return how many edges an edge meets on average, itself not counted.

    Stops counting as soon as it is clear that there are too many.
    """
    edges = _list_edges(made)
    if not len(edges):
        return 0.0
    tree = STRtree(edges)
    meetings = 0
    for start in range(0, len(edges), _CHUNK):
        meetings += tree.query(edges[start : start + _CHUNK], "intersects").shape[1]
        if meetings > (_MAX_MEETINGS + 1) * len(edges):
            break
    return meetings / len(edges) - 1


def _list_edges(made: BaseGeometry) -> NDArray[np.object_]:
    points, rings = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(made)), return_index=True
    )
    ends = np.stack([points[:-1], points[1:]], axis=1)
    same_ring = rings[:-1] == rings[1:]
    long = (ends[:, 0] != ends[:, 1]).any(axis=1)
    edges: NDArray[np.object_] = shapely.linestrings(ends[same_ring & long])
    return edges
