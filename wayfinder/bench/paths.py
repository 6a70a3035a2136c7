"""Point to point, path included: all peers in turns on the same graphs and costs."""

from collections.abc import Callable, Iterable, Iterator

from wayfinder.bench.peers import (
    NETWORKX,
    OURS,
    RUSTWORKX,
    check_costs,
    count_hops,
    make_ours_bare,
    make_peers,
)
from wayfinder.bench.problem import Problem
from wayfinder.bench.report import Cell, Claim, Section
from wayfinder.bench.rounds import Times, time_rounds
from wayfinder.bench.worlds import Worlds

_LARGE = 100_000


def measure_paths(worlds: Worlds) -> Iterator[Section]:
    """Yield a table for each graph, and one of what a hop costs us on each."""
    for problem in worlds.problems:
        worlds.say(f"peers on the {problem.name}")
        yield _measure_peers(problem, quick=worlds.quick)
    worlds.say("hops")
    yield _measure_hops(worlds.problems, rounds=3 if worlds.quick else 7)


def _measure_peers(problem: Problem, *, quick: bool) -> Section:
    peers, missing = make_peers(problem)
    count = 4 if problem.size > _LARGE else 20
    pairs = problem.pairs[:count]
    check_costs(problem, pairs, peers)
    timed = {**peers, OURS: make_ours_bare(problem)}
    contestants = {name: _ask_all(find, pairs) for name, find in timed.items()}
    times = time_rounds(contestants, 3 if quick or problem.size > _LARGE else 7)
    rows: list[tuple[Cell, ...]] = [
        (name, times.median_s(name) / count * 1e3, times.ratio(name, OURS)) for name in timed
    ]
    return Section(
        f"paths-{problem.name}",
        f"Point to point on the {problem.name}: "
        f"{problem.size:,} nodes, {len(problem.weights):,} edges",
        ("search", "ms a query", "times ours"),
        tuple(rows),
        tuple(_claims(problem, times)) if problem.name == "campus" else (),
        tuple(f"MISSING: {peer.name} ({peer.install})" for peer in missing),
    )


def _claims(problem: Problem, times: Times) -> Iterator[Claim]:
    for name in NETWORKX:
        text = f"{name} takes times ours on the {problem.name}"
        yield Claim(text, times.ratio(name, OURS), 1000, at_least=True)
    if RUSTWORKX in times.rounds_s:
        text = f"{RUSTWORKX} takes times ours on the {problem.name}"
        yield Claim(text, times.ratio(RUSTWORKX, OURS), 150, at_least=True)


def _measure_hops(problems: tuple[Problem, ...], rounds: int) -> Section:
    """Measure what a hop costs over many answers, each from another tree than the one before."""
    hops = {problem.name: count_hops(problem) for problem in problems}
    contestants = {
        problem.name: _ask_all(make_ours_bare(problem), problem.pairs) for problem in problems
    }
    times = time_rounds(contestants, rounds)
    per_hop = {name: times.median_s(name) / hops[name] * 1e9 for name in hops}
    first = next(iter(hops))
    rows: list[tuple[Cell, ...]] = [
        (
            problem.name,
            len({destination for _, destination in problem.pairs}),
            hops[problem.name] / len(problem.pairs),
            times.median_s(problem.name) / len(problem.pairs) * 1e6,
            per_hop[problem.name],
        )
        for problem in problems
    ]
    ratio = times.ratio("group", first) * hops[first] / hops["group"]
    claim = Claim(f"a hop on the group takes times one on the {first}", ratio, 3)
    columns = ("graph", "destinations", "hops a query", "µs a query", "ns a hop")
    return Section("hops", "Ours, tree cached: what a hop costs", columns, tuple(rows), (claim,))


def _ask_all(
    find: Callable[[int, int], object], pairs: Iterable[tuple[int, int]]
) -> Callable[[], object]:
    """Return a call that asks all questions."""
    return lambda: [find(*pair) for pair in pairs]
