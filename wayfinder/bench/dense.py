"""A dense reference: every two doors of a whole open space joined by the exact line.

The network divides long corridors at junctions and crosses open boundaries at a few points, so
that it grows with the rooms and not with their square. The reference does neither: all corridors
and halls that touch without a door are one region, in which every door, place and foot of a stair
is joined to every other; where a region ends without a door, one may step over every half metre.
Doors, lifts, stairs and drawn ways are the network's own, and so is what each of them costs.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import cos, hypot, radians, sin

import networkx as nx
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString

from wayfinder.graph import EdgeKind, Network, NodeKind
from wayfinder.graph.interior import count_turns
from wayfinder.graph.space import line_length_m
from wayfinder.model import Unit
from wayfinder.model.categories import STEPS, VERTICAL, is_through
from wayfinder.route import Profile
from wayfinder.route.profiles import ROOM_BURDEN_S, TURN_BURDEN_S

Point = tuple[float, float]

_STEP_M = 0.5
_ZONE_S = 1e6
"""Added for each zone entered, so that the fewest are; taken off again."""
_STEP = "step "
_PORTALS = frozenset({NodeKind.DOOR, NodeKind.ENTRANCE, NodeKind.OPENING})


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of the reference inside a region."""

    node: str
    point: Point
    heading: Point | None
    """Unit vector into the unit, for what lies on its edge."""


class Dense:
    """The dense reference of a network for one profile.

    Parameters
    ----------
    network
        The network.
    costs_s
        What its open edges cost the profile, by their ends.
    profile
        Who travels.
    """

    def __init__(
        self, network: Network, costs_s: dict[tuple[str, str], float], profile: Profile
    ) -> None:
        self._network = network
        self._profile = profile
        self._region_of = _find_regions(network)
        self._walked: set[tuple[str, str]] = set()
        self._edges = dict(self._keep_edges(costs_s))
        for region in sorted(set(self._region_of.values()), key=sorted):
            self._join_region(region)

    def cost_s(self, line: tuple[Point, ...], start: str, end: str, *, rooms: float) -> float:
        """Return what a walk along a line between two nodes of the network costs, in seconds.

        Parameters
        ----------
        line
            In metres.
        start, end
            Its ends; what lies on an edge of a unit has a direction there.
        rooms
            Rooms passed through.
        """
        ends = (self._spot(start), self._spot(end))
        return self._walk_s(line, ends[0].heading, ends[1].heading, rooms)

    def find_costs_s(self, origin: str) -> dict[str, float]:
        """Return what the best way from a node costs to each place that it leads to, in seconds."""
        index, graph = self._matrix
        costs = dijkstra(graph, indices=index[origin])
        return {
            node.removeprefix("to "): float(costs[k]) % _ZONE_S
            for node, k in index.items()
            if node.startswith("to ") and np.isfinite(costs[k])
        }

    def _walk_s(
        self, line: tuple[Point, ...], leaving: Point | None, into: Point | None, rooms: float
    ) -> float:
        arriving = None if into is None else (-into[0], -into[1])
        turns = count_turns(line, leaving, arriving)
        walked_s = line_length_m(line) / self._profile.speed_mps
        return walked_s + TURN_BURDEN_S * turns + ROOM_BURDEN_S * rooms

    def _keep_edges(
        self, costs_s: dict[tuple[str, str], float]
    ) -> Iterator[tuple[tuple[str, str], float]]:
        """Yield the network's own edges but for those that regions make anew."""
        graph = self._network.graph
        for (tail, head), cost_s in costs_s.items():
            edge = graph.edges[tail, head]
            regions = [self._region_of.get(graph.nodes[node]["unit"]) for node in (tail, head)]
            anew = edge["kind"] in {EdgeKind.WALK, EdgeKind.OPENING}
            if anew and None not in regions:
                continue
            if edge["kind"] is EdgeKind.WALK:
                self._walked.add((tail, head))
            yield (tail, head), cost_s + (_ZONE_S if edge["enters"] else 0.0)

    def _join_region(self, region: frozenset[str]) -> None:
        """Join all nodes of a region with each other."""
        spots = [self._spot(node) for node in self._list_nodes(region)]
        spots += list(self._list_steps(region))
        unit = self._network.plan.find(next(iter(region)), Unit)
        rooms = 0.0 if unit is None or is_through(unit) else 0.5
        lines = self._network.join_spaces(region).find_lines([spot.point for spot in spots])
        for (i, j), line in lines.items():
            one, two = spots[i], spots[j]
            passed = rooms * sum(spot.heading is not None for spot in (one, two))
            for a, b, way in ((one, two, line), (two, one, line[::-1])):
                cost_s = self._walk_s(way, a.heading, b.heading, passed)
                self._walked.add((a.node, b.node))
                self._edges[a.node, b.node] = cost_s

    def _list_nodes(self, region: frozenset[str]) -> list[str]:
        """List the network's nodes in a region but for junctions and steps over its boundaries."""
        found = []
        for node in self._nodes_of_region[region]:
            kind = self._network.graph.nodes[node]["kind"]
            steps = kind is NodeKind.OPENING and self._leads_to_region(node)
            if kind is not NodeKind.JUNCTION and not steps:
                found.append(node)
        return found

    @cached_property
    def _nodes_of_region(self) -> dict[frozenset[str], list[str]]:
        found: defaultdict[frozenset[str], list[str]] = defaultdict(list)
        for node, data in self._network.graph.nodes(data=True):
            region = self._region_of.get(data["unit"] or "")
            if region is not None:
                found[region].append(node)
        return found

    def _leads_to_region(self, node: str) -> bool:
        """Tell whether an open boundary leads to a unit whose steps are made anew."""
        graph = self._network.graph
        return all(
            graph.nodes[other]["unit"] in self._region_of
            for other in graph.successors(node)
            if graph.edges[node, other]["kind"] is EdgeKind.OPENING
        )

    def _list_steps(self, region: frozenset[str]) -> Iterator[Spot]:
        """Yield points every half metre along the boundaries to other regions, joined across."""
        for pair, stretches in self._network.crossings.items():
            inside = sorted(pair & region)
            others = sorted(pair - region)
            if len(inside) != 1 or len(others) != 1 or others[0] not in self._region_of:
                continue
            for number, stretch in enumerate(stretches):
                count = max(1, round(stretch.length / _STEP_M))
                for k in range(count):
                    at = (k + 0.5) / count * stretch.length
                    key = f"{_STEP}{'|'.join(sorted(pair))} {number} {k}"
                    node, beyond = f"{key} {inside[0]}", f"{key} {others[0]}"
                    point = stretch.interpolate(at)
                    heading = self._heading(stretch, at, inside[0])
                    self._edges[node, beyond] = self._zone_s(inside[0], others[0])
                    yield Spot(node, (float(point.x), float(point.y)), heading)

    def _zone_s(self, unit: str, other: str) -> float:
        zones = self._network.zone_of_unit
        enters = other in zones and zones[other] != zones.get(unit)
        return _ZONE_S if enters else 1e-6

    def _heading(self, stretch: LineString, at: float, unit: str) -> Point:
        """Return the unit vector across a boundary into a unit."""
        one, two = stretch.interpolate(max(0.0, at - 0.1)), stretch.interpolate(at + 0.1)
        length = hypot(two.x - one.x, two.y - one.y) or 1.0
        normal = ((one.y - two.y) / length, (two.x - one.x) / length)
        middle = stretch.interpolate(at)
        probe = shapely.Point(middle.x + normal[0] * 0.3, middle.y + normal[1] * 0.3)
        inside = self._network.spaces[unit].polygon.covers(probe)
        return normal if inside else (-normal[0], -normal[1])

    def _spot(self, node: str) -> Spot:
        data = self._network.graph.nodes[node]
        heading = None
        if data["kind"] in _PORTALS and "heading_deg" in data:
            angle = radians(data["heading_deg"])
            heading = (sin(angle), cos(angle))
        return Spot(node, (data["x"], data["y"]), heading)

    @cached_property
    def _matrix(self) -> tuple[dict[str, int], csr_array]:
        """The reference as SciPy takes it.

        One arrives at a copy of a place or a door. Nothing leads on from that of a place; from that
        of a door only the door does, and who came through it walks on: to touch a door in passing,
        or to step through it and back, would hide a turn.
        """
        edges: dict[tuple[str, str], float] = {}
        for (tail, head), cost_s in self._edges.items():
            for pair in self._list_ends(tail, head):
                edges[pair] = cost_s
        index = {node: k for k, node in enumerate(dict.fromkeys(n for pair in edges for n in pair))}
        rows, columns = ([index[pair[side]] for pair in edges] for side in (0, 1))
        shape = (len(index), len(index))
        return index, csr_array((list(edges.values()), (rows, columns)), shape=shape)

    def _list_ends(self, tail: str, head: str) -> Iterator[tuple[str, str]]:
        """Yield between which copies of its ends an edge leads."""
        walked = (tail, head) in self._walked
        crosses = not walked and (
            tail.startswith(_STEP)
            or self._network.graph.edges[tail, head]["kind"] in {EdgeKind.DOOR, EdgeKind.OPENING}
        )
        tails, heads = [tail], [head]
        if self._is_portal(tail) and not walked:
            tails = [f"to {tail}"] if crosses else [tail, f"to {tail}"]
        if self._is_portal(head) and not crosses:
            heads = [f"to {head}"] if walked else [head, f"to {head}"]
        elif not head.startswith(_STEP) and self._is_place(head):
            heads = [f"to {head}"]
        yield from product(tails, heads)

    def _is_place(self, node: str) -> bool:
        return self._network.graph.nodes[node]["kind"] is NodeKind.PLACE

    def _is_portal(self, node: str) -> bool:
        """Tell whether a node lies on the edge of a region."""
        if node.startswith(_STEP):
            return True
        data = self._network.graph.nodes[node]
        return data["kind"] in _PORTALS and data["unit"] in self._region_of


def _find_regions(network: Network) -> dict[str, frozenset[str]]:
    """Return unit id to the ids of all that is one open space with it.

    Corridors and halls that touch are one; a room, which costs to pass through, is its own. Lifts,
    stairs and steps are left to the network: one does not just walk there.
    """
    units = {unit.id: unit for unit in network.plan.units if unit.id in network.spaces}
    walked = {key for key, unit in units.items() if unit.category not in {*VERTICAL, STEPS}}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(walked)
    for pair in network.crossings:
        same_zone = len({network.zone_of_unit.get(key) for key in pair}) == 1
        if pair <= walked and same_zone and all(is_through(units[key]) for key in pair):
            graph.add_edge(*sorted(pair))
    return {
        key: region
        for component in nx.connected_components(graph)
        for region in [frozenset(component)]
        for key in component
    }
