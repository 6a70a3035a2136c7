"""That the contracts, which import-linter holds in every test run, would notice a breach."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BREACHES = [
    ("model", "networkx"),
    ("model", "wayfinder.graph"),
    ("route", "flask"),
    ("route", "wayfinder.guide"),
    ("guide", "scipy.sparse"),
    ("draw", "networkx"),
    ("formats", "wayfinder.draw"),
    ("edit", "sqlalchemy"),
    ("edit", "wayfinder.graph"),
]
"""Rooms, and what they wish to import."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
    )


def make_breach(folder: Path) -> None:
    """Make a package of the same name in which every breach is."""
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    wishes: dict[str, list[str]] = {"graph": [], "lost": []}
    for room, wish in BREACHES:
        wishes.setdefault(room, []).append(f"import {wish}\n")
    for room, lines in wishes.items():
        (folder / "wayfinder" / room).mkdir(parents=True)
        (folder / "wayfinder" / room / "__init__.py").write_text("".join(lines), "utf-8")
    (folder / "wayfinder" / "__init__.py").touch()


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what is said of every breach: all of them at once, a process takes its time."""
    folder = tmp_path_factory.mktemp("breaches")
    make_breach(folder)
    answer = lint(folder)
    assert answer.returncode == 1
    assert f"0 kept, {len(CONFIG['contracts'])} broken" in answer.stdout
    return " ".join(answer.stdout.split())


@pytest.mark.parametrize(("room", "wish"), BREACHES)
def test_a_breach_is_noticed(noticed: str, room: str, wish: str) -> None:
    # of other people's packages the contracts know the name alone
    seen = wish if wish.startswith("wayfinder.") else wish.partition(".")[0]
    said = f"wayfinder.{room} is not allowed to import {seen}: - wayfinder.{room} -> {seen} (l."
    assert said in noticed


def test_a_room_without_a_layer_is_noticed(noticed: str) -> None:
    assert "The following modules are not listed as layers: - wayfinder.lost" in noticed


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
