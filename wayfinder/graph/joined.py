"""The space of several units over the open boundaries between them."""

from collections.abc import Mapping
from itertools import combinations

import shapely
from shapely.geometry import LineString

from wayfinder.graph.boundaries import GAP_M
from wayfinder.graph.shapes import as_area
from wayfinder.graph.space import Space

_WALL_M = 0.01
_OVERLAP = 0.02
_FAR_M = 1.0
"""Between outlines that do not touch, not even at a sharp corner that is drawn wider."""


def join_spaces(
    spaces: Mapping[str, Space], crossings: Mapping[frozenset[str], tuple[LineString, ...]]
) -> Space:
    """Join spaces, with walls where their outlines touch but are not open.

    Parameters
    ----------
    spaces
        Unit id to space.
    crossings
        Pair of unit ids to the open stretches between them, in metres.
    """
    merged = shapely.union_all([space.polygon for space in spaces.values()])
    for one, other in combinations(sorted(spaces), 2):
        a, b = spaces[one].polygon, spaces[other].polygon
        if not shapely.dwithin(a, b, _FAR_M):
            continue
        stretches = crossings.get(frozenset((one, other)), ())
        bridges = shapely.union_all([line.buffer(GAP_M, cap_style="flat") for line in stretches])
        touch = a.boundary.intersection(b.buffer(GAP_M, join_style="mitre"))
        overlap_m2 = a.intersection(b).area
        if touch.length > GAP_M and overlap_m2 < _OVERLAP * min(a.area, b.area):
            wall = touch.difference(shapely.union_all([line.buffer(GAP_M) for line in stretches]))
            merged = merged.difference(wall.buffer(_WALL_M, cap_style="flat"))
        if stretches:
            merged = merged.union(bridges)
    return Space(as_area(merged), clearance_m=next(iter(spaces.values())).clearance_m)
