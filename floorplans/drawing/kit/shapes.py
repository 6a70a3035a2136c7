"""Shapes in metres: boxes and what is made of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from floorplans.drawing.kit.errors import DrawingError

Xy: TypeAlias = tuple[float, float]


class Box(NamedTuple):
    """A rectangle along the axes: its south-west and its north-east corner in metres."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width_m(self) -> float:
        """Length from west to east."""
        return self.x1 - self.x0

    @property
    def depth_m(self) -> float:
        """Length from south to north."""
        return self.y1 - self.y0

    @property
    def middle(self) -> Xy:
        """Its middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def inset(self, metres: float) -> "Box":
        """Return the box that is so much smaller on every side."""
        return Box(self.x0 + metres, self.y0 + metres, self.x1 - metres, self.y1 - metres)


Shape: TypeAlias = Box | Polygon | Sequence["Box"] | Sequence[Xy]
"""A box, a polygon, boxes that are one together, or the corners of a polygon."""


def as_polygon(shape: Shape | BaseGeometry, what: str = "it") -> Polygon:
    """Return a shape as one polygon.

    Raises
    ------
    DrawingError
        The boxes do not hang together, or the shape has no area; ``what`` names it.
    """
    if isinstance(shape, BaseGeometry):
        polygon = shape
    elif isinstance(shape, Box):
        polygon = shapely.box(*shape)
    elif all(isinstance(part, Box) for part in shape):
        polygon = shapely.union_all([shapely.box(*part) for part in shape])
    else:
        polygon = Polygon(shape)
    polygon = tidy(polygon)
    if not isinstance(polygon, Polygon) or polygon.is_empty or not polygon.is_valid:
        raise DrawingError([f"{what} is not one piece: {polygon.wkt[:200]}"])
    return polygon


def tidy(shape: BaseGeometry) -> BaseGeometry:
    """Round to millimetres and leave out corners that are none."""
    rounded = shapely.set_precision(shape, 0.001)
    return shapely.normalize(rounded.simplify(0.0005))


def subtract(shape: BaseGeometry, others: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return what others leave of a shape, without slivers."""
    rest = tidy(shape.difference(shapely.union_all(list(others))))
    parts = [part for part in shapely.get_parts(rest) if part.area > 0.01]
    return parts[0] if len(parts) == 1 else MultiPolygon([p for p in parts if p.area > 0.01])


def find_middle(shape: Polygon) -> Xy:
    """Return a spot in a shape: its centroid where well inside, else its widest place."""
    centroid = shape.centroid
    if shape.contains(centroid.buffer(0.4)):
        return round(centroid.x, 3), round(centroid.y, 3)
    spot = shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=0.1), 0)
    return round(float(spot.x), 3), round(float(spot.y), 3)


def find_narrowest_m(shape: Polygon) -> float:
    """Return the width of a shape at its narrowest place, to a decimetre, at most 20 m.

    It is the widest disc that can be rolled through all of the shape.
    """
    low, high = 0, 200
    while low < high:
        middle = (low + high + 1) // 2
        rest = shape.buffer(-middle / 20 + 0.001, join_style="mitre")
        reaches = len(shapely.get_parts(rest)) == 1 and rest.buffer(
            middle / 20 + 0.01, join_style="mitre"
        ).covers(shape)
        low, high = (middle, high) if reaches else (low, middle - 1)
    return low / 10
