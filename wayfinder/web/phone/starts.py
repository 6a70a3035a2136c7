"""Where somebody without a sign may start: the entrances and car parks that serve a goal."""

from wayfinder.model import Opening
from wayfinder.services.directory import Hit
from wayfinder.services.main_floor import is_way_out
from wayfinder.web.phone.page import Page

_ENTRANCES = ("pedestrian.principal", "entry")
_LISTED, _SHOWN = 40, 8


def list_entrances(page: Page, goal_id: str | None) -> list[Hit]:
    """List by which entrances everybody may come in, those nearest the goal first.

    Without a goal those nearest the information desk, where most visits begin.
    """
    near = goal_id
    if near is None:
        desk = page.directory.find_desk(language=page.language)
        near = desk.id if desk is not None else None
    found = {
        hit.id: hit
        for category in _ENTRANCES
        for hit in page.directory.list_category(
            category, language=page.language, near=near, limit=_LISTED
        )
        if hit.public and not _leads_out(page, hit.id)
    }
    # without a distance, as where nothing is near, the order stays as it is
    ranked = sorted(found.values(), key=lambda hit: hit.distance_m or 0.0)
    return ranked[:_SHOWN]


def _leads_out(page: Page, feature_id: str) -> bool:
    opening = page.plan.find(feature_id, Opening)
    return opening is not None and is_way_out(page.plan, opening)
