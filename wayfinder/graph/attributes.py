"""Where the attributes of nodes and edges stand: dictionaries that share one table of keys.

A network has tens of thousands of edges with the same keys. The dictionary of an object shares its
keys with those of its class, so that it takes 160 bytes and not 270.
"""

from collections.abc import Iterable
from typing import Any, cast

import networkx as nx

from wayfinder.graph.elements import Edge


class _Edge:
    """As `wayfinder.graph.elements.Edge`, in its order."""

    def __init__(self) -> None:
        self.kind = self.length_m = self.clear_width_m = self.features = self.geometry = None
        self.turns = self.through_room = self.floors = self.enters = None


class _Node:
    """As `wayfinder.graph.elements.Node`, in its order, with what not every node has last."""

    def __init__(self) -> None:
        self.kind = self.level = self.ordinal = self.x = self.y = self.lon = self.lat = None
        self.unit = self.feature = self.heading_deg = None


def make_node_attributes() -> dict[str, Any]:
    """Make a dictionary for a node's attributes: each that all nodes have is None, to be set."""
    attributes = vars(_Node())
    del attributes["heading_deg"]  # its place in the table stays
    return attributes


def make_attributes() -> dict[str, Any]:
    """Make a dictionary for an edge's attributes: each that all edges have is None, to be set."""
    return vars(_Edge())


def share_keys(edge: Edge) -> Edge:
    """Return an edge's attributes as `make_attributes` makes them; so are copies of the result."""
    shared = make_attributes()
    shared.update(edge)
    return cast("Edge", shared)


def add_new_edges(graph: "nx.DiGraph[str]", edges: Iterable[tuple[str, str, Edge]]) -> None:
    """Add edges between nodes that are there; one that is there already is replaced.

    NetworkX looks at each edge for what may be there, five times as long as it takes to add it.

    Parameters
    ----------
    graph
        Where to.
    edges
        Start, end and attributes, of which each edge gets a copy.
    """
    after, before = graph._succ, graph._pred  # type: ignore[attr-defined] # noqa: SLF001 - see above
    for start, end, attributes in edges:
        after[start][end] = before[end][start] = attributes.copy()
