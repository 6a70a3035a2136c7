"""What the page of a place shows: open or closed, why, who may enter, without steps or not."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from wayfinder.formats import read_plan
from wayfinder.model import Access, Closure, Conditions, ExceptionalHours, Notice, Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.describe import Description, describe_place
from wayfinder.services.directory import Directory
from wayfinder.services.opening import make_is_open
from wayfinder.services.served import Served, make_served

ZONE = ZoneInfo("Asia/Shanghai")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZONE)
NIGHT = SUNDAY.replace(hour=21)
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
WHY = {"en": "burst pipe", "zh-Hans": "水管爆裂"}


@cache
def read_clinic() -> tuple[Served, Directory]:
    served = make_served("clinic", Release(read_plan(floorplans_dir() / "clinic").plan, 1))
    return served, Directory(served.plan)


def find(text: str) -> str:
    (first, *_) = read_clinic()[1].search(text).hits
    return first.id


def describe(
    text: str,
    language: str = "en",
    at: datetime = SUNDAY,
    conditions: Conditions | None = None,
) -> Description:
    served, directory = read_clinic()
    if conditions is not None:
        served = served.with_conditions(conditions, 1)
    made = describe_place(served, directory, find(text), language=language, at=at)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("at", "note"),
    [
        (SUNDAY, "Open now, closes at 20:00"),
        (NIGHT, "Closed now, opens tomorrow at 8:00"),
    ],
)
def test_it_says_open_or_closed_and_when_that_changes(at: datetime, note: str) -> None:
    assert describe("PHA", at=at).opening.note == note


def test_hours_names_and_the_number_of_the_room_are_there() -> None:
    made = describe("PHA", "zh-Hans")
    assert (made.hit.name, made.hit.other_name, made.hit.floor) == ("药房", "Pharmacy", "1F")
    assert made.opening.hours == ("每天 08:00–20:00",)
    assert made.aliases == ("取药", "拿药")
    assert made.number == "105"
    assert made.hit.building == "门诊楼"


def test_a_place_in_a_section_names_it() -> None:
    assert describe("PED").areas == ("Consulting Area 2F",)


def test_a_place_without_hours_says_nothing() -> None:
    opening = describe("Lobby").opening
    assert (opening.is_open, opening.note, opening.hours) == (None, "", ())


def test_a_closed_floor_closes_what_is_on_it_and_says_why_and_until_when() -> None:
    conditions = Conditions(closures=(Closure(find("2F"), end=NOON, reason=WHY),))
    opening = describe("PED", conditions=conditions).opening
    assert opening.is_open is False
    assert opening.note == "Closed now, opens tomorrow at 12:00"
    assert opening.closures == ("2F: Closed until tomorrow 12:00 (burst pipe)",)
    assert describe("PHA", conditions=conditions).opening.is_open is True
    assert describe("Lift 1", conditions=conditions).opening.is_open is None


def test_a_closure_to_come_is_announced_a_week_before() -> None:
    soon = Conditions(closures=(Closure(find("PED"), start=NOON),))
    late = Conditions(closures=(Closure(find("PED"), start=NOON.replace(month=12)),))
    assert describe("PED", conditions=soon).opening.closures == (
        "Will be closed from tomorrow 12:00",
    )
    assert describe("PED", conditions=late).opening.closures == ()


def test_exceptional_hours_go_before_the_usual_ones() -> None:
    other = ExceptionalHours(find("PHA"), "Mo-Su 13:00-15:00", end=NOON, reason=WHY)
    opening = describe("PHA", conditions=Conditions(hours=(other,))).opening
    assert opening.note == "Closed now, opens at 13:00"
    assert opening.hours == ("Every day 13:00–15:00",)
    assert opening.hours_note == "Other hours, until tomorrow 12:00 (burst pipe)"
    endless = Conditions(hours=(replace(other, end=None),))
    assert describe("PHA", conditions=endless).opening.hours_note == (
        "Other hours for now (burst pipe)"
    )


def test_who_may_not_enter_is_told() -> None:
    made = describe("104", "zh-Hans")
    assert (made.access, made.access_note) == (Access.STAFF, "仅限工作人员进入")
    assert describe("PHA").access_note == ""


def test_whether_it_is_step_free_is_told() -> None:
    assert describe("PED").step_free is True
    assert describe("East Stairs").step_free is False
    assert describe("2F").step_free_note == ""


def test_notices_about_the_floor_are_there() -> None:
    conditions = Conditions(notices=(Notice("a", WHY, feature=find("2F")), Notice("b", WHY)))
    assert describe("PED", conditions=conditions).notices == ("burst pipe",)
    assert describe("PHA", conditions=conditions).notices == ()


@pytest.mark.parametrize(
    ("hours", "is_open", "note", "lines"),
    [
        (
            "Mo-Su 08:00-18:00 unknown",
            None,
            "Hours not certain: please call before you come",
            ("Every day 8:00–18:00",),
        ),
        (
            "whenever we like",
            None,
            "Hours not certain: please call before you come",
            ("Hours: see the notice at the door",),
        ),
        ("24/7", True, "Open now", ("Open day and night",)),
        ("off", False, "Closed now", ("Closed",)),
    ],
)
def test_hours_that_do_not_say_are_not_guessed(
    hours: str,
    is_open: bool | None,  # noqa: FBT001 - a parameter of the test
    note: str,
    lines: tuple[str, ...],
) -> None:
    plan = read_clinic()[0].plan
    desk = find("PHA")
    (room,) = (feature for feature in plan if feature.codes.get("room") == "105")
    changed = plan.with_features(
        plan[desk].with_properties(hours=hours), room.with_wayfinder(hours=None)
    )
    served = make_served("clinic", Release(changed, 1))
    made = describe_place(served, served.directory, desk, language="en", at=SUNDAY)
    assert made is not None
    assert (made.opening.is_open, made.opening.note) == (is_open, note)
    assert made.opening.hours == lines


def test_lists_know_what_is_open_now() -> None:
    served, _ = read_clinic()
    assert make_is_open(served, SUNDAY)(find("PHA"))
    assert not make_is_open(served, NIGHT)(find("PHA"))
    assert make_is_open(served, NIGHT)(find("Lobby"))
    closed = served.with_conditions(Conditions(closures=(Closure(find("PHA")),)), 1)
    assert not make_is_open(closed, SUNDAY)(find("PHA"))


def test_an_unknown_place_is_none() -> None:
    served, directory = read_clinic()
    assert describe_place(served, directory, "nowhere", language="en") is None
