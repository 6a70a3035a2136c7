"""Where a feature is, for issues about it."""

from typing import Any

import shapely
from shapely.errors import ShapelyError

from wayfinder.model import Amenity, Anchor, Feature, Fix, Issue, Level, Occupant, Plan, Severity


def find_level(plan: Plan, feature: Feature) -> str | None:
    """Return the id of the level that a feature lies on, or None."""
    if isinstance(feature, Level):
        return feature.id
    if feature.level_id is not None:
        return feature.level_id
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        return None if anchor is None else find_level(plan, anchor)
    units = feature.unit_ids if isinstance(feature, Amenity) else ()
    if isinstance(feature, Anchor) and feature.unit_id:
        units = (feature.unit_id,)
    levels = [plan[unit].level_id for unit in units if unit in plan]
    return levels[0] if levels else None


def find_place(feature: Feature) -> tuple[float, float] | None:
    """Return a longitude and latitude in degrees on a feature, or None where it has none."""
    shape = feature.shape
    if shape is None or shape.is_empty:
        return feature.display_point
    try:
        point = shape.representative_point()
    except ShapelyError:
        point = None
    if point is None or point.is_empty:
        first = shapely.get_coordinates(shape)[0]
        return float(first[0]), float(first[1])
    return point.x, point.y


def make_issue(
    plan: Plan,
    feature: Feature,
    code: str,
    severity: Severity,
    *,
    others: tuple[str, ...] = (),
    place: tuple[float, float] | None = None,
    fix: Fix | None = None,
    **values: Any,  # noqa: ANN401 - JSON values
) -> Issue:
    """Make an issue about a feature, with its level and place."""
    return Issue(
        code,
        severity,
        {"feature_type": feature.feature_type, **values},
        (feature.id, *others),
        find_level(plan, feature),
        place or find_place(feature),
        fix,
    )
