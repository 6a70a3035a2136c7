"""Doors that everybody may pass to walk on, as one sees them from where one walks."""

from collections.abc import Collection, Mapping
from math import acos, degrees, dist, hypot
from typing import Any

from wayfinder.graph import EdgeKind, Network
from wayfinder.guide.memory import recall
from wayfinder.guide.sights import Portal, Region, in_front
from wayfinder.guide.step import Sight as Look
from wayfinder.model import Access, Unit
from wayfinder.model.categories import VERTICAL, is_through

Point = tuple[float, float]

_PUBLIC = frozenset({None, Access.PUBLIC})
PASSED = frozenset({EdgeKind.DOOR, EdgeKind.OPENING})
"""Edges by which one comes from one unit to the next."""

_AT_M = 1.2
"""Who is as near as this to a door stands before it, however he looks (ours)."""

_DOOR_DEG, _ACROSS = 35.0, 0.6


class PublicDoors:
    """The doors of one network.

    Parameters
    ----------
    network
        The network.
    closed
        Ids of what nobody passes today.
    """

    def __init__(self, network: Network, closed: Collection[str] = ()) -> None:
        self._network = network
        self._closed = frozenset(closed)
        self._sights = recall(network).sights
        self._known: dict[int, tuple[Portal, ...]] = {}

    def find_region(self, node: str) -> Region:
        """Return the region in which a node lies."""
        return self._sights.find_region(node)

    def list_in(self, region: Region) -> tuple[Portal, ...]:
        """List the doors of a region that everybody may pass to walk on."""
        found = self._known.get(id(region))
        if found is None:
            doors = (one for one in region.portals if one.sight is Look.DOOR)
            found = self._known[id(region)] = tuple(one for one in doors if self._leads_on(one))
        return found

    def lies_ahead(
        self, region: Region, at: Point, way: Point, most_m: float, but: Collection[Point] = ()
    ) -> bool:
        """Tell whether one who looks some way sees a door there that leads that way.

        Parameters
        ----------
        region
            Where one is.
        at
            Where one stands, metres.
        way
            A unit vector.
        most_m
            Farther doors do not count.
        but
            Where the doors are that do not count, metres.
        """
        for portal in self.list_in(region):
            door = in_front(portal)
            far_m = dist(at, door)
            if far_m > most_m or any(dist(portal.point, one) < _AT_M for one in but):
                continue
            across = portal.heading[0] * way[0] + portal.heading[1] * way[1]
            lies = far_m < _AT_M or measure_deg(way, unit_towards(at, door)) < _DOOR_DEG
            if across > _ACROSS and lies and region.sees(at, [door])[0]:
                return True
        return False

    def find_across(self, region: Region, at: Point, wanted: Point, most_m: float) -> Portal | None:
        """Return the nearest door across one's way."""
        best: tuple[float, Portal] | None = None
        for portal in self.list_in(region):
            (x, y), (ox, oy) = portal.point, portal.heading
            dx, dy = x - at[0], y - at[1]
            far_m = hypot(dx, dy)
            leads = ox * wanted[0] + oy * wanted[1] > 0.6
            lies = far_m < 1.5 or (dx * wanted[0] + dy * wanted[1]) > 0.5 * far_m
            if far_m > (best[0] if best else most_m) or not (leads and lies):
                continue
            if region.sees(at, [in_front(portal)])[0]:
                best = far_m, portal
        return None if best is None else best[1]

    def _leads_on(self, portal: Portal) -> bool:
        """Tell whether everybody may pass a door, to where one is meant to walk on."""
        unit = self._network.plan.find(portal.beyond, Unit)
        if unit is not None:
            through = is_through(unit) and unit.category not in VERTICAL
            if not (through and self.is_open_to_all(unit)):
                return False
        return self.find_far_side(portal) is not None

    def is_open_to_all(self, unit: Unit) -> bool:
        """Tell whether a unit is open to everybody."""
        return unit.id not in self._network.zone_of_unit and unit.id not in self._closed

    def find_far_side(self, portal: Portal) -> str | None:
        """Return the node behind a door that is open to everybody, or None."""
        graph = self._network.graph
        for other in graph.successors(portal.node):
            edge = graph.edges[portal.node, other]
            passes = edge["kind"] in PASSED and graph.nodes[other]["unit"] == portal.beyond
            if passes and self.may_pass(edge):
                return str(other)
        return None

    def may_pass(self, edge: Mapping[str, Any]) -> bool:
        """Tell whether an edge is open to everybody."""
        closed = self._closed.intersection(edge["features"])
        return not closed and edge.get("access") in _PUBLIC and not edge.get("emergency")

    def list_beyond(self, region: Region) -> frozenset[int]:
        """Return the regions, as numbers, that one may walk on to from a region."""
        found = set()
        for portal in region.portals:
            if self._leads_on(portal):
                node = self.find_far_side(portal)
                if node is not None:
                    found.add(id(self.find_region(node)))
        return frozenset(found)


def unit_towards(start: Point, end: Point) -> Point:
    """Return the unit vector from one point to another; north where they are the same."""
    length = dist(start, end)
    return ((end[0] - start[0]) / length, (end[1] - start[1]) / length) if length else (0.0, 1.0)


def measure_deg(one: Point, other: Point) -> float:
    """Return the angle between two unit vectors."""
    return degrees(acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1]))))
