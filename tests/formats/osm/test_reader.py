"""Whole files: formats, the site around the rooms, and damage."""

import bz2
import gzip
import json
import re
import sys
from pathlib import Path

import pytest

from tests.formats.osm.drawing import Drawing, codes
from wayfinder.formats import UnreadableError, read_plan
from wayfinder.formats.osm import read_osm
from wayfinder.formats.osm.reader import read_elements
from wayfinder.guide.words import LANGUAGES, has_message, translate
from wayfinder.model import Building, Footprint


def _clinic() -> Drawing:
    drawing = Drawing()
    site = {"amenity": "hospital", "name": "Klinikum", "name:de": "Klinikum", "name:en": "Clinic"}
    site |= {"addr:street": "Weg", "addr:housenumber": "1", "addr:country": "DE"}
    drawing.box(-9, -9, 60, 60, site)
    drawing.box(0, 0, 10, 4, building="hospital", name="Haus A")
    drawing.box(0, 0, 5, 4, {"level:ref": "EG"}, indoor="room", level="0", name="Labor")
    drawing.box(5, 0, 5, 4, {"level:ref": "EG"}, indoor="corridor", level="0")
    drawing.node(5, 2, door="yes", level="0")
    drawing.node(10, 2, entrance="main", level="0")
    return drawing


def test_the_site_around_the_rooms(tmp_path: Path) -> None:
    plan = _clinic().read(tmp_path).plan
    venue = plan.venue
    assert venue is not None
    assert venue.category == "healthcarefacility"
    assert venue.name == {"de": "Klinikum", "en": "Clinic"}
    assert venue.time_zone == "Europe/Berlin"
    assert plan[venue.properties["address_id"]].properties["address"] == "Weg 1"
    (building,), (footprint,) = plan.list_of(Building), plan.list_of(Footprint)
    assert building.name == {"de": "Haus A"}
    assert footprint.building_ids == (building.id,)
    (level,) = plan.levels
    assert level.short_name == {"de": "EG"}
    assert level.building_ids == (building.id,)
    assert plan.manifest["language"] == "de"


def test_levels_take_their_names_from_their_outlines(tmp_path: Path) -> None:
    drawing = _clinic()
    drawing.box(0, 0, 10, 4, {"level:ref": "G"}, indoor="level", level="0", name="Erdgeschoss")
    result = drawing.read(tmp_path)
    (level,) = result.plan.levels
    assert level.name == {"de": "Erdgeschoss"}
    assert level.short_name == {"de": "EG"}
    assert codes(result) == ["osm-level-names-differ"]


def test_a_school_next_door_does_not_name_the_venue(tmp_path: Path) -> None:
    drawing = _clinic()
    drawing.box(9, 3, 60, 60, amenity="school", name="Schule")
    venue = drawing.read(tmp_path).plan.venue
    assert venue is not None
    assert venue.name["de"] == "Klinikum"


def test_every_format_gives_the_same_plan(tmp_path: Path) -> None:
    drawing = _clinic()
    text = drawing.xml().encode()
    expected = drawing.read(tmp_path).plan
    paths = {
        "plan.osm.gz": gzip.compress(text, mtime=0),
        "plan.osm.bz2": bz2.compress(text),
        "plan.xml": b"\xef\xbb\xbf" + text,
        "plan.json": _overpass(tmp_path / "drawing.osm"),
    }
    for name, content in paths.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert dict(read_plan(path).plan.features) == dict(expected.features), name


def _overpass(path: Path) -> bytes:
    data = read_elements(path)
    nodes = [
        {"type": "node", "id": n.id, "lon": n.lon, "lat": n.lat, "tags": dict(n.tags)}
        for n in data.nodes.values()
    ]
    ways = [
        {"type": "way", "id": w.id, "nodes": list(w.nodes), "tags": dict(w.tags)}
        for w in data.ways.values()
    ]
    return json.dumps({"elements": [*nodes, *ways]}).encode()


def test_geojson_gives_the_same_plan(tmp_path: Path) -> None:
    drawing = _clinic()
    expected = drawing.read(tmp_path).plan
    data = read_elements(tmp_path / "drawing.osm")
    features = [
        {
            "type": "Feature",
            "id": way.ref,
            "properties": dict(way.tags),
            "geometry": {"type": "Polygon", "coordinates": [data.points(way)]},
        }
        for way in data.ways.values()
    ]
    features += [
        {
            "type": "Feature",
            "id": node.ref,
            "properties": dict(node.tags),
            "geometry": {"type": "Point", "coordinates": [node.lon, node.lat]},
        }
        for node in data.tagged_nodes()
    ]
    path = tmp_path / "plan.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    plan = read_plan(path).plan
    assert dict(plan.features) == dict(expected.features)


def test_pbf_gives_the_same_plan(tmp_path: Path) -> None:
    osmium = pytest.importorskip("osmium", reason="pyosmium is not installed")
    drawing = _clinic()
    expected = drawing.read(tmp_path).plan
    path = tmp_path / "plan.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for element in osmium.FileProcessor(str(tmp_path / "drawing.osm")):
            writer.add(element)
    assert dict(read_plan(path).plan.features) == dict(expected.features)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UnreadableError) as caught:
        read_plan(path)
    assert caught.value.code == "osm-not-pbf"


def test_pbf_without_pyosmium_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.osm.pbf"
    path.write_bytes(b"\0\0\0\r\n\tOSMHeader\x18\x7c")
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(UnreadableError) as caught:
        read_osm(path)
    assert caught.value.code == "osm-needs-extra"
    assert "pip install" in translate("en", caught.value.message_id, **caught.value.values)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"  \n", "empty-file"),
        (b"<osm/>", "osm-nothing-indoors"),
        (b"hello", "osm-not-xml"),
        (b"\x1f\x8bdamaged", "not-readable"),
        (gzip.compress(b"<osm/>", mtime=0)[:-6], "not-readable"),
        (b"BZhdamaged", "not-readable"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.osm"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read_osm(path)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_osm(tmp_path / "none.osm")
    assert caught.value.code == "not-found"


def test_a_packed_file_that_unpacks_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wayfinder.formats.osm.reader.MAX_FILE_BYTES", 10_000)
    path = tmp_path / "plan.osm.gz"
    path.write_bytes(gzip.compress(b" " * 1_000_000, mtime=0))
    with pytest.raises(UnreadableError) as caught:
        read_osm(path)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("module", ["survey", "reader"])
def test_too_many_floors_are_refused(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"wayfinder.formats.osm.{module}.MAX_FEATURES", 100)
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level="0-150")
    with pytest.raises(UnreadableError) as caught:
        drawing.read(tmp_path)
    assert caught.value.code == "osm-too-many-features"


@pytest.mark.parametrize("as_relation", [False, True])
def test_endless_outlines_are_refused(
    *, as_relation: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "shapes" if as_relation else "elements"
    monkeypatch.setattr(f"wayfinder.formats.osm.{module}.MAX_FEATURE_VERTICES", 4)
    drawing = Drawing()
    ring = drawing.box(0, 0, 5, 4, {} if as_relation else {"indoor": "room", "level": "0"})
    drawing.relation([(ring, "outer")], type="multipolygon", indoor="area", level="0")
    with pytest.raises(UnreadableError) as caught:
        drawing.read(tmp_path)
    assert caught.value.code == "osm-way-too-long"


def test_all_issues_have_words_and_stand_in_the_docs() -> None:
    package = Path(sys.modules["wayfinder.formats.osm"].__file__ or "").parent
    text = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    docs = (package.parents[2] / "docs" / "osm.md").read_text(encoding="utf-8")
    found = set(re.findall(r'"(osm-[a-z-]+)"', text))
    assert len(found) > 20
    for code in found:
        kinds = ("issue", "fix", "unreadable")
        spoken = [kind for kind in kinds if _has_words(f"{kind}.{code}")]
        assert spoken, code
        assert f"`{code}`" in docs, code


def _has_words(key: str) -> bool:
    return all(has_message(language, key) for language in LANGUAGES)
