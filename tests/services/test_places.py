"""What somebody typed or a link holds becomes one place, or those that may have been meant."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box
from shapely.geometry import mapping

from wayfinder.formats import read_plan
from wayfinder.model import Feature, Plan, make_feature
from wayfinder.resources import floorplans_dir
from wayfinder.route import find_places
from wayfinder.services.directory import Directory
from wayfinder.services.places import SHOWN, Unclear, find_place, find_shaft


@cache
def read_clinic() -> Directory:
    return Directory(read_plan(floorplans_dir() / "clinic").plan)


@pytest.mark.parametrize("text", ["PED", "ped", "儿科", "paediatrics", "小儿科", "ＰＥＤ"])
def test_a_code_a_name_or_an_alias_is_the_place(text: str) -> None:
    found = find_place(read_clinic(), text, language="en")
    assert isinstance(found, str)
    assert read_clinic().plan[found].name["en"] == "Paediatrics"


@pytest.mark.parametrize("text", ["VQAFYHP", "vqafyhp", " VQA-FYHP ", "vqa fyhp"])
def test_a_signs_code_is_the_sign_however_it_is_typed(text: str) -> None:
    found = find_place(read_clinic(), text, language="en")
    assert isinstance(found, str)
    assert read_clinic().plan[found].category == "signage"


def test_a_code_that_the_registry_alone_knows_is_asked_for_there() -> None:
    sign = read_clinic().find_sign("VQAFYHP")
    assert sign is not None
    asked: list[str] = []

    def find_sign(code: str) -> str | None:
        asked.append(code)
        return {"4P3YRQE": sign}.get(code)

    plan = read_clinic().plan
    bare = Directory(
        plan.without(*(f.id for f in plan if f.category == "signage" and f.id != sign))
    )
    found = find_place(bare, "4p3 yrqe", language="en", find_sign=find_sign)
    assert found == sign
    assert asked == ["4P3YRQE"]
    assert isinstance(find_place(bare, "4P3YRQE", language="en"), Unclear)
    lost = find_place(bare, "4P3YRQE", language="en", find_sign=lambda _: "gone")
    assert isinstance(lost, Unclear)


def test_several_places_of_a_name_are_all_told_apart_the_nearest_first() -> None:
    (lobby,) = read_clinic().find_exact("Lobby")
    found = find_place(read_clinic(), "女卫生间", language="zh-Hans", near=lobby)
    assert isinstance(found, Unclear)
    assert (found.code, found.count) == ("ambiguous-place", 2)
    assert [hit.floor for hit in found.candidates] == ["1F", "2F"]


def test_a_word_for_a_sort_of_place_offers_the_nearest() -> None:
    found = find_place(read_clinic(), "toilet", language="en")
    assert isinstance(found, Unclear)
    assert found.nearest == "nearest:restroom"
    text = "nearest:lift"
    assert find_place(read_clinic(), text, language="en", or_nearest=True) == text
    assert isinstance(find_place(read_clinic(), text, language="en"), Unclear)


def make_lift(key: str, level: str, west: float) -> Feature:
    shape = mapping(box(west, 0, west + 1e-5, 1e-5))
    properties = {"name": {"en": "Lift"}, "category": "elevator", "level_id": level}
    return make_feature(key, "unit", shape, properties)


def test_one_lift_is_all_its_floors_two_lifts_of_one_name_are_not_one() -> None:
    levels = [make_feature(key, "level", None, {"ordinal": n}) for n, key in enumerate("GH")]
    stacked = [make_lift("a", "G", 0), make_lift("b", "H", 0)]
    beside = make_lift("c", "G", 5e-5)
    one = Directory(Plan.of((*levels, *stacked)))
    assert find_shaft(one, "lift") == ("a", "b")
    assert find_shaft(Directory(Plan.of((*levels, *stacked, beside))), "Lift") == ()
    assert find_shaft(read_clinic(), "Paediatrics") == find_shaft(one, "nothing") == ()


def test_what_is_unknown_brings_what_may_have_been_meant() -> None:
    found = find_place(read_clinic(), "Paediatricks", language="en")
    assert isinstance(found, Unclear)
    assert (found.code, found.count) == ("unknown-place", 0)
    assert found.candidates[0].name == "Paediatrics"


@given(text=st.text(max_size=60))
def test_any_text_is_a_place_or_a_few_candidates(text: str) -> None:
    found = find_place(read_clinic(), text, language="en")
    if isinstance(found, str):
        assert found in read_clinic().plan
    else:
        assert len(found.candidates) <= SHOWN
        assert all(hit.id in read_clinic().plan for hit in found.candidates)


def test_names_are_the_same_in_the_directory_and_in_the_plan() -> None:
    plan = read_clinic().plan
    for text in {name for feature in plan for name in feature.name.values()} | {"PED", "nothing"}:
        assert read_clinic().find_exact(text) == find_places(plan, text)
