"""The underground car park: one walks along the lanes, not across the cars."""

from datetime import datetime

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.model import Amenity, Fixture, Plan
from wayfinder.route import Journey, Router, find_places

MONDAY = datetime.fromisoformat("2026-11-23T09:30+08:00")
_CAR_M = 2.0
"""A fixture that is wider than this is parked cars, not a pillar."""


def find_cars(plan: Plan, level_id: str) -> BaseGeometry:
    """Return what the parked cars of a level cover, in metres."""
    shapes = (plan.find_geometry_m(one.id) for one in plan.list_on(level_id, Fixture))
    cars = [shape for shape in shapes if shape is not None and shape.area > _CAR_M**2]
    return shapely.union_all(cars)


@pytest.mark.parametrize(
    ("bay", "goal"),
    [
        ("C-117", "CARD"),
        ("C-117", "Outpatient Basement Entrance"),
        ("C-101", "P2PAY"),
        ("A-101", "PHA"),
        ("D-118", "P2 Lift Lobby"),
        ("B-106", "D-106"),
    ],
)
@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_nobody_is_led_across_parked_cars(
    plan: Plan, router: Router, bay: str, goal: str, profile: str
) -> None:
    (start,), (end,) = find_places(plan, bay), find_places(plan, goal)
    for origin, destination in ((start, end), (end, start)):
        journey = router.find_route(origin, [destination], profile=profile, departure=MONDAY)
        assert isinstance(journey, Journey)
        level_id = plan.find(start, Amenity).unit_ids[0]  # type: ignore[union-attr]
        cellar = plan[level_id].level_id
        assert cellar is not None
        cars = find_cars(plan, cellar)
        assert cars.area > 500.0
        walked = [part.line for part in journey.segments if part.level == cellar]
        lines = [shapely.LineString(line) for line in walked if len(line) > 1]
        assert not any(line.crosses(cars.buffer(-0.05)) for line in lines)


def test_every_bay_is_before_a_lane(plan: Plan, router: Router) -> None:
    (door,) = find_places(plan, "Outpatient Basement Entrance")
    bays = [one for one in plan.list_of(Amenity) if one.category == "parking.bay"]
    assert len(bays) >= 60
    for bay in bays:
        journey = router.find_route(bay.id, [door], profile="wheelchair", departure=MONDAY)
        assert isinstance(journey, Journey), bay.name
