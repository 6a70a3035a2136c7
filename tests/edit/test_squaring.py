"""Rooms drawn by hand made square, with what is beside them."""

import pytest
from shapely.geometry import Polygon

from tests.ascii_plan import FRAME, draw_plan
from tests.edit.shown import act, at, refuse, ring, shape
from wayfinder.model import Plan, Unit, make_feature

PLAN = draw_plan("+---+---+\n|A  1B  |\n+---+---+")


def with_corners(*corners: tuple[float, float]) -> Plan:
    drawn = {"type": "Polygon", "coordinates": [ring(*corners)]}
    return PLAN.with_features(make_feature("A", "unit", drawn, PLAN["A"].properties))


def list_slopes(plan: Plan, feature_id: str) -> list[float]:
    """Return how far from square each corner is, as the cosine of its angle."""
    area = shape(plan, feature_id)
    assert isinstance(area, Polygon)
    points = list(area.exterior.coords)[:-1]
    found = []
    for n, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[n - 1], points[(n + 1) % len(points)]
        one, other = (ax - x, ay - y), (bx - x, by - y)
        lengths = (one[0] ** 2 + one[1] ** 2) ** 0.5 * (other[0] ** 2 + other[1] ** 2) ** 0.5
        found.append((one[0] * other[0] + one[1] * other[1]) / lengths)
    return found


def test_a_room_becomes_square_and_its_neighbour_and_door_go_along() -> None:
    plan = act(PLAN, "move-vertices", feature="A", moves=[[at(4, 0), at(4.2, 0.1)]]).plan
    edit = act(plan, "square-unit", feature="A")
    assert max(map(abs, list_slopes(edit.plan, "A"))) < 1e-3
    assert {"A", "B"} <= edit.touched
    common = shape(edit.plan, "A").intersection(shape(edit.plan, "B"))
    assert common.area < 0.01
    assert common.length == pytest.approx(4, abs=0.2)
    assert shape(edit.plan, "door-1").distance(shape(edit.plan, "B")) < 0.01


def test_a_room_that_stands_askew_is_square_where_it_stands() -> None:
    askew = [(0, 0), (8, 4.1), (6.1, 8), (-2, 4)]
    plan = with_corners(*[(x + 20, y) for x, y in askew])
    edit = act(plan, "square-unit", feature="A")
    assert max(map(abs, list_slopes(edit.plan, "A"))) < 1e-3
    assert shape(edit.plan, "A").area == pytest.approx(shape(plan, "A").area, rel=0.05)


def test_corners_of_an_l_are_square_and_a_slanted_wall_stays_slanted() -> None:
    plan = with_corners((20, 0), (26, 0.1), (26.1, 4), (23, 4), (23, 7.1), (22, 7), (20, 5))
    slopes = list_slopes(act(plan, "square-unit", feature="A").plan, "A")
    assert sum(abs(slope) < 1e-3 for slope in slopes) == 5


def test_what_is_square_stays_and_what_is_far_from_it_is_left_alone() -> None:
    assert act(PLAN, "square-unit", feature="A").touched == frozenset()
    plan = with_corners((20, 0), (40, 0), (40, 8), (20, 4.5))
    error = refuse(plan, "square-unit", feature="A")
    assert error.code == "corner-too-far"
    assert isinstance(plan["A"], Unit)
    assert plan.frame == FRAME
