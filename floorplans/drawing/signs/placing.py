"""Puts a sign where it can hang: on a wall, clear of doors, furniture and other signs."""

from collections.abc import Iterable, Iterator
from itertools import count
from math import cos, hypot, radians, sin
from zlib import crc32

import shapely
from shapely.geometry import LineString, Point

from floorplans.drawing.kit import DrawingError, Floor, Space
from floorplans.drawing.kit.items import Gate, Mounting, Side
from floorplans.drawing.kit.shapes import Xy, find_middle
from floorplans.drawing.kit.sides import Sides, make_line
from wayfinder.model.categories import SOLID
from wayfinder.model.sign_codes import COUNT, make_code

BEARINGS_DEG: dict[Side, float] = {"N": 0.0, "E": 90.0, "S": 180.0, "W": 270.0}
"""Outward normal of a face that looks that way."""

_NORMALS: dict[Side, Xy] = {"N": (0.0, 1.0), "E": (1.0, 0.0), "S": (0.0, -1.0), "W": (-1.0, 0.0)}
_FROM_WALL_M = 0.15
_REACH_M = 12.0
_STEP_M = 0.05
_CLEAR_OF_DOORS_M = 0.6
_CLEAR_OF_SEATS_M = 0.5
_APART_M = 1.0
_NEAR_M = 4.0
_SHIFT_M = 0.25
_FARTHEST_M = 3.0
"""A sign moves at most this far along its wall (ours)."""


class Placer:
    """Puts up the signs of a site.

    Parameters
    ----------
    floors
        All its floors.
    """

    def __init__(self, floors: Iterable[Floor]) -> None:
        self._floors = list(floors)
        self._sides = Sides(self._floors)
        self._codes: dict[str, str] = {}

    def put(
        self,
        floor: Floor,
        ref: str,
        at: Xy,
        faces: Side,
        mounting: Mounting = "wall",
        *,
        directory: bool = False,
    ) -> None:
        """Put up a sign.

        Parameters
        ----------
        floor
            A floor of its storey; links between buildings may have one of their own.
        ref
            Its number.
        at
            Metres: where it hangs, or for a sign on a wall a spot before that wall.
        faces
            Which way its face looks: who reads it looks the other way.
        mounting
            How it is fixed.
        directory
            Whether it lists all places by building and floor.

        Raises
        ------
        DrawingError
            It would hang in a wall, in a room, in the swing of a door, or there is no wall.
        """
        place = at
        if mounting == "wall":
            place = self._find_wall(floor, ref, at, faces)
        if not self._is_in_space(floor, place):
            raise DrawingError([f"{floor}: sign {ref} at {place} hangs in no space of its floor"])
        floor.sign(
            ref,
            *place,
            BEARINGS_DEG[faces],
            mounting=mounting,
            code=self._make_code(ref),
            directory=directory,
        )

    def hang(self, floor: Floor, ref: str, at: Xy, bearing_deg: float, mounting: Mounting) -> None:
        """Put up a sign where it was planned, or as near beside that as there is room.

        Raises
        ------
        DrawingError
            There is no space of the floor, or no room within 3 m.
        """
        spot = self.find_room(floor, ref, at, bearing_deg, mounting)
        floor.sign(ref, *spot, bearing_deg, mounting=mounting, code=self._make_code(ref))

    def find_room(
        self, floor: Floor, ref: str, at: Xy, bearing_deg: float, mounting: Mounting
    ) -> Xy:
        """Return where a sign can hang that was planned somewhere.

        Raises
        ------
        DrawingError
            There is no space of the floor, or no room within 3 m.
        """
        faces = next((side for side, deg in BEARINGS_DEG.items() if deg == bearing_deg), None)
        if mounting == "wall" and faces is not None:
            spots = [self._find_wall(floor, ref, at, faces)]
        else:
            spots = list(_list_beside(at, bearing_deg))
        for spot in spots:
            taken = self._is_taken(floor, spot, stands=mounting != "hanging")
            if self._is_in_space(floor, spot) and not (taken or self._has_sign(floor, spot)):
                return spot
        raise DrawingError([f"{floor}: sign {ref} at {at} hangs in no space of its floor"])

    def _is_in_space(self, floor: Floor, spot: Xy) -> bool:
        """Tell whether a spot is in a space of a floor, and not in a wall."""
        space = self._sides.find_space(floor, spot)
        return space is not None and space.floor is floor and space.category not in SOLID

    def _is_taken(self, floor: Floor, spot: Xy, *, stands: bool) -> bool:
        """Tell whether furniture is there, or a door opens on what stands there."""
        point = Point(spot)
        gates = self._list_gates(floor, spot)
        lines = (make_line(gate, self._sides.join(gate).axis) for gate in gates)
        return any(thing.shape.contains(point) for thing in floor.things) or (
            stands and any(line.distance(point) < _CLEAR_OF_DOORS_M for line in lines)
        )

    def _make_code(self, ref: str) -> str:
        """Make a sign's code from its number on the wall, so that no other sign can change it."""
        code = make_code(crc32(ref.encode()) % COUNT)
        other = self._codes.setdefault(code, ref)
        if other != ref:
            raise DrawingError([f"signs {other} and {ref} have the same code: number one anew"])
        return code

    def _find_wall(self, floor: Floor, ref: str, at: Xy, faces: Side) -> Xy:
        """Find the nearest free spot on the wall behind a spot."""
        nx, ny = _NORMALS[faces]
        for shift in _list_shifts():
            start = (at[0] + ny * shift, at[1] + nx * shift)
            wall = self._cast(floor, start, (-nx, -ny))
            if wall is None:
                continue
            spot = (
                round(wall[0] + nx * _FROM_WALL_M, 3),
                round(wall[1] + ny * _FROM_WALL_M, 3),
            )
            if self._is_free(floor, spot):
                return spot
        raise DrawingError([f"{floor}: no free wall for sign {ref} that faces {faces} at {at}"])

    def _cast(self, floor: Floor, start: Xy, direction: Xy) -> Xy | None:
        """Walk from a spot to the wall in a direction; None where there is none near."""
        space = self._sides.find_space(floor, start)
        if space is None or space.category in SOLID:
            return None
        for step in range(1, int(_REACH_M / _STEP_M)):
            way = step * _STEP_M
            at = (start[0] + direction[0] * way, start[1] + direction[1] * way)
            behind = self._sides.find_space(floor, at)
            if behind is space:
                continue
            if behind is None or self._is_wall(floor, at, space, behind):
                return _meet(space, start, at)
            space = behind
        return None

    def _is_wall(self, floor: Floor, at: Xy, one: Space, other: Space) -> bool:
        """Tell whether there is a wall between two spaces: open ones have one around a door."""
        if one.floor is not other.floor or other.category in SOLID:
            return True
        if one.has_walls or other.has_walls:
            return True
        pair = {one.id, other.id}
        return any(
            {space.id for space in self._sides.join(gate).spaces if space} == pair
            for gate in self._list_gates(floor, at)
        )

    def _is_free(self, floor: Floor, spot: Xy) -> bool:
        """Tell whether a sign has room: no door, seat or other sign is near in its space."""
        point = Point(spot)
        space = self._sides.find_space(floor, spot)
        for gate in self._list_gates(floor, spot):
            joint = self._sides.join(gate)
            line = make_line(gate, joint.axis)
            if space in joint.spaces and line.distance(point) < _CLEAR_OF_DOORS_M:
                return False
        near_seat = any(
            thing.shape.distance(point) < _CLEAR_OF_SEATS_M
            and self._sides.find_space(floor, find_middle(thing.shape)) is space
            for thing in floor.things
        )
        return not (near_seat or self._has_sign(floor, spot))

    def _has_sign(self, floor: Floor, spot: Xy) -> bool:
        """Tell whether a sign hangs near already."""
        return any(
            other.is_sign and hypot(other.at[0] - spot[0], other.at[1] - spot[1]) < _APART_M
            for other in floor.spots
        )

    def _list_gates(self, floor: Floor, spot: Xy) -> Iterator[Gate]:
        """List the doors about a spot; those of links belong to other floors of the storey."""
        for each in self._floors:
            if each.ordinal == floor.ordinal:
                for gate in each.gates:
                    if hypot(gate.at[0] - spot[0], gate.at[1] - spot[1]) < _NEAR_M:
                        yield gate


def _list_shifts() -> Iterator[float]:
    """List how far a sign may move along its wall, the least first, to both sides."""
    yield 0.0
    for k in count(1):
        if k * _SHIFT_M > _FARTHEST_M:
            return
        yield from (k * _SHIFT_M, -k * _SHIFT_M)


def _list_beside(at: Xy, bearing_deg: float) -> Iterator[Xy]:
    """List spots along a face, the nearest first."""
    along = radians(bearing_deg + 90)
    for shift in _list_shifts():
        yield round(at[0] + sin(along) * shift, 3), round(at[1] + cos(along) * shift, 3)


def _meet(space: Space, start: Xy, end: Xy) -> Xy:
    """Return where a line from inside a space leaves it; boundaries lie on millimetres."""
    hits = shapely.get_parts(LineString([start, end]).intersection(space.shape.boundary))
    points = [(hit.x, hit.y) for hit in hits if isinstance(hit, Point)]
    return max(points or [end], key=lambda hit: hypot(hit[0] - start[0], hit[1] - start[1]))
