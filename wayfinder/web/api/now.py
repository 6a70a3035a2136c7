"""What holds now: what open pages, displays and other systems ask for every few seconds."""

from datetime import UTC, datetime

from flask import Response

from wayfinder.model import Closure, ExceptionalHours, Notice, pick_label
from wayfinder.services.served import Served
from wayfinder.web.api import documents
from wayfinder.web.api.common import JsonObject, answer, choose, get_venue
from wayfinder.web.api.fire import describe_fire
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import read_query
from wayfinder.web.api.venues import LanguageQuery, describe_release
from wayfinder.web.site import get_site


def show_now(venue: str) -> Response:
    """Answer with what holds now."""
    served = get_venue(venue)
    language = choose(read_query(LanguageQuery).lang)
    site, now = get_site(), datetime.now(UTC)
    age_s = (now - site.venues.find_confirmed(served.slug)).total_seconds()
    conditions = served.conditions
    return answer(
        {
            "version": served.version_at(now),
            "release": describe_release(served),
            "closures": [
                _describe(served, one, language)
                for one in conditions.closures
                if _is_to_come(one, now)
            ],
            "hours": [
                {**_describe(served, one, language), "hours": one.hours}
                for one in conditions.hours
                if _is_to_come(one, now)
            ],
            "notices": [
                {
                    "id": notice.id,
                    "text": pick_label(notice.text, language),
                    "feature": notice.feature,
                    **_span(served, notice),
                }
                for notice in conditions.notices_at(now)
            ],
            "fire": describe_fire(served),
            "confirmed": age_s <= site.settings.stale_after_s,
        }
    )


def _is_to_come(one: Closure | ExceptionalHours, now: datetime) -> bool:
    """Tell whether something holds or is going to: a process may still know what is over."""
    return one.end is None or now < one.end


def _describe(served: Served, one: Closure | ExceptionalHours, language: str) -> JsonObject:
    hit = served.directory.make_hit(one.feature, language=language)
    return {
        "feature": one.feature,
        "name": hit.name if hit else "",
        "category": hit.category if hit else "",
        **_span(served, one),
        "reason": pick_label(one.reason, language),
    }


def _span(served: Served, one: Closure | ExceptionalHours | Notice) -> JsonObject:
    """Describe from when until when something holds, in the venue's time zone."""
    zone = served.router.schedule.zone
    ends = {"from": one.start, "until": one.end}
    return {key: at.astimezone(zone).isoformat() if at else None for key, at in ends.items()}


OPERATIONS = (
    Operation(
        id="getNow",
        method="GET",
        path="/venues/<venue>/now",
        summary="Release and conditions in force",
        description="Small; ask with `If-None-Match` every few seconds.",
        view=show_now,
        query=LanguageQuery,
        answers={200: Answer("What holds now.", documents.Now)},
        errors=("unknown-venue",),
    ),
)
