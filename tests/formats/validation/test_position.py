"""What lies far away, or with its coordinates swapped, is told with a fix."""

from typing import Any

import pytest

from tests.formats.validation.judging import (
    LAT,
    LEVEL,
    LON,
    VENUE,
    judge,
    only,
    unit,
)
from wayfinder.model import Feature, Severity, make_feature


def test_swapped_coordinates_of_one_feature() -> None:
    swapped = {"type": "Point", "coordinates": [LAT, LON]}
    issue = only(make_feature("a", "anchor", swapped, {"unit_id": None}))
    assert (issue.code, issue.severity) == ("coordinates-swapped", Severity.ERROR)
    assert issue.fix is not None
    assert issue.fix.arguments == {"features": ["a"]}


def test_swapped_coordinates_of_a_whole_plan_are_one_issue() -> None:
    def turn(value: Any) -> Any:  # noqa: ANN401 - nested coordinates
        if isinstance(value[0], float):
            return [39.9 + value[1] - LAT, 116.4 + value[0] - LON]
        return [turn(item) for item in value]

    def turned(feature: Feature) -> Feature:
        assert feature.geometry is not None
        geometry = {"type": "Polygon", "coordinates": turn(feature.geometry["coordinates"])}
        return make_feature(feature.id, feature.feature_type, geometry, feature.properties)

    issues = judge(turned(VENUE), turned(LEVEL), turned(unit()))
    assert [issue.code for issue in issues] == ["all-coordinates-swapped"]


def test_projected_metres_are_not_on_earth() -> None:
    issue = only(make_feature("a", "anchor", {"type": "Point", "coordinates": [-8000, -55000]}, {}))
    assert issue.code == "coordinates-off-earth"


def test_features_and_display_points_far_away() -> None:
    issue = only(make_feature("a", "anchor", {"type": "Point", "coordinates": [0, 0]}, {}))
    assert issue.code == "feature-far-away"
    assert issue.values["distance_km"] == pytest.approx(5430, rel=0.05)
    point = {"type": "Point", "coordinates": [LON, LAT + 0.05]}
    issue = only(unit(display_point=point))
    assert (issue.code, issue.values["distance_km"]) == ("display-point-far", 5.6)
