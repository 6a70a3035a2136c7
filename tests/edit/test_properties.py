"""Names and properties, judged before they get into the plan; the directory in bulk."""

from typing import Any

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, ours, refuse
from wayfinder.edit import MalformedActionError, parse_offered
from wayfinder.guide.words import LANGUAGES, say_edit_error
from wayfinder.model import make_feature

PLAN = draw_plan(
    """
    +-----+-----+
    |A @x |B *wc|
    +--1--+--2--+
    |hall       |
    +-----------+
"""
)


def test_a_name_is_set_in_one_language_and_others_stay() -> None:
    plan = act(PLAN, "rename", feature="A", names={"zh-Hans": "放射科"}).plan
    assert plan["A"].name == {"en": "A", "zh-Hans": "放射科"}
    plan = act(plan, "rename", feature="A", names={"en": None, "zh-Hans": ""}).plan
    assert plan["A"].properties["name"] is None
    level = act(PLAN, "rename", feature="level0", names={"en": "G"}, member="short_name").plan
    assert level["level0"].properties["short_name"] == {"en": "G"}
    error = refuse(PLAN, "rename", feature="A", names={"en": "G"}, member="short_name")
    assert error.code == "member-unknown"


def test_a_name_that_was_read_and_strays_does_not_bar_a_new_one() -> None:
    plan = PLAN.with_features(PLAN["A"].with_properties(name={"en": "A\u202e", "??": "x"}))
    edit = act(plan, "rename", feature="A", names={"en": "Ward"})
    assert edit.plan["A"].properties["name"] == {"en": "Ward", "??": "x"}


def test_what_is_set_to_what_it_is_changes_nothing() -> None:
    edit = act(PLAN, "rename", feature="A", names={"en": "A"})
    assert edit.touched == frozenset()
    assert edit.plan is PLAN


@pytest.mark.parametrize(
    ("feature", "members", "given", "code"),
    [
        ("A", {"colour": "red"}, {}, "member-unknown"),
        ("A", {"category": "dungeon"}, {}, "category-unknown"),
        ("A", {"category": 5}, {}, "member-unfit"),
        ("A", {"name": "plain"}, {}, "member-unfit"),
        ("A", {"name": {"en": ""}}, {}, "member-unfit"),
        ("A", {"name": {"e!": "x"}}, {}, "language-unknown"),
        ("A", {"name": {"en": "a\u200bb"}}, {}, "text-hides"),
        ("A", {"name": {"en": "x" * 501}}, {}, "text-too-long"),
        ("A", {"accessibility": "wheelchair"}, {}, "member-unfit"),
        ("A", {"restriction": "nobody"}, {}, "member-unfit"),
        ("A", {"level_id": "level0"}, {}, "member-not-set-here"),
        ("wc", {"hours": "sometimes"}, {}, "hours-unreadable"),
        ("wc", {"address_id": "A"}, {}, "feature-of-other-kind"),
        ("wc", {"address_id": "no"}, {}, "feature-missing"),
        ("wc", {"website": "javascript:alert(1)"}, {}, "website-unfit"),
        ("wc", {"website": "https://a b"}, {}, "website-unfit"),
        ("A", {"display_point": {"type": "Point", "coordinates": [0, 0]}}, {}, "far-away"),
        ("A", {"display_point": {"type": "Point", "coordinates": [1e9, 0]}}, {}, "far-away"),
        ("A", {"display_point": {"type": "Point"}}, {}, "member-unfit"),
        ("level0", {"ordinal": "2"}, {}, "member-unfit"),
        ("level0", {"ordinal": 5000}, {}, "ordinal-unfit"),
        ("level0", {"outdoor": "yes"}, {}, "member-unfit"),
        ("A", {}, {"colour": "red"}, "key-unknown"),
        ("A", {}, {"threshold_mm": 5}, "key-unknown"),
        ("A", {}, {"clear_width_m": -1}, "key-unfit"),
        ("A", {}, {"clear_width_m": True}, "key-unfit"),
        ("A", {}, {"clear_width_m": 95}, "key-unfit"),
        ("A", {}, {"lift": {"car_width_m": 0.2}}, "key-unfit"),
        ("venue", {}, {"default_clear_widths_m": {"door": 90}}, "key-unfit"),
        ("A", {}, {"access": "everybody"}, "key-unfit"),
        ("A", {}, {"lift": {"car_width": 1}}, "key-unfit"),
        ("A", {}, {"codes": {"HIS": "1"}}, "key-unfit"),
        ("A", {}, {"codes": {"his": "\u202e1"}}, "text-hides"),
        ("A", {}, {"osm": {"id": "way/1"}}, "key-read-only"),
        ("A", {}, {"hours": "Mo-"}, "hours-unreadable"),
        ("A", {}, {"description": {"?": "x"}}, "language-unknown"),
        ("door-1", {}, {"one_way_to": "door-2"}, "feature-of-other-kind"),
        ("venue", {}, {"time_zone": "Nowhere"}, "time-zone-unknown"),
        ("wc", {}, {"sign": {"messages": [{"to": "no", "arrow": "up"}]}}, "feature-missing"),
        ("no", {}, {}, "feature-missing"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    feature: str, members: dict[str, Any], given: dict[str, Any], code: str
) -> None:
    error = refuse(PLAN, "set-properties", feature=feature, members=members, ours=given)
    assert error.code == code
    for language in LANGUAGES:
        assert say_edit_error(error, language)


def test_what_can_be_is_set_and_cleared() -> None:
    members = {"category": "radiology", "accessibility": ["wheelchair"], "restriction": None}
    given = {
        "access": "public",
        "aliases": {"zh-Hans": ["拍片"]},
        "codes": {"his": "R-1"},
        "clear_width_m": 1.1,
        "hours": "Mo-Fr 08:00-17:00",
        "description": {"en": "Two lines\nof text"},
    }
    plan = act(PLAN, "set-properties", feature="A", members=members, ours=given).plan
    assert plan["A"].category == "radiology"
    assert dict(ours(plan, "A")) == given
    cleared = act(plan, "set-properties", feature="A", ours=dict.fromkeys(given)).plan
    assert "wayfinder" not in cleared["A"].properties


def test_what_is_foreign_stays() -> None:
    strange = PLAN["A"].with_properties(colour="red", wayfinder={"mystery": 1})
    plan = PLAN.with_features(
        make_feature("A", "unit", strange.geometry, strange.properties, {"bbox": [1, 2]})
    )
    edit = act(plan, "set-properties", feature="A", ours={"access": "staff"})
    assert edit.plan["A"].members == {"bbox": [1, 2]}
    assert edit.plan["A"].properties["colour"] == "red"
    assert dict(ours(edit.plan, "A")) == {"mystery": 1, "access": "staff"}


def test_the_directory_is_set_in_one_go() -> None:
    rows = [
        {
            "feature": "x",
            "names": {"zh-Hans": "内科"},
            "aliases": {"zh-Hans": ["看内科"], "en": []},
            "codes": {"his": "0123"},
            "hours": "Mo-Fr 08:00-12:00",
            "phone": "123",
            "website": "https://example.org",
        },
        {"feature": "A", "hours": "24/7"},
        {"feature": "wc", "phone": ""},
    ]
    plan = act(PLAN, "update-directory", rows=rows).plan
    occupant = plan["x"]
    assert occupant.name == {"en": "x", "zh-Hans": "内科"}
    assert occupant.aliases == {"zh-Hans": ("看内科",)}
    assert occupant.properties["hours"] == "Mo-Fr 08:00-12:00"
    assert ours(plan, "A") == {"hours": "24/7"}
    later = [{"feature": "x", "codes": {"his": None}, "hours": "", "aliases": {"zh-Hans": []}}]
    plan = act(plan, "update-directory", rows=later).plan
    assert plan["x"].hours is None
    assert dict(plan["x"].codes) == {}
    assert plan["x"].properties["phone"] == "123"


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([{"feature": "x"}, {"feature": "no"}], "feature-missing", 2),
        ([{"feature": "x"}, {"feature": "x"}], "row-twice", 1),
        ([{"feature": "x"}, {"feature": "A", "hours": "??"}], "hours-unreadable", 2),
        ([{"feature": "door-1"}], "not-in-directory", 1),
        ([{"feature": "A", "phone": "1"}], "member-unknown", 1),
    ],
)
def test_a_row_that_cannot_be_leaves_all_as_it_was(
    rows: list[dict[str, Any]], code: str, row: int
) -> None:
    error = refuse(PLAN, "update-directory", rows=rows)
    assert (error.code, error.values["row"]) == (code, row)
    assert say_edit_error(error, "en").startswith(f"Row {row}: ")


def test_a_batch_is_done_whole_or_not_at_all() -> None:
    first = {"kind": "rename", "feature": "A", "names": {"en": "One"}}
    edit = act(
        PLAN, "batch", actions=[first, {"kind": "delete", "features": ["B"], "contents": True}]
    )
    assert edit.touched == {"A", "B", "wc"}
    error = refuse(PLAN, "batch", actions=[first, {"kind": "delete", "features": ["no"]}])
    assert (error.code, error.values["number"]) == ("feature-missing", 2)
    nested = refuse(PLAN, "batch", actions=[{"kind": "batch", "actions": [first]}])
    assert isinstance(nested, MalformedActionError)
    assert nested.values["place"] == "actions[0].kind"
    undone = refuse(PLAN, "batch", actions=[{"kind": "restore", "features": {}}])
    assert undone.code == "action-unknown"
    back = {"kind": "rename", "feature": "A", "names": {"en": "A"}}
    assert act(PLAN, "batch", actions=[first, back]).touched == frozenset()
    with pytest.raises(MalformedActionError):
        parse_offered({"kind": "batch", "actions": []})
