"""From plan to network: how long it takes, and how that grows."""

from collections.abc import Iterator
from math import log
from time import perf_counter

import numpy as np

from wayfinder.bench.campus import Campus, make_campus
from wayfinder.bench.report import Cell, Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network

_SIZES = (Campus(1, 2), Campus(2, 2), Campus(2, 4), Campus(4, 4), Campus(4, 6), Campus(6, 6))
_QUICK_SIZES = (Campus(1, 1), Campus(1, 2), Campus(2, 2))
_EXPONENT = 1.2
"""Close to linear (ours): twice the rooms, at most 2.3 times the seconds."""


def measure_growth(worlds: Worlds) -> Iterator[Section]:
    """Yield the time for the real plan, and how it grows with the rooms of a campus."""
    if worlds.has_plan:
        worlds.say(f"{worlds.label}: plan to network")
        yield _measure_plan(worlds)
    worlds.say("plans of growing size")
    yield _measure_sizes(worlds)


def _measure_plan(worlds: Worlds) -> Section:
    reads, builds = [], []
    network: Network | None = None
    for _ in range(2 if worlds.quick else 5):
        start = perf_counter()
        result = read_plan(worlds.plan_file)
        middle = perf_counter()
        if result.plan is None:
            raise ValueError(f"{worlds.plan_file} holds no plan")
        network = build_network(result.plan)
        builds.append(perf_counter() - middle)
        reads.append(middle - start)
    assert network is not None  # noqa: S101 - made in every round
    total = float(np.median(np.add(reads, builds)))
    rows: tuple[tuple[Cell, ...], ...] = (
        (
            len(network.plan.units),
            network.graph.number_of_nodes(),
            float(np.median(reads)),
            float(np.median(builds)),
            total,
        ),
    )
    columns = ("units", "nodes", "read, s", "build, s", "both, s")
    claim = Claim(f"seconds from the file to the network of {worlds.label}", total, 3)
    title = f"{worlds.label}: from the file to the network"
    return Section("build", title, columns, rows, (claim,))


def _measure_sizes(worlds: Worlds) -> Section:
    """Build campuses of growing size in turns; the least time of each was least disturbed."""
    plans = [make_campus(size) for size in (_QUICK_SIZES if worlds.quick else _SIZES)]
    seconds: list[list[float]] = [[] for _ in plans]
    nodes = [0 for _ in plans]
    for _ in range(2 if worlds.quick else 3):
        for k, plan in enumerate(plans):
            start = perf_counter()
            network = build_network(plan)
            seconds[k].append(perf_counter() - start)
            nodes[k] = network.graph.number_of_nodes()
    least = [min(rounds) for rounds in seconds]
    rooms = [len(plan.units) for plan in plans]
    exponent = fit_exponent(rooms, least)
    rows: list[tuple[Cell, ...]] = [
        (rooms[k], nodes[k], least[k], least[k] / rooms[k] * 1e3) for k in range(len(plans))
    ]
    columns = ("units", "nodes", "build, s", "ms a unit")
    claim = Claim("seconds grow with the units to the power of", exponent, _EXPONENT)
    title = "Growth: campuses of growing size, from plan to network"
    return Section("growth", title, columns, tuple(rows), (claim,))


def fit_exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return the power of the size with which seconds grow, by least squares on logarithms."""
    slope, _ = np.polyfit([log(size) for size in sizes], [log(second) for second in seconds], 1)
    return float(slope)
