"""Level values: what is read, and that nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats.osm.levels import (
    MAX_LEVELS,
    LevelValue,
    format_level,
    parse_levels,
    repeat_levels,
    without,
)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("0", (0,)),
        ("-1", (-1,)),
        ("+2", (2,)),
        ("0.5", (0.5,)),
        ("0,5", (0.5,)),
        ("-0,25", (-0.25,)),
        ("0-3", (0, 1, 2, 3)),
        ("-1-3", (-1, 0, 1, 2, 3)),
        ("-3--1", (-3, -2, -1)),
        ("1;2", (1, 2)),
        ("1; 2 ;", (1, 2)),
        ("2;0-1;-1", (-1, 0, 1, 2)),
        ("0.5-2.5", (0.5, 1.5, 2.5)),
        ("0-1.5", (0, 1, 1.5)),
        ("0 - 2", (0, 1, 2)),
        ("0–2", (0, 1, 2)),
        ("−1", (-1,)),
        ("3-0", (0, 1, 2, 3)),
        ("007", (7,)),
    ],
)
def test_levels_are_read(text: str, levels: tuple[float, ...]) -> None:
    value = parse_levels(text)
    assert value is not None
    assert value.list_levels() == levels


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "EG",
        "1,2",
        "0,1,2",
        "1..3",
        "1-",
        "-",
        ";",
        ";1",
        "1;;2",
        "1-2-3",
        "0-9999",
        "nan",
        "inf",
        "1e3",
        "٣",
        "1_0",
        "0x1",
        "1/2",
        "0-3,5-",
        "1" * 5000,
        ";".join(map(str, range(999))),
    ],
)
def test_what_cannot_be_read_is_no_level(text: str) -> None:
    assert parse_levels(text) is None


@given(st.text())
def test_any_text_gives_sorted_levels_or_none(text: str) -> None:
    value = parse_levels(text)
    if value is not None:
        levels = value.list_levels()
        assert 0 < len(levels) <= MAX_LEVELS
        assert list(levels) == sorted(set(levels))
        assert value.lowest == levels[0]


_LEVELS = st.integers(-20, 60).map(lambda n: n / 2)


@given(st.lists(_LEVELS, min_size=1, max_size=6), st.lists(st.tuples(_LEVELS, _LEVELS), max_size=3))
def test_what_is_written_is_read_again(
    singles: list[float], spans: list[tuple[float, float]]
) -> None:
    ranges = [(min(pair), max(pair)) for pair in spans]
    parts = [format_level(level) for level in singles]
    parts += [f"{format_level(low)}-{format_level(high)}" for low, high in ranges]
    value = parse_levels(";".join(parts))
    assert value is not None
    expected = set(singles) | {end for pair in ranges for end in pair}
    assert expected <= set(value.list_levels())
    for low, high in ranges:
        whole = {float(n) for n in range(-10, 31) if low <= n <= high}
        if low == int(low):
            assert whole <= set(value.list_levels())


def test_a_span_knows_what_lies_within() -> None:
    value = parse_levels("0-1;4")
    assert value is not None
    assert value.spans_over(0.5)
    assert not value.spans_over(1)
    assert not value.spans_over(4)


def test_repetitions_move_the_whole_value() -> None:
    stairs, repeats = parse_levels("0-1"), parse_levels("1;2")
    assert stairs is not None
    spans = [value.spans[0] for value in repeat_levels(stairs, repeats)]
    assert spans == [(0, 1), (1, 2), (2, 3)]


def test_a_repetition_on_its_own_level_counts_once() -> None:
    assert repeat_levels(LevelValue((0.0,)), parse_levels("0-2")) == (
        LevelValue((0.0,)),
        LevelValue((1.0,)),
        LevelValue((2.0,)),
    )


def test_levels_that_do_not_exist_are_left_out() -> None:
    assert without((0, 1, 2), frozenset({1.0})) == (0, 2)
