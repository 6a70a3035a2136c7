"""What one sees from a sign, and on which side."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats import read_plan
from wayfinder.model import Release, pick_label
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import Served, make_served
from wayfinder.services.surroundings import Side, find_side, look_around


@pytest.fixture(scope="module")
def served() -> Served:
    return make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))


def test_a_sign_s_reader_is_told_what_is_in_plain_sight(served: Served) -> None:
    signs = {sign.ref: sign for sign in served.signs.values()}
    seen = {
        side: pick_label(n.labels, "en") for side, n in look_around(served, signs["1-02"]).items()
    }
    # the sign hangs on the south wall of the corridor: one looks south, west is on the right
    assert seen[Side.LEFT] == "Lift 1"
    assert seen[Side.RIGHT] == "Blood Sampling"


def test_nothing_dull_and_nothing_behind_a_wall_is_named(served: Served) -> None:
    for sign in served.signs.values():
        for name in look_around(served, sign).values():
            assert name.category not in {"seating", "lobby", "walkway", "waitingroom"}
            level = served.plan[sign.level_id]
            other = "2F" if pick_label(level.short_name, "en") == "1F" else "1F"  # type: ignore[attr-defined]
            assert other not in pick_label(name.labels, "en")


@given(facing=st.floats(0, 360), turn=st.floats(-180, 180), distance=st.floats(1, 60))
def test_sides_are_the_reader_s(facing: float, turn: float, distance: float) -> None:
    bearing = radians(facing + turn)
    at = (distance * sin(bearing), distance * cos(bearing))
    side = find_side((0.0, 0.0), at, facing)
    if abs(turn) < 39:
        assert side is None
    elif 41 < turn < 139:
        assert side is Side.RIGHT
    elif -139 < turn < -41:
        assert side is Side.LEFT
    elif abs(turn) > 141:
        assert side is Side.BEHIND
