"""A sound frame to put features into, and what is found in it."""

from collections.abc import Iterable
from typing import Any

from shapely.geometry import box, mapping

from wayfinder.formats.validation import list_plan_issues
from wayfinder.model import Feature, Issue, Plan, Unit, make_feature

M = 1e-5
"""Degrees: some 1.1 m of latitude, 0.74 m of longitude."""

LON, LAT = 9.0, 48.0


def area(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    made: dict[str, Any] = mapping(
        box(LON + west * M, LAT + south * M, LON + east * M, LAT + north * M)
    )
    return made


def ring(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[LON + x * M, LAT + y * M] for x, y in points]]}


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[LON + x * M, LAT + y * M] for x, y in points]}


def unit(key: str = "u", geometry: object = None, **properties: Any) -> Feature:  # noqa: ANN401
    shape = area(0, 0, 10, 10) if geometry is None else geometry
    members = {"category": "room", "level_id": "L0", **properties}
    return make_feature(key, "unit", shape, members)  # type: ignore[arg-type]


VENUE = make_feature(
    "v",
    "venue",
    area(0, 0, 100, 100),
    {"category": "healthcarefacility", "name": {"en": "H"}, "wayfinder": {"time_zone": "UTC"}},
)
LEVEL = make_feature(
    "L0",
    "level",
    area(0, 0, 100, 100),
    {"ordinal": 0, "name": {"en": "G"}, "category": "unspecified"},
)


def judge(*features: Feature, frame: Iterable[Feature] = (VENUE, LEVEL)) -> list[Issue]:
    """List the issues of a sound frame with features added or replaced."""
    by_id = {feature.id: feature for feature in (*frame, *features)}
    if not any(isinstance(one, Unit) and one.level_id == LEVEL.id for one in features):
        by_id["u0"] = unit("u0", area(80, 80, 90, 90))
    return list(list_plan_issues(Plan.of(by_id.values())))


def only(*features: Feature) -> Issue:
    issues = judge(*features)
    assert len(issues) == 1, issues
    return issues[0]
