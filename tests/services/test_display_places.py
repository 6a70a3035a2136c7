"""What kiosks list: every public place, each under what it is called and where it is."""

import json
import string

import pytest

from wayfinder.languages import LANGUAGES
from wayfinder.model import Access, Level, Occupant
from wayfinder.services.directory.entries import find_level
from wayfinder.services.display_places import (
    DEPARTMENT,
    PLACE,
    ROOM,
    SORTS,
    JsonObject,
    find_goal,
    list_places,
    make_directory,
)
from wayfinder.services.served import Served


@pytest.fixture(scope="module")
def ground(served_hospital: Served) -> str:
    hall = served_hospital.directory.find_exact("Outpatient Hall")[0]
    level = find_level(served_hospital.plan, served_hospital.plan[hall])
    assert level is not None
    return level.id


@pytest.fixture(scope="module")
def directory(served_hospital: Served, ground: str) -> JsonObject:
    return make_directory(served_hospital, ground)


def test_every_public_department_is_listed_once(
    served_hospital: Served, directory: JsonObject
) -> None:
    public = {
        hit.id
        for one in served_hospital.plan.list_of(Occupant)
        if (hit := served_hospital.directory.make_hit(one.id)) is not None and hit.public
    }
    ids = [place["id"] for place in directory["places"]]
    assert len(ids) == len(set(ids))
    departments = {place["id"] for place in directory["places"] if place["weight"] == DEPARTMENT}
    known = set(ids) | {key for place in directory["places"] for key in place.get("rooms", ())}
    assert len(departments) > 100
    # of several that are one place one stands for all
    assert len(public - known) < 10


def test_staff_rooms_are_not(served_hospital: Served, directory: JsonObject) -> None:
    listed = {place["id"] for place in directory["places"]}
    for key in listed:
        assert served_hospital.plan[key].access in {None, Access.PUBLIC, Access.TICKETED}


def test_the_tables_hold_together(directory: JsonObject) -> None:
    sizes = {name: len(directory[name]) for name in ("floors", "categories", "texts", "sorts")}
    for place in directory["places"]:
        assert 0 <= place["floor"] < sizes["floors"]
        assert 0 <= place["category"] < sizes["categories"]
        assert place["weight"] in {DEPARTMENT, PLACE, ROOM}
        assert place["texts"]
        assert all(0 <= text < sizes["texts"] for text in place["texts"])
        assert all(0 <= sort < sizes["sorts"] for sort in place["sorts"])
        assert place["name"].keys() == set(LANGUAGES)
        assert all(place["name"].values())
        assert set(place["initial"].values()) <= {*string.ascii_uppercase, "#"}
    assert all(0 <= one < sizes["categories"] for one in directory["sorts"])
    assert {directory["categories"][one]["id"] for one in directory["sorts"]} <= set(SORTS)
    assert json.loads(json.dumps(directory)) == directory


def test_the_highest_floor_comes_first(served_hospital: Served, directory: JsonObject) -> None:
    ordinals = [floor["ordinal"] for floor in directory["floors"]]
    assert ordinals == sorted(ordinals, reverse=True)
    assert len(ordinals) == len(served_hospital.plan.list_of(Level))


def test_chinese_names_are_ordered_and_found_by_their_sound(directory: JsonObject) -> None:
    place = next(one for one in directory["places"] if one["name"]["zh-Hans"] == "重症医学科")
    assert place["order"]["zh-Hans"].startswith("zhongzheng")
    assert place["initial"] == {"zh-Hans": "Z", "en": "I"}
    words, pinyin, initials = directory["texts"][place["texts"][0]]
    assert (words, pinyin, initials) == ("重症医学科", "zhongzhengyixueke", "zzyxk")


def test_rooms_are_ordered_by_their_numbers(directory: JsonObject) -> None:
    rooms = sorted(
        (place["order"]["en"], place["name"]["en"])
        for place in directory["places"]
        if place["name"]["en"].startswith("Ultrasound Room ")
    )
    assert [name for _, name in rooms] == [f"Ultrasound Room {number + 1}" for number in range(8)]


def test_a_lift_is_the_one_of_the_displays_own_floor(
    served_hospital: Served, directory: JsonObject, ground: str
) -> None:
    lifts = [entry for entry in list_places(served_hospital) if entry.categories[0] == "elevator"]
    stopping = [lift for lift in lifts if ground in {spot.level_id for _, spot in lift.spots}]
    assert stopping
    floors = {place["id"]: place["floor"] for place in directory["places"]}
    for lift in stopping:
        goal = find_goal(lift, ground)
        assert served_hospital.plan[goal].level_id == ground
        assert directory["floors"][floors[goal]]["id"] == ground


def test_equal_names_are_told_apart(directory: JsonObject) -> None:
    beds = [one for one in directory["places"] if one["name"]["en"] == "Nurse Station"]
    assert sum("area" in one for one in beds) > 1


def test_it_is_made_once(served_hospital: Served, directory: JsonObject, ground: str) -> None:
    assert make_directory(served_hospital, ground) is directory
