"""How somebody walks who was told a direction only: straight on, along corridors, through doors.

Eyes and legs, no network: the walker sees the walls of the region it is in and the doors in them.
It goes on as it came as long as the way goes on, follows a bend where that is the only way left,
passes doors that stand across its way, and stops where it would have to choose.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import cos, dist, radians, sin

import numpy as np
from numpy.typing import NDArray

from wayfinder.checks.public_doors import PASSED, PublicDoors, measure_deg, unit_towards
from wayfinder.graph import Network
from wayfinder.guide.pointing import find_sector
from wayfinder.guide.sights import Portal, Region, in_front
from wayfinder.model import Arrow, Unit
from wayfinder.model.categories import VERTICAL

Point = tuple[float, float]

STEP_M = 1.0
"""How far one walks between two looks round (ours)."""

_MOST_M = 150.0
"""Nobody walks farther on one word (ours)."""

_OPEN_M = 8.0
"""A side that is open as far as this, or has a door as near, is a way one might take (ours)."""

_BODY_M = 0.4
_BLOCKED_M = 1.2
_DOOR_M = 3.0
_PAST_M = 10
"""How far past a sign somebody who is told to turn goes to find the turning (ours)."""

_SECTOR_DEG, _PER_DEG, _NEAR_M = 22, 0.25, 6.0

_FAR_M = 30.0
_WIDE_M, _SIDE_M = 8.0, 8.0


class Halt(StrEnum):
    """Why somebody stops who walks on as told."""

    WALL = "wall"
    """The way ends."""
    CHOICE = "choice"
    """It goes on to the left and to the right, and nothing says which."""
    FAR = "far"
    """Nothing came for very long."""


@dataclass(frozen=True, slots=True)
class Stance:
    """Where somebody stands and looks.

    Parameters
    ----------
    region
        The space walked in.
    level_id
        The level.
    at
        Metres.
    heading
        Unit vector.
    door
        A door that one walks up to, or None: straight on.
    """

    region: Region
    level_id: str
    at: Point
    heading: Point
    door: Portal | None = None


@dataclass(frozen=True, slots=True)
class Stroll:
    """Where somebody comes who walks on as told.

    Parameters
    ----------
    stances
        Where one looks round, from the start on.
    walked_m
        Metres walked until each.
    halt
        Why it ends.
    """

    stances: tuple[Stance, ...]
    walked_m: tuple[float, ...]
    halt: Halt


def turn(heading: Point, clockwise_deg: float) -> Point:
    """Turn a unit vector clockwise."""
    c, s = cos(radians(clockwise_deg)), sin(radians(clockwise_deg))
    return heading[0] * c + heading[1] * s, heading[1] * c - heading[0] * s


def point_at(bearing_deg: float) -> Point:
    """Return the unit vector of a compass bearing."""
    return sin(radians(bearing_deg)), cos(radians(bearing_deg))


def is_aside(clockwise_deg: float) -> bool:
    """Tell whether an arrow points aside: then the turning may come soon behind the sign."""
    return 40 < abs(clockwise_deg) < 100


CLOCKWISE_DEG = {find_sector(deg): float(deg) for deg in range(-135, 181, 45)}
"""Arrow to degrees clockwise from straight ahead; up, down and here are none."""


class Strolls:
    """Walks on one network.

    Parameters
    ----------
    network
        The network.
    closed
        Ids of what nobody passes today.
    """

    def __init__(self, network: Network, closed: Collection[str] = ()) -> None:
        self._network = network
        self.doors = PublicDoors(network, closed)

    def follow(self, stance: Stance, arrow: Arrow) -> Stroll | None:
        """Walk as the arrow of a sign says whose reader stands under it and looks ahead.

        None where the arrow points into a wall, or to another floor.
        """
        clockwise = CLOCKWISE_DEG.get(arrow)
        if clockwise is None:
            return None
        begun = self._set_off(stance, clockwise)
        return None if begun is None else self.walk(*begun)

    def walk(self, stance: Stance, before: Sequence[Stance] = ()) -> Stroll:
        """Walk straight on from where one stands."""
        stances = [*before, stance if stance.door is not None else self._centre(stance)]
        far = [0.0]
        for last, now in pairwise(stances):
            far.append(far[-1] + dist(last.at, now.at))
        halt = Halt.FAR
        while far[-1] < _MOST_M:
            following = self._advance(stances[-1])
            if isinstance(following, Halt) or _comes_back(stances, following):
                halt = following if isinstance(following, Halt) else Halt.WALL
                break
            far.append(far[-1] + dist(stances[-1].at, following.at))
            stances.append(following)
        return Stroll(tuple(stances), tuple(far), halt)

    def list_ways_out(self, nodes: Iterable[str]) -> Iterator[tuple[str, Stance]]:
        """Yield the nodes to which everybody may go out of a lift or stairs, and how one stands."""
        graph, plan = self._network.graph, self._network.plan
        for node in nodes:
            for other in graph.successors(node):
                here, there, edge = graph.nodes[node], graph.nodes[other], graph.edges[node, other]
                unit = plan.find(there["unit"], Unit)
                if edge["kind"] not in PASSED or there["unit"] == here["unit"]:
                    continue
                inside = unit is not None and unit.category in VERTICAL
                if (
                    not inside
                    and self.doors.may_pass(edge)
                    and (unit is None or self.doors.is_open_to_all(unit))
                ):
                    yield other, self.enter(other, node)

    def enter(self, inner: str, outer: str) -> Stance:
        """Come in by an entrance, from its outer to its inner node."""
        here, there = (self._network.graph.nodes[node] for node in (inner, outer))
        heading = unit_towards((there["x"], there["y"]), (here["x"], here["y"]))
        if "heading_deg" in here:
            heading = point_at(here["heading_deg"])
        at = _move((here["x"], here["y"]), heading, _BODY_M)
        return Stance(self.doors.find_region(inner), here["level"], at, heading)

    def _set_off(self, stance: Stance, clockwise_deg: float) -> tuple[Stance, list[Stance]] | None:
        """Turn where the arrow points, past the sign if the turning comes there.

        Of what lies there the way that goes on farthest is taken, or a door that leads on.
        """
        wanted = turn(stance.heading, clockwise_deg)
        best: tuple[float, Stance] | None = None
        for offset_m in _list_offsets(self._look(stance.region, stance.at, [stance.heading])[0]):
            if offset_m and not is_aside(clockwise_deg):
                break
            at = _move(stance.at, stance.heading, offset_m)
            here = Stance(stance.region, stance.level_id, at, wanted)
            for score, begun in self._list_beginnings(here):
                if best is None or score - offset_m > best[0] + 1e-6:
                    best = score - offset_m, begun
        if best is None:
            return None
        return best[1], [Stance(stance.region, stance.level_id, stance.at, best[1].heading)]

    def _list_beginnings(self, stance: Stance) -> Iterator[tuple[float, Stance]]:
        """Yield how one may begin to walk about where one looks, each with how plain it is."""
        region, level_id, at = stance.region, stance.level_id, stance.at
        angles = list(range(-_SECTOR_DEG, _SECTOR_DEG + 1, 5))
        ways = [turn(stance.heading, angle) for angle in angles]
        for angle, way, clear_m in zip(angles, ways, self._look(region, at, ways), strict=True):
            if clear_m > _BLOCKED_M:
                score = min(float(clear_m), _FAR_M) - _PER_DEG * abs(angle)
                yield score, Stance(region, level_id, at, way)
        for portal in self.doors.list_in(region):
            door = in_front(portal)
            far_m, way = dist(at, door), unit_towards(at, door)
            off_deg = measure_deg(stance.heading, portal.heading if far_m < 1.0 else way)
            beside = far_m < _NEAR_M and measure_deg(stance.heading, portal.heading) < 30.0
            if far_m > _FAR_M or (off_deg > _SECTOR_DEG + 8 and not (beside and off_deg < 60.0)):
                continue
            if region.sees(at, [door])[0]:
                yield _FAR_M - _PER_DEG * off_deg - 0.2 * far_m, replace(stance, door=portal)

    def _advance(self, stance: Stance) -> Stance | Halt:
        """Take a step on, or say why not."""
        region, at, heading = stance.region, stance.at, stance.heading
        if stance.door is not None:
            return self._go_to_door(stance, stance.door)
        ahead = float(self._look(region, at, [heading])[0])
        if ahead < 8.0:
            way, clear_m = self._choose(region, at, heading, 15)
            if clear_m > 1.5 * ahead + 1.0:
                stance = self._centre(Stance(region, stance.level_id, at, way))
                at, heading = stance.at, stance.heading
                ahead = float(self._look(region, at, [heading])[0])
        if ahead >= STEP_M + _BODY_M:
            return Stance(region, stance.level_id, _move(at, heading, STEP_M), heading)
        door = self.doors.find_across(region, at, heading, _DOOR_M)
        if door is not None:
            crossed = self._cross(door)
            if crossed is not None:
                return crossed
        return self._step_aside(stance) or self._bend(stance)

    def _go_to_door(self, stance: Stance, portal: Portal) -> Stance | Halt:
        door = in_front(portal)
        if dist(stance.at, door) <= STEP_M:
            return self._cross(portal) or Halt.WALL
        way = unit_towards(stance.at, door)
        return replace(stance, at=_move(stance.at, way, STEP_M), heading=way)

    def _step_aside(self, stance: Stance) -> Stance | None:
        """Step aside where the way goes on beside a corner."""
        for shift in (0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0, 3.0, -3.0):
            aside = turn(stance.heading, 90.0 if shift > 0 else -90.0)
            if self._look(stance.region, stance.at, [aside])[0] < abs(shift) + 0.2:
                continue
            eye = _move(stance.at, aside, abs(shift))
            if self._look(stance.region, eye, [stance.heading])[0] > 4.0:
                return Stance(stance.region, stance.level_id, eye, stance.heading)
        return None

    def _bend(self, stance: Stance) -> Stance | Halt:
        """At the end of the way go on where it goes on, if that is to one side only."""
        region, level_id, at = stance.region, stance.level_id, stance.at
        sides = [turn(stance.heading, -90.0), turn(stance.heading, 90.0)]
        chosen = [self._choose(region, at, side, 40) for side in sides]
        ways = [way for way, clear_m in chosen if clear_m > _SIDE_M]
        if len(ways) != 1:
            return Halt.CHOICE if ways else Halt.WALL
        moved = self._centre(Stance(region, level_id, at, ways[0]))
        return Stance(region, level_id, _move(moved.at, moved.heading, 0.5), moved.heading)

    def _choose(
        self, region: Region, at: Point, wanted: Point, spread_deg: int
    ) -> tuple[Point, float]:
        """Return the direction near a wanted one in which the way is longest, and how long."""
        angles = sorted(range(-spread_deg, spread_deg + 1, 5), key=abs)
        ways = [turn(wanted, angle) for angle in angles]
        reach = self._look(region, at, ways)
        scores = np.minimum(reach, _FAR_M) - 0.1 * np.abs(angles)
        best = int(np.argmax(scores))
        return ways[best], float(reach[best])

    def _centre(self, stance: Stance) -> Stance:
        """Walk in the middle of a corridor."""
        region, heading, at = stance.region, stance.heading, stance.at
        ahead = float(self._look(region, at, [heading])[0])
        spots = [_move(at, heading, m) for m in range(5) if m < max(1.0, ahead)]
        sides = [turn(heading, -90), turn(heading, 90)]
        eyes = np.repeat(np.array(spots), 2, axis=0)
        reach = region.reach_m(eyes, np.array(sides * len(spots))).reshape(-1, 2)
        left, right = (float(one) for one in reach.min(axis=0))
        if left + right >= _WIDE_M or left + right < 2 * _BODY_M:
            return stance
        return Stance(region, stance.level_id, _move(at, sides[1], (right - left) / 2), heading)

    def goes_on(self, region: Region, at: Point, way: Point, but: Collection[Point] = ()) -> bool:
        """Tell whether one might go that way: it is open for some metres, or there is a door.

        Parameters
        ----------
        region
            Where one is.
        at
            Where one stands, metres.
        way
            A unit vector.
        but
            Where the doors are that do not count, metres.
        """
        if max(self._look(region, at, [turn(way, aside) for aside in (-15, 0, 15)])) >= _OPEN_M:
            return True
        return self.doors.lies_ahead(region, at, way, _OPEN_M, but)

    def look_m(self, region: Region, at: Point, way: Point) -> float:
        """Return how far it is to the wall, in metres."""
        return float(self._look(region, at, [way])[0])

    def _look(self, region: Region, at: Point, ways: Sequence[Point]) -> NDArray[np.float64]:
        return region.reach_m(np.array([at] * len(ways)), np.array(ways))

    def _cross(self, portal: Portal) -> Stance | None:
        """Go through a door."""
        node = self.doors.find_far_side(portal)
        if node is None:
            return None
        there = self._network.graph.nodes[node]
        at = _move((there["x"], there["y"]), portal.heading, _BODY_M)
        return Stance(self.doors.find_region(node), there["level"], at, portal.heading)


def _move(at: Point, way: Point, far_m: float) -> Point:
    return at[0] + way[0] * far_m, at[1] + way[1] * far_m


def _list_offsets(clear_m: float) -> list[int]:
    """List how far past a sign one may look for the turning, from the sign on."""
    return [0, *(m for m in range(1, _PAST_M + 1) if m < clear_m - _BODY_M)]


def _comes_back(stances: Sequence[Stance], following: Stance) -> bool:
    """Tell whether one comes again to where one was some steps ago."""
    return any(
        one.region is following.region and dist(one.at, following.at) < 0.8 * STEP_M
        for one in stances[: -int(5 / STEP_M)]
    )
