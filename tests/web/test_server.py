"""The server itself: real processes, real sockets."""

import concurrent.futures
import json
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.serving import Answer, Server, find_port, serve_store
from tests.web.conftest import BASE_URL, make_client
from tests.web.pages import LEVEL, SIGN
from wayfinder.cli import main
from wayfinder.formats import read_plan
from wayfinder.formats.result import ReadResult
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.model import Unit
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, displays, releases, tokens
from wayfinder.services.background import Background
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.conditions import CLOSURE, ConditionDraft
from wayfinder.store.display_reports import list_reports
from wayfinder.store.hearing_tables import daily_counts
from wayfinder.web.app import create_app
from wayfinder.web.commands import demo

ROUTE = "/api/v1/venues/clinic/route?from=VQAFYHP&to=PED&lang=en"
LIFT = "0ba02f8d-0260-5f78-a8a5-15f65dc8e3c0"
LEFT = "of-an-older-version"
"""A kind of work that waited when a server ended; what can be done is told of others."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    store = open_store(str(folder / "wayfinder.sqlite3"))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    Background(store, starts=False).ask("clinic", LEFT, "", {}, who="ann")
    store.close()
    return folder


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


def test_what_waits_since_before_it_started_is_gone_on_with(server: Server, data_dir: Path) -> None:
    server.get(ROUTE)
    store = open_store(str(data_dir / "wayfinder.sqlite3"))
    until = time.monotonic() + 60
    while (found := Background(store).find("clinic", LEFT, "")) is None or not found.is_over:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert found.problem["code"] == "store.unknown-job-kind"
    store.close()


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


def enrol(server: Server, made: displays.Enrolment) -> str:
    asked = {"display": made.display, "code": made.code}
    return str(json.loads(post(server, "/api/v1/displays/enrol", asked).body)["token"])


def report(server: Server, display: str, token: str) -> None:
    now = json.loads(server.get(f"/api/v1/displays/{display}/now").body)
    said = {
        "release": now["release"]["hash"],
        "conditions": now["version"],
        "program": "1.0",
        "uptime_s": 1,
        "errors": 0,
    }
    answer = post(server, f"/api/v1/displays/{display}/report", said, token)
    assert answer.status == 200, answer.body


def post(server: Server, path: str, document: object, token: str = "") -> Answer:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    body = json.dumps(document).encode()
    return server.get(path, method="POST", headers=headers, body=body)


def find_state(server: Server, token: str, display: str) -> str:
    answer = server.get("/api/v1/displays", headers={"Authorization": f"Bearer {token}"})
    listed = json.loads(answer.body)["displays"]
    return next(str(one["state"]) for one in listed if one["id"] == display)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_demo_says_to_try_can_be_tried(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "SAMPLES", {"clinic": "clinic"})
    store = open_store(str(tmp_path / "store.sqlite3"))
    lines = "\n".join(demo._fill(store, BASE_URL))
    venues = Venues()
    Follower(store, venues).refresh()
    settings = Settings(base_url=BASE_URL, access_log=False)
    client = make_client(create_app(venues, settings, store=store))
    addresses = re.findall(rf"{BASE_URL}(/\S+lang={language})", lines)
    kinds = [address.split("/")[1] for address in addresses]
    assert kinds == ["v", "s", "kiosk", "board", "studio"]
    assert [client.get(address).status_code for address in addresses] == [200] * 5
    password = re.search(r"\b(?:\w{4}-){3}\w{4}\b", lines)
    assert password is not None
    fields = {"name": "demo", "password": password[0]}
    answer = client.post(addresses[-1], data=fields, headers={"Origin": BASE_URL})
    assert answer.headers["Location"].startswith("/studio/account/second-factor")
    store.close()


def test_the_sign_to_try_hangs_where_visitors_come_in(
    read_hospital: ReadResult, served_clinic: Served
) -> None:
    found = []
    for plan in (read_hospital.plan, served_clinic.plan):
        sign = demo._find_sign(plan)
        assert sign is not None
        hall = plan[sign.unit_id]
        assert isinstance(hall, Unit)
        found.append((hall.category, hall.name["en"]))
    assert found == [("lobby", "Outpatient Hall"), ("lobby", "Lobby")]


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


def test_what_was_counted_and_told_is_written_when_it_stops(data_dir: Path, tmp_path: Path) -> None:
    store = open_store(str(data_dir / "wayfinder.sqlite3"))
    with serve_store(data_dir, tmp_path) as running:
        made = displays.make_code(store, "K-01")
        token = enrol(running, made)
        page = f"/S/{SIGN}"
        headers = {"Sec-Fetch-Mode": "navigate", "Accept": "text/html,application/xhtml+xml"}
        assert running.get(page, headers=headers).status == 200
        report(running, made.display, token)  # written within a second, unless it stops before
        assert running.stop(signal.SIGTERM) == 0
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
        assert running.get(ROUTE).status == 200


def list_children(pid: int) -> set[int]:
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.add(int(entry.parent.name))
    return found


# --- what cannot be served -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_busy_port_is_one_clear_line(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = main([command, "--port", str(port)])
    error = capsys.readouterr().err
    assert code == 2
    assert f"127.0.0.1:{port} is in use" in error
    assert "--port" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "no.such.host.invalid"}, "no address is called no.such.host.invalid"),
        ({"host": "203.0.113.1"}, "203.0.113.1"),
        ({"workers": "many"}, "WAYFINDER_WORKERS"),
        ({"base_url": "way.example.org"}, "WAYFINDER_BASE_URL"),
        ({"database_url": "mysql://x"}, "WAYFINDER_DATABASE_URL"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(
    settings: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    for name, value in settings.items():
        monkeypatch.setenv(f"WAYFINDER_{name.upper()}", value)
    assert main(["serve", "--port", str(find_port())]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
