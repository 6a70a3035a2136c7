"""What lies over something else, or outside of what holds it."""

import pytest

from tests.formats.validation.judging import LAT, LEVEL, LON, M, area, judge, only, unit
from wayfinder.model import Feature, make_feature


def test_units_that_overlap() -> None:
    issue = only(unit("a", area(0, 0, 10, 10)), unit("b", area(5, 0, 15, 10)))
    assert (issue.code, issue.features) == ("units-overlap", ("a", "b"))
    assert issue.values["percent"] == 50
    assert issue.place == pytest.approx((LON + 7.5 * M, LAT + 5 * M))


@pytest.mark.parametrize(
    "other",
    [
        unit("b", area(10, 0, 20, 10)),
        unit("b", area(9.9, 0, 20, 10)),
        unit("b", area(4, 4, 6, 6), category="column"),
    ],
)
def test_units_that_touch_or_are_solid_do_not(other: Feature) -> None:
    assert judge(unit("a"), other) == []


def test_units_of_other_levels_do_not() -> None:
    upper = make_feature("L1", "level", LEVEL.geometry, {**LEVEL.properties, "ordinal": 1})
    assert judge(upper, unit("a"), unit("b", level_id="L1")) == []


def test_ten_thousand_rooms_on_one_spot_take_no_time() -> None:
    issues = judge(*[unit(str(number)) for number in range(300)])
    assert issues[-1].code == "overlaps-not-all-listed"
    assert len(issues) == 2_000 + 1


def test_units_outside_their_level() -> None:
    issue = only(unit(geometry=area(90, 0, 110, 10)))
    assert (issue.code, issue.values["percent"]) == ("unit-outside-level", 50)
