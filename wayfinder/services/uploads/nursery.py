"""Where the processes come from that read what people bring.

One that has everything loaded forks one for each file; it is started when the first file comes,
and let go when none has come for a while. Where the system cannot fork each is started afresh.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Lock, Thread, Timer
from typing import Any

from wayfinder.services.uploads.errors import ReadingError, UploadError
from wayfinder.services.uploads.limits import LIMITS, Kind
from wayfinder.services.uploads.reading import SAID, ran_out_of_memory

_IDLE_S = 600.0
"""How long it is kept for the next file: it is 150 MB (ours)."""
_LOOK_S = 0.1
_LARGEST_SAID = 1_000_000
_MODULE = "wayfinder.services.uploads.nest"
_KEPT_BACK = ("WAYFINDER_", "PROMETHEUS_", "PG")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended.

    Parameters
    ----------
    code
        Its exit code; a signal is a negative one.
    late
        Whether it was ended because time was up.
    cpu_s
        Processor time that it took.
    """

    code: int
    late: bool
    cpu_s: float


class Nursery:
    """Reads files in processes of their own. Safe to share between threads.

    Parameters
    ----------
    idle_s
        Seconds without a file after which what is kept ready is let go.
    """

    def __init__(self, idle_s: float = _IDLE_S) -> None:
        self._idle_s = idle_s
        self._lock = Lock()
        self._nest: _Nest | None = None
        self._users = 0
        self._timer: Timer | None = None

    def read(self, folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> None:
        """Read the file of a folder, and return when what is made of it lies there.

        Parameters
        ----------
        folder
            Of one file, as `wayfinder.services.uploads.reading` wants it.
        kind
            What the file is to be.
        is_cancelled
            Asked ten times a second whether nobody wants it any more.

        Raises
        ------
        UploadError
            It took too much memory or time, crashed, or nobody wanted it any more.
        ReadingError
            It cannot be read.
        """
        if os.name == "posix":
            ended = self._read_forked(folder, kind, is_cancelled)
        else:
            ended = _read_afresh(folder, kind, is_cancelled)
        _judge(folder, kind, ended)

    def close(self) -> None:
        """Let go of what is kept ready; whatever is being read ends."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            nest, self._nest = self._nest, None
        if nest is not None:
            nest.close()

    def _read_forked(self, folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> Ended:
        nest = self._enter()
        try:
            return nest.read(folder, kind, is_cancelled)
        finally:
            self._leave()

    def _enter(self) -> "_Nest":
        with self._lock:
            self._users += 1
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._nest is None or not self._nest.is_alive:
                self._nest = _Nest()
            return self._nest

    def _leave(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._nest is not None:
                self._timer = Timer(self._idle_s, self._let_go)
                self._timer.daemon = True
                self._timer.start()

    def _let_go(self) -> None:
        with self._lock:
            if self._users or self._nest is None:
                return
            nest, self._nest = self._nest, None
        nest.close()


class _Nest:
    """The process that forks the others."""

    def __init__(self) -> None:
        # no password of the database goes where a stranger's file is read
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(_KEPT_BACK)
        }
        # its threads would not survive a fork, and nothing here multiplies matrices
        environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - a program of our own
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environ,
            bufsize=0,
        )
        self._ended: dict[str, Ended] = {}
        self._news = Condition()
        self._count = 0
        self.is_alive = True
        Thread(target=self._listen, name="uploads", daemon=True).start()

    def read(self, folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> Ended:
        """Have a file read."""
        with self._news:
            self._count += 1
            name = str(self._count)
        self._tell(name=name, folder=str(folder), kind=kind.value)
        cancelled = False
        until = time.monotonic() + LIMITS[kind].wall_s + 30.0
        while True:
            with self._news:
                self._news.wait_for(lambda: name in self._ended or not self.is_alive, _LOOK_S)
                if name in self._ended:
                    ended = self._ended.pop(name)
                    break
                if not self.is_alive or time.monotonic() > until:
                    raise UploadError("crashed")
            if not cancelled and is_cancelled():
                cancelled = True
                self._tell(end=name)
        if cancelled:
            raise UploadError("cancelled")
        return ended

    def close(self) -> None:
        """Let it end, and all that it started."""
        self.is_alive = False
        with suppress(OSError):
            assert self._process.stdin is not None  # noqa: S101 - it was asked for
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell(self, **told: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        try:
            with self._news:
                self._process.stdin.write(json.dumps(told).encode("utf-8") + b"\n")
        except (OSError, ValueError):
            self.is_alive = False
            raise UploadError("crashed") from None

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        with self._process.stdout as stream:
            unread = b""
            while data := stream.read(65_536):
                *lines, unread = (unread + data).split(b"\n")
                for line in lines:
                    self._note(json.loads(line))
        with self._news:
            self.is_alive = False
            self._news.notify_all()
        self._process.wait()

    def _note(self, said: dict[str, object]) -> None:
        if "name" not in said:
            return
        ended = Ended(int(str(said["code"])), bool(said["late"]), float(str(said["cpu_s"])))
        with self._news:
            self._ended[str(said["name"])] = ended
            self._news.notify_all()


def _read_afresh(folder: Path, kind: Kind, is_cancelled: Callable[[], bool]) -> Ended:
    """Read a file in a process that is started for it alone."""
    command = [sys.executable, "-m", _MODULE, str(folder), kind.value]
    until = time.monotonic() + LIMITS[kind].wall_s
    late = False
    with subprocess.Popen(  # noqa: S603 - a program of our own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_S)
                if process.poll() is None and is_cancelled():
                    raise UploadError("cancelled")
                if process.poll() is None and time.monotonic() > until:
                    late = True
                    process.kill()
        finally:
            process.kill()
    return Ended(process.wait(), late, 0.0)


def _judge(folder: Path, kind: Kind, ended: Ended) -> None:
    """Raise what became of a process that did not do what it was to do."""
    limits = LIMITS[kind]
    if ended.late or ended.cpu_s >= limits.cpu_s or ended.code == -_find_signal("SIGXCPU"):
        raise UploadError("too-long", seconds=limits.cpu_s)
    if ran_out_of_memory(ended.code):
        raise UploadError("too-much-memory", limit_mb=limits.memory_bytes // 2**20)
    said = _read_said(folder)
    if "error" in said:
        error = said["error"]
        raise ReadingError(error["kind"], error["code"], error["values"], error["place"])
    if ended.code != 0 or said.get("crash"):
        raise UploadError("crashed")


def _find_signal(name: str) -> int:
    return int(getattr(signal, name, 0))


def _read_said(folder: Path) -> dict[str, Any]:
    path = folder / SAID
    try:
        if path.stat().st_size > _LARGEST_SAID:
            raise UploadError("crashed")
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
