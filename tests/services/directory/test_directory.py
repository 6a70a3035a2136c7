"""The search box: what people type, and the place that comes first."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services.directory import Directory, HitKind


@cache
def read_clinic() -> Directory:
    return Directory(read_plan(floorplans_dir() / "clinic").plan)


@cache
def find_lobby() -> str:
    (lobby,) = read_clinic().find_exact("Lobby")
    return lobby


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Paediatrics", "Paediatrics"),
        ("儿科", "Paediatrics"),
        ("PED", "Paediatrics"),
        ("ＰＥＤ", "Paediatrics"),
        ("兒科", "Paediatrics"),
        ("erke", "Paediatrics"),
        ("x ray", "X-ray"),
        ("xrays", "X-ray"),
        ("牙科", "Dentistry"),
        ("心典图", "ECG"),
        ("xdt", "ECG"),
        ("xin dian tu", "ECG"),
        ("拍片", "X-ray"),
        ("110", "General Practice"),
        ("2F", "Floor 2"),
        ("vqa fyhp", "Sign, Lobby"),
        ("toilets", "Accessible Toilet"),
    ],
)
def test_the_right_place_comes_first(typed: str, name: str) -> None:
    hits = read_clinic().search(typed, language="en", near=find_lobby()).hits
    assert [hit.name for hit in hits][:1] == [name]


@given(text=st.text(max_size=80), language=st.sampled_from(["zh-Hans", "en", "xx"]))
def test_any_query_is_answered(text: str, language: str) -> None:
    found = read_clinic().search(text, language=language, near=find_lobby())
    assert len(found.hits) <= found.count
    assert len({hit.id for hit in found.hits}) == len(found.hits)
    assert all(hit.name and hit.id in read_clinic().plan for hit in found.hits)


def test_a_symptom_finds_the_desk_and_no_department() -> None:
    for typed in ("headache", "头痛"):
        found = read_clinic().search(typed, language="en")
        assert not found.hits
        assert found.desk is not None
        assert found.desk.name == "Information"


def test_a_floor_is_a_hit_of_its_own() -> None:
    (first, *_) = read_clinic().search("二楼").hits
    assert first.kind is HitKind.FLOOR
