"""Whole files: formats, the site around the rooms, real plans, and damage."""

import bz2
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SharedPlans
from tests.formats.osm.drawing import FRAME, Drawing, by_code, codes
from wayfinder.formats import ReadResult, UnreadableError, read_plan
from wayfinder.formats.osm import read_osm
from wayfinder.formats.osm.elements import OsmData
from wayfinder.formats.osm.reader import make_plan, read_elements
from wayfinder.formats.osm.xml import read_xml
from wayfinder.graph import build_network
from wayfinder.guide.words import LANGUAGES, has_message, say_fix, say_issue, translate
from wayfinder.model import Building, Footprint, Opening, Plan
from wayfinder.model.categories import is_walkable


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


# Real plans


def _components(plan: Plan) -> tuple[int, list[int]]:
    """Return how many units can be entered, and how many hang together."""
    units = {unit.id for unit in plan.units if is_walkable(unit)}
    graph = build_network(plan).graph
    groups = [
        {graph.nodes[node]["unit"] for node in nodes} & units
        for nodes in nx.weakly_connected_components(graph)
    ]
    return len(units), sorted(map(len, groups), reverse=True)


@pytest.fixture(scope="module")
def apb(shared_plans: SharedPlans) -> ReadResult:
    return read_osm(shared_plans / "osm_apb_dresden/APBorig.osm")


def test_apb_dresden_hangs_together(apb: ReadResult) -> None:
    result = apb
    assert [level.ordinal for level in result.plan.levels] == [-1, 0, 1, 2, 3]
    total, groups = _components(result.plan)
    assert total == 477
    assert groups[0] >= 475
    # the one door that is tagged for a level on which it touches nothing
    (door,) = [i for i in result.issues if i.code == "osm-door-level-differs"]
    assert door.values["element"] == "node/8109446036"
    venue = result.plan.venue
    assert venue is not None
    assert venue.name["de"] == "Andreas-Pfitzmann-Bau"
    assert venue.time_zone == "Europe/Berlin"


def test_apb_dresden_repeats_its_doors(apb: ReadResult) -> None:
    plan = apb.plan
    doors = {code for code in by_code(plan) if code.startswith("node/8109446373@")}
    assert doors == {f"node/8109446373@{level}" for level in range(4)}
    # 501 doors that can be placed, and 29 repetitions
    assert len(plan.list_of(Opening)) == 530


def test_apb_dresden_keeps_its_emergency_exits_shut(apb: ReadResult) -> None:
    plan = apb.plan
    shut = [opening for opening in plan.list_of(Opening) if opening.emergency_only]
    assert len(shut) == 16
    assert {opening.category for opening in shut} == {"emergencyexit"}


@pytest.mark.parametrize(
    ("name", "units", "doors_off"),
    [
        ("osm_caserne_rennes/caserne.osm", 75, 5),
        ("osm_massy_station/station-border.osm.pbf", 103, 4),
    ],
)
def test_other_plans_load_with_what_is_wrong(
    name: str, units: int, doors_off: int, shared_plans: SharedPlans
) -> None:
    result = read_plan(shared_plans / name)
    assert len(result.plan.units) == units
    network = build_network(result.plan)
    off = [issue for issue in network.issues if issue.code == "door-off-outline"]
    assert len(off) == doors_off
    assert all(issue.place is not None for issue in off)
    for issue in result.issues:
        for language in LANGUAGES:
            assert say_issue(issue, language)
            assert issue.fix is None or say_fix(issue.fix, language)


def test_no_way_is_invented(shared_plans: SharedPlans) -> None:
    plan = read_osm(shared_plans / "osm_caserne_rennes/caserne.osm").plan
    graph = build_network(plan).graph
    shops = {u.id for u in plan.units if "shop" in u.wayfinder["osm"]["tags"]}
    assert len(shops) > 30
    touched = Counter(
        graph.nodes[node]["unit"]
        for edge in graph.edges
        for node in edge
        if graph.nodes[edge[0]]["unit"] != graph.nodes[edge[1]]["unit"]
    )
    # no shop there has a door on its outline
    assert not shops & set(touched)


def test_reading_is_the_same_in_another_process(shared_plans: SharedPlans) -> None:
    path = shared_plans / "osm_caserne_rennes/caserne.osm"
    code = (
        "import sys\nfrom wayfinder.formats.osm import read_osm\n"
        "result = read_osm(sys.argv[1])\n"
        "print(*result.plan.features, *(i.code for i in result.issues))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# Any drawing at all

_KEYS = {
    "indoor": ["room", "area", "corridor", "yes", "wall", "door", "level", "pathway", "no", "x"],
    "level": ["0", "1", "0-1", "0;1", "-1-2", "0.5", "0,5", "EG", "", "0-0.5"],
    "repeat_on": ["1", "1-2", "0.5", "?"],
    "door": ["yes", "no", "hinged"],
    "entrance": ["main", "emergency", "exit", "yes"],
    "highway": ["footway", "steps", "elevator", "corridor", "service"],
    "stairs": ["yes"],
    "conveying": ["forward", "backward", "yes"],
    "incline": ["up", "down", "5%", "?"],
    "area": ["yes"],
    "building": ["yes"],
    "amenity": ["toilets", "hospital", "atm", "cafe"],
    "shop": ["kiosk", "vacant"],
    "barrier": ["gate"],
    "access": ["private", "yes"],
    "width": ["1", "90 cm", "?"],
    "non_existent_levels": ["1"],
    "name": ["A", "\u202eB", "x" * 300],
}
_TAGS = st.dictionaries(st.sampled_from(sorted(_KEYS)), st.integers(0, 9), max_size=6).map(
    lambda chosen: {key: _KEYS[key][n % len(_KEYS[key])] for key, n in chosen.items()}
)
_PLACES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (p[0] * 2.0, p[1] * 2.0))


@st.composite
def _drawings(draw: st.DrawFn) -> Drawing:
    drawing = Drawing()
    drawing.box(0, 0, 4, 4, indoor="room", level="0")
    for place in draw(st.lists(_PLACES, max_size=6)):
        drawing.node(*place, draw(_TAGS))
    for points in draw(st.lists(st.lists(_PLACES, min_size=2, max_size=6), max_size=8)):
        closed = draw(st.booleans())
        (drawing.area if closed else drawing.line)(points, draw(_TAGS))
    refs = [f"way/{n}" for n in range(1, len(drawing.ways) + 3)]
    for members in draw(st.lists(st.lists(st.sampled_from(refs), max_size=4), max_size=2)):
        tags = {**draw(_TAGS), "type": "multipolygon"}
        drawing.relation([(ref, "outer") for ref in members], **tags)
    return drawing


@given(_drawings())
def test_any_drawing_is_read_and_built(drawing: Drawing) -> None:
    data = OsmData("drawing.osm")
    read_xml(BytesIO(drawing.xml().encode()), data)
    result = make_plan(data)
    plan = result.plan
    for feature in plan:
        if feature.level_id is not None:
            assert feature.level_id in plan
        assert feature.shape is None or not feature.shape.is_empty
    for issue in result.issues:
        assert say_issue(issue, "en")
        assert issue.fix is None or say_fix(issue.fix, "zh-Hans")
    json.dumps([dict(feature.properties) for feature in plan], allow_nan=False)
    assert plan.frame.lon == pytest.approx(FRAME.lon, abs=0.01)
    assert by_code(plan)
    build_network(plan)
