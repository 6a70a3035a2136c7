"""The infectious diseases building: in on the east, out on the west, and never back."""

import pytest

from tests.floorplans.traveller import DAY, NIGHT, Traveller
from wayfinder.model import Building, Level, Opening, Unit
from wayfinder.route import Router


@pytest.fixture(scope="module")
def traveller(router: Router) -> Traveller:
    """Return somebody who knows all ways of the hospital."""
    return Traveller(router)


@pytest.fixture(scope="module")
def units(traveller: Traveller) -> dict[str, str]:
    """Return the ids of the units of floor E 1F by their English names."""
    plan = traveller.plan
    (building,) = [b for b in plan.list_of(Building) if b.codes.get("his") == "E"]
    (level,) = [
        level
        for level in plan.list_of(Level)
        if building.id in level.building_ids and level.short_name["en"] == "1F"
    ]
    return {unit.name["en"]: unit.id for unit in plan.list_on(level.id, Unit) if unit.name}


@pytest.mark.parametrize("at", [DAY, NIGHT])
@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_one_goes_in_by_the_east_and_out_by_the_west(
    traveller: Traveller, units: dict[str, str], profile: str, at: str
) -> None:
    there = traveller.go("东门", "FEVPH", profile=profile, at=at)
    assert traveller.trace(there) == ["outdoors", "E 1F"]
    assert units["Screening Hall"] in traveller.list_units(there)
    assert units["Way-out Hall"] not in traveller.list_units(there)
    back = traveller.go("FEVPH", "东门", profile=profile, at=at)
    assert traveller.trace(back) == ["E 1F", "outdoors"]
    assert units["Way-out Hall"] in traveller.list_units(back)
    assert units["Screening Hall"] not in traveller.list_units(back)


def test_the_services_follow_in_the_order_in_which_they_are_needed(traveller: Traveller) -> None:
    journey = traveller.go("FEV", "FEVREG", "FEVBLD", "FEVLAB", "FEVXR")
    assert traveller.trace(journey) == ["E 1F"]


def test_nobody_goes_back_to_the_screening_hall_inside(traveller: Traveller) -> None:
    assert traveller.trace(traveller.go("FEVPH", "FEV")) == ["E 1F", "outdoors", "E 1F"]


def test_no_door_joins_it_to_another_building(traveller: Traveller) -> None:
    network = traveller.router.network
    levels = {
        level.id: {traveller.plan[key].codes.get("his") for key in level.building_ids}
        for level in traveller.plan.levels
    }
    joined = [
        (levels[network.graph.nodes[one]["level"]], levels[network.graph.nodes[other]["level"]])
        for one, other in network.graph.edges
    ]
    assert not [pair for pair in joined if "E" in pair[0] ^ pair[1] and all(pair)]
    assert any("E" in one ^ other for one, other in joined)


def test_staff_dress_on_the_way_in_and_undress_twice_on_the_way_out(
    traveller: Traveller, units: dict[str, str]
) -> None:
    inward = traveller.list_units(
        traveller.go(units["Clean Corridor"], units["Half-clean Corridor"], profile="staff")
    )
    assert units["Dressing Room"] in inward
    assert units["Undressing Room 1"] not in inward
    outward = traveller.list_units(
        traveller.go(units["Half-clean Corridor"], units["Clean Corridor"], profile="staff")
    )
    assert {units["Undressing Room 1"], units["Undressing Room 2"]} <= outward
    assert units["Dressing Room"] not in outward


def test_its_one_way_doors_are_what_keeps_the_flow(traveller: Traveller) -> None:
    one_way = [door for door in traveller.plan.list_of(Opening) if door.wayfinder.get("one_way_to")]
    assert {"发热门诊入口", "感染楼出口"} <= {door.name.get("zh-Hans") for door in one_way}
