"""What of a network one reaches without passing a door or changing floors."""

from collections.abc import Iterator
from typing import cast

from wayfinder.graph.elements import Edge, EdgeKind
from wayfinder.graph.network import Network
from wayfinder.model import Opening, Unit
from wayfinder.model.categories import VERTICAL


def flood(network: Network, node: str) -> list[str]:
    """List the nodes that one reaches without passing a door or changing floors."""
    network.graph.nodes[node]
    seen, stack = {node}, [node]
    while stack:
        here = stack.pop()
        for other in list_neighbours(network, here):
            if other not in seen and _is_inner(network, here, other):
                seen.add(other)
                stack.append(other)
    return list(seen)


def list_inner_edges(network: Network, nodes: frozenset[str]) -> Iterator[tuple[str, str, Edge]]:
    """Yield the edges between some nodes: from, to, attributes."""
    for node in nodes:
        for other in network.graph.successors(node):
            if other in nodes:
                yield node, other, cast("Edge", network.graph.edges[node, other])


def list_neighbours(network: Network, node: str) -> Iterator[str]:
    """Yield the nodes next to one, whichever way one may go between them."""
    yield from network.graph.successors(node)
    yield from (n for n in network.graph.predecessors(node) if not network.graph.has_edge(node, n))


def get_edge(network: Network, one: str, other: str) -> Edge:
    """Return the edge between two neighbours, the one that leads back where there is no other."""
    graph = network.graph
    return cast("Edge", graph.edges[(one, other) if graph.has_edge(one, other) else (other, one)])


def find_vertical(network: Network, node: str) -> str | None:
    """Return the id of the lift, stairs or escalator in which a node lies, or None."""
    feature = network.plan.find(network.graph.nodes[node]["unit"], Unit)
    return feature.id if feature is not None and feature.category in VERTICAL else None


def _is_inner(network: Network, one: str, other: str) -> bool:
    """Tell whether two nodes lie in one region: joined by a walk or over an open boundary."""
    kind = get_edge(network, one, other)["kind"]
    if kind is EdgeKind.OPENING:
        return find_vertical(network, one) == find_vertical(network, other)
    if kind is EdgeKind.MANUAL:
        return not _passes_door(network, one, other)
    return kind is EdgeKind.WALK


def _passes_door(network: Network, one: str, other: str) -> bool:
    """Tell whether an edge joins a drawn way to a door that it passes through."""
    features = get_edge(network, one, other)["features"]
    return any(network.plan.find(feature, Opening) is not None for feature in features)
