"""What a change does is said in words: the gravest first, each place once."""

from typing import Any

import pytest

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.web.studio.impact_view import BAD, GOOD, ImpactView

NOTHING: dict[str, Any] = {
    "places": 4,
    "journeys": 40,
    "gone": [],
    "closed": [],
    "unreachable": [],
    "without_steps": [],
    "gained": [],
    "longer": [],
    "barred": 0,
    "starts": 0,
}
LONGER = {"place": "A", "start": "s", "journeys": 3, "before_s": 61.0, "after_s": 200.0}


def view(language: str = "en", **given: Any) -> ImpactView:  # noqa: ANN401 - JSON
    journeys = {**NOTHING, **{key: given.pop(key) for key in tuple(given) if key in NOTHING}}
    names = {
        key: {"name": {"en": name, "zh-Hans": name}, "floor": {"en": "1F"}, "level": "l"}
        for key, name in (("A", "X-ray"), ("B", "Lab"), ("k", "Kiosk"))
    }
    names["s"] = {"name": {"en": "A1-03"}, "floor": {}, "level": "l", "code": "K7QX3M9"}
    document = {
        "journeys": journeys,
        "meanwhile": None,
        "wrong": [],
        "planned": 0,
        "displays": [],
        "names": names,
        **given,
    }
    return ImpactView(document, language)


def test_nothing_is_nothing() -> None:
    assert view().findings == ()
    assert view().is_calm
    assert "40 journeys to 4 places" in view().compared


def test_the_gravest_comes_first() -> None:
    found = view(gained=["A"], gone=["B"], unreachable=["A"], planned=2).findings
    assert [one.code for one in found] == ["unreachable", "gone", "planned", "gained"]
    assert (found[0].grade, found[-1].grade) == (BAD, GOOD)
    assert found[0].items[0].name == "X-ray"
    assert found[0].items[0].floor == "1F"
    assert not view(unreachable=["A"]).is_calm
    assert view(gained=["A"], planned=1).is_calm


def test_a_place_that_takes_longer_is_told_once_with_all_who_travel() -> None:
    longer = [{**LONGER, "profile": profile} for profile in ("walk", "wheelchair")]
    (found,) = view(longer=longer).findings
    assert found.text == "1 place takes more than a minute longer to get to"
    (item,) = found.items
    assert item.notes == tuple(
        f"{who}: from A1-03 (K7QX3M9) 4 minutes instead of 2; longer from 3 signs, screens and"
        " entrances"
        for who in ("On foot", "Wheelchair")
    )


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
    (found,) = view(wrong=wrong).findings
    assert found.text == "2 signs on the walls become wrong"
    assert found.items[0].name == "A1-03 (K7QX3M9)"
    assert found.items[0].notes == ("no way leads to X-ray", "it is called Laboratory now")
    assert found.items[1].name == "x"  # nobody knows what it was called


def test_while_something_is_closed_only_what_is_more_is_told() -> None:
    now = {**NOTHING, "unreachable": ["A", "B"], "without_steps": ["A"]}
    found = view(unreachable=["A"], without_steps=["A"], meanwhile=now).findings
    told = {one.code: [item.id for item in one.items] for one in found}
    assert told == {"unreachable": ["A"], "without_steps": ["A"], "unreachable-meanwhile": ["B"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_words(language: str) -> None:
    longer = [{**LONGER, "profile": "walk"}]
    reasons = ["removed", "moved", "wall-gone", "otherwise", "ways"]
    codes = ("removed", "moved", "wall-gone", "gone", "renamed", "no-way", "arrow", "reworded")
    wrong = [
        {"sign": "s", "code": code, "to": "A", "printed": "left", "right": "right", "called": {}}
        for code in codes
    ]
    found = view(
        language,
        gone=["A"],
        closed=["A"],
        unreachable=["A"],
        without_steps=["A"],
        gained=["A"],
        longer=longer,
        barred=3,
        wrong=wrong,
        planned=1,
        displays=[{"display": "k", "reasons": reasons}],
        meanwhile={**NOTHING, "unreachable": ["B"], "without_steps": ["B"]},
    ).findings
    assert len(found) == 12
    assert all(one.text for one in found)
    notes = {one.code: one.items[0].notes for one in found if one.items}
    assert len(notes["displays"]) == len(reasons)
    assert len(notes["wrong"]) == len(codes)
