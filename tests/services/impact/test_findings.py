"""What a change does is said in words: the gravest first, each place once."""

from typing import Any

import pytest

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.services.impact.findings import (
    BAD,
    GOOD,
    Finding,
    Ways,
    are_ways_lost,
    list_findings,
    list_reach,
    list_rest,
    say_compared,
)

REACH: dict[str, Any] = {
    "places": 4,
    "rooms": 9,
    "gone": [],
    "closed": [],
    "unreachable": [],
    "without_steps": [],
    "gained": [],
}
JOURNEYS: dict[str, Any] = {
    "journeys": 4000,
    "longer": [],
    "barred": 0,
    "barred_on_wheels": 0,
    "lost": [],
}
LONGER = {"place": "A", "start": "s", "journeys": 3, "before_s": 61.0, "after_s": 200.0}


def write(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    reach = {**REACH, **{key: given.pop(key) for key in tuple(given) if key in REACH}}
    journeys = {**JOURNEYS, **{key: given.pop(key) for key in tuple(given) if key in JOURNEYS}}
    names: dict[str, dict[str, Any]] = {
        key: {"name": {"en": name, "zh-Hans": name}, "floor": {"en": "1F", "zh-Hans": "1F"}}
        for key, name in (("A", "X-ray"), ("B", "Lab"), ("k", "Kiosk"))
    }
    names["s"] = {"name": {"en": "A1-03"}, "floor": {}, "code": "K7QX3M9"}
    for number, name in enumerate(("Toilet", "ECG 1", "Toilet", "ECG 2")):
        floor = {"en": f"Floor {number // 3}"}
        names[f"r{number}"] = {"name": {"en": name}, "floor": floor, "room": True}
    return {
        "reach": reach,
        "journeys": journeys,
        "meanwhile": None,
        "wrong": [],
        "planned": 0,
        "displays": [],
        "names": names,
        **given,
    }


def view(language: str = "en", **given: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - JSON
    return list_findings(write(**given), language)


def test_nothing_is_nothing() -> None:
    assert view() == ()
    said = say_compared(write(), "en")
    assert "4,000 journeys to 4 places" in said
    assert "9 rooms" in said


def test_the_gravest_comes_first() -> None:
    found = view(gained=["A"], gone=["B"], unreachable=["A"], planned=2)
    assert [one.code for one in found] == ["unreachable", "gone", "planned", "gained"]
    assert (found[0].grade, found[-1].grade) == (BAD, GOOD)
    assert found[0].items[0].name == "X-ray"
    assert found[0].items[0].floor == "1F"


def test_rooms_come_after_departments_floor_by_floor() -> None:
    (found,) = view(without_steps=["r0", "A", "r1", "B", "r2", "r3"])
    assert found.text == "2 departments or services and 4 rooms lose step-free access"
    assert [item.id for item in found.items] == ["A", "B"]
    assert [(one.floor, one.names) for one in found.rooms] == [
        ("Floor 0: 3 rooms", "ECG 1, Toilet ×2"),
        ("Floor 1: 1 room", "ECG 2"),
    ]
    (alone,) = view(unreachable=["r3"])
    assert alone.text == "1 room can no longer be reached from any entrance"
    (place,) = view(without_steps=["A"])
    assert place.text == "1 department or service loses step-free access"


def test_what_is_known_at_once_is_not_told_twice() -> None:
    document = write(unreachable=["A"], closed=["r1"], planned=2)
    assert [one.code for one in list_reach(document, "en")] == ["unreachable", "closed"]
    assert [one.code for one in list_rest(document, "en")] == ["planned"]
    early = {"reach": document["reach"], "names": document["names"]}
    assert list_reach(early, "en") == list_reach(document, "en")


def test_a_place_that_takes_longer_is_told_once_with_all_who_travel() -> None:
    longer = [{**LONGER, "profile": profile} for profile in ("walk", "wheelchair")]
    (found,) = view(longer=longer)
    assert found.text == "1 place takes more than a minute longer to get to"
    (item,) = found.items
    assert item.notes == tuple(
        f"{who}: from A1-03 (K7QX3M9) 4 minutes instead of 2; longer from 3 signs, screens and"
        " entrances"
        for who in ("On foot", "Wheelchair")
    )


def test_ways_that_are_lost_are_counted_and_unfold_from_where_to_where() -> None:
    foot = {"profile": "walk", "starts": ["s"], "places": ["A"]}
    wheels = {"profile": "wheelchair", "starts": ["s", "k", "k2"], "places": ["A", "B"]}
    found = view(barred=1, barred_on_wheels=6, lost=[foot, wheels])
    assert [one.code for one in found] == ["barred", "barred_on_wheels"]
    (alone,), (many,) = (one.ways for one in found)
    assert alone == Ways("From A1-03 (K7QX3M9) to X-ray", (), ())
    assert many.summary == "From 3 entrances, signs and screens to 2 places"
    assert [(one.floor, one.names) for one in many.starts] == [
        ("", "A1-03 (K7QX3M9), k2"),  # nobody knows what that was called
        ("1F", "Kiosk"),
    ]
    assert [(one.floor, one.names) for one in many.places] == [("1F", "Lab, X-ray")]
    assert are_ways_lost(found)
    assert not are_ways_lost(view(unreachable=["A"], planned=2))


def test_what_is_wrong_of_a_sign_is_told_together() -> None:
    wrong = [
        {"sign": "s", "code": "no-way", "to": "A", "printed": "left", "right": None, "called": {}},
        {
            "sign": "s",
            "code": "renamed",
            "to": "B",
            "printed": None,
            "right": None,
            "called": {"en": "Laboratory"},
        },
        {"sign": "x", "code": "removed", "to": None, "printed": None, "right": None, "called": {}},
    ]
    (found,) = view(wrong=wrong)
    assert found.text == "2 signs on the walls become wrong"
    assert found.items[0].name == "A1-03 (K7QX3M9)"
    assert found.items[0].notes == ("no way leads to X-ray", "it is called Laboratory now")
    assert found.items[1].name == "x"  # nobody knows what it was called


def test_while_something_is_closed_only_what_is_more_is_told() -> None:
    now = {**REACH, "unreachable": ["A", "B"], "without_steps": ["A"]}
    found = view(unreachable=["A"], without_steps=["A"], meanwhile=now)
    told = {one.code: [item.id for item in one.items] for one in found}
    assert told == {"unreachable": ["A"], "without_steps": ["A"], "unreachable-meanwhile": ["B"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words(language: str) -> None:
    longer = [{**LONGER, "profile": "walk"}]
    reasons = ["removed", "moved", "wall-gone", "otherwise", "ways", "step-free-ways"]
    lost = [{"profile": "wheelchair", "starts": ["s", "k"], "places": ["A", "B"]}]
    codes = ("removed", "moved", "wall-gone", "gone", "renamed", "no-way", "arrow", "reworded")
    wrong = [
        {"sign": "s", "code": code, "to": "A", "printed": "left", "right": "right", "called": {}}
        for code in codes
    ]
    found = view(
        language,
        gone=["A", "r0", "r2"],
        closed=["A"],
        unreachable=["A"],
        without_steps=["A"],
        gained=["A"],
        longer=longer,
        barred=3,
        barred_on_wheels=4,
        lost=lost,
        wrong=wrong,
        planned=1,
        displays=[{"display": "k", "reasons": reasons}],
        meanwhile={**REACH, "unreachable": ["B"], "without_steps": ["B"]},
    )
    assert len(found) == 13
    assert all(one.text for one in found)
    notes = {one.code: one.items[0].notes for one in found if one.items}
    assert len(notes["displays"]) == len(reasons)
    assert len(notes["wrong"]) == len(codes)
