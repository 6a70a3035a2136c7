"""Where the attributes of nodes and edges stand: dictionaries that share one table of keys.

A network has tens of thousands of edges with the same keys. The dictionary of an object shares its
keys with those of its class, so that it takes 160 bytes and not 270.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import networkx as nx

from wayfinder.graph.elements import RESTRICTED, Edge, EdgeKind, Node, NodeKind
from wayfinder.graph.shapes import Point
from wayfinder.graph.space import line_length_m
from wayfinder.model import Feature, Frame, Unit


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


def make_node(
    kind: NodeKind,
    level_id: str,
    ordinal: float,
    point: Point,
    frame: Frame,
    *,
    unit_id: str | None = None,
    feature_id: str | None = None,
) -> Node:
    """Make a node that faces nowhere; the point is in metres of the frame."""
    made = cast("Node", make_node_attributes())
    made["kind"], made["level"], made["ordinal"] = kind, level_id, ordinal
    made["x"], made["y"] = point
    made["lon"], made["lat"] = frame.to_degrees(*point)
    made["unit"], made["feature"] = unit_id, feature_id
    return made


def make_edge(
    kind: EdgeKind, feature: Feature | None, line: Sequence[Point], *, floors: float = 0.0
) -> Edge:
    """Make an edge that depends on one feature, or on none yet."""
    edge = Edge(
        kind=kind,
        length_m=line_length_m(line),
        clear_width_m=feature.clear_width_m if feature is not None else None,
        features=(feature.id,) if feature is not None else (),
        geometry=tuple(line),
        turns=0,
        through_room=0.0,
        floors=floors,
        enters=None,
    )
    access = feature.access if feature is not None and not isinstance(feature, Unit) else None
    if access is not None and access in RESTRICTED:
        edge["access"] = access
    return edge


def add_nodes(graph: "nx.DiGraph[str]", nodes: Iterable[tuple[str, Node]]) -> None:
    """Add nodes, or update those that are there already, in a third of the time of NetworkX.

    Parameters
    ----------
    graph
        Where to.
    nodes
        Ids and attributes, of which each node gets a copy.
    """
    known, after, before = graph._node, graph._succ, graph._pred  # type: ignore[attr-defined] # noqa: SLF001 - see above
    for node, attributes in nodes:
        if node in known:
            known[node].update(attributes)
        else:
            known[node] = attributes.copy()
            after[node], before[node] = {}, {}


def add_new_edges(graph: "nx.DiGraph[str]", edges: Iterable[tuple[str, str, Edge]]) -> None:
    """Add edges between nodes that are there; one that is there already is replaced.

    NetworkX looks at each edge for what may be there, five times as long as it takes to add it.

    Parameters
    ----------
    graph
        Where to.
    edges
        Start, end and attributes: those very ones, which edges of the next build may have too.
    """
    after, before = graph._succ, graph._pred  # type: ignore[attr-defined] # noqa: SLF001 - see above
    for start, end, attributes in edges:
        after[start][end] = before[end][start] = attributes
