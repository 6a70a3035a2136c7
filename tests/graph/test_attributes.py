"""Attributes take the room that they need, and are dictionaries like any other."""

import sys

import networkx as nx

from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.graph.attributes import (
    add_new_edges,
    make_attributes,
    make_node_attributes,
    share_keys,
)
from wayfinder.graph.elements import Edge, EdgeKind, Node
from wayfinder.resources import floorplans_dir


def test_what_all_edges_have_is_there_in_its_order() -> None:
    required = [key for key in Edge.__annotations__ if key in Edge.__required_keys__]
    assert list(make_attributes()) == required


def test_attributes_of_a_network_share_their_keys() -> None:
    graph = build_network(read_plan(floorplans_dir() / "clinic").plan).graph
    found = [data for _, _, data in graph.edges(data=True)]
    assert all(type(data) is dict for data in found)
    own, plain = (sum(map(sys.getsizeof, some)) for some in (found, [{**data} for data in found]))
    assert own < 0.7 * plain


def test_attributes_of_nodes_share_their_keys_with_a_heading_and_without() -> None:
    required = [key for key in Node.__annotations__ if key in Node.__required_keys__]
    assert list(make_node_attributes()) == required
    graph = build_network(read_plan(floorplans_dir() / "clinic").plan).graph
    found = [data for _, data in graph.nodes(data=True)]
    assert {"heading_deg" in data for data in found} == {True, False}
    assert all(type(data) is dict for data in found)
    own, plain = (sum(map(sys.getsizeof, some)) for some in (found, [{**data} for data in found]))
    assert own < 0.7 * plain


def test_a_copy_of_a_network_is_a_graph_like_any_other() -> None:
    copied = build_network(read_plan(floorplans_dir() / "clinic").plan).graph.copy()
    copied.add_edge("a", "b", weight=1)
    assert copied.edges["a", "b"] == {"weight": 1}


def test_edges_added_at_once_are_those_that_networkx_adds() -> None:
    edge: Edge = {
        "kind": EdgeKind.WALK,
        "length_m": 2.0,
        "clear_width_m": None,
        "features": ("u",),
        "geometry": ((0.0, 0.0), (2.0, 0.0)),
        "turns": 0,
        "through_room": 0.0,
        "floors": 0.0,
        "enters": None,
    }
    edges = [("a", "b", edge), ("b", "a", edge), ("a", "b", share_keys({**edge, "turns": 1}))]
    usual: nx.DiGraph[str] = nx.DiGraph()
    quick: nx.DiGraph[str] = nx.DiGraph()
    for graph in (usual, quick):
        graph.add_nodes_from("ab")
    usual.add_edges_from((start, end, dict(data)) for start, end, data in edges)
    add_new_edges(quick, edges)
    assert nx.utils.graphs_equal(usual, quick)
    assert list(quick.edges(data="turns")) == [("a", "b", 1), ("b", "a", 0)]
    assert quick.succ["b"]["a"] is quick.pred["a"]["b"] is edge
