"""Reverse shortest-path trees: from everywhere to the nearest of some nodes."""

from array import array
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayfinder.route.costs import LEAST_S
from wayfinder.route.exits import Exits
from wayfinder.route.layout import Layout
from wayfinder.route.table import Floats, Ints, Mask

_FARTHEST_S = 1e15
"""No way costs as much, whatever bars it: what is farther is cut off."""


class TreeKey(NamedTuple):
    """What a tree is good for.

    Parameters
    ----------
    roots
        Node indices, ascending.
    profile
        Name of the profile.
    epoch
        Id of the epoch.
    allowed
        Indices of the zones that may be entered.
    """

    roots: tuple[int, ...]
    profile: str
    epoch: str
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tree:
    """The best way from every node to the nearest root.

    Costs are not kept, they would make a tree nine times as large, and who follows a way can add
    them up; nor are next nodes, but which exit leads there: a byte where none has 255.

    Parameters
    ----------
    taken
        Number of the exit to take, `Exits.none` at the roots and where there is no way, in the
        places that `Exits.slot` tells.
    exits
        The exits of all searched nodes.
    roots
        Node indices.
    """

    taken: "array[int]"
    exits: Exits
    roots: frozenset[int]

    def reaches(self, start: int) -> bool:
        """Tell whether there is a way from a node."""
        return self.taken[self.exits.slot[start]] != self.exits.none or start in self.roots

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
        taken, exits = self.taken, self.exits
        slots, heads, starts, none = exits.slot, exits.head, exits.start, exits.none
        path, number = [start], taken[slots[start]]
        while number != none:
            place = starts[start] + number
            if barred is not None and barred[place]:
                return None
            start = heads[place]
            path.append(start)
            number = taken[slots[start]]
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
        numbers = np.asarray(self.taken)
        led: Mask = numbers[np.frombuffer(self.exits.slot, dtype=np.int32)] != self.exits.none
        led[ends] = True
        return led

    @property
    def bytes(self) -> int:
        """Size in memory."""
        return self.taken.itemsize * len(self.taken)


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


class TreeCache:
    """Trees by what they are good for: those used last, up to a size in memory.

    Parameters
    ----------
    limit_bytes
        Memory for all trees together; the newest is kept whatever its size.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._trees: OrderedDict[TreeKey, Tree] = OrderedDict()
        self._uses: Counter[tuple[tuple[int, ...], str, frozenset[int]]] = Counter()
        self._lock = Lock()

    def find(self, key: TreeKey) -> Tree | None:
        """Return a tree, or None where there is none."""
        with self._lock:
            self._uses[key.roots, key.profile, key.allowed] += 1
            tree = self._trees.get(key)
            if tree is not None:
                self._trees.move_to_end(key)
            return tree

    def peek(self, key: TreeKey) -> Tree | None:
        """Return a tree that may serve instead of another, or None: no use of its own."""
        with self._lock:
            tree = self._trees.get(key)
            if tree is not None:
                self._trees.move_to_end(key)
            return tree

    def put(self, key: TreeKey, tree: Tree) -> None:
        """Keep a tree, and drop those that were not used for longest where there is no room."""
        with self._lock:
            old = self._trees.pop(key, None)
            self._bytes += tree.bytes - (old.bytes if old else 0)
            self._trees[key] = tree
            while self._bytes > self._limit_bytes and len(self._trees) > 1:
                _, gone = self._trees.popitem(last=False)
                self._bytes -= gone.bytes
            if len(self._uses) > 4 * len(self._trees) + 10_000:
                self._uses = Counter(dict(self._uses.most_common(1_000)))

    def list_most_used(self, count: int) -> list[tuple[tuple[int, ...], str, frozenset[int]]]:
        """List roots, profile and allowed zones of the trees most asked for, in whatever epoch."""
        with self._lock:
            return [entry for entry, _ in self._uses.most_common(count)]

    def __len__(self) -> int:
        """Count the trees."""
        return len(self._trees)
