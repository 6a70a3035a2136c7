"""What conditions shut while they hold: closures at once, hours whenever they say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wayfinder.model import Building, Conditions, ExceptionalHours, Geofence, Level, Venue
from wayfinder.model.conditions import is_within
from wayfinder.route.schedule import Schedule
from wayfinder.services.served import Served
from wayfinder.store.conditions import CLOSURE, HOURS, ConditionDraft

_HOURS_BAR_NOTHING = (Level, Building, Venue, Geofence)
"""Hours of these are told, and bar no way."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What conditions shut.

    Parameters
    ----------
    features
        Ids of all that is shut, by closures and by hours.
    at
        The instant of which this is so, where hours shut something and do not do so at once; else
        None.
    by_hours
        Ids of what hours shut then.
    at_other_times
        Ids of what hours shut, but not then.
    """

    features: tuple[str, ...]
    at: datetime | None = None
    by_hours: tuple[str, ...] = ()
    at_other_times: tuple[str, ...] = ()


def find_effect(served: Served, drafts: Iterable[ConditionDraft], now: datetime) -> Effect:
    """Find what conditions shut that hold at an instant.

    Hours are looked at when they shut something: at the first moment from that instant on at which
    they shut most.

    Parameters
    ----------
    served
        The venue.
    drafts
        The conditions; those that are over or have not begun do nothing.
    now
        Aware instant from which they would hold.
    """
    holding = [one for one in drafts if is_within(one.start, one.end, now)]
    closed = [key for one in holding if one.kind == CLOSURE for key in one.features]
    conditions = Conditions(hours=tuple(_list_hours(served, holding)))
    shut_at = _find_moments(served.router.schedule, conditions, now)
    if not shut_at:
        return Effect(tuple(dict.fromkeys(closed)))
    schedule = served.router.schedule
    shut = {
        moment: tuple(key for key in shut_at if _is_shut(schedule, conditions, key, moment))
        for moment in sorted(shut_at.values())
    }
    at = max(shut, key=lambda moment: len(shut[moment]))  # of several the first
    return Effect(
        tuple(dict.fromkeys((*closed, *shut[at]))),
        at if at > now else None,
        shut[at],
        tuple(key for key in shut_at if key not in shut[at]),
    )


def _list_hours(served: Served, drafts: Sequence[ConditionDraft]) -> Iterable[ExceptionalHours]:
    for one in drafts:
        for key in one.features if one.kind == HOURS else ():
            if not isinstance(served.plan.features.get(key), _HOURS_BAR_NOTHING):
                yield ExceptionalHours(key, one.hours or "", one.start, one.end)


def _find_moments(
    schedule: Schedule, conditions: Conditions, now: datetime
) -> Mapping[str, datetime]:
    """Return when hours shut each feature first, from an instant on."""
    found = {}
    for key in dict.fromkeys(one.feature for one in conditions.hours):
        shut = _is_shut(schedule, conditions, key, now)
        at = now if shut else schedule.find_turn(key, now, conditions)
        if at is not None and _is_shut(schedule, conditions, key, at):
            found[key] = at
    return found


def _is_shut(schedule: Schedule, conditions: Conditions, key: str, at: datetime) -> bool:
    """Tell whether exceptional hours, and not those of the plan, shut a feature."""
    holds = any(one.feature == key and one.holds_at(at) for one in conditions.hours)
    return holds and not schedule.is_open(key, at, conditions)
