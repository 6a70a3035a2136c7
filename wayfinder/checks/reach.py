"""How far the ways lead: what hangs together, and what hangs together without steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Plan, Unit
from wayfinder.model.categories import STEPPED, is_walkable

_STEPPED_EDGES = frozenset({EdgeKind.STAIRS, EdgeKind.ESCALATOR})


@dataclass(frozen=True, slots=True)
class Reach:
    """Which units hang together, whoever walks and whatever is locked.

    Parameters
    ----------
    components
        Ids of the units that hang together, the largest group first; groups of one are those
        that nothing leads to. Every unit that a person could enter is in exactly one.
    step_free
        Ids of the units in the largest group that hang together without steps and escalators;
        the largest such group where there are several. Stairs themselves are not among them.
    """

    components: tuple[tuple[str, ...], ...]
    step_free: frozenset[str]

    @property
    def units(self) -> int:
        """Count the units that a person could enter."""
        return sum(len(component) for component in self.components)

    @property
    def connected(self) -> frozenset[str]:
        """Ids of the units in the largest group."""
        return frozenset(self.components[0]) if self.components else frozenset()

    @property
    def cut_off(self) -> tuple[tuple[str, ...], ...]:
        """Groups beside the largest."""
        return self.components[1:]


def measure_reach(network: Network) -> Reach:
    """Find the groups of units that hang together.

    Directions, locks, hours and access do not count: a room behind a locked door hangs together
    with the corridor, a room without a door does not.
    """
    walkable = [unit.id for unit in network.plan.units if is_walkable(unit)]
    components = _group(walkable, network.graph)
    step_free: tuple[str, ...] = ()
    if components:
        level = [unit for unit in components[0] if not _is_stepped(network.plan, unit)]
        step_free = next(iter(_group(level, _without_steps(network))), ())
    return Reach(components, frozenset(step_free))


def _group(units: Iterable[str], graph: "nx.DiGraph[str]") -> tuple[tuple[str, ...], ...]:
    """Group units by the weak components of a graph; the largest first, ties by id.

    A unit whose nodes lie in several components belongs to the one with the most units.
    """
    wanted = set(units)
    nodes = _map_units(graph)
    found = [
        {unit for node in component if (unit := nodes[node]) in wanted and unit is not None}
        for component in nx.weakly_connected_components(graph)
    ]
    alone = wanted.difference(*found)
    groups: list[tuple[str, ...]] = [(unit,) for unit in alone]
    for group in sorted(found, key=lambda group: (-len(group), min(group, default=""))):
        if left := group & wanted:
            groups.append(tuple(sorted(left)))
            wanted -= left
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _without_steps(network: Network) -> "nx.DiGraph[str]":
    graph, plan = network.graph, network.plan
    unit_of = _map_units(graph)
    stepped = {unit.id for unit in plan.units if unit.category in STEPPED}
    bare: nx.DiGraph[str] = nx.DiGraph()
    bare.add_nodes_from(graph.nodes(data=True))
    bare.add_edges_from(
        (start, end)
        for (start, end), data in graph.edges.items()
        if data["kind"] not in _STEPPED_EDGES
        and not (unit_of[start] in stepped and unit_of[start] == unit_of[end])
    )
    return bare


def _map_units(graph: "nx.DiGraph[str]") -> Mapping[str, str | None]:
    """Map the nodes to the units they lie in."""
    return {node: data["unit"] for node, data in graph.nodes.items()}


def _is_stepped(plan: Plan, unit_id: str) -> bool:
    unit = plan.find(unit_id, Unit)
    return unit is not None and unit.category in STEPPED
