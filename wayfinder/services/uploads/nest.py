"""The process that has everything loaded, and forks one for each file that is to be read.

Started as ``python -m wayfinder.services.uploads.nest``. It is told what to do a line each, and
tells what became of it; it ends, and all that it started, when nobody is there to talk to.
"""

import json
import os
import selectors
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from wayfinder.services.uploads.limits import LIMITS, Kind
from wayfinder.services.uploads.reading import Task, load_tasks, read_in_here

_TICK_S = 0.1


@dataclass
class _Child:
    """A process that reads.

    Parameters
    ----------
    pid
        Its number.
    name
        What whoever asked calls it.
    until
        When it has to be done.
    end
        A pipe that closes when it ends.
    late
        Whether it was ended because it took too long.
    """

    pid: int
    name: str
    until: float
    end: int
    late: bool = False


class _Nest:
    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._tasks: dict[Kind, Task] = load_tasks()
        self._children: dict[int, _Child] = {}
        self._selector = selectors.DefaultSelector()
        self._unread = b""
        os.set_blocking(source.fileno(), False)
        self._selector.register(source, selectors.EVENT_READ)

    def run(self) -> None:
        """Do what one is told until nobody is there."""
        self._say(ready=True)
        goes_on = True
        while goes_on:
            for key, _ in self._selector.select(_TICK_S if self._children else None):
                if key.fileobj is self._source:
                    goes_on = self._listen()
                else:
                    self._reap(self._children[key.fd])
            for child in self._children.values():
                if time.monotonic() > child.until and not child.late:
                    child.late = True
                    self._end(child)
        for child in list(self._children.values()):
            self._end(child)
            os.waitpid(child.pid, 0)

    def _listen(self) -> bool:
        data = self._source.read(65_536)
        if data is None:
            return True
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))
        return bool(data)

    def _obey(self, told: dict[str, Any]) -> None:
        if "end" in told:
            for child in self._children.values():
                if child.name == told["end"]:
                    self._end(child)
            return
        self._start(str(told["name"]), Path(told["folder"]), Kind(told["kind"]))

    def _start(self, name: str, folder: Path, kind: Kind) -> None:
        end, own = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._become_child(end)
                code = read_in_here(folder, kind, self._tasks[kind])
            finally:
                os._exit(code)
        os.close(own)
        self._children[end] = _Child(pid, name, time.monotonic() + LIMITS[kind].wall_s, end)
        self._selector.register(end, selectors.EVENT_READ)

    def _become_child(self, end: int) -> None:
        """Let go of what is the nest's: whoever reads a file must not speak for it."""
        self._selector.close()
        for descriptor in (end, *self._children):
            os.close(descriptor)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        for stream in (self._source, self._target):
            os.dup2(nothing, stream.fileno())
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def _end(self, child: _Child) -> None:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)

    def _reap(self, child: _Child) -> None:
        _, status, used = os.wait4(child.pid, 0)
        self._selector.unregister(child.end)
        os.close(child.end)
        del self._children[child.end]
        self._say(
            name=child.name,
            code=os.waitstatus_to_exitcode(status),
            late=child.late,
            cpu_s=used.ru_utime + used.ru_stime,
        )

    def _say(self, **said: object) -> None:
        with suppress(OSError):
            self._target.write(json.dumps(said).encode("utf-8") + b"\n")
            self._target.flush()


def main() -> None:
    """Have everything loaded, and read what one is told."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    target = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):  # what libraries print is nothing that was said
        os.dup2(nothing, descriptor)
    _Nest(source, target).run()


def read_one(folder: Path, kind: Kind) -> int:
    """Read one file in this process: where the system cannot fork."""
    return read_in_here(folder, kind, load_tasks()[kind])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.exit(read_one(Path(sys.argv[1]), Kind(sys.argv[2])))
    main()
