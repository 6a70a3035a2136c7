"""Two rooms off a hall, and what tests of networks ask of them."""

from typing import Any

import networkx as nx

from wayfinder.graph import EdgeKind, Network

TWO_ROOMS = """
    +-------+-------+
    |A      |B      |
    |       |       |
    +---1---+---2---+
    |hall           |
    |               |
    +-------3-------+
"""


def reach(network: Network, start: str, goal: str) -> bool:
    """Tell whether one gets from one place to another in the drawing."""
    sources, targets = network.places[start], network.places[goal]
    return any(nx.has_path(network.graph, a, b) for a in sources for b in targets)


def edges_of(network: Network, kind: EdgeKind) -> list[tuple[str, str, dict[str, Any]]]:
    return [(a, b, d) for a, b, d in network.graph.edges(data=True) if d["kind"] is kind]


def codes(network: Network) -> list[str]:
    return sorted(issue.code for issue in network.issues)
