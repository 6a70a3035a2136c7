"""Where the arrows of signs lead, and what it costs each profile to have gone there."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from wayfinder.checks.sight import see_each
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.checks.stroll import Stance, Stroll
from wayfinder.guide.sights import Region
from wayfinder.model import Arrow
from wayfinder.route import Router
from wayfinder.route.search import ENTERING_S
from wayfinder.route.trees import make_tree_and_costs

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_TOLD_M, _WATCHED_M, _NEAR_M = 6.0, 40.0, 8.0
"""Followed is an arrow on this part of the way, by the nodes in sight as near as that (ours)."""


@dataclass(frozen=True, eq=False, slots=True)
class Lead:
    """The nodes that somebody passes who does as an arrow says.

    Parameters
    ----------
    stances
        How often one looked round; at least once.
    nodes
        Indices of the nodes in sight, shape (n,).
    stance
        From which of the stances, shape (n,).
    far_m
        Metres walked to it: to the stance and on to the node, shape (n,).
    """

    stances: int
    nodes: Places
    stance: Places
    far_m: Floats

    def measure_s(self, cost_s: Floats, speed_mps: float) -> Floats:
        """Return how long it takes to a place by way of each stance.

        Parameters
        ----------
        cost_s
            Seconds from each node of the network to the place, shape (nodes,).
        speed_mps
            How fast one walks.

        Returns
        -------
        ndarray of float
            Seconds, inf where no way leads on, shape (stances,).
        """
        best = np.full(self.stances, inf)
        np.minimum.at(best, self.stance, self.far_m / speed_mps + cost_s[self.nodes])
        return best


class Leads:
    """Finds where arrows lead: each once, whoever walks.

    Parameters
    ----------
    router
        The router.
    walker
        Anybody who walks by the signs, at the time in question.
    """

    def __init__(self, router: Router, walker: SignWalker) -> None:
        self._walker = walker
        self._index = router.search.table.index
        self._known: dict[tuple[int, Arrow], Lead | None] = {}
        self._nodes: dict[int, tuple[Places, Floats]] = {}

    def find(self, number: int, arrow: Arrow) -> Lead | None:
        """Return where the arrow of a sign leads; None where it points into a wall."""
        key = number, arrow
        if key not in self._known:
            foot = self._walker.get_foot(number)
            stroll = None if foot is None else self._walker.strolls.follow(foot, arrow)
            self._known[key] = None if stroll is None else self._make(stroll)
        return self._known[key]

    def _make(self, stroll: Stroll) -> Lead:
        pairs = list(zip(stroll.walked_m, stroll.stances, strict=True))
        watched = [pair for pair in pairs if _TOLD_M <= pair[0] <= _WATCHED_M] or pairs[-1:]
        nodes: list[Places] = []
        numbers: list[Places] = []
        far_m: list[Floats] = []
        for number, (walked_m, stance) in enumerate(watched):
            near, metres = self._look(stance)
            nodes.append(near)
            numbers.append(np.full(len(near), number))
            far_m.append(metres + walked_m)
        return Lead(
            len(watched), np.concatenate(nodes), np.concatenate(numbers), np.concatenate(far_m)
        )

    def _look(self, stance: Stance) -> tuple[Places, Floats]:
        """Return the nodes near a stance that one sees from there, and how far they are."""
        nodes, points = self._list_nodes(stance.region)
        offsets = points - stance.at
        metres = np.hypot(offsets[:, 0], offsets[:, 1])
        near = np.flatnonzero(metres <= _NEAR_M)
        eyes = np.broadcast_to(np.array(stance.at), (len(near), 2))
        near = near[see_each(stance.region, eyes, points[near])]
        return nodes[near], metres[near]

    def _list_nodes(self, region: Region) -> tuple[Places, Floats]:
        known = self._nodes.get(id(region))
        if known is None:
            graph = self._walker.network.graph.nodes
            names = sorted(region.nodes)
            indices = np.array([self._index[name] for name in names], dtype=np.intp)
            points = np.array([(graph[name]["x"], graph[name]["y"]) for name in names])
            known = self._nodes[id(region)] = indices, points.reshape(-1, 2)
        return known


class LeadCosts:
    """What it costs one profile to get from anywhere to places.

    Parameters
    ----------
    router
        The router.
    walker
        Who walks, and when.
    """

    def __init__(self, router: Router, walker: SignWalker) -> None:
        self._router = router
        self._walker = walker
        self.speed_mps = router.profiles[walker.ways.profile].speed_mps
        self._known: dict[frozenset[str], Floats] = {}

    def find_from_sign_s(self, number: int, ends: frozenset[str]) -> float:
        """Return the seconds from a sign to the nearest of some nodes, inf where none leads."""
        sign = self._walker.signs[number]
        nodes = self._walker.network.places.get(sign.id, ())
        if not nodes:
            return inf
        found = float(self.measure_s(ends)[self._router.search.table.index[nodes[0]]])
        return found if found < ENTERING_S else inf

    def measure_s(self, ends: frozenset[str]) -> Floats:
        """Return the seconds from every node to the nearest of some, shape (nodes,)."""
        if ends not in self._known:
            index = self._router.search.table.index
            self._known[ends] = self._grow(index[node] for node in sorted(ends))
        return self._known[ends]

    def _grow(self, roots: Iterable[int]) -> Floats:
        search, ways = self._router.search, self._walker.ways
        matrix = search.get_matrix(ways.profile, ways.epoch)
        layout = search.get_costs(ways.profile).layout
        return make_tree_and_costs(matrix, layout, tuple(roots))[1]
