"""Who gets through what: known, tagged, vouched for, unknown."""

from dataclasses import replace
from typing import Any

import pytest

from tests.ascii_plan import draw_plan, way
from tests.route.houses import MONDAY, list_doors, make_router, refuse, travel
from wayfinder.graph import build_network
from wayfinder.model import Closure, Conditions
from wayfinder.route import PROFILES, Journey, Router
from wayfinder.route.profiles import BED, STRETCHER_LIFT

ROOMS = """
    +-------+-------+
    |A      |B      |
    +---1---+---2---+
    |hall           |
    +---------------+
"""
TWO_FLOORS = """
    level 0
    +-----+-----+-----+
    |lift |     |A    |
    +--L--+-----+--1--+
    |hall             |
    +-----------------+
    level 1
    +-----+-----+-----+
    |lift |     |B    |
    +--M--+-----+--2--+
    |gallery          |
    +-----------------+
"""


def rooms(
    *,
    door: dict[str, Any] | None = None,
    hall: dict[str, Any] | None = None,
    **options: Any,  # noqa: ANN401 - of `draw_plan`
) -> Router:
    """Draw two rooms and a hall: all is wide but for what is given."""
    return make_router(
        ROOMS,
        doors={"1": {"clear_width_m": 1.3, **(door or {})}, "2": {"clear_width_m": 1.3}},
        units={"hall": {"category": "walkway", "clear_width_m": 2.6, **(hall or {})}},
        **options,
    )


def test_what_is_known_to_be_wide_enough_is_verified() -> None:
    for profile in ("wheelchair", "bed"):
        journey = travel(rooms(), "A", "B", profile=profile)
        assert journey.verified
        assert journey.unverified == ()


@pytest.mark.parametrize(
    ("profile", "door", "hall", "reason", "culprit"),
    [
        ("wheelchair", {"clear_width_m": 0.89}, {}, "narrow", "door-1"),
        (
            "wheelchair",
            {"clear_width_m": 0.95, "door": {"automatic": True}},
            {},
            "narrow",
            "door-1",
        ),
        ("wheelchair", {"threshold_mm": 16}, {}, "threshold", "door-1"),
        ("wheelchair", {"wheelchair": False}, {}, "tagged-unfit", "door-1"),
        ("wheelchair", {"clear_width_m": None}, {}, "unknown-width", "door-1"),
        ("wheelchair", {}, {"clear_width_m": 1.19}, "narrow", "hall"),
        ("wheelchair", {}, {"clear_width_m": None}, "unknown-width", "hall"),
        ("wheelchair", {}, {"incline": 0.09}, "steep", "hall"),
        ("wheelchair", {}, {"category": "ramp"}, "unknown-incline", "hall"),
        ("wheelchair", {}, {"category": "steps"}, "steps", "hall"),
        ("bed", {"clear_width_m": 1.19}, {}, "narrow", "door-1"),
        ("bed", {}, {"clear_width_m": 2.44}, "narrow", "hall"),
        ("bed", {"clear_width_m": None, "wheelchair": True}, {}, "unknown-width", "door-1"),
        ("bed", {}, {"clear_width_m": None, "wheelchair": True}, "unknown-width", "hall"),
    ],
)
def test_what_bars_is_named(
    profile: str, door: dict[str, Any], hall: dict[str, Any], reason: str, culprit: str
) -> None:
    refusal = refuse(rooms(door=door, hall=hall), "A", "B", profile=profile)
    assert refusal.code == "no-route"
    assert refusal.values["reasons"] == (reason,)
    assert refusal.blocked_by == (culprit,)
    assert refusal.without is not None
    assert refusal.without["duration_s"] > 0


@pytest.mark.parametrize(
    ("door", "hall"),
    [
        ({"clear_width_m": 0.90}, {}),
        ({"clear_width_m": 1.0, "door": {"automatic": True}}, {}),
        ({"clear_width_m": None, "wheelchair": True}, {}),
        ({}, {"clear_width_m": None, "wheelchair": True}),
        ({"threshold_mm": 15}, {}),
        ({}, {"clear_width_m": 1.2}),
        ({}, {"incline": 1 / 12}),
        ({}, {"category": "ramp", "incline": -1 / 12}),
    ],
)
def test_a_wheelchair_passes_what_is_known_or_tagged(
    door: dict[str, Any], hall: dict[str, Any]
) -> None:
    assert travel(rooms(door=door, hall=hall), "A", "B", profile="wheelchair").verified


def test_a_default_of_the_venue_is_good_enough_but_named() -> None:
    unknown = {"clear_width_m": None}
    venue = {"default_clear_widths_m": {"walkway": 1.8, "door": 0.95}}
    router = rooms(door=unknown, hall=unknown, venue=venue)
    journey = travel(router, "A", "B", profile="wheelchair")
    assert not journey.verified
    assert set(journey.unverified) == {"door-1", "hall"}
    (warning,) = journey.warnings
    assert (warning.code, warning.values) == ("unverified-width", {"count": 2})
    assert refuse(router, "A", "B", profile="bed").values["reasons"] == ("unknown-width",)
    assert travel(router, "A", "B").verified


@pytest.mark.parametrize(
    ("widths", "passes"),
    [
        ({"pedestrian": 0.9, "door": 0.1}, True),
        ({"pedestrian": 0.8, "door": 2.0}, False),
        ({"door": 0.9}, True),
        ({"*": 0.9}, True),
        ({"walkway": 9.0}, False),
    ],
)
def test_the_nearest_default_counts(widths: dict[str, float], *, passes: bool) -> None:
    router = rooms(door={"clear_width_m": None}, venue={"default_clear_widths_m": widths})
    found = router.find_route("A", ["B"], profile="wheelchair", departure=MONDAY)
    assert isinstance(found, Journey) == passes


def test_the_room_at_either_end_needs_no_corridor_but_one_passed_through_does() -> None:
    drawing = """
        +-----+-----+-----+
        |A    1B    2C    |
        +-----+-----+-----+
    """
    wide = {"1": {"clear_width_m": 1.0}, "2": {"clear_width_m": 1.0}}
    router = make_router(drawing, doors=wide)
    assert list_doors(travel(router, "A", "B", profile="wheelchair")) == ["door-1"]
    assert refuse(router, "A", "C", profile="wheelchair").blocked_by == ("B",)
    narrow = make_router(
        drawing, doors=wide, units={"B": {"category": "room", "clear_width_m": 0.8}}
    )
    assert refuse(narrow, "A", "B", profile="wheelchair").blocked_by == ("B",)


def lifts(lift: dict[str, Any], door: float | None = 1.3) -> Router:
    return make_router(
        TWO_FLOORS,
        doors={key: {"clear_width_m": door if key in "LM" else 1.3} for key in "LM12"},
        units={
            "lift": {"category": "elevator", **lift},
            "hall": {"category": "walkway", "clear_width_m": 2.6},
            "gallery": {"category": "walkway", "clear_width_m": 2.6},
        },
    )


@pytest.mark.parametrize(
    ("profile", "lift", "reason"),
    [
        ("wheelchair", {"car_width_m": 1.1, "car_depth_m": 1.4}, None),
        ("wheelchair", {"car_width_m": 1.09, "car_depth_m": 1.4}, "lift-small"),
        ("wheelchair", {"car_width_m": 1.4, "car_depth_m": 1.1}, "lift-small"),
        ("wheelchair", {"car_width_m": 2.0, "car_depth_m": 2.0, "door_width_m": 0.7}, "lift-small"),
        ("wheelchair", {"car_width_m": 2.0}, "unknown-lift"),
        ("wheelchair", {}, "unknown-lift"),
        ("bed", {"car_width_m": 1.73, "car_depth_m": 2.57}, None),
        ("bed", {"car_width_m": 1.10, "car_depth_m": 2.10}, "lift-small"),
    ],
)
def test_a_lift_must_be_large_enough(
    profile: str, lift: dict[str, float], reason: str | None
) -> None:
    router = lifts({"lift": lift})
    if reason is None:
        assert travel(router, "A", "B", profile=profile).verified
    else:
        refusal = refuse(router, "A", "B", profile=profile)
        assert reason in refusal.values["reasons"]
        assert "lift@0" in refusal.blocked_by


def test_a_lift_tagged_accessible_is_taken_through_its_own_door() -> None:
    assert travel(lifts({"wheelchair": True}, door=None), "A", "B", profile="wheelchair").verified
    known = {"lift": {"car_width_m": 1.1, "car_depth_m": 1.4, "door_width_m": 0.8}}
    assert travel(lifts(known, door=None), "A", "B", profile="wheelchair").verified


def test_a_hospital_may_set_its_own_figures() -> None:
    router = lifts({"lift": {"car_width_m": 1.1, "car_depth_m": 2.1, "door_width_m": 0.9}})
    assert BED.room is not None
    stretcher = replace(BED, room=replace(BED.room, lift=STRETCHER_LIFT))
    own = Router(router.network, profiles={**PROFILES, "bed": stretcher})
    assert travel(own, "A", "B", profile="bed").verified


def test_locked_doors_and_emergency_exits_are_on_no_route() -> None:
    for options in ({"emergency_only": True}, {"locked": True}):
        router = rooms(door=options)
        for profile in PROFILES:
            assert refuse(router, "A", "B", profile=profile).code in {"no-route", "cut-off"}
    refusal = refuse(rooms(door={"emergency_only": True}), "A", "B")
    assert refusal.blocked_by == ("door-1",)
    assert refusal.without is None


def test_a_drawn_way_has_its_own_width_and_slope() -> None:
    drawing = """
        +-----+     +-----+
        |hall 1     2walk |
        +-----+     +-----+
    """

    def router(**options: Any) -> Router:  # noqa: ANN401 - of a relationship
        doors = {key: {"clear_width_m": 1.3} for key in "12"}
        units = {key: {"category": "walkway", "clear_width_m": 2.0} for key in ("hall", "walk")}
        line = way("path", [(6, -2), (12, -2)], "level0", **options)
        return Router(build_network(draw_plan(drawing, doors=doors, units=units, extra=[line])))

    assert travel(router(clear_width_m=1.2), "hall", "walk", profile="wheelchair").verified
    assert travel(router(wheelchair=True), "hall", "walk", profile="wheelchair").verified
    for options in ({}, {"clear_width_m": 1.0}, {"clear_width_m": 2.0, "incline": 0.2}):
        refusal = refuse(router(**options), "hall", "walk", profile="wheelchair")
        assert "path" in refusal.blocked_by
    closed = Conditions((Closure("path"),))
    assert refuse(router(), "hall", "walk", conditions=closed).blocked_by == ("path",)
