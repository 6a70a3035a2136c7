"""Areas become units: categories, levels, walls, holes."""

from pathlib import Path

import pytest

from tests.formats.osm.drawing import Drawing, by_code, codes
from wayfinder.model import Access, Plan, Unit


def _only_unit(drawing: Drawing, folder: Path) -> Unit:
    (unit,) = drawing.read(folder).plan.units
    return unit


@pytest.mark.parametrize(
    ("tags", "category", "is_open"),
    [
        ({"indoor": "room"}, "room", False),
        ({"indoor": "area"}, "unenclosedarea", True),
        ({"indoor": "corridor"}, "walkway", None),
        ({"indoor": "room", "room": "office"}, "office", False),
        ({"indoor": "room", "room": "waiting_room"}, "waitingroom", False),
        ({"indoor": "area", "room": "waiting"}, "waitingroom", True),
        ({"indoor": "room", "room": "library"}, "library", False),
        ({"indoor": "room", "room": "emergency"}, "firstaid", False),
        ({"indoor": "room", "room": "toilets"}, "restroom", False),
        ({"indoor": "room", "amenity": "toilets", "male": "yes"}, "restroom.male", False),
        ({"indoor": "room", "amenity": "toilets", "female": "yes"}, "restroom.female", False),
        (
            {"indoor": "room", "amenity": "toilets", "female": "yes", "male": "yes"},
            "restroom",
            False,
        ),
        (
            {"indoor": "room", "amenity": "toilets", "unisex": "yes", "wheelchair": "yes"},
            "restroom.unisex.wheelchair",
            False,
        ),
        (
            {"indoor": "room", "amenity": "toilets", "wheelchair": "designated"},
            "restroom.wheelchair",
            False,
        ),
        ({"indoor": "room", "amenity": "cafe"}, "foodservice", False),
        ({"indoor": "room", "stairs": "yes"}, "stairs", None),
        ({"indoor": "area", "highway": "steps"}, "stairs", None),
        ({"indoor": "area", "highway": "steps", "conveying": "yes"}, "escalator", None),
        ({"indoor": "room", "highway": "elevator"}, "elevator", None),
        ({"indoor": "room", "elevator": "yes"}, "elevator", None),
        ({"indoor": "room", "room": "elevator"}, "elevator", None),
        ({"highway": "elevator"}, "elevator", None),
        ({"indoor": "area", "ramp": "yes"}, "ramp", True),
        ({"area:highway": "footway"}, "walkway", None),
        ({"highway": "footway", "area": "yes"}, "walkway", None),
        ({"highway": "footway", "area": "yes", "bridge": "yes"}, "footbridge", None),
        ({"railway": "platform"}, "platform", False),
        ({"indoor": "void"}, "opentobelow", None),
        ({"indoor": "wall", "area": "yes"}, "structure", None),
        ({"indoor": "yes"}, "room", False),
        ({"indoor": "yes", "room": "technical"}, "nonpublic", False),
        ({"amenity": "toilets"}, "restroom", False),
        ({"healthcare": "doctor"}, "room", False),
        ({"buildingpart": "corridor"}, "walkway", None),
        ({"buildingpart": "verticalpassage", "stairs": "yes"}, "stairs", None),
    ],
)
def test_tags_tell_what_an_area_is(
    tags: dict[str, str], category: str, *, is_open: bool | None, tmp_path: Path
) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, tags, level="0")
    unit = _only_unit(drawing, tmp_path)
    assert unit.category == category
    assert unit.wayfinder.get("open") is is_open


@pytest.mark.parametrize(
    "tags",
    [
        {"indoor": "yes", "tourism": "artwork"},
        {"indoor": "yes", "amenity": "bench"},
        {"indoor": "yes", "tactile_paving": "yes"},
        {"indoor": "no"},
        {"indoor": "pathway"},
        {"building:part": "yes"},
        {"building": "yes"},
        {"amenity": "bicycle_parking"},
        {"highway": "footway"},
    ],
)
def test_things_are_no_rooms(tags: dict[str, str], tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level="0")
    drawing.box(9, 0, 5, 4, tags, level="0")
    assert len(drawing.read(tmp_path).plan.units) == 1


def test_an_area_is_one_unit_a_level_with_lasting_ids(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", stairs="yes", level="-1-1", ref="T1")
    first, second = drawing.read(tmp_path).plan, drawing.read(tmp_path).plan
    assert sorted(by_code(first)) == ["level/-1", "level/0", "level/1"] + [
        f"way/1@{level}" for level in (-1, 0, 1)
    ]
    assert [unit.id for unit in first.units] == [unit.id for unit in second.units]
    assert [level.ordinal for level in first.levels] == [-1, 0, 1]
    assert first.units[0].name == {"und": "T1"}
    assert first.units[0].codes["ref"] == "T1"
    assert first.units[0].wayfinder["osm"]["tags"]["stairs"] == "yes"


def _levels_of(plan: Plan, way: str) -> list[str]:
    return [code.split("@")[1] for code in by_code(plan) if code.startswith(f"{way}@")]


def test_repeated_areas_stand_on_every_level(tmp_path: Path) -> None:
    drawing = Drawing()
    room = drawing.box(0, 0, 3, 3, indoor="room", level="0", repeat_on="1-2;4")
    stairs = drawing.box(5, 0, 3, 3, indoor="room", stairs="yes", level="0-1", repeat_on="2")
    plan = drawing.read(tmp_path).plan
    assert _levels_of(plan, room) == ["0", "1", "2", "4"]
    assert _levels_of(plan, stairs) == ["0", "1", "2", "3"]


def test_levels_that_the_building_lacks_are_left_out(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(-9, -9, 30, 30, {"building": "hospital", "non_existent_levels": "4;13"})
    lift = drawing.box(0, 0, 2, 2, indoor="room", highway="elevator", level="3-5")
    assert _levels_of(drawing.read(tmp_path).plan, lift) == ["3", "5"]


def test_lowest_and_highest_level_are_a_range(tmp_path: Path) -> None:
    drawing = Drawing()
    lift = drawing.box(0, 0, 2, 2, indoor="room", highway="elevator", min_level="-1", max_level="1")
    drawing.box(5, 0, 2, 2, indoor="room", level="0")
    assert _levels_of(drawing.read(tmp_path).plan, lift) == ["-1", "0", "1"]


def test_stairs_stop_on_a_mezzanine_only_where_it_is_entered(tmp_path: Path) -> None:
    drawing = Drawing()
    entered = drawing.box(0, 0, 3, 3, indoor="room", stairs="yes", level="0-1")
    passing = drawing.box(0, 9, 3, 3, indoor="room", stairs="yes", level="0-1")
    drawing.box(3, 0, 5, 12, indoor="room", level="0.5")
    drawing.node(3, 1, door="yes", level="0.5")
    plan = drawing.read(tmp_path).plan
    assert _levels_of(plan, entered) == ["0", "0.5", "1"]
    assert _levels_of(plan, passing) == ["0", "1"]


@pytest.mark.parametrize("level", ["EG", "1,2", "0..3", ""])
def test_an_unreadable_level_is_an_issue(level: str, tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", level="0")
    bad = drawing.box(9, 9, 3, 3, indoor="room", level=level)
    result = drawing.read(tmp_path)
    (issue,) = [i for i in result.issues if i.code == "osm-level-unreadable"]
    assert issue.values == {"element": bad, "value": level, "key": "level"}
    assert issue.place is not None
    assert len(result.plan.units) == 1


def test_an_unreadable_repetition_leaves_the_rest(tmp_path: Path) -> None:
    drawing = Drawing()
    room = drawing.box(0, 0, 3, 3, indoor="room", level="0", repeat_on="above")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-level-unreadable"]
    assert _levels_of(result.plan, room) == ["0"]


def test_a_missing_level_is_an_issue_unless_nothing_has_one(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room")
    drawing.box(3, 0, 3, 3, indoor="corridor")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-levels-missing"]
    assert [level.ordinal for level in result.plan.levels] == [0]
    assert len(result.plan.units) == 2

    drawing.box(9, 0, 3, 3, indoor="room", level="1")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-level-missing"] * 2
    assert len(result.plan.units) == 1


def test_multipolygons_have_holes(tmp_path: Path) -> None:
    drawing = Drawing()
    # two halves of the outer ring, as real relations have them
    west = drawing.line([(5, 0), (0, 0), (0, 10), (5, 10)])
    east = drawing.line([(5, 0), (10, 0), (10, 10), (5, 10)])
    hole = drawing.box(4, 4, 2, 2, indoor="room", level="0", stairs="yes")
    members = [(west, "outer"), (east, "outer"), (hole, "inner")]
    foyer = drawing.relation(members, type="multipolygon", indoor="area", level="0", name="Foyer")
    plan = drawing.read(tmp_path).plan
    unit = by_code(plan)[f"{foyer}@0"]
    geometry = plan.find_geometry_m(unit.id)
    assert geometry is not None
    assert geometry.area == pytest.approx(96, rel=0.01)
    assert len(plan.units) == 2


def test_an_outer_way_with_the_tags_is_not_read_twice(tmp_path: Path) -> None:
    drawing = Drawing()
    outer = drawing.box(0, 0, 10, 10, indoor="area", level="0")
    hole = drawing.box(4, 4, 2, 2)
    drawing.relation([(outer, "outer"), (hole, "inner")], type="multipolygon")
    (unit,) = drawing.read(tmp_path).plan.units
    assert unit.geometry is not None
    assert len(unit.geometry["coordinates"]) == 2


def test_an_outer_way_stays_where_its_relation_says_no_level(tmp_path: Path) -> None:
    drawing = Drawing()
    outer = drawing.box(0, 0, 10, 10, indoor="area", level="0")
    drawing.relation([(outer, "outer")], type="multipolygon", indoor="area", name="Hall")
    result = drawing.read(tmp_path)
    assert [unit.codes["osm"] for unit in result.plan.units] == [f"{outer}@0"]
    assert codes(result) == ["osm-level-missing"]


def test_what_is_cut_off_by_the_extract_is_an_issue(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", level="0")
    part = drawing.line([(20, 0), (30, 0)])
    members = [(part, "outer"), ("way/99", "outer")]
    drawing.relation(members, type="multipolygon", indoor="area", level="0")
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-incomplete"]
    assert result.issues[0].place is not None


def test_an_area_without_extent_is_an_issue(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 3, 3, indoor="room", level="0")
    drawing.area([(9, 0), (12, 0), (10, 0)], indoor="room", level="0")
    assert codes(drawing.read(tmp_path)) == ["osm-area-empty"]


def test_a_crossing_outline_is_kept_and_reported(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.area([(0, 0), (4, 4), (4, 0), (0, 4)], indoor="room", level="0")
    result = drawing.read(tmp_path)
    assert len(result.plan.units) == 1
    assert any(issue.code.startswith("polygon") for issue in result.issues)


def test_departments_around_rooms_are_sections(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level="2")
    drawing.box(5, 0, 5, 4, indoor="room", level="2")
    ward = drawing.box(0, 0, 10, 4, level="2", healthcare="department", name="Ward 7")
    plan = drawing.read(tmp_path).plan
    assert by_code(plan)[f"{ward}@2"].feature_type == "section"
    assert len(plan.units) == 2


def test_a_building_with_nothing_drawn_in_it_is_one_room(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, {"building": "yes", "indoor": "yes", "level": "0-1", "name": "B"})
    full = drawing.box(20, 0, 9, 9, {"building": "yes", "indoor": "yes", "level": "0-1"})
    drawing.box(21, 1, 3, 3, indoor="room", level="0")
    plan = drawing.read(tmp_path).plan
    assert _levels_of(plan, "way/1") == ["0", "1"]
    assert not _levels_of(plan, full)


def test_properties_of_rooms(tmp_path: Path) -> None:
    drawing = Drawing()
    tags = {"name": "Station", "name:en": "Ward", "alt_name": "S1;Eins", "ref": "A 1"}
    tags |= {"opening_hours": "Mo-Fr 08:00-16:00", "access": "private", "wheelchair": "yes"}
    drawing.box(0, 0, 5, 4, tags, indoor="room", level="0")
    unit = _only_unit(drawing, tmp_path)
    assert unit.name == {"und": "Station", "en": "Ward"}
    assert unit.alt_name == {"und": "S1"}
    assert unit.aliases == {"und": ("S1", "Eins")}
    assert unit.access is Access.PRIVATE
    assert unit.properties["restriction"] == "restricted"
    assert unit.wheelchair is True
    assert unit.hours == "Mo-Fr 08:00-16:00"


def test_measures_of_corridors_ramps_and_lifts(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 9, 2, indoor="corridor", level="0", width="2.4")
    drawing.box(0, 5, 9, 2, indoor="area", ramp="yes", level="0", incline="6%")
    lift = {"highway": "elevator", "door:width": "90 cm", "width": "1.1", "length": "1.4"}
    drawing.box(20, 0, 2, 2, lift, level="0-1")
    stairs = {"highway": "steps", "area": "yes", "conveying": "yes", "incline": "up"}
    drawing.box(30, 0, 2, 9, stairs, level="0-1")
    drawing.box(40, 0, 2, 2, indoor="room", level="0", width="wide")
    result = drawing.read(tmp_path)
    by = by_code(result.plan)
    assert by["way/1@0"].clear_width_m == 2.4
    units = {code: by[code].wayfinder for code in ("way/2@0", "way/3@1", "way/4@0")}
    assert units["way/2@0"]["incline"] == 0.06
    assert units["way/3@1"]["lift"] == {"car_width_m": 1.1, "car_depth_m": 1.4, "door_width_m": 0.9}
    assert units["way/4@0"]["direction"] == "up"
    assert codes(result) == ["osm-value-unreadable"]


def test_texts_beyond_osms_own_limit_are_cut(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.box(0, 0, 5, 4, indoor="room", level="0", name="x" * 1000)
    result = drawing.read(tmp_path)
    assert codes(result) == ["osm-text-shortened"]
    assert len(result.plan.units[0].name["und"]) == 255
