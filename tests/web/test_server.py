"""The server while it runs: real processes, real sockets, several workers."""

import json
import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, serve_store
from tests.web.pages import LIFT, ROUTE
from tests.web.reporting import enrol, report
from wayfinder.services import conditions, displays, tokens
from wayfinder.store import open_store
from wayfinder.store.conditions import CLOSURE, ConditionDraft

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture(scope="module")
def server(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with two workers, shared by the tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("server")
    with serve_store(data_dir, folder, workers=2, header_timeout_s="5") as running:
        yield running


def test_a_route_is_answered(server: Server) -> None:
    answer = server.get(ROUTE)
    assert answer.status == 200
    assert json.loads(answer.body)["to"]["name"] == "Paediatrics"


def test_a_display_enrols_and_reports_whichever_worker_answers(
    server: Server, data_dir: Path
) -> None:
    store = open_store(str(data_dir / "wayfinder.sqlite3"))
    made = displays.make_code(store, "K-01")
    watcher = tokens.make_token(store, "watcher", scopes=(tokens.DISPLAYS,))
    token = enrol(server, made)
    for _ in range(10):  # a worker that has not heard of the token yet asks the store
        report(server, made.display, token)
    until = time.monotonic() + 30
    while find_state(server, watcher, made.display) != "green":
        assert time.monotonic() < until
        time.sleep(0.2)
    assert token not in server.read_log()
    assert made.code not in server.read_log()
    store.close()


def find_state(server: Server, token: str, display: str) -> str:
    answer = server.get("/api/v1/displays", headers={"Authorization": f"Bearer {token}"})
    listed = json.loads(answer.body)["displays"]
    return next(str(one["state"]) for one in listed if one["id"] == display)


@pytest.mark.long
def test_slow_clients_do_not_stop_the_others(server: Server) -> None:
    calm = time_requests(server)
    slow = [open_slowly(server) for _ in range(500)]
    try:
        busy = time_requests(server)
        assert busy < max(1.0, 10 * calm), f"{calm:.3f} s alone, {busy:.3f} s among 500 slow ones"
        # half a request is not waited for for ever
        assert wait_until_closed(slow, timeout_s=30.0)
    finally:
        for connection in slow:
            connection.close()
    assert server.get("/healthz").status == 200


def time_requests(server: Server, count: int = 40) -> float:
    """Return the seconds that the slowest but two of some requests takes."""
    seconds = []
    for _ in range(count):
        started = time.perf_counter()
        assert server.get(ROUTE).status == 200
        seconds.append(time.perf_counter() - started)
    return sorted(seconds)[-3]


def open_slowly(server: Server) -> socket.socket:
    """Open a connection that sends half a request and then nothing."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(b"GET /v/clinic HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    return connection


def wait_until_closed(connections: list[socket.socket], *, timeout_s: float) -> bool:
    until = time.monotonic() + timeout_s
    for connection in connections:
        connection.settimeout(max(0.1, until - time.monotonic()))
        try:
            while connection.recv(4096):
                pass
        except ConnectionError:
            continue
        except TimeoutError:
            return False
    return True


def test_clients_that_read_slowly_do_not_stop_the_others(server: Server) -> None:
    connections = []
    for _ in range(50):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        connections.append(connection)
    try:
        assert time_requests(server) < 2.0
    finally:
        for connection in connections:
            connection.close()


def test_headers_and_bodies_have_bounds(server: Server) -> None:
    assert server.get("/v/clinic", headers={"X-Long": "x" * 100_000}).status in {400, 431}
    posted = server.get(
        "/api/v1/venues/clinic/conditions",
        method="POST",
        headers={"Content-Type": "application/json", "Authorization": "Bearer wf_none"},
        body=b"[" * 200_000,
    )
    assert posted.status in {401, 413}
    assert server.get("/healthz").status == 200


def test_workers_count_together(server: Server) -> None:
    before = count_requests(server, "/healthz")
    for _ in range(30):
        server.get("/healthz")
    assert count_requests(server, "/healthz") == before + 30


def count_requests(server: Server, route: str) -> float:
    text = server.get("/metrics").body.decode()
    pattern = rf'wayfinder_requests_total{{method="GET",route="{route}",status="200"}} (\S+)'
    found = re.search(pattern, text)
    return float(found[1]) if found else 0.0


def test_metrics_tell_what_is_served_in_every_worker(server: Server) -> None:
    text = server.get("/metrics").body.decode()
    assert 'wayfinder_venue_release{venue="clinic"} 1.0' in text
    confirmed = re.search(r"^wayfinder_confirmed_timestamp_seconds (\S+)", text, re.MULTILINE)
    assert confirmed
    assert 0 <= time.time() - float(confirmed[1]) < 60


def test_no_log_and_no_metric_holds_what_was_asked(server: Server) -> None:
    secret = "Geheimziel"  # noqa: S105 - where somebody goes
    for address in (
        f"/v/clinic/search?q={secret}",
        f"/v/clinic/go/REG/{secret}",
        f"/v/clinic/place/{secret}",
        f"/s/{secret}",
        f"/v/{secret}",
        f"/{secret}",
        f"/api/v1/venues/clinic/places?q={secret}",
        f"/api/v1/venues/clinic/route?from={secret}&to=PED",
        f"/api/v1/venues/clinic/places/{secret}",
        f"/static/0123456789/{secret}.js",
        ROUTE,
    ):
        server.get(address, headers={"User-Agent": secret, "Referer": f"http://x/{secret}"})
    lines = server.read_log().splitlines()
    log = "\n".join(lines)
    assert '"route": "/v/<slug>/search"' in log
    for asked in (secret, "VQAFYHP", "PED", "from=", "User-Agent"):
        assert asked not in log, asked
    assert not re.search(r'"(addr|ip|client|remote)', log)
    assert "127.0.0.1" not in "\n".join(line for line in lines if '"request"' in line)
    for line in lines:
        assert set(json.loads(line)) >= {"event", "level", "timestamp", "logger"}
    assert secret not in server.get("/metrics").body.decode()


def test_a_closure_is_in_force_in_every_worker_within_two_seconds(
    server: Server, data_dir: Path
) -> None:
    wheelchair = f"{ROUTE}&profile=wheelchair"
    assert server.get(wheelchair).status == 200
    store = open_store(str(data_dir / "wayfinder.sqlite3"))
    try:
        conditions.add(store, "clinic", ConditionDraft(CLOSURE, (LIFT,), {"en": "Repair"}))
        time.sleep(2.0)
        assert {server.get(wheelchair).status for _ in range(20)} == {404}
        conditions.reopen(store, "clinic", [LIFT])
        time.sleep(2.0)
        assert {server.get(wheelchair).status for _ in range(20)} == {200}
    finally:
        store.close()
