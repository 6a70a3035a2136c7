"""Units that lie on each other, and units that leave their level."""

from collections.abc import Iterator

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Issue, Level, Plan, Severity, Unit
from wayfinder.model.categories import is_walkable

_MIN_OVERLAP_M2 = 0.25
_MIN_SHARE = 0.05
"""Of the smaller unit: walls drawn twice or not at all make slivers along a whole side."""

_MAX_PAIRS_A_UNIT = 30
"""Pairs looked at, on average: ten thousand rooms on one spot are fifty million pairs."""


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
    tree = STRtree([shape for _, shape in drawn])
    left = len(drawn) * _MAX_PAIRS_A_UNIT
    for index, (unit, shape) in enumerate(drawn):
        shapely.prepare(shape)
        for other in sorted(int(found) for found in tree.query(shape) if found > index):
            left -= 1
            if left < 0:
                yield Issue("overlaps-not-all-listed", Severity.WARNING, level=level.id)
                return
            yield from _judge_pair(plan, unit, shape, *drawn[other])


def _judge_pair(
    plan: Plan, unit: Unit, shape: BaseGeometry, other: Unit, other_shape: BaseGeometry
) -> Iterator[Issue]:
    if not shape.intersects(other_shape):
        return
    common = shape.intersection(other_shape)
    share = common.area / min(shape.area, other_shape.area)
    if common.area < _MIN_OVERLAP_M2 or share < _MIN_SHARE:
        return
    point = plan.frame.to_degrees(*common.representative_point().coords[0])
    yield make_issue(
        plan,
        unit,
        "units-overlap",
        Severity.WARNING,
        others=(other.id,),
        place=point,
        area_m2=round(common.area, 2),
        percent=round(100 * share),
    )


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
        point = plan.frame.to_degrees(*outside.representative_point().coords[0])
        yield make_issue(
            plan,
            unit,
            "unit-outside-level",
            Severity.WARNING,
            place=point,
            area_m2=round(outside.area, 2),
            percent=round(100 * share),
        )
