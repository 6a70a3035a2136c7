"""Plan to network: the order of the steps, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import networkx as nx
from shapely.geometry import LineString

from wayfinder.graph.assembly import Assembly
from wayfinder.graph.doors import Door
from wayfinder.graph.drawn import find_flows, read_drawn
from wayfinder.graph.network import Network, Pair
from wayfinder.graph.parts import FloorPart, Parts, make_floor_parts, make_interiors, make_joints
from wayfinder.graph.spots import find_spots
from wayfinder.graph.verticals import find_links
from wayfinder.graph.zones import Restriction, find_access, make_zones
from wayfinder.model import Issue, Plan


def build_network(plan: Plan, previous: Network | None = None) -> Network:
    """Make the network of a plan.

    Parameters
    ----------
    plan
        The plan.
    previous
        The network of an earlier state of the same plan: levels and units whose features are the
        very same objects are taken over.

    Returns
    -------
    Network
        With an issue for every opening, place and relationship that leads nowhere.
    """
    old = previous.parts if previous is not None and previous.parts.frame == plan.frame else None
    plan.prepare_geometries_m()
    floors = make_floor_parts(plan, old)
    parts = Parts(plan.frame, dict(floors))
    assembly = Assembly(plan, {key: part.floor for key, part in floors.items()})
    drawn = read_drawn(plan)
    links, link_issues = find_links(plan, assembly.floors)
    doors = _doors(floors.values())
    flows, flow_issues = find_flows(plan, drawn, doors)
    spots = find_spots(plan, assembly.floors, links, drawn, doors)
    for level_id in floors:
        assembly.add_joints(make_joints(level_id, flows, assembly.areas, old, parts))
    for part in floors.values():
        interiors = make_interiors(part.floor, assembly.portals, spots.in_unit, old, parts)
        for unit_id, interior in interiors.items():
            area = part.floor.areas[unit_id]
            assembly.add_interior(area, interior, spots.in_unit.get(unit_id, ()), spots.features)
    assembly.add_links(links)
    assembly.add_drawn(drawn, spots)
    access = _access(plan, floors)
    zones = make_zones(access, assembly.touching())
    zone_of_unit = {unit: zone.id for zone in zones.values() for unit in zone.units}
    assembly.mark_zones(zone_of_unit)
    crossings, one_way = _crossings(floors.values(), assembly.graph)
    issues = [issue for part in floors.values() for issue in part.issues]
    issues += (*drawn.issues, *flow_issues, *link_issues, *spots.issues, *assembly.issues)
    return Network(
        plan=plan,
        graph=nx.freeze(assembly.graph),
        places=MappingProxyType(assembly.places(spots)),
        zones=MappingProxyType(zones),
        zone_of_unit=MappingProxyType(zone_of_unit),
        spaces=MappingProxyType(
            {key: space for part in floors.values() for key, space in part.floor.spaces.items()}
        ),
        issues=_sorted(issues),
        crossings=MappingProxyType(crossings),
        parts=parts,
        one_way=one_way,
    )


def _doors(floors: Iterable[FloorPart]) -> list[Door]:
    """List the doors of all levels."""
    return [door for part in floors for door in part.doors]


def _access(plan: Plan, floors: Mapping[str, FloorPart]) -> dict[str, Restriction]:
    """Tell who may enter which unit, level by level."""
    access: dict[str, Restriction] = {}
    for part in floors.values():
        doors = [
            (d.opening, tuple(s.unit_id for s in d.sides if s.unit_id is not None))
            for d in part.doors
        ]
        access |= find_access(plan, part.floor, doors)
    return access


def _crossings(
    floors: Iterable[FloorPart], graph: "nx.DiGraph[str]"
) -> tuple[dict[Pair, tuple[LineString, ...]], frozenset[Pair]]:
    """Return the open stretches by the pair of units that they join, and the pairs of one way.

    A stretch that somebody banned is a wall.
    """
    found: defaultdict[Pair, dict[bytes, LineString]] = defaultdict(dict)
    one_way: set[Pair] = set()
    for part in floors:
        for crossing in part.crossings:
            pair, (one, other) = frozenset(crossing.units), crossing.nodes
            ways = graph.has_edge(one, other) + graph.has_edge(other, one)
            if ways:
                found[pair][crossing.stretch.wkb] = crossing.stretch
            if ways == 1:
                one_way.add(pair)
    stretches = {pair: tuple(lines.values()) for pair, lines in found.items()}
    return stretches, frozenset(one_way)


def _sorted(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return issues in an order that does not depend on the build's."""
    return tuple(sorted(issues, key=lambda issue: (issue.code, issue.level or "", issue.features)))
