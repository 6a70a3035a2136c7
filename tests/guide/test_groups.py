"""What stands for places far away: floors, buildings, colour zones."""

from collections.abc import Mapping
from typing import Any

from tests.ascii_plan import draw_plan
from wayfinder.formats import ReadResult
from wayfinder.guide.groups import GroupKind, Groups, find_level, get_groups
from wayfinder.model import Building, Level, Occupant, Plan, make_feature

HOUSE = """
level 0 G
+-------+-------+
|A      |B @eye |
+---1---+---2---+
|hall           |
+---------------+
level 3 M
+-------+-------+
|C      |D      |
+---3---+---4---+
|hall           |
+---------------+
"""
BLUE = {"wayfinder": {"zone": {"letter": "A", "colour": "blue"}}, "name": {"en": "Zone A"}}
GREEN = {"wayfinder": {"zone": {"letter": "B", "colour": "green"}}, "name": {"en": "Zone B"}}


def draw(*, building: Mapping[str, Any] | None = None, **options: Any) -> Plan:  # noqa: ANN401
    """Draw the house; with a building where its properties are given."""
    extra = []
    if building is not None:
        extra.append(make_feature("tower", "building", None, dict(building)))
        options["levels"] = {"0": {"building_ids": ["tower"]}, "3": {"building_ids": ["tower"]}}
    return draw_plan(HOUSE, extra=extra, **options)


def ids(plan: Plan, feature_id: str) -> list[tuple[str, str]]:
    return [(group.kind, group.id) for group in get_groups(plan).list_groups(feature_id)]


def test_a_place_lies_on_a_floor_and_in_a_building() -> None:
    plan = draw(building={"name": {"en": "Tower"}})
    assert ids(plan, "eye") == [("floor", "level0"), ("building", "tower")]
    assert ids(plan, "D") == [("floor", "level3"), ("building", "tower")]
    assert ids(plan, "level3") == [("building", "tower")]
    assert ids(plan, "tower") == []
    assert ids(plan, "nobody") == []


def test_floors_are_named_by_their_labels_and_never_by_ordinals() -> None:
    floors = [one for one in Groups(draw()).list_all() if one.kind == GroupKind.FLOOR]
    assert [floor.short_labels["en"] for floor in floors] == ["G", "M"]
    assert [floor.labels["en"] for floor in floors] == ["Floor G", "Floor M"]
    named = draw(levels={"3": {"name": {"en": "Mezzanine"}}})
    assert [floor.labels["en"] for floor in Groups(named).list_all()] == ["Floor G", "Mezzanine"]


def test_a_zone_is_one_on_all_its_floors() -> None:
    plan = draw(sections={"z0": (["A"], BLUE), "z3": (["C"], BLUE), "g": (["B"], GREEN)})
    groups = Groups(plan)
    assert groups.find_group("z3") == groups.find_group("z0")
    assert ids(plan, "C") == [("floor", "level3"), ("zone", "z0")]
    assert ids(plan, "eye") == [("zone", "g"), ("floor", "level0")]
    zone = groups.find_group("z3")
    assert zone is not None
    assert (zone.letter, zone.colour) == ("A", "blue")
    assert groups.list_levels("z3") == ("level0", "level3")


def test_a_zone_of_a_building_s_letter_is_that_building() -> None:
    tower = {"name": {"en": "Tower"}, "wayfinder": BLUE["wayfinder"]}
    plan = draw(building=tower, sections={"z0": (["A"], BLUE)})
    group = Groups(plan).find_group("z0")
    assert group is not None
    assert (group.id, group.kind, group.letter, group.colour) == (
        *("tower", "building"),
        *("A", "blue"),
    )
    assert ids(plan, "A") == [("floor", "level0"), ("building", "tower")]


def test_a_section_without_a_letter_is_a_place_and_no_group() -> None:
    plan = draw(sections={"ward": (["A"], {"name": {"en": "Ward 3"}})})
    assert Groups(plan).find_group("ward") is None
    assert ids(plan, "ward") == [("floor", "level0")]


def test_a_real_office_has_a_building_and_floors(read_office: ReadResult) -> None:
    groups = get_groups(read_office.plan)
    found = groups.list_all()
    assert {group.kind for group in found} <= {"building", "floor"}
    assert len([group for group in found if group.kind == "floor"]) == 5
    assert all(group.labels for group in found)
    assert groups is get_groups(read_office.plan)


def test_every_department_of_the_sample_lies_on_a_floor(read_hospital: ReadResult) -> None:
    plan = read_hospital.plan
    groups = get_groups(plan)
    for occupant in plan.list_of(Occupant):
        level = find_level(plan, occupant)
        assert level is not None
        floor, building = groups.list_groups(occupant.id)
        assert floor.id == level.id
        assert plan.find(building.id, Building) is not None
        assert isinstance(plan[floor.id], Level)


def test_the_sample_s_buildings_are_its_colour_zones(read_hospital: ReadResult) -> None:
    groups = get_groups(read_hospital.plan).list_all()
    zones = {group.letter: group.colour for group in groups if group.kind == "building"}
    assert zones == {
        "A": "blue",
        "B": "green",
        "C": "orange",
        "D": "red",
        "E": "yellow",
        "": None,
    }
    assert not [group for group in groups if group.kind == "zone"]
