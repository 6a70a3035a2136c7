"""A level's network as compact arrays, to be drawn over its plan; and what is one lift."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

from wayfinder.graph import Network
from wayfinder.graph.elements import Edge, EdgeKind
from wayfinder.route.costs import Shafts
from wayfinder.route.table import find_table

BEND = "bend"
"""Kind of the nodes that stand for a bend of an edge alone."""
ONE_WAY, BARRED = 1, 2
"""Marks of an edge, added up: passable in this direction only; not for everybody."""


def draw_network(network: Network, level_id: str) -> dict[str, Any]:
    """Return the nodes and edges of a level.

    Parameters
    ----------
    network
        The network.
    level_id
        Id of the level.

    Returns
    -------
    dict
        ``nodes`` as ``[x, y, kind]`` in metres of the plan's frame, to the centimetre; ``edges`` as
        ``[start, end, kind, marks]`` by the places of their ends among the nodes. What leads both
        ways is one edge. Bends are nodes of kind ``bend``.
    """
    nodes: list[list[Any]] = []
    places: dict[str, int] = {}
    for key, data in network.graph.nodes(data=True):
        if data["level"] == level_id:
            places[key] = len(nodes)
            nodes.append([round(data["x"], 2), round(data["y"], 2), str(data["kind"])])
    edges = [
        [*pair, kind, marks]
        for start, end, data in network.graph.edges(places, data=True)
        if end in places
        for kind, marks in _mark(network, start, end, cast("Edge", data))
        for pair in _bend(nodes, places[start], places[end], cast("Edge", data))
    ]
    return {"nodes": nodes, "edges": edges}


def list_lifts(network: Network) -> list[list[str]]:
    """List the lifts, each as the ids of its units on all its floors, sorted."""
    shafts = Shafts(network, find_table(network)).of_unit
    return sorted(sorted(units) for units in set(shafts.values()))


def _mark(network: Network, start: str, end: str, data: Edge) -> Iterator[tuple[str, int]]:
    """Yield the kind and the marks of an edge; of two that are each other's way back the first."""
    is_back = network.graph.has_edge(end, start)
    if is_back and end < start:
        return
    # what leads into a zone, and, on the way back, out of one
    zoned = data["enters"] or (is_back and network.graph.edges[end, start]["enters"])
    barred = zoned or data.get("emergency") or data.get("access", "public") != "public"
    yield str(EdgeKind(data["kind"])), (0 if is_back else ONE_WAY) + (BARRED if barred else 0)


def _bend(nodes: list[list[Any]], start: int, end: int, data: Edge) -> Iterator[tuple[int, int]]:
    """Yield the straight parts of an edge, its bends added to the nodes."""
    corners = [start]
    for x, y in data["geometry"][1:-1]:
        corners.append(len(nodes))
        nodes.append([round(x, 2), round(y, 2), BEND])
    yield from pairwise([*corners, end])
