"""Lifts, stairs and escalators as whoever looks for them finds them: where they go, the way out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from wayfinder.checks.stroll import Stance, Strolls
from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Level, Plan, Unit
from wayfinder.model.categories import LIFT, VERTICAL

_RIDES = frozenset({EdgeKind.LIFT_RIDE, EdgeKind.STAIRS, EdgeKind.ESCALATOR})


@dataclass(frozen=True, slots=True)
class Shaft:
    """A lift, stairs or an escalator on one floor.

    Parameters
    ----------
    unit_id
        The unit; of stairs that are a line in a hall the node where it begins.
    stepped
        Whether nobody rolls through.
    to
        Level id to the units, or nodes, in which one comes out there.
    """

    unit_id: str
    stepped: bool
    to: Mapping[str, tuple[str, ...]]


class FloorChanges:
    """All floor changes of a network.

    Parameters
    ----------
    network
        The network.
    strolls
        Legs.
    closed
        Ids of units that nobody uses today.
    """

    def __init__(self, network: Network, strolls: Strolls, closed: Collection[str] = ()) -> None:
        self._network = network
        self._strolls = strolls
        self._closed = frozenset(closed)
        self._exits: dict[str, tuple[tuple[str, Stance], ...]] = {}

    @cached_property
    def shafts(self) -> Mapping[str, Shaft]:
        """Unit or node to shaft, those that everybody may use."""
        plan = self._network.plan
        found = {}
        for unit in plan.units:
            usable = unit.id not in self._network.zone_of_unit and unit.id not in self._closed
            if unit.category in VERTICAL and usable:
                to = self._list_stops(unit.id)
                if to:
                    found[unit.id] = Shaft(unit.id, unit.category != LIFT, to)
        for node in sorted(self._open_ends):
            to = self._list_stops(node)
            if to:
                found[node] = Shaft(node, stepped=True, to=to)
        return found

    def get_ordinal(self, level_id: str) -> float:
        """Return the place of a level in the stack."""
        level = self._network.plan.find(level_id, Level)
        return level.ordinal if level is not None else 0.0

    def list_exits(self, unit_id: str) -> tuple[tuple[str, Stance], ...]:
        """List the nodes outside a shaft's doors, and where one stands who has come out there."""
        known = self._exits.get(unit_id)
        if known is None:
            below = self._arrivals.get(unit_id)
            if below is not None:
                known = ((unit_id, self._strolls.enter(unit_id, below)),)
            else:
                known = tuple(self._strolls.list_ways_out(self._nodes_of.get(unit_id, ())))
            self._exits[unit_id] = known
        return known

    @cached_property
    def _open_ends(self) -> frozenset[str]:
        """Nodes where stairs begin that are a line in a hall and open to everybody."""
        edges, may_pass = self._network.graph.edges, self._strolls.doors.may_pass
        rides = _list_rides(self._network, self._closed)
        passed = [start for start, end in rides if may_pass(edges[start, end])]
        plan, graph = self._network.plan, self._network.graph
        return frozenset(node for node in passed if find_stop(plan, graph, node) == node)

    @cached_property
    def _arrivals(self) -> Mapping[str, str]:
        """Node where stairs end that are a line in a hall to the node where they begin."""
        plan, graph = self._network.plan, self._network.graph
        rides = _list_rides(self._network, self._closed)
        return {end: start for start, end in rides if find_stop(plan, graph, end) == end}

    @cached_property
    def _nodes_of(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, node in self._network.graph.nodes.items():
            if node["unit"] is not None:
                found[node["unit"]].append(name)
        return {unit: tuple(nodes) for unit, nodes in found.items()}

    @cached_property
    def _rides(self) -> Mapping[str, frozenset[str]]:
        """Unit id to the units on other floors that its shaft leads to directly."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        plan, graph = self._network.plan, self._network.graph
        for start, end in _list_rides(self._network, self._closed):
            found[find_stop(plan, graph, start)].add(find_stop(plan, graph, end))
        return {stop: frozenset(others) for stop, others in found.items()}

    def _list_stops(self, unit_id: str) -> Mapping[str, tuple[str, ...]]:
        plan, nodes, found = self._network.plan, self._network.graph.nodes, defaultdict(list)
        seen, stack = {unit_id}, [unit_id]
        while stack:
            here = stack.pop()
            for other in sorted(self._rides.get(here, ())):
                if other in seen or other in self._closed:
                    continue
                seen.add(other)
                stack.append(other)
                unit = plan.find(other, Unit)
                if unit is not None and unit.level_id and other not in self._network.zone_of_unit:
                    found[unit.level_id].append(other)
                elif unit is None and nodes[other]["unit"] not in self._network.zone_of_unit:
                    found[nodes[other]["level"]].append(other)
        return {level: tuple(units) for level, units in found.items()}


def list_open_ends(network: Network) -> Iterator[str]:
    """Yield the nodes where stairs begin that are a line in a hall."""
    for start, _ in _list_rides(network, frozenset()):
        if find_stop(network.plan, network.graph, start) == start:
            yield start


def _list_rides(network: Network, closed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the edges by which one changes floors."""
    for (start, end), edge in network.graph.edges.items():
        if edge["kind"] in _RIDES and edge["floors"] and closed.isdisjoint(edge["features"]):
            yield start, end


def find_stop(plan: Plan, graph: "nx.DiGraph[str]", node: str) -> str:
    """Return the lift or stairs in which a node is; the node where they are a line in a hall."""
    unit = plan.find(graph.nodes[node]["unit"], Unit)
    return unit.id if unit is not None and unit.category in VERTICAL else node
