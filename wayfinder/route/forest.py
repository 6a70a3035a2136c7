"""Trees on one layout of the edges, grown when first asked for and used for as long as they hold.

A closure or a longer wait makes no way cheaper. A way of a tree that was grown before is therefore
still the best as long as nothing on it got dearer; only who would meet what did needs a new tree.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from scipy.sparse import csr_array

from wayfinder.kept import Kept
from wayfinder.route.layout import Layout
from wayfinder.route.schedule import Epoch
from wayfinder.route.table import Floats, Mask
from wayfinder.route.tree_cache import TreeCache, TreeKey
from wayfinder.route.trees import Tree, make_matrix, make_tree

_KEPT_MATRICES = 12
_KEPT_COMPARISONS = 32
_RECENT_EPOCHS = 8
"""Epochs whose trees are looked at (ours): today's hours, what was closed before, what is now."""


class Weights(NamedTuple):
    """What the edges of a network cost, and how they are laid out.

    Parameters
    ----------
    layout
        The searched graph.
    cost_s
        Cost of each edge when choosing, in seconds, shape (edges,).
    kept
        Which edges may be used, shape (edges,).
    rebate_s
        What each edge costs less as the first climb, shape (edges,).
    """

    layout: Layout
    cost_s: Floats
    kept: Mask
    rebate_s: Floats


class Forest:
    """Grows trees and keeps them. Safe between threads.

    Parameters
    ----------
    weigh
        Gives the weights of a profile in an epoch, where some zones may be entered.
    compare
        Tells which edges cost a profile more in the second of two epochs, shape (edges,); None
        where any may cost less.
    limit_bytes
        Memory for trees.
    """

    def __init__(
        self,
        weigh: Callable[[str, Epoch, frozenset[int]], Weights],
        compare: Callable[[str, Epoch, Epoch], Mask | None],
        limit_bytes: int,
    ) -> None:
        self._weigh = weigh
        self._compare = compare
        self._trees = TreeCache(limit_bytes)
        self._epochs: tuple[Epoch, ...] = ()
        self._matrices: Kept[tuple[str, str, frozenset[int]], tuple[csr_array, Layout]] = Kept(
            _KEPT_MATRICES
        )
        self._dearer: Kept[tuple[str, str, str], tuple[bytes | None]] = Kept(_KEPT_COMPARISONS)

    def __len__(self) -> int:
        """Count the trees."""
        return len(self._trees)

    def get_matrix(self, profile: str, epoch: Epoch, allowed: frozenset[int]) -> csr_array:
        """Return the reversed graph that trees are grown on; barred edges cost infinitely much."""
        return self._get_matrix(profile, epoch, allowed)[0]

    def get_tree(
        self, roots: Sequence[int], profile: str, epoch: Epoch, allowed: frozenset[int]
    ) -> Tree:
        """Return the tree to some nodes, grown in this very epoch if need be."""
        key = TreeKey(tuple(roots), profile, epoch.id, allowed)
        return self._trees.find(key) or self._grow(key, epoch)

    def list_paths(
        self,
        starts: Sequence[int],
        roots: Sequence[int],
        profile: str,
        epoch: Epoch,
        allowed: frozenset[int],
    ) -> Iterator[list[int]]:
        """Yield the best way to the nearest root from each start that has one.

        Parameters
        ----------
        starts, roots
            Node indices.
        profile, epoch, allowed
            As in `TreeKey`.

        Yields
        ------
        list of int
            Searched nodes.
        """
        key = TreeKey(tuple(roots), profile, epoch.id, allowed)
        tree, dearer = self._trees.find(key), None
        if tree is None:
            tree, dearer = self._find_older(key, epoch) or (self._grow(key, epoch), None)
        self._remember(epoch)
        for start in starts:
            if not tree.reaches(start):
                continue
            path = tree.find_path(start, dearer)
            if path is None:
                tree, dearer = self._grow(key, epoch), None
                path = tree.list_path(start) if tree.reaches(start) else None
            if path is not None:
                yield path

    def warm(self, epoch: Epoch, count: int) -> Iterator[Tree]:
        """Grow the trees most asked for in another epoch, one at a time, and yield them."""
        for roots, profile, allowed in self._trees.list_most_used(count):
            yield self.get_tree(roots, profile, epoch, allowed)

    def _grow(self, key: TreeKey, epoch: Epoch) -> Tree:
        matrix, layout = self._get_matrix(key.profile, epoch, key.allowed)
        tree = make_tree(matrix, layout, key.roots)
        self._trees.put(key, tree)
        return tree

    def _remember(self, epoch: Epoch) -> None:
        """Put an epoch before the others whose trees may serve."""
        if self._epochs[:1] != (epoch,):
            others = (one for one in self._epochs if one.id != epoch.id)
            self._epochs = (epoch, *others)[:_RECENT_EPOCHS]

    def _find_older(self, key: TreeKey, epoch: Epoch) -> tuple[Tree, bytes | None] | None:
        """Return a tree of another epoch whose ways hold but for those edges that got dearer."""
        for older in self._epochs:
            tree = self._trees.peek(key._replace(epoch=older.id))
            if tree is not None:
                find = partial(self._find_dearer, key, older, epoch)
                (dearer,) = self._dearer.get((key.profile, older.id, epoch.id), find)
                if dearer is not None:
                    return tree, dearer
        return None

    def _find_dearer(self, key: TreeKey, older: Epoch, epoch: Epoch) -> tuple[bytes | None]:
        """Tell which exits got dearer or were barred, a byte each; None where one got cheaper."""
        dearer = self._compare(key.profile, older, epoch)
        if dearer is None:
            return (None,)
        layout = self._get_matrix(key.profile, older, key.allowed)[1]
        return (layout.exits.spread(dearer[layout.edge]),)

    def _get_matrix(
        self, profile: str, epoch: Epoch, allowed: frozenset[int]
    ) -> tuple[csr_array, Layout]:
        make = partial(self._make_matrix, profile, epoch, allowed)
        return self._matrices.get((profile, epoch.id, allowed), make)

    def _make_matrix(
        self, profile: str, epoch: Epoch, allowed: frozenset[int]
    ) -> tuple[csr_array, Layout]:
        layout, cost_s, kept, rebate_s = self._weigh(profile, epoch, allowed)
        return make_matrix(layout, cost_s, kept, rebate_s), layout
