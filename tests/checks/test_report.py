"""What a check says of a whole plan."""

from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import LineString

from tests.ascii_plan import FRAME, draw_plan
from wayfinder.checks import Report, check_network, make_issue_document
from wayfinder.graph import build_network
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Issue, Plan, Severity

SHUT = """
    +-----+-----+-----+
    |A    |B    |C    |
    +--1--+-----+--3--+
    4hall             |
    +-----------------+
"""


def check(plan: Plan, *reading: Issue) -> Report:
    return check_network(build_network(plan), reading=reading)


def find(report: Report, code: str) -> list[Issue]:
    return [issue for issue in report.issues if issue.code == code]


def test_a_cut_off_room_is_listed_with_its_place() -> None:
    (issue,) = find(check(draw_plan(SHUT)), "unit-cut-off")
    assert issue.severity is Severity.WARNING
    assert issue.features == ("B",)
    assert issue.level == "level0"
    assert issue.place is not None
    x, y = FRAME.to_metres(*issue.place)
    assert 6 < x < 12
    assert -4 < y < 0


def test_the_likely_door_stands_in_the_wall_of_the_corridor() -> None:
    (issue,) = find(check(draw_plan(SHUT)), "unit-cut-off")
    assert issue.fix is not None
    assert issue.fix.action == "add-door"
    ends: Any = issue.fix.arguments["coordinates"]
    door = LineString([FRAME.to_metres(*end) for end in ends])
    assert door.length == pytest.approx(0.9, abs=0.01)
    assert door.distance(LineString([(6, -4), (12, -4)])) < 0.01
    assert door.bounds[1] == pytest.approx(door.bounds[3], abs=0.01)


def test_a_door_is_proposed_where_an_outline_runs_back_on_itself() -> None:
    plan = draw_plan(SHUT)
    spiked = [(6, -4), (12, -4), (12, 1), (12, 0), (6, 0), (6, -4)]
    ring = [list(FRAME.to_degrees(x, y)) for x, y in spiked]
    room = replace(plan["B"], geometry={"type": "Polygon", "coordinates": [ring]})
    (issue,) = find(check(plan.with_features(room)), "unit-cut-off")
    assert issue.fix is not None
    assert issue.fix.action == "add-door"


def test_a_door_is_proposed_in_the_middle_of_a_thick_wall() -> None:
    plan = draw_plan(SHUT)
    thin = plan["B"].with_properties(name={"en": "Thin"})
    ring = [FRAME.to_degrees(*xy) for xy in [(6, 0), (12, 0), (12, -3.6), (6, -3.6), (6, 0)]]
    thin = type(thin)("B", "unit", {"type": "Polygon", "coordinates": [ring]}, thin.properties)
    plan = plan.with_features(thin)
    (issue,) = find(check(plan), "unit-cut-off")
    assert issue.fix is not None
    ends: Any = issue.fix.arguments["coordinates"]
    assert [FRAME.to_metres(*end)[1] for end in ends] == pytest.approx([-3.8, -3.8], abs=0.01)
    assert issue.fix.arguments["towards"] == {"en": "hall"}
    door = type(plan["door-1"])(
        "door-new",
        "opening",
        {"type": "LineString", "coordinates": ends},
        plan["door-1"].properties,
    )
    assert find(check(plan.with_features(door)), "unit-cut-off") == []


def test_the_proposed_door_would_mend_it() -> None:
    plan = draw_plan(SHUT)
    (issue,) = find(check(plan), "unit-cut-off")
    assert issue.fix is not None
    door = plan["door-1"]
    line = {"type": "LineString", "coordinates": issue.fix.arguments["coordinates"]}
    made = type(door)("door-new", "opening", line, door.properties)
    assert find(check(plan.with_features(made)), "unit-cut-off") == []


def test_a_room_far_from_all_others_gets_no_door() -> None:
    plan = draw_plan("""
        +-----+        +--+
        |A    |        |B |
        +--1--+        +--+
        4hall |
        +-----+
    """)
    (issue,) = find(check(plan), "unit-cut-off")
    assert issue.features == ("B",)
    assert issue.fix is None


def test_a_room_behind_a_lock_is_not_one_without_a_door() -> None:
    report = check(draw_plan(SHUT, doors={"3": {"locked": True}}))
    assert [issue.features for issue in find(report, "unit-locked")] == [("C",)]
    assert [issue.features for issue in find(report, "unit-cut-off")] == [("B",)]


def test_rooms_over_steps_only_are_noted() -> None:
    plan = draw_plan("""
        level 0
        +-----+------+
        |A    |stairs|
        +--1--+--6---+
        4hall        |
        +------------+

        level 1
              +------+
              |stairs|
        +-----+--6---+
        |C    3hall  |
        +-----+------+
    """)
    needing = {issue.features[0] for issue in find(check(plan), "unit-needs-steps")}
    assert needing in ({"C", "hall@1"}, {"A", "hall@0"})


def test_a_lift_with_one_stop_and_stairs_to_nowhere_are_told_apart() -> None:
    plan = draw_plan(
        """
        level 0
        +-----+------+------+----+
        |lift |stairs|stairB|lifB|
        +--1--+--2---+--3---+-4--+
        5hall                    |
        +------------------------+

        level 1
              +------+
              |stairs|
        +-----+--6---+-----------+
        |C    7hall              |
        +-----+------------------+
    """,
        units={"stairB": "stairs", "lifB": "elevator"},
    )
    found = {issue.features[0]: issue for issue in find(check(plan), "unit-joins-no-floor")}
    assert found.keys() == {"lift", "stairB", "lifB"}
    assert found["lift"].severity is Severity.WARNING
    assert found["stairB"].severity is Severity.NOTE
    one_floor = draw_plan("+----+---+\n|lift1A  |\n+----+---+")
    assert find(check(one_floor), "unit-joins-no-floor") == []


def test_a_plan_that_nobody_can_enter_says_so() -> None:
    assert find(check(draw_plan(SHUT)), "no-entrance") == []
    closed = draw_plan(SHUT.replace("4hall", "|hall"))
    assert len(find(check(closed), "no-entrance")) == 1


def test_issues_of_reading_come_along_worst_first_and_once() -> None:
    bad = Issue("duplicate-id", Severity.ERROR, {"id": "B"}, ("B",))
    report = check(draw_plan(SHUT), bad, bad)
    assert report.issues[0] == bad
    assert report.issues.count(bad) == 1
    assert report.has_errors
    order = [list(Severity).index(issue.severity) for issue in report.issues]
    assert order == sorted(order)
    assert report.count_severities()[Severity.ERROR] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_issue_has_words(language: str) -> None:
    for issue in check(draw_plan(SHUT)).issues:
        document = make_issue_document(issue, language)
        assert document["message"]
        assert document["fix"] is None or document["fix"]["text"]
