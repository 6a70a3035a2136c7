"""A hospital group: copies of one campus, joined by roads.

The network itself is copied, node by node and edge by edge, so that 300,000 nodes do not take
minutes to draw. Copies share their features: what is closed in one is closed in all. No search
notices.
"""

import networkx as nx

from wayfinder.graph import EdgeKind, Network, NodeKind

_ROAD_M = 800.0


def make_group(campus: Network, copies: int) -> Network:
    """Copy a campus and join each to the next by a road, the last to the first.

    Parameters
    ----------
    campus
        The network of one campus; it has a path outside.
    copies
        How many the group has.

    Raises
    ------
    ValueError
        For less than two copies, or a campus without a path outside.
    """
    if copies < 2:
        raise ValueError(f"a group of {copies}")
    gate = _find_gate(campus)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for number in range(copies):
        names = {node: f"{number}/{node}" for node in campus.graph}
        graph.add_nodes_from((names[node], data) for node, data in campus.graph.nodes(data=True))
        graph.add_edges_from(
            (names[tail], names[head], edge) for tail, head, edge in campus.graph.edges(data=True)
        )
    for number in range(copies):
        ends = f"{number}/{gate}", f"{(number + 1) % copies}/{gate}"
        for tail, head in (ends, ends[::-1]):
            graph.add_edge(tail, head, **_make_road(campus, gate))
    return Network(
        plan=campus.plan,
        graph=nx.freeze(graph),
        places={},
        zones=campus.zones,
        zone_of_unit=campus.zone_of_unit,
        spaces=campus.spaces,
        issues=(),
        crossings=campus.crossings,
        parts=campus.parts,
    )


def _find_gate(campus: Network) -> str:
    nodes = campus.graph.nodes(data=True)
    gate = min((node for node, data in nodes if data["kind"] is NodeKind.WAY), default=None)
    if gate is None:
        raise ValueError("the campus has no path outside")
    return gate


def _make_road(campus: Network, gate: str) -> dict[str, object]:
    """Return the attributes of an edge along a road, as long for all."""
    at = campus.graph.nodes[gate]["x"], campus.graph.nodes[gate]["y"]
    return {
        "kind": EdgeKind.MANUAL,
        "length_m": _ROAD_M,
        "clear_width_m": None,
        "features": (),
        "geometry": (at, (at[0] + _ROAD_M, at[1])),
        "turns": 0,
        "through_room": 0.0,
        "floors": 0.0,
        "enters": None,
    }
