"""What is due comes into force once, late if need be, and never over what it does not know."""

import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.drafted import ANN, Hand, rename
from tests.signed import FIRST, make_broken_plan, make_plan
from wayfinder.model.sign_records import SignState
from wayfinder.services import condition_sets, conditions, releases, signage, timetable
from wayfinder.services.condition_sets import give_hours, prepare_set
from wayfinder.services.drafts import (
    Desk,
    cancel_schedule,
    list_not_come,
    list_open_drafts,
    open_draft,
    schedule_draft,
)
from wayfinder.services.timetable import Timetable, publish_due, schedule_release
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError, open_store
from wayfinder.store.audit import Actor
from wayfinder.store.conditions import ConditionSet
from wayfinder.store.schedules import ScheduleRecord, list_schedules
from wayfinder.store.venues import get_venue

SOON = timedelta(hours=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SINCE = "2001-2090"


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a house in force, and another release of it."""
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    releases.import_plan(store, "house", make_plan(tag=1))
    return store


def find_log(store: Store) -> list[tuple[int, str]]:
    history = releases.get_history(store, "house")
    return [(one.number, one.published_by) for one in history.publications]


def test_what_is_due_comes_into_force_once(house: Store) -> None:
    at = datetime.now(UTC) + SOON
    planned = schedule_release(house, "house", 2, at, who=ANN)
    assert publish_due(house) == []
    (done,) = publish_due(house, at)
    assert (done.id, done.outcome, done.done_at, done.late_s) == (planned.id, "published", at, 0)
    assert publish_due(house, at + SOON) == []
    assert find_log(house) == [(2, "ann"), (1, "")]


def test_what_was_missed_comes_late_and_says_so(house: Store) -> None:
    at = datetime.now(UTC) + SOON
    schedule_release(house, "house", 2, at, who=ANN)
    (done,) = publish_due(house, at + SOON)
    assert (done.outcome, done.late_s) == ("published", 3600.0)
    assert releases.get_history(house, "house").published == 2


def test_several_workers_do_it_once(house: Store, store_url: str) -> None:
    at = datetime.now(UTC) + SOON
    for number in (2, 1, 2):
        schedule_release(house, "house", number, at, who=Actor(str(number)))
    found: list[int] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        store = open_store(store_url)
        barrier.wait()
        found.extend(one.id for one in publish_due(store, at))
        store.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [1, 2, 3]
    assert len(find_log(house)) <= 4


def test_what_came_into_force_meanwhile_is_not_undone(house: Store) -> None:
    desk = Desk(house)
    draft = open_draft(desk, "house", "wing", who=ANN)
    Hand(desk, draft.id, "ann").do(rename("A", "X-ray"))
    at = datetime.now(UTC) + SOON
    schedule_draft(desk, "house", draft.id, 1, at, who=ANN)
    releases.publish(house, "house", 2)
    (done,) = publish_due(house, at)
    assert (done.outcome, done.late_s) == ("refused", 0)
    assert done.problem == {
        "code": "release-overtaken",
        "values": {"number": 3, "published": 2},
    }
    assert releases.get_history(house, "house").published == 2
    assert publish_due(house, at) == []


def test_a_planned_way_back_undoes_nothing_that_came_since(house: Store) -> None:
    releases.publish(house, "house", 2)
    at = datetime.now(UTC) + SOON
    with pytest.raises(ConflictError, match="release-moved"):
        schedule_release(house, "house", 1, at, who=ANN, over=(1,))
    planned = schedule_release(house, "house", 1, at, who=ANN, over=(2,))
    assert planned.upon == (2,)
    releases.import_plan(house, "house", make_plan(tag=3))
    assert releases.publish(house, "house").pending == (planned,)
    (done,) = publish_due(house, at)
    assert (done.outcome, done.problem["code"]) == ("refused", "release-overtaken")
    assert releases.get_history(house, "house").published == 3
    # planned anew it comes: now it is known what it takes the place of
    schedule_release(house, "house", 1, at, who=ANN, over=(3,))
    (done,) = publish_due(house, at)
    assert done.outcome == "published"
    assert releases.get_history(house, "house").published == 1


def test_what_was_refused_is_told_until_somebody_has_seen_to_it(house: Store) -> None:
    desk, at = Desk(house), datetime.now(UTC) + SOON
    draft = open_draft(desk, "house", "wing", who=ANN)
    Hand(desk, draft.id, "ann").do(rename("A", "X-ray"))
    planned = schedule_draft(desk, "house", draft.id, 1, at, who=ANN).schedule
    assert list_not_come(desk, "house") == []
    releases.publish(house, "house", 2)
    (done,) = publish_due(house, at)
    assert list_not_come(desk, "house") == [done]
    # planned anew it is to come; called off, it has not come all the same
    anew = schedule_release(house, "house", planned.number, at, who=ANN)
    assert list_not_come(desk, "house") == []
    cancel_schedule(desk, "house", anew.id, who=ANN)
    assert list_not_come(desk, "house") == [done]
    cancel_schedule(desk, "house", done.id, who=ANN)
    assert list_not_come(desk, "house") == []
    assert list_open_drafts(desk, "house")[0].id == draft.id
    with pytest.raises(ConflictError, match="schedule-done"):
        cancel_schedule(desk, "house", done.id, who=ANN)


def test_what_was_put_into_force_since_is_not_called_off(house: Store) -> None:
    desk, at = Desk(house), datetime.now(UTC) + SOON
    schedule_release(house, "house", 2, at, who=ANN)
    releases.import_plan(house, "house", make_plan(tag=3))
    releases.publish(house, "house")
    (done,) = publish_due(house, at)
    assert list_not_come(desk, "house") == [done]
    releases.publish(house, "house", 2)
    assert list_not_come(desk, "house") == []
    with pytest.raises(ConflictError, match="schedule-done"):
        cancel_schedule(desk, "house", done.id, who=ANN)


def test_what_becomes_of_it_is_told(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    due, told = datetime.now(UTC) + SOON, list[tuple[str, str]]()
    schedule_release(house, "house", 1, due, who=ANN)
    releases.publish(house, "house", 2)
    schedule_release(house, "house", 1, due, who=ANN)
    monkeypatch.setattr(timetable, "publish_due", partial(publish_due, now=due))
    Timetable(house, tell=lambda *said: told.append(said))._look()
    assert told == [("house", "refused"), ("house", "published")]


def test_what_somebody_put_into_force_before_its_time_is_not_refused(house: Store) -> None:
    at = datetime.now(UTC) + SOON
    schedule_release(house, "house", 2, at, who=ANN)
    assert releases.publish(house, "house", 2).pending == ()
    (done,) = publish_due(house, at)
    assert (done.outcome, len(find_log(house))) == ("published", 2)


def test_what_cannot_be_is_refused_for_good(house: Store) -> None:
    releases.import_plan(house, "house", make_broken_plan())
    at = datetime.now(UTC) + SOON
    with pytest.raises(ConflictError, match="release-has-errors"):
        schedule_release(house, "house", 3, at, who=ANN)
    with pytest.raises(UnknownError, match="unknown-release"):
        schedule_release(house, "house", 4, at, who=ANN)
    with pytest.raises(InvalidError, match="due-already"):
        schedule_release(house, "house", 2, datetime.now(UTC), who=ANN)
    releases.import_plan(house, "house", make_plan({"s": {"sign_code": FIRST}}))
    releases.publish(house, "house")
    releases.import_plan(house, "house", make_plan({"t": {"sign_code": FIRST}}))
    schedule_release(house, "house", 5, at, who=ANN)
    schedule_release(house, "house", 2, at + SOON, who=ANN)
    for state in (SignState.PRINTED, SignState.MOUNTED, SignState.REMOVED):
        signage.set_states(house, "house", state, [FIRST])
    done = publish_due(house, at + SOON)
    assert [one.outcome for one in done] == ["refused", "published"]
    assert done[0].problem["code"] == "code-removed"


def test_it_looks_in_the_background(house: Store) -> None:
    clock = Timetable(house, interval_s=0.02)
    clock.start()
    schedule_release(house, "house", 2, datetime.now(UTC) + timedelta(seconds=1), who=ANN)
    until = time.monotonic() + 20
    while releases.get_history(house, "house").published != 2 and time.monotonic() < until:
        time.sleep(0.02)
    clock.stop()
    with house.read() as connection:
        (done,) = list_schedules(connection, get_venue(connection, "house"))
    assert (done.outcome, find_log(house)[0]) == ("published", (2, "ann"))


def test_a_database_that_is_away_is_waited_for(
    house: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    look = Timetable(house)
    house.close()

    def fail(*_: object, **__: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("wayfinder.services.timetable.publish_due", fail)
    look._look()
    look._look()
    assert [record.getMessage() for record in caplog.records] == ["what is due: ValueError"]
    monkeypatch.undo()
    look._look()
    assert look._said == frozenset()


def test_what_fails_for_no_known_reason_keeps_nothing_else_from_its_time(
    house: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    due = datetime.now(UTC) + SOON
    first = schedule_release(house, "house", 2, due, who=ANN)
    schedule_release(house, "house", 2, due, who=ANN)
    made = prepare_set(house, "house", "night")
    give_hours(house, "house", made.id, SINCE, now=LONG_AGO)
    other = prepare_set(house, "house", "day")
    give_hours(house, "house", other.id, SINCE, now=LONG_AGO)
    put, turn = timetable._put_in_force, condition_sets._turn

    def break_first(store: Store, record: ScheduleRecord, *values: Any) -> Any:  # noqa: ANN401
        if record.id == first.id:
            raise ZeroDivisionError
        return put(store, record, *values)

    def break_night(connection: Any, venue: Any, before: ConditionSet) -> ConditionSet:  # noqa: ANN401
        if before.id == made.id:
            raise KeyError("night")
        return turn(connection, venue, before)

    monkeypatch.setattr(timetable, "_put_in_force", break_first)
    monkeypatch.setattr(condition_sets, "_turn", break_night)
    monkeypatch.setattr(timetable, "publish_due", partial(publish_due, now=due))
    look = Timetable(house)
    look._look()
    look._look()
    assert releases.get_history(house, "house").published == 2
    assert [one.active for one in conditions.list_all_sets(house, "house")] == [True, False]
    errors = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert errors == [
        "release 2 of venue house: ZeroDivisionError",
        f"set {made.id} of venue house: KeyError",
    ]
