"""How the network is laid out for a search: which nodes stand in it twice, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wayfinder.graph import EdgeKind
from wayfinder.route.exits import Exits
from wayfinder.route.table import Ints, Mask, Table


@dataclass(frozen=True)
class Layout:
    """The reversed graph that is searched, row by row: rows are heads, columns are tails.

    Nodes may stand in it more than once. A place is where one sets out, and once more, further on,
    where one arrives: so no way crosses it. A lift, a flight or an escalator stands once more as
    come to on its own floor, from where one only goes to another: nobody boards to get out at the
    other side. Where the first floor climbed carries no burden, all
    stand twice: as reached before any stairs were climbed, and as reached after. Shortest ways stay
    exact with a burden that depends on the way before, and nobody gets a second free floor by
    leaving the stairs for a moment.

    Parameters
    ----------
    nodes
        Number of nodes of the network; they come first, as one sets out from them.
    node
        Index in the network of each searched node, shape (searched nodes,).
    layers
        Once or twice everything.
    tail, head
        Indices of searched nodes, by head, shape (searched edges,).
    edge
        Row in the table, shape (searched edges,).
    free
        Which of them are the first climb, shape (searched edges,).
    arrival
        Searched node of the first layer at which one arrives at each node, shape (nodes,).
    """

    nodes: int
    node: Ints
    layers: int
    tail: Ints
    head: Ints
    edge: Ints
    free: Mask
    arrival: Ints

    @property
    def size(self) -> int:
        """Number of nodes that are searched."""
        return len(self.node)

    @cached_property
    def starts(self) -> Ints:
        """Where each head's edges begin, and where the last's end, shape (searched nodes + 1,)."""
        counts = np.bincount(self.head, minlength=self.size)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    @cached_property
    def node_of(self) -> list[int]:
        """Index in the network of each searched node, as numbers that Python reads fast."""
        known = list(range(self.nodes))  # each number once, not once a layer
        return [known[node] for node in self.node.tolist()]

    @cached_property
    def exits(self) -> Exits:
        """The edges out of every searched node."""
        return Exits(self.tail, self.head, self.size)

    def list_ends(self, roots: Sequence[int]) -> Ints:
        """List the searched nodes at which one is at any of some nodes."""
        starts = np.asarray(roots, dtype=np.int32)
        ends = np.unique(np.concatenate([starts, self.arrival[starts]]))
        layer = self.size // self.layers
        return np.concatenate([ends + layer * number for number in range(self.layers)])


def make_layout(table: Table, *, free_climb: bool, crosses_places: bool = False) -> Layout:
    """Lay out a table for a search.

    Parameters
    ----------
    table
        The table.
    free_climb
        Whether the first floor climbed carries no burden.
    crosses_places
        Whether ways may lead over places, and over lifts and flights to their other side.
    """
    size = len(table.nodes)
    arrival = np.arange(size, dtype=np.int32)
    twice = np.concatenate([table.places, table.carriers])[: 0 if crosses_places else None]
    arrival[twice] = size + np.arange(len(twice), dtype=np.int32)
    node = np.concatenate([np.arange(size, dtype=np.int32), twice])
    tail, head, edge = _list_ways(table, arrival)
    climbs = (table.is_kind(EdgeKind.STAIRS) & (table.floors > 0))[edge]
    free, layers = np.zeros(len(tail), dtype=bool), 1
    if free_climb and climbs.any():
        layer = len(node)
        # nobody sets out having climbed
        places = np.setdiff1d(twice, table.carriers)
        later = np.flatnonzero(~np.isin(tail, places))
        tail, head = (
            np.concatenate([tail, tail[later] + layer]),
            np.concatenate([head + np.where(climbs, layer, 0), head[later] + layer]),
        )
        edge, free = np.concatenate([edge, edge[later]]), np.concatenate([climbs, free[later]])
        node, layers = np.concatenate([node, node]), 2
    order = np.lexsort((tail, head))
    return Layout(
        nodes=size,
        node=node,
        layers=layers,
        tail=tail[order].astype(np.int32),
        head=head[order].astype(np.int32),
        edge=edge[order],
        free=free[order],
        arrival=arrival,
    )


def _list_ways(table: Table, arrival: Ints) -> tuple[Ints, Ints, Ints]:
    """List tails, heads and rows of all edges, those that ride once more from where one arrived."""
    rides = np.isin(table.tail, table.carriers) & np.isin(table.head, table.carriers)
    again = np.flatnonzero(rides & (arrival[table.tail] != table.tail))
    edge = np.concatenate([np.arange(len(table.tail)), again]).astype(np.int32)
    tail = np.concatenate([table.tail, arrival[table.tail[again]]])
    return tail, np.where(rides, table.head, arrival[table.head])[edge], edge
