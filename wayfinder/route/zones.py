"""Which restricted zones a way may enter: its end's, and the fewest that it cannot do without."""

from collections import defaultdict, deque
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wayfinder.graph import Network
from wayfinder.model import Access
from wayfinder.route.table import Ints, Table

_KEPT, _KEPT_PAIRS = 256, 100_000
_Crossing = tuple[int, int]
"""Region that one comes to, and the zone that one enters on the way (-1: none)."""


class Regions:
    """The network as islands of one zone, or of none, and how they lead into each other.

    Entering a zone has a price of one, leaving it is free; who must enter a zone to get out of an
    island of public rooms inside it, or to get into one, may. Profiles, hours and closures play no
    part: what they bar is no reason to be let through a ward.

    Parameters
    ----------
    network
        The network.
    table
        The same, compiled.
    """

    def __init__(self, network: Network, table: Table) -> None:
        self._table = table
        index = {zone: position for position, zone in enumerate(table.zones)}
        self.access = tuple(network.zones[zone].access for zone in table.zones)
        zone_of_unit = {unit: index[zone] for unit, zone in network.zone_of_unit.items()}
        self.zone_of_node: Ints = np.array(
            [zone_of_unit.get(network.graph.nodes[node]["unit"], -1) for node in table.nodes],
            dtype=np.int32,
        )
        self._crossed: dict[tuple[int, int, frozenset[Access]], frozenset[int]] = {}
        self._prices: dict[tuple[int, frozenset[Access]], Mapping[int, int]] = {}

    @cached_property
    def region_of_node(self) -> Ints:
        """Index of the region that each node lies in, shape (nodes,)."""
        table, size = self._table, len(self._table.nodes)
        inside = (self.zone_of_node[table.tail] == self.zone_of_node[table.head]) & (table.zone < 0)
        tails, heads = table.tail[inside], table.head[inside]
        links = coo_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
        _, labels = connected_components(links, directed=False)
        return np.asarray(labels, dtype=np.int32)

    @cached_property
    def _crossings(self) -> Mapping[int, tuple[_Crossing, ...]]:
        table, region = self._table, self.region_of_node
        tails, heads = region[table.tail], region[table.head]
        across = (tails != heads) | (table.zone >= 0)
        rows = np.unique(
            np.stack([tails[across], heads[across], table.zone[across]], axis=1), axis=0
        )
        found: defaultdict[int, list[_Crossing]] = defaultdict(list)
        for tail, head, zone in rows.tolist():
            found[tail].append((head, zone))
        return {region_: tuple(crossings) for region_, crossings in found.items()}

    def find_allowed(
        self, origin: int, destination: int, enters: frozenset[Access]
    ) -> tuple[int, frozenset[int]] | None:
        """Return how many zones must be entered on the way between two nodes, and which may be.

        Parameters
        ----------
        origin, destination
            Node indices.
        enters
            Classes of zones that bar nobody here.

        Returns
        -------
        int and frozenset of int, or None
            The least number, and the indices of the zone of the destination and of all those on
            ways that enter the fewest others; None where there is no way even so.
        """
        start, end = int(self.region_of_node[origin]), int(self.region_of_node[destination])
        own = int(self.zone_of_node[destination])
        ends = frozenset({own} if own >= 0 else ())
        if start == end or not self._table.zones:
            return 0, ends
        prices = self._find_prices(start, enters)
        if end not in prices:
            return None
        crossed = self._crossed.get((start, end, enters))
        if crossed is None:
            crossed = self._find_crossed(start, end, enters)
            if len(self._crossed) >= _KEPT_PAIRS:
                self._crossed.clear()
            self._crossed[start, end, enters] = crossed
        return prices[end], ends | crossed

    def _price(self, zone: int, enters: frozenset[Access]) -> int:
        return 0 if zone < 0 or self.access[zone] in enters else 1

    def _find_prices(self, start: int, enters: frozenset[Access]) -> Mapping[int, int]:
        """Return the fewest zones entered to each region in reach (0-1 breadth first)."""
        known = self._prices.get((start, enters))
        if known is not None:
            return known
        prices = {start: 0}
        queue = deque([start])
        while queue:
            region = queue.popleft()
            for head, zone in self._crossings.get(region, ()):
                price = prices[region] + self._price(zone, enters)
                if price < prices.get(head, len(self.access) + 1):
                    prices[head] = price
                    (queue.append if price > prices[region] else queue.appendleft)(head)
        if len(self._prices) >= _KEPT:
            self._prices.clear()
        self._prices[start, enters] = prices
        return prices

    @cached_property
    def _incoming(self) -> Mapping[int, tuple[_Crossing, ...]]:
        found: defaultdict[int, list[_Crossing]] = defaultdict(list)
        for tail, crossings in self._crossings.items():
            for head, zone in crossings:
                found[head].append((tail, zone))
        return {region: tuple(crossings) for region, crossings in found.items()}

    def _find_crossed(self, start: int, end: int, enters: frozenset[Access]) -> frozenset[int]:
        """Return all zones entered on any of the ways that enter the fewest."""
        prices = self._find_prices(start, enters)
        zones, seen, stack = set(), {end}, [end]
        while stack:
            region = stack.pop()
            for tail, zone in self._incoming.get(region, ()):
                price = self._price(zone, enters)
                if tail in prices and prices[tail] + price == prices[region]:
                    zones |= {zone} if price else set()
                    if tail not in seen:
                        seen.add(tail)
                        stack.append(tail)
        return frozenset(zones)
