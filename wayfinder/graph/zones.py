"""Areas that not everybody may enter."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import networkx as nx
import shapely

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.elements import RESTRICTED
from wayfinder.graph.network import Zone
from wayfinder.graph.shapes import as_area
from wayfinder.model import Access, Feature, Geofence, Opening, Plan, Section
from wayfinder.model.categories import VERTICAL, is_open

_MOSTLY = 0.5
"""Share of a unit that must lie in a section for the section's access to hold in it (ours)."""


class Restriction(NamedTuple):
    """Who may enter a unit, and the section or geofence that says so where one does."""

    access: Access
    section: str | None = None


def find_access(
    plan: Plan, floor: Floor, doors: Iterable[tuple[Opening, tuple[str, ...]]]
) -> dict[str, Restriction]:
    """Tell who may enter the units of a level.

    A unit's own tag counts first, then that of a section or geofence that it mostly lies in, then
    IMDF's ``nonpublic``, then that of its only doors. For lifts, stairs and escalators their own
    tag alone: who rides past a ward does not enter it, and who gets out there comes to its door.

    Parameters
    ----------
    plan
        The plan.
    floor
        The level.
    doors
        Openings with the ids of the units that they join.

    Returns
    -------
    dict
        Unit id to restriction; public and untagged units are missing.
    """
    fences = [(fence, as_area(plan.find_geometry_m(fence.id))) for fence in _fences(plan, floor)]
    access: dict[str, Restriction] = {}
    for key, area in floor.areas.items():
        found = _restrict(area, fences)
        if found is not None:
            access[key] = found
    return access | _behind_doors(floor, access, doors)


def _restrict(
    area: Area, fences: Iterable[tuple[Feature, shapely.Polygon | shapely.MultiPolygon]]
) -> Restriction | None:
    """Return what a unit, or the smallest section about it, says; None where all may enter."""
    fence = None if area.unit.category in VERTICAL else _find_fence(area, fences)
    own = area.unit.access
    if own is None and fence is not None:
        own = fence.access
    if area.unit.access is None and own not in RESTRICTED and area.unit.category == "nonpublic":
        own = Access.STAFF
    if own is None or own not in RESTRICTED:
        return None
    return Restriction(own, fence.id if fence is not None and fence.access == own else None)


def _fences(plan: Plan, floor: Floor) -> list[Feature]:
    """Return the sections and geofences of a level that say who may enter."""
    level_id = floor.level.id
    found: list[Feature] = [*plan.list_on(level_id, Section)]
    found += [fence for fence in plan.list_of(Geofence) if level_id in fence.level_ids]
    return [fence for fence in found if fence.access is not None]


def _find_fence(
    area: Area, fences: Iterable[tuple[Feature, shapely.Polygon | shapely.MultiPolygon]]
) -> Feature | None:
    """Return the smallest section that a unit mostly lies in, or None."""
    inside = [
        (shape.area, fence.id, fence)
        for fence, shape in fences
        if shape.intersection(area.outline).area > _MOSTLY * area.extent_m2
    ]
    return min(inside, key=lambda entry: entry[:2])[2] if inside else None


def _behind_doors(
    floor: Floor,
    access: Mapping[str, Restriction],
    doors: Iterable[tuple[Opening, tuple[str, ...]]],
) -> dict[str, Restriction]:
    """Tag untagged closed rooms all of whose doors are restricted with what their doors say."""
    of_unit: dict[str, list[Access | None]] = {}
    for opening, units in doors:
        for unit in units:
            of_unit.setdefault(unit, []).append(opening.access)
    found = {}
    for key, tags in of_unit.items():
        area = floor.areas.get(key)
        if area is None or key in access or area.unit.access is not None:
            continue
        if is_open(area.unit) or area.unit.category in VERTICAL:
            continue
        restricted = [tag for tag in tags if tag in RESTRICTED]
        if len(restricted) == len(tags) and restricted[0] is not None:
            found[key] = Restriction(restricted[0])
    return found


def make_zones(
    access: Mapping[str, Restriction], touching: Iterable[tuple[str, str]]
) -> dict[str, Zone]:
    """Join units of equal access that lead into each other to zones; each section is its own.

    Parameters
    ----------
    access
        Unit id to restriction.
    touching
        Pairs of units that a door, an open boundary or a link of floors joins.

    Returns
    -------
    dict
        Zone id to zone.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(access)
    graph.add_edges_from(
        pair for pair in touching if access.get(pair[0]) == access.get(pair[1]) is not None
    )
    zones = {}
    for units in nx.connected_components(graph):
        first = min(units)
        tag, section = access[first]
        features = () if section is None else (section,)
        zone = Zone(f"zone:{tag}:{first}", tag, frozenset(units), features)
        zones[zone.id] = zone
    return zones
