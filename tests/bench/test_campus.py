from collections import Counter

import networkx as nx
import pytest
import shapely

from wayfinder.bench.campus import FULL, Campus, make_campus
from wayfinder.graph import Network, build_network
from wayfinder.model import Unit, encode_plan
from wayfinder.model.categories import is_walkable

SMALL = Campus(buildings=4, floors=2)


@pytest.fixture(scope="module")
def network() -> Network:
    return build_network(make_campus(SMALL))


def test_equal_seeds_make_equal_plans_and_others_do_not() -> None:
    assert encode_plan(make_campus(SMALL)) == encode_plan(make_campus(SMALL))
    assert encode_plan(make_campus(Campus(4, 2, seed=8))) != encode_plan(make_campus(SMALL))


def test_a_campus_without_floors_is_refused() -> None:
    with pytest.raises(ValueError, match="6 buildings with 0 floors"):
        Campus(floors=0)


def test_units_do_not_overlap_and_leave_no_gaps() -> None:
    plan = make_campus(SMALL)
    for level in plan.levels:
        shapes = [plan.find_geometry_m(unit.id) for unit in plan.list_on(level.id, Unit)]
        assert all(shape is not None and shape.is_valid for shape in shapes)
        total = sum(shape.area for shape in shapes if shape is not None)
        union = shapely.union_all([shape for shape in shapes if shape is not None])
        assert union.area == pytest.approx(total, rel=1e-6)
        if not level.outdoor:
            holes = shapely.get_num_interior_rings(shapely.get_parts(union.simplify(0.01)))
            assert not holes.any()


def test_every_door_and_every_room_is_connected(network: Network) -> None:
    assert network.issues == ()
    assert nx.is_weakly_connected(network.graph)


def test_it_has_all_that_makes_a_hospital_hard(network: Network) -> None:
    units = Counter(unit.category for unit in network.plan.units)
    kinds = Counter(edge["kind"] for _, _, edge in network.graph.edges(data=True))
    assert units["footbridge"] == 4
    assert units["elevator"] == 3 * 8
    assert units["restroom"] > 0
    assert {"opening", "door", "lift_ride", "stairs", "manual", "walk"} <= kinds.keys()
    assert network.zones, "some rooms are for staff alone"


def test_floors_are_as_large_as_the_full_campus_needs(network: Network) -> None:
    walkable = sum(map(is_walkable, network.plan.units))
    floors = SMALL.buildings * SMALL.floors
    assert 100 < walkable / floors < 150
    nodes = network.graph.number_of_nodes() / floors * FULL.buildings * FULL.floors
    assert 14_000 < nodes < 17_000
