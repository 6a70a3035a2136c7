"""What is built anew after a change is what would be built of the whole."""

from contextlib import suppress
from typing import Any, cast

import networkx as nx
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from tests.drafted import drop, move_corner, put, rename
from wayfinder.checks import check_network
from wayfinder.edit import Action, EditError
from wayfinder.edit.properties import SetProperties
from wayfinder.formats.validation import list_plan_issues
from wayfinder.graph import Network, build_network
from wayfinder.model import Plan, make_feature
from wayfinder.services.drafts.desk import Desk
from wayfinder.store import Store

PLAN = draw_plan(
    """
    +-----+-----+-----+-------+
    |A    |B    |lift |stairs |
    +--1--+--2--+--3--+--4----+
    |hall                *desk|
    +--0----------------------+
    level 1 F2
    +-----+-----+-----+-------+
    |C    |D    |lift |stairs |
    +--5--+--6--+--7--+--8----+
    |upper      :lounge       |
    +-----------+-------------+
    """,
    units={"upper": "walkway", "lounge": "lobby"},
    sections={"staff": (["C", "D"], {"access": "staff"})},
)
FEATURES = sorted(PLAN.features)
ROOMS = ["A", "B", "C", "D", "hall", "upper", "lift@0", "stairs@1"]


def _reshape(room: str, number: int, by_m: tuple[float, float]) -> Action:
    return move_corner(PLAN, room, number, by_m)


def _put_on(level: str, ordinal: int) -> Action:
    return put(PLAN[level].with_properties(ordinal=ordinal))


def _draw_over(room: str, level: str, category: str) -> Action:
    found = {"level_id": level, "category": category}
    return put(make_feature("new", "unit", PLAN[room].geometry, found))


def _set(feature: str, ours: dict[str, Any]) -> Action:
    return SetProperties(feature=feature, ours=ours)


FEATURE, ROOM = st.sampled_from(FEATURES), st.sampled_from(ROOMS)
LEVEL = st.sampled_from(["level0", "level1"])
BY_M = st.tuples(st.sampled_from([-0.3, 0.3]), st.sampled_from([0.0, 0.2]))
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(drop, FEATURE),
    st.builds(rename, FEATURE, st.just("X")),
    st.builds(_reshape, ROOM, st.integers(0, 3), BY_M),
    st.builds(_set, ROOM, st.sampled_from([{"access": "staff"}, {"clear_width_m": 0.5}])),
    st.builds(
        _set,
        st.sampled_from(["door-1", "door-2"]),
        st.sampled_from([{"locked": True}, {"one_way_to": "A"}, {"locked": None}]),
    ),
    st.builds(_put_on, LEVEL, st.sampled_from([0, 1, 2])),
    st.builds(_draw_over, ROOM, LEVEL, st.sampled_from(["room", "elevator"])),
)
"""Changes of anything that a network is made of."""


def make_desk() -> Desk:
    """Make a desk that reads nothing from a store."""
    return Desk(cast("Store", None))


def describe(network: Network) -> list[object]:
    """Return all that there is to a network."""
    return [
        {key: dict(data) for key, data in network.graph.nodes.items()},
        {key: dict(data) for key, data in network.graph.edges.items()},
        {key: set(nodes) for key, nodes in network.places.items()},
        network.zones,
        dict(network.zone_of_unit),
        {key: space.polygon.normalize().wkb for key, space in network.spaces.items()},
        {
            key: sorted(shapely.normalize(line).wkb for line in lines)
            for key, lines in network.crossings.items()
        },
        network.one_way,
        network.issues,
    ]


@given(chain=st.lists(ACTIONS, min_size=1, max_size=6))
def test_after_any_chain_of_actions(chain: list[Action]) -> None:
    """The last network is compared: each is made of the one before, and chains may end anywhere."""
    desk = make_desk()
    plan = PLAN
    found = desk.look(1, plan)
    for action in chain:
        with suppress(EditError, KeyError):
            plan = action.apply(plan).plan
            found = desk.look(1, plan)
    fresh = Plan.of(plan)
    anew = build_network(fresh)
    assert describe(found.network) == describe(anew)
    assert nx.utils.graphs_equal(found.network.graph, anew.graph)
    assert found.issues == check_network(anew, reading=list_plan_issues(fresh)).issues
    assert desk.look(1, plan) is found
    assert {one.severity for one in (*found.errors, *found.warnings)} <= {"error", "warning"}


def test_a_process_keeps_the_networks_of_those_last_worked_on() -> None:
    desk = make_desk()
    first = desk.look(1, PLAN)
    for number in (2, 1, 3):
        desk.look(number, PLAN)
    assert desk.look(1, PLAN) is first
    desk.look(2, PLAN)
    desk.look(3, PLAN)
    assert desk.look(1, PLAN) is not first
