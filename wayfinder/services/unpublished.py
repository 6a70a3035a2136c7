"""What a venue is called, and what time it is there, before anything of it was published."""

from dataclasses import dataclass
from datetime import tzinfo

from wayfinder.model import Labels
from wayfinder.route import find_time_zone
from wayfinder.services.drafts import Desk, list_open_drafts, read_plan
from wayfinder.store.venues import VenueRecord


@dataclass(frozen=True, slots=True)
class DrawnSite:
    """What a draft says of its venue.

    Parameters
    ----------
    name
        What it is called, by language; empty where nobody has said.
    zone
        Time zone.
    """

    name: Labels
    zone: tzinfo


def find_drawn_site(desk: Desk, venue: VenueRecord) -> DrawnSite | None:
    """Return what the newest open draft says of a venue that was never published.

    Parameters
    ----------
    desk
        What the process works on drafts with.
    venue
        The venue.

    Returns
    -------
    DrawnSite or None
        None where there is no such draft, or something is in force: that counts then.
    """
    if venue.published is not None:
        return None
    drafts = list_open_drafts(desk, venue.slug)
    if not drafts:
        return None
    plan = read_plan(desk, venue.slug, drafts[0].id).plan
    return DrawnSite(plan.venue.name if plan.venue is not None else {}, find_time_zone(plan))
