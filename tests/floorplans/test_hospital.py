"""The sample hospital: complete, drawn without a fault, equal to what its program draws."""

from collections import Counter, defaultdict
from itertools import combinations
from math import isclose
from pathlib import Path

import pytest

from floorplans.drawing.__main__ import main
from floorplans.drawing.kit import Floor, Hospital
from floorplans.drawing.layout import ORDINALS
from wayfinder.checks.report import check_network
from wayfinder.formats import ReadResult
from wayfinder.graph import Network
from wayfinder.model import Amenity, Building, Level, Occupant, Opening, Plan, Severity, Unit
from wayfinder.model.categories import SOLID, VERTICAL, is_open
from wayfinder.model.sign_codes import is_code
from wayfinder.presets import find_preset
from wayfinder.resources import floorplans_dir

FLOORS = {
    "A": ("B1", "1F", "2F", "3F", "4F", "5F"),
    "B": ("B1", "1F", "2F", "3F", "4F"),
    "C": ("B1", *(f"{number}F" for number in range(1, 13))),
    "D": ("1F", "2F"),
    "E": ("1F", "2F"),
    "P2": ("B1", "1F"),
}
LIFTS = {"A": 6, "B": 4, "C": 8, "D": 2, "E": 1, "P2": 1}
WARDS = {f"C {number}F" for number in range(2, 13)}
ALIKE = 0.7
"""Share of the rooms of a floor that another one may have in the same place (ours)."""


def shapes_of(floor: Floor) -> set[tuple[str, tuple[float, ...]]]:
    """Return the rooms of a floor, shafts left out, as things that can be compared."""
    return {
        (space.category, tuple(round(edge, 1) for edge in space.shape.bounds))
        for space in floor.spaces
        if space.category not in VERTICAL | SOLID
    }


def list_uses(floor: Floor) -> list[tuple[str, str | None]]:
    """List the categories of spaces and spots with who may use them."""
    spaces = [(space.category, space.wayfinder.get("access")) for space in floor.spaces]
    return spaces + [(spot.category, spot.wayfinder.get("access")) for spot in floor.spots]


def test_the_folder_holds_what_the_program_draws(tmp_path: Path) -> None:
    assert main([str(tmp_path / "hospital")]) == 0
    folder, made = floorplans_dir() / "hospital", tmp_path / "hospital"
    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in made.iterdir()}
    stale = [name for name in names if (folder / name).read_bytes() != (made / name).read_bytes()]
    assert stale == [], "run python -m floorplans.drawing"


def test_nothing_is_wrong_with_it(read: ReadResult, network: Network) -> None:
    report = check_network(network, reading=read.issues)
    assert [issue for issue in report.issues if issue.severity is not Severity.NOTE] == []
    assert report.reach.cut_off == ()


def test_it_is_as_large_as_a_hospital(plan: Plan) -> None:
    named = [f for f in plan if isinstance(f, Unit | Amenity | Occupant) and f.name]
    assert len(plan.units) >= 900
    assert len({feature.name["zh-Hans"] for feature in named}) >= 350
    assert sum(isinstance(feature, Occupant) for feature in named) >= 100
    assert sum("his" in feature.codes for feature in plan) >= 150
    assert sum(bool(feature.aliases) for feature in plan) >= 150


def test_every_name_is_in_both_languages(plan: Plan) -> None:
    for feature in plan:
        for labels in (feature.name, feature.aliases):
            assert set(labels) <= {"zh-Hans", "en"}
        if feature.name:
            assert set(feature.name) == {"zh-Hans", "en"}, feature.name
        for text in feature.name.values():
            assert text == text.strip()
            assert "/" not in text


def test_buildings_have_their_floors_and_lifts(drawn: Hospital) -> None:
    for key, labels in FLOORS.items():
        building = drawn.buildings[key]
        assert tuple(building.floors) == labels
        for label, floor in building.floors.items():
            assert floor.ordinal == ORDINALS[label]
        lifts = {
            space.key
            for floor in building.floors.values()
            for space in floor.spaces
            if space.category == "elevator"
        }
        assert len(lifts) == LIFTS[key]


def test_only_ward_floors_are_alike(drawn: Hospital) -> None:
    floors = {str(floor): shapes_of(floor) for floor in drawn.floors}
    for one, other in combinations(floors, 2):
        if {one, other} <= WARDS or one.split()[0] != other.split()[0]:
            continue
        common = len(floors[one] & floors[other]) / min(len(floors[one]), len(floors[other]))
        assert common < ALIKE, (one, other)


def test_no_two_ward_floors_are_the_same(plan: Plan) -> None:
    tower = next(b for b in plan.list_of(Building) if b.codes.get("his") == "C")
    levels = [lv for lv in plan.list_of(Level) if tower.id in lv.building_ids and lv.ordinal > 0]
    assert len(levels) == len(WARDS)
    rooms = [Counter(unit.category for unit in plan.list_on(level.id, Unit)) for level in levels]
    assert all(one != other for one, other in combinations(rooms, 2))


@pytest.mark.parametrize(
    "category", ["restroom.male", "restroom.female", "restroom.wheelchair", "drinkingfountain"]
)
def test_toilets_and_drinking_water_are_on_every_floor(drawn: Hospital, category: str) -> None:
    lacking = {
        str(floor)
        for floor in drawn.floors
        if not floor.outdoor and floor.building.key != "P2" and str(floor) != "C B1"
        if not any(found == category and access != "staff" for found, access in list_uses(floor))
    }
    assert lacking == set()


def test_what_may_be_needed_in_a_hurry_is_in_every_building(drawn: Hospital) -> None:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for floor in drawn.floors:
        found[floor.building.key] |= {spot.category for spot in floor.spots}
    for key in "ABCD":
        needed = {"defibrillator", "fireextinguisher", "seating", "vendingmachine"}
        assert needed <= found[key], key
    assert {"lostandfound", "security", "police"} <= {
        tenant.category for tenant in drawn.buildings["A"].floors["1F"].tenants
    }


def test_doors_corridors_and_lifts_say_how_wide_they_are(plan: Plan) -> None:
    for opening in plan.list_of(Opening):
        width = opening.wayfinder.get("clear_width_m")
        assert isinstance(width, float | int)
        assert width >= 0.6, opening.name
    for unit in plan.units:
        if is_open(unit) and unit.category not in SOLID:
            assert unit.wayfinder.get("clear_width_m"), (unit.category, unit.name)
        if unit.category == "elevator":
            assert {"car_width_m", "car_depth_m", "door_width_m"} <= set(unit.lift)


def test_bed_lifts_take_a_bed(plan: Plan) -> None:
    # US nursing rule, see standards of the routing profiles: car 1.73 by 2.57 m, door 1.12 m
    fit = {
        unit.codes["his"]
        for unit in plan.units
        if unit.category == "elevator"
        and unit.lift["car_width_m"] >= 1.73
        and unit.lift["car_depth_m"] >= 2.57
        and unit.lift["door_width_m"] >= 1.12
    }
    assert {"A-5", "A-6", "B-2", "B-3", "C-5", "C-6", "D-2"} <= fit


def test_every_category_is_known(plan: Plan) -> None:
    for feature in plan:
        if isinstance(feature, Unit | Amenity | Occupant):
            assert find_preset(feature.category) is not None, feature.category


def test_signs_have_a_code_a_number_and_a_face(plan: Plan) -> None:
    signs = [amenity for amenity in plan.list_of(Amenity) if amenity.category == "signage"]
    assert len(signs) >= 100
    codes = [sign.wayfinder["sign_code"] for sign in signs]
    assert all(map(is_code, codes))
    assert len(set(codes)) == len(codes)
    refs = [sign.wayfinder["ref"] for sign in signs]
    assert len(set(refs)) == len(refs)
    for sign in signs:
        assert 0 <= sign.wayfinder["sign"]["bearing_deg"] < 360
        assert len(sign.unit_ids) == 1
    floors = {plan[sign.unit_ids[0]].level_id for sign in signs}
    assert len(floors) >= 25


def test_metres_of_the_drawing_are_metres_of_the_plan(drawn: Hospital, plan: Plan) -> None:
    hall = next(unit for unit in plan.units if unit.name.get("en") == "Outpatient Hall")
    shape = plan.find_geometry_m(hall.id)
    space = next(s for s in drawn.buildings["A"].floors["1F"].spaces if s.id == hall.id)
    assert shape is not None
    assert isclose(shape.area, space.shape.area, rel_tol=1e-4)
    assert shape.symmetric_difference(space.shape).area < 0.5
