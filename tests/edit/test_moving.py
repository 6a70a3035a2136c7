"""Rooms and floors moved and turned as a whole."""

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, box, ours, refuse, shape
from wayfinder.edit import find_sides

PLAN = draw_plan(
    """
    level 0
    +-----+-----+
    |A @x 4B *wc|
    |*post|     |
    +--1--+--2--+
    |hall       |
    +-----------+
    level 1
    +-----+
    |C    |
    +-----+
""",
    places={"post": {"category": "signage"}},
)


def test_a_room_moves_with_all_that_is_in_it() -> None:
    desk = box(1, -5, 2, -4)
    plan = act(
        PLAN, "add-area", id="desk", feature_type="fixture", level_id="level0", area=desk
    ).plan
    plan = act(plan, "turn", feature="post", bearing_deg=90).plan
    edit = act(plan, "move", features=["A"], start=at(0, 0), end=at(-10, 2))
    assert edit.touched == {"A", "x-anchor", "post", "desk", "door-1", "door-4"}
    assert bounds(edit.plan, "A") == (-10, -4, -4, 2)
    assert bounds(edit.plan, "desk") == (-9, -3, -8, -2)
    assert bounds(edit.plan, "door-1") == (-7.5, -4, -6.5, -4)
    assert find_sides(edit.plan, "door-1").units == ("A",)
    assert ours(edit.plan, "post")["sign"]["bearing_deg"] == 90


def test_a_room_is_turned_and_its_signs_with_it() -> None:
    plan = act(PLAN, "turn", feature="post", bearing_deg=300).plan
    edit = act(plan, "move", features=["A"], start=at(0, 0), end=at(0, 0), turn_deg=90)
    assert bounds(edit.plan, "A") == (-6, -6, 0, 0)
    assert ours(edit.plan, "post")["sign"]["bearing_deg"] == 30
    assert shape(edit.plan, "A").area == pytest.approx(36, abs=0.01)


def test_a_floor_moves_whole() -> None:
    edit = act(PLAN, "move", features=["level0"], start=at(0, 0), end=at(3, 3))
    stayed = {"venue", "building", "level1", "C", "x"}
    assert edit.touched == PLAN.features.keys() - stayed
    assert set(find_sides(edit.plan, "door-4").units) == {"A", "B"}
    assert bounds(edit.plan, "hall") == (3, -7, 15, -3)


def test_what_has_no_outline_or_goes_too_far_is_not_moved() -> None:
    there = {"start": at(0, 0), "end": at(1, 1)}
    for key in ("building", "x", "door-1", "venue"):
        assert refuse(PLAN, "move", features=[key], **there).code == "not-moved-whole"
    assert refuse(PLAN, "move", features=["A"], start=at(0, 0), end=[0, 0]).code == "far-away"
