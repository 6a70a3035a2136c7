"""Areas of any geometry, one by one or many at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Line = tuple[Point, ...]
Array = NDArray[Any]

TOLERANCE_M = 1e-3


def polygons_of(geometry: BaseGeometry | None) -> list[Polygon]:
    """List the polygons of any geometry, mended where it is invalid, without slivers."""
    if geometry is None or geometry.is_empty:
        return []
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if isinstance(geometry, Polygon):  # nearly always
        return [geometry] if geometry.area > TOLERANCE_M else []
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, Polygon) and part.area > TOLERANCE_M]


def as_area(geometry: BaseGeometry | None) -> Polygon | MultiPolygon:
    """Return the area of any geometry, empty where it has none."""
    parts = polygons_of(geometry)
    if len(parts) == 1:
        return parts[0]
    merged = shapely.union_all(parts)
    return merged if isinstance(merged, Polygon | MultiPolygon) else Polygon()


def as_areas(geometries: Sequence[BaseGeometry | None]) -> list[Polygon | MultiPolygon]:
    """Return the areas of many geometries, as `as_area` does of each."""
    return [
        geometry if sound and isinstance(geometry, Polygon) else as_area(geometry)
        for geometry, sound in zip(geometries, are_sound(geometries).tolist(), strict=True)
    ]


def are_sound(geometries: Sequence[BaseGeometry | None]) -> Array:
    """Tell which geometries, shape (n,), are one valid polygon each, and no sliver."""
    every = as_objects(geometries)
    return np.asarray(
        (shapely.get_type_id(every) == shapely.GeometryType.POLYGON)
        & (shapely.area(every) > TOLERANCE_M)
        & shapely.is_valid(every)
    )


def as_objects(geometries: Sequence[BaseGeometry | None]) -> Array:
    """Return geometries as an array of objects, shape (n,)."""
    every = np.empty(len(geometries), dtype=object)
    every[:] = geometries
    return every
