"""Where everybody may park."""

from wayfinder.services.directory import Hit
from wayfinder.web.phone.page import Page

CAR_PARK = "parking"
_BICYCLES = "parking.bicycle"
_LISTED, _SHOWN = 40, 8


def list_car_parks(page: Page, goal_id: str | None = None) -> list[Hit]:
    """List where everybody may park, those nearest the goal or else the reader first."""
    found = page.directory.list_category(
        CAR_PARK, language=page.language, near=goal_id or page.here_id, limit=_LISTED
    )
    parks = [hit for hit in found if hit.public and _is_park(hit.category)]
    return parks[:_SHOWN]


def _is_park(category: str) -> bool:
    return category.startswith(CAR_PARK) and category != _BICYCLES
