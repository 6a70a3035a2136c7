"""The diagnostics building: what is controlled, and who comes in when."""

from collections.abc import Iterable

import pytest

from floorplans.drawing.kit import Hospital
from tests.floorplans.traveller import Traveller
from wayfinder.model import Unit
from wayfinder.route import Journey, Refusal, Router

ICU_VISITS = "2026-11-23T15:40"


@pytest.fixture(scope="module")
def traveller(router: Router) -> Traveller:
    """Return somebody who knows all ways of the hospital."""
    return Traveller(router)


def names_of(traveller: Traveller, journey: Journey) -> set[str]:
    """Return the English names of the units that a journey leads through."""
    units: Iterable[str] = traveller.list_units(journey)
    return {traveller.say(key) for key in units}


def unit_called(traveller: Traveller, name: str) -> str:
    """Return the id of the only unit of an English name in the building."""
    (found,) = [unit.id for unit in traveller.plan.list_of(Unit) if unit.name.get("en") == name]
    return found


@pytest.mark.parametrize("scanner", ["MRI1", "MRI2"])
def test_the_magnets_are_reached_past_the_metal_check_alone(
    traveller: Traveller, scanner: str
) -> None:
    for start in ("IMGREG", "TRI", "REG"):
        names = names_of(traveller, traveller.go(start, scanner, profile="wheelchair"))
        assert {"MRI Waiting Area", "MRI Corridor"} <= names


def test_nuclear_medicine_is_left_by_a_door_of_its_own(traveller: Traveller) -> None:
    there = names_of(traveller, traveller.go("REG", "PETCT"))
    back = names_of(traveller, traveller.go("PETCT", "REG"))
    assert "Nuclear Medicine Waiting" in there
    assert "Nuclear Medicine Exit" not in there
    assert "Nuclear Medicine Exit" in back
    assert "Nuclear Medicine Waiting" not in back


def test_the_visitors_of_intensive_care_come_in_their_hour(traveller: Traveller) -> None:
    corridor = unit_called(traveller, "ICU Visitors' Corridor")
    refusal = traveller.ask("REG", corridor)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "outside-hours"
    assert refusal.without is not None
    assert refusal.without["at"] == "2026-11-23T15:30:00+08:00"
    journey = traveller.go("REG", corridor, profile="easy", at=ICU_VISITS)
    assert traveller.trace(journey)[-1] == "B 4F"
    assert "ICU Ward" not in names_of(traveller, journey)


def test_a_patient_on_a_bed_reaches_all_that_is_done_lying(traveller: Traveller) -> None:
    for place in ("LINAC1", "RTCT", "PETCT", "CT1", "MRI2", "HD", "ENDO", "OR10"):
        assert traveller.go("TRA", place, profile="bed").verified


def test_no_way_of_the_public_leads_through_what_staff_keep(
    traveller: Traveller,
) -> None:
    staff = {
        unit.id
        for unit in traveller.plan.list_of(Unit)
        if unit.access is not None and unit.access.value == "staff"
    }
    for start, end in (("RT", "NLAB"), ("ENDO", "HD"), ("FAMWAIT", "PATH"), ("DXA", "PFT")):
        assert not traveller.list_units(traveller.go(start, end)) & staff


def test_every_floor_differs_from_the_others(drawn: Hospital) -> None:
    floors = drawn.buildings["B"].floors.values()
    drawings = {
        frozenset((space.shape.wkt, space.category) for space in floor.spaces) for floor in floors
    }
    assert len(drawings) == len(floors)
