"""Two houses and their staff, a clock that is turned by hand, hashes that cost nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, Policy, Visitor
from wayfinder.services.people.invitations import take
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import Session, find_session
from wayfinder.services.people.sign_in import Entered, give_code, give_password
from wayfinder.services.people.totp import make_code
from wayfinder.store import Store
from wayfinder.store.audit import Actor
from wayfinder.store.people import find_person
from wayfinder.store.venues import make_venue

VENUES = {"house": "a", "annex": "a", "elsewhere": "b"}
SHELL = Actor("shell")
GOOD = "quiet-lamp-under-42-stairs"
OTHER = "seven-green-kettles-boil"
HERE = Visitor("192.0.2.7", "Firefox · Windows")
ELSEWHERE = Visitor("198.51.100.9", "Chrome · Android")


@dataclass
class Clock:
    """The time, which stands still until it is told."""

    now: datetime = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def pass_by(self, **spans: float) -> None:
        """Let time pass."""
        self.now += timedelta(**spans)


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """Take SQLite where a test does not ask for both."""
    return str(request.param)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def desk(store: Store, clock: Clock, passwords: Passwords) -> Desk:
    """Return where staff sign in to a store with two organisations."""
    with store.write() as connection:
        for slug, organisation in VENUES.items():
            make_venue(connection, slug, organisation, {})
    return Desk(store, Policy(), passwords, clock)


Hire = Callable[..., Staff]


@pytest.fixture
def hire(desk: Desk) -> Hire:
    """Add somebody with a password."""

    def add(
        name: str,
        role: Role = Role.EDITOR,
        organisation: str = "a",
        venue: str | None = None,
        password: str = GOOD,
    ) -> Staff:
        invitation = roster.add(desk, name, role, organisation, venue, by=SHELL)
        take(desk, invitation.secret, password)
        return Staff.of(roster.find_named(desk, name))

    return add


def open_found(desk: Desk, entered: Entered) -> Session:
    """Return the session of who has just entered."""
    session = find_session(desk, entered.secret)
    assert session is not None
    return session


def read_secret(desk: Desk, staff: Staff) -> str:
    """Return the secret of somebody's second factor."""
    with desk.store.read() as connection:
        person = find_person(connection, staff.id)
    assert person is not None
    assert person.totp_secret is not None
    return person.totp_secret


def sign_in(
    desk: Desk, clock: Clock, staff: Staff, visitor: Visitor = HERE, password: str = GOOD
) -> Entered:
    """Sign somebody in all the way, with a code of the next half minute."""
    entered = give_password(desk, staff.name, password, visitor)
    if entered.stage != "password":
        return entered
    clock.pass_by(seconds=31)
    code = make_code(read_secret(desk, staff), clock.now)
    return give_code(desk, open_found(desk, entered), code, visitor)
