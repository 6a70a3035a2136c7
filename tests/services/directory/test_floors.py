"""Floors and buildings in a query: found by their labels, at either end."""

import pytest

from wayfinder.model import Plan, make_feature
from wayfinder.services.directory.floors import Floors
from wayfinder.services.directory.fold import list_words


def make_plan() -> Plan:
    buildings = [
        make_feature(
            "A",
            "building",
            None,
            {
                "name": {"zh-Hans": "门诊楼", "en": "Outpatient Building"},
                "wayfinder": {"codes": {"his": "A"}},
            },
        ),
        make_feature(
            "C",
            "building",
            None,
            {
                "name": {"zh-Hans": "住院楼", "en": "Inpatient Tower"},
                "wayfinder": {"codes": {"his": "C"}, "aliases": {"zh-Hans": ["住院部"]}},
            },
        ),
    ]
    levels = [
        make_feature(
            f"{building}{label}",
            "level",
            None,
            {
                "name": {"en": f"Level {label}"},
                "short_name": {"en": label},
                "ordinal": number,
                "building_ids": [building],
            },
        )
        for building in "AC"
        for number, label in enumerate(("B1", "1F", "2F", "9F", "夹层"))
    ]
    return Plan.of((*buildings, *levels))


FLOORS = Floors(make_plan())


@pytest.mark.parametrize(
    ("typed", "left", "levels"),
    [
        ("门诊二楼", "", {"A2F"}),
        ("门诊楼的2楼", "", {"A2F"}),
        ("住院部九层", "", {"C9F"}),
        ("Inpatient Tower 9F", "", {"C9F"}),
        ("9th floor of the inpatient tower", "", {"C9F"}),
        ("c9f", "", {"C9F"}),
        ("C楼 9楼", "", {"C9F"}),
        ("二楼厕所", "厕所", {"A2F", "C2F"}),
        ("toilet on the second floor", "toilet", {"A2F", "C2F"}),
        ("2nd floor toilet", "toilet", {"A2F", "C2F"}),
        ("地下一层", "", {"AB1", "CB1"}),
        ("负一楼超市", "超市", {"AB1", "CB1"}),
        ("basement", "", {"AB1", "CB1"}),
        ("夹层", "", {"A夹层", "C夹层"}),
        ("住院楼药房", "药房", {"CB1", "C1F", "C2F", "C9F", "C夹层"}),
    ],
)
def test_what_is_named_is_cut_out(typed: str, left: str, levels: set[str]) -> None:
    parted = FLOORS.part(list_words(typed))
    assert parted is not None
    assert "".join(parted.words) == left
    assert parted.levels == levels


@pytest.mark.parametrize("typed", ["12楼", "acupuncture", "a toilet", "心内科", "", "29f", "vb12"])
def test_what_is_no_floor_here_stays_whole(typed: str) -> None:
    assert FLOORS.part(list_words(typed)) is None


def test_a_plan_without_floors_has_none() -> None:
    assert Floors(Plan.of(())).part(["2f"]) is None
