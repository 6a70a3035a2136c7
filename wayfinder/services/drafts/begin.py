"""A draft is opened with its first entry in it: both, or neither, and once a key."""

from collections.abc import Callable

from sqlalchemy.engine import Connection

from wayfinder.edit import Action, write_action
from wayfinder.model import Plan
from wayfinder.services.drafts.adding import Appended, Made, Room, Sent, check_key, enter, keep
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.open import find_base, open_in
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord, find_draft_of
from wayfinder.store.releases import read_release
from wayfinder.store.venues import VenueRecord, find_venue, get_venue


def begin_draft(
    desk: Desk, slug: str, name: str, make: Callable[[Plan], Action], sent: Sent, *, who: Actor
) -> DraftRecord:
    """Open a draft with a first entry: whoever is killed on the way has opened none.

    What was begun under the same key before is returned as it is now.

    Parameters
    ----------
    desk
        What the process works with.
    slug
        The venue.
    name
        What people call it.
    make
        Makes the entry's action of the plan that the draft begins with, or refuses.
    sent
        Who sends it, and under which key.
    who
        Who opens it.

    Raises
    ------
    EditError
        The action cannot be done on that plan.
    UnknownError
        There is no such venue.
    InvalidError
        The name or the key is none, or the action holds what no database may hold.
    """
    check_key(sent.key)
    while True:
        # nobody else writes while this one would compare plans
        with desk.store.read() as connection:
            venue = get_venue(connection, slug)
            known = find_draft_of(connection, venue, sent.author, sent.key)
            if known is not None:
                return known
            base = find_base(connection, venue)
            plan = Plan.of(()) if base is None else read_release(connection, venue, base).plan
        action = make(plan)
        with desk.store.write() as connection:
            venue = get_venue(connection, slug)
            known = find_draft_of(connection, venue, sent.author, sent.key)
            if known is not None:
                return known
            if find_base(connection, venue) != base:
                continue  # another release came into force meanwhile
            done = begin_in(desk, connection, venue, name, action, sent, who=who)
        keep(desk, done)
        return done.draft


def begin_in(
    desk: Desk,
    connection: Connection,
    venue: VenueRecord,
    name: str,
    action: Action,
    sent: Sent,
    *,
    who: Actor,
) -> Appended:
    """Open a draft with a first entry in a transaction; once that is over, `keep` it."""
    draft = open_in(connection, venue, name, who=who)
    room = Room(desk, connection, venue, draft)
    edit = action.apply(room.read_plan(draft.head))
    return enter(room, sent, Made(action.kind, write_action(action), edit))


def find_begun(desk: Desk, slug: str, author: str, key: str) -> DraftRecord | None:
    """Return the draft in which somebody sent something under a key; None: none, or no venue."""
    with desk.store.read() as connection:
        venue = find_venue(connection, slug)
        return None if venue is None else find_draft_of(connection, venue, author, key)
