"""From what somebody typed or a link holds to a place of the venue."""

from wayfinder.services.places import Unclear, find_place
from wayfinder.web.phone.page import Page

LONGEST = 80
"""Characters of a place in an address that are looked at."""


def find_text(page: Page, text: str) -> str | Unclear:
    """Return what an address carries for a place: a sign's code or a feature id.

    Parameters
    ----------
    page
        The page.
    text
        What was typed or linked: an id, a code, a sign's code or name, a name, ``nearest:…``.
    """
    found = find_id(page, text)
    if isinstance(found, Unclear):
        return found
    sign = page.venue.signs.get(found)
    return sign.code if sign is not None and sign.code else found


def find_id(page: Page, text: str) -> str | Unclear:
    """Return the feature id of the only place that a text means, or what it may have meant."""
    plain = text.strip()[:LONGEST]
    sign = page.find_sign(plain)
    if sign is not None:
        return sign.id
    screen = page.site.venues.find_display(plain)
    if screen is not None and screen.served.slug == page.venue.slug:
        return screen.display.id
    return find_place(
        page.directory,
        plain,
        language=page.language,
        near=page.here_id,
        find_sign=page.find_sign_id,
        or_nearest=True,
    )
