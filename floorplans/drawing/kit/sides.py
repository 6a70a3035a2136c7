"""Which two spaces a door joins."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

import shapely
from shapely.geometry import LineString, Point

from floorplans.drawing.kit.floor import Floor
from floorplans.drawing.kit.items import Gate, Space
from floorplans.drawing.kit.shapes import Xy

_STEP_M = 0.15


class Joint(NamedTuple):
    """A door with what lies on its two sides: west and east of it, or south and north."""

    axis: Literal["x", "y"]
    low: tuple[Space | None, ...]
    high: tuple[Space | None, ...]
    """What was found at its ends and its middle; all the same where it is right."""

    @property
    def spaces(self) -> tuple[Space | None, Space | None]:
        """The spaces at its middle."""
        return self.low[1], self.high[1]

    @property
    def is_sound(self) -> bool:
        """Whether it joins two different spaces, each along its whole length."""
        one, other = self.spaces
        return one is not other and len(set(self.low)) == 1 and len(set(self.high)) == 1


class Sides:
    """Finds spaces by place; raises nothing.

    Parameters
    ----------
    floors
        All floors of the site.
    """

    def __init__(self, floors: Iterable[Floor]) -> None:
        by_ordinal: defaultdict[float, list[Space]] = defaultdict(list)
        for floor in floors:
            by_ordinal[floor.ordinal] += floor.spaces
        self._joints: dict[Gate, Joint] = {}
        self._spaces = dict(by_ordinal)
        self._trees = {
            ordinal: shapely.STRtree([space.shape for space in spaces])
            for ordinal, spaces in self._spaces.items()
        }

    def find_space(self, floor: Floor, at: Xy) -> Space | None:
        """Return the space at a point: one of the floor's own first, the smallest of several."""
        tree = self._trees.get(floor.ordinal)
        if tree is None:
            return None
        point = Point(at)
        spaces = self._spaces[floor.ordinal]
        hits = [spaces[i] for i in tree.query(point, predicate="intersects")]
        return min(hits, key=lambda s: (s.floor is not floor, s.shape.area), default=None)

    def join(self, gate: Gate) -> Joint:
        """Find what a door joins; where its wall's direction is not given, it is looked for."""
        if gate not in self._joints:
            axes: tuple[Literal["x", "y"], ...] = (gate.axis,) if gate.axis else ("x", "y")
            joints = [self._probe(gate, axis) for axis in axes]
            self._joints[gate] = next((joint for joint in joints if joint.is_sound), joints[0])
        return self._joints[gate]

    def _probe(self, gate: Gate, axis: Literal["x", "y"]) -> Joint:
        x, y = gate.at
        reach = gate.how.width_m / 2 - 0.05
        low, high = [], []
        for shift in (-reach, 0.0, reach):
            if axis == "x":
                low.append(self.find_space(gate.floor, (x + shift, y - _STEP_M)))
                high.append(self.find_space(gate.floor, (x + shift, y + _STEP_M)))
            else:
                low.append(self.find_space(gate.floor, (x - _STEP_M, y + shift)))
                high.append(self.find_space(gate.floor, (x + _STEP_M, y + shift)))
        return Joint(axis, tuple(low), tuple(high))


def make_line(gate: Gate, axis: Literal["x", "y"]) -> LineString:
    """Return the line of a door, as long as its clear width."""
    x, y = gate.at
    half = gate.how.width_m / 2
    ends = ((x - half, y), (x + half, y)) if axis == "x" else ((x, y - half), (x, y + half))
    return LineString([(round(a, 3), round(b, 3)) for a, b in ends])
