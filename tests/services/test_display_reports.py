"""Displays report; green is only what says itself that it shows what is in force."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Connection

from tests.displayed import BOARD, KIOSK, make_house
from wayfinder.services import conditions, displays, releases
from wayfinder.services.display_reports import Report, Reports
from wayfinder.services.display_watch import DisplayStatus, list_statuses
from wayfinder.services.follow import Follower
from wayfinder.services.venues import FoundDisplay, Venues
from wayfinder.store import Store, UnavailableError, UnknownError
from wayfinder.store.conditions import ConditionDraft

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class House:
    """A house in a store, as one worker serves it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.venues = Venues()
        self.follower = Follower(store, self.venues)
        self.reports = Reports(store)
        plan = make_house({"k": KIOSK, "b": BOARD}, refs={"k": "K-01"})
        releases.import_plan(store, "house", plan)
        releases.publish(store, "house")
        self.follower.refresh()
        made = displays.make_code(store, "K-01")
        self.token = displays.enrol(store, made.display, made.code)
        self.follower.refresh()

    @property
    def kiosk(self) -> FoundDisplay:
        (record,) = (one for one in self.venues.list_displays("house") if one.feature == "k")
        found = self.venues.find_display(record.id)
        assert found is not None
        return found

    def say(self, **changes: object) -> Report:
        """Say what a display would that is well."""
        served = self.kiosk.served
        said: dict[str, object] = {
            "release": served.snapshot.release.hash,
            "version": served.version_at(NOW),
            "program": "1.0",
            "uptime_s": 100,
            "errors": 0,
        }
        return Report(**{**said, **changes})  # type: ignore[arg-type]

    def look(self, at: datetime = NOW) -> DisplayStatus:
        """Return what is known of the kiosk."""
        found = {one.record.feature: one for one in list_statuses(self.store, "house", at=at)}
        return found["k"]


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def test_a_display_is_green_from_its_own_report_alone(house: House) -> None:
    assert house.look().reasons == ("never-reported",)
    house.reports.take(house.kiosk, house.say(), at=NOW)
    status = house.look()
    assert (status.is_green, status.reasons) == (True, ())
    assert status.display is not None
    assert status.report is not None
    assert (status.report.conditions, status.report.uptime_s) == (0, 100)
    board = next(one for one in list_statuses(house.store, None, at=NOW) if one is not status)
    assert not board.is_green
    assert board.reasons == ("not-enrolled", "never-reported")


def test_silence_is_red_within_a_minute(house: House) -> None:
    house.reports.take(house.kiosk, house.say(), at=NOW)
    for after_s, is_green in ((0, True), (59, True), (60, False), (3600, False), (-61, False)):
        status = house.look(NOW + after_s * SECOND)
        assert status.is_green == is_green, after_s
        assert is_green or status.reasons == ("silent",), after_s


def test_what_shows_something_else_or_breaks_is_red(house: House) -> None:
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"errors": 1}, "errors"),
        ({"release": None, "version": ""}, "nothing-shown"),
        ({"release": "sha256:0"}, "other-release"),
        ({"version": "1-0-7-0"}, "other-conditions"),
        ({"version": "what"}, "other-conditions"),
        ({"version": "1-٣-٣-0"}, "other-conditions"),
    )
    for number, (changes, reason) in enumerate(wrong):
        at = NOW + number * SECOND
        house.reports.take(house.kiosk, house.say(**changes), at=at)
        assert house.look(at).reasons == (reason,), changes


def test_a_closure_and_a_release_make_red_until_they_are_shown(house: House) -> None:
    house.reports.take(house.kiosk, house.say(), at=NOW)
    conditions.add(house.store, "house", ConditionDraft("closure", ("A",), {}))
    assert house.look().reasons == ("other-conditions",)
    house.follower.refresh()
    house.reports.take(house.kiosk, house.say(), at=NOW + SECOND)
    assert house.look().is_green
    plan = make_house({"k": KIOSK, "b": BOARD}, refs={"k": "K-01"}, tag=1)
    releases.import_plan(house.store, "house", plan)
    releases.publish(house.store, "house")
    assert house.look().reasons == ("other-release",)
    house.follower.refresh()
    house.reports.take(house.kiosk, house.say(), at=NOW + 2 * SECOND)
    assert house.look().is_green


def test_what_was_revoked_removed_or_is_not_in_the_plan(house: House) -> None:
    house.reports.take(house.kiosk, house.say(), at=NOW)
    displays.revoke_display(house.store, "K-01")
    assert house.look().reasons == ("revoked",)
    releases.import_plan(house.store, "house", make_house({"b": BOARD}, tag=1))
    releases.publish(house.store, "house")
    assert house.look().reasons == ("not-in-plan", "revoked", "other-release")
    displays.remove_display(house.store, "K-01")
    assert [one.record.feature for one in list_statuses(house.store, "house", at=NOW)] == ["b"]
    with pytest.raises(UnknownError):
        list_statuses(house.store, "nowhere", at=NOW)


def test_an_older_report_does_not_take_the_place_of_a_newer_one(house: House) -> None:
    house.reports.take(house.kiosk, house.say(errors=0), at=NOW)
    house.reports.take(house.kiosk, house.say(errors=5), at=NOW - SECOND)
    assert house.look().is_green


def test_proof_of_play_adds_up_for_notices_that_there_are(house: House) -> None:
    notice = conditions.add(house.store, "house", ConditionDraft("notice", (), {"en": "Hello"}))
    house.follower.refresh()
    number = str(notice.id)
    for count in (3, 0, 4):
        plays = {number: count, "made-up": 9}
        house.reports.take(house.kiosk, house.say(plays=plays), at=NOW + count * SECOND)
    (play,) = house.look().plays
    assert (play.notice, play.count) == (number, 7)
    assert (play.first_at, play.last_at) == (NOW + 3 * SECOND, NOW + 4 * SECOND)


def test_reports_are_gathered_while_the_store_is_away_and_written_when_it_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    notice = conditions.add(house.store, "house", ConditionDraft("notice", (), {"en": "Hello"}))
    house.follower.refresh()
    plays = {str(notice.id): 2}
    real = house.store.write

    def fail() -> None:
        raise UnavailableError("unreachable", problem="gone")

    monkeypatch.setattr(house.store, "write", fail)
    with pytest.raises(UnavailableError):
        house.reports.take(house.kiosk, house.say(plays=plays), at=NOW)
    patient = Reports(house.store, interval_s=0.01)
    patient.start()
    for number in range(3):
        patient.take(house.kiosk, house.say(plays=plays), at=NOW + number * SECOND)
    assert house.look().report is None
    monkeypatch.setattr(house.store, "write", real)
    patient.stop()
    status = house.look()
    assert status.report is not None
    assert status.report.made_at == NOW + 2 * SECOND
    assert [one.count for one in status.plays] == [6]
    house.reports.flush()  # what was to be written at once was kept all the same
    assert [one.count for one in house.look().plays] == [8]
    assert caplog.text.count("unreachable") <= 1


def test_a_token_is_checked_in_memory_then_in_the_store(house: House) -> None:
    assert house.reports.check(house.kiosk, house.token)
    assert not house.reports.check(house.kiosk, house.token + "x")
    stale = house.kiosk
    made = displays.make_code(house.store, "K-01")
    new = displays.enrol(house.store, made.display, made.code)
    assert house.reports.check(stale, new)


def test_what_is_in_memory_needs_no_store(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    found = house.kiosk

    def fail() -> None:
        raise UnavailableError("unreachable", problem="gone")

    monkeypatch.setattr(house.store, "read", fail)
    assert house.reports.check(found, house.token)
    assert not house.reports.check(found, "")
    with pytest.raises(UnavailableError):
        house.reports.check(found, "wfd_other")


def test_five_hundred_reports_are_one_transaction(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[str] = []
    real = house.store.write

    def write() -> AbstractContextManager[Connection]:
        writes.append("one")
        return real()

    monkeypatch.setattr(house.store, "write", write)
    patient = Reports(house.store, interval_s=30)
    patient.start()
    for number in range(500):
        patient.take(house.kiosk, house.say(uptime_s=number), at=NOW + number * SECOND)
    assert not writes
    patient.stop()
    assert len(writes) == 1
    status = house.look(NOW + 500 * SECOND)
    assert status.report is not None
    assert status.report.uptime_s == 499
