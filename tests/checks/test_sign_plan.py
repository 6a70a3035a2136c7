"""A sign plan leads from the door to every room, on few faces that hang where one can hang them."""

from dataclasses import replace

import pytest
import shapely

from tests.ascii_plan import draw_plan
from tests.checks.hung import walk_by
from wayfinder.checks.decision_points import find_decision_points
from wayfinder.checks.sign_plan import SignPlan, add_signs, plan_signs
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.graph import build_network
from wayfinder.model import Opening, Plan, list_signs
from wayfinder.route import Router

FORK = """
    +----------------------------+------+------------------------------+
    |Archive                     |      |Bandages                      |
    |                            |      |                              |
    |                            |      |                              |
    +--1-------------------------+      +---------------------------2--+
    |hall                                                              |
    |                                                                  |
    +----------------------------+      +------------------------------+
                                 |      |
                                 |      |
                                 |      |
                                 |      |
                                 |      |
                                 +--0---+
"""


@pytest.fixture(scope="module")
def fork() -> Plan:
    """Return two rooms at the ends of a corridor, and the way in amid it."""
    return draw_plan(FORK)


@pytest.fixture(scope="module")
def router(fork: Plan) -> Router:
    return Router(build_network(fork))


@pytest.fixture(scope="module")
def planned(router: Router) -> SignPlan:
    return plan_signs(router)


def test_ways_part_where_the_corridor_is_reached(router: Router) -> None:
    found = find_decision_points(SignWalker(router, ()))
    assert {point.goals for point in found} == {("Archive",), ("Bandages",)}
    for point in found:
        x, y = point.stance.at
        assert 28 <= x <= 38
        assert -16 <= y <= -9


def test_few_faces_announce_both_rooms_before_the_turn(planned: SignPlan) -> None:
    assert 1 <= len(planned.signs) <= 2
    assert planned.arrived == planned.journeys == 2
    assert not planned.gaps
    for sign in planned.signs:
        arrows = {message.to: message.arrow for message in sign.messages}
        assert arrows.keys() == {"Archive", "Bandages"}
        assert arrows["Archive"] != arrows["Bandages"]
        assert sign.bearing_deg is not None
        assert 90 <= sign.bearing_deg <= 270, "it faces those who come from the south"


def test_who_follows_them_arrives_and_without_them_does_not(
    fork: Plan, router: Router, planned: SignPlan
) -> None:
    signed = add_signs(fork, planned.signs)
    by_signs = Router(build_network(signed))
    assert [walk.arrived for walk in walk_by(by_signs, list_signs(signed))] == [True, True]
    assert [walk.arrived for walk in walk_by(router, ())] == [False, False]


def test_they_hang_clear_of_doors_inside(fork: Plan, planned: SignPlan) -> None:
    for sign in planned.signs:
        for door in fork.list_of(Opening):
            line = fork.find_geometry_m(door.id)
            assert line is not None
            assert line.distance(shapely.Point(sign.point)) >= 0.6


def test_signs_that_hang_are_told_what_to_say(fork: Plan, planned: SignPlan) -> None:
    bare = [replace(sign, messages=()) for sign in planned.signs]
    hung = add_signs(fork, bare)
    found = plan_signs(Router(build_network(hung)), kept=list_signs(hung))
    assert found.arrived == found.journeys
    assert {sign.id for sign in found.signs} == {sign.id for sign in bare}
    said = {line.to for sign in found.signs for line in sign.messages}
    assert said == {"Archive", "Bandages"}


def test_where_nothing_may_hang_the_place_is_named(router: Router) -> None:
    found = plan_signs(router, fit=lambda _: None)
    assert (found.signs, found.arrived) == ((), 0)
    assert {goal for gap in found.gaps for goal in gap.goals} == {"Archive", "Bandages"}


def test_a_face_hangs_where_it_fits(router: Router) -> None:
    found = plan_signs(router, fit=lambda sign: sign if sign.mounting == "wall" else None)
    assert found.arrived == found.journeys
    assert {sign.mounting for sign in found.signs} == {"wall"}
