"""What somebody types becomes one place, or candidates; never anything else."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.cli.errors import Exit
from wayfinder.cli.places import PlaceError, find_closed, find_place
from wayfinder.formats import read_plan
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Plan, make_feature
from wayfinder.resources import floorplans_dir
from wayfinder.services.directory import Directory


@cache
def read_clinic() -> Plan:
    return read_plan(floorplans_dir() / "clinic").plan


@cache
def read_directory() -> Directory:
    return Directory(read_clinic())


@given(text=st.text(max_size=40), language=st.sampled_from(LANGUAGES))
def test_any_text_is_a_place_or_one_line(text: str, language: str) -> None:
    plan = read_clinic()
    error = None
    try:
        found = find_place(read_directory(), text, language)
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
        find_place(read_directory(), mistyped, "en")
    assert name in {candidate.name for candidate in caught.value.candidates}


@pytest.mark.parametrize("text", ["PED", "ped", "儿科", "paediatrics", "小儿科", "ＰＥＤ"])
def test_codes_names_and_aliases_in_any_language_are_the_place(text: str) -> None:
    plan = read_clinic()
    assert plan[find_place(read_directory(), text, "en")].name["en"] == "Paediatrics"


def test_the_nearest_of_a_category_is_left_to_the_router() -> None:
    assert (
        find_place(read_directory(), "nearest:restroom", "en", or_nearest=True)
        == "nearest:restroom"
    )


@pytest.mark.parametrize("text", ["the main entrance", "The Main Entrance", "main entrance"])
def test_an_article_does_not_hide_a_place(text: str) -> None:
    plan = read_clinic()
    assert plan[find_place(read_directory(), text, "en")].name["en"] == "Main Entrance"


def test_a_floor_is_called_by_its_label() -> None:
    plan = read_clinic()
    assert plan[find_place(read_directory(), "2F", "en")].feature_type == "level"


def test_a_mistyped_door_comes_up_as_other_places_do() -> None:
    with pytest.raises(PlaceError) as caught:
        find_place(read_directory(), "main entrnce", "en")
    assert caught.value.candidates[0].name == "Main Entrance"


@pytest.mark.parametrize("text", ["exit", "entrance", "出口", "门口"])
def test_the_way_out_is_offered_as_a_sort_of_place(text: str) -> None:
    with pytest.raises(PlaceError, match=r"nearest:pedestrian\.principal"):
        find_place(read_directory(), text, "en", or_nearest=True)


def test_a_lift_is_closed_by_its_name_on_every_floor() -> None:
    plan = read_clinic()
    closed = find_closed(read_directory(), "Lift 1", "en")
    assert {plan[feature_id].level_id for feature_id in closed} == {f.id for f in plan.levels}


@pytest.mark.parametrize("text", ["Women's Toilet", "nothing"])
def test_what_is_not_one_thing_is_not_closed(text: str) -> None:
    with pytest.raises(PlaceError):
        find_closed(read_directory(), text, "en")


def test_candidates_are_listed_as_the_language_does() -> None:
    with pytest.raises(PlaceError) as caught:
        find_place(read_directory(), "女卫生间", "zh-Hans")
    assert "；" in caught.value.message
    assert not {":", ";"} & set(caught.value.message)


def test_houses_tell_candidates_of_one_name_apart() -> None:
    houses = [
        make_feature(f"B{n}", "building", None, {"name": {"en": f"House {n}"}}) for n in (1, 2)
    ]
    floors = [
        make_feature(
            f"L{n}",
            "level",
            None,
            {"ordinal": 0, "short_name": {"en": "G"}, "building_ids": [f"B{n}"]},
        )
        for n in (1, 2)
    ]
    desks = [
        make_feature(f"D{n}", "unit", None, {"name": {"en": "Desk"}, "level_id": f"L{n}"})
        for n in (1, 2)
    ]
    with pytest.raises(PlaceError) as caught:
        find_place(Directory(Plan.of((*houses, *floors, *desks))), "desk", "en")
    assert {one.level for one in caught.value.candidates} == {"House 1 G", "House 2 G"}
