"""What is counted: requests by the pattern of their address, and what is served.

Neither query nor destination is a label. Under several workers each writes into files of a shared
folder (``PROMETHEUS_MULTIPROC_DIR``, made by ``wayfinder serve``), and whichever worker is asked
adds them up.
"""

import os
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from flask import Flask
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from wayfinder.services.background.kinds import KINDS
from wayfinder.services.feedback.take import blur
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.ops.logs import get_logger
from wayfinder.web.workers import METRICS_FOLDER

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_TYPE = CONTENT_TYPE_LATEST

REQUESTS = Counter("wayfinder_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "wayfinder_request_seconds",
    "Seconds from the first line of a request in the program to its answer.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
RELEASE = Gauge(
    "wayfinder_venue_release",
    "Number of the release that is served, of the workers the lowest.",
    ["venue"],
    multiprocess_mode="livemin",
)
CONDITIONS = Gauge(
    "wayfinder_venue_conditions",
    "Number of the conditions that are served, of the workers the lowest.",
    ["venue"],
    multiprocess_mode="livemin",
)
FIRE = Gauge(
    "wayfinder_venue_fire",
    "1 while every worker shows that a building is on fire.",
    ["venue"],
    multiprocess_mode="livemin",
)
CONFIRMED = Gauge(
    "wayfinder_confirmed_timestamp_seconds",
    "When the database last confirmed what is served, of the workers the earliest.",
    multiprocess_mode="livemin",
)

COUNTS = Counter(
    "wayfinder_counts",
    "What was counted for the figures, by what became of it: written, late or full.",
    ["outcome"],
)
FEEDBACK = Counter(
    "wayfinder_feedback",
    "Reports of people up to the last quarter of an hour: taken, or the code of why not.",
    ["outcome"],
)
PLANNED = Counter(
    "wayfinder_planned",
    "Planned releases whose time has come, by what became of them: published or refused.",
    ["venue", "outcome"],
)
WORK = Counter(
    "wayfinder_work",
    "Work beside the server that is over, by its kind: ended, or failed because its process did.",
    ["kind", "outcome"],
)

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_UNTOLD = frozenset({"/v/<slug>/report", "/v/<slug>/lost"})
"""Routes of which neither the log nor these figures tell a request: whoever reads them often would
know to the second when somebody reported. What the server could not answer is told."""
_LOG = get_logger("access")


def measure(app: Flask, settings: Settings) -> None:
    """Count and, unless the settings say otherwise, log every request of an application."""
    app.wsgi_app = _Meter(app.wsgi_app, log=settings.access_log)  # type: ignore[assignment,method-assign]


class _Meter:
    """Measures from when a request comes in until its answer begins."""

    def __init__(self, app: "WSGIApplication", *, log: bool) -> None:
        self._app = app
        self._log = log
        self._counters: dict[tuple[str, str, str], Counter] = {}
        self._histograms: dict[str, Histogram] = {}

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        started = perf_counter()

        def start_measured(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
        ) -> "Callable[[bytes], object]":
            self._note(environ, status[:3], perf_counter() - started)
            return start(status, headers, exc_info)

        return self._app(environ, start_measured)

    def _note(self, environ: "WSGIEnvironment", status: str, duration_s: float) -> None:
        # Flask's own request, which knows the rule that fitted
        rule = getattr(environ.get("werkzeug.request"), "url_rule", None)
        route = rule.rule if rule is not None else "(none)"
        if route in _UNTOLD and status < "500":
            return
        method = environ.get("REQUEST_METHOD", "")
        method = method if method in _METHODS else "other"
        key = (method, route, status)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = REQUESTS.labels(*key)
        counter.inc()
        histogram = self._histograms.get(route)
        if histogram is None:
            histogram = self._histograms[route] = SECONDS.labels(route)
        histogram.observe(duration_s)
        if self._log:
            ms = round(duration_s * 1000, 2)
            _LOG.info("request", method=method, route=route, status=int(status), ms=ms)


def note_counts(outcome: str, count: int) -> None:
    """Note what became of so many that were counted for the figures."""
    COUNTS.labels(outcome).inc(count)


def note_planned(venue: str, outcome: str) -> None:
    """Note what became of a release whose time has come."""
    PLANNED.labels(venue, outcome).inc()


def note_work(kind: str, outcome: str) -> None:
    """Note that work beside the server is over."""
    WORK.labels(kind, outcome).inc()


class Later:
    """Counts that come into a metric when their quarter of an hour is over, as reports are kept.

    Parameters
    ----------
    metric
        Takes an outcome.
    clock
        The time, aware.
    """

    def __init__(
        self, metric: Counter, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._metric, self._clock = metric, clock
        self._quarter = blur(clock())
        self._waiting: Tally[str] = Tally()
        self._lock = Lock()

    def add(self, outcome: str) -> None:
        """Count an outcome in this quarter."""
        with self._lock:
            self._turn()
            self._waiting[outcome] += 1

    def tell(self) -> None:
        """Bring what is of a quarter that is over into the metric."""
        with self._lock:
            self._turn()

    def _turn(self) -> None:
        quarter = blur(self._clock())
        if quarter == self._quarter:
            return
        for outcome, count in self._waiting.items():
            self._metric.labels(outcome).inc(count)
        self._quarter, self._waiting = quarter, Tally()


_FEEDBACK_LATER = Later(FEEDBACK)


def note_feedback(outcome: str) -> None:
    """Note what became of a report: neither where nor about what, nor when exactly."""
    _FEEDBACK_LATER.add(outcome)


def note_served(venues: Venues) -> None:
    """Note what this process serves, since when that is the newest, and what waited to be told."""
    for served in venues.list():
        RELEASE.labels(served.slug).set(served.snapshot.release.number)
        CONDITIONS.labels(served.slug).set(served.conditions_number)
        FIRE.labels(served.slug).set(served.fire is not None)
        PLANNED.labels(served.slug, "refused")  # who looks for a rise has to have seen a nought
    for kind in KINDS:
        WORK.labels(kind, "failed")
    CONFIRMED.set(venues.confirmed_at.timestamp())
    _FEEDBACK_LATER.tell()


def keep_noting(venues: Venues, interval_s: float = 5.0) -> None:
    """Note what this process serves again and again: another worker may be asked for it."""

    def run() -> None:
        while True:
            note_served(venues)
            sleep(interval_s)

    Thread(target=run, name="wayfinder-metrics", daemon=True).start()


def write_metrics(venues: Venues) -> bytes:
    """Write all figures as Prometheus reads them, those of all workers together."""
    note_served(venues)
    if METRICS_FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    forget_dead_workers(Path(os.environ[METRICS_FOLDER]))
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_dead_workers(folder: Path) -> None:
    """Let go what workers that died served: it would be the oldest for ever.

    What they counted stays.
    """
    if os.name != "posix":  # elsewhere nobody is asked without harm
        return
    for path in folder.glob("gauge_live*_*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdecimal() and not _is_alive(int(pid)):
            mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
