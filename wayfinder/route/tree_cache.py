"""Trees that were grown, kept small: of trees that are nearly alike one whole and what differs.

Ways from everywhere to two rooms of one ward are the same but for the last few doors. So of the
trees of a profile only some are kept whole, and of each other one the places in which it differs
from the most alike of those: about a sixth of the memory on a hospital.
"""

from array import array
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayfinder.route.exits import Exits
from wayfinder.route.trees import Tree

_ALIKE = 0.06
"""Share of its places in which a tree may differ from another and still be kept by the difference.
Less asks for more whole trees, more for longer differences: on a hospital both take the same."""
_MOST_WHOLE = 64
"""Whole trees of a profile that a new one is held against (ours)."""
_ENTRY_BYTES = 500
"""What a key and the objects of an entry take (ours)."""

Numbers = NDArray[np.unsignedinteger]
_Group = tuple[str, str, frozenset[int]]


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

    @property
    def group(self) -> _Group:
        """Trees of one group are laid out alike."""
        return self.profile, self.epoch, self.allowed


@dataclass(eq=False, slots=True)
class _Whole:
    """A tree that is kept whole, and how many trees are kept by their difference from it."""

    taken: "array[int]"
    numbers: Numbers
    users: int = 0


class _Packed(NamedTuple):
    """A tree as the difference from another one.

    Parameters
    ----------
    whole
        The other one.
    places, numbers
        Where it differs, and what stands there instead.
    exits, roots
        As in `Tree`.
    """

    whole: _Whole
    places: "array[int]"
    numbers: "array[int]"
    exits: Exits
    roots: frozenset[int]

    @property
    def bytes(self) -> int:
        """Size in memory, without the other one."""
        each = self.places.itemsize + self.numbers.itemsize
        return each * len(self.places) + _ENTRY_BYTES

    def unpack(self) -> Tree:
        """Return the tree, copying nothing: who follows a way reads few of its places."""
        return Tree(self.whole.taken, self.exits, self.roots, self.places, self.numbers)


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
        self._trees: OrderedDict[TreeKey, _Packed] = OrderedDict()
        self._whole: defaultdict[_Group, list[_Whole]] = defaultdict(list)
        self._uses: Counter[tuple[tuple[int, ...], str, frozenset[int]]] = Counter()
        self._lock = Lock()

    def find(self, key: TreeKey) -> Tree | None:
        """Return a tree, or None where there is none."""
        with self._lock:
            self._uses[key.roots, key.profile, key.allowed] += 1
            packed = self._look_up(key)
        return None if packed is None else packed.unpack()

    def peek(self, key: TreeKey) -> Tree | None:
        """Return a tree that may serve instead of another, or None: no use of its own."""
        with self._lock:
            packed = self._look_up(key)
        return None if packed is None else packed.unpack()

    def _look_up(self, key: TreeKey) -> _Packed | None:
        packed = self._trees.get(key)
        if packed is not None:
            self._trees.move_to_end(key)
        return packed

    def put(self, key: TreeKey, tree: Tree) -> None:
        """Keep a tree, and drop those that were not used for longest where there is no room."""
        with self._lock:
            if key in self._trees:
                self._drop(key)
            packed = self._pack(key, tree)
            self._trees[key] = packed
            self._bytes += packed.bytes
            while self._bytes > self._limit_bytes and len(self._trees) > 1:
                self._drop(next(iter(self._trees)))
            if len(self._uses) > 4 * len(self._trees) + 10_000:
                self._uses = Counter(dict(self._uses.most_common(1_000)))

    def _pack(self, key: TreeKey, tree: Tree) -> _Packed:
        """Find the whole tree that a tree is most like, or make it one."""
        taken = tree.list_taken()
        numbers: Numbers = np.frombuffer(taken, dtype=taken.typecode)
        group = self._whole[key.group]
        # places of larger trees would take more room than what stands there
        others = group if len(numbers) <= np.iinfo(np.uint16).max else []
        counts = [int(np.count_nonzero(other.numbers != numbers)) for other in others]
        least = min(counts, default=len(numbers))
        if least >= _ALIKE * len(numbers) and len(others) < _MOST_WHOLE:
            group.append(_Whole(taken, numbers, users=1))
            self._bytes += numbers.nbytes
            nothing = array("H"), array(taken.typecode)
            return _Packed(group[-1], *nothing, tree.exits, tree.roots)
        whole = others[counts.index(least)]
        whole.users += 1
        places = np.flatnonzero(whole.numbers != numbers)
        changed = array("H", places.astype(np.uint16).tobytes())
        instead = array(taken.typecode, numbers[places].tobytes())
        return _Packed(whole, changed, instead, tree.exits, tree.roots)

    def _drop(self, key: TreeKey) -> None:
        packed = self._trees.pop(key)
        self._bytes -= packed.bytes
        whole = packed.whole
        whole.users -= 1
        if not whole.users:
            self._bytes -= whole.numbers.nbytes
            self._whole[key.group].remove(whole)
            if not self._whole[key.group]:
                del self._whole[key.group]

    def list_most_used(self, count: int) -> list[tuple[tuple[int, ...], str, frozenset[int]]]:
        """List roots, profile and allowed zones of the trees most asked for, in whatever epoch."""
        with self._lock:
            return [entry for entry, _ in self._uses.most_common(count)]

    def __len__(self) -> int:
        """Count the trees."""
        return len(self._trees)
