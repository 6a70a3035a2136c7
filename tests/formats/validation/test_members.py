"""Members of the wrong type, categories, hours, our own object, names."""

from typing import Any

import pytest

from tests.formats.validation.judging import LEVEL, VENUE, area, judge, only, unit
from wayfinder.model import Severity


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("category", 7, "text"),
        ("name", ["x"], "labels"),
        ("name", {"en": 3}, "labels"),
        ("accessibility", {"a": 1}, "texts"),
        ("display_point", [1, 2], "point"),
    ],
)
def test_members_of_the_wrong_type(member: str, value: object, expected: str) -> None:
    members: dict[str, Any] = {member: value}
    issue = only(unit(**members))
    assert (issue.code, issue.severity) == ("member-of-wrong-type", Severity.WARNING)
    assert issue.values["expected"] == expected


def test_texts_that_read_as_something_else_are_noted_once() -> None:
    level = LEVEL.with_properties(ordinal="0", outdoor="false", building_ids="v")
    issues = judge(level)
    assert [issue.code for issue in issues] == [
        "reference-of-wrong-type",
        *("text-for-boolean", "text-for-number", "text-for-list"),
    ]


def test_unknown_categories_are_noted_once() -> None:
    issue = only(
        unit("a", area(0, 0, 4, 4), category="spa"), unit("b", area(6, 0, 9, 4), category="spa")
    )
    assert (issue.code, issue.features) == ("category-unknown", ("a", "b"))
    assert judge(unit(category="consultingroom")) == []


@pytest.mark.parametrize("hours", ["nine to five", "Mo-Fr 25:99", "Mo 08:00-17:00;" * 100])
def test_hours_that_cannot_be_read(hours: str) -> None:
    assert only(VENUE.with_properties(hours=hours)).code == "hours-unreadable"


@pytest.mark.parametrize(
    ("ours", "code", "severity"),
    [
        ({"acces": "staff"}, "wayfinder-key-unknown", Severity.WARNING),
        ({"lift": {"speed": 3}}, "wayfinder-key-unknown", Severity.WARNING),
        ({"access": "secret"}, "wayfinder-value-wrong", Severity.ERROR),
        ({"clear_width_m": "0.9"}, "wayfinder-value-wrong", Severity.WARNING),
        ({"clear_width_m": -1}, "wayfinder-value-wrong", Severity.WARNING),
        ({"lift": {"wait_s": -1}}, "wayfinder-value-wrong", Severity.WARNING),
        (["access"], "wayfinder-value-wrong", Severity.ERROR),
        ({"threshold_mm": 5}, "wayfinder-key-misplaced", Severity.NOTE),
    ],
)
def test_the_wayfinder_object(ours: object, code: str, severity: Severity) -> None:
    issue = only(unit(wayfinder=ours))
    assert (issue.code, issue.severity) == (code, severity)


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"name": {"en": "Ward\u202e3"}}, "label-with-hidden-characters"),
        ({"alt_name": {"en": "a\tb"}}, "label-with-hidden-characters"),
        ({"wayfinder": {"aliases": {"en": ["x\u200b"]}}}, "label-with-hidden-characters"),
        ({"wayfinder": {"codes": {"his": "1\u202e"}}}, "label-with-hidden-characters"),
        ({"name": {"en": "x" * 1_000_000}}, "label-too-long"),
        ({"name": {"english please": "x"}}, "language-unknown"),
        ({"name": "Ward 3"}, "label-without-language"),
    ],
)
def test_labels(properties: dict[str, Any], code: str) -> None:
    issue = only(unit(**properties))
    assert issue.code == code
    assert len(str(issue)) < 1000


def test_what_people_must_be_told_has_a_name() -> None:
    assert only(LEVEL.with_properties(name={"en": "  "})).code == "name-missing"
    assert only(VENUE.with_properties(name=None)).code == "name-missing"
