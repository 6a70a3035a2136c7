"""Reverse shortest-path trees: from everywhere to the nearest of some nodes."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayfinder.route.costs import LEAST_S
from wayfinder.route.exits import Exits
from wayfinder.route.layout import Layout
from wayfinder.route.table import Floats, Ints, Mask

_FARTHEST_S = 1e15
"""No way costs as much, whatever bars it: what is farther is cut off."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The best way from every node to the nearest root.

    Costs are not kept, they would make a tree nine times as large, and who follows a way can add
    them up; nor are next nodes, but which exit leads there: a byte where none has 255.

    Parameters
    ----------
    shared
        Number of the exit to take, `Exits.none` at the roots and where there is no way, in the
        slots that `Exits.slot` tells. Trees that are nearly alike have the same.
    exits
        The exits of all searched nodes.
    roots
        Node indices.
    slots, numbers
        Slots, ascending, in which other numbers count than those shared, and which.
    """

    shared: "array[int]"
    exits: Exits
    roots: frozenset[int]
    slots: Sequence[int] = ()
    numbers: Sequence[int] = ()

    def list_taken(self) -> "array[int]":
        """List the number of the exit to take in each slot."""
        taken = self.shared[:]
        for slot, number in zip(self.slots, self.numbers, strict=True):
            taken[slot] = number
        return taken

    def reaches(self, start: int) -> bool:
        """Tell whether there is a way from a node."""
        return start in self.roots or self._get_number(start) != self.exits.none

    def _get_number(self, node: int) -> int:
        slot = self.exits.slot[node]
        place = bisect_left(self.slots, slot)
        if place < len(self.slots) and self.slots[place] == slot:
            return self.numbers[place]
        return self.shared[slot]

    def list_path(self, start: int) -> list[int]:
        """List the searched nodes from a node to its root; only itself where there is no way."""
        return self.find_path(start, None) or []

    def find_path(self, start: int, barred: bytes | None) -> list[int] | None:
        """List the searched nodes from a node to its root, or None where an exit is barred.

        Parameters
        ----------
        start
            The node.
        barred
            A byte for each exit, as of `Exits.spread`: 1 where it is; None where none is.
        """
        shared, own, numbers, exits = self.shared, self.slots, self.numbers, self.exits
        slots, heads, starts, none = exits.slot, exits.head, exits.start, exits.none
        path, number, size = [start], self._get_number(start), len(own)
        while number != none:
            exit_ = starts[start] + number
            if barred is not None and barred[exit_]:
                return None
            start = heads[exit_]
            path.append(start)
            slot = slots[start]
            place = bisect_left(own, slot)  # looked up as by `_get_number`, at each hop
            number = numbers[place] if place < size and own[place] == slot else shared[slot]
        return path

    def list_names(self, start: int, names: Sequence[str]) -> list[str]:
        """List the nodes from a node to its root by name; `names` has one a searched node."""
        return [names[node] for node in self.list_path(start)]

    def list_led(self, ends: Ints) -> Mask:
        """Tell from which searched nodes there is a way, shape (searched nodes,).

        Parameters
        ----------
        ends
            Searched nodes that are its roots: `Layout.list_ends`.
        """
        numbers = np.asarray(self.list_taken())
        led: Mask = numbers[np.frombuffer(self.exits.slot, dtype=np.int32)] != self.exits.none
        led[ends] = True
        return led

    @property
    def bytes(self) -> int:
        """Size in memory of the numbers that it shares."""
        return self.shared.itemsize * len(self.shared)


def make_matrix(layout: Layout, choice: Floats, kept: Mask, rebate: Floats) -> csr_array:
    """Make the reversed graph that SciPy searches.

    Parameters
    ----------
    layout
        How the graph is laid out; all matrices on it share where its edges lead.
    choice
        Cost of each edge, shape (edges,); greater than 0.
    kept
        Which edges may be used, shape (edges,). Those barred cost infinitely much: whoever searches
        must set a limit, SciPy would follow them.
    rebate
        What each edge costs less as the first climb, shape (edges,); see `Layout`.
    """
    weights = np.where(kept, choice, np.inf)[layout.edge]
    if layout.layers > 1:
        first = layout.edge[layout.free]
        weights[layout.free] -= np.minimum(rebate[first], choice[first] - LEAST_S)
    return csr_array((weights, layout.tail, layout.starts), shape=(layout.size, layout.size))


def make_tree(matrix: csr_array, layout: Layout, roots: Sequence[int]) -> Tree:
    """Grow a tree to some nodes; the work is one run of SciPy's Dijkstra."""
    return make_tree_and_costs(matrix, layout, roots)[0]


def make_tree_and_costs(
    matrix: csr_array, layout: Layout, roots: Sequence[int]
) -> tuple[Tree, Floats]:
    """Grow a tree to some nodes, and return what its ways cost.

    Returns
    -------
    tree, cost_s
        The tree, and seconds and burden from each node, inf where there is no way, shape (nodes,).
    """
    ends = layout.list_ends(roots)
    costs, before, _ = dijkstra(
        matrix, indices=ends, return_predecessors=True, min_only=True, limit=_FARTHEST_S
    )
    tree = Tree(layout.exits.number(before), layout.exits, frozenset(roots))
    return tree, costs[: layout.nodes]


def find_cost_s(matrix: csr_array, path: Sequence[int]) -> float:
    """Add up what a way of searched nodes costs; raises KeyError where one hop is none."""
    starts, tails, weights = matrix.indptr, matrix.indices, matrix.data
    total = 0.0
    for tail, head in pairwise(path):
        row = tails[starts[head] : starts[head + 1]]
        place = int(np.searchsorted(row, tail))
        if place == len(row) or row[place] != tail or np.isinf(weights[starts[head] + place]):
            raise KeyError(f"no way leads from {tail} to {head}")
        total += float(weights[starts[head] + place])
    return total
