"""A draft becomes a release whole or not at all, never with errors, never undoing another one."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.drafted import ANN, BOB, Hand, put, rename
from tests.signed import FIRST, make_broken_plan, make_plan
from wayfinder.model import encode_plan, make_feature
from wayfinder.services import releases
from wayfinder.services.drafts import (
    Desk,
    UnfitError,
    cancel_schedule,
    discard_draft,
    list_drafts,
    list_planned,
    look,
    open_draft,
    publish_draft,
    read_plan,
    rename_draft,
    reopen_draft,
    schedule_draft,
)
from wayfinder.services.new_venue import start_venue
from wayfinder.store import ConflictError, InvalidError, Store, UnknownError
from wayfinder.store.releases import read_release
from wayfinder.store.signs import list_codes
from wayfinder.store.venues import get_venue

SOON = timedelta(hours=1)


def find_published(store: Store) -> int | None:
    return releases.get_history(store, "house").published


def test_a_draft_comes_into_force_and_is_closed(ann: Hand, house: Store) -> None:
    ann.do(rename("A", "X-ray"))
    sign = {"category": "signage", "unit_ids": ["hall"], "wayfinder": {"sign": {}}}
    place = make_plan({"s": {}})["s"].geometry
    done = ann.do(put(make_feature("s", "amenity", place, sign)))
    made = publish_draft(ann.desk, "house", ann.draft, 2, who=BOB, note="x-ray")
    release = made.published.release
    assert (release.number, release.note, release.imported_by) == (2, "x-ray", "bob")
    assert (made.published.previous, made.published.codes, made.published.pending) == (1, 1, ())
    with house.read() as connection:
        venue = get_venue(connection, "house")
        assert venue.published == 2
        kept = read_release(connection, venue, 2).plan
        assert encode_plan(kept) == encode_plan(done.plan)
        assert [code.feature for code in list_codes(connection, venue)] == ["s"]
    (draft,) = list_drafts(ann.desk, "house")
    assert (draft.is_open, draft.closed_by, draft.release_number) == (False, "bob", 2)
    with pytest.raises(ConflictError, match="draft-closed"):
        publish_draft(ann.desk, "house", ann.draft, 2, who=BOB)
    assert releases.roll_back(house, "house", 1).previous == 2


def test_errors_bar_a_publish_and_warnings_do_not(ann: Hand, house: Store) -> None:
    ann.do(put(make_broken_plan()["B"]))
    with pytest.raises(UnfitError) as caught:
        publish_draft(ann.desk, "house", ann.draft, 1, who=BOB)
    assert {issue.code for issue in caught.value.errors} == {"reference-missing"}
    assert all(one in caught.value.issues for one in caught.value.errors)
    assert caught.value.values["codes"] == ["reference-missing (1)"]
    assert find_published(house) == 1
    assert len(releases.get_history(house, "house").releases) == 1
    ann.undo()
    cut_off = make_plan()["A"].geometry
    room = make_feature("room", "unit", cut_off, {"category": "room", "level_id": "floor-0"})
    level = make_feature("floor-0", "level", make_plan()["hall"].geometry, {"ordinal": 5})
    ann.do(put(level, room))
    warned = publish_draft(ann.desk, "house", ann.draft, 3, who=BOB).warnings
    assert "unit-cut-off" in {issue.code for issue in warned}


def test_what_was_not_looked_at_is_not_published(ann: Hand, bob: Hand, house: Store) -> None:
    ann.do(rename("A", "X-ray"))
    bob.do(rename("B", "Surgery"))
    with pytest.raises(ConflictError, match="draft-moved"):
        publish_draft(ann.desk, "house", ann.draft, 1, who=ANN)
    with pytest.raises(UnknownError, match="draft-ahead"):
        publish_draft(ann.desk, "house", ann.draft, 3, who=ANN)
    assert find_published(house) == 1


def test_a_release_that_came_meanwhile_is_not_undone(ann: Hand, desk: Desk, house: Store) -> None:
    other = open_draft(desk, "house", "other", who=BOB)
    Hand(desk, other.id, "bob").do(rename("B", "Surgery"))
    publish_draft(desk, "house", other.id, 1, who=BOB)
    ann.do(rename("A", "X-ray"))
    with pytest.raises(ConflictError) as caught:
        publish_draft(ann.desk, "house", ann.draft, 1, who=ANN)
    assert (caught.value.code, caught.value.values["published"]) == ("draft-behind", 2)
    releases.roll_back(house, "house", 1)
    assert publish_draft(ann.desk, "house", ann.draft, 1, who=ANN).published.previous == 1


def test_nothing_of_a_publish_is_left_where_a_code_is_taken(ann: Hand, house: Store) -> None:
    releases.import_plan(house, "annex", make_plan({"s": {"sign_code": FIRST}}))
    sign = make_plan({"s": {"sign_code": FIRST}})["s"]
    ann.do(put(sign))
    with pytest.raises(ConflictError, match="code-taken"):
        publish_draft(ann.desk, "house", ann.draft, 1, who=ANN)
    assert len(releases.get_history(house, "house").releases) == 1
    assert list_drafts(ann.desk, "house")[0].is_open


def test_a_draft_that_changes_nothing_is_the_release_that_there_is(ann: Hand) -> None:
    made = publish_draft(ann.desk, "house", ann.draft, 0, who=ANN)
    assert (made.published.release.number, made.published.is_new) == (1, False)


def test_a_venue_begins_with_an_empty_plan(store: Store) -> None:
    start_venue(store, "house", "north", {})
    desk = Desk(store)
    draft = open_draft(desk, "house", "first", who=ANN)
    assert (draft.base_number, draft.upon) == (None, (None,))
    hand = Hand(desk, draft.id, "ann")
    hand.do(put(*make_plan()))
    made = publish_draft(desk, "house", draft.id, 1, who=ANN)
    assert (made.published.release.number, made.published.previous) == (1, None)
    assert encode_plan(read_plan(desk, "house", draft.id).plan) == encode_plan(make_plan())


def test_a_draft_may_begin_with_any_release(desk: Desk, house: Store) -> None:
    releases.import_plan(house, "house", make_plan(tag=1))
    assert open_draft(desk, "house", "in force", who=ANN).base_number == 1
    assert open_draft(desk, "house", "newest", who=ANN, number=2).upon == (1, 2)
    with pytest.raises(UnknownError, match="unknown-release"):
        open_draft(desk, "house", "none", who=ANN, number=3)
    with pytest.raises(UnknownError, match="unknown-venue"):
        open_draft(desk, "nowhere", "none", who=ANN)


def test_what_is_put_away_can_be_taken_out(ann: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    with pytest.raises(ConflictError, match="draft-open"):
        reopen_draft(ann.desk, "house", ann.draft, who=BOB)
    assert discard_draft(ann.desk, "house", ann.draft, who=BOB).is_discarded
    with pytest.raises(ConflictError, match="draft-closed"):
        discard_draft(ann.desk, "house", ann.draft, who=BOB)
    assert reopen_draft(ann.desk, "house", ann.draft, who=BOB).is_open
    assert rename_draft(ann.desk, "house", ann.draft, "wing 2", who=ANN).name == "wing 2"
    assert ann.do(rename("A", "CT")).entry.number == 2
    publish_draft(ann.desk, "house", ann.draft, 2, who=BOB)
    with pytest.raises(ConflictError, match="draft-released"):
        reopen_draft(ann.desk, "house", ann.draft, who=BOB)


def test_what_is_planned_can_be_called_off(ann: Hand, house: Store) -> None:
    ann.do(rename("A", "X-ray"))
    at = datetime.now(UTC) + SOON
    made = schedule_draft(ann.desk, "house", ann.draft, 1, at, who=BOB)
    assert (made.schedule.number, made.schedule.due_at, made.schedule.upon) == (2, at, (1,))
    assert find_published(house) == 1
    assert list_planned(ann.desk, "house") == [made.schedule]
    with pytest.raises(ConflictError, match="draft-closed"):
        ann.do(rename("A", "CT"))
    cancelled = cancel_schedule(ann.desk, "house", made.schedule.id, who=BOB)
    assert cancelled.outcome == "cancelled"
    with pytest.raises(ConflictError, match="schedule-done"):
        cancel_schedule(ann.desk, "house", made.schedule.id, who=BOB)
    with pytest.raises(UnknownError, match="unknown-schedule"):
        cancel_schedule(ann.desk, "house", 99, who=BOB)
    assert ann.do(rename("A", "CT")).entry.number == 2


def test_who_publishes_hears_what_is_overtaken(ann: Hand, desk: Desk) -> None:
    ann.do(rename("A", "X-ray"))
    at = datetime.now(UTC) + SOON
    planned = schedule_draft(ann.desk, "house", ann.draft, 1, at, who=BOB).schedule
    other = open_draft(desk, "house", "other", who=BOB)
    Hand(desk, other.id, "bob").do(rename("B", "Surgery"))
    assert publish_draft(desk, "house", other.id, 1, who=BOB).published.pending == (planned,)


@pytest.mark.parametrize(
    ("at", "code"),
    [(datetime.now(UTC) - SOON, "due-already"), (datetime(2999, 1, 1), "no-time-zone")],  # noqa: DTZ001
)
def test_a_time_has_to_come(ann: Hand, at: datetime, code: str) -> None:
    with pytest.raises(InvalidError, match=code):
        schedule_draft(ann.desk, "house", ann.draft, 0, at, who=BOB)


def test_only_what_changed_is_built_anew(ann: Hand) -> None:
    ann.do(rename("A", "X-ray"))
    _, first = look(ann.desk, "house", ann.draft)
    assert look(ann.desk, "house", ann.draft)[1] is first
    ann.do(rename("hall", "Hall"))
    found, second = look(ann.desk, "house", ann.draft)
    assert found.number == 2
    kept = second.network.parts.interiors, first.network.parts.interiors
    assert kept[0]["A"][1] is kept[1]["A"][1]
    assert kept[0]["hall"][1] is not kept[1]["hall"][1]
    assert second.router.network is second.network
    assert look(ann.desk, "house", ann.draft, 1)[1].plan["hall"].name["en"] == "hall"
