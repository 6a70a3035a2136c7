"""Attributes take the room that they need, and are dictionaries like any other."""

import sys

from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.graph.attributes import make_attributes
from wayfinder.graph.elements import Edge
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


def test_a_copy_of_a_network_is_a_graph_like_any_other() -> None:
    copied = build_network(read_plan(floorplans_dir() / "clinic").plan).graph.copy()
    copied.add_edge("a", "b", weight=1)
    assert copied.edges["a", "b"] == {"weight": 1}
