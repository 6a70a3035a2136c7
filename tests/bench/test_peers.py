import sys
from itertools import pairwise

import networkx as nx
import pytest

from wayfinder.bench.campus import Campus, make_campus
from wayfinder.bench.group import make_group
from wayfinder.bench.peers import (
    OURS,
    Disagreement,
    check_costs,
    count_hops,
    make_ours_bare,
    make_peers,
)
from wayfinder.bench.problem import Problem, make_problem
from wayfinder.graph import Network, build_network
from wayfinder.model import Access


@pytest.fixture(scope="module")
def campus() -> Network:
    return build_network(make_campus(Campus(buildings=1, floors=2)))


@pytest.fixture(scope="module")
def problem(campus: Network) -> Problem:
    return make_problem("tiny", campus, destinations=4, pairs=12)


def test_questions_are_fair(problem: Problem) -> None:
    assert len(problem.pairs) == 12
    assert len({destination for _, destination in problem.pairs}) == 4
    assert all(origin != destination for origin, destination in problem.pairs)
    network = problem.router.network
    staff = {zone.id for zone in network.zones.values() if zone.access is Access.STAFF}
    assert staff
    for ends in problem.pairs:
        units = [network.graph.nodes[problem.names[node]]["unit"] for node in ends]
        assert not staff & {network.zone_of_unit.get(unit) for unit in units}


def test_all_peers_are_there_and_agree(problem: Problem) -> None:
    peers, missing = make_peers(problem)
    assert missing == []
    assert len(peers) == 7
    check_costs(problem, problem.pairs, peers)


def test_costs_are_those_of_an_independent_search(problem: Problem) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_weighted_edges_from(
        (tail, head, cost_s) for (tail, head), cost_s in problem.costs_s().items()
    )
    ours = make_peers(problem)[0][OURS]
    for origin, destination in problem.pairs:
        cost_s = nx.path_weight(graph, ours(origin, destination), "weight")
        assert cost_s == pytest.approx(nx.dijkstra_path_length(graph, origin, destination))


def test_a_dearer_way_is_noticed(problem: Problem) -> None:
    peers, _ = make_peers(problem)
    origin, destination = max(problem.pairs, key=lambda pair: len(peers[OURS](*pair)))
    best = peers[OURS](origin, destination)
    graph: nx.DiGraph[int] = nx.DiGraph(list(problem.costs_s()))
    graph.remove_edge(*list(pairwise(best))[len(best) // 2])
    detour = nx.shortest_path(graph, origin, destination)
    with pytest.raises(Disagreement, match="lost needs"):
        check_costs(problem, [(origin, destination)], {**peers, "lost": lambda *_: detour})


def test_a_way_that_is_none_is_noticed(problem: Problem) -> None:
    pair = problem.pairs[0]
    with pytest.raises(Disagreement, match="uses an edge that is not there"):
        check_costs(problem, [pair], {"jumper": lambda *ends: list(ends)})
    with pytest.raises(Disagreement, match="goes from"):
        check_costs(problem, [pair], {"stayer": lambda origin, _: [origin]})


def test_a_peer_that_is_not_installed_is_named(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    peers, missing = make_peers(problem)
    assert [peer.name for peer in missing] == ["igraph"]
    assert "igraph" not in peers


def test_hops_are_edges_of_the_answers(problem: Problem) -> None:
    find = make_ours_bare(problem)
    paths = [find(*pair) for pair in problem.pairs]
    assert all(paths)
    assert count_hops(problem) == sum(len(path or ()) for path in paths) - len(problem.pairs)


def test_a_group_is_copies_in_touch(campus: Network) -> None:
    group = make_group(campus, 3)
    assert group.graph.number_of_nodes() == 3 * campus.graph.number_of_nodes()
    assert group.graph.number_of_edges() == 3 * campus.graph.number_of_edges() + 6
    assert nx.is_weakly_connected(group.graph)
    problem = make_problem("group", group, destinations=6, pairs=12)
    peers, _ = make_peers(problem)
    check_costs(problem, problem.pairs, peers)
    homes = {tuple(problem.names[node].split("/")[0] for node in pair) for pair in problem.pairs}
    assert any(one != other for one, other in homes)


def test_a_group_needs_copies(campus: Network) -> None:
    with pytest.raises(ValueError, match="a group of 1"):
        make_group(campus, 1)
