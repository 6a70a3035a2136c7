"""Running commands as a user does, but in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wayfinder.cli import main
from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.store import open_store


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON document
        """The one JSON document on the standard output."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command: ``run("check", path)``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def clinic() -> Path:
    """Return the sample plan."""
    return floorplans_dir() / "clinic"


@pytest.fixture(scope="session")
def published_template(clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that holds the sample plan, published: to be copied."""
    path = tmp_path_factory.mktemp("published") / "store.sqlite3"
    store = open_store(str(path))
    releases.import_plan(store, "clinic", read_plan(clinic).plan)
    releases.publish(store, "clinic")
    store.close()
    return path


@pytest.fixture
def faulty(clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample plan with an error: two units have one id."""
    folder = tmp_path_factory.mktemp("faulty")
    for file in clinic.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    units = json.loads((folder / "unit.geojson").read_text("utf-8"))
    units["features"][1]["id"] = units["features"][0]["id"]
    (folder / "unit.geojson").write_text(json.dumps(units), "utf-8")
    return folder
