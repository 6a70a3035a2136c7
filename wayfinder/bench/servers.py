"""The servers that are measured: ours as anybody starts it, and peers on the same server.

The peers are Flask views: one that calls NetworkX for the path alone, as a first version of such a
service would, and one that returns the same JSON document again and again, which is as fast as a
view can be.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
from flask import Flask, Response, jsonify, request

from wayfinder.formats import read_plan
from wayfinder.graph import build_network

WORKERS = 2
_THREADS = 4
_PATIENCE_S = 90.0

_PLAN, _BYTES = "WAYFINDER_BENCH_PLAN", "WAYFINDER_BENCH_BYTES"


class ServerError(RuntimeError):
    """A server did not come up, with what it said."""


def make_networkx() -> Flask:
    """Make a service that finds the nodes of a shortest way with NetworkX, and nothing else."""
    app = Flask(__name__)
    network = build_network(read_plan(Path(os.environ[_PLAN])).plan)
    graph, places = network.graph, network.places

    @app.get("/route")
    def find_path() -> Response:
        start, end = places[request.args["from"]][0], places[request.args["to"]][0]
        return jsonify(nx.shortest_path(graph, start, end, weight="length_m"))

    return app


def make_constant() -> Flask:
    """Make a service that always gives one JSON document of a size."""
    app = Flask(__name__)
    size = int(os.environ[_BYTES])
    document = json.dumps({"filler": "x" * max(size - len('{"filler": ""}'), 0)})

    @app.get("/route")
    def give() -> Response:
        return Response(document, mimetype="application/json")

    return app


@contextmanager
def serve_peer(factory: str, *, plan: Path, size: int) -> Iterator[int]:
    """Serve a peer with Granian, as many workers and threads as ours has; yield its port."""
    port = find_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"),
        *("--workers", str(WORKERS), "--blocking-threads", str(_THREADS)),
        f"wayfinder.bench.servers:{factory}",
    ]
    with run_until_ready(command, {_PLAN: str(plan), _BYTES: str(size)}, port, "/"):
        yield port


@contextmanager
def serve_ours(
    database: Path, *, workers: int = WORKERS, ready: str = "/readyz"
) -> Iterator[tuple[int, int]]:
    """Serve what is published in a store with ``wayfinder serve``; yield port and process id."""
    port = find_port()
    settings = {
        "WAYFINDER_DATA_DIR": str(database.parent),
        "WAYFINDER_PORT": str(port),
        "WAYFINDER_WORKERS": str(workers),
        "WAYFINDER_THREADS": str(_THREADS),
        "WAYFINDER_LOG_LEVEL": "error",
        "WAYFINDER_ACCESS_LOG": "false",
    }
    command = [sys.executable, "-m", "wayfinder", "serve"]
    with run_until_ready(command, settings, port, ready) as process:
        yield port, process.pid


def find_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_until_ready(
    command: list[str], settings: Mapping[str, str], port: int, ready: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server while it is needed; yield its process once it answers.

    Parameters
    ----------
    command
        Program and arguments.
    settings
        Variables beside those of this process; ours are not handed on.
    port
        Where it will listen.
    ready
        Address that answers when it is ready.

    Raises
    ------
    ServerError
        It ended or did not answer.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("WAYFINDER_")}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env={**ours, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            _wait(process, port, ready)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: "subprocess.Popen[bytes]", port: int, ready: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
            raise ServerError(f"{' '.join(process.args)}: {said[-2000:]}")  # type: ignore[arg-type]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5):
                return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise ServerError(f"nothing answers on port {port} after {_PATIENCE_S:.0f} s")
