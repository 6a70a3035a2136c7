"""Work of one kind that was asked for at a venue, and calling it off."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.job_tables import jobs
from wayfinder.store.jobs import FAILED, RUNNING, WAITING, JobRecord, find_job
from wayfinder.store.venues import VenueRecord

CALLED_OFF = "store.job-called-off"
"""Message id of the problem of what somebody has called off."""


def list_jobs(connection: Connection, venue: VenueRecord, kind: str) -> list[JobRecord]:
    """List what was asked for at a venue of one kind, the newest first."""
    chosen = sa.select(jobs.c.key).where(jobs.c.venue_id == venue.id, jobs.c.kind == kind)
    ordered = chosen.order_by(jobs.c.asked_at.desc(), jobs.c.id.desc())
    keys = [row.key for row in connection.execute(ordered)]
    found = (find_job(connection, venue, kind, key) for key in keys)
    return [one for one in found if one is not None]


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
