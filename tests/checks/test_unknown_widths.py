"""A plan of which nobody says how wide anything is leads nobody in a wheelchair anywhere."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.two_floors import TWO_FLOORS
from wayfinder.checks import check_network, make_issue_document
from wayfinder.graph import build_network
from wayfinder.guide.words import say_issue
from wayfinder.model import Issue, Opening, Plan, Severity

CODES = {"wheelchair-widths-unknown", "wheelchair-floors-unknown"}
WIDE = {"clear_width_m": 1.2}
LARGE = {"car_width_m": 1.6, "car_depth_m": 1.6, "door_width_m": 1.0}


def draw(
    *,
    venue: Mapping[str, Any] | None = None,
    units: Mapping[str, Mapping[str, Any]] | None = None,
    doors: Mapping[str, Mapping[str, Any]] | None = None,
) -> Plan:
    return draw_plan(TWO_FLOORS, venue=venue or {}, units=units, doors=doors)


def find(plan: Plan) -> list[Issue]:
    issues = check_network(build_network(plan)).issues
    return [one for one in issues if one.code in CODES]


def test_a_plan_without_any_width_is_told_so_with_what_is_missing() -> None:
    plan = draw()
    (issue,) = find(plan)
    assert issue.severity is Severity.WARNING
    assert plan.venue is not None
    assert issue.code == "wheelchair-widths-unknown"
    assert issue.features[0] == plan.venue.id  # which can vouch for all at once
    doors = {one.id for one in plan.list_of(Opening)}
    assert {*issue.features[1:]} == doors | {"hall@0", "hall@1", "lift@0", "lift@1"}
    said = say_issue(issue, "en")
    assert "led to 0 of 3 places" in said
    # of the way in, of the ways on, and of one lift on two floors
    assert "how wide 2 corridors and rooms are, how wide 8 doors are, and how large 1 lift" in said
    assert "Clear widths where none is measured" in said
    assert "3处地点中的0处" in say_issue(issue, "zh-Hans")
    assert make_issue_document(issue, "en")["message"] == said


@pytest.mark.parametrize(
    "venue",
    [
        {"default_clear_widths_m": {"*": 1.2}},
        # known to be too narrow is known
        {"default_clear_widths_m": {"*": 0.7}},
    ],
)
def test_a_venue_that_vouches_is_told_nothing(venue: Mapping[str, Any]) -> None:
    assert find(draw(venue=venue)) == []


def test_a_floor_that_a_lift_of_unknown_size_leads_to_is_told() -> None:
    known = {"default_clear_widths_m": {"walkway": 1.5, "door": 1.0}}
    plan = draw(venue=known)
    (issue,) = find(plan)
    assert issue.code == "wheelchair-floors-unknown"
    assert issue.features == ("lift@0", "lift@1")
    said = say_issue(issue, "en")
    assert said.startswith("Floor 1: in a wheelchair one is led to 0 of 1 places there")
    assert "nobody says how large 1 lift is (width and depth of the car). Measure the car" in said
    assert "Clear widths" not in said  # it would lead into lifts that nobody measured
    chinese = say_issue(issue, "zh-Hans")
    assert "1部电梯的尺寸" in chinese
    assert "未测量时采用的净宽" not in chinese
    assert find(draw(venue=known, units={"lift": {"lift": LARGE}})) == []


def test_where_a_lift_alone_is_unknown_the_lift_is_shown() -> None:
    # nothing but the ward, upstairs, is a place
    units = {"desk": {"category": "storage"}, "ecg": {"category": "storage"}}
    known = {"default_clear_widths_m": {"walkway": 1.5, "door": 1.0}}
    (issue,) = find(draw(venue=known, units=units))
    assert issue.code == "wheelchair-widths-unknown"
    assert issue.features == ("lift@0", "lift@1")
    said = say_issue(issue, "en")
    assert "nobody says how large 1 lift is (width and depth of the car). Measure the car" in said
    assert "Clear widths" not in said
    assert find(draw(venue=known, units={**units, "lift": {"lift": LARGE}})) == []


def test_a_floor_with_some_widths_is_left_to_those_who_measure() -> None:
    doors = {"4": WIDE, "1": WIDE}
    (issue,) = find(draw(units={"hall": WIDE}, doors=doors))  # one of two below, none above
    # what is between the way in and the ward, and not the door to the ECG room
    above = {"door-3", "door-5.2", "door-6.2"}
    assert {*issue.features[1:]} == {"lift@0", "lift@1", "door-5.1", *above}
    assert find(draw(units={"hall": WIDE, "lift": {"lift": LARGE}}, doors=doors)) != []
    doors["3"] = WIDE
    assert find(draw(units={"hall": WIDE, "lift": {"lift": LARGE}}, doors=doors)) == []


def test_what_steps_or_narrow_doors_keep_out_is_not_unknown() -> None:
    plan = draw_plan(
        """
        +-----+-----+
        |desk 1hall 2
        +-----+-----+
        """,
        doors={"1": {"clear_width_m": 0.6}, "2": WIDE},
    )
    assert find(plan) == []


def test_a_plan_without_an_entrance_or_without_places_is_told_nothing_here() -> None:
    inside = TWO_FLOORS.replace("4hall", "|hall")
    assert find(draw_plan(inside)) == []
    bare = TWO_FLOORS.replace("desk", "wc1 ").replace("ecg", "wc2").replace("ward", "wc3 ")
    assert find(draw_plan(bare)) == []
