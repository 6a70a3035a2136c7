"""A plan that was brought becomes a draft: the whole of it, as one entry that can be taken back."""

from wayfinder.edit.restore import Restore, write_feature
from wayfinder.model import Feature, Plan, encode_canonical
from wayfinder.services.drafts import Desk, Sent, begin_draft
from wayfinder.store import ConflictError, Store
from wayfinder.store.audit import Actor
from wayfinder.store.drafts import DraftRecord
from wayfinder.store.releases import ReleaseRecord, find_newest, get_release, read_release
from wayfinder.store.venues import get_venue


def bring_plan(
    desk: Desk, slug: str, plan: Plan, name: str, *, who: Actor, author: str, upload: str
) -> DraftRecord:
    """Open a draft upon what is in force that is another plan altogether.

    What was brought becomes one draft, however often somebody is killed who makes it.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    slug
        The venue.
    plan
        What was brought.
    name
        What the draft is called.
    who, author
        Who brings it, and what stands for them in the draft's log.
    upload
        Id of the file that was brought.

    Raises
    ------
    ConflictError
        It is what is in force already.
    UnknownError
        There is no such venue.
    InvalidError
        The name is none, or the plan holds what no database may hold.
    """
    sent = Sent(author, f"brought-{upload}", seen=0)
    return begin_draft(
        desk, slug, name, lambda now: Restore.of(_find_new(now, plan)), sent, who=who
    )


def find_basis(store: Store, slug: str) -> ReleaseRecord | None:
    """Return what a draft would begin with: what is in force, else the newest; None: nothing.

    Raises
    ------
    UnknownError
        There is no such venue.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        if venue.published is None:
            return find_newest(connection, venue)
        return get_release(connection, venue, venue.published)


def read_basis(store: Store, slug: str) -> tuple[int | None, Plan]:
    """Return the plan of what a draft would begin with, and its number.

    Raises
    ------
    UnknownError
        There is no such venue.
    DamagedError
        What is kept is not what was imported.
    """
    found = find_basis(store, slug)
    if found is None:
        return None, Plan.of(())
    with store.read() as connection:
        return found.number, read_release(
            connection, get_venue(connection, slug), found.number
        ).plan


def find_changes(now: Plan, then: Plan) -> dict[str, Feature | None]:
    """Return what has to be put to make one plan of another: None where it goes."""
    changes: dict[str, Feature | None] = {key: None for key in now.features if key not in then}
    for feature in then:
        known = now.features.get(feature.id)
        if known is None or _encode(known) != _encode(feature):
            changes[feature.id] = feature
    return changes


def _find_new(now: Plan, then: Plan) -> dict[str, Feature | None]:
    changes = find_changes(now, then)
    if not changes:
        raise ConflictError("nothing-new")
    return changes


def _encode(feature: Feature) -> bytes:
    return encode_canonical(write_feature(feature))
