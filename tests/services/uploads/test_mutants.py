"""Files of every format, broken in every way: read or refused, in bounded memory."""

import json
import os
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from tests.services.uploads.files import make_samples
from wayfinder.errors import CodedError
from wayfinder.services.uploads import LIMITS, Kind, State, Uploads
from wayfinder.services.uploads.confine import confine
from wayfinder.services.uploads.reading import Task, load_tasks

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork"),
    pytest.mark.unmeasured,
]

_FORMATS = ("imdf", "osm", "pbf", "geojson", "png", "jpeg", "tiff", "webp", "pdf", "csv", "xlsx")
_IN_ONE = 500
"""Mutants that one process reads: memory that one of them kept would be missed by the last."""
_IN_ONE_OF = {"pbf": 20}
"""libosmium keeps files open that it could not read: a process reads one, and ends."""
_TOKENS = (
    *(b"1e309", b"-1", b"99999999999999999999", b"NaN", b"null", b"\xff\xfe", b"\x00", b'"', b"'"),
    *(b"[" * 200, b'{"a":' * 50, b"&x;", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"<", b">"),
    *(b"\xed\xa0\x80", b"=1+1", b"\r\n", b"PK\x01\x02", b"endobj", b"stream", b"../../x"),
)


def mutate(random: Random, data: bytes) -> bytes:
    """Break some bytes somewhere."""
    broken = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(broken) + 1)
        length = random.choice((1, 1, 4, 16, 200))
        way = random.randrange(6)
        if way == 0 and at < len(broken):
            broken[at] ^= 1 << random.randrange(8)
        elif way == 1:
            del broken[at : at + length]
        elif way == 2:
            broken[at:at] = broken[at : at + length]
        elif way == 3:
            broken[at : at + random.choice((0, length))] = random.choice(_TOKENS)
        elif way == 4:
            broken[at : at + length] = random.randbytes(length)
        elif random.random() < 0.3:
            del broken[at:]
    return bytes(broken)


def mutate_within(random: Random, data: bytes) -> bytes:
    """Break one file of an archive, and pack it again: what reads it is reached then."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        chosen = random.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, mutate(random, content) if name == chosen else content)
    return made.getvalue()


def list_mutants(name: str, data: bytes, count: int) -> Iterator[bytes]:
    """Yield mutants, always the same ones."""
    for number in range(count):
        random = Random(f"{name} {number}")
        packed = data.startswith(b"PK") and random.random() < 0.7
        yield (mutate_within if packed else mutate)(random, data)


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


@pytest.mark.parametrize("name", _FORMATS)
def test_a_broken_file_is_read_or_refused(
    name: str, tasks: Mapping[Kind, Task], tmp_path: Path, *, run_all: bool
) -> None:
    kind, file, data = make_samples()[name]
    mutants = list(list_mutants(name, data, 10_000 if run_all else 20))
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
    assert found["refused"]
    assert found["read"]


def test_a_broken_file_leaves_nothing_behind(uploads: Uploads, *, run_all: bool) -> None:
    for name in _FORMATS:
        kind, file, data = make_samples()[name]
        for mutant in list_mutants(f"{name} again", data, 60 if run_all else 1):
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
