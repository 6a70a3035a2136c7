"""Imports, publishes and rollbacks stand in the log, and what is published is taken back there."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.drafted import ANN, BOB
from tests.signed import make_plan
from wayfinder.services import audit, releases
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.timetable import publish_due, schedule_release
from wayfinder.store import ConflictError, Store
from wayfinder.store.audit import AuditEntry, list_entries
from wayfinder.store.people import add_person, find_person, put_membership
from wayfinder.store.releases import list_publications
from wayfinder.store.venues import get_venue


def read_log(store: Store) -> list[AuditEntry]:
    with store.read() as connection:
        return list_entries(connection, "default")


def find_published(store: Store) -> int | None:
    with store.read() as connection:
        return get_venue(connection, "house").published


@pytest.fixture
def house(store: Store) -> Store:
    for tag in (1, 2):
        releases.import_plan(store, "house", make_plan(tag=tag), note=f"tag {tag}", who=ANN)
    releases.publish(store, "house", 1, who=ANN)
    releases.publish(store, "house", who=BOB)
    return store


@pytest.fixture
def li(house: Store) -> Staff:
    with house.write() as connection:
        made = add_person(connection, "Li An", "li an", who="")
        put_membership(connection, made.id, "default", None, Role.ADMIN, who="")
        person = find_person(connection, made.id)
        assert person is not None
    return Staff.of(person)


def test_all_of_it_is_noted_once(house: Store) -> None:
    releases.publish(house, "house", who=ANN)  # it is in force already
    releases.import_plan(house, "house", make_plan(tag=2), who=ANN)  # it is there already
    releases.roll_back(house, "house", 1, who=ANN)
    said = [(one.who, one.action, one.venue, one.details["release"]) for one in read_log(house)]
    assert said == [
        ("ann", "release-rolled-back", "house", 1),
        ("bob", "release-published", "house", 2),
        ("ann", "release-published", "house", 1),
        ("ann", "release-imported", "house", 2),
        ("ann", "release-imported", "house", 1),
    ]
    assert read_log(house)[-1].details["note"] == "tag 1"


def test_a_publish_is_taken_back(house: Store, li: Staff) -> None:
    newest, first, *imported = read_log(house)
    assert audit.can_undo(li, newest)
    assert not any(audit.can_undo(li, one) for one in (first, *imported))
    audit.undo(house, li, "default", newest.id)
    assert find_published(house) == 1
    entry = read_log(house)[0]
    assert (entry.who, entry.undoes, entry.details["release"]) == ("Li An", newest.id, 1)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, li, "default", newest.id)


def test_what_was_overtaken_is_not_taken_back(house: Store, li: Staff) -> None:
    newest = read_log(house)[0]
    releases.roll_back(house, "house", 1, who=ANN)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(house, li, "default", newest.id)
    rolled_back = read_log(house)[0]
    audit.undo(house, li, "default", rolled_back.id)
    assert find_published(house) == 2


def test_what_came_at_its_time_is_taken_back_too(house: Store, li: Staff) -> None:
    due = datetime.now(UTC) + timedelta(hours=1)
    schedule_release(house, "house", 1, due, who=ANN)
    (done,) = publish_due(house, due)
    assert done.outcome == "published"
    audit.undo(house, li, "default", read_log(house)[0].id)
    assert find_published(house) == 2


def test_who_takes_it_back_hears_what_will_not_come(house: Store, li: Staff) -> None:
    releases.import_plan(house, "house", make_plan(tag=3), who=ANN)
    schedule_release(house, "house", 3, datetime.now(UTC) + timedelta(hours=1), who=ANN)
    newest = next(one for one in read_log(house) if one.action == "release-published")
    assert audit.undo(house, li, "default", newest.id)["overtakes"] == 1
    assert read_log(house)[0].details["overtakes"] == 1


def test_only_over_what_was_looked_at(house: Store) -> None:
    with pytest.raises(ConflictError, match="release-moved") as caught:
        releases.roll_back(house, "house", 1, who=ANN, over=[1])
    assert caught.value.values["published"] == 2
    assert find_published(house) == 2
    releases.roll_back(house, "house", 1, who=ANN, over=[1, 2])
    assert find_published(house) == 1
    with house.read() as connection:
        log = list_publications(connection, get_venue(connection, "house"))
    assert [entry.published_by for entry in log] == ["ann", "bob", "ann"]
