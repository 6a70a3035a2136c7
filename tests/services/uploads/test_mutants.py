"""Files of every format, broken in every way: read or refused, in bounded memory."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from tests.services.uploads.files import SAMPLES
from tests.services.uploads.mutants import list_mutants
from wayfinder.errors import CodedError
from wayfinder.services.uploads import LIMITS, Kind, State, Uploads
from wayfinder.services.uploads.confine import confine
from wayfinder.services.uploads.reading import Task, load_tasks

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork"),
    pytest.mark.unmeasured,
]

_IN_ONE = 500
"""Mutants that one process reads: memory that one of them kept would be missed by the last."""
_IN_ONE_OF = {"pbf": 20}
"""libosmium keeps files open that it could not read: a process reads one, and ends."""


def run_apart(folder: Path, act: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
    """Do something in a process of its own, and return what it found."""
    answer = folder / "answer.json"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            answer.write_text(json.dumps(act()))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        return {f"ended with {code}": 1}
    return dict(json.loads(answer.read_text()))


@pytest.fixture(scope="module")
def tasks() -> Mapping[Kind, Task]:
    return load_tasks()


def read_all(folder: Path, kind: Kind, task: Task, name: str, mutants: list[bytes]) -> Counter[str]:
    """Read files one after the other, confined, and count how that went."""
    confine(LIMITS[kind], folder)
    found: Counter[str] = Counter()
    for data in mutants:
        made = folder / "made"
        made.mkdir()
        (folder / name).write_bytes(data)
        try:
            task(folder / name, made, {"pages": [1]})
        except (CodedError, MemoryError):  # the limit of memory is one that is said, too
            found["refused"] += 1
        except BaseException as error:  # noqa: BLE001 - whatever a file brings about
            found[f"{type(error).__name__}: {error}"[:200]] += 1
        else:
            found["read"] += 1
        shutil.rmtree(made)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_file_is_read_or_refused(
    name: str, tasks: Mapping[Kind, Task], tmp_path: Path, *, run_all: bool
) -> None:
    kind, file, make = SAMPLES[name]
    mutants = list(list_mutants(name, make(), 10_000 if run_all else 20))
    found: Counter[str] = Counter()
    step = _IN_ONE_OF.get(name, _IN_ONE)
    for start in range(0, len(mutants), step):
        batch = mutants[start : start + step]
        folder = tmp_path / f"{start}"
        folder.mkdir()
        found.update(run_apart(folder, partial(read_all, folder, kind, tasks[kind], file, batch)))
    assert found.keys() <= {"read", "refused"}, found
    assert found["read"] + found["refused"] == len(mutants)
    # else nothing was broken, or nothing reached what reads it
    assert found["refused"] or file.endswith(".csv"), "any text is a table"
    assert found["read"]


def test_a_broken_file_leaves_nothing_behind(uploads: Uploads, *, run_all: bool) -> None:
    for name, (kind, file, make) in SAMPLES.items():
        for mutant in list_mutants(f"{name} again", make(), 60 if run_all else 1):
            if not mutant:
                continue
            job = uploads.run(uploads.take(kind, file, BytesIO(mutant), {}, {"pages": [1]}))
            kept = {path.name for path in job.folder.iterdir()}
            assert job.is_over
            if job.state is State.FAILED:
                assert job.error is not None
                assert kept == {"about.json", "state.json"}
            else:
                assert kept == {"about.json", "state.json", "made"}
            uploads.drop(job)
            assert not job.folder.exists()
