"""Broken files are read in processes as small as those of the service, whatever the tests hold."""

import json
import multiprocessing
import shutil
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


def read_apart(folder: Path, kind: Kind, name: str, mutants: list[bytes]) -> Counter[str]:
    """Read files one after the other in a process of their own, and count how that went.

    A process that runs tests holds gigabytes: one that it forked itself would begin beyond the
    memory that it may have.
    """
    folder.mkdir()
    answer = folder / "answer.json"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_read_all, args=(answer, kind, name, mutants))
    process.start()
    process.join()
    if process.exitcode:
        return Counter([f"ended with {process.exitcode}"])
    return Counter(json.loads(answer.read_text()))


def _read_all(answer: Path, kind: Kind, name: str, mutants: list[bytes]) -> None:
    """Read them, confined."""
    folder, made = answer.parent, answer.parent / "made"
    confine(LIMITS[kind], folder)
    found: Counter[str] = Counter()
    for data in mutants:
        made.mkdir()
        (folder / name).write_bytes(data)
        try:
            TASKS[kind](folder / name, made, {"pages": [1]})
        except (CodedError, MemoryError):  # the limit of memory is one that is said, too
            found["refused"] += 1
        except BaseException as error:  # noqa: BLE001 - whatever a file brings about
            found[f"{type(error).__name__}: {error}"[:200]] += 1
        else:
            found["read"] += 1
        shutil.rmtree(made)
    answer.write_text(json.dumps(found))
