"""The libraries that answer the same question: the nodes of the cheapest way between two."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayfinder.bench.problem import FLAT, Problem

FindPath = Callable[[int, int], list[int]]

OURS = "ours, tree cached"
NETWORKX = ("networkx shortest_path", "networkx bidirectional_dijkstra")
RUSTWORKX = "rustworkx"
_TOLERANCE = 1e-9


class Missing(NamedTuple):
    """A peer that is not installed, and how to get it."""

    name: str
    install: str


class Disagreement(Exception):  # noqa: N818 - what it is
    """Two peers found ways of different cost: the comparison would be worth nothing."""


def make_peers(problem: Problem) -> tuple[dict[str, FindPath], list[Missing]]:
    """Load a problem into every peer that is there.

    Returns
    -------
    dict, list of Missing
        Name to its search, ours first; and the peers that are not installed.
    """
    peers: dict[str, FindPath] = {OURS: _make_ours(problem)}
    missing: list[Missing] = []
    peers |= _make_networkx(problem)
    peers["scipy dijkstra"] = _make_scipy(problem)
    for name, make in ((RUSTWORKX, _make_rustworkx), ("igraph", _make_igraph)):
        try:
            library = import_module(name)
        except ImportError:
            missing.append(Missing(name, f"pip install {name}"))
        else:
            peers[name] = make(problem, library)
    return peers, missing


def check_costs(
    problem: Problem, pairs: Iterable[tuple[int, int]], peers: Mapping[str, FindPath]
) -> None:
    """Check that all find ways of the same cost, edge by edge.

    Parameters
    ----------
    problem
        The graph.
    pairs
        Origins and destinations.
    peers
        Name to search.

    Raises
    ------
    Disagreement
        Where one finds no way, none that exists, or a dearer one.
    """
    costs = problem.costs_s()
    for origin, destination in pairs:
        sums = {}
        for name, find in peers.items():
            path = find(origin, destination)
            if path[0] != origin or path[-1] != destination:
                raise Disagreement(f"{name} goes from {path[0]} to {path[-1]} on {problem.name}")
            steps = list(pairwise(path))
            if any(step not in costs for step in steps):
                raise Disagreement(f"{name} uses an edge that is not there on {problem.name}")
            sums[name] = sum(costs[step] for step in steps)
        least = min(sums.values())
        for name, cost_s in sums.items():
            if cost_s > least * (1 + _TOLERANCE) + _TOLERANCE:
                text = f"{name} needs {cost_s} s instead of {least} s on {problem.name}"
                raise Disagreement(text)


def _make_ours(problem: Problem) -> FindPath:
    """Ask the router for ids, as whoever uses it does; the index of each is looked up after."""
    router, names = problem.router, problem.names
    index = router.search.table.index

    def find(origin: int, destination: int) -> list[int]:
        path = router.find_path(names[origin], names[destination], profile=FLAT.name)
        return [index[name] for name in path or ()]

    return find


def make_ours_bare(problem: Problem) -> Callable[[int, int], list[str] | None]:
    """Return our search as it is timed: ids of nodes in, ids of nodes out."""
    router, names = problem.router, problem.names

    def find(origin: int, destination: int) -> list[str] | None:
        return router.find_path(names[origin], names[destination], profile=FLAT.name)

    return find


def _rows(problem: Problem) -> Iterator[tuple[int, int, float]]:
    return zip(
        problem.tails.tolist(), problem.heads.tolist(), problem.weights.tolist(), strict=True
    )


def _make_networkx(problem: Problem) -> dict[str, FindPath]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(problem.size))
    graph.add_weighted_edges_from(_rows(problem))

    def shortest_path(origin: int, destination: int) -> list[int]:
        path: Any = nx.shortest_path(graph, origin, destination, weight="weight")
        return list(path)

    def bidirectional(origin: int, destination: int) -> list[int]:
        _, path = nx.bidirectional_dijkstra(graph, origin, destination, weight="weight")
        return list(path)

    def one_way(origin: int, destination: int) -> list[int]:
        return list(nx.dijkstra_path(graph, origin, destination, weight="weight"))

    return {**dict(zip(NETWORKX, (shortest_path, bidirectional), strict=True)),
            "networkx dijkstra_path": one_way}  # fmt: skip


def _make_rustworkx(problem: Problem, library: Any) -> FindPath:  # noqa: ANN401 - a module
    graph = library.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(problem.size))
    graph.add_edges_from(list(_rows(problem)))

    def find(origin: int, destination: int) -> list[int]:
        found = library.dijkstra_shortest_paths(graph, origin, target=destination, weight_fn=float)
        return list(found[destination])

    return find


def _make_igraph(problem: Problem, library: Any) -> FindPath:  # noqa: ANN401 - a module
    ends = list(zip(problem.tails.tolist(), problem.heads.tolist(), strict=True))
    graph = library.Graph(n=problem.size, edges=ends, directed=True)
    graph.es["weight"] = problem.weights.tolist()

    def find(origin: int, destination: int) -> list[int]:
        return list(graph.get_shortest_path(origin, to=destination, weights="weight"))

    return find


def _make_scipy(problem: Problem) -> FindPath:
    shape = (problem.size, problem.size)
    graph = csr_array((problem.weights, (problem.tails, problem.heads)), shape=shape)

    def find(origin: int, destination: int) -> list[int]:
        _, before = dijkstra(graph, indices=origin, return_predecessors=True)
        path = [destination]
        while path[-1] != origin:
            path.append(int(before[path[-1]]))
            if path[-1] < 0:
                raise Disagreement("scipy finds no way")
        return path[::-1]

    return find


def count_hops(problem: Problem) -> int:
    """Count the edges of all our answers."""
    find = make_ours_bare(problem)
    return sum(len(find(*pair) or ()) - 1 for pair in problem.pairs)
