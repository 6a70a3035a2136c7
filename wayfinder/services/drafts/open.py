"""A draft is opened upon a release, called something else, put away, and taken out again."""

from sqlalchemy.engine import Connection

from wayfinder.model import Plan
from wayfinder.model.canonical import hash_plan
from wayfinder.services.audit import note
from wayfinder.services.drafts.adding import refuse_closed
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.noting import DISCARDED, OPENED, RENAMED, REOPENED
from wayfinder.store import ConflictError
from wayfinder.store import drafts as rows
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord, get_draft
from wayfinder.store.releases import find_newest, get_release
from wayfinder.store.venues import VenueRecord, get_venue


def open_draft(
    desk: Desk, slug: str, name: str, *, who: Actor, number: int | None = None
) -> DraftRecord:
    """Open a draft.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    name
        What people call it.
    who
        Who opens it.
    number
        The release that it begins with; None: the one in force, else the newest, else an empty
        plan.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    InvalidError
        The name is none.
    """
    with desk.store.write() as connection:
        return open_in(connection, get_venue(connection, slug), name, who=who, number=number)


def open_in(
    connection: Connection,
    venue: VenueRecord,
    name: str,
    *,
    who: Actor,
    number: int | None = None,
) -> DraftRecord:
    """Open a draft in a transaction, as `open_draft` does."""
    wanted = number or find_base(connection, venue)
    if wanted is None:
        base: tuple[int | None, str] = None, hash_plan(Plan.of(()))
    else:
        base = wanted, get_release(connection, venue, wanted).hash
    draft = rows.add_draft(connection, venue, name, base=base, who=who.name)
    note(connection, OPENED, who=who, venue=venue.slug, details={"name": draft.name})
    return draft


def find_base(connection: Connection, venue: VenueRecord) -> int | None:
    """Return the release that a draft begins with that is opened now; None: an empty plan."""
    if venue.published is not None:
        return venue.published
    newest = find_newest(connection, venue)
    return None if newest is None else newest.number


def list_drafts(desk: Desk, slug: str) -> list[DraftRecord]:
    """List the drafts of a venue, closed ones too, the one opened last first.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with desk.store.read() as connection:
        return rows.list_drafts(connection, get_venue(connection, slug))


def list_open_drafts(desk: Desk, slug: str) -> list[DraftRecord]:
    """List the drafts that are worked on, as `list_drafts` does."""
    return [one for one in list_drafts(desk, slug) if one.is_open]


def rename_draft(desk: Desk, slug: str, draft_id: int, name: str, *, who: Actor) -> DraftRecord:
    """Call a draft something else.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    InvalidError
        The name is none.
    """
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        rows.rename_draft(connection, draft, name)
        renamed = get_draft(connection, venue, draft_id)
        said = {"name": renamed.name, "former": draft.name}
        note(connection, RENAMED, who=who, venue=venue.slug, details=said)
        return renamed


def discard_draft(desk: Desk, slug: str, draft_id: int, *, who: Actor) -> DraftRecord:
    """Put a draft away: it is changed no more, and nothing of it is lost.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    ConflictError
        It is closed already.
    """
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        refuse_closed(draft)
        rows.close_draft(connection, draft, who=who.name)
        undo = {"draft": draft.id}
        note(
            connection,
            DISCARDED,
            who=who,
            venue=venue.slug,
            details={"name": draft.name},
            undo=undo,
        )
        return get_draft(connection, venue, draft_id)


def reopen_draft(desk: Desk, slug: str, draft_id: int, *, who: Actor) -> DraftRecord:
    """Take out again a draft that was put away.

    Raises
    ------
    UnknownError
        There is no such venue or draft.
    ConflictError
        It is open, or has become a release.
    """
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        draft = get_draft(connection, venue, draft_id)
        if draft.is_open:
            raise ConflictError("draft-open", name=draft.name)
        if not draft.is_discarded:
            raise ConflictError("draft-released", name=draft.name, release=draft.release_number)
        rows.reopen_draft(connection, draft)
        note(connection, REOPENED, who=who, venue=venue.slug, details={"name": draft.name})
        return get_draft(connection, venue, draft_id)
