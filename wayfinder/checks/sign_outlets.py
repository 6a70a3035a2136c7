"""How the ways from signs begin, at one time: to tell quickly which of them a change concerns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfinder.checks.guided import Way
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import CLOCKWISE_DEG
from wayfinder.model import Arrow
from wayfinder.route import Router
from wayfinder.route.trees import Tree

_BEGINNING_M = 80.0
"""No arrow depends on what a way does farther on (ours)."""

_SAME_M = 0.05
_MOST_HOPS = 1_000

Mask = NDArray[np.bool_]
Nodes = frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Beginnings:
    """How the ways from all signs to one place begin, up to some metres or another floor.

    Parameters
    ----------
    nodes
        Indices of network nodes, hop by hop, -1 where a beginning has ended; shape (hops, signs).
    leads
        Whether there is a way, shape (signs,).
    """

    nodes: NDArray[np.intp]
    leads: Mask


class Outlets:
    """The ways from the signs of a walker.

    Parameters
    ----------
    router
        The router.
    walker
        Who walks, and when.
    numbers
        Which of his signs, by index, and in which order.
    """

    def __init__(self, router: Router, walker: SignWalker, numbers: Sequence[int]) -> None:
        self._search = router.search
        self._walker = walker
        self._numbers = numbers
        index, nodes = self._search.table.index, walker.network.graph.nodes
        self._levels = np.array([nodes[name]["level"] for name in self._search.table.nodes])
        self._points = np.array([(nodes[n]["x"], nodes[n]["y"]) for n in self._search.table.nodes])
        places = walker.network.places
        found = [places.get(walker.signs[number].id) for number in numbers]
        self._starts = np.array([index[own[0]] if own else -1 for own in found], dtype=np.intp)
        self._known: dict[Nodes, Beginnings] = {}
        self._closed = walker.ways.epoch.closed | walker.ways.epoch.shut

    def is_open(self, ends: Nodes) -> bool:
        """Tell whether one may arrive at any of some nodes: not where their place is closed."""
        nodes = self._walker.network.graph.nodes
        return any(
            nodes[node]["unit"] not in self._closed and nodes[node]["feature"] not in self._closed
            for node in ends
        )

    def begin(self, ends: Nodes) -> Beginnings:
        """Return how the ways from all signs to any of some nodes begin."""
        if ends not in self._known:
            self._known[ends] = self._make(ends)
        return self._known[ends]

    def compare(self, ends: Nodes, other: "Outlets", others: Nodes) -> Mask:
        """Tell of which signs the way begins as it does from the same sign of others.

        Parameters
        ----------
        ends
            The nodes of a place.
        other, others
            The same signs at another time or in another plan, and the nodes of the place there.

        Returns
        -------
        ndarray of bool
            Shape (signs,); where it does, no arrow has changed.
        """
        (one, two), hops = (self.begin(ends).nodes, other.begin(others).nodes), 0
        hops = max(len(one), len(two))
        one, two = _pad(one, hops), _pad(two, hops)
        ended = (one < 0) & (two < 0)
        if self._walker.network is other._walker.network:  # noqa: SLF001 - of the same class
            alike = one == two
        else:
            off = np.abs(self._points[one] - other._points[two]).max(axis=-1)  # noqa: SLF001
            alike = (self._levels[one] == other._levels[two]) & (off <= _SAME_M)  # noqa: SLF001
            alike &= (one >= 0) & (two >= 0)
        same: Mask = (ended | alike).all(axis=0)
        return same

    def _make(self, ends: Nodes) -> Beginnings:
        search, ways = self._search, self._walker.ways
        roots = tuple(sorted(search.table.index[node] for node in ends))
        tree = search.get_tree(roots, ways.profile, ways.epoch)
        rows, leads = self._trace(tree)
        for column in np.flatnonzero(~leads & (self._starts >= 0)).tolist():
            # in a staff area, say, that one has to leave first
            start = int(self._starts[column])
            leg = search.find_leg([start], roots, ways.profile, ways.epoch)
            if leg is not None:
                leads[column] = True
                rows = _pad(rows, max(len(rows), len(leg.path)))
                rows[: len(leg.path), column] = leg.path
        return Beginnings(rows, leads)

    def _trace(self, tree: Tree) -> tuple[NDArray[np.intp], Mask]:
        """Follow a tree from all signs at once."""
        exits, ways = tree.exits, self._walker.ways
        layout = self._search.get_costs(ways.profile).layout
        node_of = np.asarray(layout.node_of)
        taken, slots = np.asarray(tree.list_taken()), np.asarray(exits.slot)
        heads, firsts = np.asarray(exits.head), np.asarray(exits.start)
        here = np.maximum(self._starts, 0)
        leads = (self._starts >= 0) & np.array([tree.reaches(int(start)) for start in here])
        far_m, going = np.zeros(len(here)), leads
        rows: list[NDArray[np.intp]] = []
        while going.any() and len(rows) < _MOST_HOPS:
            rows.append(np.where(going, node_of[here], -1))
            numbers = taken[slots[here]]
            going = going & (numbers != exits.none)
            there = np.where(going, heads[np.where(going, firsts[here] + numbers, 0)], here)
            old, new = node_of[here], node_of[there]
            far_m += np.hypot(*(self._points[new] - self._points[old]).T)
            going = going & (far_m <= _BEGINNING_M) & (self._levels[old] == self._levels[new])
            here = there
        return np.array(rows, dtype=np.intp).reshape(-1, len(here)), leads

    def _find_way(self, number: int, ends: Nodes) -> Way | None:
        nodes = self._walker.network.places.get(self._walker.signs[number].id)
        return self._walker.ways.find(nodes[0], ends) if nodes else None

    def point(self, number: int, ends: Nodes) -> Arrow | None:
        """Return the arrow from a sign to some nodes; None where nobody knows how it faces."""
        return self._walker.point(number, ends)

    def serves(self, number: int, arrow: Arrow, ends: Nodes) -> bool:
        """Tell whether an arrow of a sign leads to some nodes as the way to them begins.

        Up and down do where any lift or stairs in sight can be used.
        """
        walker = self._walker
        way, right = self._find_way(number, ends), self.point(number, ends)
        if way is None or right is None or right is arrow:
            return way is not None
        if arrow in CLOCKWISE_DEG:
            return walker.arrows.agrees(number, arrow, way)
        foot = walker.get_foot(number)
        if arrow is Arrow.HERE or foot is None:
            return False
        shafts = [walker.changes.shafts.get(key) for key in walker.outlooks.look([foot]).shafts]
        level = walker.network.graph.nodes[min(ends)]["level"]
        return any(one and level in one.to and walker.may_take(one) for one in shafts)


def _pad(rows: NDArray[np.intp], hops: int) -> NDArray[np.intp]:
    return np.pad(rows, ((0, hops - len(rows)), (0, 0)), constant_values=-1)
