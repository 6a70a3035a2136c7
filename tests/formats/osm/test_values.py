"""Measures, access and the like in tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats.osm.values import (
    find_access,
    find_door_width_m,
    find_threshold_mm,
    find_way_width_m,
    find_wheelchair,
    parse_incline,
    parse_length_m,
)
from wayfinder.model import Access


@pytest.mark.parametrize(
    ("text", "length_m"),
    [
        ("0.9", 0.9),
        ("0,9", 0.9),
        ("90 cm", 0.9),
        ("90cm", 0.9),
        ("900 mm", 0.9),
        ("1.2 m", 1.2),
        ("3'", 0.9144),
        ("2'11\"", 0.889),
        ("3 ft", 0.9144),
        ("36 in", 0.9144),
        ("2 metres", 2.0),
    ],
)
def test_lengths_are_metres(text: str, length_m: float) -> None:
    assert parse_length_m(text) == pytest.approx(length_m, abs=1e-4)


@pytest.mark.parametrize(
    "text", ["", "narrow", "0", "-1", "1-2", "1;2", "1e9", "nan", "5 km", "0'"]
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert parse_length_m(text) is None


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("6%", 0.06),
        ("-4 %", -0.04),
        ("5°", 0.0875),
        ("1:12", 0.0833),
        ("-1:20", -0.05),
        ("up", None),
        ("", None),
        ("1:0", None),
        ("300%", None),
        ("90°", None),
    ],
)
def test_slopes_are_rise_over_run(text: str, slope: float | None) -> None:
    assert parse_incline(text) == (None if slope is None else pytest.approx(slope, abs=1e-4))


@given(st.text())
def test_no_text_breaks_a_measure(text: str) -> None:
    length, slope = parse_length_m(text), parse_incline(text)
    assert length is None or 0 < length <= 100
    assert slope is None or -1 <= slope <= 1


def test_a_doors_own_width_comes_first() -> None:
    assert find_door_width_m({"width": "3", "door:width": "0.8"}) == 0.8
    assert find_door_width_m({"door:width": "?", "maxwidth": "1"}) == 1.0
    assert find_door_width_m({"wheelchair": "yes"}) is None
    assert find_way_width_m({"est_width": "2"}) == 2.0


def test_thresholds_and_kerbs() -> None:
    assert find_threshold_mm({"kerb:height": "3 cm"}) == 30.0
    assert find_threshold_mm({"kerb": "flush"}) == 0.0
    assert find_threshold_mm({"threshold:height": "0"}) == 0.0
    assert find_threshold_mm({"kerb": "raised"}) is None


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ({"access": "private"}, Access.PRIVATE),
        ({"access": "no", "foot": "yes"}, Access.PUBLIC),
        ({"access": "employees"}, Access.STAFF),
        ({"access": "permit"}, Access.TICKETED),
        ({"access": "customers"}, None),
        ({"room": "staff"}, Access.STAFF),
        ({}, None),
    ],
)
def test_access_on_foot(tags: dict[str, str], access: Access | None) -> None:
    assert find_access(tags) == access


def test_limited_promises_nothing_to_a_wheelchair() -> None:
    assert find_wheelchair({"wheelchair": "limited"}) is None
    assert find_wheelchair({"wheelchair": "designated"}) is True
    assert find_wheelchair({"wheelchair": "no"}) is False
