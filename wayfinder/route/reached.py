"""What one gets to at all from somewhere: one search for all goals, no ways."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from wayfinder.route.schedule import Epoch
from wayfinder.route.search import Search


def list_reached(
    search: Search,
    origins: Iterable[int],
    goals: Mapping[str, Sequence[int]],
    profile: str,
    epoch: Epoch,
) -> frozenset[str]:
    """List the goals that a traveller gets to from any of some nodes without entering a zone.

    What lies in a zone, or behind one, may be reached all the same: a way has to be asked for.

    Parameters
    ----------
    search
        The network.
    origins
        Indices of nodes.
    goals
        Goal to the indices of its nodes.
    profile
        Who travels.
    epoch
        What is open and closed.
    """
    starts = np.unique(np.fromiter(origins, dtype=np.int32))
    if not len(starts):
        return frozenset()
    backward = search.get_matrix(profile, epoch)
    layout = search.get_costs(profile).layout
    led = np.isfinite(backward.data)  # barred edges cost infinitely much
    # one node more, from which all of them are entered at once
    source = layout.size
    tails = np.concatenate([backward.indices[led], np.full(len(starts), source)])
    heads = np.concatenate([layout.head[led], starts])
    size = source + 1
    forward = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    order = breadth_first_order(forward, source, return_predecessors=False)
    reached = np.zeros(size, dtype=bool)
    reached[order] = True
    return frozenset(
        goal for goal, nodes in goals.items() if nodes and reached[layout.list_ends(nodes)].any()
    )
