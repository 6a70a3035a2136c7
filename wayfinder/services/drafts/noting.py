"""What staff do with drafts is noted for the admins, in the transaction that does it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from wayfinder.services.audit import undoing
from wayfinder.services.going_back import go_back
from wayfinder.services.people.roles import Role
from wayfinder.store import ConflictError
from wayfinder.store.audit import Actor, AuditEntry
from wayfinder.store.drafts import get_draft, reopen_draft
from wayfinder.store.venues import VenueRecord, get_venue

OPENED, RENAMED = "draft-opened", "draft-renamed"
DISCARDED, REOPENED = "draft-discarded", "draft-reopened"
PUBLISHED_DRAFT = "draft-published"
SCHEDULED, CALLED_OFF = "release-scheduled", "release-called-off"
CAME, REFUSED_THEN = "release-came", "release-refused"

for _action in (PUBLISHED_DRAFT, CAME):
    undoing(_action, Role.PUBLISHER)(go_back)


@undoing(DISCARDED, Role.EDITOR)
def take_out(connection: Connection, entry: AuditEntry, _who: Actor) -> Mapping[str, Any]:
    """Take out again a draft that was put away."""
    venue, undo = _find(connection, entry)
    draft = get_draft(connection, venue, undo["draft"])
    if not draft.is_discarded:
        raise ConflictError("not-undoable", entry=entry.id)
    reopen_draft(connection, draft)
    return {"name": draft.name}


def _find(connection: Connection, entry: AuditEntry) -> tuple[VenueRecord, Mapping[str, Any]]:
    if entry.venue is None or entry.undo is None:
        raise ConflictError("not-undoable", entry=entry.id)
    return get_venue(connection, entry.venue), entry.undo
