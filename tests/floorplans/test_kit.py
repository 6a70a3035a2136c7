"""The means of drawing: what they draw, and what they refuse with its place."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from floorplans.drawing import __main__ as program
from floorplans.drawing.kit import Box, Building, Door, DrawingError, Hospital, R, numbers
from floorplans.drawing.kit.shapes import as_polygon, find_narrowest_m
from floorplans.drawing.kit.words import parse_words
from wayfinder.checks.report import check_network
from wayfinder.formats import read_plan
from wayfinder.graph import build_network
from wayfinder.model import Opening, Plan, Unit

HOUSE = Box(10, 10, 40, 30)


def begin(*labels: str) -> Building:
    """Begin a house of 30 m by 20 m with an empty lawn about it."""
    hospital = Hospital(
        "test",
        "试验医院 / Test Hospital",
        Box(0, 0, 50, 40),
        origin=(117.0, 34.0),
        time_zone="Asia/Shanghai",
        address={"address": "试验路1号", "locality": "试验", "country": "CN"},
    )
    building = hospital.building("T", "试验楼 / Test Building", HOUSE)
    for ordinal, label in enumerate(labels or ("1F",)):
        building.floor(label, ordinal, f"试验楼{label} / Test Building {label}")
    return building


def fill(building: Building) -> None:
    """Fill each floor with a corridor, rooms on its south, a waiting area on its north."""
    for floor in building.floors.values():
        floor.corridor(Box(10, 18, 40, 21), "走廊 / Corridor")
        rooms = [R.of(10, "consultingroom", "诊室 / Consulting Room"), R.of(None, "office")]
        floor.row((10, 10), 8, rooms, end=40, door="N", refs=numbers("T-01"))
        floor.remainder(Box(10, 21, 40, 30), "waitingroom")


def faults_of(building: Building) -> tuple[str, ...]:
    with pytest.raises(DrawingError) as caught:
        building.hospital.plan()
    return caught.value.faults


def unit_of(plan: Plan, name: str) -> Unit:
    return next(unit for unit in plan.units if unit.name.get("en") == name)


def test_what_is_drawn_in_metres_is_read_as_a_plan_without_issues(tmp_path: Path) -> None:
    building = begin("1F", "2F")
    building.lift("T-1", Box(10, 21, 13, 24), "S", car_m=(1.8, 2.6), door_m=1.3)
    building.stairs("T-S", Box(13, 21, 16, 27), "S")
    fill(building)
    ground = building.floors["1F"]
    ground.entrance(40, 19.5, "东门 / East Door", 1.8)
    ground.amenity(30, 25, "drinkingfountain")
    room = ground.spaces[3]
    ground.occupant(room, "clinic", "门诊 / Clinic: 看病, clinic", his="CLIN")
    read = read_plan(building.hospital.write(tmp_path / "plan"))
    network = build_network(read.plan)
    report = check_network(network, reading=read.issues)
    assert report.issues == ()
    assert report.reach.cut_off == ()
    lift = unit_of(read.plan, "Lift T-1")
    assert lift.lift["door_width_m"] == 1.3
    assert unit_of(read.plan, "Corridor").wayfinder["clear_width_m"] == 3.0


def test_the_same_drawing_has_the_same_ids_and_moving_a_numbered_room_keeps_its_id() -> None:
    def ids(width_m: float) -> set[str]:
        building = begin()
        floor = building.floors["1F"]
        floor.corridor(Box(10, 18, 40, 21), "走廊 / Corridor")
        floor.row(
            (10, 10),
            8,
            [R.of(width_m, "office", ref="T-9"), R.of(None, "office", ref="T-8")],
            end=40,
            door="N",
        )
        floor.remainder(Box(10, 21, 40, 30), "waitingroom", key="wait")
        return {unit.id for unit in building.hospital.plan().units if "ref" in unit.wayfinder}

    assert ids(10) == ids(10) == ids(12)


def test_rooms_on_each_other_and_beyond_the_wall_are_named_with_their_place() -> None:
    building = begin()
    floor = building.floors["1F"]
    floor.corridor(Box(10, 10, 40, 21), "走廊 / Corridor")
    floor.room(Box(30, 20, 45, 30), "office", "办公室 / Office", door="S")
    floor.corridor(Box(10, 21, 30, 30), "北厅 / North Hall")
    overlap, outside = faults_of(building)[:2]
    assert "走廊" in overlap
    assert "办公室" in overlap
    assert "10.00 m²" in overlap
    assert "leaves its floor by 50.00 m²" in outside


def test_ground_that_belongs_to_no_space_is_named() -> None:
    building = begin()
    building.floors["1F"].corridor(Box(10, 10, 40, 28), "走廊 / Corridor")
    (fault,) = faults_of(building)
    assert "60.0 m² about (25.00, 29.00) belong to no space" in fault


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (25, 18.6, "does not lie between two spaces"),
        (20.2, 18, "does not lie between two spaces"),
        (25, 24, "does not lie between two spaces"),
    ],
)
def test_a_door_must_lie_between_two_spaces(x: float, y: float, words: str) -> None:
    building = begin()
    fill(building)
    building.floors["1F"].door(x, y)
    (fault,) = faults_of(building)
    assert words in fault


def test_a_door_wider_than_its_wall_is_refused_at_once() -> None:
    floor = begin().floors["1F"]
    with pytest.raises(DrawingError, match=r"leaves its wall of 2\.00 m"):
        floor.room(Box(10, 10, 12, 14), "office", door=Door("N", 1.8))


def test_a_room_with_walls_needs_a_door() -> None:
    building = begin()
    fill(building)
    building.floors["1F"].spaces.pop()
    building.floors["1F"].room(Box(10, 21, 40, 30), "storage", "库房 / Store")
    (fault,) = faults_of(building)
    assert "库房" in fault
    assert "has no door" in fault


def test_nothing_stands_before_a_door_or_in_a_wall() -> None:
    building = begin()
    fill(building)
    floor = building.floors["1F"]
    floor.fixture(Box(14.5, 17, 15.5, 17.8))
    floor.fixture(Box(39, 22, 41, 23))
    floor.sign("T1-01", 15.4, 18.2, 0)
    floor.amenity(45, 35, "drinkingfountain")
    faults = "\n".join(faults_of(building))
    assert "furniture at (15.00, 17.40) stands in its way" in faults
    assert "does not stand in one space" in faults
    assert "T1-01" in faults
    assert "drinkingfountain" in faults


def test_two_things_cannot_have_one_number_or_one_code() -> None:
    building = begin()
    fill(building)
    floor = building.floors["1F"]
    for x in (20, 30):
        floor.amenity(x, 25, "atm", ref="ATM-1")
        floor.occupant(floor.spaces[-1], "clinic", "门诊 / Clinic", his="CLIN", at=(x, 26))
    faults = "\n".join(faults_of(building))
    assert "'ATM-1'" in faults
    assert "the code 'CLIN' stands for 2 things" in faults


def test_a_row_that_does_not_fit_is_refused() -> None:
    floor = begin().floors["1F"]
    with pytest.raises(DrawingError, match=r"has 3\.00 m left"):
        floor.row((10, 10), 5, [R.of(7, "office")], end=20, door="N")
    with pytest.raises(DrawingError, match=r"has -2\.00 m left"):
        floor.row((10, 10), 5, [R.of(12, "office"), R.of(None, "office")], end=20, door="N")


@given(st.lists(st.integers(20, 90), min_size=1, max_size=8))
def test_any_row_fills_its_wall_and_every_room_gets_its_door(shares: list[int]) -> None:
    building = begin()
    floor = building.floors["1F"]
    floor.corridor(Box(10, 18, 40, 21), "走廊 / Corridor")
    widths = [round(share * 30 / (sum(shares) + 20), 2) for share in shares]
    assume(min(*widths, 30 - sum(widths)) >= 1)
    items = [*(R.of(width, "office") for width in widths), R.of(None, "storage")]
    rooms = floor.row((10, 10), 8, items, end=40, door=Door("N", width_m=0.9))
    floor.remainder(Box(10, 21, 40, 30), "waitingroom")
    plan = building.hospital.plan()
    assert len(plan.list_of(Opening)) == len(widths) + 1
    assert sum(room.shape.area for room in rooms) == pytest.approx(240, abs=0.05)


def test_a_one_way_door_leads_out_of_the_room_that_it_is_drawn_in() -> None:
    building = begin()
    fill(building)
    floor = building.floors["1F"]
    floor.spaces.pop()
    floor.room(
        Box(10, 21, 40, 30),
        "storage",
        "库房 / Store",
        door=[Door("S", 5, into="in"), Door("S", 20, into="out")],
    )
    plan = building.hospital.plan()
    store, corridor = unit_of(plan, "Store"), unit_of(plan, "Corridor")
    ways = {door.one_way_to for door in plan.list_of(Opening) if door.one_way_to}
    assert ways == {store.id, corridor.id}


def test_toilets_are_a_group_with_an_accessible_one() -> None:
    floor = begin().floors["1F"]
    group = floor.toilets(Box(10, 21, 26, 27), "S")
    assert [space.category for space in group] == [
        "restroom.male",
        "restroom.female",
        "restroom.wheelchair",
        "restroom.family",
    ]
    assert sum(space.shape.area for space in group) == pytest.approx(96)
    assert group[2].wayfinder["wheelchair"] is True


def test_words_are_read_in_both_languages_with_their_aliases() -> None:
    words = parse_words("收费处 / Cashier: 缴费, pay, X光")
    assert words.name == {"zh-Hans": "收费处", "en": "Cashier"}
    assert words.aliases == {"zh-Hans": ["缴费", "X光"], "en": ["pay"]}
    assert parse_words(None).name == {}
    with pytest.raises(DrawingError, match="Chinese / English"):
        parse_words("收费处")


@pytest.mark.parametrize(
    ("boxes", "width_m"),
    [
        ([Box(0, 0, 20, 3)], 3.0),
        ([Box(0, 0, 20, 3), Box(17, 0, 20, 20)], 3.0),
        ([Box(0, 0, 10, 4), Box(4, 4, 5.5, 8), Box(0, 8, 10, 12)], 1.5),
    ],
)
def test_a_corridor_is_as_wide_as_its_narrowest_place(boxes: list[Box], width_m: float) -> None:
    assert find_narrowest_m(as_polygon(boxes)) == pytest.approx(width_m, abs=0.1)


def test_boxes_that_do_not_touch_are_no_corridor() -> None:
    with pytest.raises(DrawingError, match="not one piece"):
        begin().floors["1F"].corridor([Box(10, 10, 12, 12), Box(20, 20, 22, 22)], "厅 / Hall")


def test_what_is_left_must_be_one_piece() -> None:
    floor = begin().floors["1F"]
    floor.corridor(Box(20, 10, 25, 30), "走廊 / Corridor")
    with pytest.raises(DrawingError, match="is 2 pieces"):
        floor.remainder(HOUSE, "waitingroom")


def test_the_program_says_what_cannot_be_built_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    building = begin()
    building.floors["1F"].corridor(Box(10, 10, 40, 28), "走廊 / Corridor")
    monkeypatch.setattr(program, "draw_hospital", lambda: building.hospital)
    assert program.main([str(tmp_path / "hospital")]) == 1
    assert "belong to no space" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
