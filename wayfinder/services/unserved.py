"""What a venue is called, and what time it is there, while no worker has built it yet."""

from dataclasses import dataclass
from datetime import tzinfo

from wayfinder.kept import Kept
from wayfinder.model import Labels, Plan
from wayfinder.route import find_time_zone
from wayfinder.services.drafts import Desk, list_open_drafts, read_plan
from wayfinder.store import StoreError
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import VenueRecord

_KEPT = 64


@dataclass(frozen=True, slots=True)
class UnservedSite:
    """What a plan says of its venue.

    Parameters
    ----------
    name
        What it is called, by language; empty where nobody has said.
    zone
        Time zone.
    """

    name: Labels
    zone: tzinfo


_OF_RELEASE: Kept[str, UnservedSite] = Kept(_KEPT)


def find_unserved_site(desk: Desk, venue: VenueRecord) -> UnservedSite | None:
    """Return what the release in force says of a venue, else its newest open draft.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    venue
        The venue.

    Returns
    -------
    UnservedSite or None
        None where nothing was published and there is no draft, and where that cannot be read.
    """
    try:
        if venue.published is not None:
            return _find_published(desk, venue, venue.published)
        drafts = list_open_drafts(desk, venue.slug)
        return _make(read_plan(desk, venue.slug, drafts[0].id).plan) if drafts else None
    except StoreError:  # pages of other venues say its name too
        return None


def _find_published(desk: Desk, venue: VenueRecord, number: int) -> UnservedSite:
    with desk.store.read() as connection:
        digest = get_release(connection, venue, number).hash
        # a large plan takes a second to read, and each page asks until it is built
        return _OF_RELEASE.get(digest, lambda: _make(read_release(connection, venue, number).plan))


def _make(plan: Plan) -> UnservedSite:
    return UnservedSite(plan.venue.name if plan.venue is not None else {}, find_time_zone(plan))
