"""Boxes of labels and what they must not touch."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import cos, floor, radians, sin

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

_CELL_PX = 64.0


@dataclass(frozen=True)
class Box:
    """A rectangle about its middle.

    Parameters
    ----------
    x, y
        Its middle in pixels.
    width, height
        In pixels.
    angle
        Degrees clockwise by which it is turned.
    """

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        dx, dy = measure_box(self.width, self.height, self.angle)
        return self.x - dx, self.y - dy, self.x + dx, self.y + dy

    @cached_property
    def polygon(self) -> Polygon:
        """The rectangle as a Shapely polygon."""
        if not self.angle:
            return shapely.box(*self.bounds)
        c, s = cos(radians(self.angle)), sin(radians(self.angle))
        w, h = self.width / 2, self.height / 2
        corners = ((-w, -h), (w, -h), (w, h), (-w, h))
        return Polygon([(self.x + a * c - b * s, self.y + a * s + b * c) for a, b in corners])

    def moved(self, x: float, y: float) -> "Box":
        """Return it elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height, self.angle)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two boxes share more than an edge."""
        one, two = self.bounds, other.bounds
        if one[0] >= two[2] or two[0] >= one[2] or one[1] >= two[3] or two[1] >= one[3]:
            return False
        if not self.angle and not other.angle:
            return True
        return bool(self.polygon.intersection(other.polygon).area > 1e-6)

    def inside(self, frame: tuple[float, float, float, float]) -> bool:
        """Tell whether it lies within left, top, right, bottom."""
        left, top, right, bottom = self.bounds
        return left >= frame[0] and top >= frame[1] and right <= frame[2] and bottom <= frame[3]


def measure_box(width: float, height: float, angle: float) -> tuple[float, float]:
    """Return how far a turned box reaches from its middle, across and down."""
    if not angle:
        return width / 2, height / 2
    c, s = abs(cos(radians(angle))), abs(sin(radians(angle)))
    return (width * c + height * s) / 2, (width * s + height * c) / 2


class Occupied:
    """The places that are taken in a picture.

    Parameters
    ----------
    frame
        Left, top, right, bottom that all boxes must stay inside.
    blocks
        Shapes in pixels that boxes must not touch, unless asked to ignore them.
    """

    def __init__(
        self, frame: tuple[float, float, float, float], blocks: BaseGeometry | None = None
    ) -> None:
        self._frame = frame
        self._blocks = blocks if blocks is not None and not blocks.is_empty else None
        if self._blocks is not None:
            shapely.prepare(self._blocks)
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        """Take a place."""
        for cell in self._cells_of(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box, *, ignore_blocks: bool = False) -> bool:
        """Tell whether a box lies in the frame and touches nothing that is taken."""
        if not box.inside(self._frame):
            return False
        for cell in self._cells_of(box):
            for other in self._cells.get(cell, ()):
                if box.overlaps(other):
                    return False
        return ignore_blocks or self._blocks is None or not self._blocks.intersects(box.polygon)

    @staticmethod
    def _cells_of(box: Box) -> list[tuple[int, int]]:
        left, top, right, bottom = box.bounds
        across = range(floor(left / _CELL_PX), floor(right / _CELL_PX) + 1)
        down = range(floor(top / _CELL_PX), floor(bottom / _CELL_PX) + 1)
        return [(i, j) for i in across for j in down]
