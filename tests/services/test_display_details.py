"""What kiosks say of places now: hours, closures, in both languages."""

from datetime import datetime, timedelta

import pytest

from wayfinder.languages import LANGUAGES
from wayfinder.model import Closure, Conditions
from wayfinder.services.display_details import find_version, make_details
from wayfinder.services.served import Served


@pytest.fixture
def monday(clinic: Served) -> datetime:
    return datetime(2026, 11, 23, 10, 0, tzinfo=clinic.router.schedule.zone)


@pytest.fixture
def level(clinic: Served) -> str:
    return clinic.plan.levels[0].id


def close(served: Served, feature: str, number: int = 1) -> Served:
    conditions = Conditions((Closure(feature, reason={"zh-Hans": "检修", "en": "repair"}),))
    return served.with_conditions(conditions, number)


def test_hours_are_said_in_both_languages(clinic: Served, monday: datetime, level: str) -> None:
    (pharmacy,) = clinic.directory.find_exact("PHA")
    told = make_details(clinic, level, at=monday)["places"][pharmacy]
    assert told.keys() == set(LANGUAGES)
    assert told["en"]["open"] == told["zh-Hans"]["open"] == "yes"
    assert told["en"]["hours"]
    assert told["en"]["hours"] != told["zh-Hans"]["hours"]
    assert datetime.fromisoformat(told["en"]["until"]) > monday
    night = make_details(clinic, level, at=monday.replace(hour=2))["places"][pharmacy]
    assert night["en"]["open"] == "no"


def test_what_says_nothing_is_left_out(clinic: Served, monday: datetime, level: str) -> None:
    for told in make_details(clinic, level, at=monday)["places"].values():
        for said in told.values():
            assert all(said.values())


def test_a_closed_room_is_told_of_though_rooms_are_not(
    clinic: Served, monday: datetime, level: str
) -> None:
    toilet = next(unit.id for unit in clinic.plan.units if unit.category == "restroom.male")
    assert toilet not in make_details(clinic, level, at=monday)["places"]
    told = make_details(close(clinic, toilet), level, at=monday)["places"][toilet]
    assert "repair" in told["en"]["closures"][0]
    assert "检修" in told["zh-Hans"]["closures"][0]


def test_the_version_changes_with_the_day_and_what_holds(clinic: Served, monday: datetime) -> None:
    version = find_version(clinic, monday)
    assert find_version(clinic, monday + timedelta(minutes=1)) == version
    assert find_version(clinic, monday + timedelta(days=1)) != version
    assert find_version(close(clinic, clinic.plan.units[0].id), monday) != version


def test_it_changes_when_a_department_opens_or_closes_though_no_way_does(
    clinic: Served, monday: datetime, level: str
) -> None:
    at, same = monday, 0
    for _ in range(4):
        told = make_details(clinic, level, at=at)
        until = datetime.fromisoformat(told["until"])
        just = until - timedelta(seconds=1)
        assert find_version(clinic, just) == told["version"] != find_version(clinic, until)
        same += clinic.version_at(just) == clinic.version_at(until)
        at = until
    assert same


def test_it_is_made_once_for_all_that_ask(clinic: Served, monday: datetime, level: str) -> None:
    assert make_details(clinic, level, at=monday) is make_details(
        clinic, level, at=monday + timedelta(seconds=5)
    )
