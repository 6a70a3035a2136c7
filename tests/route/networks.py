"""Random networks of a few nodes, whatever a building could not be."""

from dataclasses import replace
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from tests.ascii_plan import draw_plan
from wayfinder.graph import EdgeKind, Network, build_network
from wayfinder.route import Router
from wayfinder.route.search import Search

BASE = build_network(draw_plan("+-----+\n|hall |\n+-----+"))
_FLAT = (EdgeKind.WALK, EdgeKind.DOOR, EdgeKind.OPENING, EdgeKind.LIFT_BOARD, EdgeKind.LIFT_ALIGHT)
_STEEP = (EdgeKind.STAIRS, EdgeKind.ESCALATOR, EdgeKind.LIFT_RIDE)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a directed network of a few nodes whose edges are of all kinds."""
    size = draw(st.integers(2, 12))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node in range(size):
        graph.add_node(
            f"n{node}",
            unit=f"u{node % 4}",
            level="level0",
            kind=draw(st.sampled_from(("door", "place", "lift"))),
        )
    for tail, head in draw(st.lists(pairs, max_size=40, unique=True)):
        if tail != head:
            graph.add_edge(f"n{tail}", f"n{head}", **draw(edges()))
    places = {f"n{node}": (f"n{node}",) for node in range(size)}
    return replace(BASE, graph=graph, places=places)


@st.composite
def edges(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from((*_FLAT, *_STEEP)))
    return {
        "kind": kind,
        "length_m": draw(st.sampled_from((0.0, 0.5, 3.0, 12.5))),
        "clear_width_m": None,
        "features": (draw(st.sampled_from(("a", "b", "c", "d"))),),
        "geometry": ((0.0, 0.0), (1.0, 0.0)),
        "turns": draw(st.integers(0, 2)),
        "through_room": draw(st.sampled_from((0.0, 0.5, 1.0))),
        "floors": draw(st.sampled_from((-2.0, -1.0, 0.5, 1.0, 3.0))) if kind in _STEEP else 0.0,
        "enters": None,
    }


def search_on(network: Network) -> Search:
    return Router(network).search
