"""The pages over a real port, for browsers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app


class Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of any request."""


@pytest.fixture(scope="session")
def site_url(served_clinic: Served) -> Iterator[str]:
    """Return the address of a server of the clinic."""
    with serve_pages(Venues([served_clinic])) as address:
        yield address


@contextmanager
def serve_pages(venues: Venues) -> Iterator[str]:
    """Serve venues over a port, and give the address."""
    app = create_app(venues, Settings(access_log=False))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
