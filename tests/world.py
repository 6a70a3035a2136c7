"""The building as whoever stands in it finds it: floors to walk on, walls, doors, signs.

Made from the plan's free space and its doors alone; routes and junctions of the network are not
looked at. Ids are what things are held by here, and never leave this file.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.elements import EdgeKind
from wayfinder.graph.network import Network
from wayfinder.guide.names import Signs, is_recognised
from wayfinder.model import Fixture, Level, Opening, Unit, pick_label
from wayfinder.model.categories import VERTICAL

Point = tuple[float, float]
Array = NDArray[np.float64]
FAR_M = 200.0
FLIGHTS = (EdgeKind.STAIRS, EdgeKind.ESCALATOR, EdgeKind.RAMP, EdgeKind.LIFT_RIDE)


@dataclass(frozen=True)
class Door:
    """One side of a door, or of the way into a lift or stairs."""

    point: Point
    out: Point
    """Unit vector out of the room one stands in."""
    sight: str
    reads: str
    """What its sign says, or the pictogram on it; empty for a bare door."""
    beyond: str
    """Handle of the room behind it."""
    far_point: Point

    @property
    def front(self) -> Point:
        """Where one stands to open it."""
        return self.point[0] - self.out[0] * 0.3, self.point[1] - self.out[1] * 0.3


@dataclass(frozen=True)
class Thing:
    """A desk, a machine, an open area: anything with a sign that is not a door."""

    handle: str
    points: tuple[Point, ...]
    """Where one may see it and has arrived: of an open area, spots all over it."""
    reads: str


@dataclass
class Room:
    """A space to walk in without opening a door."""

    units: frozenset[str]
    level: str
    shape: BaseGeometry
    """The floor; seats and desks are walked round without a word, and seen over."""
    doors: list[Door] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    @cached_property
    def _walls(self) -> tuple[Array, Array]:
        return _sides(self.shape)

    def look(self, eye: Point, directions: Sequence[Point]) -> Array:
        """Return how far it is to the wall in some directions (unit vectors), in metres."""
        starts, sides = self._walls
        u = np.asarray(directions, dtype=float)
        to = starts - np.asarray(eye)
        det = u[:, :1] * sides[:, 1] - u[:, 1:] * sides[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = (to[:, 0] * sides[:, 1] - to[:, 1] * sides[:, 0]) / det
            where = (to[:, 0] * u[:, 1:] - to[:, 1] * u[:, :1]) / det
        hit = (where >= 0) & (where <= 1) & (distance > 1e-6)
        return np.asarray(np.min(np.where(hit, distance, FAR_M), axis=1))

    def sees(self, eye: Point, target: Point) -> bool:
        """Tell whether nothing stands between two points."""
        length = hypot(target[0] - eye[0], target[1] - eye[1])
        if length < 0.05:
            return True
        way = ((target[0] - eye[0]) / length, (target[1] - eye[1]) / length)
        return bool(self.look(eye, [way])[0] >= length - 0.05)


def _sides(shape: BaseGeometry) -> tuple[Array, Array]:
    rings = [shapely.get_coordinates(r) for r in shapely.get_rings(shapely.get_parts(shape))]
    starts = np.concatenate([ring[:-1] for ring in rings])
    ends = np.concatenate([ring[1:] for ring in rings])
    return starts, ends - starts


class World:
    """All rooms of a building, and how lifts and stairs join them."""

    def __init__(self, network: Network, language: str) -> None:
        self._network = network
        self._language = language
        self._signs = Signs(network.plan)
        self.room_of_unit: dict[str, Room] = {}
        self._flights: defaultdict[str, set[str]] = defaultdict(set)
        self._make_rooms()
        self._hang_doors()
        self._put_things()

    def reads(self, feature: str | None) -> str:
        """Return what one reads or recognises of a feature."""
        known = feature is not None and not feature.startswith("outside")
        sign = self._signs.read(feature if known else None)
        return pick_label(sign.labels, self._language) or (sign.category if sign.tells else "")

    def recognises(self, category: str) -> bool:
        """Tell whether one sees what something is without a name."""
        return is_recognised(category)

    def floor_label(self, level_id: str) -> str:
        """Return what the signs call a floor."""
        level = self._network.plan[level_id]
        assert isinstance(level, Level)
        return pick_label(level.short_name or level.name, self._language)

    def is_vertical(self, unit: str) -> bool:
        found = self._network.plan.find(unit, Unit)
        return found is not None and found.category in VERTICAL

    def is_inside(self, unit: str, sight: str, reads: str) -> bool:
        """Tell whether somebody in a unit stands in the lift or on the stairs that is meant."""
        if not self.is_vertical(unit):
            return False
        category = self._network.plan[unit].category
        return {"elevator": "lift"}.get(category, category) == sight and self.reads(unit) == reads

    def ride(self, unit: str, label: str, up: bool) -> str | None:  # noqa: FBT001
        """Take a lift or stairs to the floor with a label; None if it does not go there."""
        sign = 1 if up else -1
        here, seen = [unit], {unit}
        while here:
            at = here.pop()
            if at != unit and self.floor_label(self._level(at)) == label:
                return at
            for other in self._flights[at]:
                rises = (self._ordinal(other) - self._ordinal(at)) * sign > 0
                if other not in seen and rises:
                    seen.add(other)
                    here.append(other)
        return None

    def _level(self, unit: str) -> str:
        return self._network.plan[unit].level_id or ""

    def _ordinal(self, unit: str) -> float:
        level = self._network.plan[self._level(unit)]
        assert isinstance(level, Level)
        return level.ordinal

    def _make_rooms(self) -> None:
        """Put together what one walks between without a door: units that touch, drawn ways."""
        network, graph = self._network, self._network.graph
        joined: defaultdict[str, set[str]] = defaultdict(set)
        ways: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
        for unit in network.spaces:
            joined[unit].add(unit)
        for start, end, edge in graph.edges(data=True):
            one, other = self._handle(graph.nodes[start]), self._handle(graph.nodes[end])
            touch = edge["kind"] is EdgeKind.OPENING and (
                self.is_vertical(one) == self.is_vertical(other)
            )
            drawn = edge["kind"] is EdgeKind.MANUAL and not self._has_opening(edge["features"])
            if touch or drawn or (edge["kind"] is EdgeKind.WALK and one != other):
                joined[one].add(other)
                joined[other].add(one)
            if one.startswith("outside") or (drawn and one != other):
                line = shapely.LineString(edge["geometry"])
                if edge["kind"] in (EdgeKind.MANUAL, EdgeKind.WALK) and line.length > 0:
                    ways[one].append(line.buffer(1.0))
        for node in graph.nodes.values():
            if node["unit"] is None:
                joined[self._handle(node)].add(self._handle(node))
                ways[self._handle(node)].append(shapely.Point(node["x"], node["y"]).buffer(1.0))
        for handle in list(joined):
            if handle not in self.room_of_unit:
                self._make_room(handle, joined, ways)

    def _make_room(
        self,
        handle: str,
        joined: dict[str, set[str]],
        ways: dict[str, list[BaseGeometry]],
    ) -> None:
        members, stack = {handle}, [handle]
        while stack:
            for other in joined[stack.pop()] - members:
                members.add(other)
                stack.append(other)
        units = [member for member in members if member in self._network.spaces]
        shapes: list[BaseGeometry] = []
        if units:
            shapes.append(self._network.join_spaces(units).polygon)
        shapes += [way for member in members for way in ways.get(member, [])]
        level = self._level(units[0]) if units else handle.partition(":")[2].partition(":")[0]
        floor = shapely.union_all(shapes)
        seats = [
            shape.buffer(0.02)
            for thing in self._network.plan.list_on(level, Fixture)
            if (shape := self._network.plan.find_geometry_m(thing.id)) is not None
        ]
        outlines = [shapely.Polygon(p.exterior) for p in shapely.get_parts(floor)]
        over = shapely.union_all(seats).intersection(shapely.union_all(outlines))
        room = Room(frozenset(members), level, floor.union(over))
        self.room_of_unit.update(dict.fromkeys(members, room))

    def _has_opening(self, features: Sequence[str]) -> bool:
        return any(self._network.plan.find(f, Opening) is not None for f in features)

    def _handle(self, node: dict[str, Any]) -> str:
        """Name what a node lies in: its unit, else the drawn way or the doorstep it stands for."""
        unit: str | None = node["unit"]
        return unit or f"outside:{node['level']}:{node['x']:.2f}:{node['y']:.2f}"

    def _hang_doors(self) -> None:
        graph = self._network.graph
        for start, end, edge in graph.edges(data=True):
            here, there = graph.nodes[start], graph.nodes[end]
            if edge["kind"] in FLIGHTS and here["unit"] and there["unit"]:
                self._flights[here["unit"]].add(there["unit"])
            if edge["kind"] is EdgeKind.DOOR:
                self._hang(here, there, here["feature"])
            elif edge["kind"] is EdgeKind.OPENING:
                one, other = here["unit"], there["unit"]
                if one and other and self.is_vertical(one) != self.is_vertical(other):
                    self._hang(here, there, None)

    def _hang(self, here: dict[str, Any], there: dict[str, Any], opening: str | None) -> None:
        beyond = self._handle(there)
        room = self.room_of_unit.get(self._handle(here))
        if room is None or beyond not in self.room_of_unit:
            return
        if "heading_deg" in there:
            angle = radians(there["heading_deg"])
            out = (sin(angle), cos(angle))
        else:
            angle = radians(here["heading_deg"])
            out = (-sin(angle), -cos(angle))
        category = self._network.plan[beyond].category if not beyond.startswith("outside") else ""
        sight = {"elevator": "lift"}.get(category, category) if self.is_vertical(beyond) else "door"
        named = self._network.plan[opening].name if opening is not None else {}
        if sight == "door" and named:
            reads = pick_label(named, self._language)
        else:
            reads = self.reads(there["unit"])
        point, far = (here["x"], here["y"]), (there["x"], there["y"])
        room.doors.append(Door(point, out, sight, reads, beyond, far))

    def _put_things(self) -> None:
        graph = self._network.graph
        for feature, nodes in self._network.places.items():
            reads = self.reads(feature)
            if self._has_opening((feature,)):
                continue
            for node in nodes:
                at = graph.nodes[node]
                room = self.room_of_unit.get(at["unit"] or "")
                if room is not None and reads and at["feature"] == feature:
                    points = ((at["x"], at["y"]), *self._spread(feature))
                    room.things.append(Thing(feature, points, reads))

        for unit, room in list(self.room_of_unit.items()):
            if self.is_vertical(unit) and self.reads(unit):
                self._set_free_standing(unit, room)

    def _set_free_standing(self, unit: str, inside: Room) -> None:
        """Let lifts and stairs that stand in the middle of a hall be seen from all sides."""
        area = self._network.spaces[unit].polygon
        for room in {
            id(self.room_of_unit[d.beyond]): self.room_of_unit[d.beyond] for d in inside.doors
        }.values():
            rings = [r for p in shapely.get_parts(room.shape) for r in p.interiors]
            if any(shapely.Polygon(r).contains(area.representative_point()) for r in rings):
                around = shapely.get_coordinates(area.convex_hull.buffer(0.4))
                spots = tuple((float(x), float(y)) for x, y in around)
                room.things.append(Thing(unit, spots, self.reads(unit)))

    def _spread(self, feature: str) -> list[Point]:
        """Return spots all over an area, two metres apart; none for a desk."""
        space = self._network.spaces.get(feature)
        if space is None:
            return []
        west, south, east, north = space.polygon.bounds
        grid = np.meshgrid(np.arange(west + 0.5, east, 2.0), np.arange(south + 0.5, north, 2.0))
        spots = np.stack(grid, axis=-1).reshape(-1, 2)
        inside = shapely.contains_xy(space.polygon, spots[:, 0], spots[:, 1])
        return [(float(x), float(y)) for x, y in spots[inside]]
