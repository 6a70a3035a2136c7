"""Who is told a direction goes there, as far as the building leads, and stops where it does not."""

import pytest

from tests.checks.hung import make_ring, make_tee, route
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Halt, Stroll, point_at, turn
from wayfinder.model import Arrow, Plan, list_signs


def follow(plan: Plan, arrow: Arrow) -> Stroll | None:
    """Follow the arrow of the plan's sign."""
    walker = SignWalker(route(plan), list_signs(plan))
    foot = walker.get_foot(0)
    assert foot is not None
    return walker.strolls.follow(foot, arrow)


def test_directions_are_those_of_a_compass_and_turn_clockwise() -> None:
    assert point_at(90.0) == pytest.approx((1.0, 0.0))
    assert turn(point_at(0.0), 90.0) == pytest.approx((1.0, 0.0))
    assert turn(point_at(135.0), -90.0) == pytest.approx(point_at(45.0))


@pytest.mark.parametrize(("arrow", "east"), [(Arrow.LEFT, False), (Arrow.RIGHT, True)])
def test_who_is_told_left_or_right_goes_round_the_corner_behind_the_sign(
    arrow: Arrow,
    east: bool,  # noqa: FBT001
) -> None:
    stroll = follow(make_tee(), arrow)
    assert stroll is not None
    x, y = stroll.stances[-1].at
    assert x > 28 if east else x < 9, "as far as the corridor goes"
    assert -9 < y < -4
    assert list(stroll.walked_m) == sorted(stroll.walked_m)


def test_who_is_told_to_go_back_goes_out_as_he_came() -> None:
    stroll = follow(make_tee(), Arrow.BACK)
    assert stroll is not None
    assert stroll.stances[-1].at[1] < -14


def test_an_arrow_at_a_wall_leads_nowhere() -> None:
    before = follow(make_ring(), Arrow.AHEAD)
    assert before is None or before.walked_m[-1] < 1.0
    assert follow(make_ring(), Arrow.UP) is None


def test_where_the_way_goes_on_to_both_sides_one_stops() -> None:
    stroll = follow(make_tee(), Arrow.AHEAD)
    assert stroll is not None
    assert stroll.halt is Halt.CHOICE
    assert abs(stroll.stances[-1].at[0] - 18.5) < 3
