"""Links with which one sets one's own password: good once, for a while."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from wayfinder.services.people.desk import (
    INVITE,
    Desk,
    StaffError,
    Visitor,
    hash_secret,
    make_secret,
)
from wayfinder.services.people.passwords import find_fault
from wayfinder.services.people.sessions import Session
from wayfinder.services.people.sign_in import Entered, enter, tell
from wayfinder.store.people import PersonRecord, change_person, find_by_invite
from wayfinder.store.staff_sessions import end_sessions


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person.

    Parameters
    ----------
    name
        Whose it is.
    secret
        The end of its address, for the only time: the store keeps a hash.
    until
        Until when it is good.
    """

    name: str
    secret: str
    until: datetime


def make_invitation(connection: Connection, desk: Desk, person: PersonRecord) -> Invitation:
    """Make a link for a person; one made before is good no more."""
    secret, until = make_secret(), desk.clock() + INVITE
    change_person(connection, person.id, invite_hash=hash_secret(secret), invite_until=until)
    return Invitation(person.name, secret, until)


def find_invited(desk: Desk, secret: str) -> PersonRecord:
    """Return whom a link is for; raises StaffError where it is not good, or no more."""
    with desk.store.read() as connection:
        return _find(connection, desk, secret)


def take(desk: Desk, secret: str, password: str) -> PersonRecord:
    """Set the password of whom a link is for; wherever they were signed in they are no more.

    Raises
    ------
    StaffError
        The link is not good, or the password is guessed too soon.
    """
    person = find_invited(desk, secret)
    fault = find_fault(password, (person.name, *person.organisations))
    if fault is not None:
        raise StaffError(fault)
    password_hash = desk.passwords.hash(password)
    with desk.store.write() as connection:
        found = _find(connection, desk, secret)
        values = {"password_hash": password_hash, "invite_hash": None, "invite_until": None}
        change_person(connection, found.id, **values)
        end_sessions(connection, found.id)
        tell(connection, found, "password-set")
        return found


def accept(
    desk: Desk, secret: str, password: str, visitor: Visitor, *, former: Session | None = None
) -> Entered:
    """Set the password of whom a link is for, and let them in.

    A second factor that is set up is asked for all the same: a link alone is not enough.

    Raises
    ------
    StaffError
        The link is not good, or the password is guessed too soon.
    """
    person = take(desk, secret, password)
    with desk.store.write() as connection:
        return enter(connection, desk, person, visitor, former=former)


def _find(connection: Connection, desk: Desk, secret: str) -> PersonRecord:
    person = find_by_invite(connection, hash_secret(secret[:100])) if secret else None
    if person is None or person.invite_until is None or person.invite_until <= desk.clock():
        raise StaffError("link-over")
    return person
