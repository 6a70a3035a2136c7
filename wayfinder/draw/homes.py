"""The rooms of labels, in pixels: what lies inside them, where to try first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import long_axis_deg
from wayfinder.draw.boxes import Box
from wayfinder.draw.view import View, Xy

_LATTICE = 5
_WALL_M = 0.1
_STEEPEST = 85.0


@dataclass(frozen=True)
class Home:
    """A room in pixels.

    Parameters
    ----------
    outline
        Its widest part within the frame, less half a wall; may be empty.
    radius
        Of the largest circle inside.
    axis
        Angle in degrees clockwise of a text along it, or None where it is read level anyway.
    """

    outline: Polygon
    radius: float
    axis: float | None

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.outline.bounds

    @cached_property
    def level_box(self) -> bool:
        """Whether it is a rectangle that lies level: what is within its bounds is inside."""
        left, top, right, bottom = self.bounds
        return self.area >= (right - left) * (bottom - top) * (1 - 1e-9) > 0

    @cached_property
    def area(self) -> float:
        """In square pixels."""
        return float(self.outline.area)

    @property
    def angles(self) -> tuple[float, ...]:
        """Angles at which a text may be read."""
        return (0.0,) if self.axis is None else (0.0, self.axis)

    def may_hold(self, width: float, height: float) -> bool:
        """Tell quickly whether a box of a size could fit at all."""
        return min(width, height) / 2 <= self.radius and width * height <= self.area

    def moved(self, x: float, y: float) -> "Home":
        """Return it elsewhere."""
        outline = shapely.transform(self.outline, lambda points: np.add(points, (x, y)))
        shapely.prepare(outline)
        return Home(outline, self.radius, self.axis)

    def holds(self, box: Box) -> bool:
        """Tell whether a box lies inside."""
        if not box.inside(self.bounds):
            return False
        return (self.level_box and not box.angle) or bool(self.outline.contains(box.polygon))

    def list_spots(self, middle: Xy) -> Iterator[Xy]:
        """List where a label may stand: the middle given, then a lattice from there outward."""
        yield middle
        left, top, right, bottom = self.bounds
        steps = [(i + 0.5) / _LATTICE for i in range(_LATTICE)]
        spots = [
            (left + a * (right - left), top + b * (bottom - top)) for a in steps for b in steps
        ]
        yield from sorted(spots, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)


def make_home(
    outline: Polygon | MultiPolygon, view: View, furniture: BaseGeometry | None = None
) -> Home:
    """Make the room of a label from an outline in metres, less the furniture in it."""
    clear: BaseGeometry = outline
    if furniture is not None and furniture.intersects(outline):
        clear = outline.difference(furniture)
    seen = shapely.clip_by_rect(view.shape(clear), *view.frame)
    inner = shapely.make_valid(seen).buffer(-_WALL_M * view.px_per_m)
    parts = [p for p in shapely.get_parts(inner) if isinstance(p, Polygon) and not p.is_empty]
    if not parts:
        return Home(Polygon(), 0.0, None)
    widest = max(parts, key=lambda part: part.area)
    shapely.prepare(widest)
    radius = shapely.maximum_inscribed_circle(widest, tolerance=1.0).length
    return Home(widest, radius, _find_reading_angle(widest))


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
