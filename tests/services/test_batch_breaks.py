"""Batches are hard to break: killed, short of space, short of rights, they go on or say why not."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.signed import make_plan
from wayfinder.model import Release
from wayfinder.model.sign_codes import make_code
from wayfinder.services import sign_batches
from wayfinder.services.batch_folder import RECORD, BatchError, Parts
from wayfinder.services.batch_orders import Wish
from wayfinder.services.batch_workers import Workers
from wayfinder.services.served import Served, make_served
from wayfinder.services.sign_batches import make_batch

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits are those of POSIX")

RUN = """
import sys
from pathlib import Path
from tests.services.test_batch_breaks import make_wish, serve
from wayfinder.services import sign_batches

if __name__ == "__main__":
    sign_batches._MOST_IN_A_FILE = 2
    sign_batches.make_batch(serve(), make_wish(Path(sys.argv[1])))
"""
SIGNS, PARTS = 14, 7


def serve() -> Served:
    """Serve a house with more signs than one process draws alone."""
    signs = {
        f"s{number}": {
            "sign_code": make_code(9_000 + number),
            "ref": f"A-{number}",
            "sign": {"bearing_deg": 25 * number, "mounting": "wall"},
        }
        for number in range(SIGNS)
    }
    return make_served("house", Release(make_plan(signs), 1))


def make_wish(output: Path) -> Wish:
    base = "https://way.example.org"
    return Wish(output=output, base=base, languages=("en",), size="A5", processes=2)


def begin(output: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(output)], stderr=subprocess.PIPE, cwd=Path.cwd()
    )


def find_parts(output: Path) -> dict[str, int]:
    """Return the finished parts beside a folder, each with the number of its file on the disk."""
    beside = output.parent / f".{output.name}.parts"
    return {
        file.name: file.stat().st_ino
        for note in beside.glob("*.json")
        for file in (beside / note.stem).iterdir()
    }


def wait_for(what: object, *, seconds: float = 60) -> None:
    """Wait until something that is asked for again and again holds."""
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.002)


def list_children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(word) for word in told.split()]


def is_alive(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
def test_a_run_killed_at_any_time_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_batches, "_MOST_IN_A_FILE", 2)
    served, output = serve(), tmp_path / "signs"
    wish = replace(make_wish(output), processes=1)
    kept: dict[str, int] = {}
    for finished in (1, 3, 6):
        with warnings.catch_warnings():
            # what other threads there are belong to pytest, and have no part in this
            warnings.simplefilter("ignore", DeprecationWarning)
            run = os.fork()
        if not run:
            with suppress(BaseException):
                make_batch(served, wish)
            os._exit(0)
        wait_for(lambda least=finished: len(find_parts(output)) >= least)
        os.kill(run, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]) == -signal.SIGKILL
        assert not output.exists()
        assert kept.items() <= find_parts(output).items()
        kept = find_parts(output)
    make_batch(served, wish)
    placed = {path.name: path.stat().st_ino for path in output.glob("signs-*.pdf")}
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]
    assert len(placed) == PARTS
    assert kept.items() <= placed.items()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for processes")
def test_a_run_of_several_processes_goes_on_whichever_of_them_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "signs"
    kept: dict[str, int] = {}
    for finished in (1, 4):
        with begin(output) as run:
            wait_for(lambda least=finished: len(find_parts(output)) >= least)
            helpers = list_children(run.pid)
            # first who asks, then who draws
            victim = run.pid if finished == 1 else helpers[-1]
            os.kill(victim, signal.SIGKILL)
            assert run.wait(60) != 0
            told = run.stderr.read().decode() if run.stderr else ""
        assert ("printing.stopped" in told) == (victim != run.pid)
        wait_for(lambda ended=helpers: not any(map(is_alive, ended)))
        assert not output.exists()
        assert kept.items() <= find_parts(output).items()
        kept = find_parts(output)
    with begin(output) as run:
        assert run.wait(60) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]
    placed = {path.name: path.stat().st_ino for path in output.glob("signs-*.pdf")}
    assert len(placed) == PARTS
    assert kept.items() <= placed.items()
    monkeypatch.setattr(sign_batches, "_MOST_IN_A_FILE", 2)
    make_batch(serve(), replace(make_wish(tmp_path / "whole"), processes=1))
    for path in (tmp_path / "whole").glob("signs-*.pdf"):
        assert (output / path.name).read_bytes() == path.read_bytes()


def end_oneself(_: list[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.long
@posix
def test_a_process_that_dies_ends_the_run_and_says_so(tmp_path: Path) -> None:
    with Workers(2, tmp_path) as workers, pytest.raises(BatchError, match="stopped"):
        list(workers.run(end_oneself, [[1], [2], [3]]))


@contextmanager
def short_of_space(limit: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that is full."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@posix
@pytest.mark.parametrize("limit", [100, 20_000, 45_000])
def test_a_full_disk_leaves_the_earlier_batch(tmp_path: Path, limit: int) -> None:
    served, output = serve(), tmp_path / "signs"
    wish = Wish(output=output, languages=("en",), size="A5", processes=1)
    make_batch(served, wish)
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    again = Wish(output=output, languages=("en",), size="A4", processes=1)
    with short_of_space(limit), pytest.raises(OSError, match="File too large") as caught:
        make_batch(served, again)
    assert caught.value.errno == errno.EFBIG
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before
    make_batch(served, again)
    assert [path.name for path in tmp_path.iterdir()] == ["signs"]
    assert (output / RECORD).read_bytes() != before[RECORD]


@contextmanager
def as_anybody() -> Iterator[None]:
    """Have no more rights than anybody: to the superuser all folders are open."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
def test_a_folder_where_one_may_not_write_is_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        closed = Path(folder) / "closed"
        closed.mkdir()
        Path(folder).chmod(0o755)
        closed.chmod(0o555)
        with as_anybody(), pytest.raises(PermissionError) as caught:
            make_batch(serve(), make_wish(closed / "signs"))
        assert str(closed) in str(caught.value.filename)
        assert not list(closed.iterdir())


def test_a_second_run_waits_for_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    with Parts(output).hold(), pytest.raises(BatchError, match="busy"):
        make_batch(serve(), make_wish(output))
    assert not list(tmp_path.iterdir())


def test_a_part_whose_files_are_gone_is_drawn_again(tmp_path: Path) -> None:
    output = tmp_path / "signs"
    wish = Wish(output=output, languages=("en",), size="A5", processes=1)
    said: list[str] = []

    def stop(stage: str, *_: int) -> None:
        said.append(stage)
        if stage == "checking":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_batch(serve(), wish, say=stop)
    (left,) = (tmp_path / ".signs.parts").glob("*/*.pdf")
    left.unlink()
    assert len(make_batch(serve(), wish).made) == SIGNS
    assert said.count("facing") == SIGNS
