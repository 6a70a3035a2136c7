"""Whoever reads a stranger's file has no network, no programs, bounded memory and time."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from wayfinder.services.uploads import LIMITS, Kind, Limits, UploadError
from wayfinder.services.uploads import nursery as nursery_module
from wayfinder.services.uploads import reading as reading_module
from wayfinder.services.uploads.nursery import Ended

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a system that can fork")

MIB = 2**20
Act = Callable[[Path, Path, Mapping[str, Any]], None]


def run(act: Act, folder: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> Ended:
    """Do something as a task does it: in a process that was forked and is confined."""
    import os
    import time

    for name in ("source", "made"):
        (folder / name).mkdir()
    (folder / "source" / "file").write_bytes(b"x")
    (folder / "options.json").write_text("{}")
    monkeypatch.setattr(reading_module, "LIMITS", {Kind.PLAN: limits})
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = reading_module.read_in_here(folder, Kind.PLAN, act)
        finally:
            os._exit(code)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found, status, used = os.wait4(pid, os.WNOHANG)
        if found:
            code = os.waitstatus_to_exitcode(status)
            return Ended(code, late=False, cpu_s=used.ru_utime + used.ru_stime)
        time.sleep(0.01)
    raise AssertionError("it has not ended")


def judge(folder: Path, ended: Ended, monkeypatch: pytest.MonkeyPatch, limits: Limits) -> str:
    monkeypatch.setattr(nursery_module, "LIMITS", {Kind.PLAN: limits})
    with pytest.raises(UploadError) as caught:
        nursery_module._judge(folder, Kind.PLAN, ended)
    return caught.value.code


USUAL = Limits(1_000, 256 * MIB, 5, 60.0, 10 * MIB)


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hoard(_source: Path, _target: Path, _options: Mapping[str, Any]) -> None:
        kept = []
        while True:
            kept.append(bytearray(16 * MIB))

    ended = run(hoard, tmp_path, USUAL, monkeypatch)
    assert judge(tmp_path, ended, monkeypatch, USUAL) == "too-much-memory"


def test_processor_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(_source: Path, _target: Path, _options: Mapping[str, Any]) -> None:
        while True:
            pass

    quick = Limits(1_000, 256 * MIB, 1, 60.0, 10 * MIB)
    ended = run(spin, tmp_path, quick, monkeypatch)
    assert ended.cpu_s < 3
    assert judge(tmp_path, ended, monkeypatch, quick) == "too-long"


def test_what_it_writes_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_source: Path, target: Path, _options: Mapping[str, Any]) -> None:
        with (target / "large").open("wb") as file:
            for _ in range(30):
                file.write(bytes(MIB))

    ended = run(fill, tmp_path, USUAL, monkeypatch)
    assert judge(tmp_path, ended, monkeypatch, USUAL) == "crashed"
    assert (tmp_path / "made" / "large").stat().st_size <= 10 * MIB


def _connect() -> None:
    import socket

    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _run_program() -> None:
    import subprocess

    subprocess.run(["true"], check=True)


def _fork() -> None:
    import os

    os.fork()


def _resolve() -> None:
    import socket

    socket.getaddrinfo("example.org", 80)


def _write_elsewhere() -> None:
    Path("/tmp/wayfinder-was-here").write_text("x")  # noqa: S108 - that it cannot be is the test


def _climb_out() -> None:
    Path("made/../../was-here").write_text("x")


@pytest.mark.parametrize(
    "act", [_connect, _run_program, _fork, _resolve, _write_elsewhere, _climb_out]
)
def test_there_is_no_network_no_other_program_and_no_other_folder(
    act: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def do(_source: Path, _target: Path, _options: Mapping[str, Any]) -> None:
        act()

    ended = run(do, tmp_path, USUAL, monkeypatch)
    assert judge(tmp_path, ended, monkeypatch, USUAL) == "crashed"
    said = json.loads((tmp_path / "said.json").read_text())
    assert said["crash"][0] == "PermissionError"


def test_every_limit_is_one() -> None:
    for limits in LIMITS.values():
        assert limits.cpu_s < limits.wall_s
        assert limits.upload_bytes < limits.memory_bytes
