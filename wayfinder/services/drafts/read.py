"""A draft's plan after any of its entries, with what is derived from it."""

from dataclasses import dataclass

from wayfinder.model import Plan
from wayfinder.services.drafts.desk import Desk, Look
from wayfinder.store.drafts import (
    DraftRecord,
    EntryLine,
    EntryRecord,
    get_draft,
    list_entries,
    list_lines,
)
from wayfinder.store.venues import get_venue


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A draft's plan at one time.

    Parameters
    ----------
    draft
        The draft as it is now.
    number
        The entry after which this is its plan; 0 is what it began with.
    plan
        The plan.
    """

    draft: DraftRecord
    number: int
    plan: Plan


def read_plan(desk: Desk, slug: str, draft_id: int, number: int | None = None) -> DraftPlan:
    """Read a draft's plan.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    number
        The entry after which; None: the last one.

    Raises
    ------
    UnknownError
        There is no such venue or draft, or it has not so many entries.
    DamagedError
        What is kept is not what was written.
    """
    with desk.store.read() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        wanted = draft.head if number is None else number
        return DraftPlan(draft, wanted, desk.snapshots.read(connection, venue, draft, wanted))


def look(desk: Desk, slug: str, draft_id: int, number: int | None = None) -> tuple[DraftPlan, Look]:
    """Read a draft's plan with its network: routes in it, and what is wrong with it.

    Parameters and errors are those of `read_plan`.
    """
    found = read_plan(desk, slug, draft_id, number)
    return found, desk.look(draft_id, found.plan)


def read_log(desk: Desk, slug: str, draft_id: int) -> tuple[EntryRecord, ...]:
    """Read all that was done in a draft; raises UnknownError where there is no such draft."""
    with desk.store.read() as connection:
        draft = get_draft(connection, get_venue(connection, slug), draft_id)
        return tuple(list_entries(connection, draft))


def read_lines(
    desk: Desk, slug: str, draft_id: int, *, before: int | None = None, limit: int = 50
) -> list[EntryLine]:
    """Read who did what in a draft, the newest first; what came of it is not read.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    draft_id
        The draft.
    before, limit
        As for `list_lines`.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    """
    with desk.store.read() as connection:
        draft = get_draft(connection, get_venue(connection, slug), draft_id)
        return list_lines(connection, draft, before=before, limit=limit)
