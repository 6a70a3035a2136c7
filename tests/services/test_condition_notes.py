"""Whoever closes, opens or switches something stands in the log, and can be taken back there."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tests.signed import make_plan
from wayfinder.services import audit, conditions, releases, tokens
from wayfinder.services.condition_sets import find_set, give_hours, prepare_set
from wayfinder.services.people.roles import Role, Staff
from wayfinder.store import ConflictError, Store, UnknownError
from wayfinder.store.audit import Actor, AuditEntry, list_entries
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.people import MembershipRecord, add_person

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)  # far beyond how long the tests may take
WORKS = {"zh-Hans": "检修", "en": "Maintenance"}
ANN = Actor("ann", None)


def make_staff(role: Role, venue: str | None = None) -> Staff:
    return Staff(1, "ann", (MembershipRecord(1, "default", venue, role),))


@pytest.fixture
def house(store: Store) -> Store:
    releases.import_plan(store, "house", make_plan())
    releases.publish(store, "house")
    with store.write() as connection:
        assert add_person(connection, "ann", "ann", who="").id == 1
    return store


def list_log(store: Store) -> list[AuditEntry]:
    with store.read() as connection:
        return list_entries(connection, "default")


def last(store: Store) -> AuditEntry:
    return list_log(store)[0]


def take_back(store: Store, role: Role = Role.PUBLISHER) -> None:
    audit.undo(store, make_staff(role), "default", last(store).id, venue="house")


def held(store: Store) -> list[tuple[str, tuple[str, ...], Mapping[str, str]]]:
    found = conditions.list_all(store, "house")
    return [(one.draft.kind, one.draft.features, one.draft.text) for one in found]


def close(store: Store, *features: str, set_name: str | None = None) -> None:
    draft = ConditionDraft("closure", features, WORKS)
    conditions.add(store, "house", draft, set_name=set_name, who=ANN)


def test_a_closure_is_noted_and_taken_back(house: Store) -> None:
    close(house, "A")
    entry = last(house)
    assert (entry.action, entry.who, entry.venue) == ("closed", "ann", "house")
    assert entry.details["name"]["en"]
    assert entry.details["reason"] == WORKS
    count = len(list_log(house))
    close(house, "A")  # holds already
    assert len(list_log(house)) == count
    take_back(house)
    assert held(house) == []
    assert last(house).undoes == entry.id
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, make_staff(Role.PUBLISHER), "default", entry.id, venue="house")


def test_what_was_reopened_is_closed_again_as_it_was(house: Store) -> None:
    close(house, "A", "B")
    conditions.reopen(house, "house", ["A"], who=Actor("lift system"))
    entry = last(house)
    assert (entry.action, entry.who) == ("reopened", "lift system")
    assert held(house) == [("closure", ("B",), WORKS)]
    take_back(house)
    assert sorted(held(house)) == [("closure", ("A",), WORKS), ("closure", ("B",), WORKS)]


def test_what_would_be_over_is_not_begun_again(house: Store) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    draft = ConditionDraft("closure", ("A",), {}, end=soon)
    made = conditions.add(house, "house", draft, who=ANN)
    conditions.remove(house, "house", made.id, who=ANN)
    while datetime.now(UTC) < soon:
        pass
    with pytest.raises(ConflictError, match="not-undoable"):
        take_back(house)


def test_other_times_are_noted_and_taken_back(house: Store) -> None:
    draft = ConditionDraft("hours", ("A",), WORKS, NOW, NOW + DAY, "off")
    made = conditions.add(house, "house", draft, who=ANN)
    longer = ConditionDraft("hours", ("A",), WORKS, NOW, NOW + 2 * DAY, "09:00-12:00")
    assert conditions.change(house, "house", made.id, longer, who=ANN).draft == longer
    assert last(house).action == "hours-changed"
    take_back(house)
    (now,) = conditions.list_all(house, "house")
    assert (now.id, now.draft) == (made.id, draft)
    conditions.change(house, "house", made.id, longer, who=ANN)
    entry = last(house)
    conditions.change(house, "house", made.id, draft, who=ANN)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, make_staff(Role.PUBLISHER), "default", entry.id, venue="house")
    with pytest.raises(UnknownError, match="unknown-condition"):
        conditions.change(house, "house", 999, longer)


def test_sets_are_noted_and_taken_back(house: Store) -> None:
    made = prepare_set(house, "house", "night", who=ANN)
    assert last(house).action == "set-made"
    assert prepare_set(house, "house", " night ", who=ANN) == made
    close(house, "A", set_name="night")
    conditions.switch(house, "house", on=["night"], who=ANN)
    entry = last(house)
    assert (entry.action, entry.undo) == ("sets-switched", {"on": ["night"], "off": []})
    count = len(list_log(house))
    conditions.switch(house, "house", on=["night"], who=ANN)
    assert len(list_log(house)) == count
    take_back(house)
    found, members = find_set(house, "house", made.id)
    assert (found.active, [one.draft.features for one in members]) == (False, [("A",)])
    give_hours(house, "house", made.id, "20:00-06:00", who=ANN)
    take_back(house)
    assert find_set(house, "house", made.id)[0].hours is None
    conditions.forget_set(house, "house", "night", who=ANN)
    take_back(house)
    (again,) = conditions.list_all_sets(house, "house")
    assert (again.name, again.members, again.active) == ("night", 1, False)


def test_who_may_not_close_may_not_take_back(house: Store) -> None:
    close(house, "A")
    with pytest.raises(ConflictError, match="not-undoable"):
        take_back(house, Role.EDITOR)
    entry = last(house).id
    # nor from a page of another venue, nor without being admin from the log
    for staff, venue in (
        (make_staff(Role.ADMIN, "annex"), "annex"),
        (make_staff(Role.PUBLISHER), None),
    ):
        with pytest.raises(UnknownError, match="unknown-entry"):
            audit.undo(house, staff, "default", entry, venue=venue)
    assert held(house)


def test_tokens_are_noted_never_what_they_are(house: Store) -> None:
    token = tokens.make_token(house, "lift monitor", venue="house", expires_at=NOW + DAY, who=ANN)
    entry = last(house)
    assert (entry.action, entry.who, entry.venue) == ("token-made", "ann", "house")
    assert token not in repr(entry)
    with pytest.raises(UnknownError, match="unknown-token"):
        tokens.revoke(house, "lift monitor", only_venues=["annex"])
    assert [one.name for one in tokens.list_of_venues(house, ["house"])] == ["lift monitor"]
    tokens.revoke(house, "lift monitor", who=ANN, only_venues=["house"])
    assert last(house).action == "token-revoked"
    tokens.make_token(house, "everywhere")
    assert tokens.list_of_venues(house, ["annex"]) == []
