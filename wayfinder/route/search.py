"""The search: trees by profile, epoch and zones, and the best way between sets of nodes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from wayfinder.graph import Network
from wayfinder.kept import Kept
from wayfinder.model import Access
from wayfinder.route.costs import Costs, Shafts
from wayfinder.route.forest import Forest, Weights
from wayfinder.route.layout import Layout, make_layout
from wayfinder.route.profiles import Profile
from wayfinder.route.schedule import Epoch
from wayfinder.route.table import Ints, Mask, find_table
from wayfinder.route.trees import Tree, find_cost_s
from wayfinder.route.zones import Regions

_KEPT_MASKS = 64
ENTERING_S = 1e6
"""Added in the search for each zone entered, so that the fewest are; no part of a way's cost."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The best way from one set of nodes to another.

    Parameters
    ----------
    path
        Node indices from start to end.
    searched
        The same as searched, where nodes may stand twice.
    allowed
        Indices of the zones that it may enter.
    """

    path: tuple[int, ...]
    searched: tuple[int, ...]
    allowed: frozenset[int]


class Search:
    """All that is compiled of a network, and the trees grown on it.

    Parameters
    ----------
    network
        The network.
    profiles
        Profiles by name.
    tree_bytes
        Memory for trees.
    """

    def __init__(self, network: Network, profiles: Mapping[str, Profile], tree_bytes: int) -> None:
        self.network = network
        self.profiles = profiles
        self.table = find_table(network)
        self.regions = Regions(network, self.table)
        self.shafts = Shafts(network, self.table)
        self.trees = Forest(self._weigh, self.compare, tree_bytes)
        self._costs: dict[str, Costs] = {}
        self._layouts: dict[tuple[bool, bool], Layout] = {}
        self._may_enter: Kept[tuple[frozenset[Access], frozenset[int]], Mask] = Kept(_KEPT_MASKS)

    def step_aside(self, tree_bytes: int) -> "Search":
        """Return the same search with trees of its own, which takes nobody else's place."""
        aside = copy(self)
        aside.trees = Forest(self._weigh, self.compare, tree_bytes)
        return aside

    def get_costs(self, profile: str) -> Costs:
        """Return the costs of a profile; raises KeyError for an unknown one."""
        costs = self._costs.get(profile)
        if costs is None:
            who = self.profiles[profile]
            layout = self.get_layout(
                free_climb=who.free_floors > 0, crosses_places=who.crosses_places
            )
            costs = Costs(self.network, self.table, self.shafts, who, layout)
            costs = self._costs.setdefault(profile, costs)
        return costs

    def get_matrix(
        self, profile: str, epoch: Epoch, allowed: frozenset[int] = frozenset()
    ) -> csr_array:
        """Return the reversed graph that trees are grown on; barred edges cost infinitely much."""
        return self.trees.get_matrix(profile, epoch, allowed)

    def get_layout(self, *, free_climb: bool, crosses_places: bool = False) -> Layout:
        """Return how the edges are laid out for a search; see `make_layout`."""
        key = free_climb, crosses_places
        if key not in self._layouts:
            made = make_layout(self.table, free_climb=free_climb, crosses_places=crosses_places)
            self._layouts.setdefault(key, made)
        return self._layouts[key]

    def _weigh(self, profile: str, epoch: Epoch, allowed: frozenset[int]) -> Weights:
        costs = self.get_costs(profile)
        open_groups = ~costs.find_barred(epoch)
        kept, choice = open_groups[self.table.group], costs.make_choice(epoch)
        if self.table.zones:
            enters = costs.profile.enters
            kept &= self.may_enter(enters, allowed)[self.table.zone]
            choice[~self.may_enter(enters, frozenset())[self.table.zone]] += ENTERING_S
        return Weights(costs.layout, choice, kept, costs.make_rebate())

    def compare(self, profile: str, older: Epoch, epoch: Epoch) -> Mask | None:
        """Tell which edges cost more in an epoch than in an older one, or are barred now.

        Returns
        -------
        ndarray of bool or None
            Shape (edges,); None where anything opened since, or a lift came sooner.
        """
        before, now = older.shut | older.closed, epoch.shut | epoch.closed
        if not before <= now:
            return None
        dearer: Mask = self.shafts.bar(now - before)[self.table.group]
        if older.wait_s != epoch.wait_s:
            costs = self.get_costs(profile)
            cost_s, then_s = costs.make_choice(epoch), costs.make_choice(older)
            if (cost_s < then_s).any():
                return None
            dearer |= cost_s > then_s
        return dearer

    def find_cut(
        self, origins: Sequence[int], targets: Sequence[int], profile: str, epoch: Epoch
    ) -> Ints:
        """Find what keeps some nodes from others: where nothing of it opens there is no way.

        Parameters
        ----------
        origins, targets, profile, epoch
            As of a `find_leg` that found nothing.

        Returns
        -------
        ndarray of int
            Groups of edges that lead from where there is no way to where there is one, and that
            hours or closures bar; none where only building could help.
        """
        costs, table = self.get_costs(profile), self.table
        layout, enters = costs.layout, costs.profile.enters
        found = [np.zeros(0, dtype=np.int32)]
        for pairs in self.rank_pairs(origins, targets, profile):
            for allowed, (_, roots) in pairs.items():
                led = self.get_tree(roots, profile, epoch, allowed).list_led(
                    layout.list_ends(roots)
                )
                edges = layout.edge[led[layout.head] & ~led[layout.tail]]
                if table.zones:
                    edges = edges[self.may_enter(enters, allowed)[table.zone[edges]]]
                found.append(table.group[edges])
        groups = np.unique(np.concatenate(found))
        return np.asarray(groups[~costs.barred[groups]])

    def may_enter(self, enters: frozenset[Access], allowed: frozenset[int]) -> Mask:
        """Tell for each zone whether it may be entered; the last entry stands for none."""
        return self._may_enter.get(
            (enters, allowed), partial(self._find_enterable, enters, allowed)
        )

    def _find_enterable(self, enters: frozenset[Access], allowed: frozenset[int]) -> Mask:
        may = np.ones(len(self.table.zones) + 1, dtype=bool)
        for zone, access in enumerate(self.regions.access):
            may[zone] = zone in allowed or access in enters
        return may

    def get_tree(
        self,
        roots: Iterable[int],
        profile: str,
        epoch: Epoch,
        allowed: frozenset[int] = frozenset(),
    ) -> Tree:
        """Return the tree to some nodes, grown if need be."""
        return self.trees.get_tree(tuple(roots), profile, epoch, allowed)

    def list_groups(self, path: Sequence[int]) -> list[int]:
        """List the groups of the edges along a way."""
        table = self.table
        return [table.find_group_and_zone(tail, head)[0] for tail, head in pairwise(path)]

    def warm(self, epoch: Epoch, count: int) -> int:
        """Grow the trees most asked for again in another epoch, and return how many."""
        return sum(1 for _ in self.trees.warm(epoch, count))

    def find_leg(
        self, origins: Sequence[int], targets: Sequence[int], profile: str, epoch: Epoch
    ) -> Leg | None:
        """Find the best way from any of some nodes to any of others.

        Ways that enter fewer zones come first, then those that cost less.
        """
        for pairs in self.rank_pairs(origins, targets, profile):
            legs = list(self._list_legs(pairs, profile, epoch))
            if legs:
                return (
                    legs[0]
                    if len(legs) == 1
                    else min(legs, key=lambda leg: self.find_cost_s(leg, profile, epoch))
                )
        return None

    def _list_legs(
        self,
        pairs: Mapping[frozenset[int], tuple[list[int], list[int]]],
        profile: str,
        epoch: Epoch,
    ) -> Iterator[Leg]:
        """Yield the way from each start that has one."""
        node_of = self.get_costs(profile).layout.node_of
        for allowed, (starts, roots) in pairs.items():
            for path in self.trees.list_paths(starts, roots, profile, epoch, allowed):
                yield Leg(tuple([node_of[node] for node in path]), tuple(path), allowed)

    def find_cost_s(self, leg: Leg, profile: str, epoch: Epoch) -> float:
        """Return what a way costs: seconds and burden."""
        matrix = self.get_matrix(profile, epoch, leg.allowed)
        return find_cost_s(matrix, leg.searched) % ENTERING_S

    def rank_pairs(
        self, origins: Sequence[int], targets: Sequence[int], profile: str
    ) -> list[dict[frozenset[int], tuple[list[int], list[int]]]]:
        """Sort starts and roots by the zones that they must and may enter, the fewest first.

        Returns
        -------
        list of dict
            Indices of the zones that may be entered to the starts and the roots of such ways.
        """
        enters = self.profiles[profile].enters
        if not self.table.zones:
            return [{frozenset(): (sorted(set(origins)), sorted(set(targets)))}]
        if len(origins) == len(targets) == 1:
            only = self.regions.find_allowed(origins[0], targets[0], enters)
            return [] if only is None else [{only[1]: ([*origins], [*targets])}]
        from_regions, to_regions = self._by_region(origins), self._by_region(targets)
        ranks: defaultdict[int, dict[frozenset[int], tuple[set[int], set[int]]]] = defaultdict(dict)
        for starts in from_regions:
            for roots in to_regions:
                found = self.regions.find_allowed(starts[0], roots[0], enters)
                if found is not None:
                    pair = ranks[found[0]].setdefault(found[1], (set(), set()))
                    pair[0].update(starts)
                    pair[1].update(roots)
        return [
            {
                allowed: (sorted(starts), sorted(roots))
                for allowed, (starts, roots) in ranks[price].items()
            }
            for price in sorted(ranks)
        ]

    def _by_region(self, nodes: Sequence[int]) -> list[list[int]]:
        if len(nodes) == 1:
            return [[nodes[0]]]
        regions = self.regions.region_of_node
        found: defaultdict[int, list[int]] = defaultdict(list)
        for node in nodes:
            found[int(regions[node])].append(node)
        return list(found.values())
