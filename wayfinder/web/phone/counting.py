"""What is counted of pages: that somebody opened one, never who."""

from flask import request

from wayfinder.services.navigate import Way
from wayfinder.store.daily_counts import GOAL, SCAN, UNMATCHED
from wayfinder.web.phone.page import Page

_PRINTED = "/S/"
"""How the address begins that a QR code holds; our own links say ``/s/``."""
_CHOSEN = ("lang", "look", "theme", "profile")
"""What a QR code never holds: the same page, as somebody likes it."""


def is_opened() -> bool:
    """Tell whether somebody opens a page, and not a script that looks whether it still holds."""
    headers = request.headers
    if request.method != "GET" or "Sec-Purpose" in headers or "Purpose" in headers:
        return False
    mode = headers.get("Sec-Fetch-Mode")
    if mode is not None:
        return mode == "navigate"
    # without https browsers do not say so; what they accept of a page tells it
    return "application/xhtml+xml" in headers.get("Accept", "")


def count_scan(page: Page, code: str) -> None:
    """Count that a sign's printed code was read."""
    if request.path.startswith(_PRINTED) and not any(key in request.args for key in _CHOSEN):
        _count(page, SCAN, code)


def count_goals(page: Page, way: Way) -> None:
    """Count the categories of what a way leads to."""
    for stop in way.journey.stops:
        hit = page.describe(stop.feature)
        if hit is not None and hit.category:
            _count(page, GOAL, hit.category)


def count_unmatched(page: Page) -> None:
    """Count a search that found nothing, by the sign where one stands; its words are not kept."""
    sign = page.sign
    _count(page, UNMATCHED, sign.code if sign is not None and sign.code else "")


def _count(page: Page, kind: str, key: str) -> None:
    counts = page.site.counts
    if counts is not None and is_opened():
        counts.add(page.venue.slug, page.venue.router.schedule.zone, kind, key)
