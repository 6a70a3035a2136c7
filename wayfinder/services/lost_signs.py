"""Where somebody may be who stands where a sign was: the nearest place and signs that are known."""

from collections.abc import Collection
from dataclasses import dataclass
from math import hypot

from shapely.geometry import Point

from wayfinder.model import Building, Level, Sign
from wayfinder.model.sign_records import SignPlace
from wayfinder.services.directory import Spot
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord

NEAR_M = 60.0
"""Signs that are further away are no help to who looks for the next one (ours)."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """What is known of a sign that is gone.

    Parameters
    ----------
    place
        Id of the room or corridor in today's plan that it hung in, or of the nearest one on that
        floor; None where nobody knows.
    signs
        Signs that hang near where it was, the nearest first.
    """

    place: str | None
    signs: tuple[Sign, ...]


def find_lost(served: Served, record: SignRecord, gone: Collection[str] = ()) -> Lost:
    """Find what is left near where a sign was last.

    Parameters
    ----------
    served
        The venue.
    record
        What the registry knows of the sign.
    gone
        Codes of signs that hang no more: nobody is sent to those.
    """
    hanging = [
        sign
        for sign in served.signs.values()
        if sign.code and sign.code not in gone and sign.id != record.feature
    ]
    spot = find_last_spot(served, record)
    if spot is None:
        return Lost(None, _list_by_number(hanging, record.ref))
    at = (
        (hypot(sign.point[0] - spot.x_m, sign.point[1] - spot.y_m), sign.ref, sign)
        for sign in hanging
        if sign.level_id == spot.level_id
    )
    near = sorted((one for one in at if one[0] <= NEAR_M), key=lambda one: one[:2])
    return Lost(_find_place(served, spot), tuple(sign for _, _, sign in near[:_SHOWN]))


def find_last_spot(served: Served, record: SignRecord) -> Spot | None:
    """Return where a sign was, in today's plan, or None where that has no such floor any more."""
    sign = served.signs.get(record.feature)
    if sign is not None:
        return Spot(sign.level_id, *sign.point)
    place = record.place
    level = _find_level(served, place) if place is not None else None
    if place is None or level is None:
        return None
    return Spot(level, *served.plan.frame.to_metres(*place.place))


def _find_level(served: Served, place: SignPlace) -> str | None:
    """Return the id of the floor, or of the one that is called so in a building called so."""
    if served.plan.find(place.level, Level) is not None:
        return place.level
    alike = [
        level.id
        for level in served.plan.list_of(Level)
        if place.floor
        and dict(level.short_name or level.name) == dict(place.floor)
        and any(
            building is not None and dict(building.name) == dict(place.building)
            for building in (served.plan.find(one, Building) for one in level.building_ids)
        )
    ]
    return alike[0] if len(alike) == 1 else None


def _find_place(served: Served, spot: Spot) -> str | None:
    """Return the room or corridor that everybody may enter at a spot, else the nearest."""
    network, at = served.network, Point(spot.x_m, spot.y_m)
    rooms = [
        (space.polygon.distance(at), unit)
        for unit, space in network.spaces.items()
        if unit in network.places
        and unit not in network.zone_of_unit
        and served.plan[unit].level_id == spot.level_id
    ]
    return min(rooms)[1] if rooms else None


def _list_by_number(signs: Collection[Sign], ref: str) -> tuple[Sign, ...]:
    """List the signs with numbers next to one: ``A1-07`` hung between ``A1-06`` and ``A1-08``."""
    area, _, number = ref.rpartition("-")
    if not area or not number.isdecimal():
        return ()
    head = f"{area}-"
    same = [
        (abs(int(own) - int(number)), sign.ref, sign)
        for sign in signs
        if sign.ref.startswith(head) and (own := sign.ref.removeprefix(head)).isdecimal()
    ]
    same.sort(key=lambda one: one[:2])
    return tuple(sign for _, _, sign in same[:_SHOWN])
