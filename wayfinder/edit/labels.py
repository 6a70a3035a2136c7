"""Where the label of an area stands: well inside, also after its outline has changed."""

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.edit.changes import Changes
from wayfinder.edit.neighbours import find_shape_m
from wayfinder.edit.outlines import write_point
from wayfinder.model import Feature, Venue

_SAME_M = 0.05
"""A label this near to the middle of its area stands in the middle (ours)."""

_CLEAR_M = 0.3
"""A label nearer to a wall is read as lying on it (ours)."""

_INSCRIBED_M = 0.05
"""How exactly the widest place of an area is found."""


def with_label_inside(changes: Changes, made: Feature, shape: BaseGeometry) -> Feature:
    """Return a feature whose display point, if it has one, lies in its new area.

    What stood in the middle stands in the new middle. What somebody has put elsewhere stays there,
    unless that is outside now, or at a wall. That of the venue stays as long as it lies inside:
    all metres are measured from it.

    Parameters
    ----------
    changes
        The plan as it is now, with the feature as it was.
    made
        The feature as it becomes.
    shape
        Its area in metres, a valid one.
    """
    if made.display_point is None or not isinstance(shape, Polygon | MultiPolygon):
        return made
    frame = changes.plan.frame
    here = Point(frame.to_metres(*made.display_point))
    if isinstance(made, Venue) and shape.contains(here):
        return made
    inner = find_inner_point(shape)
    if here.distance(inner) < _SAME_M or (_is_clear(here, shape) and not _was_amid(changes, made)):
        return made
    return made.with_properties(display_point=write_point(frame.to_degrees(inner.x, inner.y)))


def find_inner_point(shape: Polygon | MultiPolygon) -> Point:
    """Return a point well inside an area: its middle, or its widest place where that is none."""
    middle = shape.centroid
    if _is_clear(middle, shape):
        return middle
    return Point(_find_widest(shape).coords[0])


def _is_clear(point: Point, shape: Polygon | MultiPolygon) -> bool:
    """Tell whether a point lies in an area and not at its edge, unless the area is that narrow."""
    if not shape.contains(point):
        return False
    away_m = point.distance(shape.boundary)
    return away_m >= _CLEAR_M or away_m >= _find_widest(shape).length / 2


def _find_widest(shape: Polygon | MultiPolygon) -> LineString:
    """Return the radius, as a line, of the largest circle within an area."""
    return shapely.maximum_inscribed_circle(shape, tolerance=_INSCRIBED_M)


def _was_amid(changes: Changes, made: Feature) -> bool:
    """Tell whether the label stood in the middle of its area before that changed."""
    old = changes.find(made.id, Feature)
    if old is None or old.display_point is None or old.display_point != made.display_point:
        return False
    shape = find_shape_m(changes, old)
    if not isinstance(shape, Polygon | MultiPolygon) or not shape.is_valid or shape.is_empty:
        return False
    here = Point(changes.plan.frame.to_metres(*old.display_point))
    return here.distance(find_inner_point(shape)) < _SAME_M
