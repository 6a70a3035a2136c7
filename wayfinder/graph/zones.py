"""Areas that not everybody may enter."""

from collections.abc import Iterable, Mapping

import networkx as nx
import shapely

from wayfinder.graph.areas import Area, Floor
from wayfinder.graph.network import Zone
from wayfinder.graph.space import as_area
from wayfinder.model import Access, Feature, Geofence, Opening, Plan, Section
from wayfinder.model.categories import is_open

_MOSTLY = 0.5
"""Share of a unit that must lie in a section for the section's access to hold in it (ours)."""

RESTRICTED = frozenset({Access.STAFF, Access.PRIVATE, Access.TICKETED})


def find_access(
    plan: Plan, floor: Floor, doors: Iterable[tuple[Opening, tuple[str, ...]]]
) -> dict[str, Access]:
    """Tell who may enter the units of a level.

    A unit's own tag counts first, then that of a section or geofence that it mostly lies in, then
    IMDF's ``nonpublic``, then that of its only doors.

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
        Unit id to access; public and untagged units are missing.
    """
    fences = [(fence, as_area(plan.find_geometry_m(fence.id))) for fence in _fences(plan, floor)]
    access: dict[str, Access] = {}
    for key, area in floor.areas.items():
        own = area.unit.access or _fenced(area, fences)
        if own is None and area.unit.category == "nonpublic":
            own = Access.STAFF
        if own in RESTRICTED:
            access[key] = own
    return access | _behind_doors(floor, access, doors)


def _fences(plan: Plan, floor: Floor) -> list[Feature]:
    """Return the sections and geofences of a level that restrict access, strictest last."""
    sections: list[Feature] = [*plan.list_on(floor.level.id, Section)]
    for fence in plan.list_of(Geofence):
        levels = fence.properties.get("level_ids")
        if isinstance(levels, list | tuple) and floor.level.id in levels:
            sections.append(fence)
    return [section for section in sections if section.access in RESTRICTED]


def _fenced(
    area: Area, fences: Iterable[tuple[Feature, shapely.Polygon | shapely.MultiPolygon]]
) -> Access | None:
    """Return the access of the smallest section that a unit mostly lies in."""
    inside = [
        (shape.area, fence.id, fence.access)
        for fence, shape in fences
        if shape.intersection(area.outline).area > _MOSTLY * area.extent_m2
    ]
    return min(inside, key=lambda entry: entry[:2])[2] if inside else None


def _behind_doors(
    floor: Floor, access: Mapping[str, Access], doors: Iterable[tuple[Opening, tuple[str, ...]]]
) -> dict[str, Access]:
    """Tag untagged closed rooms all of whose doors are restricted with what their doors say."""
    of_unit: dict[str, list[Access | None]] = {}
    for opening, units in doors:
        for unit in units:
            of_unit.setdefault(unit, []).append(opening.access)
    found = {}
    for key, tags in of_unit.items():
        area = floor.areas.get(key)
        if area is None or key in access or area.unit.access is not None or is_open(area.unit):
            continue
        restricted = [tag for tag in tags if tag in RESTRICTED]
        if len(restricted) == len(tags) and restricted[0] is not None:
            found[key] = restricted[0]
    return found


def make_zones(
    access: Mapping[str, Access], touching: Iterable[tuple[str, str]]
) -> dict[str, Zone]:
    """Join units of equal access that lead into each other to zones.

    Parameters
    ----------
    access
        Unit id to access.
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
        pair for pair in touching if access.get(pair[0], 0) == access.get(pair[1], 1)
    )
    zones = {}
    for units in nx.connected_components(graph):
        first = min(units)
        zone = Zone(f"zone:{access[first]}:{first}", access[first], frozenset(units))
        zones[zone.id] = zone
    return zones
