"""Whom to call: the emergency department, the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from wayfinder.graph import Network
from wayfinder.kept import keep_with
from wayfinder.model import Amenity, Feature, Occupant, Plan, Unit
from wayfinder.presets import find_preset

EMERGENCY = "emergency"
DESK = "information"
_EMERGENCY_NUMBERS = {"Asia/Shanghai": "120", "Asia/Urumqi": "120"}
"""Time zone to the number of the ambulance: 120 in China."""
_FIRE_NUMBERS = {"Asia/Shanghai": "119", "Asia/Urumqi": "119"}
"""Time zone to the number of the fire brigade: 119 in China."""
_ANYWHERE = "112"
"""Works on mobile phones almost everywhere (ETSI TS 122 101)."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Telephone numbers of a venue, as they are written.

    Parameters
    ----------
    desk
        The information desk's, else the venue's own; empty where the plan has none.
    emergency
        The emergency department's; empty where the plan has none.
    ambulance
        The public number.
    fire
        The fire brigade's.
    department
        Id of the emergency department; None where the plan has none.
    """

    desk: str
    emergency: str
    ambulance: str
    fire: str
    department: str | None


def recall_contacts(network: Network) -> Contacts:
    """Return the numbers to call in a network's plan, looked up once."""
    return keep_with(network, "contacts", lambda: find_contacts(network.plan))


def find_contacts(plan: Plan) -> Contacts:
    """Find the numbers to call in a plan."""
    venue = plan.venue
    zone = venue.time_zone if venue is not None else None
    own = (_read_phone(venue) if venue is not None else "") or ""
    return Contacts(
        desk=next(_list_phones(plan, DESK), own),
        emergency=next(_list_phones(plan, EMERGENCY), ""),
        ambulance=_EMERGENCY_NUMBERS.get(zone or "", _ANYWHERE),
        fire=_FIRE_NUMBERS.get(zone or "", _ANYWHERE),
        department=_find_department(plan),
    )


def _find_department(plan: Plan) -> str | None:
    of_it = [
        feature
        for feature in plan
        if isinstance(feature, Occupant | Unit | Amenity) and feature.category == EMERGENCY
    ]
    found = sorted(of_it, key=lambda one: (not isinstance(one, Occupant), one.id))
    return found[0].id if found else None


def dial(number: str) -> str:
    """Return the address that calls a number."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def _list_phones(plan: Plan, category: str) -> Iterator[str]:
    for feature in plan:
        preset = find_preset(feature.category) if feature.category else None
        if preset is not None and preset.category == category:
            phone = _read_phone(feature)
            if phone:
                yield phone


def _read_phone(feature: Feature) -> str:
    phone = feature.properties.get("phone")
    return phone if isinstance(phone, str) else ""
