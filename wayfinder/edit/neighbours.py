"""Who is near whom on a level while an action is at work."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry import GeometryCollection, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.changes import Changes
from wayfinder.edit.outlines import as_valid
from wayfinder.model import Feature, Unit

F = TypeVar("F", bound=Feature)


def find_shape_m(changes: Changes, feature: Feature) -> BaseGeometry | None:
    """Return the geometry in metres of a feature as it is now, valid or not, or None."""
    plan = changes.plan
    if plan.features.get(feature.id) is feature:
        return plan.find_geometry_m(feature.id)
    shape = feature.shape
    return None if shape is None else plan.frame.geometry_m(shapely.force_2d(shape))


def find_area_m(changes: Changes, feature: Feature) -> Polygon | MultiPolygon | None:
    """Return the area of a feature in metres, repaired if need be, or None where it has none."""
    shape = as_valid(find_shape_m(changes, feature))
    if isinstance(shape, GeometryCollection):  # what crosses itself may be mended into lines too
        parts = [part for part in shape.geoms if isinstance(part, Polygon | MultiPolygon)]
        shape = shapely.union_all(parts) if parts else None
    return shape if isinstance(shape, Polygon | MultiPolygon) else None


def list_near(
    changes: Changes, level_id: str, kind: type[F], shape: BaseGeometry, distance_m: float
) -> list[tuple[F, BaseGeometry]]:
    """List the features of a kind on a level within a distance of a shape, with their shapes."""
    found = [(one, find_shape_m(changes, one)) for one in changes.list_on(level_id, kind)]
    drawn = [(one, other) for one, other in found if other is not None and not other.is_empty]
    if not drawn:
        return []
    shapes = np.empty(len(drawn), dtype=object)
    shapes[:] = [other for _, other in drawn]
    near = shapely.dwithin(shapes, shape, distance_m)
    return [pair for pair, is_near in zip(drawn, near.tolist(), strict=True) if is_near]


def find_unit_at(
    changes: Changes, level_id: str, point: Point, *, within_m: float = 0.0
) -> Unit | None:
    """Return the smallest unit of a level that a point lies in, else the nearest one, or None.

    Parameters
    ----------
    changes
        The plan as it is now.
    level_id
        The level.
    point
        In metres.
    within_m
        How far outside of a unit the point may lie.
    """
    near = list_near(changes, level_id, Unit, point, within_m + 1e-9)
    ranked: Sequence[tuple[float, float, str, Unit]] = [
        (round(shape.distance(point), 6), shape.area, unit.id, unit) for unit, shape in near
    ]
    best = min(ranked, key=lambda entry: entry[:3], default=None)
    return None if best is None else best[3]
