"""What of a sign can be read from where: letter height, angle and line of sight over the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray

from wayfinder.graph import Network
from wayfinder.guide.memory import recall
from wayfinder.guide.sights import Region
from wayfinder.model import Plan, Sign, Unit
from wayfinder.model.sign import LETTER_MM_PER_M
from wayfinder.model.values import read_number, read_object

Point = tuple[float, float]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

READ_DEG = 60.0
"""Farthest off the normal of its face that a sign is read (house figure)."""

METRES_PER_MM = 1.0 / LETTER_MM_PER_M
"""Metres of reading distance for each millimetre of letter height."""

DOOR_PLATE_M = 25.0 * METRES_PER_MM
"""From how far the plate of a door is read."""

LETTER_MM: Mapping[str, float] = {
    "hanging": 40.0,
    "totem": 60.0,
    "wall": 25.0,
    "pillar": 25.0,
    "door": 25.0,
}
"""Letter height by mounting, where a sign does not say its own (ours): what can be printed with
eight lines on a sign of usual size, and is read from 12 m, 18 m and 7.5 m."""

DIRECTORY_LETTER_MM = 2.0 / METRES_PER_MM
"""Letter height of directories, where they do not say their own: read from 2 m, by who stands
before them (ours)."""

_AT_M = 0.3
"""Nearer than this one stands under the sign, and reads nothing (ours)."""

_OFF_M = 0.15
"""How far in front of its anchor a face is looked at: anchors may lie on the wall's line (ours)."""

_NEAR_M = 0.2
_SLACK_M = 0.01
_CELLS = 2_000_000
"""Sight lines times walls that are computed at once: some 150 MB."""


def find_letter_height_mm(plan: Plan, sign: Sign) -> float:
    """Return how high the letters of a sign are, in mm.

    That is its ``letter_height_mm``, else that of directories, or of its mounting.
    """
    own = read_number(dict(read_object(plan[sign.id].wayfinder, "sign")), "letter_height_mm")
    if own is not None and own > 0:
        return own
    usual = LETTER_MM.get(sign.mounting, LETTER_MM["wall"])
    return DIRECTORY_LETTER_MM if sign.directory else usual


@dataclass(frozen=True)
class Panels:
    """Faces as arrays, of one level or of several.

    Parameters
    ----------
    points
        Where they are read, metres, shape (faces, 2): a little in front of their anchors.
    normals
        Unit vectors out of the faces, shape (faces, 2); NaN where nobody knows: never legible.
    reading_m
        From how far each is read, shape (faces,).
    """

    points: Floats
    normals: Floats
    reading_m: Floats

    @classmethod
    def make(
        cls,
        anchors: Sequence[Point],
        bearings_deg: Sequence[float | None],
        letters_mm: Sequence[float],
    ) -> "Panels":
        """Make them of anchors in metres, bearings of the outward normals and letter heights."""
        turned = np.radians(np.array([np.nan if b is None else b for b in bearings_deg]))
        normals = np.column_stack([np.sin(turned), np.cos(turned)]).reshape(-1, 2)
        off = np.nan_to_num(normals) * _OFF_M
        points = np.asarray(anchors, dtype=float).reshape(-1, 2) + off
        return cls(points, normals, np.asarray(letters_mm, dtype=float) * METRES_PER_MM)

    @classmethod
    def of(cls, plan: Plan, signs: Sequence[Sign]) -> "Panels":
        """Make them of the signs of a plan."""
        return cls.make(
            [sign.point for sign in signs],
            [sign.bearing_deg for sign in signs],
            [find_letter_height_mm(plan, sign) for sign in signs],
        )

    def take(self, places: Iterable[int]) -> "Panels":
        """Return some of them."""
        chosen = np.fromiter(places, dtype=np.intp)
        return Panels(self.points[chosen], self.normals[chosen], self.reading_m[chosen])


class Sight:
    """Finds what can be read from where on one network.

    Parameters
    ----------
    network
        The network.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._sights = recall(network).sights
        self._trees: dict[str, tuple[list[str], shapely.STRtree]] = {}

    def find_region(self, level_id: str, point: Point) -> Region | None:
        """Return the region in which a point of a level lies; None in a wall."""
        units, tree = self._index(level_id)
        at = shapely.Point(point)
        near = tree.query(at, predicate="dwithin", distance=_NEAR_M)
        ranked = sorted(
            (float(tree.geometries[k].distance(at)), float(tree.geometries[k].area), units[k])
            for k in near.tolist()
        )
        return self.find_region_of(ranked[0][2]) if ranked else None

    def find_region_of(self, unit_id: str) -> Region | None:
        """Return the region that a unit belongs to, or None where nobody walks there."""
        node = self._node_of_unit.get(unit_id)
        return None if node is None else self._sights.find_region(node)

    def _index(self, level_id: str) -> tuple[list[str], shapely.STRtree]:
        if level_id not in self._trees:
            spaces, known = self._network.spaces, self._node_of_unit
            on_level = (unit.id for unit in self._network.plan.list_on(level_id, Unit))
            units = [unit for unit in on_level if unit in spaces and unit in known]
            tree = shapely.STRtree([spaces[unit].outline for unit in units])
            self._trees[level_id] = units, tree
        return self._trees[level_id]

    @cached_property
    def _node_of_unit(self) -> Mapping[str, str]:
        nodes = self._network.graph.nodes.items()
        return {node["unit"]: name for name, node in nodes if node["unit"] is not None}


def find_legible_in(region: Region, eyes: Floats, panels: Panels) -> Mask:
    """Tell which faces of one region are legible from where, shape (eyes, faces).

    An eye outside the region sees nothing of it: its walls are between.
    """
    offsets = eyes[:, None, :] - panels.points[None, :, :]
    far_m = np.hypot(offsets[..., 0], offsets[..., 1])
    along = (offsets * panels.normals[None, :, :]).sum(axis=-1)
    facing = along >= cos(radians(READ_DEG)) * far_m - 1e-9
    found: Mask = facing & (far_m >= _AT_M) & (far_m <= panels.reading_m[None, :] + 1e-9)
    rows, columns = np.nonzero(found)
    found[rows, columns] = see_each(region, eyes[rows], panels.points[columns])
    return found


def see_each(region: Region, eyes: Floats, targets: Floats) -> Mask:
    """Tell for each pair of an eye and a target, both (n, 2), whether nothing stands between."""
    seen = np.ones(len(eyes), dtype=bool)
    walls = int(shapely.get_num_coordinates(region.polygon))
    step = max(1, _CELLS // max(1, walls))
    for first in range(0, len(eyes), step):
        part = slice(first, first + step)
        offsets = targets[part] - eyes[part]
        lengths = np.maximum(np.hypot(offsets[:, 0], offsets[:, 1]), 1e-9)
        reach = region.reach_m(eyes[part], offsets / lengths[:, None])
        seen[part] = reach >= lengths - _SLACK_M
    return seen
