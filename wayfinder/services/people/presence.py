"""Who has a draft open: noted with the session, so that every worker knows."""

from datetime import datetime, timedelta

from wayfinder.services.people.desk import Desk
from wayfinder.services.people.sessions import Session
from wayfinder.store.staff_sessions import change_session, list_at_work, read_data

_AT = "draft"
"""Where a session keeps which draft it has open, and when that was noted."""
_EVERY = timedelta(seconds=20)
"""How often it is noted: not every question of an editor writes (ours)."""
_GONE_AFTER = timedelta(seconds=50)
"""After so long without a note somebody has left (ours)."""


def note_presence(desk: Desk, session: Session, draft_id: int) -> None:
    """Note that somebody has a draft open, if it was not noted just now."""
    now = desk.clock()
    known, at = _read(session.record.data.get(_AT))
    if known == draft_id and at is not None and timedelta(0) <= now - at < _EVERY:
        return
    with desk.store.write() as connection:
        # as it is now: another request of the same browser may have put something beside it
        data = read_data(connection, session.record.id)
        if data is not None:
            noted = {**data, _AT: [draft_id, now.isoformat()]}
            change_session(connection, session.record.id, data=noted)


def list_present(desk: Desk, draft_id: int, *, but: int) -> list[str]:
    """List the names of those who have a draft open, but for one person, each once."""
    now = desk.clock()
    with desk.store.read() as connection:
        found = list_at_work(connection, seen_since=now - _GONE_AFTER - timedelta(minutes=2))
    names = dict[str, None]()
    for person_id, name, data in found:
        known, at = _read(data.get(_AT))
        if person_id != but and known == draft_id and at is not None and now - at < _GONE_AFTER:
            names[name] = None
    return list(names)


def _read(noted: object) -> tuple[int | None, datetime | None]:
    if not isinstance(noted, list) or len(noted) != 2:
        return None, None
    return noted[0], datetime.fromisoformat(noted[1])
