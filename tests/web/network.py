"""A server in this process, and a network to it that can be cut."""

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from flask import Flask, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

_HOST = "127.0.0.1"
_LONGEST_S = 30.0


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of any request."""


class Network:
    """An application behind a real port; while it is cut nobody answers there.

    A browser told to be offline may still ask from its service worker; this cannot be asked.
    """

    def __init__(self, served: Sequence[Served]) -> None:
        self.venues = Venues(served)
        probe = make_server(_HOST, 0, Flask(__name__), threaded=True)
        self.port = probe.server_port
        probe.server_close()
        self.url = f"http://{_HOST}:{self.port}"
        self.slow: frozenset[str] = frozenset()
        """Paths whose answers are held back until this is emptied."""
        self._app = create_app(self.venues, Settings(base_url=self.url, access_log=False))
        self._app.before_request(lambda: self.wait(request.path))
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.cut()

    def wait(self, path: str) -> None:
        """Hold an answer back while its path is slow."""
        until = time.monotonic() + _LONGEST_S
        while path in self.slow and time.monotonic() < until:
            time.sleep(0.05)

    def mend(self) -> None:
        """Let the application be reached."""
        if self._server is None:
            self._server = make_server(
                _HOST, self.port, self._app, threaded=True, request_handler=_Silent
            )
            self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
            self._thread.start()

    def cut(self) -> None:
        """Let nobody reach it."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def restore(self, *served: Served) -> None:
        """Be as at the start: reached, quick, confirmed, with these venues."""
        for one in served:
            self.venues.put(one)
        self.venues.confirm(datetime.now(UTC))
        self.slow = frozenset()
        self.mend()

    def answers(self, path: str) -> bool:
        """Tell whether the application itself, network or not, has an answer for a path."""
        with self._app.test_client() as client:
            host = {"Host": f"{_HOST}:{self.port}"}
            return client.get(path, headers=host).status_code == HTTPStatus.OK
