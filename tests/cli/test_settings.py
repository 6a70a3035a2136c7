"""`wayfinder settings`, and the table of settings in the documentation."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from wayfinder.settings import PREFIX, Settings, list_settings

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_every_setting_is_listed_with_its_meaning(run: Run) -> None:
    outcome = run("settings")
    assert (outcome.code, outcome.err) == (0, "")
    for name in Settings.model_fields:
        assert f"{PREFIX}{name.upper()} = " in outcome.out


def test_secrets_are_hidden(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", "postgresql://me:geheim@db/wayfinder")
    monkeypatch.setenv("WAYFINDER_METRICS_TOKEN", "geheim-geheim-geheim")
    outcome = run("settings", "--json")
    assert "geheim" not in outcome.out
    values = {one["variable"]: one["value"] for one in outcome.json["settings"]}
    assert values["WAYFINDER_DATABASE_URL"] == values["WAYFINDER_METRICS_TOKEN"] == "(hidden)"


def test_what_cannot_be_used_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_PORT", "tcp://10.0.0.1:80")
    outcome = run("settings")
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("error: WAYFINDER_PORT: ")
    assert outcome.err.count("\n") == 1


def test_the_documentation_has_the_table_of_settings() -> None:
    rows = re.findall(
        r"^\| `(WAYFINDER_\w+)` \| (.*?) \| (.*?) \|$", OPERATIONS.read_text("utf-8"), re.MULTILINE
    )
    documented = {name: (default.strip("`"), meaning) for name, default, meaning in rows}
    assert documented == {
        one.variable: (one.default, one.meaning) for one in list_settings(Settings())
    }
