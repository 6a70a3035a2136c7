"""Where somebody must be told how to go on."""

from dataclasses import replace

from tests.checks.hung import make_tee, route
from wayfinder.checks.decision_points import find_decision_points, gather
from wayfinder.checks.sight import Sight
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Stance


def test_one_must_choose_where_the_corridor_is_reached_whatever_hangs_there() -> None:
    router = route(make_tee())
    points = find_decision_points(SignWalker(router, ()))
    assert {goal for point in points for goal in point.goals} == {"A", "D"}
    for point in points:
        x, y = point.stance.at
        assert abs(x - 18.5) < 4
        assert -13 < y < -3


def test_who_stand_together_and_come_one_way_are_one() -> None:
    region = Sight(route(make_tee()).network).find_region_of("hall")
    assert region is not None
    first = Stance(region, "level0", (10.0, -6.0), (0.0, 1.0))
    beside = replace(first, at=(10.6, -6.2))
    other_way = replace(first, heading=(1.0, 0.0))
    above = replace(first, level_id="level1")
    points = gather([(first, "B"), (beside, "A"), (first, "B"), (other_way, "A"), (above, "A")])
    assert [(point.stance, point.goals) for point in points] == [
        (first, ("A", "B")),
        (other_way, ("A",)),
        (above, ("A",)),
    ]
    assert len(gather([(first, "A"), (beside, "A")], near_m=0.25)) == 2
