"""Ways while a building is on fire: none from it, none to it, none through it."""

from collections.abc import Sequence
from typing import Any

from wayfinder.route.journey import Journey, Refusal
from wayfinder.services.fire.state import FireState, FireZone

HERE, THERE, BETWEEN = "fire-here", "fire", "fire-between"
CODES = frozenset({HERE, THERE, BETWEEN})
"""Codes of refusals: one is in the building on fire, would go there, would have to pass it."""


def refuse_ends(fire: FireState | None, origin: str, destinations: Sequence[str]) -> Refusal | None:
    """Refuse a way that begins or ends in a building on fire, before it is looked for."""
    if fire is None:
        return None
    zones = fire.list_zones(origin)
    if zones:
        return _refuse(HERE, zones)
    for destination in destinations:
        zones = fire.list_zones(destination)
        if zones:
            return _refuse(THERE, zones)
    return None


def refuse_found(fire: FireState | None, found: Journey | Refusal) -> Refusal | None:
    """Refuse what has been found where it leads through a building on fire, or would have to."""
    if fire is None:
        return None
    if isinstance(found, Refusal):
        touched = [key for key in found.blocked_by if fire.is_affected(key)]
    else:
        levels = {key for one in found.segments for key in (one.level, one.to_level)}
        touched = [key for key in levels if fire.is_affected(key)]
    zones = {zone.id: zone for key in touched for zone in fire.list_zones(key)}
    return _refuse(BETWEEN, tuple(zones.values())) if zones else None


def find_zones(fire: FireState, refusal: Refusal) -> tuple[FireZone, ...]:
    """Return the zones because of which a way is refused."""
    ids: Any = refusal.values.get("zones", ())
    return tuple(zone for zone in fire.zones if zone.id in ids)


def _refuse(code: str, zones: tuple[FireZone, ...]) -> Refusal:
    ordered = sorted(zones, key=lambda zone: zone.id)
    values = {
        "place": [dict(zone.name) for zone in ordered],
        "zones": tuple(zone.id for zone in ordered),
    }
    return Refusal(code, values, (), None)
