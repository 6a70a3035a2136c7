"""Which reader a file is for."""

import gzip
from pathlib import Path

import pytest

from tests.formats.strategies import as_bytes, collection, feature, make_zip
from wayfinder.formats import UnreadableError, find_format, read_plan, write_imdf
from wayfinder.model import Plan, Unit, make_feature

SQUARE = {"type": "Polygon", "coordinates": [[[9, 48], [9.001, 48], [9.001, 48.001], [9, 48]]]}
IMDF = as_bytes(collection(feature("u", "unit", SQUARE, level_id="L")))
OSM = b"""<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
  <node id="1" lat="48.0" lon="9.0"/><node id="2" lat="48.0" lon="9.001"/>
  <node id="3" lat="48.001" lon="9.001"/>
  <way id="4"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>
    <tag k="indoor" v="room"/><tag k="level" v="0"/></way>
</osm>
"""
CASES = [
    ("plan.zip", make_zip({"unit.geojson": IMDF}), "imdf"),
    ("plan.imdf", make_zip({"unit.geojson": IMDF}), "imdf"),
    ("plan.geojson", IMDF, "imdf"),
    ("plan.json", b"\xef\xbb\xbf\n " + IMDF, "imdf"),
    ("plan.geojson", as_bytes(collection({"type": "Feature", "properties": {}})), "osm"),
    ("plan.osm", OSM, "osm"),
    ("plan.xml", OSM, "osm"),
    ("plan.osm.gz", gzip.compress(OSM, mtime=0), "osm"),
    ("plan", gzip.compress(OSM, mtime=0), "osm"),
    ("plan", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18", "osm"),
]


@pytest.mark.parametrize(("name", "content", "expected"), CASES)
def test_formats_are_found_out(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert find_format(tmp_path / name) == expected


def test_a_folder_is_imdf(tmp_path: Path) -> None:
    assert find_format(tmp_path) == "imdf"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty-file"), (b"%PDF-1.7", "unknown-format")]
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "plan").write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read_plan(tmp_path / "plan")
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["none", "a\0b"])
def test_what_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_plan(tmp_path / name)
    assert caught.value.code in {"not-found", "not-readable"}


def test_a_plan_comes_with_the_issues_of_file_and_drawing(tmp_path: Path) -> None:
    path = tmp_path / "plan.geojson"
    path.write_bytes(IMDF)
    result = read_plan(str(path))
    assert [type(feature) for feature in result.plan] == [Unit]
    found = {issue.code for issue in result.issues}
    assert {"id-not-uuid", "venue-missing", "reference-missing"} <= found


def test_osm_comes_with_the_issues_of_the_drawing(tmp_path: Path) -> None:
    path = tmp_path / "plan.osm"
    path.write_bytes(OSM)
    result = read_plan(path)
    assert len(result.plan.units) == 1
    assert read_plan(path, format="osm").plan == result.plan
    assert not [issue for issue in result.issues if issue.code == "reference-missing"]


def test_a_format_can_be_named(tmp_path: Path) -> None:
    path = write_imdf(Plan.of([make_feature("u", "unit")]), tmp_path / "plan.zip")
    assert len(read_plan(path, format="imdf").plan) == 1
    with pytest.raises(ValueError, match="'dwg' is no format; there are imdf, osm"):
        read_plan(path, format="dwg")
