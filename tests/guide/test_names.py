"""What floors are called where their names stand alone."""

from typing import Any

from tests.ascii_plan import draw_plan
from wayfinder.guide.names import name_level, sort_levels
from wayfinder.model import Building, make_feature

TWO = """
    +--+
    |a |
    +--+
    level 1 2F
    +--+
    |b |
    +--+
"""


def name_all(language: str, buildings: int, **level: Any) -> list[str]:  # noqa: ANN401
    homes = [
        make_feature(f"b{number}", "building", properties={"name": {"en": f"House {number}"}})
        for number in range(buildings)
    ]
    plan = draw_plan(TWO, extra=homes)
    within = {one.id: one.with_properties(**level) for one in plan.levels}
    changed = plan.with_features(*within.values())
    return [name_level(changed, one, language) for one in changed.levels]


def test_a_floor_is_called_as_by_its_signs() -> None:
    assert name_all("en", 0)[1] == "Floor 2F"
    assert name_all("zh-Hans", 0)[1] == "2F"
    assert name_all("en", 0, short_name={}, name={"en": "ground floor"})[0] == "Ground floor"


def test_its_building_comes_first_where_there_are_several() -> None:
    assert name_all("en", 1, building_ids=["b0"])[1] == "House 0, floor 2F"
    assert name_all("en", 1)[1] == "Floor 2F"  # a building without a name


def test_what_has_no_name_is_known_by_its_id() -> None:
    first, second = name_all("en", 0, short_name={}, name={})
    assert "" not in {first, second}
    assert first != second


def test_floors_are_listed_building_by_building() -> None:
    plan = draw_plan(TWO, extra=[make_feature("z", "building"), make_feature("y", "building")])
    low, high = plan.levels
    found = plan.with_features(
        low.with_properties(building_ids=["y"]), high.with_properties(building_ids=["z"])
    )
    first, second = (one.id for one in found.list_of(Building) if one.id in {"z", "y"})
    told = [one.building_ids for one in sort_levels(found)]
    assert told == [(first,), (second,)]
    assert [one.id for one in sort_levels(plan)] == [low.id, high.id]
