"""One graph with its costs and questions, the same for all peers."""

from dataclasses import dataclass, replace

import numpy as np

from wayfinder.graph import Network, NodeKind
from wayfinder.route import Router
from wayfinder.route.profiles import WALK
from wayfinder.route.schedule import CALM
from wayfinder.route.table import Floats, Ints

FLAT = replace(WALK, name="flat", free_floors=0.0, crosses_places=True)
"""`walk` with costs that depend on the edge alone, as peers need them.

No first floor is free of burden, and a way may lead over a place.
"""


@dataclass(frozen=True)
class Problem:
    """A graph as columns and pairs of nodes to find the way between.

    Parameters
    ----------
    name
        What it is called in the report.
    router
        Ours, with the profile `FLAT`.
    tails, heads
        Node indices of the edges that are open, shape (edges,).
    weights
        Cost of each in seconds, greater than 0, shape (edges,).
    pairs
        Origin and destination, as node indices; there is a way between them.
    """

    name: str
    router: Router
    tails: Ints
    heads: Ints
    weights: Floats
    pairs: tuple[tuple[int, int], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Node id by index."""
        return self.router.search.table.nodes

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.names)

    def costs_s(self) -> dict[tuple[int, int], float]:
        """Return the cost of each edge by its ends."""
        ends = zip(self.tails.tolist(), self.heads.tolist(), strict=True)
        return dict(zip(ends, self.weights.tolist(), strict=True))


def make_problem(
    name: str,
    network: Network,
    *,
    destinations: int,
    pairs: int,
    seed: int = 1,
    tree_bytes: int = 512 * 2**20,
) -> Problem:
    """Take a network as a problem with random questions.

    Parameters
    ----------
    name
        What it is called.
    network
        The network.
    destinations
        Number of distinct destinations, all of them public places.
    pairs
        Number of questions; destinations take turns.
    seed
        Equal seeds ask the same.
    tree_bytes
        Memory for our trees; all destinations should fit.

    Raises
    ------
    ValueError
        Where no place can be reached from another.
    """
    random = np.random.default_rng(seed)
    router = Router(network, profiles={FLAT.name: FLAT}, tree_bytes=tree_bytes)
    matrix = router.search.get_matrix(FLAT.name, CALM).tocoo()
    heads, tails = matrix.coords
    passable = np.isfinite(matrix.data)
    return Problem(
        name,
        router,
        tails[passable].astype(np.int32),
        heads[passable].astype(np.int32),
        matrix.data[passable].astype(np.float64),
        tuple(_choose_pairs(router, destinations, pairs, random)),
    )


def _choose_pairs(
    router: Router, destinations: int, pairs: int, random: np.random.Generator
) -> list[tuple[int, int]]:
    """Choose pairs with a way between them that enters no zone."""
    index = router.search.table.index
    places = np.array([index[node] for node in _list_places(router.network)], dtype=np.int32)
    origins: dict[int, Ints] = {}
    for destination in random.permutation(places).tolist():
        if len(origins) == destinations:
            break
        tree = router.search.get_tree((destination,), FLAT.name, CALM)
        reached = np.array([tree.reaches(place) for place in places.tolist()], dtype=bool)
        reach = places[reached & (places != destination)]
        if len(reach) > len(places) // 4:
            origins[destination] = reach
    if not origins:
        raise ValueError("no place of the plan can be reached from a quarter of the others")
    chosen = list(origins)
    found = []
    for number in range(pairs):
        destination = chosen[number % len(chosen)]
        found.append((int(random.choice(origins[destination])), destination))
    return [found[i] for i in random.permutation(len(found))]


def _list_places(network: Network) -> list[str]:
    """List the nodes at which one has arrived in a public unit."""
    return sorted(
        node
        for node, data in network.graph.nodes(data=True)
        if data["kind"] is NodeKind.PLACE and data["unit"] not in network.zone_of_unit
    )
