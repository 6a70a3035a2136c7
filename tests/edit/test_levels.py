"""Floors added, copied, put in order; the site and its buildings."""

from pathlib import Path

import pytest

from tests.ascii_plan import FRAME, draw_plan, relate
from tests.edit.shown import act, at, bounds, box, ours, refuse, shape
from wayfinder.edit import find_sides
from wayfinder.formats import read_imdf, write_imdf
from wayfinder.graph import build_network
from wayfinder.model import Amenity, Level, Opening, Plan, Relationship, Unit

PLAN = draw_plan(
    """
    level 0
    +-----+-----+-----+
    |hall 1A *wc|lift |
    |*post| @x  |     |
    +--3--+-----+-----+
    level 1
                +-----+
                |lift |
                |     |
                +-----+
""",
    doors={"1": {"one_way_to": "A"}},
    places={"post": {"category": "signage"}},
    units={"A": {"codes": {"his": "R1"}}, "lift": {"codes": {"his": "L"}}},
    extra=[relate("shaft", "lift@0", "lift@1", category="elevator")],
)


def test_a_floor_takes_the_outline_of_its_building() -> None:
    edit = act(
        PLAN,
        "add-level",
        id="roof",
        ordinal=2.5,
        short_name={"en": "R"},
        building_ids=["building"],
    )
    level = edit.plan["roof"]
    assert isinstance(level, Level)
    assert level.ordinal == 2.5
    assert level.name == {"en": "R"}
    assert shape(edit.plan, "roof").area == pytest.approx(shape(PLAN, "level0").area, abs=0.01)
    drawn = act(
        PLAN, "add-level", id="b1", ordinal=-1, short_name={"en": "B1"}, area=box(0, -4, 9, 0)
    )
    assert bounds(drawn.plan, "b1") == (0, -4, 9, 0)
    venue = act(PLAN, "add-level", id="b1", ordinal=-1, short_name={"en": "B1"})
    assert bounds(venue.plan, "b1") == bounds(PLAN, "venue")


def test_a_floor_is_copied_without_what_is_known_of_the_original_alone() -> None:
    edit = act(PLAN, "copy-level", feature="level0", id="two", ordinal=2, short_name={"en": "2F"})
    units = edit.plan.list_on("two", Unit)
    assert sorted(unit.category for unit in units) == ["elevator", "room", "walkway"]
    room = next(unit for unit in units if unit.category == "room")
    assert dict(room.name) == {}
    assert dict(room.codes) == {}
    lift = next(unit for unit in units if unit.category == "elevator")
    assert lift.codes == {"his": "L"}
    door = next(door for door in edit.plan.list_on("two", Opening) if door.one_way_to is not None)
    assert door.one_way_to == room.id
    assert set(find_sides(edit.plan, door.id).units) > {room.id}
    copied = [
        one for one in edit.plan.list_of(Amenity) if set(one.unit_ids) & {u.id for u in units}
    ]
    assert [one.category for one in copied] == ["wc"]
    assert not [
        f for f in edit.plan if f.feature_type in {"anchor", "occupant"} and f.id not in PLAN
    ]
    shaft = edit.plan["shaft"]
    assert isinstance(shaft, Relationship)
    assert (shaft.origin_id, shaft.intermediary_ids, shaft.destination_id) == (
        "lift@0",
        ("lift@1",),
        lift.id,
    )
    bare = act(
        PLAN,
        "copy-level",
        feature="level0",
        id="two",
        ordinal=2,
        short_name={"en": "2F"},
        facilities=False,
    )
    assert len(bare.touched) == len(edit.touched) - 1
    again = refuse(
        edit.plan, "copy-level", feature="level0", id="two", ordinal=3, short_name={"en": "3F"}
    )
    assert again.code == "id-taken"


def test_a_floor_goes_elsewhere_in_the_stack() -> None:
    level = act(PLAN, "set-ordinal", feature="level1", ordinal=-2).plan["level1"]
    assert isinstance(level, Level)
    assert level.ordinal == -2
    assert refuse(PLAN, "set-ordinal", feature="A", ordinal=1).code == "feature-of-other-kind"


def test_a_floors_outline_is_drawn_round_its_units() -> None:
    plan = act(PLAN, "reshape", feature="level0", area=box(0, -4, 6, 0)).plan
    edit = act(plan, "fit-level", feature="level0")
    assert shape(edit.plan, "level0").area == pytest.approx(shape(PLAN, "level0").area, abs=0.01)
    empty = act(PLAN, "add-level", id="b1", ordinal=-1, short_name={"en": "B1"}).plan
    assert refuse(empty, "fit-level", feature="b1").code == "level-empty"


def test_a_plan_begins_with_its_site(tmp_path: Path) -> None:
    lon, lat = FRAME.lon, FRAME.lat
    edit = act(
        Plan.of([]),
        "batch",
        actions=[
            {
                "kind": "add-venue",
                "id": "v",
                "name": {"zh-Hans": "医院"},
                "display_point": [lon, lat],
                "area": box(-50, -50, 50, 50),
                "time_zone": "Asia/Shanghai",
            },
            {
                "kind": "add-building",
                "id": "b",
                "name": {"en": "Main"},
                "footprint_id": "fp",
                "area": box(0, 0, 20, 10),
            },
            {
                "kind": "add-level",
                "id": "g",
                "ordinal": 0,
                "short_name": {"en": "G"},
                "building_ids": ["b"],
            },
            {
                "kind": "add-unit",
                "id": "u",
                "level_id": "g",
                "category": "walkway",
                "area": box(0, 0, 20, 4),
            },
            {"kind": "add-door", "id": "d", "level_id": "g", "at": at(0, 2)},
        ],
    )
    assert edit.plan.frame == FRAME
    assert bounds(edit.plan, "g") == (0, 0, 20, 10)
    assert edit.plan.venue is not None
    assert edit.plan.venue.time_zone == "Asia/Shanghai"
    assert not list(build_network(edit.plan).issues)
    write_imdf(edit.plan, tmp_path / "plan.zip")
    read = read_imdf(tmp_path / "plan.zip").plan
    assert {one.id: one.properties for one in read} == {one.id: one.properties for one in edit.plan}
    again = refuse(
        edit.plan,
        "add-venue",
        id="v2",
        name={"en": "V"},
        display_point=[lon, lat],
        area=box(0, 0, 9, 9),
        time_zone="Asia/Shanghai",
    )
    assert again.code == "venue-there"


def test_floors_belong_to_buildings() -> None:
    edit = act(
        PLAN,
        "add-building",
        id="wing",
        name={"en": "Wing"},
        footprint_id="fp",
        area=box(20, 0, 30, 9),
        level_ids=["level1"],
    )
    level = edit.plan["level1"]
    assert isinstance(level, Level)
    assert level.building_ids == ("building", "wing")
    alone = act(edit.plan, "set-buildings", feature="level1", building_ids=["wing", "wing"])
    assert alone.plan["level1"].properties["building_ids"] == ["wing"]
    missing = refuse(PLAN, "set-buildings", feature="level1", building_ids=["A"])
    assert missing.code == "feature-of-other-kind"


def test_a_time_zone_is_one_that_there_is() -> None:
    edit = act(PLAN, "set-time-zone", feature="venue", time_zone="Asia/Tokyo")
    assert ours(edit.plan, "venue")["time_zone"] == "Asia/Tokyo"
    error = refuse(PLAN, "set-time-zone", feature="venue", time_zone="Mars/Olympus")
    assert error.code == "time-zone-unknown"
    for odd in ("../etc/passwd", "/etc/passwd", "", "."):
        assert refuse(PLAN, "set-time-zone", feature="venue", time_zone=odd).code in {
            "time-zone-unknown",
            "key-unfit",
        }
