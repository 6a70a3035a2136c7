"""Whether chosen ways are the best: their cost beside the optimum of a dense reference."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from wayfinder.bench.dense import Dense
from wayfinder.bench.lines import NOON
from wayfinder.bench.report import Cell, Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.graph import EdgeKind, Network
from wayfinder.model import Conditions
from wayfinder.route import Journey, Router, Segment
from wayfinder.route.profiles import WALK
from wayfinder.route.schedule import Epoch

PROFILE = replace(WALK, name="every-floor", free_floors=0.0)
"""`walk`, with the burden of the first floor climbed counted: what a way costs is what its parts
cost."""


def measure_costs(worlds: Worlds) -> Iterator[Section]:
    """Yield what chosen ways cost beside the exact optimum on a dense reference graph."""
    if not worlds.has_plan:
        return
    worlds.say("dense reference")
    searched, drawn = list_ratios(worlds.real, 50 if worlds.quick else 500)
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            len(ratios),
            *(float(np.percentile(ratios, q)) for q in (50, 95, 100, 0)),
        )
        for name, ratios in (("as searched", searched), ("along the drawn line", drawn))
    ]
    p95, worst = (float(np.percentile(drawn, q)) for q in (95, 100))
    claims = (
        Claim(f"p95 of cost over the exact optimum on {worlds.label}", p95, 1.02),
        Claim(f"worst of cost over the exact optimum on {worlds.label}", worst, 1.05),
    )
    note = (
        "The reference joins every two doors and places of a whole open space by the exact line, "
        "without junctions, and steps over open boundaries every half metre. Costs are seconds and "
        "burden of `walk`, the first floor climbed counted like the others."
    )
    columns = ("cost", "journeys", "median", "p95", "worst", "least")
    title = f"Chosen ways on {worlds.label}: cost over the exact optimum on a dense reference"
    yield Section("costs", title, columns, tuple(rows), claims, (note,))


def list_ratios(network: Network, pairs: int, *, seed: int = 9) -> tuple[list[float], list[float]]:
    """List how many times the optimum ways between random units cost.

    Returns
    -------
    list of float, list of float
        As the search adds up their edges, and along the lines that are drawn.
    """
    router = Router(network, profiles={PROFILE.name: PROFILE})
    epoch = router.schedule.find_epoch(NOON, Conditions())
    costs_s = _list_costs(router, epoch)
    dense = Dense(network, costs_s, PROFILE)
    random = np.random.default_rng(seed)
    units = sorted(unit.id for unit in network.plan.units if unit.id in network.places)
    searched, drawn = [], []
    for _ in range(pairs):
        origin, destination = (units[k] for k in random.choice(len(units), 2, replace=False))
        found = router.find_route(origin, [destination], profile=PROFILE.name, departure=NOON)
        if not isinstance(found, Journey) or not found.segments:
            continue
        path = _find_path(router, found, epoch)
        best_s = dense.find_costs_s(path[0])[path[-1]]
        searched.append(sum(costs_s[hop] for hop in pairwise(path)) / best_s)
        walked = sum(_cost_s(network, dense, costs_s, s, path) for s in found.segments)
        drawn.append(walked / best_s)
    return searched, drawn


def _list_costs(router: Router, epoch: Epoch) -> dict[tuple[str, str], float]:
    """Return what each open edge costs, by its ends."""
    search, table = router.search, router.search.table
    costs = search.get_costs(PROFILE.name)
    kept = ~costs.find_barred(epoch)[table.group]
    rows = zip(
        table.tail[kept].tolist(),
        table.head[kept].tolist(),
        costs.make_choice(epoch)[kept].tolist(),
        strict=True,
    )
    return {(table.nodes[tail], table.nodes[head]): cost_s for tail, head, cost_s in rows}


def _find_path(router: Router, journey: Journey, epoch: Epoch) -> list[str]:
    """Return the nodes of a journey: those that the search chose for its two ends."""
    index = router.search.table.index
    leg = router.search.find_leg(
        [index[journey.segments[0].from_node]],
        [index[journey.segments[-1].to_node]],
        PROFILE.name,
        epoch,
    )
    if leg is None:
        raise ValueError(f"a journey from {journey.origin} is not found again")
    return [router.search.table.nodes[node] for node in leg.path]


def _cost_s(
    network: Network,
    dense: Dense,
    costs_s: dict[tuple[str, str], float],
    segment: Segment,
    path: Sequence[str],
) -> float:
    """Return what a segment costs along its drawn line."""
    start, end = path.index(segment.from_node), path.index(segment.to_node)
    hops = list(pairwise(path[start : end + 1]))
    edges = [network.graph.edges[hop] for hop in hops]
    if any(edge["kind"] not in {EdgeKind.WALK, EdgeKind.OPENING} for edge in edges):
        return sum(costs_s[hop] for hop in hops)
    rooms = sum(edge["through_room"] for edge in edges)
    return dense.cost_s(segment.line, segment.from_node, segment.to_node, rooms=rooms)
