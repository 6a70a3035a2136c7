"""What holds now: what open pages, displays and other systems ask for every few seconds."""

from datetime import UTC, datetime
from hashlib import blake2b

from flask import Response

from wayfinder.model import Closure, Conditions, ExceptionalHours, Notice, pick_label
from wayfinder.services.served import Served
from wayfinder.web.api import documents
from wayfinder.web.api.common import JsonObject, answer, choose, get_venue
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import read_query
from wayfinder.web.api.venues import LanguageQuery, describe_release
from wayfinder.web.site import get_site


def show_now(venue: str) -> Response:
    """Answer with what holds now."""
    served = get_venue(venue)
    language = choose(read_query(LanguageQuery).lang)
    site, now = get_site(), datetime.now(UTC)
    age_s = (now - site.venues.confirmed_at).total_seconds()
    conditions = served.conditions
    return answer(
        {
            "version": served.version + _mark(conditions, now),
            "release": describe_release(served),
            "closures": [_describe(served, one, language) for one in conditions.closures],
            "hours": [
                {**_describe(served, one, language), "hours": one.hours} for one in conditions.hours
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
            "confirmed": age_s <= site.settings.stale_after_s,
        }
    )


def _describe(served: Served, one: Closure | ExceptionalHours, language: str) -> JsonObject:
    hit = served.directory.make_hit(one.feature, language=language)
    return {
        "feature": one.feature,
        "name": hit.name if hit else "",
        **_span(served, one),
        "reason": pick_label(one.reason, language),
    }


def _span(served: Served, one: Closure | ExceptionalHours | Notice) -> JsonObject:
    """Describe from when until when something holds, in the venue's time zone."""
    zone = served.router.schedule.zone
    ends = {"from": one.start, "until": one.end}
    return {key: at.astimezone(zone).isoformat() if at else None for key, at in ends.items()}


def _mark(conditions: Conditions, now: datetime) -> str:
    """Tell states apart that differ because a time has come, not because somebody did something."""
    everything: list[Closure | ExceptionalHours | Notice] = [*conditions.closures]
    everything += [*conditions.hours, *conditions.notices]
    timed = [one for one in everything if one.start is not None or one.end is not None]
    if not timed:
        return ""
    holding = "".join("1" if one.holds_at(now) else "0" for one in timed)
    return "-" + blake2b(holding.encode(), digest_size=3).hexdigest()


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
