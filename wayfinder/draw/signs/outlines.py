"""Outlines in the plane: lines and curves as arrays, made from rectangles, shapes, letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import shapely
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Xy = tuple[float, float]
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
"""``a b c d e f`` as in SVG: x' = a x + c y + e, y' = b x + d y + f."""

POINTS_OF = {"M": 1, "L": 1, "C": 3, "Z": 0}
"""Command of an outline to the number of points it takes."""

_KAPPA = 0.5522847498
"""Where the handles of a cubic curve lie that looks like a quarter of a circle."""


@dataclass(frozen=True, eq=False)
class Outline:
    """Lines and curves.

    Parameters
    ----------
    commands
        ``M`` move, ``L`` line, ``C`` cubic curve, ``Z`` close, one letter each.
    points
        What they take in turn, shape (n, 2).
    """

    commands: str
    points: NDArray[np.float64]

    @cached_property
    def bounds(self) -> Box:
        """Left, top, right, bottom of its points and handles; infinite where it is empty."""
        if not len(self.points):
            return (np.inf, np.inf, -np.inf, -np.inf)
        (left, top), (right, bottom) = self.points.min(axis=0), self.points.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def scaled(self, x: float, y: float) -> "Outline":
        """Return it stretched about the origin."""
        return Outline(self.commands, self.points * (x, y))

    def moved(self, x: float, y: float) -> "Outline":
        """Return it moved."""
        return Outline(self.commands, np.add(self.points, (x, y)))

    def transformed(self, matrix: Matrix) -> "Outline":
        """Return it under a matrix."""
        a, b, c, d, e, f = matrix
        return Outline(self.commands, self.points @ np.array([[a, b], [c, d]]) + (e, f))

    def __add__(self, other: "Outline") -> "Outline":
        """Return both as one."""
        return Outline(self.commands + other.commands, np.vstack([self.points, other.points]))


def flatten(outline: Outline, tolerance: float) -> list[tuple[NDArray[np.float64], bool]]:
    """Return an outline's contours as points, curves broken into lines, and whether they close."""
    contours: list[tuple[list[Any], bool]] = []
    at = 0
    for command in outline.commands:
        if command == "M":
            contours.append(([outline.points[at]], False))
        elif command == "L":
            contours[-1][0].append(outline.points[at])
        elif command == "C":
            points = contours[-1][0]
            points.extend(_break_curve(points[-1], outline.points[at : at + 3], tolerance))
        else:
            contours[-1] = (contours[-1][0], True)
        at += POINTS_OF[command]
    return [(np.array(points), closed) for points, closed in contours]


def _break_curve(
    start: NDArray[np.float64], handles: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    p = np.vstack([start, handles])
    # the deviation of a chord is an eighth of the second derivative times the square of the step
    bend = 6 * float(np.abs(p[:-2] - 2 * p[1:-1] + p[2:]).max())
    count = int(np.clip(np.ceil(np.sqrt(bend / (8 * tolerance))), 1, 48))
    t = (np.arange(1, count + 1) / count)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    found: NDArray[np.float64] = weights @ p
    return found


class OutlinePen(BasePen):  # type: ignore[misc]  # fontTools is not typed
    """Gathers what fontTools draws; quadratic curves become cubic ones."""

    def __init__(self, glyphs: Any = None) -> None:  # noqa: ANN401 - fontTools is not typed
        super().__init__(glyphs)
        self._commands: list[str] = []
        self._points: list[Xy] = []

    def _moveTo(self, pt: Xy) -> None:  # noqa: N802 - fontTools calls it so
        self._commands.append("M")
        self._points.append(pt)

    def _lineTo(self, pt: Xy) -> None:  # noqa: N802 - fontTools calls it so
        self._commands.append("L")
        self._points.append(pt)

    def _curveToOne(self, pt1: Xy, pt2: Xy, pt3: Xy) -> None:  # noqa: N802 - fontTools calls it so
        self._commands.append("C")
        self._points += (pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802 - fontTools calls it so
        self._commands.append("Z")

    def finish(self) -> Outline:
        """Return what was drawn."""
        points = np.array(self._points, dtype=np.float64).reshape(-1, 2)
        return Outline("".join(self._commands), points)


@cache
def read_path(data: str) -> Outline:
    """Read SVG path data."""
    pen = OutlinePen()
    parse_path(data, pen)
    return pen.finish()


def rectangle(left: float, top: float, width: float, height: float, radius: float = 0) -> Outline:
    """Make a rectangle, its corners round where a radius is given."""
    right, bottom = left + width, top + height
    if radius <= 0:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return Outline("MLLLZ", np.array(corners))
    r = min(radius, width / 2, height / 2)
    k = r * (1 - _KAPPA)
    points = [
        *((left + r, top), (right - r, top)),
        *((right - k, top), (right, top + k), (right, top + r)),
        (right, bottom - r),
        *((right, bottom - k), (right - k, bottom), (right - r, bottom)),
        (left + r, bottom),
        *((left + k, bottom), (left, bottom - k), (left, bottom - r)),
        (left, top + r),
        *((left, top + k), (left + k, top), (left + r, top)),
    ]
    return Outline("MLCLCLCLCZ", np.array(points))


def circle(x: float, y: float, radius: float) -> Outline:
    """Make a circle."""
    return rectangle(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def polyline(points: Sequence[Xy], *, closed: bool = False) -> Outline:
    """Make a line through points."""
    commands = "M" + "L" * (len(points) - 1) + ("Z" if closed else "")
    return Outline(commands, np.array(points, dtype=np.float64))


def trace(shapes: Iterable[BaseGeometry], tolerance: float = 0.0) -> Outline:
    """Make an outline of polygons and lines, simplified by a tolerance."""
    commands: list[str] = []
    points: list[NDArray[np.float64]] = [np.empty((0, 2))]
    for shape in shapes:
        simple = shapely.simplify(shape, tolerance) if tolerance else shape
        for part in shapely.get_parts(simple):
            rings = (part.exterior, *part.interiors) if isinstance(part, Polygon) else (part,)
            for ring in rings:
                if not isinstance(ring, LineString) or ring.is_empty:
                    continue
                xy = shapely.get_coordinates(ring)
                closed = isinstance(part, Polygon)
                xy = xy[:-1] if closed else xy
                commands.append("M" + "L" * (len(xy) - 1) + ("Z" if closed else ""))
                points.append(xy)
    return Outline("".join(commands), np.vstack(points))
