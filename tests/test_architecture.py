"""The direction of dependencies, and that the contracts would notice a breach."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
    )


def test_imports_point_downward_only() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("room", "wish"),
    [
        ("model", "import networkx"),
        ("model", "import wayfinder.graph"),
        ("route", "import flask"),
        ("route", "import wayfinder.guide"),
        ("guide", "import scipy.sparse"),
        ("draw", "import networkx"),
        ("formats", "import wayfinder.draw"),
        ("edit", "import sqlalchemy"),
        ("edit", "import wayfinder.graph"),
        ("lost", ""),
    ],
)
def test_a_breach_is_noticed(tmp_path: Path, room: str, wish: str) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    rooms = {"model", "edit", "graph", "route", "guide", "draw", "formats", room}
    for name in rooms:
        (tmp_path / "wayfinder" / name).mkdir(parents=True)
        (tmp_path / "wayfinder" / name / "__init__.py").write_text(wish if name == room else "")
    (tmp_path / "wayfinder" / "__init__.py").touch()
    answer = lint(tmp_path)
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout


def test_every_room_has_its_layer() -> None:
    layers = {
        room.strip(" ()") for layer in CONFIG["contracts"][0]["layers"] for room in layer.split("|")
    }
    modules = {
        path.stem
        for path in (ROOT / "wayfinder").iterdir()
        if (path / "__init__.py").exists() or path.suffix == ".py"
    }
    assert modules - {"__init__"} <= layers


def test_files_stay_small() -> None:
    files = [
        *ROOT.glob("*.py"),
        *(ROOT / "tools").glob("*.py"),
        *(ROOT / "wayfinder").rglob("*.py"),
    ]
    lengths = {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in files}
    assert {name: length for name, length in lengths.items() if length > 450} == {}
