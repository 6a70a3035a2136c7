"""What the page about the store shows can be done, in its order."""

import re
import shlex
from pathlib import Path

import pytest

from wayfinder.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "store.md").read_text("utf-8")


@pytest.fixture
def beside_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "floorplans").symlink_to(ROOT / "floorplans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("WAYFINDER_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("WAYFINDER_DATABASE_URL", raising=False)


@pytest.mark.usefixtures("beside_the_samples")
def test_the_day_with_the_store_can_be_lived(capsys: pytest.CaptureFixture[str]) -> None:
    (story,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    lines = [line.removeprefix("$ ") for line in story.splitlines()]
    assert len(lines) > 10
    for line in lines:
        assert main(shlex.split(line)[1:]) == 0, capsys.readouterr().err
        assert capsys.readouterr().out


@pytest.mark.usefixtures("beside_the_samples")
def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "store.md", "exec"), {})  # noqa: S102 - it is what a reader runs
    assert "Closure(" in capsys.readouterr().out
