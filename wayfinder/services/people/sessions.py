"""Who is signed in: a secret in a cookie, which rotates and expires; the store keeps its hash."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.people.desk import Desk, Visitor, hash_secret, make_secret
from wayfinder.services.people.roles import Staff
from wayfinder.store.people import find_person
from wayfinder.store.staff_sessions import (
    SessionRecord,
    Stage,
    add_session,
    change_session,
    end_session,
    list_sessions,
    renew_session,
    sweep_sessions,
)
from wayfinder.store.staff_sessions import find_session as find_record

_GRACE = timedelta(seconds=30)
"""How long a renewed secret's former one is good: for requests that are under way (ours)."""
_FORMS = "forms"
"""Where a session keeps what its forms are signed with; it outlives a change of the secret, so that
a page which is open stays good."""
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is noted when a session was used: not every request writes (ours)."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is good now.

    Parameters
    ----------
    record
        What the store knows of it.
    secret
        What the browser has, or is to have from now on.
    staff
        Whose it is; None before that is known.
    renewed
        Whether the browser is to be given the secret.
    """

    record: SessionRecord
    secret: str
    staff: Staff | None
    renewed: bool = False

    @property
    def form_key(self) -> bytes:
        """What the forms of its pages are signed with."""
        return str(self.record.data[_FORMS]).encode()

    @property
    def is_full(self) -> bool:
        """Whether somebody has signed in, all the way."""
        return self.record.stage == "full"


def find_session(desk: Desk, secret: str) -> Session | None:
    """Return the session of a secret, or None where it is over or never was.

    Raises
    ------
    UnavailableError
        The database cannot be reached.
    """
    if not secret or len(secret) > 100:
        return None
    now = desk.clock()
    with desk.store.read() as connection:
        record = find_record(connection, hash_secret(secret), renewed_since=now - _GRACE)
        if record is None or _is_over(desk, record, now):
            return None
        person = None if record.person_id is None else find_person(connection, record.person_id)
    if record.person_id is not None and person is None:
        return None
    session = Session(record, secret, None if person is None else Staff.of(person))
    if record.renew:
        session = _renew(desk, session, now)
    elif now - record.seen_at >= _SEEN_EVERY:
        with desk.store.write() as connection:
            change_session(connection, record.id, seen_at=now)
    return session


def peek_session(desk: Desk, secret: str) -> Staff | None:
    """Return who is signed in all the way by a secret, or None; nothing is written.

    For pages that are not the studio's: looking at them keeps no session alive.

    Raises
    ------
    UnavailableError
        The database cannot be reached.
    """
    if not secret or len(secret) > 100:
        return None
    now = desk.clock()
    with desk.store.read() as connection:
        record = find_record(connection, hash_secret(secret), renewed_since=now - _GRACE)
        if record is None or record.person_id is None or _is_over(desk, record, now):
            return None
        person = find_person(connection, record.person_id) if record.stage == "full" else None
    return None if person is None else Staff.of(person)


def open_session(
    connection: Connection,
    desk: Desk,
    visitor: Visitor,
    *,
    person_id: int | None,
    stage: Stage,
    lasts: timedelta,
    data: Mapping[str, Any] | None = None,
) -> str:
    """Open a session and return its secret, for the only time."""
    now = desk.clock()
    sweep_sessions(connection, now, unseen_since=now - desk.policy.idle)
    secret = make_secret()
    add_session(
        connection,
        hash_secret(secret),
        person_id=person_id,
        stage=stage,
        browser=visitor.browser[:80],
        data={_FORMS: make_secret(), **(data or {})},
        at=now,
        until=now + lasts,
    )
    return secret


def rotate_session(connection: Connection, desk: Desk, session: Session) -> Session:
    """Give a session another secret at once; the one before is good no more, not for a moment.

    For what somebody does about how they sign in: whoever has a copy of their cookie is out.
    """
    secret, now = make_secret(), desk.clock()
    values = {"hash": hash_secret(secret), "former_hash": None, "renewed_at": now, "renew": False}
    change_session(connection, session.record.id, **values)
    return replace(session, secret=secret, renewed=True)


def close_session(desk: Desk, session: Session) -> None:
    """End a session."""
    with desk.store.write() as connection:
        end_session(connection, session.record.id)


def put_data(desk: Desk, session: Session, **values: Any) -> Session:  # noqa: ANN401 - JSON
    """Keep values between two pages; None takes one away. Return the session as it is then."""
    data = {key: value for key, value in {**session.record.data, **values}.items() if value}
    with desk.store.write() as connection:
        change_session(connection, session.record.id, data=data)
    return replace(session, record=replace(session.record, data=data))


def list_own(desk: Desk, staff: Staff) -> list[SessionRecord]:
    """List the sessions of somebody that are good now, the last used first."""
    now = desk.clock()
    with desk.store.read() as connection:
        found = list_sessions(connection, staff.id)
    return [one for one in found if one.stage == "full" and not _is_over(desk, one, now)]


def _is_over(desk: Desk, record: SessionRecord, now: datetime) -> bool:
    return record.until <= now or record.seen_at + desk.policy.idle <= now


def _renew(desk: Desk, session: Session, now: datetime) -> Session:
    secret = make_secret()
    with desk.store.write() as connection:
        first = renew_session(connection, session.record.id, hash_secret(secret), at=now)
    return replace(session, secret=secret, renewed=True) if first else session
