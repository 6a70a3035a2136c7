"""Where visitors come in and where they go: what signs have to lead from and to."""

from collections.abc import Iterator
from dataclasses import dataclass

from wayfinder.graph import Network, NodeKind
from wayfinder.model import Access, Amenity, Anchor, Feature, Level, Occupant, Opening, Unit
from wayfinder.model.categories import VERTICAL, is_open
from wayfinder.presets import find_preset

_PUBLIC = frozenset({None, Access.PUBLIC})
_PRINCIPAL = "pedestrian.principal"

_NO_PLACE = frozenset(
    {"circulation", "glass", "green", "road", "staff", "structure", "vertical", "void"}
)
"""Kinds of presets that nobody asks the way to."""

_OF_DEPARTMENT = frozenset({"clinic", "diagnostics", "ward"})
"""Kinds of rooms that one is called to from their department's desk: the department is announced.
"""

_ASIDE = frozenset({"changingroom", "shower", "storage"})
"""Rooms that one is shown to."""

_SERVED = frozenset({"food", "outdoor", "service", "emergency", "parking"})
_AT_HAND = frozenset(
    {
        *("parking.bay", "emergencyshelter", "drinkingfountain", "handsanitizerstation"),
        *("defibrillator", "fireextinguisher", "firealarmpullstation", "vendingmachine"),
        *("powerchargingstation", "phone", "parking.bicycle"),
    }
)
"""Amenities that are found by their pictogram where one happens to be (ours)."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door by which visitors come.

    Parameters
    ----------
    id
        Id of the opening.
    node
        Node on its inner side.
    outer
        Node on its outer side.
    """

    id: str
    node: str
    outer: str


def list_public_doors(network: Network) -> tuple[Entrance, ...]:
    """List the doors by which anybody may come in from outside, in the order of the plan.

    Neither restricted nor emergency exits nor ways out alone; principal or not.
    """
    openings = network.plan.list_of(Opening)
    return tuple(door for opening in openings if (door := _enter(network, opening)))


def list_entrances(network: Network) -> tuple[Entrance, ...]:
    """List the public entrances, where visitors are expected, in the order of the plan.

    The principal ones where the plan names any, else all of `list_public_doors`. What can be
    reached at all is another question: a plain door lets people in too.
    """
    doors = list_public_doors(network)
    principal = [door for door in doors if network.plan[door.id].category == _PRINCIPAL]
    return tuple(principal) or doors


def list_ways_out(network: Network, level_id: str) -> tuple[str, ...]:
    """List the ids of the doors of a floor by which visitors come in, and so may go out."""
    level = network.plan.find(level_id, Level)
    if level is None or level.outdoor:
        return ()
    doors = network.plan.list_on(level_id, Opening)
    return tuple(door.id for door in doors if _enter(network, door))


def _enter(network: Network, opening: Opening) -> Entrance | None:
    if opening.access not in _PUBLIC or opening.locked or opening.emergency_only:
        return None
    nodes = network.graph.nodes
    sides = [node for node in network.places.get(opening.id, ()) if node in nodes]
    kinds = {node: nodes[node]["kind"] for node in sides}
    if NodeKind.ENTRANCE not in kinds.values():
        return None
    inner = [node for node in sides if kinds[node] is NodeKind.ENTRANCE]
    inner = [node for node in inner if not _is_outdoor(network, node)] or inner
    for node in inner:
        before = network.graph.predecessors(node)
        outer = [one for one in before if nodes[one]["feature"] == opening.id]
        if outer and nodes[node]["unit"] not in network.zone_of_unit:
            return Entrance(opening.id, node, outer[0])
    return None


def _is_outdoor(network: Network, node: str) -> bool:
    level = network.plan.find(network.graph.nodes[node]["level"], Level)
    return level is not None and level.outdoor


def list_public_places(network: Network) -> tuple[Feature, ...]:
    """List what visitors ask the way to, in the order of the plan.

    Departments and services that everybody may go to; rooms with a name and a use of their own;
    desks. Rooms that one is called to from a department's desk only where the plan has no
    departments. Toilets never: one follows the pictogram to whichever is nearest; nor what stands
    at every corner.
    """
    return tuple(place for place in _list_places(network) if network.places.get(place.id))


def _list_places(network: Network) -> Iterator[Feature]:
    plan = network.plan
    occupants = [one for one in plan.list_of(Occupant) if one.access in _PUBLIC and one.name]
    taken: set[str | None] = set()
    for occupant in occupants:
        anchor = plan.find(occupant.anchor_id, Anchor)
        unit = plan.find(anchor.unit_id if anchor else None, Unit)
        if unit is not None and _is_public(network, unit):
            taken.add(unit.id)
            yield occupant
    for unit in plan.units:
        if unit.id not in taken and _is_public(network, unit) and _is_room(unit, bool(occupants)):
            yield unit
    for amenity in plan.list_of(Amenity):
        preset = find_preset(amenity.category)
        units = [unit for key in amenity.unit_ids if (unit := plan.find(key, Unit))]
        reached = bool(units) and all(_is_public(network, unit) for unit in units)
        served = preset is not None and preset.kind in _SERVED
        told = amenity.name and amenity.category not in _AT_HAND and amenity.access in _PUBLIC
        if reached and served and told:
            yield amenity


def is_public_room(network: Network, unit: Unit) -> bool:
    """Tell whether anybody may be sent to a room: no corridor, no stairs, no wall, no staff room.

    A department's own rooms, to which one is called from its desk, and toilets are rooms too.
    """
    return _is_public(network, unit) and _find_kind(unit) is not None


def is_mere_room(unit: Unit) -> bool:
    """Tell whether a unit is no department and no point of service: a pantry, a seminar room."""
    return _find_kind(unit) not in _SERVED | _OF_DEPARTMENT


def _is_public(network: Network, unit: Unit) -> bool:
    return unit.id not in network.zone_of_unit and unit.access in _PUBLIC


def _find_kind(unit: Unit) -> str | None:
    """Return the kind of a unit's preset, or None where nobody asks the way to it."""
    preset = find_preset(unit.category)
    kind = preset.kind if preset is not None else "room"
    return None if unit.category in VERTICAL or kind in _NO_PLACE else kind


def _is_room(unit: Unit, has_departments: bool) -> bool:  # noqa: FBT001
    kind = _find_kind(unit)
    if not unit.name or kind is None:
        return False
    if is_open(unit) and kind not in _SERVED:
        return False
    if unit.category in _ASIDE or unit.category.startswith("restroom"):
        return False
    return not (has_departments and kind in _OF_DEPARTMENT)
