"""A publish is taken back, from the log of the admins: what was in force before is again."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.audit import undoing
from wayfinder.services.people.roles import Role
from wayfinder.services.releases import PUBLISHED, ROLLED_BACK, put_in_force
from wayfinder.store import ConflictError
from wayfinder.store.audit import Actor, AuditEntry
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import get_venue


@undoing(PUBLISHED, Role.PUBLISHER)
@undoing(ROLLED_BACK, Role.PUBLISHER)
def go_back(connection: Connection, entry: AuditEntry, who: Actor) -> Mapping[str, Any]:
    """Put what was in force before into force again, if nothing else came since."""
    if entry.venue is None or entry.undo is None:
        raise ConflictError("not-undoable", entry=entry.id)
    venue = get_venue(connection, entry.venue)
    if venue.published != entry.undo["number"]:
        raise ConflictError("not-undoable", entry=entry.id)
    release = get_release(connection, venue, entry.undo["previous"])
    plan = read_release(connection, venue, release.number).plan
    done = put_in_force(connection, venue, release, plan, who=who.name)
    overtaken = {"overtakes": len(done.pending)} if done.pending else {}
    return {**entry.details, "release": release.number, **overtaken}
