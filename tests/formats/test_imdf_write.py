"""A plan is written whole or not at all, and nothing of it is lost."""

import json
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given

from tests.formats.strategies import collection, feature, make_zip, plans
from wayfinder.formats import UnwritableError, read_imdf, write_imdf
from wayfinder.formats.archive import read_files
from wayfinder.formats.imdf_write import make_files
from wayfinder.model import Plan, make_feature

PLAN = Plan.of(
    [make_feature("a", "unit", None, {"name": {"zh-Hans": "放射科"}}), make_feature("b", "level")],
    manifest={"version": "1.0.0"},
)


@given(plans())
def test_what_is_written_is_read_back(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        zipped = write_imdf(plan, Path(folder) / "plan.zip")
        assert read_imdf(zipped).plan == plan
        unzipped = write_imdf(plan, Path(folder) / "plan")
        again = read_imdf(unzipped).plan
        assert again == plan
        assert read_files(zipped) == read_files(unzipped) == make_files(again)


def test_what_is_read_is_written_back(tmp_path: Path) -> None:
    unit = {
        **feature("1", "unit", {"type": "Point", "coordinates": [9.957450164281378, 48.0, 3]}),
        "bbox": [1, 2],
    }
    files = {
        "manifest.json": {"version": "1.0.0", "created": "2026-01-01", "tool": [1]},
        "unit.geojson": collection(unit, feature("2", "unit", None, a=None), name="units"),
        "level.geojson": collection(name="level"),
        "door.geojson": collection(feature("3", "door", None, b={"c": []}), x=1),
        "readme.txt": b"\xff\x00",
        "images/a.png": b"png",
    }
    source = tmp_path / "source.zip"
    source.write_bytes(make_zip(files))
    target = write_imdf(read_imdf(source).plan, tmp_path / "target.zip")
    written = {
        name: json.loads(content) if name.endswith("json") else content
        for name, content in read_files(target).items()
    }
    assert written == files
    again = write_imdf(read_imdf(target).plan, tmp_path / "again.zip")
    assert again.read_bytes() == target.read_bytes()


def test_numbers_are_written_as_they_were_read(tmp_path: Path) -> None:
    coordinates = "[9.957450164281378, 48.42272660407382, 0.0]"
    text = '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "1",'
    text += '"feature_type": "anchor", "properties": {"n": [1, 1.0, 1e2, 12345678901234567890]},'
    text += '"geometry": {"type": "Point", "coordinates": %s}}]}'
    (tmp_path / "anchor.geojson").write_text(text % coordinates)
    target = write_imdf(read_imdf(tmp_path / "anchor.geojson").plan, tmp_path / "plan")
    written = (target / "anchor.geojson").read_text()
    assert coordinates in written
    assert "[1, 1.0, 100.0, 12345678901234567890]" in written


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = write_imdf(PLAN, tmp_path / "1.zip"), write_imdf(PLAN, tmp_path / "2.zip")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.namelist() == ["level.geojson", "manifest.json", "unit.geojson"]
        assert archive.testzip() is None


def test_one_feature_a_line(tmp_path: Path) -> None:
    write_imdf(PLAN, tmp_path / "plan")
    lines = (tmp_path / "plan" / "unit.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert "放射科" in lines[1]


def test_a_plan_without_a_manifest_gets_one(tmp_path: Path) -> None:
    bare = Plan.of(PLAN)
    write_imdf(bare, tmp_path / "1", created=datetime(2026, 3, 1, tzinfo=UTC))
    manifest = json.loads((tmp_path / "1" / "manifest.json").read_text())
    assert manifest["version"] == "1.0.0"
    assert manifest["created"] == "2026-03-01T00:00:00+00:00"
    assert manifest["generated_by"].startswith("wayfinder ")
    assert "created" not in json.loads(make_files(bare)["manifest.json"])


def test_types_that_make_no_file_name_share_one() -> None:
    odd = [make_feature(key, key) for key in ("../x", "UNIT", "manifest", "unit", "door")]
    files = make_files(Plan.of(odd, leftovers={"features.geojson": b"{}"}))
    assert sorted(files) == [
        *("door.geojson", "features-2.geojson", "features.geojson"),
        *("manifest.json", "unit.geojson"),
    ]
    assert len(json.loads(files["features-2.geojson"])["features"]) == 3


def test_a_plan_is_replaced(tmp_path: Path) -> None:
    for target in (tmp_path / "plan.zip", tmp_path / "plan"):
        write_imdf(PLAN, target)
        write_imdf(PLAN.without("b"), target)
        assert set(read_imdf(target).plan.features) == {"a"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan", "plan.zip"]
    (tmp_path / "empty").mkdir()
    write_imdf(PLAN, tmp_path / "empty")


def test_what_is_not_a_plan_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UnwritableError, match="target-in-the-way"):
        write_imdf(PLAN, tmp_path)
    with pytest.raises(UnwritableError, match="target-in-the-way"):
        write_imdf(PLAN, tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for name in ("plan.zip", "plan"):
        with pytest.raises(UnwritableError) as caught:
            write_imdf(PLAN, tmp_path / "none" / name)
        assert caught.value.code == "not-writable"


@pytest.mark.parametrize("name", ["plan.zip", "plan"])
def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    target = write_imdf(PLAN, tmp_path / name)
    before = read_files(target)
    full = OSError(28, "No space left on device")
    with (
        mock.patch.object(os, "fsync", side_effect=full),
        pytest.raises(UnwritableError, match="No space left"),
    ):
        write_imdf(PLAN.without("a"), target)
    assert read_files(target) == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_cannot_be_swapped_comes_back(tmp_path: Path) -> None:
    target = write_imdf(PLAN, tmp_path / "plan")
    before = read_files(target)
    rename, calls = Path.rename, []

    def fail_second(self: Path, to: Path) -> Path:
        calls.append(to)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        return rename(self, to)

    with mock.patch.object(Path, "rename", fail_second), pytest.raises(UnwritableError):
        write_imdf(PLAN.without("a"), target)
    assert read_files(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_written_files_have_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "probe").touch()
    usual = (tmp_path / "probe").stat().st_mode
    assert write_imdf(PLAN, tmp_path / "plan.zip").stat().st_mode == usual
    folder = write_imdf(PLAN, tmp_path / "plan")
    assert (folder / "unit.geojson").stat().st_mode == usual
    (tmp_path / "probes").mkdir()
    assert folder.stat().st_mode == (tmp_path / "probes").stat().st_mode
