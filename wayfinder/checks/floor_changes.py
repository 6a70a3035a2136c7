"""Lifts, stairs and escalators as whoever looks for them finds them: where they go, the way out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from wayfinder.checks.stroll import Stance, Strolls
from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Level, Unit
from wayfinder.model.categories import LIFT, VERTICAL

_RIDES = frozenset({EdgeKind.LIFT_RIDE, EdgeKind.STAIRS, EdgeKind.ESCALATOR})


@dataclass(frozen=True, slots=True)
class Shaft:
    """A lift, stairs or an escalator on one floor.

    Parameters
    ----------
    unit_id
        The unit.
    stepped
        Whether nobody rolls through.
    to
        Level id to the ids of the units in which one comes out there.
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
        """Unit id to shaft, those that everybody may use."""
        plan = self._network.plan
        found = {}
        for unit in plan.units:
            usable = unit.id not in self._network.zone_of_unit and unit.id not in self._closed
            if unit.category in VERTICAL and usable:
                to = self._list_stops(unit.id)
                if to:
                    found[unit.id] = Shaft(unit.id, unit.category != LIFT, to)
        return found

    def get_ordinal(self, level_id: str) -> float:
        """Return the place of a level in the stack."""
        level = self._network.plan.find(level_id, Level)
        return level.ordinal if level is not None else 0.0

    def list_exits(self, unit_id: str) -> tuple[tuple[str, Stance], ...]:
        """List the nodes outside a shaft's doors, and where one stands who has come out there."""
        known = self._exits.get(unit_id)
        if known is None:
            nodes = self._nodes_of.get(unit_id, ())
            known = self._exits[unit_id] = tuple(self._strolls.list_ways_out(nodes))
        return known

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
        nodes = self._network.graph.nodes
        for (start, end), edge in self._network.graph.edges.items():
            one, other = nodes[start]["unit"], nodes[end]["unit"]
            if edge["kind"] in _RIDES and edge["floors"] and one and other:
                found[one].add(other)
        return {unit: frozenset(others) for unit, others in found.items()}

    def _list_stops(self, unit_id: str) -> Mapping[str, tuple[str, ...]]:
        plan, found = self._network.plan, defaultdict(list)
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
        return {level: tuple(units) for level, units in found.items()}
