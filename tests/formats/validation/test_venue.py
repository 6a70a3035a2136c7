"""The frame of a plan: its venue, its levels, its time zone; a sound plan has no issue."""

import pytest
from hypothesis import given

from tests.formats.strategies import plans
from tests.formats.validation.judging import LEVEL, VENUE, area, judge, line, only, unit
from wayfinder.formats.validation import list_plan_issues
from wayfinder.guide.words import say_fix, say_issue
from wayfinder.model import Feature, Plan, Severity, make_feature


def test_a_sound_plan_has_no_issue() -> None:
    door = make_feature(
        "d", "opening", line((0, 2), (0, 4)), {"category": "pedestrian", "level_id": "L0"}
    )
    assert judge(unit(), door) == []


# the frame


def test_an_empty_plan() -> None:
    codes = [issue.code for issue in list_plan_issues(Plan.of([]))]
    assert codes == ["venue-missing", "levels-missing", "units-missing"]


def test_several_venues() -> None:
    other = make_feature("w", "venue", area(0, 0, 9, 9), VENUE.properties)
    issue = only(other)
    assert (issue.code, issue.features) == ("venues-several", ("v", "w"))


@pytest.mark.parametrize(
    ("ordinal", "code"),
    [
        (None, "level-without-ordinal"),
        ("ground", "member-of-wrong-type"),
        (True, "member-of-wrong-type"),
    ],
)
def test_a_level_without_a_readable_ordinal_is_an_error(ordinal: object, code: str) -> None:
    issue = only(LEVEL.with_properties(ordinal=ordinal))
    assert (issue.code, issue.severity, issue.level) == (code, Severity.ERROR, "L0")


@pytest.mark.parametrize(
    ("members", "codes"), [({}, ["level-without-units"]), ({"outdoor": True}, [])]
)
def test_a_floor_that_was_emptied_is_told(members: dict[str, bool], codes: list[str]) -> None:
    upper = make_feature(
        "L1", "level", LEVEL.geometry, {**LEVEL.properties, "ordinal": 1, **members}
    )
    issues = judge(unit(), upper)
    assert [issue.code for issue in issues] == codes
    assert {(issue.severity, issue.level) for issue in issues} <= {(Severity.WARNING, "L1")}
    column = unit("u1", level_id="L1", category="column")
    assert [issue.code for issue in judge(unit(), upper, column)] == codes
    drawn = unit("u1", level_id="L1")
    assert judge(unit(), upper, drawn) == []


@pytest.mark.parametrize("left", [[], [unit(category="column")]])
def test_a_plan_without_any_room_is_told_once(left: list[Feature]) -> None:
    codes = [issue.code for issue in list_plan_issues(Plan.of([VENUE, LEVEL, *left]))]
    assert codes == ["units-missing"]


def test_two_levels_of_one_ordinal() -> None:
    twin = make_feature("L1", "level", LEVEL.geometry, LEVEL.properties)
    room = unit("u1", level_id="L1")
    assert only(twin, room).code == "levels-with-one-ordinal"
    beside = make_feature("L1", "level", area(100, 0, 200, 100), LEVEL.properties)
    assert judge(beside, unit("u1", area(120, 0, 130, 10), level_id="L1")) == []
    owned = [LEVEL.with_properties(building_ids=["b"]), twin.with_properties(building_ids=["c"])]
    assert {issue.code for issue in judge(*owned, room)} == {"reference-missing"}


def test_hours_without_a_time_zone() -> None:
    issue = only(
        make_feature("v", "venue", VENUE.geometry, {"name": {"en": "H"}}),
        unit(wayfinder={"hours": "Mo-Fr 08:00-17:00"}),
    )
    assert (issue.code, issue.features) == ("time-zone-missing", ("u",))
    assert issue.fix is not None
    assert issue.fix.action == "set-time-zone"


def test_an_unknown_time_zone() -> None:
    assert only(VENUE.with_wayfinder(time_zone="Bejing")).code == "time-zone-unknown"


@given(plans())
def test_any_plan_gives_issues_that_can_be_said(plan: Plan) -> None:
    issues = list_plan_issues(plan)
    assert issues == list_plan_issues(plan)
    for issue in issues:
        assert set(issue.features) <= set(plan.features)
        for language in ("en", "zh-Hans"):
            assert say_issue(issue, language)
            assert issue.fix is None or say_fix(issue.fix, language)
