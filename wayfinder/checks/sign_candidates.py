"""Where a face could hang: on a real wall clear of doors, or over the way, facing who comes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import atan2, cos, degrees, radians, sin
from uuid import NAMESPACE_OID, uuid5

import numpy as np
import shapely

from wayfinder.checks.decision_points import Approach
from wayfinder.checks.sight import recall_sight
from wayfinder.checks.sign_messages import Traffic
from wayfinder.graph import Network
from wayfinder.guide.sights import Region
from wayfinder.model import Level, Opening, Sign, Unit
from wayfinder.model.categories import is_through

Point = tuple[float, float]

CLEAR_OF_DOORS_M = 0.6
"""Nothing hangs nearer than this to a door (house figure)."""

_FROM_WALL_M = 0.15
_WALL_M = 11.0
_WALL_DEG = 55.0
"""A wall is read from this far and at this angle, a little less than its letters allow (ours)."""

_ROOM_M = 0.8
_ONWARD_M = (1.0, 4.0, -2.0)
"""How far past a decision point hangers are tried (ours): before the turn it is read, not after."""

_AROUND_M = (2.5, 1.2, 4.0)
"""How far from somebody who is lost hangers are tried (ours)."""

_RAYS = 12
_EIGHTH_DEG = 45.0


class Candidates:
    """Finds where faces could hang in one network.

    Parameters
    ----------
    traffic
        Who goes where.
    """

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._network = traffic.network
        self._sight = recall_sight(traffic.network)
        self._doors = cache(self._find_doors)
        self._floor = cache(self._find_floor)

    def list_for(self, approaches: Iterable[Approach]) -> tuple[Sign, ...]:
        """List the places for faces that those may read who come to some decision points."""
        found = {sign.id: sign for one in approaches for sign in self._list_at(one)}
        return tuple(found.values())

    def _list_at(self, approach: Approach) -> Iterator[Sign]:
        legs = self._traffic.legs
        at = np.median([legs[p.leg].points[p.step] for p in approach.passings], axis=0)
        eye = (float(at[0]), float(at[1]))
        region = self._sight.find_region(approach.place.level_id, eye)
        if region is None:
            return
        yield from self._list_hangers(region, approach, eye)
        if not self._is_outdoor(approach.place.level_id):
            yield from self._list_on_walls(region, approach, eye)

    def _list_hangers(self, region: Region, approach: Approach, eye: Point) -> Iterator[Sign]:
        """Yield places over the way, facing who comes along it."""
        level_id = approach.place.level_id
        mounting = "totem" if self._is_outdoor(level_id) else "hanging"
        headings = {_straighten(approach.heading), approach.heading}
        if approach.lost:
            headings = {_point_at(number * _EIGHTH_DEG) for number in range(8)}
        for heading in sorted(headings):
            for far_m in _AROUND_M if approach.lost else _ONWARD_M:
                spot = (eye[0] + heading[0] * far_m, eye[1] + heading[1] * far_m)
                if not region.sees(eye, [spot])[0] or not _has_room(region, spot):
                    continue
                sign = self._make(level_id, spot, (-heading[0], -heading[1]), mounting)
                if sign is not None:
                    yield sign

    def _list_on_walls(self, region: Region, approach: Approach, eye: Point) -> Iterator[Sign]:
        """Yield places on the walls that one sees ahead."""
        ahead = degrees(atan2(approach.heading[0], approach.heading[1]))
        for turn in np.linspace(-_WALL_DEG, _WALL_DEG, _RAYS).tolist():
            ways = [_point_at(ahead + turn + off) for off in (-1.5, 0.0, 1.5)]
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
            spot = (hits[1][0] + normal[0] * _FROM_WALL_M, hits[1][1] + normal[1] * _FROM_WALL_M)
            if facing >= cos(radians(_WALL_DEG)):
                sign = self._make(
                    approach.place.level_id, (float(spot[0]), float(spot[1])), normal, "wall"
                )
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
        return level is not None and level.properties.get("outdoor") is True


def _list_doors(network: Network, level_id: str) -> list[shapely.Geometry]:
    doors = network.plan.list_on(level_id, Opening)
    shapes = [network.plan.find_geometry_m(door.id) for door in doors]
    return [shape for shape in shapes if shape is not None]


def _has_room(region: Region, spot: Point) -> bool:
    """Tell whether a face hangs clear of walls."""
    ways = np.array([_point_at(deg) for deg in range(0, 360, 45)])
    reach = region.reach_m(np.array([spot] * len(ways)), ways)
    return bool((reach >= _ROOM_M).all())


def _straighten(heading: Point) -> Point:
    """Return the nearest of eight directions: hangers hang along corridors."""
    deg = degrees(atan2(heading[0], heading[1]))
    return _point_at(round(deg / _EIGHTH_DEG) * _EIGHTH_DEG)


def _point_at(bearing_deg: float) -> Point:
    return sin(radians(bearing_deg)), cos(radians(bearing_deg))


def sort_candidates(signs: Iterable[Sign]) -> Sequence[Sign]:
    """Order candidates so that the same plan comes of the same floors."""
    return sorted(signs, key=lambda one: (one.level_id, one.point, one.bearing_deg or 0.0))
