"""What a display is told every two seconds: what holds, and of that what concerns where it stands.

Hundreds of displays ask, and the answer seldom changes: it is made once for each state and kept
with what is served, so that a question costs a look at the clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.kept import Kept, keep_with
from wayfinder.model import Building, Display, Notice
from wayfinder.services.directory.entries import find_building, find_level
from wayfinder.services.outages import list_outages
from wayfinder.services.served import Served

_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class DisplayNews:
    """What holds for a display at a moment.

    Parameters
    ----------
    version
        Changes whenever a way may, by the clock too.
    notices
        What its readers should know: about the venue as a whole, or about where it stands.
    closures
        BCP 47 tag to what is out of service or closed in its building, lifts first, each in words:
        what, until when, why, what to take instead.
    """

    version: str
    notices: tuple[Notice, ...]
    closures: Mapping[str, tuple[str, ...]]


def tell_news(served: Served, display: Display, at: datetime) -> DisplayNews:
    """Tell what holds for a display at an aware instant."""
    version = served.version_at(at)
    holding = tuple(
        number for number, one in enumerate(served.conditions.closures) if one.holds_at(at)
    )
    # "until tomorrow" is said until midnight
    day = at.astimezone(served.router.schedule.zone).date()
    kept: Kept[object, DisplayNews] = keep_with(served, "display_news", lambda: Kept(_KEPT))
    return kept.get(
        (display.id, version, holding, day),
        lambda: DisplayNews(
            version,
            tuple(_list_notices(served, display, at)),
            {
                language: tuple(
                    outage.text
                    for outage in list_outages(served, language=language, at=at, here=display.id)
                )
                for language in LANGUAGES
            },
        ),
    )


def _list_notices(served: Served, display: Display, at: datetime) -> Iterator[Notice]:
    around = _list_around(served, display)
    for notice in served.conditions.notices_at(at, on=str(display.kind)):
        if notice.feature is None or _concerns(served, notice.feature, around):
            yield notice


def _list_around(served: Served, display: Display) -> frozenset[str]:
    """Return the ids of the venue, building, floor and room that a display stands in."""
    plan = served.plan
    building = find_building(plan, plan[display.unit_id])
    ids = {display.id, display.unit_id, display.level_id}
    if plan.venue is not None:
        ids.add(plan.venue.id)
    if building is not None:
        ids.add(building.id)
    return frozenset(ids)


def _concerns(served: Served, feature_id: str, around: frozenset[str]) -> bool:
    """Tell whether what happens to a feature matters to who stands before a display.

    It does where the display stands in it, and where it is in the same building or, in the open, on
    the same floor.
    """
    if feature_id in around:
        return True
    feature = served.plan.features.get(feature_id)
    if feature is None or isinstance(feature, Building):
        return False
    building, level = find_building(served.plan, feature), find_level(served.plan, feature)
    if building is not None:
        return building.id in around
    return level is not None and level.id in around
