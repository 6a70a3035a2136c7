"""Where the arrows of signs point: for who plans them, and for who takes them for a way."""

from collections.abc import Sequence

from wayfinder.checks.guided import Way
from wayfinder.checks.outlooks import Outlooks
from wayfinder.checks.stroll import CLOCKWISE_DEG, Stance, Strolls, is_aside, point_at, turn
from wayfinder.graph import Network
from wayfinder.guide.bends import apart_deg
from wayfinder.guide.pointing import AT_HAND_M, HERE_M, SOON_M, point_along
from wayfinder.model import Arrow, Sign

Point = tuple[float, float]

_SECTOR_DEG = 45.0
"""From one of eight directions to the next."""

_FOOT_M = 1.0
"""So far before a wall stands who reads what hangs on it (ours)."""

_BEFORE_M = 1.0
"""Nearer than this to a lift or stairs one stands before it (ours)."""

_DOOR_M = 5.0
_LOOK_M = 40.0
_BODY_M = 0.4


class SignArrows:
    """The arrows of some signs.

    Parameters
    ----------
    network
        The network.
    signs
        The signs.
    outlooks
        What is seen from where.
    strolls
        Legs.
    """

    def __init__(
        self, network: Network, signs: Sequence[Sign], outlooks: Outlooks, strolls: Strolls
    ) -> None:
        self._network = network
        self._signs = signs
        self._outlooks = outlooks
        self._strolls = strolls
        self._feet: dict[int, Stance | None] = {}
        self._pointed: dict[tuple[int, tuple[Point, ...]], Arrow] = {}
        self._led: dict[tuple[int, float], bool] = {}

    def get_foot(self, number: int) -> Stance | None:
        """Return where one stands to do as a sign says; None where nobody knows how it faces."""
        if number not in self._feet:
            self._feet[number] = self._find_foot(number)
        return self._feet[number]

    def _find_foot(self, number: int) -> Stance | None:
        sign, region = self._signs[number], self._outlooks.region_of_sign[number]
        if region is None or sign.facing_deg is None:
            return None
        heading, at = point_at(sign.facing_deg), self._outlooks.get_reading_point(number)
        if sign.mounting != "hanging":
            at = (at[0] - heading[0] * _FOOT_M, at[1] - heading[1] * _FOOT_M)
        return Stance(region, sign.level_id, at, heading)

    def point(self, number: int, way: Way) -> Arrow | None:
        """Return the arrow of a way that begins at a sign; None where nobody knows how it faces.

        Up and down where the lift or stairs are at hand and in sight.
        """
        foot = self.get_foot(number)
        if foot is None:
            return None
        length_m = sum(segment.length_m for segment in way.segments)
        if way.floors and length_m <= AT_HAND_M:
            seen = way.shaft in self._outlooks.look([foot]).shafts
            if seen or length_m <= _BEFORE_M:
                return Arrow.UP if way.floors > 0 else Arrow.DOWN
        if not way.floors and length_m <= HERE_M:
            return Arrow.HERE
        return self._point(number, way)

    def _point(self, number: int, way: Way) -> Arrow:
        key = number, _begin(way)
        if key not in self._pointed:
            self._pointed[key] = point_along(key[1], self._signs[number].facing_deg or 0.0)
        return self._pointed[key]

    def agrees(self, number: int, arrow: Arrow, way: Way) -> bool:
        """Tell whether an arrow of a sign is taken for a way.

        That is the way in the arrow's sector of 45°, or one in the sector beside it where nothing
        leads where the arrow points; and the door at hand, wherever one stands before it.
        """
        facing_deg = self._signs[number].facing_deg
        if facing_deg is None or arrow not in CLOCKWISE_DEG or not way.segments:
            return False
        meant, said = CLOCKWISE_DEG.get(self._point(number, way)), CLOCKWISE_DEG[arrow]
        if meant is None or meant == said:
            return True
        if apart_deg(meant, said) <= _SECTOR_DEG and not self._leads(number, said):
            return True
        door = way.find_first_door(_DOOR_M)
        if door is None:
            return False
        heading_deg = self._network.graph.nodes[door].get("heading_deg")
        return heading_deg is not None and apart_deg(heading_deg - facing_deg, said) <= _SECTOR_DEG

    def _leads(self, number: int, clockwise_deg: float) -> bool:
        """Tell whether one might go just where an arrow points, at the sign or soon behind it."""
        key = number, clockwise_deg
        if key not in self._led:
            self._led[key] = self._look(number, clockwise_deg)
        return self._led[key]

    def _look(self, number: int, clockwise_deg: float) -> bool:
        foot, strolls = self.get_foot(number), self._strolls
        if foot is None:
            return False
        way = turn(foot.heading, clockwise_deg)
        (x, y), (u, v) = foot.at, foot.heading
        clear_m = strolls.look_m(foot.region, foot.at, foot.heading) - _BODY_M
        spots = (0.0, SOON_M / 3, SOON_M * 2 / 3, SOON_M) if is_aside(clockwise_deg) else (0.0,)
        for far_m in spots:
            at = (x + u * far_m, y + v * far_m)
            if (not far_m or far_m < clear_m) and strolls.goes_on(foot.region, at, way):
                return True
        return False


def _begin(way: Way) -> tuple[Point, ...]:
    """Return the first metres of a way."""
    line: list[Point] = []
    length_m = 0.0
    for segment in way.segments:
        line += segment.line
        length_m += segment.length_m
        if length_m > _LOOK_M:
            break
    return tuple(line)
