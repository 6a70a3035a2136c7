"""Where an arrow points, for whoever reads the sign."""

from datetime import UTC, datetime
from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from wayfinder.graph import build_network
from wayfinder.guide.bends import Point
from wayfinder.guide.pointing import (
    find_side,
    list_arrows,
    name_arrow,
    point_along,
    point_way,
)
from wayfinder.languages import LANGUAGES
from wayfinder.model import Arrow
from wayfinder.route.journey import Journey
from wayfinder.route.router import Router

DEPARTURE = datetime(2026, 3, 3, 10, tzinfo=UTC)

CROSSING = """
        +---------+
        |n        |
        |         |
        |         |
        |         |
        |         |
+-------+.........+-------+
|w      :hall     :e      |
|       : *signage:       |
|       :         :       |
+-------+.........+-------+
        |s        |
        |         |
        |         |
        |         |
        +---------+
"""
STAR = """
+-----------------------------------------+
|hall                                     |
|@nw                 @n                @ne|
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|@w                  *signage           @e|
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|                                         |
|@sw                 @s                @se|
|                                         |
+-----------------------------------------+
"""
COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
BELOW = """
level 0 1
+-------+------+-------+
|A      |lift  |stairs |
+---1---+---2--+---3---+
|hall         {near} |
|                      |
|                      |
|                      |
|                      |
|      {far}        |
+----------------------+
level 1 2
+-------+------+-------+
|C      |lift  |stairs |
+---4---+---5--+---6---+
|hall         {up} |
+----------------------+
"""


def put(where: str) -> str:
    """Draw the lobby with its sign beside the lift, far from it or upstairs."""
    return BELOW.format(
        **{spot: "*signage" if spot == where else " " * 8 for spot in ("near", "far", "up")}
    )


def point(text: str, goal: str, facing_deg: float, **options: str) -> Arrow:
    """Return the arrow on the sign of a plan for whoever looks that way."""
    router = Router(build_network(draw_plan(text, **options)))  # type: ignore[arg-type]
    found = router.find_route("signage", [goal], departure=DEPARTURE)
    assert isinstance(found, Journey), found
    return point_way(found.segments, facing_deg)


def test_what_is_to_the_left_goes_before_what_is_to_the_right() -> None:
    for arrow in Arrow:
        expected = 0 if "left" in arrow else 2 if "right" in arrow else 1
        assert find_side(arrow) == expected


@pytest.mark.parametrize("facing", range(8))
def test_eight_ways_from_a_sign_in_a_hall(facing: int) -> None:
    arrows = list(list_arrows())[:8]
    router = Router(build_network(draw_plan(STAR)))
    for number, goal in enumerate(COMPASS):
        found = router.find_route("signage", [goal], departure=DEPARTURE)
        assert isinstance(found, Journey)
        assert point_way(found.segments, facing * 45.0) is arrows[(number - facing) % 8], goal


@pytest.mark.parametrize(
    ("goal", "facing_deg", "arrow"),
    [
        ("n", 0.0, Arrow.AHEAD),
        ("s", 0.0, Arrow.BACK),
        ("e", 0.0, Arrow.RIGHT),
        ("w", 0.0, Arrow.LEFT),
        ("n", 90.0, Arrow.LEFT),
        ("e", 90.0, Arrow.AHEAD),
        ("w", 180.0, Arrow.RIGHT),
    ],
)
def test_ways_part_at_a_crossing(goal: str, facing_deg: float, arrow: Arrow) -> None:
    units = {"n": "walkway", "s": "walkway", "e": "walkway", "w": "walkway"}
    assert point(CROSSING, goal, facing_deg, units=units) is arrow  # type: ignore[arg-type]


def test_what_changes_floors_right_here_is_up_or_down() -> None:
    assert point(put("near"), "C", 0.0) is Arrow.UP
    assert point(put("up"), "A", 0.0) is Arrow.DOWN
    # from farther away the way to the lift is shown
    assert point(put("far"), "C", 0.0) in {Arrow.AHEAD, Arrow.AHEAD_RIGHT}
    assert point(put("far"), "C", 180.0) in {Arrow.BACK, Arrow.BACK_LEFT}


def test_one_is_there_already() -> None:
    assert point_way((), 0.0) is Arrow.HERE
    assert point_along([(3.0, 3.0)], 0.0) is Arrow.HERE


@pytest.mark.parametrize(
    ("line", "arrow"),
    [
        # a turn just behind the sign; one that is far off
        ([(0, 0), (0, 4), (30, 4)], Arrow.RIGHT),
        ([(0, 0), (0, 4), (-30, 4)], Arrow.LEFT),
        ([(0, 0), (0, 12), (30, 12)], Arrow.AHEAD),
        # to the corner aslant, then round it
        ([(0, 0), (2, 3), (30, 3)], Arrow.RIGHT),
        # a step aside and on; a corridor beside the one that one came by
        ([(0, 0), (0.8, 2), (0.8, 30)], Arrow.AHEAD),
        ([(0, 0), (4.5, 4.5), (4.5, 30)], Arrow.AHEAD_RIGHT),
        # a door beside the sign, near and far; the room behind it goes on to the other side
        ([(0, 0), (1.2, 0.1), (1.2, 4)], Arrow.AHEAD_RIGHT),
        ([(0, 0), (-1.2, 0.1), (-1.2, 4)], Arrow.AHEAD_LEFT),
        ([(0, 0), (6, 0.1), (6, 4)], Arrow.RIGHT),
        # along the wall and then a turn: whoever goes right sees it
        ([(0, 0), (5, 0), (5, -20)], Arrow.RIGHT),
        # round something that stands in the way
        ([(0, 0), (2, 2), (4, -20)], Arrow.RIGHT),
        ([(0, 0), (0, -5), (20, -5)], Arrow.BACK),
        ([(0, 0), (-10, -10)], Arrow.BACK_LEFT),
    ],
)
def test_the_first_metres_as_the_reader_sees_them(line: list[Point], arrow: Arrow) -> None:
    assert point_along(line, 0.0) is arrow


headings = st.floats(0, 360)
places = st.tuples(st.integers(-30, 30), st.integers(-30, 30))


@given(st.lists(places, min_size=1, max_size=5), headings)
def test_arrows_turn_with_the_house(rest: list[tuple[int, int]], by_deg: float) -> None:
    line = [(0.0, 0.0), *((float(x), float(y)) for x, y in rest)]
    before = point_along(line, 0.0)
    c, s = cos(radians(by_deg)), sin(radians(by_deg))
    turned = [(x * c + y * s, y * c - x * s) for x, y in line]  # clockwise, as bearings go
    after = point_along(turned, by_deg)
    # rounding may decide at the edge of a sector
    ring = list(list_arrows())[:8]
    if before is Arrow.HERE:
        assert after is Arrow.HERE
    else:
        assert (ring.index(after) - ring.index(before)) % 8 in {0, 1, 7}


@pytest.mark.parametrize("language", LANGUAGES)
def test_arrows_have_words(language: str) -> None:
    words = [name_arrow(arrow, language) for arrow in Arrow]
    assert len(set(words)) == len(Arrow)
