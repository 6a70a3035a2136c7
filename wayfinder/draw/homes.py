"""The rooms of labels, in pixels: what lies inside them, where to try first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import long_axis_deg
from wayfinder.draw.boxes import Box, measure_box
from wayfinder.draw.view import View, Xy

Bounds = tuple[float, float, float, float]

_LATTICE = 5
_WALL_M = 0.1
_STEEPEST = 85.0
_TRIED_AT_ONCE = 8
"""Sizes of a name: more at once, and those that follow the one that fits cost most (ours)."""

_CORNERS = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


@dataclass(frozen=True)
class Room:
    """The shape of a room in pixels; what is made of it is made when asked for, and once.

    Parameters
    ----------
    outline
        Its widest part, less half a wall; may be empty.
    """

    outline: Polygon

    @cached_property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom."""
        return self.outline.bounds

    @cached_property
    def area(self) -> float:
        """In square pixels."""
        return float(self.outline.area)

    @cached_property
    def is_level_box(self) -> bool:
        """Whether it is a rectangle that lies level: what is within its bounds is inside."""
        left, top, right, bottom = self.bounds
        return self.area >= (right - left) * (bottom - top) * (1 - 1e-9) > 0

    @cached_property
    def radius(self) -> float:
        """Of the largest circle inside."""
        if self.outline.is_empty:
            return 0.0
        return float(shapely.maximum_inscribed_circle(self.outline, tolerance=1.0).length)

    @cached_property
    def axis(self) -> float | None:
        """Angle in degrees clockwise of a text along it, or None where it is read level anyway."""
        return None if self.outline.is_empty else _find_reading_angle(self.outline)

    def contains(self, polygon: Polygon) -> bool:
        """Tell whether a polygon lies inside."""
        return bool(self._prepared.contains(polygon))

    def contain_boxes(
        self, spots: NDArray[np.float64], sizes: NDArray[np.float64], angle: float
    ) -> NDArray[np.bool_]:
        """Tell which boxes lie inside.

        Parameters
        ----------
        spots
            Their middles, shape (n, 2).
        sizes
            Their widths and heights, shape (k, 2).
        angle
            Degrees clockwise by which they are turned.

        Returns
        -------
        NDArray
            For each size at each spot, shape (k, n).
        """
        reach = np.array([measure_box(width, height, angle) for width, height in sizes.tolist()])
        left, top, right, bottom = self.bounds
        low, high = spots - (left, top), (right, bottom) - spots
        # how far the nearest side is, across and down
        room = np.minimum(low, high)
        within = reach[:, None, :] <= room[None, :, :]
        inside: NDArray[np.bool_] = within[:, :, 0] & within[:, :, 1]
        if (self.is_level_box and not angle) or not inside.any():
            return inside
        size, spot = np.nonzero(inside)
        c, s = cos(radians(angle)), sin(radians(angle))
        corners = sizes[size][:, None, :] / 2 * _CORNERS @ np.array([[c, s], [-s, c]])
        boxes = shapely.polygons(spots[spot][:, None, :] + corners)
        inside[inside] = shapely.contains(self._prepared, boxes)
        return inside

    @cached_property
    def _prepared(self) -> Polygon:
        shapely.prepare(self.outline)
        return self.outline


@dataclass(frozen=True)
class Home:
    """A room in a picture.

    Parameters
    ----------
    room
        Its shape.
    shift_px
        Where the origin of its shape falls in the picture.
    """

    room: Room
    shift_px: Xy = (0.0, 0.0)

    @cached_property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom."""
        left, top, right, bottom = self.room.bounds
        x, y = self.shift_px
        return left + x, top + y, right + x, bottom + y

    @property
    def angles(self) -> tuple[float, ...]:
        """Angles at which a text may be read."""
        return (0.0,) if self.room.axis is None else (0.0, self.room.axis)

    def may_hold(self, width: float, height: float) -> bool:
        """Tell quickly whether a box of a size could fit at all."""
        room = self.room
        return width * height <= room.area and min(width, height) / 2 <= room.radius

    def holds(self, box: Box) -> bool:
        """Tell whether a box lies inside."""
        if not box.inside(self.bounds):
            return False
        if self.room.is_level_box and not box.angle:
            return True
        x, y = self.shift_px
        return self.room.contains(box.moved(-x, -y).polygon)

    def list_boxes(
        self, middle: Xy, sizes: NDArray[np.float64], angle: float
    ) -> Iterator[tuple[int, Box]]:
        """Yield where boxes may stand inside: the first size first, about a middle, then outward.

        Parameters
        ----------
        middle
            Where they stand best.
        sizes
            Their widths and heights, shape (k, 2).
        angle
            Degrees clockwise by which they are turned.

        Yields
        ------
        tuple
            Index of the size, and the box.
        """
        fitting = self._list_fitting(sizes, angle)
        spots = self._list_spots(middle)
        for first in range(0, len(fitting), _TRIED_AT_ONCE):
            tried = fitting[first : first + _TRIED_AT_ONCE]
            inside = self.room.contain_boxes(spots - self.shift_px, sizes[tried], angle)
            for number, spot in np.argwhere(inside).tolist():
                width, height = sizes[tried[number]].tolist()
                x, y = spots[spot].tolist()
                yield tried[number], Box(x, y, width, height, angle)

    def _list_fitting(self, sizes: NDArray[np.float64], angle: float) -> list[int]:
        """Tell quickly which of some boxes could fit at all when turned so."""
        room = self.room
        fitting = sizes[:, 0] * sizes[:, 1] <= room.area
        if not angle:
            left, top, right, bottom = room.bounds
            fitting &= (sizes <= (right - left, bottom - top)).all(axis=1)
        if fitting.any():
            fitting &= sizes.min(axis=1) <= 2 * room.radius
        found: list[int] = np.flatnonzero(fitting).tolist()
        return found

    def _list_spots(self, middle: Xy) -> NDArray[np.float64]:
        """Return the middle and the points of the lattice by their distance, shape (n, 2)."""
        found = self._spots.get(middle)
        if found is None:
            left, top, right, bottom = self.bounds
            steps = (np.arange(_LATTICE) + 0.5) / _LATTICE
            x, y = left + steps * (right - left), top + steps * (bottom - top)
            lattice = np.stack([np.repeat(x, _LATTICE), np.tile(y, _LATTICE)], axis=1)
            order = np.argsort(((lattice - middle) ** 2).sum(axis=1), kind="stable")
            found = self._spots[middle] = np.vstack([middle, lattice[order]])
        return found

    @cached_property
    def _spots(self) -> dict[Xy, NDArray[np.float64]]:
        return {}


def make_home(
    outline: Polygon | MultiPolygon, view: View, furniture: BaseGeometry | None = None
) -> Home:
    """Make the room of a label from an outline in metres, less the furniture in it."""
    clear = view.shape(clear_room(outline, furniture))
    return Home(make_room(clear, view.frame, view.px_per_m))


def clear_room(
    outline: Polygon | MultiPolygon, furniture: BaseGeometry | None = None
) -> BaseGeometry:
    """Return what of a room is free for a label, in metres: no furniture, no walls."""
    clear: BaseGeometry = outline
    if furniture is not None and furniture.intersects(outline):
        clear = outline.difference(furniture)
    return shapely.make_valid(clear).buffer(-_WALL_M)


def make_room(clear: BaseGeometry, frame: Bounds, px_per_m: float) -> Room:
    """Make a room of what of it is free and within a frame, both in pixels."""
    left, top, right, bottom = frame
    # what is left of a room at the frame's edge ends as far from that as from a wall
    margin = _WALL_M * px_per_m
    west, north, east, south = clear.bounds
    inside = west >= left + margin and north >= top + margin
    inside = inside and east <= right - margin and south <= bottom - margin
    if not inside:
        clear = shapely.clip_by_rect(
            clear, left + margin, top + margin, right - margin, bottom - margin
        )
        clear = clear if clear.is_valid else shapely.make_valid(clear)
    parts = [p for p in shapely.get_parts(clear) if isinstance(p, Polygon) and not p.is_empty]
    return Room(max(parts, key=lambda part: part.area, default=Polygon()))


def _find_reading_angle(outline: Polygon) -> float | None:
    """Return the angle of a text along a long shape, or None where it is read level anyway."""
    box = shapely.minimum_rotated_rectangle(outline)
    if not isinstance(box, Polygon) or box.area <= 0:
        return None
    corners = shapely.get_coordinates(box.exterior)
    one, two = (float(shapely.distance(Point(corners[i]), Point(corners[i + 1]))) for i in (0, 1))
    if max(one, two) < 1.4 * min(one, two):
        return None
    # In pixels y grows downward: mirrored, it is a compass direction again.
    angle = long_axis_deg(shapely.transform(outline, lambda points: points * (1, -1))) - 90
    angle = angle - 180 if angle > _STEEPEST else angle
    return None if abs(angle) < 6 else round(angle, 1)
