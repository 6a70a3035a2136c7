"""The complete answer: path, taut line, steps, words, JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from wayfinder.bench.report import Claim, Section
from wayfinder.bench.rounds import time_rounds
from wayfinder.bench.worlds import Worlds
from wayfinder.graph import Network
from wayfinder.guide.answer import make_answer
from wayfinder.guide.steps import make_steps
from wayfinder.route import Journey, Router

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
_LANGUAGE = "en"


def measure_answers(worlds: Worlds) -> Iterator[Section]:
    """Yield what a complete answer costs cold and warm."""
    worlds.say("complete answers")
    networks = {"campus": worlds.campus}
    if worlds.has_plan:
        networks = {worlds.label: worlds.real, **networks}
    pairs = 30 if worlds.quick else 200
    rows = tuple((name, *_measure(network, pairs)) for name, network in networks.items())
    warm = {name: median_ms for name, _, _, _, median_ms, _ in rows}
    claims = [
        Claim(f"ms of a complete answer asked again on {name}", warm[name], 2)
        for name in warm
        if name == worlds.label and worlds.has_plan
    ]
    columns = ("graph", "first of all, ms", "cold, ms", "new start, ms", "warm, ms", "characters")
    note = (
        "First of all: a new router, nothing compiled. Cold: a destination that nobody asked for, "
        "no line known. New start: the destination's tree is there, the line is not. Warm: asked "
        "before. Medians; in English, as JSON text."
    )
    title = "Complete answers: path, taut line, steps, words, JSON"
    yield Section("answers", title, columns, rows, tuple(claims), (note,))


def make_document(router: Router, origin: str, destination: str) -> str | None:
    """Return the whole answer as JSON text, or None where there is no way."""
    found = router.find_route(origin, [destination], departure=NOON)
    if not isinstance(found, Journey):
        return None
    steps = make_steps(router.network, found)
    return json.dumps(make_answer(router.network, found, steps, _LANGUAGE), ensure_ascii=False)


def _measure(network: Network, pairs: int) -> tuple[float, float, float, float, float]:
    questions = _choose(network, pairs)
    make_document(Router(network), *questions[0][:2])  # words are read from files once
    router = Router(network)
    start = perf_counter()
    make_document(router, *questions[0][:2])
    first = perf_counter() - start
    cold = [_time(router, origin, destination) for origin, destination, _ in questions[1:]]
    near = [_time(router, other, destination) for _, destination, other in questions[1:]]
    documents = [make_document(router, *question[:2]) for question in questions[1:]]

    def ask_again() -> None:
        for origin, destination, _ in questions[1:]:
            make_document(router, origin, destination)

    warm = time_rounds({"warm": ask_again}, 5).median_s("warm") / len(documents)
    size = float(np.median([len(document or "") for document in documents]))
    seconds = (first, float(np.median(cold)), float(np.median(near)), warm)
    first_ms, cold_ms, near_ms, warm_ms = (second * 1e3 for second in seconds)
    return first_ms, cold_ms, near_ms, warm_ms, size


def _choose(network: Network, count: int) -> list[tuple[str, str, str]]:
    """Choose distinct destinations, each with two starts, between all of which there is a way."""
    random = np.random.default_rng(11)
    router = Router(network)
    units = [unit.id for unit in network.plan.units if unit.id in network.places]
    chosen: list[tuple[str, str, str]] = []
    for destination in random.permutation(units).tolist():
        starts = [str(unit) for unit in random.choice(units, 2, replace=False)]
        if destination not in starts and all(
            isinstance(router.find_route(start, [destination], departure=NOON), Journey)
            for start in starts
        ):
            chosen.append((starts[0], destination, starts[1]))
        if len(chosen) > count:
            break
    return chosen


def _time(router: Router, origin: str, destination: str) -> float:
    start = perf_counter()
    make_document(router, origin, destination)
    return perf_counter() - start
