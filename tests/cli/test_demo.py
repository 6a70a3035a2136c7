"""`wayfinder demo`: the first thing that anybody sees."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_it_prints_both_languages_and_writes_a_map(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("demo")
    assert (outcome.code, outcome.err) == (0, "")
    assert "儿科在您右手边" in outcome.out
    assert "Paediatrics is on your right" in outcome.out
    assert str(tmp_path / "wayfinder-demo.svg") in outcome.out
    assert [file.name for file in tmp_path.iterdir()] == ["wayfinder-demo.svg"]
    assert (tmp_path / "wayfinder-demo.svg").read_text("utf-8").startswith("<svg")


def test_the_map_goes_where_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--output", tmp_path / "map.svg").code == 0
    assert run("demo", "--output", tmp_path / "none" / "map.svg").code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["map.svg"]
