"""Shapely shapes as short SVG path data, in tenths of a pixel."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

UNITS = 10
"""Path units a pixel; what holds paths is scaled down by it."""

_TOLERANCE_PX = 0.15


def polygon_path(shapes: Iterable[BaseGeometry]) -> str:
    """Write polygons in pixels as one path: outer rings one way round, holes the other."""
    rings: list[str] = []
    for shape in shapes:
        simple = shapely.simplify(shape, _TOLERANCE_PX)
        for part in shapely.get_parts(shapely.orient_polygons(simple)):
            if isinstance(part, Polygon) and not part.is_empty:
                rings += [_write(ring, closed=True) for ring in (part.exterior, *part.interiors)]
    return "".join(rings)


def line_path(shapes: Iterable[BaseGeometry]) -> str:
    """Write lines in pixels as one path."""
    lines: list[str] = []
    for shape in shapes:
        for part in shapely.get_parts(shapely.simplify(shape, _TOLERANCE_PX)):
            if isinstance(part, LineString) and not part.is_empty:
                lines.append(_write(part, closed=False))  # noqa: PERF401 - reads better
    return "".join(lines)


def points_path(
    points: Sequence[tuple[float, float]] | NDArray[np.float64], *, closed: bool = False
) -> str:
    """Write points in pixels as one path."""
    return _write_points(np.asarray(points), closed=closed)


def _write(ring: BaseGeometry, *, closed: bool) -> str:
    return _write_points(shapely.get_coordinates(ring), closed=closed)


def _write_points(points: NDArray[np.float64], *, closed: bool) -> str:
    units = np.rint(points * UNITS).astype(int)
    x, y = (int(value) for value in units[0])
    steps = [(int(dx), int(dy)) for dx, dy in np.diff(units, axis=0) if dx or dy]
    if closed:
        steps = steps[:-1]
    if not steps:
        return ""
    return f"M{_pair(x, y)}" + "".join(_runs(steps)) + ("z" if closed else "")


def _runs(steps: list[tuple[int, int]]) -> Iterable[str]:
    """Write steps as short as they go: h and v where straight, the letter l once a run."""
    letter = ""
    for dx, dy in steps:
        if not dy:
            letter = "h"
            yield f"h{dx}"
        elif not dx:
            letter = "v"
            yield f"v{dy}"
        elif letter == "l":
            yield ("" if dx < 0 else " ") + _pair(dx, dy)
        else:
            letter = "l"
            yield "l" + _pair(dx, dy)


def _pair(x: int, y: int) -> str:
    return f"{x}{'' if y < 0 else ' '}{y}"


def number(value: float) -> str:
    """Write a number with at most one decimal, without a useless zero."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
