"""Units that lie on each other, and units that leave their level."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Issue, Level, Plan, Severity, Unit
from wayfinder.model.categories import is_walkable

Indices = NDArray[np.int64]

_MIN_OVERLAP_M2 = 0.25
_MIN_SHARE = 0.05
"""Of the smaller unit: walls drawn twice or not at all make slivers along a whole side."""

_MAX_LISTED = 2_000
"""Overlaps of one level: whoever has more has another problem."""

_MAX_PAIRS_A_UNIT = 10
"""Pairs looked at, on average: ten thousand rooms on one spot are fifty million pairs."""

_CHUNK = 64
"""Units asked for at a time, so that those pairs are never all in memory."""


def list_overlap_issues(plan: Plan) -> Iterator[Issue]:
    """Yield the overlaps of walkable units level by level, and the units outside their level."""
    for level in plan.list_of(Level):
        units = [unit for unit in plan.list_on(level.id, Unit) if is_walkable(unit)]
        shapes = [_valid_shape_m(plan, unit) for unit in units]
        drawn = [
            (unit, shape)
            for unit, shape in zip(units, shapes, strict=True)
            if shape is not None and shape.area > 0
        ]
        yield from _list_overlaps(plan, level, drawn)
        outline = _valid_shape_m(plan, level)
        if outline is not None and outline.area > 0:
            yield from _list_outside(plan, outline, drawn)


def _valid_shape_m(plan: Plan, feature: Unit | Level) -> BaseGeometry | None:
    shape = plan.find_geometry_m(feature.id)
    return None if shape is None else shapely.make_valid(shape)


def _list_overlaps(
    plan: Plan, level: Level, drawn: list[tuple[Unit, BaseGeometry]]
) -> Iterator[Issue]:
    shapes = np.array([shape for _, shape in drawn], dtype=object)
    areas_m2 = shapely.area(shapes)
    left, listed = len(drawn) * _MAX_PAIRS_A_UNIT, 0
    for ones, others in _list_pairs(shapes):
        common = shapely.intersection(shapes[ones[:left]], shapes[others[:left]])
        common_m2 = shapely.area(common)
        shares = common_m2 / np.minimum(areas_m2[ones[:left]], areas_m2[others[:left]])
        overlaps = np.flatnonzero((common_m2 >= _MIN_OVERLAP_M2) & (shares >= _MIN_SHARE))
        for found in overlaps[: _MAX_LISTED - listed]:
            one, other = drawn[ones[found]][0], drawn[others[found]][0]
            yield make_issue(
                plan,
                one,
                "units-overlap",
                Severity.WARNING,
                others=(other.id,),
                place=_place(plan, common[found]),
                area_m2=round(float(common_m2[found]), 2),
                percent=round(100 * float(shares[found])),
            )
        left, listed = left - len(ones), listed + len(overlaps)
        if left < 0 or listed > _MAX_LISTED:
            yield Issue("overlaps-not-all-listed", Severity.WARNING, level=level.id)
            return


def _list_pairs(shapes: NDArray[np.object_]) -> Iterator[tuple[Indices, Indices]]:
    """Yield, some units at a time, the pairs whose boxes have enough in common, each once."""
    tree = STRtree(shapes)
    boxes = shapely.bounds(shapes)
    for start in range(0, len(shapes), _CHUNK):
        ones, others = tree.query(shapes[start : start + _CHUNK])
        ones += start
        low = np.maximum(boxes[ones, :2], boxes[others, :2])
        high = np.minimum(boxes[ones, 2:], boxes[others, 2:])
        shared = np.prod(np.maximum(high - low, 0), axis=1) >= _MIN_OVERLAP_M2
        kept = shared & (others > ones)
        yield ones[kept], others[kept]


def _place(plan: Plan, shape: BaseGeometry) -> tuple[float, float]:
    point = shape.representative_point()
    return plan.frame.to_degrees(point.x, point.y)


def _list_outside(
    plan: Plan, outline: BaseGeometry, drawn: list[tuple[Unit, BaseGeometry]]
) -> Iterator[Issue]:
    shapely.prepare(outline)
    for unit, shape in drawn:
        if outline.covers(shape):
            continue
        outside = shape.difference(outline)
        share = outside.area / shape.area
        if outside.area < _MIN_OVERLAP_M2 or share < _MIN_SHARE:
            continue
        yield make_issue(
            plan,
            unit,
            "unit-outside-level",
            Severity.WARNING,
            place=_place(plan, outside),
            area_m2=round(outside.area, 2),
            percent=round(100 * share),
        )
