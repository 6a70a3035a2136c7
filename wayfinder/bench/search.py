"""How fast the search box answers, and whether the right place comes first."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter, thread_time

import numpy as np
from rapidfuzz import fuzz, process

from wayfinder.bench.names import Typed, list_departments, list_typed, make_names_plan
from wayfinder.bench.report import Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.model import Occupant, Plan, Unit
from wayfinder.services.directory import Directory, Spot
from wayfinder.services.directory.fold import simplify
from wayfinder.services.directory.pinyin import spell

NAMES, QUICK_NAMES = 5_000, 500
_ROUNDS = 5
_LIMIT = 10
_HERE = Spot("level-0", 70.0, 5.0)

Search = Callable[[str], Sequence[str]]
"""From what was typed to the ids of the places found, the best first."""


def measure_search(worlds: Worlds) -> Iterator[Section]:
    """Yield the time and the rightness of searches over thousands of names, by peer and manner."""
    count = QUICK_NAMES if worlds.quick else NAMES
    worlds.say(f"naming {count} places")
    plan = make_names_plan(count)
    simplify("")  # dictionaries are read once a process, not once an index
    spell("中")
    for feature in plan:
        plan.find_geometry_m(feature.id)  # which the network of a venue has read before
    start = thread_time()
    directory = Directory(plan)
    directory.prepare()
    built_s = thread_time() - start
    typed = list(list_typed(list_departments()))
    if worlds.quick:
        typed = typed[:40]
    ours = _measure(_make_ours(directory), typed)
    theirs = _measure(_make_peer(plan), typed[:: 1 if worlds.quick else 16])
    rows = (
        _describe("ours", ours),
        *_list_manners(typed, ours),
        _describe("RapidFuzz WRatio over all names", theirs),
    )
    times_ms = np.array([time_s for time_s, _ in ours]) * 1000
    claims = (
        Claim("median of a query in ms", float(np.median(times_ms)), 0.5),
        Claim("p95 of a query in ms", float(np.percentile(times_ms, 95)), 2.0),
        Claim(
            "share of queries with the right place first", _find_share(ours), 0.99, at_least=True
        ),
        Claim("seconds to make the index", built_s, 1.0),
    )
    title = f"Search over {count:,} places with names in two languages"
    columns = ("search", "queries", "median ms", "p95 ms", "right first", "right in ten")
    note = (
        "A query is timed as the best of five runs. Names, terms and slips are those of the "
        "presets; every name has rooms that are called alike around it."
    )
    yield Section("search", title, columns, rows, claims, (note,))


def _make_ours(directory: Directory) -> Search:
    def search(text: str) -> Sequence[str]:
        return [hit.id for hit in directory.search(text, near=_HERE, limit=_LIMIT).hits]

    return search


def _make_peer(plan: Plan) -> Search:
    """Make the search that one writes first: the likest of all names, by RapidFuzz."""
    named = [
        (name, feature.id)
        for kind in (Unit, Occupant)
        for feature in plan.list_of(kind)
        for name in feature.name.values()
    ]
    names = [name for name, _ in named]

    def search(text: str) -> Sequence[str]:
        found = process.extract(text, names, scorer=fuzz.WRatio, limit=_LIMIT)
        return [named[index][1] for _, _, index in found]

    return search


def _measure(search: Search, typed: Sequence[Typed]) -> list[tuple[float, int]]:
    """Return the seconds of each query, and where the right place comes; -1 for nowhere."""
    found = []
    for query in typed:
        times_s = []
        for _ in range(_ROUNDS):
            start = perf_counter()
            ids = search(query.text)
            times_s.append(perf_counter() - start)
        place = ids.index(query.wanted) if query.wanted in ids else -1
        found.append((min(times_s), place))
    return found


def _find_share(measured: Sequence[tuple[float, int]], last: int = 0) -> float:
    return sum(0 <= place <= last for _, place in measured) / len(measured)


def _describe(name: str, measured: Sequence[tuple[float, int]]) -> tuple[str | float | int, ...]:
    times_ms = np.array([time_s for time_s, _ in measured]) * 1000
    return (
        name,
        len(measured),
        float(np.median(times_ms)),
        float(np.percentile(times_ms, 95)),
        _find_share(measured),
        _find_share(measured, 9),
    )


def _list_manners(
    typed: Sequence[Typed], measured: Sequence[tuple[float, int]]
) -> Iterator[tuple[str | float | int, ...]]:
    groups: dict[str, list[tuple[float, int]]] = {}
    for query, result in zip(typed, measured, strict=True):
        groups.setdefault(query.manner, []).append(result)
    for manner, results in groups.items():
        yield _describe(f"ours, {manner}", results)
