"""GeoJSON geometries as Shapely sees them, in bounded time.

A polygon may be invalid and still be used, repaired. But a ring of a few thousand chords across
each other has millions of crossings, and repairing it takes hours: such a drawing is no shape.
"""

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
    except (ShapelyError, LookupError, TypeError, ValueError, AttributeError):
        return None
    # A null among the coordinates becomes NaN without a word.
    return made if np.isfinite(shapely.get_coordinates(made)).all() else None


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
