"""Broken files are read in processes as small as those of the service, whatever the tests hold."""

import multiprocessing
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from wayfinder.errors import CodedError
from wayfinder.services.uploads import LIMITS, Kind
from wayfinder.services.uploads.confine import confine
from wayfinder.services.uploads.reading import Task, load_tasks

TASKS: Mapping[Kind, Task] = {} if sys.platform == "win32" else load_tasks()
"""Loaded once, by what forks the processes."""
_ENDS_WITHOUT_MEMORY = ".xls"
"""Rust ends a process to which memory is refused; whoever waits for it says that the file may be
damaged."""


def read_apart(folder: Path, kind: Kind, name: str, mutants: list[bytes]) -> Counter[str]:
    """Read files one after the other in a process of their own, and count how that went.

    A process that runs tests holds gigabytes: one that it forked itself would begin beyond the
    memory that it may have.
    """
    folder.mkdir()
    answer = folder / "answer.txt"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    found: Counter[str] = Counter()
    while mutants:
        answer.write_text("")
        process = context.Process(target=_read_all, args=(answer, kind, name, mutants))
        process.start()
        process.join()
        lines = answer.read_text().splitlines()
        found.update(lines)
        mutants = mutants[len(lines) + 1 :]
        if name.endswith(_ENDS_WITHOUT_MEMORY) and process.exitcode == -signal.SIGABRT:
            found["refused"] += 1
        elif process.exitcode:
            found[f"ended with {process.exitcode}"] += 1
    return found


def _read_all(answer: Path, kind: Kind, name: str, mutants: list[bytes]) -> None:
    """Read them, confined."""
    folder, made = answer.parent, answer.parent / "made"
    confine(LIMITS[kind], folder)
    for data in mutants:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        (folder / name).write_bytes(data)
        try:
            TASKS[kind](folder / name, made, {"pages": [1]})
        except (CodedError, MemoryError):  # the limit of memory is one that is said, too
            said = "refused"
        except BaseException as error:  # noqa: BLE001 - whatever a file brings about
            said = ascii(f"{type(error).__name__}: {error}"[:200])
        else:
            said = "read"
        with answer.open("a") as file:
            file.write(f"{said}\n")
