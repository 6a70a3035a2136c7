"""Facilities, departments, signs and screens."""

from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, ours, refuse
from wayfinder.model import Amenity, Anchor, Occupant, find_display, find_sign, make_feature

PLAN = draw_plan(
    """
    level 0
    +-----+-----+
    |A @x |B *wc|
    |     |     |
    +--1--+--2--+
    level 1
    +-----+
    |C    |
    |     |
    +-----+
"""
)


def test_a_facility_belongs_to_the_room_that_it_stands_in() -> None:
    edit = act(
        PLAN,
        "add-amenity",
        id="m",
        level_id="level0",
        at=at(2, -2),
        category="defibrillator",
        members={"name": {"en": "AED"}, "phone": "120"},
    )
    made = edit.plan["m"]
    assert isinstance(made, Amenity)
    assert made.unit_ids == ("A",)
    assert made.properties["phone"] == "120"
    wall = act(
        PLAN, "add-amenity", id="m", level_id="level0", at=at(-0.3, -2), category="defibrillator"
    )
    made = wall.plan["m"]
    assert isinstance(made, Amenity)
    assert made.unit_ids == ("A",)
    off = refuse(
        PLAN, "add-amenity", id="m", level_id="level0", at=at(-3, -2), category="defibrillator"
    )
    assert off.code == "place-off-units"
    upstairs = refuse(
        PLAN, "add-amenity", id="m", level_id="level1", at=at(9, -2), category="defibrillator"
    )
    assert upstairs.code == "place-off-units"


def test_a_sign_hangs_and_says_what_it_announces() -> None:
    plan = act(
        PLAN,
        "add-sign",
        id="s",
        level_id="level0",
        at=at(0.01, -2),
        bearing_deg=450 % 360,
        ref="A1-01",
        ours={"sign": {"letter_height_mm": 40}},
    ).plan
    sign = find_sign(plan, "s")
    assert sign is not None
    assert (sign.bearing_deg, sign.mounting, sign.ref) == (90, "wall", "A1-01")
    lines = [{"to": "x", "arrow": "ahead"}, {"to": "wc", "arrow": "right"}]
    plan = act(plan, "set-messages", feature="s", messages=lines).plan
    plan = act(plan, "turn", feature="s", bearing_deg=360).plan
    assert ours(plan, "s")["sign"] == {
        "letter_height_mm": 40,
        "bearing_deg": 0,
        "mounting": "wall",
        "messages": lines,
    }
    nothing = refuse(plan, "set-messages", feature="s", messages=[{"to": "no", "arrow": "up"}])
    assert nothing.code == "feature-missing"
    assert refuse(plan, "set-messages", feature="wc", messages=[]).code == "no-face"
    assert refuse(plan, "turn", feature="wc", bearing_deg=5).code == "no-face"


def test_a_screen_is_set_up_and_turned() -> None:
    plan = act(
        PLAN,
        "add-display",
        id="k",
        level_id="level0",
        at=at(2, -2),
        bearing_deg=180,
        display_kind="kiosk",
        ref="K-01",
        ours={"display": {"paper": "a4"}},
    ).plan
    plan = act(plan, "turn", feature="k", bearing_deg=45.5).plan
    display = find_display(plan, "k")
    assert display is not None
    assert (display.bearing_deg, display.paper, display.ref) == (45.5, "a4", "K-01")


def test_a_department_is_entered_with_its_place_or_at_one_that_is_there() -> None:
    given: dict[str, Any] = {"category": "clinic", "name": {"zh-Hans": "内科"}}
    edit = act(
        PLAN, "add-occupant", id="o", anchor_id="o-a", level_id="level1", at=at(1, -1), **given
    )
    assert edit.touched == {"o", "o-a"}
    anchor, occupant = edit.plan["o-a"], edit.plan["o"]
    assert isinstance(anchor, Anchor)
    assert isinstance(occupant, Occupant)
    assert (anchor.unit_id, occupant.anchor_id) == ("C", "o-a")
    shared = act(PLAN, "add-occupant", id="o", anchor_id="x-anchor", **given)
    assert shared.touched == {"o"}
    assert refuse(PLAN, "add-occupant", id="o", anchor_id="no", **given).code == "feature-missing"
    half = refuse(PLAN, "add-occupant", id="o", anchor_id="a", at=at(1, -1), **given)
    assert half.code == "place-without-level"
    taken = refuse(
        PLAN, "add-occupant", id="o", anchor_id="x-anchor", level_id="level0", at=at(1, -1), **given
    )
    assert taken.code == "id-taken"


def test_what_is_moved_belongs_to_where_it_is_then() -> None:
    wc = act(PLAN, "move-point", feature="wc", to=at(1, -1)).plan["wc"]
    assert isinstance(wc, Amenity)
    assert wc.unit_ids == ("A",)
    assert wc.geometry is not None
    upstairs = act(PLAN, "move-point", feature="wc", to=at(1, -1), level_id="level1").plan["wc"]
    assert isinstance(upstairs, Amenity)
    assert (upstairs.unit_ids, upstairs.level_id) == (("C",), "level1")
    department = act(PLAN, "move-point", feature="x", to=at(9, -1))
    assert department.touched == {"x-anchor"}
    anchor = department.plan["x-anchor"]
    assert isinstance(anchor, Anchor)
    assert anchor.unit_id == "B"
    assert refuse(PLAN, "move-point", feature="A", to=at(1, 1)).code == "feature-of-other-kind"
    assert refuse(PLAN, "move-point", feature="wc", to=at(50, 1)).code == "place-off-units"


def test_a_height_goes_along() -> None:
    tall = {"type": "Point", "coordinates": [*at(7, -1), 1.5]}
    plan = PLAN.with_features(make_feature("wc", "amenity", tall, PLAN["wc"].properties))
    geometry = act(plan, "move-point", feature="wc", to=at(8, -1)).plan["wc"].geometry
    assert geometry is not None
    assert geometry["coordinates"][2] == pytest.approx(1.5)
