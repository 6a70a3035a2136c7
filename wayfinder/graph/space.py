"""The free space of a unit, and the shortest lines through it that keep clear of walls.

A shortest line among obstacles bends only at corners that stick out into the space (Lozano-Pérez
and Wesley 1979), so the search is one over corners in sight of each other. The space is first
shrunk by a clearance; where it is too narrow for that, a smaller one is tried, down to none.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import dist
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Line = tuple[Point, ...]
Array = NDArray[Any]

CLEARANCE_M = 0.3
"""Half the width of a person with a bag; ours."""

_LADDER = (1.0, 0.5, 0.2, 0.0)
_TOLERANCE_M = 1e-3
_SIMPLIFY_M = 0.02
_FACETS = 2
_MOST_CORNERS = 1500
"""Corners that a search considers: a real corridor has some hundred, a hostile one any number."""
_MOST_VERTICES = 5_000
"""Of an outline that is shrunk; shrinking a hostile one of 20,000 takes a minute."""
_STRAIGHT_M2 = 1e-9
"""Cross product of two walls below which they are one."""
_NO_POINTS = np.zeros((0, 2))


def polygons_of(geometry: BaseGeometry | None) -> list[Polygon]:
    """List the polygons of any geometry, mended where it is invalid, without slivers."""
    if geometry is None or geometry.is_empty:
        return []
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if isinstance(geometry, Polygon):  # nearly always
        return [geometry] if geometry.area > _TOLERANCE_M else []
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, Polygon) and part.area > _TOLERANCE_M]


def as_area(geometry: BaseGeometry | None) -> Polygon | MultiPolygon:
    """Return the area of any geometry, empty where it has none."""
    parts = polygons_of(geometry)
    if len(parts) == 1:
        return parts[0]
    merged = shapely.union_all(parts)
    return merged if isinstance(merged, Polygon | MultiPolygon) else Polygon()


class _Rung:
    """The space shrunk by one clearance, with its corners and which of them see each other.

    Attributes
    ----------
    free
        What is left.
    is_convex
        Whether every line in it is straight.
    corners
        What sticks out into it, shape (corners, 2).
    """

    def __init__(self, area: BaseGeometry, clearance_m: float) -> None:
        shrunk = area.buffer(-clearance_m, quad_segs=_FACETS) if clearance_m else area
        self.free = as_area(_simplify(shrunk, clearance_m))
        self._area = area
        found = _find_corners(self.free)
        self.is_convex = isinstance(self.free, Polygon) and not len(found[0])
        # in most rooms nothing stands in the way: what is asked of them is not asked of GEOS
        self._plain = self.is_convex and _is_convex(area)
        step = -(-len(found[0]) // _MOST_CORNERS) or 1
        self.corners, self._before, self._after = (part[::step] for part in found)

    @cached_property
    def _loose(self) -> BaseGeometry:
        """The free space, a hair wider: what runs along its edge is inside."""
        return _widen(self.free)

    @cached_property
    def _loose_area(self) -> BaseGeometry:
        """The space that was shrunk, a hair wider."""
        return _widen(self._area)

    def _stays(self, points: Array, stubs: Any) -> Array:  # noqa: ANN401 - lines, or one
        """Tell which lines from points (n, 2) into the free space stay in the area."""
        if self._plain:  # a convex area holds them if it holds the points
            near = shapely.dwithin(shapely.points(points), self._area, _TOLERANCE_M)
            return np.asarray(near)
        return np.asarray(shapely.covers(self._loose_area, stubs))

    def sees(self, starts: Array, ends: Array) -> Array:
        """Tell for pairs of free points (n, 2) whether the straight line between them is free."""
        if self.is_convex or not len(starts):
            return np.ones(len(starts), dtype=bool)
        return np.asarray(
            shapely.covers(self._loose, shapely.linestrings(np.stack([starts, ends], axis=1)))
        )

    def anchor(self, points: Array) -> tuple[Array, Array]:
        """Move points (n, 2) into the free space; tell which could be without leaving the area."""
        if self.free.is_empty:
            return points, np.zeros(len(points), dtype=bool)
        stubs = shapely.shortest_line(shapely.points(points), self.free)
        anchors = shapely.get_coordinates(stubs)[1::2]
        return anchors, self._stays(points, stubs)

    def _touches(self, points: Array, corners: Array, before: Array, after: Array) -> Array:
        """Tell whether the line from a point to a corner (broadcast) grazes it or hits the wall."""
        along = corners - points
        one = (
            along[..., 0] * (before - corners)[..., 1] - along[..., 1] * (before - corners)[..., 0]
        )
        other = (
            along[..., 0] * (after - corners)[..., 1] - along[..., 1] * (after - corners)[..., 0]
        )
        return np.asarray(one * other >= -1e-9)

    def sight(self, points: Array) -> tuple[Array, Array]:
        """List which point (index) sees which corner (index) along a line that may bend there."""
        if not len(self.corners) or not len(points):
            return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
        grazes = self._touches(
            points[:, None, :], self.corners[None], self._before[None], self._after[None]
        )
        i, j = np.nonzero(grazes)
        seen = self.sees(points[i], self.corners[j])
        return i[seen], j[seen]

    @cached_property
    def links(self) -> tuple[Array, Array]:
        """Pairs of corners between which a shortest line may run."""
        i, j = np.nonzero(np.triu(np.ones((len(self.corners),) * 2, dtype=bool), 1))
        c, b, a = self.corners, self._before, self._after
        good = self._touches(c[i], c[j], b[j], a[j]) & self._touches(c[j], c[i], b[i], a[i])
        i, j = i[good], j[good]
        seen = self.sees(c[i], c[j])
        return i[seen], j[seen]


def _is_convex(area: BaseGeometry) -> bool:
    return isinstance(area, Polygon) and not len(_find_corners(area)[0])


def _widen(area: BaseGeometry) -> BaseGeometry:
    """Return an area wider by the tolerance, prepared for many questions."""
    wide = area.buffer(_TOLERANCE_M, join_style="mitre")
    shapely.prepare(wide)
    return wide


def _simplify(shrunk: BaseGeometry, clearance_m: float) -> BaseGeometry:
    """Drop vertices that matter less than the clearance, more of them where there are very many."""
    tolerance_m = _SIMPLIFY_M
    while clearance_m and tolerance_m < clearance_m / 2:
        simple = shrunk.simplify(tolerance_m)
        if shapely.get_num_coordinates(simple) <= _MOST_CORNERS:
            return simple
        tolerance_m *= 2
    return shrunk


def _find_corners(area: BaseGeometry) -> tuple[Array, Array, Array]:
    """Return the corners that stick out into an area and their neighbours on the ring, (n, 2)."""
    found = [
        corner
        for polygon in polygons_of(area)
        for number, ring in enumerate((polygon.exterior, *polygon.interiors))
        for corner in _list_ring_corners(ring, filled_left=ring.is_ccw == (number == 0))
    ]
    if not found:  # as in most rooms
        return _NO_POINTS, _NO_POINTS, _NO_POINTS
    corners, before, after = np.array(found).swapaxes(0, 1)
    return corners, before, after


def _list_ring_corners(ring: LinearRing, *, filled_left: bool) -> list[tuple[Point, Point, Point]]:
    """List corners of a ring with the points before and after; a room's few are no work for NumPy.

    A corner sticks out where the ring turns away from the side that is filled.
    """
    points = shapely.get_coordinates(ring).tolist()[:-1]
    found = []
    for place, (x, y) in enumerate(points):
        before, after = points[place - 1], points[(place + 1) % len(points)]
        cross = (x - before[0]) * (after[1] - y) - (y - before[1]) * (after[0] - x)
        if (cross < -_STRAIGHT_M2) if filled_left else (cross > _STRAIGHT_M2):
            found.append(((x, y), before, after))
    return found


class Space:
    """The walkable space of one unit, or of several in touch.

    Parameters
    ----------
    polygon
        Outline in metres; holes and several parts are allowed.
    obstacles
        What stands in it, in metres. Ignored where it would cut the space in two.
    clearance_m
        Distance that lines keep from walls where there is room.
    """

    def __init__(
        self,
        polygon: Polygon | MultiPolygon,
        *,
        obstacles: Sequence[BaseGeometry] = (),
        clearance_m: float = CLEARANCE_M,
    ) -> None:
        self.clearance_m = clearance_m
        self._outline = polygon
        self._obstacles = obstacles

    @cached_property
    def polygon(self) -> Polygon | MultiPolygon:
        """The outline without the obstacles."""
        return _carve(self._outline, self._obstacles)

    @property
    def free(self) -> Polygon | MultiPolygon:
        """The space shrunk by the clearance; empty where it is too narrow."""
        return self._rung(self._first_rung).free

    @cached_property
    def _rungs(self) -> dict[int, _Rung]:
        return {}

    @cached_property
    def _first_rung(self) -> int:
        complex_outline = shapely.get_num_coordinates(self._outline) > _MOST_VERTICES
        return len(_LADDER) - 1 if complex_outline else 0

    def _rung(self, index: int) -> _Rung:
        if index not in self._rungs:
            area = self.polygon if index + 1 < len(_LADDER) else self._outline
            self._rungs[index] = _Rung(area, self.clearance_m * _LADDER[index])
        return self._rungs[index]

    def find_line(self, start: Point, end: Point) -> Line | None:
        """Find the shortest line between two points of the space.

        Parameters
        ----------
        start, end
            In metres, inside or on the edge (a door).

        Returns
        -------
        tuple of points or None
            From `start` to `end`, clear of walls where there is room; None where the space has no
            way.
        """
        return self.find_lines([start, end]).get((0, 1))

    def find_lines(self, points: Sequence[Point]) -> dict[tuple[int, int], Line]:
        """Find the shortest lines between all pairs of points.

        Parameters
        ----------
        points
            In metres, inside or on the edge.

        Returns
        -------
        dict
            (i, j) with i < j to the line from point i to point j; pairs without a way are missing.
        """
        wanted = {(i, j) for j in range(len(points)) for i in range(j)}
        lines: dict[tuple[int, int], Line] = {}
        for index in range(self._first_rung, len(_LADDER)):
            if not wanted:
                break
            lines |= _solve(self._rung(index), points, wanted)
            wanted -= lines.keys()
        return lines


def _carve(
    polygon: Polygon | MultiPolygon, obstacles: Sequence[BaseGeometry]
) -> Polygon | MultiPolygon:
    """Take obstacles out of an outline, unless that would divide it."""
    carved = polygon
    for obstacle in obstacles:
        solid = obstacle if isinstance(obstacle, Polygon) else obstacle.buffer(0)
        rest = as_area(carved.difference(solid))
        if len(polygons_of(rest)) == len(polygons_of(carved)):
            carved = rest
    return carved


def _solve(
    rung: _Rung, points: Sequence[Point], wanted: set[tuple[int, int]]
) -> dict[tuple[int, int], Line]:
    """Find the wanted lines on one rung: first those in plain sight, then those round corners."""
    anchors, usable = rung.anchor(np.array(points, dtype=float).reshape(-1, 2))
    may = usable.tolist()
    pairs = [pair for pair in sorted(wanted) if may[pair[0]] and may[pair[1]]]
    if not pairs:
        return {}
    # the lines share their ends: a large building has tens of thousands of them
    ends = [(point, (x, y)) for point, (x, y) in zip(points, anchors.tolist(), strict=True)]
    if rung.is_convex:
        return {(i, j): _line(ends[i], ends[j]) for i, j in pairs}
    found = np.array(pairs)
    straight = rung.sees(anchors[found[:, 0]], anchors[found[:, 1]])
    lines = {(i, j): _line(ends[i], ends[j]) for i, j in found[straight].tolist()}
    hidden = found[~straight]
    if len(hidden) and len(rung.corners):
        bends = _find_bends(rung, anchors, hidden)
        lines |= {(i, j): _line(ends[i], ends[j], corners) for (i, j), corners in bends.items()}
    return lines


def _find_bends(rung: _Rung, anchors: Array, hidden: Array) -> dict[tuple[int, int], Line]:
    """Find the corners that lines go round by Dijkstra's search over those in sight of each other.

    Parameters
    ----------
    rung
        The space.
    anchors
        Free points, shape (n, 2).
    hidden
        Pairs of their indices, ascending, shape (pairs, 2).
    """
    ends = np.unique(hidden)
    position = {end: k for k, end in enumerate(ends.tolist(), start=len(rung.corners))}
    (ci, cj), (pi, pj) = rung.links, rung.sight(anchors[ends])
    nodes = np.concatenate([rung.corners, anchors[ends]])
    rows, columns = np.concatenate([ci, pi + len(rung.corners)]), np.concatenate([cj, pj])
    lengths = np.maximum(np.hypot(*(nodes[rows] - nodes[columns]).T), 1e-9)
    graph = csr_array((lengths, (rows, columns)), shape=(len(nodes),) * 2)
    starts = np.unique(hidden[:, 0]).tolist()
    distances, before = dijkstra(
        graph,
        directed=False,
        indices=[position[start] for start in starts],
        return_predecessors=True,
    )
    row_of = {start: k for k, start in enumerate(starts)}
    reached, onward = np.isfinite(distances).tolist(), before.tolist()
    places: list[Point] = [(x, y) for x, y in nodes.tolist()]
    bends = {}
    for i, j in hidden.tolist():
        row, node = row_of[i], position[j]
        if reached[row][node]:
            found = []
            while (node := onward[row][node]) != position[i]:
                found.append(places[node])
            bends[i, j] = tuple(reversed(found))
    return bends


def _line(start: tuple[Point, Point], end: tuple[Point, Point], corners: Line = ()) -> Line:
    """Join two points, each with its anchor, over corners, without repeated points."""
    line = [start[0]]
    for point in (start[1], *corners, end[1], end[0]):
        if abs(point[0] - line[-1][0]) > _TOLERANCE_M or abs(point[1] - line[-1][1]) > _TOLERANCE_M:
            line.append(point)
    return tuple(line) if len(line) > 1 else (start[0], end[0])


def line_length_m(line: Sequence[Point]) -> float:
    """Length of a line of points in metres."""
    return sum(dist(*ends) for ends in pairwise(line))
