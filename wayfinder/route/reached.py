"""What one gets to at all from somewhere: one search for all goals, no ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from wayfinder.route.schedule import Epoch
from wayfinder.route.search import Search
from wayfinder.route.table import Mask


def list_reached(
    search: Search,
    origins: Iterable[int],
    goals: Mapping[str, Sequence[int]],
    profile: str,
    epoch: Epoch,
) -> frozenset[str]:
    """List the goals that a traveller gets to from any of some nodes, as a journey would.

    One search for all that is reached without entering a zone, and one more for each set of zones
    that others lie in or behind.

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
    starts = sorted(set(origins))
    if not starts:
        return frozenset()
    layout = search.get_costs(profile).layout
    met = _spread(search, starts, profile, epoch)
    found = {goal for goal, nodes in goals.items() if nodes and met[layout.list_ends(nodes)].any()}
    behind: defaultdict[tuple[frozenset[int], tuple[int, ...]], list[tuple[str, list[int]]]]
    behind = defaultdict(list)
    for goal in goals.keys() - found:
        for pairs in search.rank_pairs(starts, goals[goal], profile):
            for allowed, (tails, roots) in pairs.items():
                if allowed:
                    behind[allowed, tuple(tails)].append((goal, roots))
    for (allowed, entered), asked in behind.items():
        met = _spread(search, entered, profile, epoch, allowed)
        found |= {goal for goal, roots in asked if met[layout.list_ends(roots)].any()}
    return frozenset(found)


def _spread(
    search: Search,
    starts: Sequence[int],
    profile: str,
    epoch: Epoch,
    allowed: frozenset[int] = frozenset(),
) -> Mask:
    """Tell which nodes, as they are laid out for the search, are reached from any of some."""
    backward = search.get_matrix(profile, epoch, allowed)
    layout = search.get_costs(profile).layout
    led = np.isfinite(backward.data)  # barred edges cost infinitely much
    # one node more, from which all of them are entered at once
    source = layout.size
    tails = np.concatenate([backward.indices[led], np.full(len(starts), source)])
    heads = np.concatenate([layout.head[led], np.asarray(starts, dtype=np.int32)])
    size = source + 1
    forward = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    reached: Mask = np.zeros(size, dtype=bool)
    reached[breadth_first_order(forward, source, return_predecessors=False)] = True
    return reached
