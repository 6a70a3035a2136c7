"""Load on an HTTP server: many connections kept alive, each with one request in flight.

It runs in a process of its own, so that neither side waits for the other's interpreter, and does as
little as a client can: it writes bytes that were made before and reads up to the end of the answer.
"""

import multiprocessing
import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_UNCHANGED = b" 304 "


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it.

    Parameters
    ----------
    started_s
        When each request was due or sent, in seconds of the machine's clock; in order of answers.
    latency_s
        Seconds from then to the end of its answer.
    failed
        Requests that were not answered with 200, 304 or 404.
    bytes
        Size of all bodies.
    took_s
        Seconds from the first request to the last answer.
    """

    started_s: tuple[float, ...]
    latency_s: tuple[float, ...]
    failed: int
    bytes: int
    took_s: float

    @property
    def rate(self) -> float:
        """Answers a second; a quick refusal is none."""
        return (len(self.latency_s) - self.failed) / self.took_s if self.took_s else 0.0

    def percentile_ms(self, percent: float) -> float:
        """Return a percentile of the latencies in milliseconds; NaN where there are none."""
        return float(np.percentile(self.latency_s, percent)) * 1e3 if self.latency_s else np.nan


def make_load(
    port: int,
    paths: Sequence[str],
    *,
    seconds: float,
    connections: int = 16,
    rate: float | None = None,
    most: int | None = None,
    headers: Sequence[str] = (),
) -> Load:
    """Send requests to a server on this machine for some seconds.

    Parameters
    ----------
    port
        Where it listens.
    paths
        Addresses with their queries, taken in turn.
    seconds
        For how long requests are begun.
    connections
        How many are open at once.
    rate
        Requests a second, begun on time whether or not earlier ones are answered (they wait where
        all connections are taken, and their waiting counts); None: as many as can be.
    most
        Requests after which it ends before; None: no matter how many.
    headers
        A line of each address's own, such as the validator of what it has; none.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        requests = _write_requests(port, paths, headers)
        return pool.apply(_run, (port, requests, connections, rate, seconds, most))


def _write_requests(port: int, paths: Sequence[str], headers: Sequence[str]) -> tuple[bytes, ...]:
    lines = [f"{line}\r\n" for line in headers] or [""] * len(paths)
    return tuple(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{line}\r\n".encode()
        for path, line in zip(paths, lines, strict=True)
    )


def _run(
    port: int,
    requests: tuple[bytes, ...],
    connections: int,
    rate: float | None,
    seconds: float,
    most: int | None,
) -> Load:
    return _Generator(port, requests, connections, rate).run(seconds, most)


@dataclass(slots=True)
class _Connection:
    """One connection and the answer that it waits for."""

    socket: socket.socket
    started_s: float = 0.0
    buffer: bytearray = field(default_factory=bytearray)
    wanted: int = -1


class _Generator:
    """Keeps connections busy."""

    def __init__(
        self, port: int, requests: tuple[bytes, ...], connections: int, rate: float | None
    ) -> None:
        self._requests = requests
        self._selector = selectors.DefaultSelector()
        self._idle: deque[_Connection] = deque()
        for _ in range(connections):
            opened = socket.create_connection(("127.0.0.1", port), timeout=30)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = _Connection(opened)
            self._selector.register(opened, selectors.EVENT_READ, connection)
            self._idle.append(connection)
        self._rate = rate
        self._next = 0
        self._starts: list[float] = []
        self._latencies: list[float] = []
        self._failed = self._bytes = 0

    def run(self, seconds: float, most: int | None = None) -> Load:
        """Send for some seconds, or some requests, then wait for what is under way."""
        count = len(self._idle)
        start = time.monotonic()
        end, due = start + seconds, start
        while True:
            now = time.monotonic()
            if most is not None and self._next >= most:
                end = min(end, now)
            while self._idle and due <= now and due < end:
                self._send(self._idle.popleft(), due if self._rate else now)
                due = due + 1 / self._rate if self._rate else now
            if now >= end and len(self._idle) == count:
                break
            wait_s = 0.05 if not self._rate or not self._idle else max(0.0, min(due - now, 0.05))
            for key, _ in self._selector.select(wait_s):
                self._receive(key.data)
            if not self._rate:
                due = time.monotonic()
        took_s = time.monotonic() - start
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        return Load(tuple(self._starts), tuple(self._latencies), self._failed, self._bytes, took_s)

    def _send(self, connection: _Connection, started_s: float) -> None:
        connection.started_s = started_s
        connection.socket.sendall(self._requests[self._next % len(self._requests)])
        self._next += 1

    def _receive(self, connection: _Connection) -> None:
        chunk = connection.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed a connection in the middle of an answer")
        connection.buffer += chunk
        if connection.wanted < 0:
            head = connection.buffer.find(_HEAD_END)
            if head < 0:
                return
            lines = bytes(connection.buffer[:head]).lower().split(b"\r\n")
            told = (int(line[len(_LENGTH) :]) for line in lines if line.startswith(_LENGTH))
            length = 0 if _UNCHANGED in lines[0] else next(told)
            connection.wanted = head + len(_HEAD_END) + length
            self._bytes += length
        if len(connection.buffer) >= connection.wanted:
            self._finish(connection)

    def _finish(self, connection: _Connection) -> None:
        status = bytes(connection.buffer[9:12])
        self._failed += status not in {b"200", b"304", b"404"}
        self._starts.append(connection.started_s)
        self._latencies.append(time.monotonic() - connection.started_s)
        connection.buffer.clear()
        connection.wanted = -1
        self._idle.append(connection)
