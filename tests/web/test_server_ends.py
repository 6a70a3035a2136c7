"""The server as it begins and ends: what was asked and told by then is not lost."""

import concurrent.futures
import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.serving import list_children, serve_store
from tests.web.pages import LEVEL, ROUTE, SIGN
from tests.web.reporting import enrol, report
from wayfinder.services import displays
from wayfinder.services.background import Background
from wayfinder.store import open_store
from wayfinder.store.display_reports import list_reports
from wayfinder.store.hearing_tables import daily_counts

LEFT = "of-an-older-version"
"""A kind of work that waited when a server ended; what can be done is told of others."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)]
)
def test_running_requests_are_answered_when_it_stops(
    number: signal.Signals, data_dir: Path, tmp_path: Path
) -> None:
    with (
        serve_store(data_dir, tmp_path, access_log="false") as running,
        concurrent.futures.ThreadPoolExecutor(8) as pool,
    ):
        # drawings take a while
        maps = f"/api/v1/venues/clinic/levels/{LEVEL}.svg"
        addresses = [f"{maps}?width={width}" for width in range(1000, 1008)]
        asked = [pool.submit(running.get, address) for address in addresses]
        time.sleep(0.02)
        code = running.stop(number)
        ended = [one.exception() or one.result().status for one in asked]
    assert code == 0
    # whoever came too late was refused; whoever was let in was answered
    assert all(one == 200 or isinstance(one, ConnectionError) for one in ended), ended
    assert 200 in ended
    with pytest.raises(OSError, match="refused"):
        running.get("/healthz")


@pytest.mark.long
def test_what_waited_is_gone_on_with_and_what_was_told_is_written_when_it_stops(
    data_dir: Path, tmp_path: Path
) -> None:
    store = open_store(str(data_dir / "wayfinder.sqlite3"))
    Background(store, starts=False).ask("clinic", LEFT, "", {}, who="ann")
    with serve_store(data_dir, tmp_path) as running:
        until = time.monotonic() + 60
        while (found := Background(store).find("clinic", LEFT, "")) is None or not found.is_over:
            assert time.monotonic() < until
            time.sleep(0.1)
        made = displays.make_code(store, "K-01")
        token = enrol(running, made)
        page = f"/S/{SIGN}"
        headers = {"Sec-Fetch-Mode": "navigate", "Accept": "text/html,application/xhtml+xml"}
        assert running.get(page, headers=headers).status == 200
        report(running, made.display, token)  # written within a second, unless it stops before
        assert running.stop(signal.SIGTERM) == 0
    assert found.problem["code"] == "store.unknown-job-kind"
    with store.read() as connection:
        rows = connection.execute(sa.select(daily_counts.c.kind, daily_counts.c["count"])).all()
        told = set(list_reports(connection))
    store.close()
    assert [tuple(row) for row in rows] == [("scan", 1)]
    assert told == {made.display}


@pytest.mark.long
def test_a_worker_that_dies_is_started_again(data_dir: Path, tmp_path: Path) -> None:
    with serve_store(data_dir, tmp_path, workers=2) as running:
        worker = next(iter(list_children(running.process.pid)))
        os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + 60
        while len(list_children(running.process.pid) - {worker}) < 2:
            assert time.monotonic() < until, running.read_log()
            time.sleep(0.2)
        # each worker listens for itself: the other one may have been beginning still, too
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                assert running.get(ROUTE).status == 200
                break
            assert time.monotonic() < until, running.read_log()
            time.sleep(0.2)
