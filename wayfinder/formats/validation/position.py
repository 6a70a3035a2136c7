"""Coordinates that are not where the plan is: swapped, off the earth, far away."""

from collections.abc import Iterator, Mapping
from math import cos, hypot, radians
from statistics import median

import shapely

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Fix, Issue, Plan, Severity

_SITE_KM = 50.0
"""Nothing of one site lies farther from its middle; the largest campuses measure some 5 km."""

_POINT_KM = 1.0
"""Farther from its feature no display point is meant."""

_KM_A_DEGREE = 111.2

LonLat = tuple[float, float]


def list_position_issues(plan: Plan) -> Iterator[Issue]:
    """Yield an issue for each feature whose coordinates cannot be right.

    Swapped coordinates give a mirrored plan, in which left is right; where every feature is
    swapped there is one issue for all of them.
    """
    boxes = _find_boxes(plan)
    swapped = {
        key for key, box in boxes.items() if _is_off_earth(box) and not _is_off_earth(_turn(box))
    }
    if boxes and len(swapped) > len(boxes) / 2:
        fix = Fix("swap-coordinates", {"features": "all"})
        yield Issue("all-coordinates-swapped", Severity.ERROR, {"count": len(swapped)}, fix=fix)
        return
    middle = _find_middle(boxes)
    for feature in plan:
        box = boxes.get(feature.id)
        if box is not None:
            yield from _judge(plan, feature, box, middle)
        yield from _judge_display_point(plan, feature, box, middle)


Box = tuple[float, float, float, float]


def _find_boxes(plan: Plan) -> dict[str, Box]:
    """Return the bounds of each feature that has any, by id."""
    located = [f for f in plan if f.shape is not None and not f.shape.is_empty]
    bounds = shapely.bounds([feature.shape for feature in located]).reshape(-1, 4).tolist()
    return {
        feature.id: (west, south, east, north)
        for feature, (west, south, east, north) in zip(located, bounds, strict=True)
    }


def _turn(box: Box) -> Box:
    west, south, east, north = box
    return south, west, north, east


def _is_off_earth(box: Box) -> bool:
    west, south, east, north = box
    return not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90)


def _find_middle(boxes: Mapping[str, Box]) -> LonLat | None:
    """Return the median of the features' middles: a few that are astray do not move it."""
    centres = [_centre(box) for box in boxes.values() if not _is_off_earth(box)]
    if not centres:
        return None
    return median(lon for lon, _ in centres), median(lat for _, lat in centres)


def _centre(box: Box) -> LonLat:
    west, south, east, north = box
    return (west + east) / 2, (south + north) / 2


def _distance_km(one: LonLat, other: LonLat) -> float:
    """Return a distance that is good enough to tell a site from a continent."""
    across = abs(one[0] - other[0])
    east = min(across, 360 - across) * cos(radians((one[1] + other[1]) / 2))
    return hypot(east, one[1] - other[1]) * _KM_A_DEGREE


def _judge(plan: Plan, feature: Feature, box: Box, middle: LonLat | None) -> Iterator[Issue]:
    off = _is_off_earth(box)
    if middle is not None and not off and _distance_km(_centre(box), middle) <= _SITE_KM:
        return
    turned = _turn(box)
    fits = not _is_off_earth(turned) and (
        middle is None or _distance_km(_centre(turned), middle) <= _SITE_KM
    )
    if fits:
        fix = Fix("swap-coordinates", {"features": [feature.id]})
        yield make_issue(plan, feature, "coordinates-swapped", Severity.ERROR, fix=fix)
    elif off:
        yield make_issue(plan, feature, "coordinates-off-earth", Severity.ERROR)
    elif middle is not None:
        distance_km = round(_distance_km(_centre(box), middle))
        yield make_issue(
            plan, feature, "feature-far-away", Severity.WARNING, distance_km=distance_km
        )


def _judge_display_point(
    plan: Plan, feature: Feature, box: Box | None, middle: LonLat | None
) -> Iterator[Issue]:
    point = feature.display_point
    if point is None or middle is None:
        return
    here, limit_km = (_centre(box), _POINT_KM) if box else (middle, _SITE_KM)
    if box:
        reach = _distance_km(_centre(box), (box[0], box[1]))
        limit_km += reach
    distance_km = _distance_km(point, here)
    if distance_km > limit_km:
        yield make_issue(
            plan, feature, "display-point-far", Severity.WARNING, distance_km=round(distance_km, 1)
        )
