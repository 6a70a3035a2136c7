"""How long it takes to have trees: the first time, and again after a closure."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayfinder.bench.problem import FLAT, Problem
from wayfinder.bench.report import Cell, Claim, Section
from wayfinder.bench.rounds import time_rounds
from wayfinder.bench.worlds import Worlds
from wayfinder.graph import Network, NodeKind
from wayfinder.model import Closure, Conditions
from wayfinder.route import Router
from wayfinder.route.schedule import CALM
from wayfinder.route.trees import make_tree

_MOST_USED = 50
_NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def measure_trees(worlds: Worlds) -> Iterator[Section]:
    """Yield what a cold tree costs beside one run of SciPy, and what a closure costs."""
    worlds.say("cold trees")
    yield _measure_cold(worlds.problems, rounds=5 if worlds.quick else 15)
    worlds.say("trees after a closure")
    yield _measure_closure(worlds.campus, rounds=3 if worlds.quick else 7)


def _measure_cold(problems: tuple[Problem, ...], rounds: int) -> Section:
    rows: list[tuple[Cell, ...]] = []
    claims = []
    for problem in problems:
        roots = sorted({destination for _, destination in problem.pairs})[:5]
        times = time_rounds(_make_contestants(problem, roots), rounds)
        ratio = times.ratio("ours", "scipy")
        each = [times.median_s(name) / len(roots) * 1e3 for name in ("ours", "scipy")]
        rows.append((problem.name, *each, ratio))
        claims.append(Claim(f"a cold tree takes times SciPy's on the {problem.name}", ratio, 1.5))
    columns = ("graph", "ours, ms", "scipy dijkstra with predecessors, ms", "ratio")
    title = "One cold tree beside one run of SciPy's Dijkstra with predecessors"
    return Section("trees", title, columns, tuple(rows), tuple(claims))


def _make_contestants(problem: Problem, roots: list[int]) -> dict[str, Callable[[], object]]:
    """Return a call of ours and one of SciPy's that grow the same trees."""
    search = problem.router.search
    shape = (problem.size, problem.size)
    graph = csr_array((problem.weights, (problem.heads, problem.tails)), shape=shape)

    def ours() -> None:
        matrix, layout = search.get_matrix(FLAT.name, CALM), search.get_costs(FLAT.name).layout
        for root in roots:
            make_tree(matrix, layout, (root,))

    def scipy() -> None:
        for root in roots:
            dijkstra(graph, indices=root, return_predecessors=True)

    return {"ours": ours, "scipy": scipy}


def _measure_closure(campus: Network, rounds: int) -> Section:
    """Time the trees most asked for after a lift has closed, as served: `walk`, zones and all."""
    router = Router(campus)
    random = np.random.default_rng(3)
    units = sorted(
        data["unit"] for _, data in campus.graph.nodes(data=True)
        if data["kind"] is NodeKind.PLACE and data["unit"] not in campus.zone_of_unit
    )  # fmt: skip
    chosen = [units[int(k)] for k in random.choice(len(units), _MOST_USED, replace=False)]
    for destination in chosen:
        router.find_route(units[0], [destination], departure=_NOON)
    lifts = sorted(
        data["unit"] for _, data in campus.graph.nodes(data=True) if data["kind"] is NodeKind.LIFT
    )
    conditions = iter(
        Conditions(closures=(Closure(lifts[k % len(lifts)]), Closure(units[k])))
        for k in range(rounds + 1)
    )
    times = time_rounds(
        {"warm": lambda: router.warm(_NOON, next(conditions), count=_MOST_USED)}, rounds
    )
    seconds = times.median_s("warm")
    rows: tuple[tuple[Cell, ...], ...] = (
        (_MOST_USED, campus.graph.number_of_nodes(), seconds, max(times.rounds_s["warm"])),
    )
    columns = ("trees", "nodes", "median s", "slowest s")
    title = "After a closure on the campus: the trees most asked for are back"
    claim = Claim("seconds until the 50 most used trees are back", seconds, 0.5)
    note = "As served: the profile `walk` with its first free floor searches every node twice."
    return Section("closure", title, columns, rows, (claim,), (note,))
