"""Where badges of marks stand: in what they mark, beside its name, and apart from each other."""

from collections.abc import Iterator, Sequence
from math import hypot

import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

_APART_PX = 22.0
_GAP_PX = 1.5
"""Between a badge and a name (ours)."""


class Badges:
    """Finds places for the badges of one picture.

    Parameters
    ----------
    names
        What is to be read, as shapes in pixels: badges keep off it where they can.
    frame
        What is seen of the picture, in pixels.
    radius_px
        Of a badge.
    """

    def __init__(
        self, names: Sequence[BaseGeometry], frame: BaseGeometry, *, radius_px: float
    ) -> None:
        self._names = names
        self._tree = STRtree(list(names))
        self._frame = frame
        self._radius_px = radius_px
        self._taken: list[Point] = []

    def place(self, seen: BaseGeometry) -> Point | None:
        """Return where a badge goes; None where another one stands too near to tell them apart.

        Parameters
        ----------
        seen
            What is marked, in pixels; a badge of a point is at the point.
        """
        inside = seen.intersection(self._frame)
        shape = seen if inside.is_empty else inside
        free = [at for at in self._list_places(shape) if not self._is_near_another(at)]
        if not free:
            return None
        # the first that hides no name, or the one that hides least
        at = min(free, key=self._measure_hidden)
        self._taken.append(at)
        return at

    def _is_near_another(self, at: Point) -> bool:
        return any(hypot(at.x - one.x, at.y - one.y) <= _APART_PX for one in self._taken)

    def _list_places(self, shape: BaseGeometry) -> Iterator[Point]:
        """Yield the middle of a shape, then what lies towards its corners, far from walls."""
        yield shape.representative_point()
        if shape.area:
            inner = shape.buffer(-self._radius_px - _GAP_PX)
            home = shape if inner.is_empty else inner
            west, north, east, south = home.bounds
            x, y = (west + east) / 2, (north + south) / 2
            corners = [(west, north), (east, north), (west, south), (east, south)]
            for corner in [*corners, (x, north), (x, south), (west, y), (east, y)]:
                yield nearest_points(home, Point(corner))[0]
        elif shape.length:
            yield from (Point(end) for end in shapely.get_coordinates(shape)[[0, -1]].tolist())

    def _measure_hidden(self, at: Point) -> float:
        """Return what a badge would hide of names, in square pixels."""
        badge = at.buffer(self._radius_px + _GAP_PX)
        near = self._tree.query(badge, "intersects").tolist()
        return round(float(sum(self._names[n].intersection(badge).area for n in near)), 3)
