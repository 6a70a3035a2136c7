"""Who gives whom which role; and the log, which takes some of it back."""

import pytest

from tests.services.people.conftest import GOOD, SHELL, Hire
from wayfinder.services import audit
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, StaffError
from wayfinder.services.people.invitations import take
from wayfinder.services.people.roles import Role, Staff
from wayfinder.store import ConflictError, UnknownError
from wayfinder.store.audit import AuditEntry, add_entry

BOTH = ("sqlite", "postgresql")


def read(desk: Desk, name: str) -> Staff:
    return Staff.of(roster.find_named(desk, name))


def list_log(desk: Desk, staff: Staff) -> list[AuditEntry]:
    return audit.list_seen(desk.store, staff, "a")


def test_who_may_more_may_less_too(hire: Hire) -> None:
    editor = hire("Li An", Role.EDITOR, venue="house")
    assert editor.may(Role.VIEWER, "a", "house")
    assert not editor.may(Role.PUBLISHER, "a", "house")
    assert not editor.may(Role.VIEWER, "a", "annex")
    assert not editor.may(Role.VIEWER, "a")
    assert not editor.may(Role.VIEWER, "b", "house")  # a venue of that name elsewhere is another
    assert editor.find_role_anywhere("a") is Role.EDITOR
    assert editor.find_role_anywhere("b") is None


def test_the_greater_of_two_roles_counts(desk: Desk, hire: Hire) -> None:
    staff = hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, Role.PUBLISHER, "a", "house", by=SHELL)
    found = read(desk, "Li An")
    assert found.find_role("a", "house") is Role.PUBLISHER
    assert found.find_role("a", "annex") is Role.VIEWER
    assert found.list_venues_of(Role.PUBLISHER, "a") == ("house",)
    assert found.list_venues_of(Role.VIEWER, "a") is None


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_a_role_is_given_noted_and_taken_back(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, Role.EDITOR, "a", by=admin)
    entry = list_log(desk, admin)[0]
    assert (entry.action, entry.who, entry.person_id) == ("role-given", "Admin", admin.id)
    assert entry.details == {"name": "Li An", "role": "editor", "before": "viewer"}
    assert audit.can_undo(admin, entry)
    audit.undo(desk.store, admin, "a", entry.id)
    assert read(desk, "Li An").find_role("a") is Role.VIEWER
    back, was = list_log(desk, admin)[:2]
    assert (back.undoes, was.undone_by) == (entry.id, back.id)
    assert not audit.can_undo(admin, was)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(desk.store, admin, "a", entry.id)


def test_what_has_changed_since_is_not_taken_back(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, Role.EDITOR, "a", by=admin)
    entry = list_log(desk, admin)[0]
    roster.set_role(desk, staff.id, Role.PUBLISHER, "a", by=admin)
    with pytest.raises(ConflictError, match="not-undoable"):
        audit.undo(desk.store, admin, "a", entry.id)
    assert read(desk, "Li An").find_role("a") is Role.PUBLISHER


def test_only_who_sees_an_entry_takes_it_back(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, Role.EDITOR, "a", by=admin)
    entry = list_log(desk, admin)[0]
    for other, organisation in (
        (hire("Stranger", Role.ADMIN, "b"), "a"),
        (read(desk, "Stranger"), "b"),
        (hire("House", Role.ADMIN, venue="house"), "a"),
        (hire("Publisher", Role.PUBLISHER), "a"),
    ):
        with pytest.raises((UnknownError, ConflictError)):
            audit.undo(desk.store, other, organisation, entry.id)
    with pytest.raises(UnknownError):
        audit.undo(desk.store, admin, "a", 999)
    assert read(desk, "Li An").find_role("a") is Role.EDITOR


def test_the_log_is_read_a_page_at_a_time(desk: Desk, hire: Hire) -> None:
    admin = hire("Admin", Role.ADMIN)
    with desk.store.write() as connection:
        for number in range(150):
            venue = "house" if number % 2 else "elsewhere"
            add_entry(connection, "counted", who=SHELL, details={"n": number}, venue=venue)
    first = list_log(desk, admin)
    rest = audit.list_seen(desk.store, admin, "a", before=first[74].id)
    assert [one.details.get("n") for one in first[:75]] == list(range(149, 0, -2))
    assert "counted" not in {one.action for one in rest}
    house = hire("House", Role.ADMIN, venue="house")
    assert {one.venue for one in list_log(desk, house)} == {"house"}


def test_nobody_changes_what_they_may_themselves(desk: Desk, hire: Hire) -> None:
    admin = hire("Admin", Role.ADMIN)
    with pytest.raises(StaffError, match="not-yourself"):
        roster.set_role(desk, admin.id, None, "a", by=admin)
    with pytest.raises(StaffError, match="not-yourself"):
        roster.remove(desk, admin.id, by=admin, organisation="a")
    assert read(desk, "Admin").may(Role.ADMIN, "a")


def test_who_may_nothing_any_more_is_signed_out(desk: Desk, hire: Hire) -> None:
    staff = hire("Li An")
    roster.set_role(desk, staff.id, None, "a", by=SHELL)
    assert read(desk, "Li An").organisations == ()
    assert roster.list_seen(desk, hire("Admin", Role.ADMIN), "a")[0].person.name == "Admin"


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_who_may_nothing_any_more_is_found_where_they_last_did(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER, venue="house")
    roster.set_role(desk, staff.id, Role.EDITOR, "a", "annex", by=admin)
    roster.set_role(desk, staff.id, None, "a", "annex", by=admin)
    roster.set_role(desk, staff.id, None, "a", "house", by=admin)
    seen = roster.get_seen(desk, admin, "a", staff.id)
    assert (seen.person.memberships, seen.is_governed) == ((), True)
    assert seen in roster.list_seen(desk, admin, "a")
    # by the admin of that venue too, and by nobody else's
    house = hire("House", Role.ADMIN, venue="house")
    assert seen in roster.list_seen(desk, house, "a")
    for stranger in (
        hire("Annex", Role.ADMIN, venue="annex"),
        hire("Stranger", Role.ADMIN, "b"),
        hire("Publisher", Role.PUBLISHER),
    ):
        for organisation in ("a", "b"):
            assert seen.person.id not in list_ids(desk, stranger, organisation)
            with pytest.raises(UnknownError):
                roster.get_seen(desk, stranger, organisation, staff.id)
            with pytest.raises(UnknownError):
                roster.remove(desk, staff.id, by=stranger, organisation=organisation)
    roster.set_role(desk, staff.id, Role.PUBLISHER, "a", "house", by=house)
    assert read(desk, "Li An").may(Role.PUBLISHER, "a", "house")


def list_ids(desk: Desk, staff: Staff, organisation: str) -> list[int]:
    return [one.person.id for one in roster.list_seen(desk, staff, organisation)]


def test_who_may_something_elsewhere_is_theirs(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, Role.VIEWER, "b", by=SHELL)
    roster.set_role(desk, staff.id, None, "a", by=admin)
    assert staff.id not in list_ids(desk, admin, "a")
    roster.set_role(desk, staff.id, None, "b", by=SHELL)
    assert staff.id not in list_ids(desk, admin, "a")
    assert staff.id in list_ids(desk, hire("Stranger", Role.ADMIN, "b"), "b")


def test_what_becomes_of_who_may_nothing_is_noted(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.VIEWER)
    roster.set_role(desk, staff.id, None, "a", by=admin)
    take(desk, roster.reset(desk, staff.id, by=admin, organisation="a").secret, GOOD)
    roster.remove(desk, staff.id, by=admin, organisation="a")
    found = [(entry.who, entry.action) for entry in list_log(desk, admin)[:3]]
    assert found == [
        ("Admin", "person-removed"),
        ("Li An", "password-set"),
        ("Admin", "person-reset"),
    ]
    assert hire("Li An").id != staff.id


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_who_is_removed_is_gone_and_what_they_did_stays(desk: Desk, hire: Hire) -> None:
    admin, staff = hire("Admin", Role.ADMIN), hire("Li An", Role.ADMIN)
    roster.add(desk, "Bo", Role.VIEWER, "a", by=staff)
    roster.remove(desk, staff.id, by=admin, organisation="a")
    with pytest.raises(UnknownError, match="unknown-person"):
        roster.find_named(desk, "Li An")
    log = list_log(desk, admin)
    assert {"Li An", "Admin"} <= {one.who for one in log}
    assert log[0].details == {"name": "Li An"}
    again = hire("Li An", Role.VIEWER)
    assert again.id != staff.id
