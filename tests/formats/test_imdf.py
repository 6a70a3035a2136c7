"""IMDF as it is written in the world: read where its meaning is plain, and listed."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.formats.strategies import as_bytes, collection, feature, make_zip
from wayfinder.formats import ReadResult, UnreadableError, read_imdf
from wayfinder.formats.limits import MAX_FEATURE_VERTICES
from wayfinder.model import Level, Opening, Severity, Unit

Read = Callable[[Mapping[str, object]], ReadResult]

UUID = "00000000-0000-4000-8000-{:012d}"
SQUARE = {"type": "Polygon", "coordinates": [[[9, 48], [9.1, 48], [9.1, 48.1], [9, 48]]]}
UNIT = feature(UUID.format(1), "unit", SQUARE, name={"en": "Ward"}, level_id=UUID.format(2))
LEVEL = feature(UUID.format(2), "level", SQUARE, ordinal=0, name={"en": "Ground"})
MANIFEST = {"version": "1.0.0", "language": "en"}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_zipped(files: Mapping[str, object]) -> ReadResult:
        path = tmp_path / "plan.zip"
        path.write_bytes(make_zip({"manifest.json": MANIFEST, **files}))
        return read_imdf(path)

    return read_zipped


def codes(result: ReadResult, *, but: tuple[str, ...] = ("members-missing",)) -> list[str]:
    return [issue.code for issue in result.issues if issue.code not in but]


def refusal(read: Read, files: Mapping[str, object]) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        read(files)
    return caught.value.code, caught.value.place


def test_a_plan_is_read(read: Read) -> None:
    result = read({"unit.geojson": collection(UNIT), "level.geojson": collection(LEVEL)})
    assert codes(result) == []
    unit = result.plan.find(UNIT["id"], Unit)
    assert unit is not None
    assert unit.name == {"en": "Ward"}
    assert unit.geometry == SQUARE
    level = result.plan.find(unit.level_id, Level)
    assert level is not None
    assert level.ordinal == 0
    assert result.plan.manifest == MANIFEST
    assert result.plan.leftovers == {}


def test_missing_members_are_listed_a_type_at_a_time(read: Read) -> None:
    result = read({"unit.geojson": collection(UNIT), "level.geojson": collection(LEVEL)})
    found = {issue.values["feature_type"]: issue for issue in result.issues}
    assert found["unit"].values["members"] == [
        *("category", "restriction", "accessibility", "alt_name", "display_point")
    ]
    assert found["unit"].features == (UNIT["id"],)
    assert found["unit"].severity is Severity.NOTE


def test_a_folder_in_an_archive_and_json_names(read: Read) -> None:
    files = {"My Plan/unit.json": collection(UNIT), "My Plan/level.JSON": collection(LEVEL)}
    files["My Plan/manifest.json"] = {"version": "1.0.0.rc.1"}
    result = read(files)
    assert len(result.plan) == 2
    assert result.plan.manifest == {"version": "1.0.0.rc.1"}
    noted = ["files-in-folder", "files-named-json", "file-kept", "manifest-version"]
    assert codes(result) == noted


def test_one_collection_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "everything.geojson"
    path.write_bytes(as_bytes(collection(UNIT, LEVEL)))
    result = read_imdf(path)
    assert codes(result) == []
    assert len(result.plan) == 2


def test_optional_files_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "unit.geojson").write_bytes(as_bytes(collection(UNIT)))
    (tmp_path / "level.geojson").write_bytes(as_bytes(collection(LEVEL)))
    assert codes(read_imdf(tmp_path)) == ["manifest-missing"]


def test_other_files_are_kept(read: Read) -> None:
    inner = make_zip({"unit.geojson": collection()})
    result = read(
        {"unit.geojson": collection(UNIT), "notes.txt": b"x", "b/old.zip": inner, "a.json": [1]}
    )
    assert result.plan.leftovers == {"notes.txt": b"x", "b/old.zip": inner, "a.json": b"[1]"}
    assert codes(result) == ["nested-archive-kept", "file-kept", "file-kept"]


def test_files_outside_the_plan_s_folder_cannot_be_taken_for_a_part(read: Read) -> None:
    files = {"p/unit.geojson": collection(UNIT), "other.geojson": collection(LEVEL), "r.txt": b"r"}
    assert set(read(files).plan.leftovers) == {
        "outside/other.geojson",
        "outside/manifest.json",
        "r.txt",
    }


def test_other_members_are_kept(read: Read) -> None:
    strange = {**UNIT, "bbox": [9, 48, 9.1, 48.1], "title": "x"}
    result = read({"unit.json": collection(strange, name="unit", tool={"v": 2})})
    assert result.plan[UNIT["id"]].members == {"bbox": [9, 48, 9.1, 48.1], "title": "x"}
    assert result.plan.leftovers == {"unit.geojson": {"name": "unit", "tool": {"v": 2}}}


def test_types_that_imdf_does_not_have_are_kept(read: Read) -> None:
    doors = collection(feature("d1", "door", None), feature("d2", "door", None), name="door")
    result = read({"unit.geojson": collection(UNIT), "door.json": doors})
    assert result.plan["d1"].feature_type == "door"
    assert result.plan.leftovers == {"door.geojson": {"name": "door"}}
    unknown = next(issue for issue in result.issues if issue.code == "feature-type-unknown")
    assert dict(unknown.values) == {"feature_type": "door", "count": 2}


def test_a_feature_without_a_type_has_its_file_s(read: Read) -> None:
    bare = feature(UUID.format(3), None, SQUARE)
    result = read({"unit.geojson": collection(UNIT, bare)})
    assert isinstance(result.plan[UUID.format(3)], Unit)
    assert codes(result) == ["feature-type-missing"]


def test_a_feature_s_own_type_counts(read: Read) -> None:
    door = feature(UUID.format(3), "opening", None)
    result = read({"unit.geojson": collection(UNIT, door)})
    assert isinstance(result.plan[UUID.format(3)], Opening)
    assert codes(result) == ["feature-type-differs"]


def test_ids_are_given_made_text_and_distinct(read: Read) -> None:
    files = {
        "unit.geojson": collection(
            feature(None, "unit", None, ref="none"),
            feature(7, "unit", None),
            feature(UUID.format(1), "unit", None, ref="first"),
            feature(UUID.format(1), "unit", None, ref="second"),
            feature(UUID.format(1), "unit", None, ref="first"),
        )
    }
    result = read(files)
    assert codes(result) == ["duplicate-id", "feature-repeated", "id-missing", "id-not-text"]
    assert len(result.plan) == 4
    assert result.plan[UUID.format(1)].properties == {"ref": "first"}
    assert "7" in result.plan
    duplicate = result.issues[0]
    assert duplicate.severity is Severity.ERROR
    assert result.plan[duplicate.values["new_id"]].properties == {"ref": "second"}
    assert read(files).plan == result.plan


def test_ids_that_are_no_uuids_are_noted_once(read: Read) -> None:
    units = collection(feature("a", "unit", None), feature("b", "unit", None))
    result = read({"unit.geojson": units})
    assert codes(result) == ["id-not-uuid"]
    assert result.issues[0].values == {"count": 2, "example": "a"}


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (None, "feature"),
        ([1], "feature"),
        ({**UNIT, "properties": [1]}, "properties"),
        ({**UNIT, "geometry": "POINT (1 2)"}, "geometry"),
    ],
)
def test_what_is_no_feature_is_set_aside(read: Read, item: object, problem: str) -> None:
    result = read({"unit.geojson": collection(UNIT, item), "level.geojson": collection(LEVEL)})
    assert codes(result) == ["feature-malformed"]
    assert result.issues[0].values == {"file": "unit.geojson", "index": 1, "problem": problem}
    assert result.plan.leftovers == {"malformed.json": as_bytes({"unit.geojson": [item]}) + b"\n"}


@pytest.mark.parametrize(
    "crs",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4490",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ],
)
def test_a_legacy_crs_in_degrees_is_noted_and_kept(read: Read, crs: str) -> None:
    member = {"type": "name", "properties": {"name": crs}}
    result = read({"unit.geojson": collection(UNIT, crs=member)})
    assert codes(result) == ["legacy-crs"]
    assert result.plan.leftovers == {"unit.geojson": {"crs": member}}


@pytest.mark.parametrize("crs", ["EPSG:6677", "urn:ogc:def:crs:EPSG:6.9:3857", "local", ""])
def test_projected_metres_are_refused(read: Read, crs: str) -> None:
    member = {"type": "name", "properties": {"name": crs}}
    refused = refusal(read, {"unit.geojson": collection(UNIT, crs=member)})
    assert refused == ("projected-crs", "unit.geojson")
    assert refusal(read, {"unit.geojson": collection(UNIT, crs=crs)})[0] == "projected-crs"


def test_a_null_crs_says_nothing(read: Read) -> None:
    assert codes(read({"unit.geojson": collection(UNIT, crs=None)})) == []


@pytest.mark.parametrize(
    ("files", "refused"),
    [
        (
            {"unit.geojson": b'{"type": "FeatureColl'},
            ("not-json", "unit.geojson: line 1, column 10"),
        ),
        ({"unit.geojson": [UNIT]}, ("not-a-collection", "unit.geojson")),
        ({"unit.geojson": UNIT}, ("not-a-collection", "unit.geojson")),
        ({"unit.geojson": {"type": "FeatureCollection"}}, ("not-a-collection", "unit.geojson")),
        ({"unit.geojson": collection()}, ("no-features", "plan.zip")),
        (
            {"unit.geojson": b'{"feature_type": NaN}'},
            ("number-not-finite", "unit.geojson: line 1, column 18"),
        ),
        ({"a.json": b'{"feature_type": "unit", '}, ("not-json", "a.json: line 1, column 26")),
        ({"a.txt": b"x"}, ("no-features", "plan.zip")),
        (
            {"unit.geojson": collection(UNIT), "manifest.json": [1]},
            ("not-an-object", "manifest.json"),
        ),
    ],
)
def test_what_cannot_be_a_plan_is_refused(
    read: Read, files: dict[str, object], refused: tuple[str, str]
) -> None:
    assert refusal(read, files) == refused


def test_archives_in_an_archive_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.zip"
    path.write_bytes(make_zip({"a/inner.zip": make_zip({"unit.geojson": collection(UNIT)})}))
    with pytest.raises(UnreadableError, match="nested-archive"):
        read_imdf(path)
    path.write_bytes(make_zip({"a.txt": b"x", "b.txt": b"y"}))
    with pytest.raises(UnreadableError, match="no-plan-files"):
        read_imdf(path)


@pytest.mark.long
@pytest.mark.unmeasured
def test_a_geometry_of_two_million_vertices_is_refused(read: Read) -> None:
    vertices = b",".join([b"[9,48]"] * 1_000_000)
    text = (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"u","feature_type":"unit",'
    )
    text += b'"properties":{},"geometry":{"type":"Polygon","coordinates":[[%s]]}}]}'
    assert refusal(read, {"unit.geojson": text % vertices})[0] == "too-many-vertices"
    assert (
        refusal(read, {"unit.geojson": text % (vertices + b"," + vertices)})[0] == "too-many-values"
    )
    ring = [[9, 48]] * MAX_FEATURE_VERTICES
    large = {"type": "Polygon", "coordinates": [ring]}
    assert len(read({"unit.geojson": collection(feature("u", "unit", large))}).plan) == 1


def test_many_files_share_one_limit(read: Read) -> None:
    half = {"unit.geojson": b"[" + b"1," * 2_500_000 + b"1]"}
    assert refusal(read, {**half, "level.geojson": half["unit.geojson"]})[0] == "too-many-values"
