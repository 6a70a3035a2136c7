"""Displays that ask every two seconds what holds, while people ask for ways."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from wayfinder.bench.load import Load, make_load
from wayfinder.bench.questions import list_questions
from wayfinder.bench.report import Claim, Section
from wayfinder.bench.servers import serve_ours
from wayfinder.bench.worlds import Worlds
from wayfinder.formats import read_plan
from wayfinder.model import (
    DisplayKind,
    Feature,
    Plan,
    Release,
    Unit,
    list_displays,
    make_feature,
)
from wayfinder.model.categories import is_open
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.display_registry import read_displays
from wayfinder.services.display_ways_cache import PAUSE_S
from wayfinder.services.served import make_served
from wayfinder.store import Store, open_store
from wayfinder.store.displays import DisplayRecord

POLL_S = 2.0
"""Between two questions of a display."""
LIMIT = 2.0
"""So many times as slow may routes be at most."""

_SLUG = "sample"
_WORKERS = 2
_KIOSKS = 6
"""Kiosks that have all their ways made anew: what a large hospital has."""
_SHARE = 1 / 3
"""Of the highest rate: a server that is asked for all it can give waits for itself alone."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How much is asked."""

    displays: int
    questions: int
    patience_s: float
    round_s: float
    rounds: int


_QUICK = _Sizes(20, 200, 2.0, 1.0, 1)
_FULL = _Sizes(500, 6_000, 240.0, 8.0, 5)


def measure_displays(worlds: Worlds) -> Iterator[Section]:
    """Measure routes with and without displays that poll, and while kiosks' ways are made."""
    sizes = _QUICK if worlds.quick else _FULL
    source = floorplans_dir() / ("clinic" if worlds.quick else "hospital")
    worlds.say(f"serving {source.name} with {sizes.displays} displays")
    plan = add_displays(read_plan(source).plan, sizes.displays)
    served = make_served(_SLUG, Release(plan, 1))
    questions, _ = list_questions(served, sizes.questions)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "wayfinder.sqlite3"
        store = open_store(f"sqlite:///{database.as_posix()}")
        releases.import_plan(store, _SLUG, plan)
        releases.publish(store, _SLUG)
        with serve_ours(database, workers=_WORKERS) as (port, _):
            make_load(port, questions, seconds=sizes.patience_s, most=sizes.questions)
            highest = make_load(port, questions, seconds=sizes.round_s).rate
            yield from _compare(worlds, port, questions, list_records(store), highest, sizes)


def add_displays(plan: Plan, count: int) -> Plan:
    """Put up boards in halls and corridors until a plan has so many displays."""
    halls = [unit for unit in plan.units if is_open(unit) and plan.find_geometry_m(unit.id)]
    missing = max(count - len(list_displays(plan)), 0)
    hung = (_hang(plan, unit, number) for number, unit in enumerate(islice(cycle(halls), missing)))
    return plan.with_features(*hung)


def _hang(plan: Plan, unit: Unit, number: int) -> Feature:
    shape = plan[unit.id].shape
    assert shape is not None  # noqa: S101 - it has a place in metres
    point = shape.representative_point()
    display = {"kind": "board", "bearing_deg": number * 90 % 360}
    return make_feature(
        f"bench-board-{number}",
        "amenity",
        {"type": "Point", "coordinates": [point.x, point.y]},
        {"category": "display", "unit_ids": [unit.id], "wayfinder": {"display": display}},
    )


def list_records(store: Store) -> list[DisplayRecord]:
    """List what is registered."""
    with store.read() as connection:
        return read_displays(connection)


def _compare(
    worlds: Worlds,
    port: int,
    questions: Sequence[str],
    records: Sequence[DisplayRecord],
    highest: float,
    sizes: _Sizes,
) -> Iterator[Section]:
    rate = highest * _SHARE
    polls = _Polls(port, [record.id for record in records])
    quiet: list[Load] = []
    polled: list[Load] = []
    making: list[Load] = []
    worlds.say("with and without displays, in turns")
    for _ in range(sizes.rounds):
        quiet.append(_ask(port, questions, rate, sizes))
        with polls.poll(sizes.round_s):
            polled.append(_ask(port, questions, rate, sizes))
    worlds.say("while kiosks have their ways made")
    kiosks = [record.id for record in records if record.kind is DisplayKind.KIOSK][:_KIOSKS]
    order_ways(port, kiosks)
    time.sleep(0 if worlds.quick else PAUSE_S[1])
    for _ in range(sizes.rounds):
        with polls.poll(sizes.round_s):
            making.append(_ask(port, questions, rate, sizes))
    are_made = not order_ways(port, kiosks)
    yield _report(rate, len(records), (quiet, polled, making), polls.loads, are_made=are_made)


def _ask(port: int, questions: Sequence[str], rate: float, sizes: _Sizes) -> Load:
    return make_load(port, questions, seconds=sizes.round_s, rate=rate, connections=32)


class _Polls:
    """Displays that know what holds, and ask whether it still does."""

    def __init__(self, port: int, ids: Sequence[str]) -> None:
        self._port = port
        self._paths = [f"/api/v1/displays/{one}/now" for one in ids]
        self._headers = [f"If-None-Match: {_get_etag(port, path)}" for path in self._paths]
        self.loads: list[Load] = []

    @contextmanager
    def poll(self, seconds: float) -> Iterator[None]:
        """Ask from all displays for some seconds, while the block runs.

        What goes wrong with that is raised at its end: nothing was measured beside displays.
        """
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(self._ask, seconds + 1)
            time.sleep(0.5)
            yield
            self.loads.append(asking.result())

    def _ask(self, seconds: float) -> Load:
        return make_load(
            self._port,
            self._paths,
            seconds=seconds,
            rate=len(self._paths) / POLL_S,
            connections=len(self._paths),
            headers=self._headers,
        )


def _get_etag(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != HTTPStatus.OK:  # a load takes a 404 for an answer, as of a way that is none
        raise LookupError(f"{path}: {answer.status}")
    return answer.headers["ETag"]


def order_ways(port: int, kiosks: Sequence[str]) -> int:
    """Ask for the ways of kiosks, of each worker likely; return how many are still being made."""
    waiting = 0
    for kiosk in kiosks:
        for _ in range(2 * _WORKERS):
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", f"/kiosk/{kiosk}/ways/walk")
            answer = connection.getresponse()
            answer.read()
            connection.close()
            waiting += answer.status != HTTPStatus.OK
    return waiting


def _report(
    rate: float,
    displays: int,
    loads: tuple[list[Load], list[Load], list[Load]],
    polls: list[Load],
    *,
    are_made: bool,
) -> Section:
    names = ("routes alone", "while displays ask", "and kiosks' ways are made")
    base, *others = ([load.percentile_ms(95) for load in several] for several in loads)

    def compare(with_: Sequence[float]) -> float:
        return median(one / other for one, other in zip(with_, base, strict=True))

    rows = tuple(
        (
            name,
            median(load.percentile_ms(50) for load in several),
            median(load.percentile_ms(95) for load in several),
            median(load.percentile_ms(95) for load in several) / median(base),
            sum(load.failed for load in several),
        )
        for name, several in zip(names, loads, strict=True)
    )
    asked = median(load.rate for load in polls)
    answered = (
        f"{displays} displays, each every {POLL_S:.0f} s",
        median(load.percentile_ms(50) for load in polls),
        median(load.percentile_ms(95) for load in polls),
        None,
        sum(load.failed for load in polls),
    )
    failed = sum(load.failed for several in (*loads, polls) for load in several)
    claims = (
        Claim("times the p95 of routes alone, while displays ask", compare(others[0]), LIMIT),
        Claim("times that, while kiosks' ways are made too", compare(others[1]), LIMIT),
        Claim("requests that failed", failed, 0),
    )
    note = (
        f"{rate:,.0f} routes a second, a third of the highest rate, and {asked:,.0f} questions of "
        "displays; client and servers share the machine. Ratios of the claims are those of rounds "
        "that follow each other."
    )
    notes = (note, *(("The ways were made before the last round ended.",) if are_made else ()))
    columns = ("who", "median, ms", "p95, ms", "times alone", "failed")
    return Section("displays", "Displays", columns, (*rows, answered), claims, notes)
