"""Trees against NetworkX on the same costs, on random networks."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.route.houses import MONDAY
from tests.route.networks import BASE, networks, search_on
from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Closure, Conditions
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.route.search import Search
from wayfinder.route.table import Floats, compile_table
from wayfinder.route.trees import (
    Tree,
    find_cost_s,
    make_tree_and_costs,
)

State = tuple[int, bool, bool]
"""A node, whether one has climbed, and whether one came to a lift there on its own floor."""


def expand(
    search: Search, profile: str, roots: set[int], epoch: Epoch = CALM
) -> "nx.DiGraph[State]":
    """Make the graph that the search means by hand.

    No place is entered but a root, and from a lift that one walked up to one only rides on.
    """
    costs, table = search.get_costs(profile), search.table
    choice, barred = costs.make_choice(epoch), costs.find_barred(epoch)
    lifts = set(table.carriers.tolist())
    graph: nx.DiGraph[State] = nx.DiGraph()
    graph.add_nodes_from(product(range(len(table.nodes)), (False, True), (False, True)))
    for row, (tail, head) in enumerate(zip(table.tail.tolist(), table.head.tolist(), strict=True)):
        group = table.groups[table.group[row]]
        if barred[table.group[row]] or (head in table.places and head not in roots):
            continue
        climbs = group.kind is EdgeKind.STAIRS and table.floors[row] > 0
        rebate = costs.profile.climb_burden_s * min(table.floors[row], costs.profile.free_floors)
        first = choice[row] - (rebate if climbs else 0)
        rides = {tail, head} <= lifts
        for afoot in (False, True) if rides else (False,):
            onward = head in lifts and not rides
            graph.add_edge((tail, True, afoot), (head, True, onward), cost=choice[row])
            graph.add_edge((tail, False, afoot), (head, climbs, onward), cost=first)
    return graph


@given(
    networks(), st.sampled_from(("walk", "easy", "staff")), st.sets(st.integers(0, 11), max_size=3)
)
def test_trees_have_the_distances_of_networkx(
    network: Network, profile: str, roots: set[int]
) -> None:
    search = search_on(network)
    size = len(search.table.nodes)
    ends = sorted(root % size for root in roots) or [0]
    tree, cost_s = grow(search, sorted(set(ends)), profile)
    graph = expand(search, profile, set(ends)).reverse()
    sources = set(product(ends, (False, True), (False, True)))
    expected = nx.multi_source_dijkstra_path_length(graph, sources, weight="cost")
    for node in range(size):
        least_s = expected.get((node, False, False), np.inf)
        assert cost_s[node] == pytest.approx(least_s, abs=1e-4)
        assert tree.reaches(node) == np.isfinite(least_s)


@given(networks(), st.sampled_from(("walk", "easy")))
def test_paths_are_contiguous_and_cost_what_the_tree_says(network: Network, profile: str) -> None:
    search = search_on(network)
    size = len(search.table.nodes)
    tree, cost_s = grow(search, (0,), profile)
    matrix = search.get_matrix(profile, CALM)
    graph = expand(search, profile, {0})
    for node in range(size):
        node_of = search.get_costs(profile).layout.node_of
        path = [node_of[step] for step in tree.list_path(node)]
        if np.isfinite(cost_s[node]):
            assert (path[0], path[-1]) == (node, 0)
            cost = sum(graph.edges[hop]["cost"] for hop in pairwise(_in_layers(path, graph)))
            assert cost == pytest.approx(cost_s[node], abs=1e-4)
            assert find_cost_s(matrix, tree.list_path(node)) == pytest.approx(cost, abs=1e-4)
        else:
            assert path == [node]
        names = tree.list_names(node, search.get_costs(profile).names)
        assert names == [search.table.nodes[step] for step in path]


def grow(
    search: Search, roots: Sequence[int], profile: str, epoch: Epoch = CALM
) -> tuple[Tree, Floats]:
    """Grow a tree with its costs."""
    matrix, layout = search.get_matrix(profile, epoch), search.get_costs(profile).layout
    return make_tree_and_costs(matrix, layout, roots)


def _in_layers(path: list[int], graph: Any) -> list[State]:  # noqa: ANN401
    """Follow a path from before any climb."""
    layered = [(path[0], False, False)]
    for node in path[1:]:
        states = product((node,), (False, True), (False, True))
        layered.append(next(state for state in states if graph.has_edge(layered[-1], state)))
    return layered


@given(networks(), st.sampled_from(("walk", "easy")), st.sampled_from("abcd"))
def test_a_closure_makes_no_way_cheaper_and_is_never_passed(
    network: Network, profile: str, closed: str
) -> None:
    router = Router(network)
    search = router.search
    epoch = Epoch("closed", frozenset(), frozenset({closed}), ())
    (_, before_s), (after, after_s) = (grow(search, (0,), profile, e) for e in (CALM, epoch))
    assert (after_s >= before_s - 1e-6).all()
    for node in np.flatnonzero(np.isfinite(after_s)).tolist():
        path = after.list_names(node, search.get_costs(profile).names)
        assert all(closed not in network.graph.edges[hop]["features"] for hop in pairwise(path))


@given(networks())
def test_no_detour_over_a_third_node_is_cheaper(network: Network) -> None:
    # without a free climb, of which the two halves have one each; no way crosses places and lifts
    search = search_on(network)
    size = len(search.table.nodes)
    cost = np.array([grow(search, (end,), "easy")[1] for end in range(size)])
    for via in set(range(size)) - {*search.table.places.tolist(), *search.table.carriers.tolist()}:
        detour = cost[via][None, :] + cost[:, via][:, None]
        assert (cost <= detour + 1e-4).all()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"length_m": float("nan")}, ValueError),
        ({"length_m": -1.0}, ValueError),
        ({"kind": "teleport"}, ValueError),
        ({"enters": "zone:nowhere"}, KeyError),
        ({"turns": None}, KeyError),
    ],
)
def test_a_missing_figure_is_an_error(change: dict[str, Any], error: type[Exception]) -> None:
    edge = {
        "kind": EdgeKind.WALK,
        "length_m": 1.0,
        "clear_width_m": None,
        "features": (),
        "geometry": (),
        "turns": 0,
        "through_room": 0.0,
        "floors": 0.0,
        "enters": None,
        **change,
    }
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", unit=None, level="level0")
    graph.add_node("b", unit=None, level="level0")
    graph.add_edge(
        "a",
        "b",
        **{
            key: value
            for key, value in edge.items()
            if value is not None or key in {"enters", "clear_width_m"}
        },
    )
    with pytest.raises(error):
        compile_table(replace(BASE, graph=graph))


def test_hours_apart_equal_states_share_their_trees() -> None:
    router = Router(BASE)
    conditions = Conditions((Closure("hall"),))
    epochs = {router.schedule.find_epoch(MONDAY.replace(hour=h), conditions) for h in range(24)}
    assert len(epochs) == 1
