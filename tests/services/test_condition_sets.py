"""Sets switch themselves by their hours; what is done by hand holds until the next time."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.signed import make_plan
from wayfinder.services import condition_sets, conditions, releases
from wayfinder.services.condition_sets import BY_HOURS, foresee, give_hours, prepare_set, switch_due
from wayfinder.store import InvalidError, Store, UnknownError
from wayfinder.store.audit import list_entries
from wayfinder.store.conditions import ConditionSet

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NIGHT = "20:00-06:00"


@pytest.fixture
def house(store: Store) -> Store:
    plan = make_plan()
    venue = plan.venue
    assert venue is not None
    releases.import_plan(store, "house", plan.with_features(venue.with_wayfinder(time_zone="UTC")))
    releases.publish(store, "house")
    return store


def make(store: Store, hours: str = NIGHT) -> ConditionSet:
    made = prepare_set(store, "house", "night")
    return give_hours(store, "house", made.id, hours, now=NOON)


def is_on(store: Store) -> bool:
    (found,) = conditions.list_all_sets(store, "house")
    return found.active


def test_a_set_is_on_in_its_hours(house: Store) -> None:
    made = make(house)
    assert (made.hours, made.due_at, made.active) == (NIGHT, NOON + 8 * HOUR, False)
    assert switch_due(house, NOON + 7 * HOUR) == []
    (on,) = switch_due(house, NOON + 8 * HOUR)
    assert (on.active, on.switched_by, on.due_at) == (True, BY_HOURS, NOON + 18 * HOUR)
    assert switch_due(house, NOON + 8 * HOUR) == []
    switch_due(house, NOON + 18 * HOUR)
    assert not is_on(house)
    with house.read() as connection:
        log = list_entries(connection, "default")
    assert [one.action for one in log[:2]] == ["sets-switched", "sets-switched"]


def test_a_set_that_goes_meanwhile_keeps_no_other_from_its_time(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(house)
    due = [("house", made.id + 1), ("house", made.id)]
    monkeypatch.setattr(condition_sets, "list_due_sets", lambda *_: due)
    assert [one.id for one in switch_due(house, NOON + 8 * HOUR)] == [made.id]


def test_what_was_missed_is_not_made_up_for(house: Store) -> None:
    make(house)
    assert switch_due(house, NOON + 48 * HOUR) == []
    assert not is_on(house)
    (found,) = conditions.list_all_sets(house, "house")
    assert found.due_at == NOON + 56 * HOUR


def test_a_hand_is_stronger_until_the_next_time(house: Store) -> None:
    make(house)
    conditions.switch(house, "house", on=["night"])
    assert switch_due(house, NOON + 8 * HOUR) == []
    conditions.switch(house, "house", off=["night"])
    assert switch_due(house, NOON + 9 * HOUR) == []
    assert not is_on(house)
    assert switch_due(house, NOON + 32 * HOUR + HOUR)
    assert is_on(house)


def test_it_is_foreseen_when_hours_change_it_and_not_when_they_find_it_so(house: Store) -> None:
    made = make(house)
    assert foresee(made, ZoneInfo("UTC")).due_at == NOON + 8 * HOUR
    conditions.switch(house, "house", on=["night"])
    (by_hand,) = conditions.list_all_sets(house, "house")
    assert foresee(by_hand, ZoneInfo("UTC")).due_at == NOON + 18 * HOUR
    # given hours that it is in, it is off until they begin again
    give_hours(house, "house", made.id, "")
    conditions.switch(house, "house", off=["night"])
    within = give_hours(house, "house", made.id, NIGHT, now=NOON + 10 * HOUR)
    assert foresee(within, ZoneInfo("UTC")).due_at == NOON + 32 * HOUR
    assert foresee(give_hours(house, "house", made.id, ""), ZoneInfo("UTC")).due_at is None


def test_without_hours_only_a_hand_switches(house: Store) -> None:
    made = make(house)
    bare = give_hours(house, "house", made.id, "")
    assert (bare.hours, bare.due_at) == (None, None)
    assert switch_due(house, NOON + 999 * HOUR) == []


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ("whenever", "unreadable-hours"),
        ("24/7", "hours-never-change"),
        ('08:00-09:00 off "a"', "hours-never-change"),
        ('Mo-Fr open "A"; Sa-Su open "B"', "hours-never-change"),
    ],
)
def test_hours_that_switch_nothing_are_refused(house: Store, hours: str, code: str) -> None:
    with pytest.raises(InvalidError, match=code):
        make(house, hours)
    with pytest.raises(UnknownError, match="unknown-set"):
        give_hours(house, "house", 999, NIGHT)


def test_hours_whose_words_alone_change_are_gone_through_for_a_year_at_most(house: Store) -> None:
    make(house, 'Mo-Fr open "work"; Sa-Su open "weekend"; Dec 24 off')
    conditions.switch(house, "house", on=["night"])
    (on,) = conditions.list_all_sets(house, "house")
    christmas = datetime(2030, 12, 24, tzinfo=UTC)
    assert foresee(on, ZoneInfo("UTC")).due_at == christmas
    # as they could be given once
    never = replace(on, hours='08:00-09:00 off "a"', active=False)
    begun = time.monotonic()
    assert foresee(never, ZoneInfo("UTC")).due_at is None
    assert time.monotonic() - begun < 2


def test_hours_of_a_plan_that_is_gone_wait(house: Store) -> None:
    made = make(house)
    with house.write() as connection:
        from wayfinder.store.conditions import plan_set
        from wayfinder.store.venues import get_venue

        plan_set(connection, get_venue(connection, "house"), made.id, hours="no", due_at=NOON)
    assert switch_due(house, NOON) == []
    (found,) = conditions.list_all_sets(house, "house")
    assert (found.hours, found.due_at) == ("no", None)
