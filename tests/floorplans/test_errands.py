"""Ten errands that cross the hospital: the buildings, floors and lifts that they lead over.

The grounds are ``outdoors``; a lift is told by its number, ``A-ESC1`` is an escalator.
"""

from itertools import pairwise

import pytest
from shapely.geometry import LineString, Point

from tests.floorplans.traveller import DAY, NIGHT, Traveller
from wayfinder.model import Amenity, Unit
from wayfinder.route import Journey, Refusal, Router
from wayfinder.route.journey import SegmentKind

OUT_OF_HOURS = "2026-11-23T18:40"
VISITING = "2026-11-23T17:30"

FIRST_VISIT = ("P2-C-117", "REG", "CARD", "ECG", "BLDA", "CARD", "CASH2", "PHA", "P2-C-117")


@pytest.fixture(scope="module")
def traveller(router: Router) -> Traveller:
    """Return somebody who knows all ways of the hospital."""
    return Traveller(router)


def test_1_a_first_visit_to_cardiology_begins_and_ends_at_the_car(traveller: Traveller) -> None:
    journey = traveller.go(*FIRST_VISIT)
    assert [traveller.say(stop.feature) for stop in journey.stops] == [
        "Registration & Cashier",
        "Cardiology",
        "ECG",
        "Blood Sampling",
        "Cardiology",
        "Cashier 2F",
        "Outpatient Pharmacy",
        "C-117",
    ]
    floors = [word for word in traveller.trace(journey) if " " in word]
    assert [floor for floor in floors if floor[0] in "AB"] == [
        *("A 1F", "A 2F", "B 2F", "A 2F", "A 1F"),
    ]
    assert floors[0] == floors[-1] == "P2 B1"
    assert not journey.warnings


def test_1_in_a_wheelchair_it_is_lifts_all_the_way(traveller: Traveller) -> None:
    journey = traveller.go(*FIRST_VISIT, profile="wheelchair")
    assert journey.verified
    told = traveller.trace(journey)
    assert "stairs" not in told
    assert not any("ESC" in word for word in told)
    assert traveller.trace(traveller.go("REG", "CARD", "ECG", profile="wheelchair")) == [
        *("A 1F", "A-1", "A 2F", "B 2F"),
    ]


def test_1_the_car_park_leads_straight_into_the_building(traveller: Traveller) -> None:
    told = traveller.trace(traveller.go("P2-A-113", "REG", profile="wheelchair"))
    assert told == ["P2 B1", "A B1", "A-1", "A 1F"]


def test_2_a_fracture_is_seen_to_in_emergency_at_night(traveller: Traveller) -> None:
    journey = traveller.go("东门", "TRI", "TRA", "EDCT", profile="wheelchair", at=NIGHT)
    assert traveller.trace(journey) == ["outdoors", "D 1F"]
    assert journey.verified


def test_2_by_day_it_goes_on_to_radiology_and_orthopaedics(traveller: Traveller) -> None:
    journey = traveller.go("TRI", "TRA", "RAD", "ORTH", profile="wheelchair")
    assert traveller.trace(journey) == ["D 1F", "B 1F", "A 1F", "A-1", "A 3F"]
    assert journey.verified


def test_2_the_ramp_is_no_steeper_than_one_in_twelve(traveller: Traveller) -> None:
    journey = traveller.go("TRA", "RAD", profile="wheelchair")
    slopes = [
        unit.wayfinder["incline"]
        for unit in traveller.plan.units
        if unit.id in traveller.list_units(journey) and "incline" in unit.wayfinder
    ]
    assert slopes
    assert max(slopes) <= 1 / 12


def test_3_antenatal_care_with_a_pram_comes_from_the_bus(traveller: Traveller) -> None:
    journey = traveller.go("BUS", "OBST", "US", "LAB", "OBST", profile="wheelchair")
    assert traveller.trace(journey) == [
        *("outdoors", "A 1F", "A-1", "A 4F", "A-1", "A 2F", "B 2F"),
        *("A 2F", "A-1", "A 4F"),
    ]
    assert journey.verified


def test_4_grandmother_is_visited_slowly_and_without_stairs(traveller: Traveller) -> None:
    journey = traveller.go("BUS", "W11A", profile="easy", at=VISITING)
    assert traveller.trace(journey) == ["outdoors", "C 1F", "C-3", "C 11F"]
    gate = traveller.find("探视入口")
    assert any(gate in segment.features for segment in journey.segments)
    assert not journey.warnings


def test_4_there_is_a_seat_wherever_one_tires(traveller: Traveller) -> None:
    journey = traveller.go("BUS", "W11A", profile="easy", at=VISITING)
    assert longest_stretch_without_a_seat_m(traveller, journey) < 80


def test_4_the_way_home_is_open_when_the_outpatient_building_is_not(traveller: Traveller) -> None:
    journey = traveller.go("W11A", "BUS", profile="easy", at=OUT_OF_HOURS)
    assert traveller.trace(journey) == ["C 11F", "C-4", "C 1F", "outdoors"]
    assert traveller.find("风雨连廊") in traveller.list_units(journey)
    assert isinstance(traveller.ask("BUS", "CARD", at=OUT_OF_HOURS), Refusal)


def test_4_nobody_comes_to_visit_at_night(traveller: Traveller) -> None:
    refusal = traveller.ask("BUS", "W11A", profile="easy", at=NIGHT)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "outside-hours"
    assert refusal.without is not None
    assert refusal.without["at"].startswith("2026-11-24T06:00")


@pytest.mark.parametrize("at", [DAY, NIGHT])
def test_5_a_bed_goes_to_theatre_and_on_to_intensive_care(traveller: Traveller, at: str) -> None:
    journey = traveller.go("605", "OR", "ICUWARD", profile="bed", at=at)
    assert traveller.trace(journey) == [
        *("C 6F", "C-6", "C 2F", "B 2F", "B-3", "B 4F"),
    ]
    assert journey.verified
    assert isinstance(traveller.ask("605", "OR", profile="walk", at=NIGHT), Refusal)


def test_6_fever_goes_round_all_other_buildings(traveller: Traveller) -> None:
    there = traveller.go("BUS", "FEV")
    assert traveller.trace(there) == ["outdoors", "E 1F"]
    assert traveller.find("发热门诊入口") in features_of(there)
    back = traveller.go("FEV", "BUS")
    assert traveller.trace(back) == ["E 1F", "outdoors"]
    assert traveller.find("感染楼出口") in features_of(back)
    assert traveller.find("发热门诊入口") not in features_of(back)


def test_6_the_ways_to_and_from_the_fever_clinic_do_not_meet_at_its_doors(
    traveller: Traveller,
) -> None:
    there = traveller.list_units(traveller.go("东门", "FEV"))
    back = traveller.list_units(traveller.go("FEV", "东门"))
    assert traveller.find("发热门诊步道") in there - back
    assert traveller.find("发热门诊离院步道") in back - there


def test_7_at_night_the_laboratory_and_the_pharmacy_are_reached_from_emergency(
    traveller: Traveller,
) -> None:
    journey = traveller.go("ED", "NLAB", "NPH", at=NIGHT)
    assert traveller.trace(journey) == ["D 1F", "B 1F"]
    assert not journey.warnings
    for closed in ("REG", "LAB", "RAD"):
        refusal = traveller.ask("ED", closed, at=NIGHT)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "outside-hours"


def test_8_a_discharge_ends_at_the_taxi(traveller: Traveller) -> None:
    journey = traveller.go("W09B", "ADM", "RECO", "TAXI", profile="easy")
    told = traveller.trace(journey)
    assert told[:4] == ["C 9F", "C-4", "C 1F", "outdoors"]
    assert [word for word in told if " " in word][2:] == ["A 1F", "A B1", "A 1F"]
    assert told[-1] == "outdoors"
    assert not journey.warnings


def test_9_dialysis_is_reached_in_a_wheelchair_without_lift_b_3(traveller: Traveller) -> None:
    there = traveller.go("P2-B-105", "HD", profile="wheelchair", without=["B-3"])
    assert traveller.trace(there) == ["P2 B1", "A B1", "A-1", "A 3F", "B 3F"]
    assert there.verified
    back = traveller.go("HD", "P2-B-105", profile="wheelchair", without=["B-3"])
    assert traveller.trace(back) == ["B 3F", "A 3F", "A-1", "A B1", "P2 B1"]
    inside = traveller.go("ED", "HD", profile="wheelchair", without=["B-3"])
    assert traveller.trace(inside) == ["D 1F", "B 1F", "B-1", "B 3F"]


def test_9_with_both_public_lifts_of_b_out_there_is_still_a_way(traveller: Traveller) -> None:
    journey = traveller.go("ED", "HD", profile="wheelchair", without=["B-1", "B-3"])
    assert traveller.trace(journey) == ["D 1F", "B 1F", "A 1F", "A-1", "A 3F", "B 3F"]


@pytest.mark.parametrize(
    ("start", "helpers"),
    [("CARD", "A 1F"), ("W11A", "C 1F"), ("OBS", "D 1F"), ("GROUNDS", "A 1F")],
)
def test_10_whoever_lost_a_child_is_sent_to_the_nearest_security(
    traveller: Traveller, start: str, helpers: str
) -> None:
    origin = "落客区" if start == "GROUNDS" else start
    journey = traveller.go(origin, "nearest:security")
    assert traveller.trace(journey)[-1] == helpers


def test_10_a_dropped_phone_is_at_the_lost_and_found(traveller: Traveller) -> None:
    journey = traveller.go("W06A", "LOST")
    assert traveller.trace(journey)[-1] == "A 1F"


@pytest.mark.parametrize(
    "start", ["CARD", "TCM", "SHOP", "US", "RT", "FAMWAIT", "REH", "W12B", "NLAB", "OBS", "FEV"]
)
def test_nobody_is_locked_in_at_night(traveller: Traveller, start: str) -> None:
    assert isinstance(traveller.ask(start, "BUS", at=NIGHT), Journey)
    assert isinstance(traveller.ask(start, "BUS", at=NIGHT, profile="wheelchair"), Journey)


def features_of(journey: Journey) -> set[str]:
    return {key for segment in journey.segments for key in segment.features}


def longest_stretch_without_a_seat_m(traveller: Traveller, journey: Journey) -> float:
    """Measure along the walks how far it is from one seat within 12 m of the way to the next."""
    seats = list_seats(traveller)
    walked_m, passed_m = 0.0, [0.0]
    for segment in journey.segments:
        if segment.kind is SegmentKind.WALK:
            line = LineString(segment.line)
            passed_m += [
                walked_m + line.project(point)
                for level, point in seats
                if level == segment.level and line.distance(point) < 12
            ]
            walked_m += segment.length_m
    return max(after - before for before, after in pairwise(sorted([*passed_m, walked_m])))


def list_seats(traveller: Traveller) -> list[tuple[str | None, Point]]:
    """List where one can sit: the level and the spot."""
    plan = traveller.plan
    found = []
    for amenity in plan.list_of(Amenity):
        unit = plan.find(amenity.unit_ids[0], Unit) if amenity.unit_ids else None
        point = plan.find_geometry_m(amenity.id)
        if amenity.category == "seating" and unit and isinstance(point, Point):
            found.append((unit.level_id, point))
    return found
