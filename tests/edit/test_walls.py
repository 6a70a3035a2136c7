"""Walls moved: the other side gives way or grows after them, with or without corners there."""

import pytest

from tests.ascii_plan import draw_plan
from tests.edit.shown import act, at, bounds, box, refuse, shape
from wayfinder.model import Plan, Unit, make_feature

PLAN = draw_plan(
    """
    +-----+-----+
    |A    4B    |
    +--1--+--2--+
    3hall       |
    +-----------+
"""
)
# the hall's wall has no corner where the rooms meet, as most plans are drawn
HALL = make_feature(
    "hall", "unit", {"type": "Polygon", "coordinates": box(0, -8, 12, -4)}, PLAN["hall"].properties
)


@pytest.mark.parametrize("plan", [PLAN, PLAN.with_features(HALL)], ids=["corners", "none"])
@pytest.mark.parametrize(("distance_m", "y"), [(1, -5), (-1, -3), (0.37, -4.37)])
def test_a_wall_between_a_room_and_a_corridor(plan: Plan, distance_m: float, y: float) -> None:
    area = sum(shape(plan, key).area for key in ("A", "hall"))
    edit = act(
        plan, "move-wall", feature="A", start=at(0, -4), end=at(6, -4), distance_m=distance_m
    )
    assert edit.touched == {"A", "hall", "door-1"}
    assert bounds(edit.plan, "A") == (0, y, 6, 0)
    assert bounds(edit.plan, "door-1") == (2.5, y, 3.5, y)
    assert sum(shape(edit.plan, key).area for key in ("A", "hall")) == pytest.approx(area, abs=0.01)
    for one in ("A", "hall", "B"):
        for other in {"A", "hall", "B"} - {one}:
            common = shape(edit.plan, one).intersection(shape(edit.plan, other)).area
            assert common < 0.01


def test_the_same_wall_from_the_other_side() -> None:
    plan = PLAN.with_features(HALL)
    edit = act(plan, "move-wall", feature="hall", start=at(6, -4), end=at(0, -4), distance_m=1)
    assert bounds(edit.plan, "A") == (0, -3, 6, 0)
    assert bounds(edit.plan, "B") == (6, -4, 12, 0)
    whole = act(plan, "move-wall", feature="hall", start=at(12, -4), end=at(0, -4), distance_m=1)
    assert bounds(whole.plan, "A") == (0, -3, 6, 0)
    assert bounds(whole.plan, "B") == (6, -3, 12, 0)
    assert bounds(whole.plan, "hall") == (0, -8, 12, -3)
    assert len(whole.plan["hall"].geometry["coordinates"][0]) == 5  # type: ignore[index]


def test_a_straight_wall_is_one_whatever_corners_lie_along_it() -> None:
    assert len(PLAN["hall"].geometry["coordinates"][0]) == 6  # type: ignore[index]
    edit = act(PLAN, "move-wall", feature="hall", start=at(12, -4), end=at(0, -4), distance_m=-1)
    assert bounds(edit.plan, "A") == (0, -5, 6, 0)
    assert bounds(edit.plan, "B") == (6, -5, 12, 0)
    assert bounds(edit.plan, "hall") == (0, -8, 12, -5)
    part = act(PLAN, "move-wall", feature="hall", start=at(9, -4), end=at(3, -4), distance_m=-1)
    assert shape(part.plan, "A").area == pytest.approx(27, abs=0.01)
    assert shape(part.plan, "B").area == pytest.approx(27, abs=0.01)
    assert shape(part.plan, "hall").area == pytest.approx(42, abs=0.01)


def test_a_part_of_a_wall_makes_a_niche() -> None:
    edit = act(PLAN, "move-wall", feature="A", start=at(1, 0), end=at(3, 0), distance_m=1)
    assert shape(edit.plan, "A").area == pytest.approx(26, abs=0.01)
    assert shape(edit.plan, "level0").area == pytest.approx(98, abs=0.01)
    assert edit.touched == {"A", "level0"}


def test_a_thick_wall_stays_as_thick() -> None:
    plan = draw_plan("+---+\n|A  |\n+---+", extra=[])
    beyond = {"type": "Polygon", "coordinates": box(4.3, -4, 8, 0)}
    plan = plan.with_features(
        make_feature("B", "unit", beyond, {"category": "room", "level_id": "level0"})
    )
    edit = act(plan, "move-wall", feature="A", start=at(4, 0), end=at(4, -4), distance_m=0.5)
    assert bounds(edit.plan, "A") == (0, -4, 4.5, 0)
    assert bounds(edit.plan, "B") == (4.8, -4, 8, 0)
    alone = act(
        plan, "move-wall", feature="A", start=at(4, 0), end=at(4, -4), distance_m=-1, alone=True
    )
    assert "B" not in alone.touched


def test_a_wall_pushed_through_a_room_is_refused() -> None:
    error = refuse(PLAN, "move-wall", feature="A", start=at(6, 0), end=at(6, -4), distance_m=7)
    assert error.code in {"area-crosses-itself", "area-too-small", "door-does-not-fit"}
    gone = refuse(PLAN, "move-wall", feature="A", start=at(6, 0), end=at(6, -4), distance_m=-6)
    assert gone.code in {"area-crosses-itself", "area-too-small"}


def test_what_is_no_wall_is_refused() -> None:
    inside = refuse(PLAN, "move-wall", feature="A", start=at(1, -1), end=at(5, -1), distance_m=1)
    assert inside.code == "wall-missing"
    corner = refuse(PLAN, "move-wall", feature="A", start=at(0, 0), end=at(6, -4), distance_m=1)
    assert corner.code == "wall-missing"
    point = refuse(PLAN, "move-wall", feature="A", start=at(0, 0), end=at(0, 0), distance_m=1)
    assert point.code == "line-too-short"
    assert (
        refuse(PLAN, "move-wall", feature="x", start=at(0, 0), end=at(1, 0), distance_m=1).code
        == "feature-missing"
    )
    assert isinstance(PLAN["A"], Unit)
