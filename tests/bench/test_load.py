"""What a load counts as an answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from wayfinder.bench.load import make_load


class _Answers(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(int(urlsplit(self.path).path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("status", "fails"), [(200, False), (404, False), (503, True)])
def test_a_refusal_is_no_answer_of_a_rate(status: int, *, fails: bool) -> None:
    with serve() as port:
        load = make_load(port, [f"/{status}"], seconds=30, connections=2, most=6)
    assert load.failed == (len(load.latency_s) if fails else 0)
    assert (load.rate > 0) != fails
