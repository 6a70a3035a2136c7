"""Work of one kind that was asked for at a venue, and calling it off."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.job_tables import jobs
from wayfinder.store.jobs import FAILED, RUNNING, WAITING, JobRecord, find_job
from wayfinder.store.venues import VenueRecord

CALLED_OFF = "store.job-called-off"
"""Message id of the problem of what somebody has called off."""


def find_newest(
    connection: Connection, venue: VenueRecord, kind: str, states: Iterable[str] = ()
) -> JobRecord | None:
    """Return what was asked for last at a venue of one kind, or None.

    Parameters
    ----------
    connection
        Open for reading.
    venue
        The venue.
    kind
        What was to be worked out.
    states
        Only what is in one of these; none: in any.
    """
    chosen = sa.select(jobs.c.key).where(jobs.c.venue_id == venue.id, jobs.c.kind == kind)
    if wanted := tuple(states):
        chosen = chosen.where(jobs.c.state.in_(wanted))
    ordered = chosen.order_by(jobs.c.asked_at.desc(), jobs.c.id.desc()).limit(1)
    row = connection.execute(ordered).first()
    return None if row is None else find_job(connection, venue, kind, row.key)


def call_off(
    connection: Connection, venue: VenueRecord, kind: str, key: str, now: datetime
) -> bool:
    """Let work be done no more; whoever does it hears of that in seconds, and ends.

    Returns
    -------
    bool
        Whether it was not over yet.
    """
    same = (jobs.c.venue_id == venue.id) & (jobs.c.kind == kind) & (jobs.c.key == key)
    problem = {"code": CALLED_OFF, "values": {}}
    values = {"state": FAILED, "problem": problem, "done_at": now}
    changed = sa.update(jobs).where(same, jobs.c.state.in_((WAITING, RUNNING))).values(**values)
    return bool(connection.execute(changed).rowcount)
