"""The network as other programs read it."""

import json
from io import BytesIO

import networkx as nx
import pytest
from shapely.geometry import shape

from tests.ascii_plan import draw_plan
from wayfinder.graph import Network, build_network
from wayfinder.graph.export import make_geojson, make_node_link, write_graphml


@pytest.fixture(scope="module")
def network() -> Network:
    return build_network(
        draw_plan("""
            level 0
            +-----+----+
            |A    |lift|
            +--1--+-5--+
            4hall      |
            +----------+

            level 1
                  +----+
                  |lift|
            +-----+-5--+
            |C    3hall|
            +-----+----+
        """)
    )


def test_node_link_keeps_nodes_edges_and_attributes(network: Network) -> None:
    document = json.loads(json.dumps(make_node_link(network), allow_nan=False))
    graph = nx.node_link_graph(document, edges="edges")
    assert set(graph.nodes) == set(network.graph.nodes)
    assert set(graph.edges) == set(network.graph.edges)
    for edge, data in network.graph.edges.items():
        found = graph.edges[edge]
        assert found["length_m"] == data["length_m"]
        assert found["features"] == list(data["features"])
        assert found["geometry"] == [list(point) for point in data["geometry"]]
        assert found["kind"] == data["kind"].value


def test_graphml_keeps_nodes_edges_and_lengths(network: Network) -> None:
    graph = nx.read_graphml(BytesIO(write_graphml(network)))
    assert set(graph.nodes) == set(network.graph.nodes)
    assert set(graph.edges) == set(network.graph.edges)
    for edge, data in network.graph.edges.items():
        found = graph.edges[edge]
        assert found["length_m"] == pytest.approx(data["length_m"])
        assert json.loads(found["features"]) == list(data["features"])
        assert "clear_width_m" in found or data["clear_width_m"] is None


def test_graphml_stays_readable_whatever_an_id_holds() -> None:
    plan = draw_plan("+--+--+\n|A 1B |\n+--+--+")
    room = plan["B"]
    renamed = type(room)("B\x07\x0c", room.feature_type, room.geometry, room.properties)
    network = build_network(plan.without("B").with_features(renamed))
    graph = nx.read_graphml(BytesIO(write_graphml(network)))
    assert len(graph) == len(network.graph)


def test_geojson_has_a_point_a_node_and_a_line_an_edge(network: Network) -> None:
    document = json.loads(json.dumps(make_geojson(network), allow_nan=False))
    edges = [f for f in document["features"] if "source" in f["properties"]]
    assert len(document["features"]) - len(edges) == len(network.graph)
    assert len(edges) == network.graph.number_of_edges()
    assert all(shape(edge["geometry"]).is_valid for edge in edges)
    walks = [f["geometry"] for f in edges if f["properties"]["kind"] == "walk"]
    assert {walk["type"] for walk in walks} == {"LineString"}
    lon, lat = walks[0]["coordinates"][0]
    assert (lon, lat) == (pytest.approx(116.4, abs=0.001), pytest.approx(39.9, abs=0.001))
