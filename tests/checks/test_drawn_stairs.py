"""Stairs are found by whoever walks, also those that are drawn as a line."""

import pytest

from tests.ascii_plan import draw_plan, way
from tests.checks.hung import walk_by
from wayfinder.checks.floor_changes import FloorChanges
from wayfinder.checks.sign_errands import list_errands
from wayfinder.checks.sign_plan import add_signs, plan_signs
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Strolls
from wayfinder.graph import Network, build_network
from wayfinder.model import list_signs
from wayfinder.route import Router

HALLS = """
level 0 G
    +------------------------------+
    |hall                          |
    |                              |
    |                              |
    +--------------0---------------+
level 1 F1
    +------+----------------+------+
    |Attic |hall            |Bureau|
    |      1                2      |
    |      |                |      |
    +------+----------------+------+
"""
"""Two rooms upstairs; stairs are drawn in by `STAIRS`."""

STAIRS = way("flight", [(13.0, -4.0), (17.0, -4.0)], "level0", "level1", category="stairs")

WELL = """
level 0 G
    +------------------+-----------+
    |hall              1stairs     |
    |                  |           |
    +---------0--------+-----------+
level 1 F1
    +------------------+-----------+
    |hall              1stairs     |
    +------2-----------+           |
    |Attic             |           |
    +------------------+-----------+
"""
FLIGHT = way("flight", [(24.0, -2.0), (26.0, -2.0)], "level0", "level1", category="stairs")


@pytest.fixture(scope="module")
def halls() -> Network:
    """Return two halls one above the other, with stairs that are a line in them."""
    return build_network(draw_plan(HALLS, extra=[STAIRS]))


def find_open_ends(network: Network, *closed: str) -> dict[str, str]:
    """Return the shafts that are no unit, by the node where one boards, with where they go."""
    changes = FloorChanges(network, Strolls(network, closed), closed)
    return {
        key: level
        for key, shaft in changes.shafts.items()
        if key not in network.plan
        for level in shaft.to
    }


def test_stairs_that_are_a_line_in_a_hall_go_up_and_down(halls: Network) -> None:
    found = find_open_ends(halls)
    levels = {halls.graph.nodes[node]["level"]: level for node, level in found.items()}
    assert levels == {"level0": "level1", "level1": "level0"}


def test_one_comes_out_where_they_end(halls: Network) -> None:
    changes = FloorChanges(halls, Strolls(halls))
    for node in find_open_ends(halls):
        ((begin, stance),) = changes.list_exits(node)
        assert begin == node
        assert stance.level_id == halls.graph.nodes[node]["level"]


def test_nobody_takes_them_while_they_are_closed(halls: Network) -> None:
    assert not find_open_ends(halls, "flight")


def test_signs_lead_up_by_them(halls: Network) -> None:
    router = Router(halls)
    planned = plan_signs(router)
    assert planned.arrived == planned.journeys == 2
    signed = add_signs(halls.plan, planned.signs)
    by_signs = Router(build_network(signed))
    assert [walk.arrived for walk in walk_by(by_signs, list_signs(signed))] == [True, True]
    assert not any(walk.arrived for walk in walk_by(router, ()))


def test_a_line_within_stairs_is_those_stairs() -> None:
    network = build_network(draw_plan(WELL, extra=[FLIGHT]))
    walker = SignWalker(Router(network), ())
    goal = walker.goals["Attic"]
    (errand,) = list_errands(Router(network))
    way_up = walker.ways.find(errand.entrance.node, goal.nodes)
    assert way_up is not None
    assert way_up.shaft == "stairs@0"
    assert set(walker.changes.shafts) == {"stairs@0", "stairs@1"}
    assert plan_signs(Router(network)).arrived == 1
