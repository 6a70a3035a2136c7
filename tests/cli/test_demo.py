"""What the demo prints can be done."""

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from wayfinder.web.commands import demo


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
