"""Displays are added, named, enrolled once and by whom it concerns, and taken down for good."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.displayed import BOARD, KIOSK, make_house
from wayfinder.model.display_ids import make_display_id
from wayfinder.services import audit, displays, releases
from wayfinder.services.display_registry import read_displays
from wayfinder.services.follow import Follower
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.venues import Venues
from wayfinder.store import (
    ConflictError,
    DamagedError,
    InvalidError,
    Store,
    StoreError,
    UnknownError,
)
from wayfinder.store.audit import Actor, list_entries
from wayfinder.store.displays import DisplayRecord, change_display
from wayfinder.store.people import MembershipRecord, add_person
from wayfinder.store.tables import displays as table
from wayfinder.store.tables import releases as release_table


@pytest.fixture
def house(store: Store) -> Store:
    """Return a store with a kiosk K-01 and a board in force."""
    plan = make_house({"k": KIOSK, "b": BOARD}, refs={"k": "K-01"})
    releases.import_plan(store, "house", plan)
    releases.publish(store, "house")
    return store


def get(store: Store, feature: str = "k") -> DisplayRecord:
    with store.read() as connection:
        return next(one for one in read_displays(connection) if one.feature == feature)


def test_a_display_enrols_once_with_its_code(house: Store) -> None:
    made = displays.make_code(house, "K-01")
    assert made.display == get(house).id
    typed = made.code.lower().replace("-", " ")
    token = displays.enrol(house, made.display.lower(), typed)
    assert token.startswith(displays.TOKEN_PREFIX)
    record = get(house)
    assert displays.is_token_of(record, token)
    assert record.enrolled_at is not None
    with pytest.raises(InvalidError, match="bad-enrolment-code"):
        displays.enrol(house, made.display, made.code)
    with house.read() as connection:
        for row in connection.execute(sa.select(table)):
            assert token not in repr(row)
            assert made.code.replace("-", "") not in repr(row)


def test_of_many_who_try_at_once_one_gets_the_token(house: Store) -> None:
    made = displays.make_code(house, "k")

    def attempt(_: int) -> str:
        try:
            return displays.enrol(house, made.display, made.code)
        except InvalidError:
            return ""

    with ThreadPoolExecutor(6) as pool:
        tokens = [token for token in pool.map(attempt, range(6)) if token]
    assert len(tokens) == 1
    assert displays.is_token_of(get(house), tokens[0])


def test_codes_of_others_old_codes_and_guesses_are_refused_alike(house: Store) -> None:
    first = displays.make_code(house, "k")
    second = displays.make_code(house, "k")
    board = displays.make_code(house, "b")
    over = displays.make_code(house, "k")
    with house.write() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        change_display(connection, over.display, code_until=past)
    attempts = [
        (first.display, first.code),  # replaced by a later one
        (second.display, second.code),
        (first.display, board.code),  # another display's
        (over.display, over.code),
        (first.display, ""),
        (first.display, "0000-0000"),
        (make_display_id(99), board.code),
        ("", board.code),
    ]
    for display, code in attempts:
        with pytest.raises(InvalidError) as caught:
            displays.enrol(house, display, code)
        assert (caught.value.code, dict(caught.value.values)) == ("bad-enrolment-code", {})
    assert displays.enrol(house, board.display, board.code)
    assert get(house).token_hash == ""


def test_a_code_is_good_for_ten_minutes(house: Store) -> None:
    before = datetime.now(UTC)
    until = displays.make_code(house, "k").until
    assert timedelta() <= until - before - displays.CODE_LIFE < timedelta(seconds=5)


def test_a_token_is_taken_back_and_replaced(house: Store) -> None:
    first = displays.make_code(house, "k")
    old = displays.enrol(house, first.display, first.code)
    again = displays.make_code(house, "k")
    assert displays.is_token_of(get(house), old)
    new = displays.enrol(house, again.display, again.code)
    assert not displays.is_token_of(get(house), old)
    assert displays.is_token_of(get(house), new)
    displays.revoke_display(house, "K-01")
    assert not displays.is_token_of(get(house), new)
    assert get(house).revoked_at is not None
    with pytest.raises(ConflictError, match="display-not-enrolled"):
        displays.revoke_display(house, "K-01")


def test_a_code_that_was_not_used_is_taken_back_too(house: Store) -> None:
    made = displays.make_code(house, "k")
    displays.revoke_display(house, "k")
    with pytest.raises(InvalidError):
        displays.enrol(house, made.display, made.code)


def test_no_token_is_anybodys_by_itself(house: Store) -> None:
    record = get(house)
    for token in ("", "wfd_", displays.TOKEN_PREFIX + "x" * 1000, record.token_hash):
        assert not displays.is_token_of(record, token)


def test_what_is_taken_down_is_not_found_and_not_given_out_again(house: Store) -> None:
    made = displays.make_code(house, "k")
    token = displays.enrol(house, made.display, made.code)
    venues = Venues()
    follower = Follower(house, venues)
    follower.refresh()
    assert venues.find_display(made.display) is not None
    displays.remove_display(house, "K-01")
    follower.refresh()
    assert venues.find_display(made.display) is None
    assert not displays.is_token_of(get(house), token)
    releases.import_plan(house, "house", make_house({"k": KIOSK, "b": BOARD}, tag=1))
    assert releases.publish(house, "house").displays == 0
    with pytest.raises(ConflictError, match="display-removed"):
        displays.make_code(house, made.display)
    with pytest.raises(ConflictError, match="display-removed"):
        displays.remove_display(house, made.display)
    again = displays.add_display(house, "house", made.display, name="Lobby")
    assert (again.id, again.name, again.removed_at) == (made.display, "Lobby", None)
    follower.refresh()
    assert venues.find_display(made.display) is not None


def test_a_display_is_added_before_its_release_comes_into_force(house: Store) -> None:
    plan = make_house({"k": KIOSK, "b": BOARD, "c": BOARD}, refs={"c": "B-07"}, tag=1)
    releases.import_plan(house, "house", plan)
    added = displays.add_display(house, "house", "B-07", name=" Lift  lobby ")
    assert (added.feature, added.name, added.title) == ("c", "Lift lobby", "Lift lobby")
    assert get(house, "c").id == added.id
    assert releases.publish(house, "house").displays == 0
    with pytest.raises(ConflictError, match="display-there"):
        displays.add_display(house, "house", "c")


def test_displays_are_called_by_id_name_number_or_feature(house: Store) -> None:
    kiosk = displays.rename_display(house, "K-01", "大厅")
    for text in (kiosk.id, kiosk.id.lower(), "大厅", "K-01", "k"):
        with house.read() as connection:
            assert displays.find_record(connection, text).id == kiosk.id
    displays.rename_display(house, "b", "大厅")
    with pytest.raises(ConflictError, match="ambiguous-display"):
        displays.make_code(house, "大厅")
    displays.remove_display(house, "b")
    assert displays.make_code(house, "大厅").display == kiosk.id
    assert displays.rename_display(house, "大厅", "").name == ""


@pytest.mark.parametrize(
    ("do", "kind", "code"),
    [
        (lambda store: displays.make_code(store, "K-99"), UnknownError, "unknown-display"),
        (lambda store: displays.make_code(store, ""), UnknownError, "unknown-display"),
        (lambda store: displays.add_display(store, "no", "k"), UnknownError, "unknown-venue"),
        (
            lambda store: displays.add_display(store, "house", "hall"),
            UnknownError,
            "no-display-in-plan",
        ),
        (
            lambda store: displays.rename_display(store, "k", "x" * 81),
            InvalidError,
            "bad-display-name",
        ),
        (lambda store: displays.rename_display(store, "k", "\0"), InvalidError, "unstorable-text"),
    ],
)
def test_what_cannot_be_is_refused(
    house: Store, do: Callable[[Store], object], kind: type[StoreError], code: str
) -> None:
    before = get(house)
    with pytest.raises(kind) as caught:
        do(house)
    assert caught.value.code == code
    assert get(house) == before


def test_what_the_staff_do_holds_though_the_next_release_cannot_be_built(house: Store) -> None:
    """A token that was taken back is none, a screen taken down shows nothing, from then on."""
    kiosk, board = (get(house, feature).id for feature in "kb")
    token = displays.enrol(house, kiosk, displays.make_code(house, "k").code)
    venues = Venues()
    follower = Follower(house, venues)
    follower.refresh()
    # where it stands in the next plan nobody knows who is shown the one before
    moved = make_house({"other": KIOSK, "b": BOARD}, refs={"other": "K-01"})
    releases.import_plan(house, "house", moved)
    releases.publish(house, "house")
    with house.write() as connection:
        damaged = sa.update(release_table).where(release_table.c.number == 2)
        connection.execute(damaged.values(plan=b"bad"))
    displays.revoke_display(house, kiosk)
    displays.remove_display(house, board)
    with pytest.raises(DamagedError):
        follower.refresh()
    follower.stop()
    found = venues.find_display(kiosk)
    assert found is not None
    assert found.display.id == "k"
    assert not displays.is_token_of(found.record, token)
    assert venues.find_display(board) is None


def hire(store: Store) -> Staff:
    """Add an admin of the house's organisation."""
    with store.write() as connection:
        person = add_person(connection, "Li An", "li an", who="")
    return Staff(person.id, person.name, (MembershipRecord(1, "default", None, Role.ADMIN),))


def test_all_that_is_done_to_a_display_is_in_the_log_and_two_of_it_are_taken_back(
    house: Store,
) -> None:
    ann = Actor("ann")
    made = displays.make_code(house, "K-01", who=ann)
    displays.enrol(house, made.display, made.code)
    displays.rename_display(house, "K-01", "Lobby", who=ann)
    displays.revoke_display(house, "K-01", who=ann)
    displays.remove_display(house, "K-01", who=ann)
    with house.read() as connection:
        entries = {one.action: one for one in list_entries(connection, "default")}
    assert [(one.action, one.who) for one in reversed(entries.values())][-5:] == [
        ("display-code-made", "ann"),
        ("display-enrolled", "K-01"),
        ("display-renamed", "ann"),
        ("display-revoked", "ann"),
        ("display-removed", "ann"),
    ]
    assert all(made.code not in repr(one) for one in entries.values())
    assert {one.venue for one in entries.values()} == {"house"}
    admin = hire(house)
    for action in ("display-removed", "display-renamed"):
        audit.undo(house, admin, "default", entries[action].id)
    assert (get(house).removed_at, get(house).name) == (None, "")
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, admin, "default", entries["display-renamed"].id)


def test_a_name_that_somebody_changed_since_is_not_taken_back(house: Store) -> None:
    displays.rename_display(house, "K-01", "Lobby")
    with house.read() as connection:
        entry = list_entries(connection, "default")[0]
    displays.rename_display(house, "K-01", "Hall")
    admin = hire(house)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, admin, "default", entry.id)
    assert get(house).name == "Hall"
