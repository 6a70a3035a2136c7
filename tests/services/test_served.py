"""One venue as a request sees it: what its version tells apart."""

from datetime import UTC, datetime, timedelta

from wayfinder.model import Closure, Conditions, ExceptionalHours, Notice
from wayfinder.services.served import Served

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
SECOND = timedelta(seconds=1)


def test_a_door_that_closes_by_its_hours_changes_the_version(clinic: Served) -> None:
    change = clinic.router.schedule.find_change(NOW, clinic.conditions)
    assert change is not None
    before, after = clinic.version_at(change - SECOND), clinic.version_at(change)
    assert before == clinic.version_at(NOW)
    assert before != after
    assert {before, after} == {f"{clinic.version}-{one[-8:]}" for one in (before, after)}


def test_whatever_begins_or_ends_by_the_clock_changes_the_version(clinic: Served) -> None:
    place = next(unit.id for unit in clinic.plan.units if unit.category == "office")
    for conditions in (
        Conditions((Closure(place, SOON, LATER),)),
        Conditions(hours=(ExceptionalHours(place, "off", SOON, LATER),)),
        Conditions(notices=(Notice("1", {"en": "Masks, please"}, SOON, LATER),)),
    ):
        venue = clinic.with_conditions(conditions, 1)
        calm = clinic.with_conditions(Conditions(), 1)
        times = (NOW, SOON, LATER)
        assert [venue.version_at(at) == calm.version_at(at) for at in times] == [True, False, True]
