"""What people type, and what they mean by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from wayfinder.model import Plan
from wayfinder.route import find_places
from wayfinder.route.targets import list_categories


@pytest.fixture(scope="module")
def plan() -> Plan:
    return draw_plan(
        """
        +-------+-------+-------+-------+
        |A      |B      |C      |D      |
        |       |@xray  |*desk  |@heart |
        +--1----+--2----+--3----+--4----+
        |hall                           |
        +-------------------------------+
        """,
        units={
            "A": {
                "category": "room",
                "name": {"en": "Eye Clinic", "zh-Hans": "眼科"},
                "alt_name": {"en": "Ophthalmology"},
                "aliases": {"en": ["Eyes"]},
                "codes": {"his": "0123"},
            },
            "B": {"category": "room", "name": {"en": "X-ray"}, "sign_code": "A3-07"},
            "C": {"category": "room", "name": {"en": "Store"}},
            "D": {"category": "room", "name": {"en": "Store"}, "codes": {"his": "A"}},
        },
        places={"xray": {"name": {"en": "X-Ray"}}, "heart": {"name": {"en": "Eyes"}}},
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A", ("A",)),
        ("0123", ("A",)),
        ("a", ("D",)),
        ("a3-07", ("B",)),
        ("眼科", ("A",)),
        ("  eye   CLINIC ", ("A",)),
        ("ｅｙｅ clinic", ("A",)),
        ("ophthalmology", ("A",)),
        ("Store", ("C", "D")),
        ("x-ray", ("B",)),
        ("eyes", ("A", "heart")),
        ("desk", ("desk",)),
        ("eye", ()),
        ("", ()),
        ("   ", ()),
    ],
)
def test_ids_then_codes_then_names(plan: Plan, text: str, found: tuple[str, ...]) -> None:
    assert find_places(plan, text) == found


@given(st.text(max_size=20))
def test_any_text_is_found_or_not(text: str) -> None:
    small = draw_plan("+---+\n|A  |\n+---+")
    assert all(key in small for key in find_places(small, text))


def test_a_category_is_found_by_what_people_call_it() -> None:
    assert "restroom" in list_categories("Toilet")
    assert "restroom" in list_categories("厕所")
    assert list_categories("no such word") == ("no such word",)
