"""`wayfinder convert`: any readable format becomes IMDF."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import CONVERT, require
from tests.conftest import SharedPlans
from wayfinder.formats import read_plan


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_a_plan_is_written_as_folder_or_zip(
    run: Run, clinic: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    outcome = run("convert", clinic, target, "--json")
    require(outcome.json, CONVERT)
    assert outcome.code == 0
    assert outcome.json == {"target": str(target), "issues": []}
    before, after = read_plan(clinic).plan, read_plan(target).plan
    assert dict(after.features) == dict(before.features)


def test_a_plan_with_errors_is_not_written(run: Run, faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    outcome = run("convert", faulty, target)
    assert outcome.code == 1
    assert "error" in outcome.out
    assert "not written" in outcome.err
    assert not target.exists()


def test_a_plan_with_errors_is_written_when_asked(run: Run, faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.zip"
    outcome = run("convert", faulty, target, "--despite-errors", "--json")
    assert outcome.code == 1
    assert outcome.json["target"] == str(target)
    assert len(read_plan(target).plan.units) == 47


def test_a_folder_of_somebody_else_is_not_touched(run: Run, clinic: Path, tmp_path: Path) -> None:
    target = tmp_path / "letters"
    target.mkdir()
    (target / "letter.txt").write_text("dear")
    outcome = run("convert", clinic, target)
    assert outcome.code == 2
    assert "letters" in outcome.err
    assert [file.name for file in target.iterdir()] == ["letter.txt"]


def test_a_real_building_is_converted(run: Run, shared_plans: SharedPlans, tmp_path: Path) -> None:
    source = shared_plans / "osm_apb_dresden/APBorig.osm"
    outcome = run("convert", source, tmp_path / "apb.zip", "--json")
    require(outcome.json, CONVERT)
    assert outcome.code == 0
    assert len(read_plan(tmp_path / "apb.zip").plan.units) > 400


@pytest.mark.parametrize("name", ["plan.geojson", "plan.json", "plan.osm"])
def test_one_file_is_not_answered_with_a_folder(
    run: Run, clinic: Path, tmp_path: Path, name: str
) -> None:
    outcome = run("convert", clinic, tmp_path / name)
    assert outcome.code == 2
    assert ".zip" in outcome.err
    assert not (tmp_path / name).exists()


def test_it_is_said_where_the_plan_is(run: Run, clinic: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.zip"
    assert str(target) in run("convert", clinic, target).err


def test_a_plan_is_not_converted_onto_itself(run: Run, clinic: Path) -> None:
    before = {path.name: path.read_bytes() for path in clinic.iterdir()}
    outcome = run("convert", clinic, clinic)
    assert outcome.code == 2
    assert "name another target" in outcome.err
    assert {path.name: path.read_bytes() for path in clinic.iterdir()} == before
