"""From metres of the plan to pixels of the picture: turned, scaled, moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

Xy = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A similarity: compass direction `up_deg` points up, one metre is `px_per_m` pixels.

    Parameters
    ----------
    up_deg
        Compass direction at the top of the picture.
    px_per_m
        Scale.
    shift_px
        Where the origin of the plan's frame falls.
    frame
        Left, top, right, bottom in pixels of the part of the picture that shows the map.
    """

    up_deg: float
    px_per_m: float
    shift_px: Xy
    frame: Box

    def transform(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn metres (n, 2) into pixels (n, 2), y downward."""
        return points @ turn(self.up_deg, self.px_per_m) + self.shift_px

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """Turn a geometry in metres into one in pixels."""
        return shapely.transform(shape, self.transform)

    def point(self, point: Xy) -> Xy:
        """Turn a point in metres into pixels."""
        x, y = self.transform(np.array([point]))[0]
        return float(x), float(y)

    def angle(self, bearing_deg: float) -> float:
        """Turn a compass direction into degrees clockwise from the x axis, within ±180."""
        return (bearing_deg - self.up_deg + 90) % 360 - 180


def turn(up_deg: float, px_per_m: float) -> NDArray[np.float64]:
    """Return the matrix that turns row vectors in metres into pixels, y downward."""
    c, s = cos(radians(up_deg)) * px_per_m, sin(radians(up_deg)) * px_per_m
    return np.array([[c, -s], [-s, -c]])


def measure_turned(shapes: Iterable[BaseGeometry], up_deg: float) -> Box:
    """Return left, top, right, bottom in metres of shapes seen with a compass direction up."""
    points = shapely.get_coordinates(list(shapes)) @ turn(up_deg, 1.0)
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def make_least(shapes: Iterable[BaseGeometry], side_m: float) -> Polygon:
    """Return a square about the middle of shapes, for a picture that shows no less."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    x, y, half = (west + east) / 2, (south + north) / 2, side_m / 2
    square: Polygon = shapely.box(x - half, y - half, x + half, y + half)
    return square


def fit_view(extent: Box, frame: Box, *, up_deg: float, margin_px: float) -> View:
    """Make the view that shows an extent as large as a frame allows, in its middle.

    Parameters
    ----------
    extent
        What `measure_turned` found for the same `up_deg`.
    frame
        Left, top, right, bottom in pixels.
    up_deg
        Compass direction at the top.
    margin_px
        Left free on all sides of the frame.
    """
    left, top, right, bottom = extent
    width_m, height_m = max(right - left, 1e-6), max(bottom - top, 1e-6)
    room = (frame[2] - frame[0] - 2 * margin_px, frame[3] - frame[1] - 2 * margin_px)
    scale = min(room[0] / width_m, room[1] / height_m)
    shift = (
        (frame[0] + frame[2]) / 2 - scale * (left + right) / 2,
        (frame[1] + frame[3]) / 2 - scale * (top + bottom) / 2,
    )
    return View(up_deg, scale, shift, frame)
