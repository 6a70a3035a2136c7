"""Who has a draft open is known to everybody who has."""

import pytest

from tests.services.people.conftest import HERE, Clock, Hire, open_found
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.presence import list_present, note_presence
from wayfinder.services.people.roster import remove
from wayfinder.services.people.sessions import find_session, put_data
from wayfinder.services.people.sign_in import complete
from wayfinder.store.audit import Actor
from wayfinder.store.people import find_person


@pytest.mark.parametrize("backend", ["sqlite", "postgres"], indirect=True)
def test_who_has_a_draft_open(desk: Desk, clock: Clock, hire: Hire) -> None:
    ann, bob = hire("Ann"), hire("Bob")
    with desk.store.write() as connection:
        person = find_person(connection, ann.id)
        assert person is not None
        entered = complete(connection, desk, person, HERE)
    note_presence(desk, open_found(desk, entered), 7)
    assert list_present(desk, 7, but=bob.id) == ["Ann"]
    assert list_present(desk, 7, but=ann.id) == []
    assert list_present(desk, 8, but=bob.id) == []
    # what the session keeps besides stays
    put_data(desk, open_found(desk, entered), said=[["studio.x", {}]])
    clock.pass_by(seconds=30)
    session = open_found(desk, entered)
    note_presence(desk, session, 7)
    again = find_session(desk, entered.secret)
    assert again is not None
    assert again.record.data["said"] == [["studio.x", {}]]
    clock.pass_by(seconds=30)
    assert list_present(desk, 7, but=bob.id) == ["Ann"]
    # whoever goes to another draft, or away, is no longer at this one
    note_presence(desk, open_found(desk, entered), 8)
    assert list_present(desk, 7, but=bob.id) == []
    assert list_present(desk, 8, but=bob.id) == ["Ann"]
    clock.pass_by(seconds=60)
    assert list_present(desk, 8, but=bob.id) == []
    note_presence(desk, open_found(desk, entered), 8)
    remove(desk, ann.id, by=Actor("shell"))
    assert list_present(desk, 8, but=bob.id) == []
