"""Who is signed in, in which browser; browsers in which somebody was. Of secrets only hashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.tables import known_browsers, people, staff_sessions

Stage = Literal["started", "password", "enrol", "full"]
"""How far a sign-in has come: on the way to the organisation's own; the password was right, the
second factor lacks; the same, and none is set up; done."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One sign-in, in one browser.

    Parameters
    ----------
    id
        Of its row: what a list shows.
    person_id
        Who, or None before that is known.
    stage
        How far it has come.
    renew
        Whether the next request gets a new secret.
    browser
        The browser and system, for a list.
    data
        What is kept between two pages.
    made_at, seen_at
        When it began, and when it was used last, to the minute.
    until
        When it ends whatever happens.
    """

    id: int
    person_id: int | None
    stage: Stage
    renew: bool
    browser: str
    data: Mapping[str, Any]
    made_at: datetime
    seen_at: datetime
    until: datetime


_SESSIONS = sa.select(
    staff_sessions.c.id,
    staff_sessions.c.person_id,
    staff_sessions.c.stage,
    staff_sessions.c.renew,
    staff_sessions.c.browser,
    staff_sessions.c.data,
    staff_sessions.c.made_at,
    staff_sessions.c.seen_at,
    staff_sessions.c.until,
)


def find_session(
    connection: Connection, secret_hash: str, *, renewed_since: datetime
) -> SessionRecord | None:
    """Return the session of a secret, or of one that was renewed just now; else None."""
    former = sa.and_(
        staff_sessions.c.former_hash == secret_hash, staff_sessions.c.renewed_at > renewed_since
    )
    chosen = _SESSIONS.where(sa.or_(staff_sessions.c.hash == secret_hash, former))
    row = connection.execute(chosen).first()
    return None if row is None else SessionRecord(*row)


def list_sessions(connection: Connection, person_id: int) -> list[SessionRecord]:
    """List the sessions of a person, the last used first."""
    chosen = _SESSIONS.where(staff_sessions.c.person_id == person_id)
    newest = (staff_sessions.c.seen_at.desc(), staff_sessions.c.id.desc())
    return [SessionRecord(*row) for row in connection.execute(chosen.order_by(*newest))]


def read_data(connection: Connection, session_id: int) -> Mapping[str, Any] | None:
    """Return what a session keeps between two pages, or None where it is over."""
    chosen = sa.select(staff_sessions.c.data).where(staff_sessions.c.id == session_id)
    found: Mapping[str, Any] | None = connection.execute(chosen).scalar()
    return found


def list_at_work(
    connection: Connection, *, seen_since: datetime
) -> list[tuple[int, str, Mapping[str, Any]]]:
    """List who used a session lately: person, name, what the session keeps; by name."""
    chosen = (
        sa.select(people.c.id, people.c.name, staff_sessions.c.data)
        .join(people, staff_sessions.c.person_id == people.c.id)
        .where(staff_sessions.c.stage == "full", staff_sessions.c.seen_at > seen_since)
        .order_by(people.c.name, staff_sessions.c.id)
    )
    return [(row.id, row.name, row.data) for row in connection.execute(chosen)]


def add_session(
    connection: Connection,
    secret_hash: str,
    *,
    person_id: int | None,
    stage: Stage,
    browser: str,
    data: Mapping[str, Any],
    at: datetime,
    until: datetime,
) -> None:
    """Add a session."""
    connection.execute(
        sa.insert(staff_sessions).values(
            hash=secret_hash,
            renewed_at=at,
            person_id=person_id,
            stage=stage,
            browser=browser,
            data=dict(data),
            made_at=at,
            seen_at=at,
            until=until,
        )
    )


def change_session(connection: Connection, session_id: int, **values: Any) -> None:  # noqa: ANN401
    """Set columns of a session's row."""
    chosen = sa.update(staff_sessions).where(staff_sessions.c.id == session_id)
    connection.execute(chosen.values(values))


def renew_session(
    connection: Connection, session_id: int, secret_hash: str, *, at: datetime
) -> bool:
    """Give a session that waits for it another secret; tell whether nobody was quicker."""
    chosen = sa.update(staff_sessions).where(
        staff_sessions.c.id == session_id, staff_sessions.c.renew
    )
    values = {
        "former_hash": staff_sessions.c.hash,
        "hash": secret_hash,
        "renewed_at": at,
        "renew": False,
    }
    return connection.execute(chosen.values(values)).rowcount == 1


def ask_renewal(connection: Connection, person_id: int) -> None:
    """Let all sessions of a person get new secrets: what they may has changed."""
    chosen = sa.update(staff_sessions).where(staff_sessions.c.person_id == person_id)
    connection.execute(chosen.values(renew=True))


def end_session(connection: Connection, session_id: int) -> None:
    """End a session."""
    connection.execute(sa.delete(staff_sessions).where(staff_sessions.c.id == session_id))


def end_sessions(connection: Connection, person_id: int, *, but: int | None = None) -> int:
    """End the sessions of a person, all or all but one; return how many."""
    chosen = sa.delete(staff_sessions).where(staff_sessions.c.person_id == person_id)
    if but is not None:
        chosen = chosen.where(staff_sessions.c.id != but)
    return connection.execute(chosen).rowcount


def sweep_sessions(connection: Connection, at: datetime, *, unseen_since: datetime) -> None:
    """Forget the sessions that are over."""
    over = sa.or_(staff_sessions.c.until <= at, staff_sessions.c.seen_at <= unseen_since)
    connection.execute(sa.delete(staff_sessions).where(over))


def is_known_browser(
    connection: Connection, secret_hash: str, person_id: int | None = None, *, since: datetime
) -> bool:
    """Tell whether a person signed in before in the browser that has a secret; None: anybody."""
    chosen = sa.select(known_browsers.c.hash).where(
        known_browsers.c.hash == secret_hash, known_browsers.c.seen_at > since
    )
    if person_id is not None:
        chosen = chosen.where(known_browsers.c.person_id == person_id)
    return connection.execute(chosen).first() is not None


def know_browser(
    connection: Connection,
    secret_hash: str,
    person_id: int,
    *,
    at: datetime,
    former_hash: str,
    since: datetime,
) -> None:
    """Know a browser by a secret from now on, and no longer by its former one."""
    over = sa.or_(known_browsers.c.hash == former_hash, known_browsers.c.seen_at <= since)
    connection.execute(sa.delete(known_browsers).where(over))
    values = {"hash": secret_hash, "person_id": person_id, "seen_at": at}
    connection.execute(sa.insert(known_browsers).values(values))


def forget_browsers(connection: Connection, person_id: int) -> None:
    """Know none of a person's browsers any more."""
    connection.execute(sa.delete(known_browsers).where(known_browsers.c.person_id == person_id))
