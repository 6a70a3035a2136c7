"""Where a face could hang: on a real wall clear of doors, or over the way, facing who comes."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import atan2, cos, degrees, radians
from uuid import NAMESPACE_OID, uuid5

import numpy as np
import shapely

from wayfinder.checks.decision_points import DecisionPoint
from wayfinder.checks.stroll import Stance, point_at
from wayfinder.graph import Network
from wayfinder.guide.sights import Region
from wayfinder.model import Level, Opening, Sign, Unit
from wayfinder.model.categories import is_through

Point = tuple[float, float]

CLEAR_OF_DOORS_M = 0.6
"""Nothing hangs nearer than this to a door (house figure)."""

_FROM_WALL_M = 0.15
_WALL_M = 7.0
_WALL_DEG = 55.0
"""A wall is read from this far and at this angle, a little less than its letters allow (ours)."""

_ROOM_M = 0.8
_ONWARD_M = (0.0, -1.5, -3.0, 1.0, 2.5)
"""How far past a decision point hangers are tried (ours): before the turn it is read, not after."""

_AROUND_M = 2.5
"""How far from somebody who looks round hangers are tried (ours)."""

_CORRIDOR_M = 10.0
"""In what is no wider than this a hanger hangs in the middle (ours)."""

_RAYS = 12
_EIGHTH_DEG = 45.0
_CELL_M, _CELL_DEG = 0.75, 20.0
"""Faces as near to each other, and as alike in where they look, are one candidate (ours)."""


class Candidates:
    """Finds where faces could hang in one network.

    Parameters
    ----------
    network
        The network.
    fit
        Returns a face as it can hang, or None where it cannot: what the plan does not tell.
    """

    def __init__(
        self, network: Network, fit: Callable[[Sign], Sign | None] = lambda sign: sign
    ) -> None:
        self._network = network
        self._fit = fit
        self._doors = cache(self._find_doors)
        self._floor = cache(self._find_floor)

    def list_for(self, points: Iterable[DecisionPoint]) -> tuple[Sign, ...]:
        """List the places for faces that those may read who come to some decision points."""
        found: dict[tuple[object, ...], Sign | None] = {}
        for sign in (sign for point in points for sign in self._list_at(point.stance)):
            cell = tuple(round(metres / _CELL_M) for metres in sign.point)
            key = sign.level_id, cell, round((sign.bearing_deg or 0.0) / _CELL_DEG), sign.mounting
            if key not in found:
                found[key] = self._fit(sign)
        return tuple({sign.id: sign for sign in found.values() if sign is not None}.values())

    def _list_at(self, stance: Stance) -> Iterator[Sign]:
        yield from self._list_hangers(stance)
        if not self._is_outdoor(stance.level_id):
            yield from self._list_on_walls(stance)

    def _list_hangers(self, stance: Stance) -> Iterator[Sign]:
        """Yield places over the way, facing who comes along it, and about him."""
        mounting = "totem" if self._is_outdoor(stance.level_id) else "hanging"
        for heading, spot in self._list_spots(stance):
            if not stance.region.sees(stance.at, [spot])[0] or not _has_room(stance.region, spot):
                continue
            sign = self._make(stance.level_id, spot, (-heading[0], -heading[1]), mounting)
            if sign is not None:
                yield sign

    def _list_spots(self, stance: Stance) -> Iterator[tuple[Point, Point]]:
        """Yield directions in which somebody looks, and where a hanger would face him."""
        (x, y), (hx, hy) = stance.at, stance.heading
        ahead = _straighten(stance.heading)
        for far_m in _ONWARD_M:
            spot = (x + hx * far_m, y + hy * far_m)
            yield ahead, _centre(stance.region, spot, ahead)
        for number in range(8):
            heading = point_at(number * _EIGHTH_DEG)
            yield heading, (x + heading[0] * _AROUND_M, y + heading[1] * _AROUND_M)

    def _list_on_walls(self, stance: Stance) -> Iterator[Sign]:
        """Yield places on the walls that one sees ahead."""
        region, eye = stance.region, stance.at
        ahead = degrees(atan2(*stance.heading))
        for aside_deg in np.linspace(-_WALL_DEG, _WALL_DEG, _RAYS).tolist():
            ways = [point_at(ahead + aside_deg + off) for off in (-1.5, 0.0, 1.5)]
            reach = region.reach_m(np.array([eye] * 3), np.array(ways))
            hits = np.array(eye) + np.array(ways) * reach[:, None]
            along = hits[2] - hits[0]
            length = float(np.hypot(*along))
            first = hits[1] - hits[0]
            bend = abs(float(along[0] * first[1] - along[1] * first[0]))
            straight = bend < 0.02 * max(length, 1e-6)
            if reach[1] > _WALL_M or length < 1e-6 or not straight:
                continue
            normal = (float(along[1] / length), float(-along[0] / length))
            facing = -(normal[0] * ways[1][0] + normal[1] * ways[1][1])
            if facing < 0:
                normal, facing = (-normal[0], -normal[1]), -facing
            if facing < cos(radians(_WALL_DEG)):
                continue
            x, y = hits[1].tolist()
            spot = (x + normal[0] * _FROM_WALL_M, y + normal[1] * _FROM_WALL_M)
            sign = self._make(stance.level_id, spot, normal, "wall")
            if sign is not None:
                yield sign

    def _make(self, level_id: str, spot: Point, normal: Point, mounting: str) -> Sign | None:
        """Make a sign, or None where a door is too near or nobody may hang one."""
        point = shapely.Point(spot)
        tree = self._doors(level_id)
        if len(tree.query(point, predicate="dwithin", distance=CLEAR_OF_DOORS_M)):
            return None
        unit_id = self._find_unit(level_id, point)
        if unit_id is None:
            return None
        at = (round(spot[0], 2), round(spot[1], 2))
        bearing_deg = round(degrees(atan2(normal[0], normal[1])) % 360, 1)
        key = str(uuid5(NAMESPACE_OID, f"sign/{level_id}/{at[0]}/{at[1]}/{bearing_deg}"))
        return Sign(key, level_id, unit_id, at, bearing_deg, mounting)

    def _find_unit(self, level_id: str, point: shapely.Point) -> str | None:
        """Return the public way that a point lies in, or None."""
        units, tree = self._floor(level_id)
        inside = [units[k] for k in tree.query(point, predicate="intersects").tolist()]
        return min(inside, default=None)

    def _find_floor(self, level_id: str) -> tuple[list[str], shapely.STRtree]:
        network = self._network
        on_level = network.plan.list_on(level_id, Unit)
        units = [
            unit.id
            for unit in on_level
            if is_through(unit)
            and unit.id in network.spaces
            and unit.id not in network.zone_of_unit
        ]
        return units, shapely.STRtree([network.spaces[unit].outline for unit in units])

    def _find_doors(self, level_id: str) -> shapely.STRtree:
        return shapely.STRtree(_list_doors(self._network, level_id))

    def _is_outdoor(self, level_id: str) -> bool:
        level = self._network.plan.find(level_id, Level)
        return level is not None and level.outdoor


def _list_doors(network: Network, level_id: str) -> list[shapely.Geometry]:
    doors = network.plan.list_on(level_id, Opening)
    shapes = [network.plan.find_geometry_m(door.id) for door in doors]
    return [shape for shape in shapes if shape is not None]


def _has_room(region: Region, spot: Point) -> bool:
    """Tell whether a face hangs clear of walls."""
    ways = np.array([point_at(deg) for deg in range(0, 360, 45)])
    reach = region.reach_m(np.array([spot] * len(ways)), ways)
    return bool((reach >= _ROOM_M).all())


def _centre(region: Region, spot: Point, heading: Point) -> Point:
    """Return the middle of the corridor that a spot is in; in a hall the spot itself."""
    right = (heading[1], -heading[0])
    sides = np.array([right, (-right[0], -right[1])])
    to_right_m, to_left_m = region.reach_m(np.array([spot, spot]), sides).tolist()
    if to_right_m + to_left_m > _CORRIDOR_M:
        return spot
    off_m = (to_right_m - to_left_m) / 2
    return spot[0] + right[0] * off_m, spot[1] + right[1] * off_m


def _straighten(heading: Point) -> Point:
    """Return the nearest of eight directions: hangers hang along corridors."""
    deg = degrees(atan2(heading[0], heading[1]))
    return point_at(round(deg / _EIGHTH_DEG) * _EIGHTH_DEG)
