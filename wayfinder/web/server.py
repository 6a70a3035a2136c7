"""The server: Granian with its workers, until a signal stops it."""

import contextlib
import errno
import os
import socket
import tempfile
from collections.abc import Callable

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from wayfinder.settings import Settings, SettingsError, to_environ
from wayfinder.web.memory import share_imports
from wayfinder.web.ops.logs import make_log_config
from wayfinder.web.workers import METRICS_FOLDER

TARGET = "wayfinder.web.wsgi:make"
_FILES = 65_536
"""Open files that are asked of the system: a connection is one (ours)."""


def run_server(settings: Settings, *, on_start: Callable[[], object] | None = None) -> None:
    """Serve until SIGINT or SIGTERM; requests that are running then are answered first.

    Parameters
    ----------
    settings
        The settings; workers get them through the environment.
    on_start
        Called once the workers are on their way.

    Raises
    ------
    SettingsError
        The address cannot be listened on.
    """
    address = find_address(settings)
    _raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="wayfinder-metrics-") as folder:
        os.environ.update({**to_environ(settings), METRICS_FOLDER: folder})
        _share_imports(folder)
        server = Granian(
            TARGET,
            factory=True,
            address=address,
            port=settings.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=settings.workers,
            blocking_threads=settings.threads,
            backlog=settings.backlog,
            # of connections, slow ones too: computing is bounded by the threads
            backpressure=settings.backlog,
            http1_settings=HTTP1Settings(
                header_read_timeout=round(settings.header_timeout_s * 1000),
                max_buffer_size=settings.max_header_bytes,
            ),
            log_level=LogLevels(settings.log_level),
            log_dictconfig=dict(make_log_config(settings)),
            respawn_failed_workers=True,
            workers_kill_timeout=settings.stop_timeout_s,
        )
        if on_start is not None:
            server.on_startup(on_start)
        server.serve()


def _share_imports(metrics: str) -> None:
    if share_imports(TARGET.partition(":")[0]):
        from prometheus_client.multiprocess import mark_process_dead  # reads METRICS_FOLDER

        # its figures are now here as well, where nothing is served: the oldest for ever
        mark_process_dead(os.getpid(), metrics)  # type: ignore[no-untyped-call]


def find_address(settings: Settings) -> str:
    """Return the numeric address to listen on.

    Raises
    ------
    SettingsError
        It does not exist, is not this machine's, or its port is taken.
    """
    named = f"{settings.host}:{settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SettingsError(
            f"WAYFINDER_HOST: no address is called {settings.host}; 127.0.0.1 is this machine "
            "alone, 0.0.0.0 all its addresses"
        ) from None
    family, _, _, _, address = found[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise SettingsError(_explain(error, named)) from None
    return str(address[0])


def _explain(error: OSError, named: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{named} is in use: stop what listens there, or choose another port with --port"
    if error.errno == errno.EACCES:
        return f"{named}: this user may not listen there; take a port above 1023 with --port"
    return f"{named} cannot be listened on: {error.strerror or error}"


def _raise_file_limit() -> None:
    """Let as many connections in as the system allows: some start with 1,024 files or fewer."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
