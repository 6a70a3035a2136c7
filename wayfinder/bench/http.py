"""Routes over HTTP: ours beside a view that calls NetworkX and a view that computes nothing."""

import math
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl, urlsplit

from wayfinder.bench.load import Load, make_load
from wayfinder.bench.memory import LIMIT_MIB, weigh_worker_mib
from wayfinder.bench.questions import DESTINATIONS, list_questions
from wayfinder.bench.report import Claim, Section
from wayfinder.bench.servers import serve_ours, serve_peer
from wayfinder.bench.valhalla import has_valhalla, make_path, serve_valhalla
from wayfinder.bench.worlds import Worlds
from wayfinder.formats import read_plan
from wayfinder.model import Plan, Release
from wayfinder.model.categories import LIFT
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, releases
from wayfinder.services.served import make_served
from wayfinder.store import Store, open_store
from wayfinder.store.conditions import CLOSURE, ConditionDraft

_SLUG = "sample"


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How much is asked."""

    known: int
    new: int
    patience_s: float
    round_s: float
    rounds: int
    steady_s: float


_QUICK = _Sizes(known=200, new=300, patience_s=20.0, round_s=0.5, rounds=1, steady_s=2.0)
_FULL = _Sizes(known=40_000, new=60_000, patience_s=900.0, round_s=4.0, rounds=5, steady_s=20.0)
_OURS, _NEW = "ours", "ours, asked for the first time"


def measure_http(worlds: Worlds) -> Iterator[Section]:
    """Measure route requests over HTTP, memory, start, and what closing a lift does to others."""
    sizes = _QUICK if worlds.quick else _FULL
    source = floorplans_dir() / ("clinic" if worlds.quick else "hospital")
    worlds.say(f"serving {source.name}")
    started = time.perf_counter()
    plan = read_plan(source).plan
    served = make_served(_SLUG, Release(plan, 1))
    ready_s = time.perf_counter() - started
    questions, bare = list_questions(served, sizes.known + sizes.new)
    ours, new = questions[: sizes.known], questions[sizes.known :]
    bare = bare[: sizes.known]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        database = Path(folder) / "wayfinder.sqlite3"
        store = open_store(f"sqlite:///{database.as_posix()}")
        releases.import_plan(store, _SLUG, plan)
        releases.publish(store, _SLUG)
        port, server = stack.enter_context(serve_ours(database))
        first = make_load(port, ours, seconds=sizes.patience_s, most=len(ours))
        size = round(first.bytes / max(len(first.latency_s), 1))
        peers = {
            "NetworkX view": stack.enter_context(
                serve_peer("make_networkx", plan=source, size=size)
            ),
            "constant view": stack.enter_context(
                serve_peer("make_constant", plan=source, size=size)
            ),
        }
        contestants: dict[str, tuple[int, Sequence[str]]]
        contestants = {_OURS: (port, ours), _NEW: (port, new)}
        contestants |= {name: (at, bare) for name, at in peers.items()}
        if has_valhalla():
            worlds.say("building Valhalla's tiles")
            tiles = Path(folder) / "valhalla"
            tiles.mkdir()
            at, places = stack.enter_context(serve_valhalla(served.network, tiles))
            contestants["Valhalla"] = at, _ask_valhalla(bare, places)
        worlds.say("taking turns")
        rates = _take_turns(contestants, sizes)
        yield _report_rates(rates, size, first)
        worlds.say("half the highest rate, then a lift closes")
        yield from _measure_steady(port, ours, store, plan, median(rates[_OURS]) / 2, sizes)
        yield _report_start(ready_s, weigh_worker_mib(server))


def _ask_valhalla(bare: Sequence[str], places: Mapping[str, str]) -> list[str]:
    """Return the same questions as Valhalla takes them."""
    found = []
    for number, path in enumerate(bare):
        query = dict(parse_qsl(urlsplit(path).query))
        start, end = places[query["from"]], places[query["to"]]
        found.append(make_path(start, end, ("zh-CN", "en-US")[number % 2]))
    return found


def _take_turns(
    contestants: dict[str, tuple[int, Sequence[str]]], sizes: _Sizes
) -> dict[str, list[float]]:
    """Return the answers a second of each contestant, round by round, each time on from there."""
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(sizes.rounds):
        shift = number % len(names)
        for name in (*names[shift:], *names[:shift]):
            port, paths = contestants[name]
            begin = len(paths) * number // sizes.rounds
            turned = [*paths[begin:], *paths[:begin]]
            rates[name].append(make_load(port, turned, seconds=sizes.round_s).rate)
    return rates


def _report_rates(rates: dict[str, list[float]], size: int, first: Load) -> Section:
    def ratio(base: str) -> float:
        pairs = zip(rates[_OURS], rates[base], strict=True)
        return median(one / other for one, other in pairs)

    rows = tuple((name, median(found), 1 / ratio(name)) for name, found in rates.items())
    claims = (
        Claim("times a Flask view that calls NetworkX", ratio("NetworkX view"), 20, at_least=True),
        Claim("share of a constant view's rate", ratio("constant view"), 0.3, at_least=True),
    )
    notes = () if has_valhalla() else ("MISSING: Valhalla, whose wheel is not installed.",)
    note = (
        f"Two workers each, random starts, profiles and languages to {DESTINATIONS} destinations "
        f"on a Monday morning, {size:,} bytes an answer on average. Each of the "
        f"{len(first.latency_s):,} questions had been asked once, of either worker; those of the "
        "second row never. Client and servers share the machine."
    )
    columns = ("service", "answers a second", "times ours")
    return Section("http", "Routes over HTTP", columns, rows, claims, (note, *notes))


def _measure_steady(
    port: int, paths: Sequence[str], store: Store, plan: Plan, rate: float, sizes: _Sizes
) -> Iterator[Section]:
    """Measure latencies at a steady rate, before and just after a lift closes."""
    closed_at: list[float] = []
    lift = next(unit.id for unit in plan.units if unit.category == LIFT)

    def close() -> None:
        time.sleep(sizes.steady_s / 2)
        conditions.add(store, _SLUG, ConditionDraft(CLOSURE, (lift,), {}), plan=plan)
        closed_at.append(time.monotonic())

    closing = threading.Thread(target=close)
    closing.start()
    load = make_load(port, paths, seconds=sizes.steady_s, rate=rate, connections=64)
    closing.join()
    before = _between(load, 0.0, closed_at[0])
    # workers look once a second; the second after that look is the one that counts
    worst = max(
        (_between(load, closed_at[0] + k / 4, closed_at[0] + k / 4 + 1) for k in range(9)),
        key=lambda part: part.percentile_ms(99) if part.latency_s else 0.0,
    )
    rows = (
        ("before", before.percentile_ms(50), before.percentile_ms(99), load.failed),
        ("worst second after a lift closed", worst.percentile_ms(50), worst.percentile_ms(99), 0),
    )
    claims = (
        Claim("ms, p99 at half the highest rate", before.percentile_ms(99), 20),
        Claim("requests that failed", load.failed, 0),
        Claim(
            "times p99 in the worst second after a closure",
            worst.percentile_ms(99) / before.percentile_ms(99),
            2,
        ),
    )
    title = f"Latency at {rate:,.0f} requests a second, half the highest rate"
    yield Section("http", title, ("when", "median, ms", "p99, ms", "failed"), rows, claims)


def _between(load: Load, begin_s: float, end_s: float) -> Load:
    """Return the part of a load that was begun between two instants."""
    kept = [
        (start, took)
        for start, took in zip(load.started_s, load.latency_s, strict=True)
        if begin_s <= start < end_s
    ]
    starts, latencies = zip(*kept, strict=True) if kept else ((), ())
    return Load(starts, latencies, load.failed, load.bytes, end_s - begin_s)


def _report_start(ready_s: float, worker_mib: float) -> Section:
    rows = (("from files to ready, s", ready_s), ("memory of a worker, MiB", worker_mib))
    claims = [Claim("seconds from files to ready", ready_s, 5)]
    if not math.isnan(worker_mib):
        claims.append(Claim("MiB a worker, after all of the above", worker_mib, LIMIT_MIB))
    return Section("http", "Start and memory", ("what", "figure"), rows, tuple(claims))
