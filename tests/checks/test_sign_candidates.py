"""Faces hang on real walls or over the way, clear of doors, and face who comes."""

import pytest
import shapely

from tests.ascii_plan import draw_plan
from tests.checks.hung import TEE, route
from wayfinder.checks.decision_points import DecisionPoint, find_decision_points
from wayfinder.checks.sight import Sight
from wayfinder.checks.sign_candidates import CLEAR_OF_DOORS_M, Candidates
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.graph import Network
from wayfinder.model import Opening, Plan

POINTS = tuple[DecisionPoint, ...]


@pytest.fixture(scope="module")
def found() -> tuple[Plan, Network, POINTS]:
    router = route(draw_plan(TEE))
    return router.network.plan, router.network, find_decision_points(SignWalker(router, ()))


def test_they_hang_in_the_hall_clear_of_doors(found: tuple[Plan, Network, POINTS]) -> None:
    plan, network, points = found
    signs = Candidates(network).list_for(points)
    assert {sign.mounting for sign in signs} == {"hanging", "wall"}
    assert len({sign.id for sign in signs}) == len(signs)
    hall = Sight(network).find_region_of("hall")
    assert hall is not None
    for sign in signs:
        assert hall.polygon.covers(shapely.Point(sign.point))
        gap_m = hall.polygon.boundary.distance(shapely.Point(sign.point))
        assert gap_m == pytest.approx(0.15, abs=0.02) if sign.mounting == "wall" else gap_m > 0.5
        for door in plan.list_of(Opening):
            line = plan.find_geometry_m(door.id)
            assert line is not None
            assert line.distance(shapely.Point(sign.point)) >= CLEAR_OF_DOORS_M


def test_the_same_place_has_the_same_id_again(found: tuple[Plan, Network, POINTS]) -> None:
    _, network, points = found
    assert Candidates(network).list_for(points) == Candidates(network).list_for(points)


def test_where_nothing_fits_there_are_none(found: tuple[Plan, Network, POINTS]) -> None:
    _, network, points = found
    assert Candidates(network, lambda _: None).list_for(points) == ()
    only = Candidates(network, lambda sign: sign if sign.mounting == "wall" else None)
    assert {sign.mounting for sign in only.list_for(points)} == {"wall"}


def test_in_the_open_they_are_totems() -> None:
    router = route(draw_plan(TEE, levels={"0": {"outdoor": True}}))
    points = find_decision_points(SignWalker(router, ()))
    assert points
    assert {sign.mounting for sign in Candidates(router.network).list_for(points)} <= {"totem"}
