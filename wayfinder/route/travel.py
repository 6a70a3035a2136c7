"""How long the ways from many nodes to one place take, all of them at once."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayfinder.route.schedule import Epoch
from wayfinder.route.search import Search
from wayfinder.route.table import Floats
from wayfinder.route.trees import Tree

Places = NDArray[np.intp]


class Travel:
    """Ways from some nodes, for one profile at one time.

    Parameters
    ----------
    search
        The search; its trees are used, and kept there for others.
    starts
        Indices of nodes.
    profile
        Name of the profile.
    epoch
        What is open and closed, and how long one waits for lifts.
    """

    def __init__(self, search: Search, starts: Sequence[int], profile: str, epoch: Epoch) -> None:
        self._search = search
        self._profile, self._epoch = profile, epoch
        self._starts: Places = np.asarray(starts, dtype=np.intp)
        costs = search.get_costs(profile)
        layout, exits = costs.layout, costs.layout.exits
        shown_s = costs.make_choice(epoch) - costs.burden
        # as the exits of a tree are numbered
        self._seconds: Floats = shown_s[layout.edge[np.lexsort((layout.head, layout.tail))]]
        self._slots, self._heads, self._firsts = (
            np.asarray(numbers, dtype=np.intp) for numbers in (exits.slot, exits.head, exits.start)
        )
        self._none = exits.none
        self._alike = self._group()

    def _group(self) -> dict[int, Places]:
        """Group the starts by region: who sets out in one may enter the same zones."""
        regions = self._search.regions.region_of_node[self._starts]
        found: defaultdict[int, list[int]] = defaultdict(list)
        for place, region in enumerate(regions.tolist()):
            found[region].append(place)
        return {region: np.array(places, dtype=np.intp) for region, places in found.items()}

    def find_s(self, roots: Sequence[int]) -> Floats:
        """Return the seconds to the nearest of some nodes, shape (starts,); inf without a way.

        What is shown, burdens left out. Ways that enter fewer zones come first, as for a journey.

        Parameters
        ----------
        roots
            Indices of nodes; at least one.
        """
        seconds = np.full(len(self._starts), np.inf)
        for places in self._alike.values():
            origin = [int(self._starts[places[0]])]
            left = places
            for pairs in self._search.rank_pairs(origin, roots, self._profile):
                for allowed, (_, ends) in pairs.items():
                    tree = self._search.get_tree(ends, self._profile, self._epoch, allowed)
                    seconds[left] = np.minimum(seconds[left], self._follow(tree, left))
                left = left[np.isinf(seconds[left])]
                if not len(left):
                    break
        return seconds

    def _follow(self, tree: Tree, places: Places) -> Floats:
        """Go along a tree from some starts at once, a hop each time."""
        taken = np.asarray(tree.list_taken(), dtype=np.intp)
        here = self._starts[places]
        leads = (taken[self._slots[here]] != self._none) | np.isin(here, list(tree.roots))
        seconds, numbers = np.zeros(len(here)), taken[self._slots[here]]
        while (going := numbers != self._none).any():
            exits = np.where(going, self._firsts[here] + numbers, 0)
            seconds += np.where(going, self._seconds[exits], 0.0)
            here = np.where(going, self._heads[exits], here)
            numbers = np.where(going, taken[self._slots[here]], self._none)
        return np.where(leads, seconds, np.inf)
