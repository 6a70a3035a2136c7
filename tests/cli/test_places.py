"""What somebody types becomes one place, or candidates; never anything else."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.cli.errors import Exit
from wayfinder.cli.places import PlaceError, find_destination, find_place
from wayfinder.formats import read_plan
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Plan
from wayfinder.resources import floorplans_dir


@cache
def read_clinic() -> Plan:
    return read_plan(floorplans_dir() / "clinic").plan


@given(text=st.text(max_size=40), language=st.sampled_from(LANGUAGES))
def test_any_text_is_a_place_or_one_line(text: str, language: str) -> None:
    plan = read_clinic()
    error = None
    try:
        found = find_place(plan, text, language)
    except PlaceError as caught:
        error = caught
    else:
        assert found in plan
    if error is not None:
        assert error.exit_code is Exit.NO
        assert not any(c < " " or "\x7f" <= c < "\xa0" for c in error.message)
        assert {candidate.id for candidate in error.candidates} <= set(plan.features)


@given(data=st.data())
def test_a_typing_error_brings_the_place_up(data: st.DataObject) -> None:
    names = ("Paediatrics", "Gynaecology", "Infusion Room", "Nurse Station", "Blood Sampling")
    name = data.draw(st.sampled_from(names))
    spot = data.draw(st.integers(0, len(name) - 1))
    mistyped = name[:spot] + data.draw(st.sampled_from("xqz")) + name[spot + 1 :]
    with pytest.raises(PlaceError) as caught:
        find_place(read_clinic(), mistyped, "en")
    assert name in {candidate.name for candidate in caught.value.candidates}


@pytest.mark.parametrize("text", ["PED", "ped", "儿科", "paediatrics", "小儿科", "ＰＥＤ"])
def test_codes_names_and_aliases_in_any_language_are_the_place(text: str) -> None:
    plan = read_clinic()
    assert plan[find_place(plan, text, "en")].name["en"] == "Paediatrics"


def test_the_nearest_of_a_category_is_left_to_the_router() -> None:
    assert find_destination(read_clinic(), "nearest:restroom", "en") == "nearest:restroom"
