"""Members are read leniently, and never wrongly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model import values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (2, 2.0),
        (-1.5, -1.5),
        ("2", 2.0),
        (" -0.5 ", -0.5),
        ("0,5", None),
        (True, None),
        ("", None),
        ("1e309", None),
        (10**400, None),
        (None, None),
        ([2], None),
    ],
)
def test_numbers(value: object, number: float | None) -> None:
    assert values.read_number({"key": value}, "key") == number


@pytest.mark.parametrize(
    ("value", "boolean"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("No", False),
        (1, True),
        (0, False),
        ("perhaps", None),
        (2, None),
        (1.0, None),
        (None, None),
    ],
)
def test_booleans(value: object, boolean: object) -> None:
    assert values.read_boolean({"key": value}, "key") is boolean


def test_a_text_stands_for_a_list_of_one() -> None:
    assert values.read_texts({"key": "wheelchair"}, "key") == ("wheelchair",)
    assert values.read_texts({"key": ["a", 1, "b"]}, "key") == ("a", "b")
    assert values.read_texts({}, "key") == ()


def test_a_plain_text_stands_for_labels_of_no_language() -> None:
    assert values.read_labels({"name": "Ward 3"}, "name") == {"und": "Ward 3"}
    assert values.read_labels({"name": {"en": "Ward", "zh": "", "de": 3}}, "name") == {"en": "Ward"}


def test_points() -> None:
    assert values.read_point({"p": {"type": "Point", "coordinates": [9.5, 48, 3]}}, "p") == (
        9.5,
        48,
    )
    for wrong in (None, [9.5, 48], {"coordinates": [9.5]}, {"coordinates": ["9", "48"]}):
        assert values.read_point({"p": wrong}, "p") is None


def test_references() -> None:
    assert values.read_reference({"id": "u1", "feature_type": "unit"}) == "u1"
    assert values.read_reference("u1") == "u1"
    assert values.read_reference({"id": 3}) is None
    assert values.read_reference("") is None


@given(JSON)
def test_no_value_makes_a_reader_fail(value: object) -> None:
    members = {"key": value}
    number = values.read_number(members, "key")
    assert number is None or math.isfinite(number)
    assert values.read_boolean(members, "key") in {True, False, None}
    assert all(isinstance(text, str) for text in values.read_texts(members, "key"))
    assert all(isinstance(text, str) for text in values.read_labels(members, "key").values())
    values.read_object(members, "key")
    values.read_point(members, "key")
    values.read_reference(value)
    values.read_text(members, "key")
