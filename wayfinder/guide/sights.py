"""What can be seen from where one walks: the space, its doors, lifts and stairs, its places.

A region is all one can walk to on a level without passing a door or changing floors. It is found
when somebody first walks in it and kept as long as its network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.elements import Edge, EdgeKind, Node, NodeKind
from wayfinder.graph.network import Network
from wayfinder.guide.flood import find_vertical, flood, get_edge, list_inner_edges, list_neighbours
from wayfinder.guide.names import Sign, Signs
from wayfinder.guide.step import Sight
from wayfinder.kept import Kept
from wayfinder.model import Fixture, Unit
from wayfinder.model.categories import ESCALATOR, LIFT, STAIRS, VERTICAL
from wayfinder.model.display import DISPLAY
from wayfinder.model.sign import SIGNAGE

Point = tuple[float, float]
Array = NDArray[np.float64]

_KEPT_VIEWS = 24
"""Points of a region from which what is in sight is remembered: of up to 10 kB each (ours)."""

_WAY_M = 1.0
"""Half the width that an outdoor way without an outline is taken to have (ours)."""

_SIGN_M = 0.3
"""How far in front of a door its sign is looked at (ours)."""

_STRAIGHT_M = 1e-3
_FAR_M = 200.0

_OVERLOOKED = frozenset({SIGNAGE, DISPLAY, "fireextinguisher", "firealarmpullstation"})
"""Small, and at every corner: nobody finds the way by them (ours)."""

_BAY_M2 = 60.0
"""An open area larger than this is not one spot to look at (ours)."""

_PASSED = frozenset({EdgeKind.DOOR, EdgeKind.OPENING, EdgeKind.LIFT_BOARD, EdgeKind.LIFT_ALIGHT})
_SIGHT_OF_FLIGHT: Mapping[EdgeKind, Sight] = {
    EdgeKind.STAIRS: Sight.STAIRS,
    EdgeKind.ESCALATOR: Sight.ESCALATOR,
    EdgeKind.RAMP: Sight.RAMP,
}
_FLIGHTS = frozenset(_SIGHT_OF_FLIGHT)

_SIGHT_OF: Mapping[str, Sight] = {
    LIFT: Sight.LIFT,
    STAIRS: Sight.STAIRS,
    ESCALATOR: Sight.ESCALATOR,
}


@dataclass(frozen=True, slots=True)
class Portal:
    """A door, lift, stair or exit seen from inside a region.

    Parameters
    ----------
    node
        The node on the region's side.
    point
        Where it is, in metres.
    heading
        Unit vector out of the region.
    sight
        What it looks like.
    sign
        What it is called from this side.
    feature
        Id of what the words are about: the opening, or the lift or stairs behind it.
    beyond
        Id of the unit behind it, or None for the outside.
    rise
        1 for a flight that leads up, -1 for one that leads down, 0 for all else.
    """

    node: str
    point: Point
    heading: Point
    sight: Sight
    sign: Sign
    feature: str | None
    beyond: str | None
    rise: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place inside a region: an amenity, an occupant, an open unit."""

    feature: str
    point: Point
    sign: Sign


Seen = tuple[Portal | Spot, Point, float]
"""Something in sight: what, in which direction (a unit vector), how many metres away."""


class Region:
    """The space that one walks in without passing a door.

    Parameters
    ----------
    network
        The network.
    signs
        The signs of its plan.
    nodes
        Ids of its nodes.
    """

    def __init__(self, network: Network, signs: Signs, nodes: Sequence[str]) -> None:
        self._network = network
        self._signs = signs
        self.nodes = frozenset(nodes)
        self.seen_from: Kept[Point, tuple[Seen, ...]] = Kept(_KEPT_VIEWS)
        """What somebody who looked around from a point saw, remembered."""
        attributes = network.graph.nodes
        self.units = frozenset(unit for n in nodes if (unit := attributes[n]["unit"]) is not None)

    @cached_property
    def polygon(self) -> BaseGeometry:
        """What one sees in metres: over furniture, not through walls between units in touch."""
        network = self._network
        units = [unit for unit in self.units if unit in network.spaces]
        shapes: list[BaseGeometry] = [network.join_spaces(units).polygon] if units else []
        attributes = network.graph.nodes
        for start, end, edge in list_inner_edges(network, self.nodes):
            if attributes[start]["unit"] is None or attributes[end]["unit"] is None:
                shapes.append(shapely.LineString(edge["geometry"]).buffer(_WAY_M))
        shapes += self._furniture(shapely.union_all(shapes))
        return shapely.union_all(shapes)

    def _furniture(self, floor: BaseGeometry) -> list[BaseGeometry]:
        """List what stands on the floor without hiding what is behind it."""
        plan = self._network.plan
        levels = {unit.level_id for key in self.units if (unit := plan.find(key, Unit))}
        things = [thing.id for level in levels if level for thing in plan.list_on(level, Fixture)]
        found = [shape for key in things if (shape := plan.find_geometry_m(key)) is not None]
        solid = [shape for shape in found if shape.is_valid and shape.area > 0]
        outline = shapely.union_all([shapely.Polygon(r) for r in _outer_rings(floor)])
        return [shape.buffer(0.02).intersection(outline) for shape in solid]

    @cached_property
    def islands(self) -> tuple[BaseGeometry, ...]:
        """What stands in the middle of the space, as areas in metres."""
        parts = shapely.get_parts(self.polygon)
        rings = [
            ring for part in parts if isinstance(part, shapely.Polygon) for ring in part.interiors
        ]
        return tuple(shapely.Polygon(ring) for ring in rings)

    @cached_property
    def _walls(self) -> tuple[Array, Array]:
        """Starts and directions of the outline's sides, each (n, 2)."""
        starts, ends = [], []
        # doors leave corners in straight walls: half of all
        plain = shapely.simplify(self.polygon, _STRAIGHT_M)
        for ring in shapely.get_rings(shapely.get_parts(plain)):
            points = shapely.get_coordinates(ring)
            starts.append(points[:-1])
            ends.append(points[1:])
        if not starts:
            return np.zeros((0, 2)), np.zeros((0, 2))
        start, end = np.concatenate(starts), np.concatenate(ends)
        return start, end - start

    def reach_m(self, points: Array, directions: Array) -> Array:
        """Return how far one sees, in metres, from points (m, 2) in unit directions (m, 2)."""
        start, along = self._walls
        if not len(start):
            return np.full(len(points), _FAR_M)
        dx = start[None, :, 0] - points[:, 0, None]
        dy = start[None, :, 1] - points[:, 1, None]
        ux, uy = directions[:, 0, None], directions[:, 1, None]
        cross = ux * along[None, :, 1] - uy * along[None, :, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = (dx * along[None, :, 1] - dy * along[None, :, 0]) / cross
            share = (dx * uy - dy * ux) / cross
        hit = (distance > 1e-6) & (share >= 0.0) & (share <= 1.0)
        return np.asarray(np.where(hit, distance, _FAR_M).min(axis=1))

    def sees(self, eye: Point, targets: Sequence[Point]) -> list[bool]:
        """Tell for each target whether it is in plain sight."""
        return self.sees_each([eye] * len(targets), targets)

    def sees_each(self, eyes: Sequence[Point], targets: Sequence[Point]) -> list[bool]:
        """Tell for each pair of an eye and a target whether nothing stands between them."""
        if not targets:
            return []
        starts, ends = np.asarray(eyes, dtype=float), np.asarray(targets, dtype=float)
        offsets = ends - starts
        lengths = np.maximum(np.hypot(offsets[:, 0], offsets[:, 1]), 1e-9)
        reach = self.reach_m(starts, offsets / lengths[:, None])
        return [bool(seen) for seen in reach >= lengths - 0.01]

    def covers(self, feature: str, point: Point) -> bool:
        """Tell whether a feature is a unit in which a point lies."""
        space = self._network.spaces.get(feature)
        # not `intersects_xy`: it prepares the polygon, which other threads ask at the same time
        return space is not None and bool(shapely.intersects(space.polygon, shapely.Point(point)))

    @cached_property
    def portals(self) -> tuple[Portal, ...]:
        """Its doors, lifts, stairs and exits, in the order of their ids."""
        found: dict[tuple[str, str], Portal] = {}
        for node in sorted(self.nodes):
            for beyond in sorted(list_neighbours(self._network, node)):
                if beyond not in self.nodes:
                    portal = _make_portal(self._network, self._signs, node, beyond)
                    if portal is not None:
                        found[node, f"{portal.feature or beyond}{portal.rise}"] = portal
        return tuple(found.values())

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Its named places that are no larger than a bay, in the order of their nodes."""
        network = self._network
        found = {}
        for node in sorted(self.nodes):
            at = cast("Node", network.graph.nodes[node])
            feature = at["feature"]
            if at["kind"] is NodeKind.PLACE and feature is not None and self._is_small(feature):
                sign = self._signs.read(feature)
                if sign.tells and sign.category not in _OVERLOOKED:
                    found[feature] = Spot(feature, (at["x"], at["y"]), sign)
        return tuple(found.values())

    def _is_small(self, feature: str) -> bool:
        space = self._network.spaces.get(feature)
        return space is None or space.polygon.area < _BAY_M2

    @cached_property
    def towers(self) -> tuple[Spot, ...]:
        """Lifts and stairs that stand free in the space: seen from all sides, a spot a corner."""
        found = []
        for unit in sorted({p.beyond for p in self.portals if p.beyond is not None}):
            space = self._network.spaces.get(unit)
            vertical = self._network.plan.find(unit, Unit)
            if space is None or vertical is None or vertical.category not in VERTICAL:
                continue
            middle = space.polygon.representative_point()
            if any(island.contains(middle) for island in self.islands):
                around = shapely.get_coordinates(space.polygon.convex_hull.buffer(0.4))
                sign = self._signs.read(unit)
                found += [Spot(unit, (float(x), float(y)), sign) for x, y in around]
        return tuple(found)

    @cached_property
    def telling(self) -> tuple[tuple[Portal | Spot, Point, str], ...]:
        """All that has a sign: the thing, where one looks for it, what makes it like others."""
        things: list[Portal | Spot] = [*self.portals, *self.towers, *self.spots]
        return tuple(
            (thing, in_front(thing) if isinstance(thing, Portal) else thing.point, thing.sign.key)
            for thing in things
            if thing.sign.tells
        )


def _outer_rings(area: BaseGeometry) -> list[shapely.LinearRing]:
    return [part.exterior for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon)]


class Sights:
    """All regions of a network, each made when first asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.signs = Signs(network.plan)
        self._region_of: dict[str, Region] = {}

    def find_region(self, node: str) -> Region:
        """Return the region in which a node lies; raises KeyError for an unknown node."""
        region = self._region_of.get(node)
        if region is None:
            region = Region(self._network, self.signs, flood(self._network, node))
            for member in region.nodes:
                self._region_of[member] = region
        return region


def _make_portal(network: Network, signs: Signs, node: str, other: str) -> Portal | None:
    """Make the portal between a region's node and one beyond, or None for a ride inside."""
    edge = get_edge(network, node, other)
    here, there = (cast("Node", network.graph.nodes[n]) for n in (node, other))
    if edge["kind"] in _FLIGHTS:
        return _make_flight(network, signs, node, other)
    if edge["kind"] not in _PASSED:
        return None
    beyond = network.plan.find(there["unit"], Unit)
    feature: str | None
    if beyond is not None and beyond.category in VERTICAL:
        sign = signs.read(beyond.id)
        sight, feature = _SIGHT_OF[beyond.category], beyond.id
    else:
        sign = signs.read_door(here["feature"], there["unit"])
        sight, feature = Sight.DOOR, here["feature"]
    point, heading = (here["x"], here["y"]), find_heading(here, there)
    return Portal(node, point, heading, sight, sign, feature, there["unit"])


def _make_flight(network: Network, signs: Signs, node: str, other: str) -> Portal | None:
    """Make the portal at an end of a flight that one sees without entering a stairwell."""
    graph = network.graph
    if not graph.has_edge(node, other) or find_vertical(network, node) is not None:
        return None
    edge = cast("Edge", graph.edges[node, other])
    heading = find_leg(edge["geometry"])
    if not edge["floors"] or heading is None:
        return None
    here = cast("Node", graph.nodes[node])
    units = (network.plan.find(feature, Unit) for feature in edge["features"])
    named = next((unit.id for unit in units if unit and unit.category in VERTICAL), None)
    feature = named or edge["features"][0]
    rise = 1 if edge["floors"] > 0 else -1
    sight = _SIGHT_OF_FLIGHT[edge["kind"]]
    sign = signs.read(feature)
    return Portal(node, (here["x"], here["y"]), heading, sight, sign, feature, None, rise)


def find_leg(line: Sequence[Point]) -> Point | None:
    """Return the direction in which a line sets out, or None where it has no length."""
    for x, y in line[1:]:
        dx, dy = x - line[0][0], y - line[0][1]
        length = float(np.hypot(dx, dy))
        if length > 0.3:
            return dx / length, dy / length
    return None


def find_heading(here: Mapping[str, Any] | Node, there: Mapping[str, Any] | Node) -> Point:
    """Return the unit vector in which one crosses from one node to its other side."""
    if "heading_deg" in there:
        angle = radians(there["heading_deg"])
        return sin(angle), cos(angle)
    if "heading_deg" in here:
        angle = radians(here["heading_deg"])
        return -sin(angle), -cos(angle)
    dx, dy = there["x"] - here["x"], there["y"] - here["y"]
    length = float(np.hypot(dx, dy))
    return (dx / length, dy / length) if length > 1e-6 else (0.0, 0.0)


def in_front(portal: Portal) -> Point:
    """Return the point from which a portal's sign is looked at."""
    (x, y), (hx, hy) = portal.point, portal.heading
    return x - hx * _SIGN_M, y - hy * _SIGN_M
