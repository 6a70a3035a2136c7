"""Killed at any moment, a store holds all that was acknowledged, and nothing half."""

import contextlib
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.databases import require_programs
from tests.postgres import PostgresServer
from tests.store import killed
from wayfinder.services.drafts import Desk
from wayfinder.services.releases import importing
from wayfinder.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0

pytestmark = [
    pytest.mark.skipif(
        sys.platform == "win32", reason="nothing is killed by a signal on this system"
    ),
    pytest.mark.unmeasured,
]


class Expected:
    """What a store must hold after so many doings: tried on one that nobody kills."""

    def __init__(self, path: Path) -> None:
        self._store = open_store(str(path))
        self._seen = [killed.see(self._store)]

    def after(self, count: int) -> dict[str, Any]:
        while len(self._seen) <= count:
            killed.do(self._store, len(self._seen) - 1)
            self._seen.append(killed.see(self._store))
        return self._seen[count]

    def close(self) -> None:
        self._store.close()


@pytest.fixture
def expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Expected]:
    for owner, name in ((importing, "count_errors"), (Desk, "look")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    killed.check_nothing()
    made = Expected(tmp_path / "expected.sqlite3")
    yield made
    made.close()


@dataclass
class Worker:
    """A process that does things, and what it told."""

    process: int
    told: int
    lines: list[str] = field(default_factory=list)

    def wait_for(self, count: int) -> None:
        """Wait until so many lines are told."""
        while len(self.lines) < count:
            ready, _, _ = select.select([self.told], [], [], PATIENCE_S)
            assert ready, f"the worker told {len(self.lines)} lines and no more"
            if not self._read():
                raise AssertionError("the worker ended by itself")

    def kill(self) -> None:
        """Kill it at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def count_done(self) -> int:
        """Count what it told to be done, to its end."""
        while self._read():
            pass
        os.close(self.told)
        return self.lines.count("done")

    def _read(self) -> bool:
        text = os.read(self.told, 65_536).decode()
        self.lines += text.split()
        return bool(text)


class Workers:
    """Starts workers in milliseconds."""

    def __init__(self) -> None:
        self._asks, asked = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.killed", str(asked.fileno())],
            pass_fds=[asked.fileno()],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        asked.close()

    def start(self, url: str, first: int) -> Worker:
        told, telling = os.pipe()
        socket.send_fds(self._asks, [json.dumps([url, first]).encode()], [telling])
        os.close(telling)
        return Worker(int(self._asks.recv(100)), told)

    def close(self) -> None:
        self._asks.close()
        self._process.wait()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()


@pytest.fixture(scope="module")
def careful_server() -> Iterator[PostgresServer]:
    server = PostgresServer(require_programs(), careful=True)
    yield server
    server.stop()


def run_until_killed(
    workers: Workers,
    url: str,
    first: int,
    chance: random.Random,
    server: PostgresServer | None = None,
) -> int:
    """Let a worker do things from a first one on, kill it or the server, return how many."""
    worker = workers.start(url, first)
    try:
        worker.wait_for(chance.randrange(5))
        time.sleep(chance.random() * 0.01)
        if server is not None:
            server.kill()
    finally:
        worker.kill()
    return worker.count_done()


def find_state(store: Store, expected: Expected, acknowledged: int) -> int:
    """Return how many doings the store holds: all acknowledged, and the last one whole or not."""
    seen = killed.see(store)
    for count in (acknowledged, acknowledged + 1):
        if seen == expected.after(count):
            return count
    assert seen == expected.after(acknowledged)
    raise AssertionError


def test_clients_killed_at_any_moment_lose_nothing(
    store_url: str, backend: str, workers: Workers, expected: Expected, *, run_all: bool
) -> None:
    chance = random.Random(backend)
    done = 0
    for _ in range(300 if run_all else 10):
        acknowledged = done + run_until_killed(workers, store_url, done, chance)
        store = open_store(store_url)
        done = find_state(store, expected, acknowledged)
        store.close()
    assert done > 10


@pytest.mark.long
def test_a_server_killed_at_any_moment_loses_nothing(
    careful_server: PostgresServer, workers: Workers, expected: Expected
) -> None:
    chance = random.Random(7)
    url = careful_server.url(careful_server.make_database())
    open_store(url).close()
    done = 0
    for _ in range(40):
        acknowledged = done + run_until_killed(workers, url, done, chance, careful_server)
        careful_server.start()
        store = open_store(url, patience_s=30)
        done = find_state(store, expected, acknowledged)
        store.close()
    assert done > 0


def test_processes_that_start_together_make_the_tables_once(
    empty_url: str, workers: Workers
) -> None:
    started = [workers.start(empty_url, 0) for _ in range(4)]
    try:
        for worker in started:
            worker.wait_for(1)
    finally:
        for worker in started:
            worker.kill()
            worker.count_done()
    assert [worker.lines[0] for worker in started] == 4 * ["open"]


def test_a_store_killed_while_its_tables_are_made_is_made_by_the_next(
    empty_url: str, backend: str, workers: Workers, *, run_all: bool
) -> None:
    chance = random.Random(backend)
    for _ in range(40 if run_all else 2):
        worker = workers.start(empty_url, 0)
        time.sleep(chance.random() * 0.05)
        worker.kill()
        worker.count_done()
    store = open_store(empty_url)
    killed.see(store)
    store.close()
