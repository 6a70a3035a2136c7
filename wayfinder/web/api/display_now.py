"""What holds for one display: what it asks for every two seconds."""

from datetime import UTC, datetime
from typing import NoReturn

from flask import Response

from wayfinder.model import Notice
from wayfinder.services.display_news import DisplayNews, tell_news
from wayfinder.services.venues import FoundDisplay
from wayfinder.web.api import display_documents as documents
from wayfinder.web.api.common import JsonObject, answer
from wayfinder.web.api.fire import describe_fire_at
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import Query, read_query
from wayfinder.web.api.venues import describe_release
from wayfinder.web.errors import ApiError
from wayfinder.web.site import Site, get_site


def show_display_now(display: str) -> Response:
    """Answer with what holds for a display; the same words until something changes."""
    read_query(Query)
    site, now = get_site(), datetime.now(UTC)
    found = site.venues.find_display(display)
    if found is None:
        return answer(_describe_gone(site, display, now))
    return answer(describe_now(site, found, tell_news(found.served, found.display, now), now))


def _describe_gone(site: Site, text: str, now: datetime) -> JsonObject:
    """Make the document of a display that should hang no more: if it does, a fire concerns it."""
    record = site.venues.find_display_record(text)
    served = site.venues.find(record.venue or "") if record is not None else None
    if record is None or served is None:
        refuse(text)
    return {
        "id": record.id,
        "kind": str(record.kind),
        "venue": served.slug,
        "version": served.version_at(now),
        "release": describe_release(served),
        "conditions": served.conditions_number,
        "notices": [],
        "fire": describe_fire_at(served, record.feature),
        "closures": {},
        "confirmed": False,
    }


def get_display(text: str) -> FoundDisplay:
    """Return the display with an id in any case.

    Raises
    ------
    ApiError
        There is none, or it was taken down.
    """
    venues = get_site().venues
    return venues.find_display(text) or refuse(text)


def refuse(text: str) -> NoReturn:
    """Say why there is no display with an id."""
    site = get_site()
    record = site.venues.find_display_record(text)
    if site.follower is not None and not site.follower.is_loaded:
        # what is still being built may have it
        raise ApiError(503, "service-unavailable")
    if record is None:
        raise ApiError(404, "unknown-display")
    raise ApiError(410, "removed-display")


def describe_now(site: Site, found: FoundDisplay, news: DisplayNews, now: datetime) -> JsonObject:
    """Make the document."""
    served, display, record = found
    age_s = (now - site.venues.find_confirmed(served.slug)).total_seconds()
    return {
        "id": record.id,
        "kind": str(display.kind),
        "venue": served.slug,
        "version": news.version,
        "release": describe_release(served),
        "conditions": served.conditions_number,
        "notices": [_describe_notice(found, notice) for notice in news.notices],
        "fire": describe_fire_at(served, display.id),
        "closures": {language: list(texts) for language, texts in news.closures.items()},
        "confirmed": age_s <= site.settings.stale_after_s,
    }


def _describe_notice(found: FoundDisplay, notice: Notice) -> JsonObject:
    zone = found.served.router.schedule.zone
    ends = {"from": notice.start, "until": notice.end}
    return {
        "id": notice.id,
        "text": dict(notice.text),
        "feature": notice.feature,
        **{key: at.astimezone(zone).isoformat() if at else None for key, at in ends.items()},
    }


OPERATIONS = (
    Operation(
        id="getDisplayNow",
        method="GET",
        path="/displays/<display>/now",
        summary="What holds for a display",
        description="Small, and the same until something changes: ask with `If-None-Match` every "
        "two seconds, as a fire is told here too. Needs no token. To a display that was taken "
        "down, or that the plan in force does not have, a fire is told and nothing confirmed. "
        "Texts are in every language.",
        view=show_display_now,
        answers={200: Answer("What holds now.", documents.DisplayNow)},
        errors=("unknown-display", "removed-display", "service-unavailable"),
    ),
)
