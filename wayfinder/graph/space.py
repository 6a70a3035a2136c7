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
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
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
    """The space shrunk by one clearance, with its corners and which of them see each other."""

    def __init__(self, area: BaseGeometry, clearance_m: float) -> None:
        shrunk = area.buffer(-clearance_m, quad_segs=_FACETS) if clearance_m else area
        self.free = as_area(_simplify(shrunk, clearance_m))
        self._area = area
        found = _find_corners(self.free)
        self._convex = isinstance(self.free, Polygon) and not len(found[0])
        # in most rooms nothing stands in the way: what is asked of them is not asked of GEOS
        self._plain = self._convex and _is_convex(area)
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
        if self._convex or not len(starts):
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


def _turn(count: int, by: int) -> Array:
    """Return the indices of a ring's points, each moved on by one; `numpy.roll` is slower."""
    return np.arange(by, count + by) % count


def _find_corners(area: BaseGeometry) -> tuple[Array, Array, Array]:
    """Return the corners that stick out into an area and their neighbours on the ring, (n, 2)."""
    found = []
    for polygon in polygons_of(area):
        for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
            points = shapely.get_coordinates(ring)[:-1]
            before, after = points[_turn(len(points), -1)], points[_turn(len(points), 1)]
            (ax, ay), (bx, by) = (points - before).T, (after - points).T
            cross = ax * by - ay * bx
            turns_left = cross > 1e-9
            turns_right = cross < -1e-9
            outer = turns_right if ring.is_ccw == (number == 0) else turns_left
            found.append(np.stack([points[outer], before[outer], after[outer]]))
    if not found:
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros((0, 2))
    corners, before, after = np.concatenate(found, axis=1)
    return corners, before, after


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

    def find_line(self, start: Point, end: Point) -> tuple[Point, ...] | None:
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

    def find_lines(self, points: Sequence[Point]) -> dict[tuple[int, int], tuple[Point, ...]]:
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
        lines: dict[tuple[int, int], tuple[Point, ...]] = {}
        array = np.asarray(points, dtype=float).reshape(-1, 2)
        for index in range(self._first_rung, len(_LADDER)):
            if not wanted:
                break
            lines |= _solve(self._rung(index), array, wanted)
            wanted -= lines.keys()
        return lines


def _carve(
    polygon: Polygon | MultiPolygon, obstacles: Sequence[BaseGeometry]
) -> Polygon | MultiPolygon:
    """Take obstacles out of an outline, unless that would divide it."""
    carved = polygon
    for obstacle in obstacles:
        rest = as_area(carved.difference(obstacle.buffer(0)))
        if len(polygons_of(rest)) == len(polygons_of(carved)):
            carved = rest
    return carved


def _solve(
    rung: _Rung, points: Array, wanted: set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[Point, ...]]:
    """Find the wanted lines on one rung: first those in plain sight, then those round corners."""
    anchors, usable = rung.anchor(points)
    pairs = np.array(
        sorted(pair for pair in wanted if usable[pair[0]] and usable[pair[1]]), dtype=int
    ).reshape(-1, 2)
    if not len(pairs):
        return {}
    straight = rung.sees(anchors[pairs[:, 0]], anchors[pairs[:, 1]])
    lines = {
        (int(i), int(j)): _line(points, anchors, int(i), int(j), ()) for i, j in pairs[straight]
    }
    hidden = pairs[~straight]
    if len(hidden) and len(rung.corners):
        lines |= _solve_hidden(rung, points, anchors, hidden)
    return lines


def _solve_hidden(
    rung: _Rung, points: Array, anchors: Array, hidden: Array
) -> dict[tuple[int, int], tuple[Point, ...]]:
    """Find lines round corners by Dijkstra's search over the corners in sight of each other."""
    ends = np.unique(hidden)
    position = {int(end): k for k, end in enumerate(ends)}
    n = len(rung.corners)
    (ci, cj), (pi, pj) = rung.links, rung.sight(anchors[ends])
    nodes = np.concatenate([rung.corners, anchors[ends]])
    rows, columns = np.concatenate([ci, pi + n]), np.concatenate([cj, pj])
    lengths = np.maximum(np.hypot(*(nodes[rows] - nodes[columns]).T), 1e-9)
    graph = csr_array((lengths, (rows, columns)), shape=(len(nodes),) * 2)
    starts = np.unique(hidden[:, 0])
    row_of = {int(start): k for k, start in enumerate(starts)}
    distances, before = dijkstra(
        graph,
        directed=False,
        indices=[position[int(s)] + n for s in starts],
        return_predecessors=True,
    )
    lines = {}
    for i, j in hidden.tolist():
        row, node = row_of[i], position[j] + n
        if np.isfinite(distances[row, node]):
            corners = []
            while (node := int(before[row, node])) != position[i] + n:
                corners.append(tuple(nodes[node].tolist()))
            lines[i, j] = _line(points, anchors, i, j, tuple(reversed(corners)))
    return lines


def _line(
    points: Array, anchors: Array, i: int, j: int, corners: tuple[Point, ...]
) -> tuple[Point, ...]:
    """Join start, its anchor, corners, the end's anchor and the end, without repeated points."""
    raw: list[Point] = [tuple(points[i].tolist()), tuple(anchors[i].tolist()), *corners]
    raw += [tuple(anchors[j].tolist()), tuple(points[j].tolist())]
    line = [raw[0]]
    for point in raw[1:]:
        if abs(point[0] - line[-1][0]) > _TOLERANCE_M or abs(point[1] - line[-1][1]) > _TOLERANCE_M:
            line.append(point)
    return tuple(line) if len(line) > 1 else (raw[0], raw[-1])


def line_length_m(line: Sequence[Point]) -> float:
    """Length of a line of points in metres."""
    return sum(dist(*ends) for ends in pairwise(line))
