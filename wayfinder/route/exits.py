"""The edges out of every searched node, numbered: so a tree names its next hop in one byte."""

from array import array

import numpy as np

from wayfinder.route.table import Ints, Mask

_TYPECODES = "BHI"


class Exits:
    """The edges that leave each node.

    Parameters
    ----------
    tail, head
        Node each edge leaves and reaches, shape (edges,), in any order.
    size
        Number of nodes.
    """

    def __init__(self, tail: Ints, head: Ints, size: int) -> None:
        order = np.lexsort((head, tail))
        counts = np.bincount(tail, minlength=size)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        self.head = array("i", head[order].astype(np.int32).tobytes())
        """Node that each edge reaches, those out of one node together."""
        self.start = array("i", starts.tobytes())
        """First edge out of each node."""
        left = np.flatnonzero(counts)
        slots = np.full(size, len(left), dtype=np.int32)
        slots[left] = np.arange(len(left))
        self.slot = array("i", slots.tobytes())
        """Where each node's number stands; the last place is that of all whom no edge leaves."""
        most = int(counts.max(initial=0))
        self._typecode = next(
            code for code in _TYPECODES if most < 2 ** (8 * array(code).itemsize) - 1
        )
        self.none: int = 2 ** (8 * array(self._typecode).itemsize) - 1
        """Number that stands for no edge."""
        self._order = order.astype(np.int32)
        self._tail, self._head = tail[order], np.frombuffer(self.head, dtype=np.int32)
        self._number = (np.arange(len(order)) - starts[self._tail]).astype(self._typecode)
        self._slot_of_tail = slots[self._tail]
        self._places = len(left) + 1

    def number(self, onward: Ints) -> "array[int]":
        """Return the number of the edge from each node to a next one, shape (slots,).

        Parameters
        ----------
        onward
            Next node of each node, negative where there is none, shape (nodes,).
        """
        taken = np.flatnonzero(np.take(onward, self._tail) == self._head)
        numbers = np.full(self._places, self.none, dtype=self._typecode)
        numbers[np.take(self._slot_of_tail, taken)] = np.take(self._number, taken)
        return array(self._typecode, numbers.tobytes())

    def spread(self, marked: Mask) -> bytes:
        """Return a byte for each exit: 1 where its edge is marked, shape (edges,) as given."""
        return marked[self._order].tobytes()
