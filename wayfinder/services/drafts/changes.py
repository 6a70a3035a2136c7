"""What happened in a draft since somebody last looked: asked every few seconds by each editor."""

from dataclasses import dataclass

from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.log import Features, sum_up
from wayfinder.store import UnknownError
from wayfinder.store.drafts import DraftRecord, EntryRecord, get_draft, list_entries
from wayfinder.store.venues import get_venue


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since.

    Parameters
    ----------
    draft
        The draft as it is now.
    entries
        What was added to its log, in order.
    features
        What came of it: id to feature as it is now, None where it is gone.
    """

    draft: DraftRecord
    entries: tuple[EntryRecord, ...]
    features: Features


def list_changes(desk: Desk, slug: str, draft_id: int, after: int) -> Changes:
    """List what was added to a log after an entry; no plan is read for it.

    Raises
    ------
    UnknownError
        There is no such venue or draft, or it has not so many entries.
    """
    with desk.store.read() as connection:
        draft = get_draft(connection, get_venue(connection, slug), draft_id)
        if not 0 <= after <= draft.head:
            raise UnknownError("draft-ahead", name=draft.name, head=draft.head, number=after)
        entries = list_entries(connection, draft, after=after) if after < draft.head else []
    return Changes(draft, tuple(entries), sum_up(entries))
