"""What the demo prints can be done."""

import io
import shlex
import sys
from pathlib import Path

import click
import numpy as np
import pytest
import zxingcpp

from tests.cli.conftest import Run
from wayfinder.web.commands import demo, demo_code


def test_a_fire_is_tried_with_what_the_demo_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is made beside the demo's store: never in the folder of a hospital's own fires."""
    for name in ("DIR", "KEYS"):
        monkeypatch.setenv(f"WAYFINDER_FIRE_{name}", str(tmp_path / "real" / name))
    settings = demo._make_settings("127.0.0.1", 8000, tmp_path / "demo")
    assert settings.fire_folder == tmp_path / "demo" / "fire"
    settings.data_dir.mkdir()
    said = list(demo._prepare_fire(settings))
    assert not (tmp_path / "real").exists()
    commands = [shlex.split(line)[1:] for line in said if line.startswith("  wayfinder ")]
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(settings.data_dir))
    for name in ("DIR", "KEYS"):
        monkeypatch.delenv(f"WAYFINDER_FIRE_{name}")
    for command, on_fire in zip(commands, (True, True, False), strict=True):
        assert command[-2:] == ["--send", "http://127.0.0.1:8000"]
        assert run(*command[:-2]).code == 0
        assert (run("fire", "status", "qinghe", "--json").json["fire"] is not None) is on_fire
    assert run("fire", "status", "clinic").code == 0


class Terminal(io.TextIOWrapper):
    """Takes text as a terminal does."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


def test_a_phone_scans_the_sign_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://192.0.2.7:8000/s/EAQFRJ4"
    monkeypatch.setattr(sys, "stdout", Terminal())
    lines = [click.unstyle(line)[2:] for line in demo_code.list_lines(address)[1:]]
    halves = {" ": (0, 0), "▄": (0, 1), "▀": (1, 0), "█": (1, 1)}
    dark = np.array([[halves[one] for one in line] for line in lines])
    modules = dark.transpose(0, 2, 1).reshape(-1, len(lines[0]))
    picture = np.where(modules.repeat(8, 0).repeat(8, 1), 0, 255).astype(np.uint8)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]
    assert demo_code.list_lines("http://127.0.0.1:8000/s/EAQFRJ4") == []
    monkeypatch.setattr(sys, "stdout", Terminal("ascii"))
    assert demo_code.list_lines(address) == []
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert demo_code.list_lines(address) == []
