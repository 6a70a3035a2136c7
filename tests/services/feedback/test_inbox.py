"""The inbox: states, reports about the same, answers; all in the log, and taken back there."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.heard import make_report
from tests.services.feedback.conftest import ANN
from wayfinder.services import audit
from wayfinder.services.feedback import answers, inbox
from wayfinder.services.feedback.answers import read_answers
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.roles import Role, Staff
from wayfinder.store import ConflictError, Store, UnknownError
from wayfinder.store.audit import list_entries
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.venues import get_venue, make_venue

KEYS = count()


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def quick(store: Store) -> Store:
    with store.write() as connection:
        make_venue(connection, "clinic", "default", {})
    return store


def report(store: Store, **values: object) -> int:
    with store.write() as connection:
        venue = get_venue(connection, "clinic")
        made = replace(make_report(), **values)  # type: ignore[arg-type]
        add_report(connection, venue, made, key=f"{next(KEYS):032x}")
        return list_reports(connection, venue)[0].id


def undo_last(store: Store) -> None:
    with store.read() as connection:
        entry = list_entries(connection, "default")[0]
    audit.undo(store, find_admin(store), "default", entry.id)


def find_admin(store: Store) -> Staff:
    """Return an admin of the house, added where there is none yet."""
    desk = Desk(store)
    with suppress(StaffError):
        roster.add(desk, "Bo", Role.ADMIN, "default", by=ANN)
    return Staff.of(roster.find_named(desk, "Bo"))


def list_done(store: Store) -> list[str]:
    with store.read() as connection:
        return [one.action for one in list_entries(connection, "default") if one.who == ANN.name]


def test_states_are_noted_and_taken_back(quick: Store) -> None:
    number = report(quick)
    assert inbox.count_unread(quick, "clinic") == 1
    inbox.change(quick, "clinic", number, state="in-work", assigned=" lift  team ", who=ANN)
    record = inbox.get_item(quick, "clinic", number).record
    assert (record.state, record.assigned, record.changed_by) == ("in-work", "lift team", "安")
    assert inbox.count_unread(quick, "clinic") == 0
    undo_last(quick)
    assert inbox.get_item(quick, "clinic", number).record.state == "new"
    with quick.read() as connection:
        entries = list_entries(connection, "default")
    assert [one.who for one in entries if one.action == "report-changed"] == ["Bo", "安"]


def test_what_somebody_changed_since_is_not_taken_back(quick: Store) -> None:
    number = report(quick)
    inbox.change(quick, "clinic", number, state="seen", assigned="", who=ANN)
    with quick.read() as connection:
        entry = list_entries(connection, "default")[0]
    inbox.change(quick, "clinic", number, state="done", assigned="", who=ANN)
    with pytest.raises(ConflictError):
        audit.undo(quick, find_admin(quick), "default", entry.id)


def test_the_same_again_is_not_noted(quick: Store) -> None:
    number = report(quick)
    inbox.change(quick, "clinic", number, state="new", assigned="", who=ANN)
    assert list_done(quick) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "lost", "assigned": ""}, "no-state"),
        ({"state": "done", "assigned": "x" * 201}, "note-too-long"),
    ],
)
def test_nonsense_is_refused(quick: Store, values: dict[str, str], code: str) -> None:
    with pytest.raises(FeedbackError) as caught:
        inbox.change(quick, "clinic", report(quick), **values, who=ANN)
    assert caught.value.code == code


def test_the_oldest_speaks_for_all_in_the_state_of_the_first(quick: Store) -> None:
    first, second, third = (report(quick) for _ in range(3))
    inbox.change(quick, "clinic", third, state="in-work", assigned="team", who=ANN)
    inbox.merge(quick, "clinic", third, [second], who=ANN)
    merged = inbox.merge(quick, "clinic", third, [first], who=ANN)
    assert (merged.id, merged.state, merged.assigned) == (first, "in-work", "team")
    (item,) = inbox.list_inbox(quick, "clinic")
    assert item.count == 3
    # whoever holds the address of one of them comes to what speaks for it
    assert inbox.get_item(quick, "clinic", second) == item
    inbox.part(quick, "clinic", second, who=ANN)
    assert sorted(one.count for one in inbox.list_inbox(quick, "clinic")) == [1, 2]
    with pytest.raises(FeedbackError):
        inbox.part(quick, "clinic", second, who=ANN)
    with pytest.raises(FeedbackError):
        inbox.merge(quick, "clinic", first, [first, third], who=ANN)
    with pytest.raises(UnknownError):
        inbox.merge(quick, "clinic", first, [999], who=ANN)


def test_what_may_be_about_the_same_is_offered(quick: Store) -> None:
    own = report(quick)
    same = report(quick, kind="other")
    near = report(quick, feature="B")
    report(quick, feature="B", kind="other")
    item = inbox.get_item(quick, "clinic", own)
    alike = inbox.list_alike(item, inbox.list_inbox(quick, "clinic"))
    assert [one.record.id for one in alike] == [same, near]


def test_an_answer_is_shown_where_any_of_them_was_told_for_a_time(quick: Store) -> None:
    first, second = report(quick), report(quick, feature="B", sign=None)
    inbox.merge(quick, "clinic", first, [second], who=ANN)
    now = datetime.now(UTC)
    done = answers.answer(
        quick, "clinic", second, {"en": " It is\nmended ", "zh-Hans": ""}, days=3, who=ANN, at=now
    )
    assert (done.id, done.state, done.answer) == (first, "done", {"en": "It is mended"})
    with quick.read() as connection:
        venue = get_venue(connection, "clinic")
        shown = read_answers(connection, venue, now + timedelta(days=2, hours=23))
        over = read_answers(connection, venue, now + timedelta(days=3))
    assert {key: [one.text for one in found] for key, found in shown.items()} == {
        key: [{"en": "It is mended"}] for key in ("A", "B", "VQAFYHP")
    }
    assert over == {}


def test_an_answer_is_ended_and_taken_back(quick: Store) -> None:
    number = report(quick)
    answers.answer(quick, "clinic", number, {"en": "Soon"}, days=1, who=ANN)
    answers.answer(quick, "clinic", number, {"en": "Mended"}, days=1, who=ANN)
    undo_last(quick)
    assert inbox.get_item(quick, "clinic", number).record.answer == {"en": "Soon"}
    answers.end_answer(quick, "clinic", number, who=ANN)
    with pytest.raises(FeedbackError):
        answers.end_answer(quick, "clinic", number, who=ANN)
    undo_last(quick)
    assert inbox.get_item(quick, "clinic", number).record.answer == {"en": "Soon"}


def test_workers_notice_an_answer(quick: Store) -> None:
    number = report(quick)
    with quick.read() as connection:
        before = get_venue(connection, "clinic").version
    answers.answer(quick, "clinic", number, {"en": "Mended"}, days=1, who=ANN)
    with quick.read() as connection:
        assert get_venue(connection, "clinic").version > before


@pytest.mark.parametrize(
    ("text", "days", "code"),
    [
        ({"en": " "}, 1, "no-answer"),
        ({"en": "x" * 201}, 1, "answer-too-long"),
        ({"en": "x"}, 2, "no-days"),
    ],
)
def test_answers_that_make_no_sense_are_refused(
    quick: Store, text: dict[str, str], days: int, code: str
) -> None:
    with pytest.raises(FeedbackError) as caught:
        answers.answer(quick, "clinic", report(quick), text, days=days, who=ANN)
    assert caught.value.code == code


def test_what_is_nowhere_cannot_be_answered(quick: Store) -> None:
    number = report(quick, feature=None, sign=None, place=None)
    with pytest.raises(FeedbackError) as caught:
        answers.answer(quick, "clinic", number, {"en": "Mended"}, days=1, who=ANN)
    assert caught.value.code == "nowhere"


def read_shown(store: Store) -> list[object]:
    with store.read() as connection:
        shown = read_answers(connection, get_venue(connection, "clinic"), datetime.now(UTC))
    return [one.text for found in shown.values() for one in found]


def test_an_answer_that_went_to_the_oldest_ends_with_it(quick: Store) -> None:
    first, second = report(quick), report(quick)
    answers.answer(quick, "clinic", second, {"en": "Mended"}, days=30, who=ANN)
    inbox.merge(quick, "clinic", second, [first], who=ANN)
    assert read_shown(quick)
    answers.end_answer(quick, "clinic", first, who=ANN)
    assert read_shown(quick) == []
    inbox.part(quick, "clinic", second, who=ANN)
    assert read_shown(quick) == []


def test_workers_notice_whose_answer_it_is_now(quick: Store) -> None:
    def read_version() -> int:
        with quick.read() as connection:
            return get_venue(connection, "clinic").version

    first, second = report(quick), report(quick, feature="B", sign=None)
    answers.answer(quick, "clinic", first, {"en": "Mended"}, days=1, who=ANN)
    versions = [read_version()]
    inbox.merge(quick, "clinic", first, [second], who=ANN)
    versions.append(read_version())
    inbox.part(quick, "clinic", second, who=ANN)
    versions.append(read_version())
    assert versions == sorted(set(versions))
