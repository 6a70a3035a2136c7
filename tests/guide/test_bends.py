"""How a taut line is felt by whoever walks it."""

from itertools import pairwise
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.guide.bends import (
    Point,
    angle_deg,
    misnaming_deg,
    name_side,
    name_turn,
    split_line,
    unit_vector,
)
from wayfinder.guide.step import Direction

points = st.tuples(st.floats(-80, 80), st.floats(-80, 80))


@pytest.mark.parametrize(
    ("turn_deg", "name"),
    [
        (10, Direction.STRAIGHT),
        (-50, Direction.SLIGHT_RIGHT),
        (90, Direction.LEFT),
        (-130, Direction.SHARP_RIGHT),
        (175, Direction.AROUND),
    ],
)
def test_turns_have_names(turn_deg: float, name: Direction) -> None:
    assert name_turn(turn_deg) is name


@given(st.floats(-179, 179))
def test_left_and_right_mirror_each_other(turn_deg: float) -> None:
    mirrored = str(name_turn(-turn_deg)).replace("left", "x").replace("right", "left")
    assert str(name_turn(turn_deg)) == mirrored.replace("x", "right")


@given(st.floats(-180, 180))
def test_a_name_misleads_by_half_a_class_at_most(turn_deg: float) -> None:
    assert 0 <= misnaming_deg(turn_deg) <= 22.5


def test_a_door_clearly_aside_is_on_that_side_whichever_way_it_opens() -> None:
    assert name_side(90) is Direction.LEFT
    assert name_side(90, left_m=-3.0) is Direction.RIGHT
    assert name_side(20, left_m=-3.0) is Direction.STRAIGHT


def test_bends_near_an_end_or_each_other_are_one() -> None:
    line = [(0.0, 0.0), (0.0, 1.0), (20.0, 1.0), (21.0, 2.0), (21.0, 30.0), (20.0, 30.0)]
    first, second = split_line(line)
    assert first.heading == pytest.approx((1.0, 0.0))
    assert second.heading == pytest.approx((0.0, 1.0))


def test_slight_bends_are_none() -> None:
    line = [(0.0, 0.0), (20.0, 2.0), (40.0, 0.0)]
    assert len(split_line(line)) == 1
    assert len(split_line(line, turn_deg=5.0)) == 2


def test_a_line_without_a_length_has_no_stretch() -> None:
    assert split_line([(1.0, 1.0), (1.0, 1.0)]) == ()


@given(st.lists(points, min_size=2, max_size=9), st.floats(0.0, 360.0))
def test_stretches_turn_with_the_line(line: list[Point], by_deg: float) -> None:
    c, s = cos(radians(by_deg)), sin(radians(by_deg))
    turned = [(x * c - y * s, x * s + y * c) for x, y in line]
    lengths = [stretch.length_m for stretch in split_line(line)]
    again = [stretch.length_m for stretch in split_line(turned)]
    if len(lengths) == len(again):  # rounding may decide at a threshold
        assert again == pytest.approx(lengths, abs=1e-3)


@given(st.lists(points, min_size=2, max_size=9))
def test_stretches_begin_and_end_on_the_line_and_are_no_longer(line: list[Point]) -> None:
    stretches = split_line(line)
    whole_m = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))
    assert sum(stretch.length_m for stretch in stretches) <= whole_m + 1e-6
    for stretch in stretches:
        assert stretch.start in line
        assert stretch.end in line
        assert stretch.heading == pytest.approx(unit_vector(stretch.start, stretch.end))


@given(points, points)
def test_angles_are_turns(one: Point, other: Point) -> None:
    assert -180 <= angle_deg(one, other) <= 180
