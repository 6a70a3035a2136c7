"""A real server in a process of its own, for tests that need one."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE_S = 120.0
_HOST = "127.0.0.1"


@dataclass
class Answer:
    """An answer, its names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server:
    """A server that runs."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
        self.process = process
        self.port = port
        self.url = f"http://{_HOST}:{port}"
        self.code: int | None = None
        self._folder = folder

    def read(self) -> str:
        """Return what it has printed on the standard output so far."""
        return (self._folder / "server.out").read_text("utf-8")

    def read_log(self) -> str:
        """Return what it has logged so far."""
        return (self._folder / "server.err").read_text("utf-8")

    def get(
        self,
        address: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout_s: float = 20.0,
    ) -> Answer:
        """Ask for an address of it, with a connection of its own."""
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=timeout_s)
        try:
            connection.request(method, target, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop, wait until it has, and return its exit code."""
        if self.code is None:
            self.process.send_signal(number)
            self.code = self.process.wait(PATIENCE_S)
        return self.code


def find_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def list_children(pid: int) -> set[int]:
    """Return the processes that a process has started and that have not ended."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.add(int(entry.parent.name))
    return found


@contextlib.contextmanager
def serve(
    program: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    *,
    wait_for: str | None = None,
) -> Iterator[Server]:
    """Run a command that serves, from when it is ready until the block ends.

    Parameters
    ----------
    program
        The command; the port is added.
    environ
        Its environment.
    folder
        Where it runs, and where its output goes.
    wait_for
        What it prints when it is ready; without it ``/readyz`` says so.
    """
    port = find_port()
    with (folder / "server.out").open("wb") as out, (folder / "server.err").open("wb") as err:
        process = subprocess.Popen(
            [*program, "--port", str(port)], cwd=folder, env=dict(environ), stdout=out, stderr=err
        )
    server = Server(process, port, folder)
    try:
        _wait(server, wait_for)
        yield server
        server.stop()
    finally:
        if process.poll() is None:
            process.terminate()  # its workers end with it, which a kill would leave behind
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def serve_store(
    data_dir: Path, folder: Path, *, workers: int = 1, **settings: str
) -> contextlib.AbstractContextManager[Server]:
    """Run ``wayfinder serve`` on the SQLite store of a folder."""
    own = {f"WAYFINDER_{name.upper()}": value for name, value in settings.items()}
    environ = {**os.environ, **own, "WAYFINDER_DATA_DIR": str(data_dir)}
    program = [sys.executable, "-m", "wayfinder", "serve", "--workers", str(workers)]
    return serve(program, environ, folder)


def _wait(server: Server, wait_for: str | None) -> None:
    until = time.monotonic() + PATIENCE_S
    while not _is_ready(server, wait_for):
        assert server.process.poll() is None, f"it ended: {server.read_log()}"
        assert time.monotonic() < until, f"it is not ready: {server.read_log()}"
        time.sleep(0.05)


def _is_ready(server: Server, wait_for: str | None) -> bool:
    if wait_for is not None:
        return wait_for in server.read()
    with contextlib.suppress(OSError, http.client.HTTPException):
        return server.get("/readyz").status == 200
    return False
