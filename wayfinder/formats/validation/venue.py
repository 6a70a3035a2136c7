"""The frame of a plan: its venue, its levels, its time zone."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import shapely

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Fix, Issue, Level, Plan, Severity, Unit, Venue
from wayfinder.model.categories import is_walkable

_TOUCH_M2 = 1.0
"""Outlines of neighbouring buildings may lap over each other by as much."""


def list_venue_issues(plan: Plan) -> Iterator[Issue]:
    """Yield what is missing or doubled in the frame of the plan."""
    venues = plan.list_of(Venue)
    if not venues:
        yield Issue("venue-missing", Severity.WARNING)
    if len(venues) > 1:
        values = {"count": len(venues)}
        yield Issue("venues-several", Severity.WARNING, values, tuple(venue.id for venue in venues))
    if not plan.list_of(Level):
        yield Issue("levels-missing", Severity.ERROR)
    yield from _list_levels(plan)
    yield from _list_empty_levels(plan)
    yield from _list_time_zone(plan)


def _list_levels(plan: Plan) -> Iterator[Issue]:
    for level in plan.list_of(Level):
        if level.properties.get("ordinal") is None:
            yield make_issue(plan, level, "level-without-ordinal", Severity.ERROR)
    by_ordinal: defaultdict[float, list[Level]] = defaultdict(list)
    for level in plan.levels:
        by_ordinal[level.ordinal].append(level)
    for ordinal, levels in by_ordinal.items():
        for one, other in combinations(levels[:20], 2):
            if _is_same_floor(plan, one, other):
                yield make_issue(
                    plan,
                    one,
                    "levels-with-one-ordinal",
                    Severity.WARNING,
                    others=(other.id,),
                    ordinal=ordinal,
                )


def _list_empty_levels(plan: Plan) -> Iterator[Issue]:
    """Yield the levels indoors that have lost all units but walls and voids, or the whole plan."""
    drawn = {unit.level_id for unit in plan.list_of(Unit) if is_walkable(unit)}
    if not drawn:
        yield Issue("units-missing", Severity.ERROR)
        return
    for level in plan.list_of(Level):
        if level.id not in drawn and not level.outdoor:
            yield make_issue(plan, level, "level-without-units", Severity.WARNING)


def _is_same_floor(plan: Plan, one: Level, other: Level) -> bool:
    """Tell whether two levels of one ordinal claim the same floor of the same building."""
    owned = set(one.building_ids), set(other.building_ids)
    if all(owned) and owned[0].isdisjoint(owned[1]):
        return False
    shapes = [plan.find_geometry_m(level.id) for level in (one, other)]
    valid = [shapely.make_valid(shape) for shape in shapes if shape is not None]
    return len(valid) == 2 and valid[0].intersection(valid[1]).area > _TOUCH_M2


def _list_time_zone(plan: Plan) -> Iterator[Issue]:
    """Yield an issue where opening hours could not be judged for want of a time zone."""
    venue = plan.venue
    zone = venue.time_zone if venue is not None else None
    if zone is None:
        timed = tuple(feature.id for feature in plan if feature.hours)
        if timed:
            fix = Fix("set-time-zone", {"feature": venue.id}) if venue is not None else None
            values = {"count": len(timed)}
            yield Issue("time-zone-missing", Severity.WARNING, values, timed, fix=fix)
    elif venue is not None and not _is_time_zone(zone):
        yield make_issue(plan, venue, "time-zone-unknown", Severity.ERROR, time_zone=zone[:80])


def _is_time_zone(name: str) -> bool:
    if not available_timezones():
        return True  # this system has no time zones to compare with
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
