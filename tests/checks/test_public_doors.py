"""Doors that everybody may pass to walk on."""

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import route
from wayfinder.checks.public_doors import PublicDoors, measure_deg, unit_towards
from wayfinder.checks.sight import Sight
from wayfinder.graph import Network
from wayfinder.guide.sights import Region

HOUSE = """
    +--------+--------+--------+
    |north   |staff   |office  |
    +---1----+---2----+---3----+
    |hall                      |
    |                          |
    +------------0-------------+
"""
UNITS = {
    "north": {"category": "walkway"},
    "staff": {"category": "walkway", "access": "staff"},
    "office": {"category": "office"},
}


@pytest.fixture(scope="module")
def network() -> Network:
    return route(draw_plan(HOUSE, units=UNITS)).network


@pytest.fixture(scope="module")
def hall(network: Network) -> Region:
    region = Sight(network).find_region_of("hall")
    assert region is not None
    return region


def test_doors_lead_on_where_everybody_walks_through(network: Network, hall: Region) -> None:
    doors = PublicDoors(network)
    assert {one.beyond for one in doors.list_in(hall)} >= {"north"}
    assert not {one.beyond for one in doors.list_in(hall)} & {"staff", "office"}
    assert not {one.beyond for one in PublicDoors(network, ["north"]).list_in(hall)} & {"north"}
    assert not {one.beyond for one in PublicDoors(network, ["door-1"]).list_in(hall)} & {"north"}


def test_a_door_lies_ahead_of_who_looks_at_it(network: Network, hall: Region) -> None:
    doors = PublicDoors(network)
    door = (4.0, -4.0)
    assert doors.lies_ahead(hall, (4.5, -8.0), (0.0, 1.0), 8.0)
    assert not doors.lies_ahead(hall, (4.5, -8.0), (0.0, 1.0), 2.0)
    assert not doors.lies_ahead(hall, (4.5, -8.0), (0.0, 1.0), 8.0, but=[door, (4.5, -4.0)])
    assert not doors.lies_ahead(hall, (23.0, -8.0), (0.0, 1.0), 8.0)


def test_the_door_across_the_way_is_found_and_what_lies_behind(
    network: Network, hall: Region
) -> None:
    doors = PublicDoors(network)
    portal = doors.find_across(hall, (4.5, -6.0), (0.0, 1.0), 3.0)
    assert portal is not None
    node = doors.find_far_side(portal)
    assert node is not None
    assert network.graph.nodes[node]["unit"] == "north"
    assert doors.find_across(hall, (4.5, -6.0), (0.0, -1.0), 3.0) is None
    assert id(doors.find_region(node)) in doors.list_beyond(hall)


def test_directions() -> None:
    assert unit_towards((0.0, 0.0), (0.0, -3.0)) == (0.0, -1.0)
    assert unit_towards((1.0, 1.0), (1.0, 1.0)) == (0.0, 1.0)
    assert measure_deg((1.0, 0.0), (0.0, 1.0)) == pytest.approx(90.0)
