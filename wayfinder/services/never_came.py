"""Planned releases that were refused at their time, and that nobody has seen to since."""

from sqlalchemy.engine import Connection

from wayfinder.store.releases import list_publications
from wayfinder.store.schedules import CANCELLED, REFUSED, ScheduleRecord, list_schedules
from wayfinder.store.venues import VenueRecord


def list_never_came(connection: Connection, venue: VenueRecord) -> list[ScheduleRecord]:
    """List the last plan of each release that was refused, the newest first.

    Not of one that is planned anew, was put into force since, or whose plan was called off.
    """
    last: dict[int, ScheduleRecord] = {}
    for one in list_schedules(connection, venue):
        known = last.get(one.number)
        if one.outcome != CANCELLED and (known is None or known.id < one.id):
            last[one.number] = one
    refused = [one for one in last.values() if one.outcome == REFUSED]
    if not refused:
        return []
    came = list_publications(connection, venue)
    return [
        one
        for one in sorted(refused, key=lambda one: (one.due_at, one.id), reverse=True)
        if not any(at.number == one.number and at.published_at > one.made_at for at in came)
    ]
