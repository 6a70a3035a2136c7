"""Staff of an organisation, for tests."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store import tables

NOW = datetime(2030, 1, 1, 12, 30, tzinfo=UTC)


def fill_people(connection: Connection) -> None:
    """Put one row into each table about people."""
    add = connection.execute
    organisation = add(sa.select(tables.organisations.c.id)).scalar()
    venue = add(sa.select(tables.venues.c.id)).scalar()
    made = {"made_by": "", "made_at": NOW}
    add(sa.insert(tables.people).values(name="安", key="安", **made))
    person = {"person_id": add(sa.select(tables.people.c.id)).scalar()}
    of = {"organisation_id": organisation, "venue_id": venue}
    add(sa.insert(tables.memberships).values(**person, **of, role="admin", **made))
    add(sa.insert(tables.recovery_codes).values(**person, number=1, hash="x"))
    add(sa.insert(tables.identities).values(**person, issuer="i", subject="s", made_at=NOW))
    add(sa.insert(tables.known_browsers).values(**person, hash="b", seen_at=NOW))
    add(sa.insert(tables.guesses).values(hash="g", count=1, last_at=NOW, until=NOW))
    session = {"hash": "h", "stage": "full", "browser": "", "data": {}, "until": NOW}
    times = {"renewed_at": NOW, "made_at": NOW, "seen_at": NOW}
    add(sa.insert(tables.staff_sessions).values(**person, **session, **times))
    entry = {"at": NOW, "who": "安", "action": "signed-in", "details": {}, "undo": {}}
    add(sa.insert(tables.audit).values(**person, **of, **entry))
