"""What is out of service, in a line each: lifts, floors, doors, and what to take instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wayfinder.guide.catalogues import translate
from wayfinder.model import Building, Closure, Sign
from wayfinder.model.categories import ESCALATOR, LIFT
from wayfinder.services.directory import Hit
from wayfinder.services.directory.entries import find_building
from wayfinder.services.hours import say_when
from wayfinder.services.opening import make_is_open
from wayfinder.services.reasons import say_within
from wayfinder.services.served import Served
from wayfinder.services.surroundings import find_side_of

_MACHINES = frozenset({LIFT, ESCALATOR, "movingwalkway"})
"""Categories of what is out of service rather than closed."""
_TRIED = 12
"""So many lifts are looked at for one that goes (ours)."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Something that does not go now.

    Parameters
    ----------
    text
        What, until when, why, and what to take instead.
    building
        Name of the building that it is in; empty in the open.
    is_machine
        Whether it is a lift or an escalator.
    """

    text: str
    building: str
    is_machine: bool


def list_outages(
    served: Served, *, language: str, at: datetime, here: str | None = None
) -> tuple[Outage, ...]:
    """List what is closed or out of service now, lifts first.

    Parameters
    ----------
    served
        The venue.
    language
        BCP 47 tag.
    at
        Aware instant.
    here
        Id of the feature where one is: what is in another building does not concern who is there.
        None for all of the venue.

    Returns
    -------
    tuple of Outage
        What everybody may use and has a name; each once, though a lift is closed on every floor.
    """
    found = dict.fromkeys(_list(served, language, at, here))
    return tuple(sorted(found, key=lambda one: not one.is_machine))


def _list(served: Served, language: str, at: datetime, here: str | None) -> Iterator[Outage]:
    home = _find_home(served, here)
    for closure in served.conditions.closures:
        feature = served.plan.features.get(closure.feature)
        hit = served.directory.make_hit(closure.feature, language=language, near=here)
        if feature is None or hit is None or not closure.holds_at(at):
            continue
        elsewhere = here is not None and find_building(served.plan, feature) is not home
        if elsewhere or not hit.public or hit.name == hit.id:
            continue
        text = _say(served, closure, hit, at, language)
        if hit.category == LIFT:
            text = _add_other(served, text, hit, at, language, here)
        text = translate(language, "outage.sentence", text=text)
        yield Outage(text, hit.building, hit.category in _MACHINES)


def _find_home(served: Served, here: str | None) -> Building | None:
    feature = served.plan.features.get(here) if here is not None else None
    sign = served.signs.get(here) if here is not None else None
    if sign is not None:
        feature = served.plan.features.get(sign.level_id)
    return find_building(served.plan, feature) if feature is not None else None


def _say(served: Served, closure: Closure, hit: Hit, at: datetime, language: str) -> str:
    what = "machine" if hit.category in _MACHINES else "place"
    zone = served.router.schedule.zone
    if closure.end is None:
        text = translate(language, f"outage.{what}", name=hit.name)
    else:
        end, now = closure.end.astimezone(zone), at.astimezone(zone)
        when = say_when(end, now, language, form="until")
        text = translate(language, f"outage.{what}-until", name=hit.name, when=when)
    why = say_within(closure.reason, language)
    return translate(language, "closure.reason", text=text, reason=why) if why else text


def _add_other(
    served: Served, text: str, hit: Hit, at: datetime, language: str, here: str | None
) -> str:
    """Add the lift to take instead: the nearest in the same building that goes."""
    is_open = make_is_open(served, at)
    lifts = served.directory.list_category(
        LIFT, language=language, near=here or hit.id, limit=_TRIED
    )
    other = next(
        (
            lift
            for lift in lifts
            if lift.public
            and lift.building == hit.building
            and lift.name != hit.name
            and is_open(lift.id)
        ),
        None,
    )
    if other is None:
        return text
    sign: Sign | None = served.signs.get(here) if here is not None else None
    side = find_side_of(served, sign, other.id) if sign is not None else None
    if side is None:
        return translate(language, "outage.instead", text=text, other=other.name)
    return translate(language, f"outage.instead.{side}", text=text, other=other.name)
