"""The free space of a unit, and the shortest lines through it that keep clear of walls.

A shortest line among obstacles bends only at corners that stick out into the space (Lozano-Pérez
and Wesley 1979), so the search is one over corners in sight of each other. The space is first
shrunk by a clearance; where it is too narrow for that, a smaller one is tried, down to none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import dist

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.rungs import Rung, anchor, find_sights, make_rungs, see
from wayfinder.graph.shapes import (
    TOLERANCE_M,
    Array,
    Line,
    Point,
    as_areas,
    as_objects,
    polygons_of,
)

CLEARANCE_M = 0.3
"""Half the width of a person with a bag; ours."""

_LADDER = (1.0, 0.5, 0.2, 0.0)
_MOST_VERTICES = 5_000
"""Of an outline that is shrunk; shrinking a hostile one of 20,000 takes a minute."""

_MOST_DISTANCES = 1_000_000
"""Of one search: 8 MB, and half as much for the way."""

_Pair = tuple[int, int]


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
        self.outline = polygon
        self.obstacles = obstacles

    @cached_property
    def polygon(self) -> Polygon | MultiPolygon:
        """The outline without the obstacles."""
        return _carve([self])[0]

    @property
    def free(self) -> Polygon | MultiPolygon:
        """The space shrunk by the clearance; empty where it is too narrow."""
        return _get_rungs([self], self.first_rung)[0].free

    @cached_property
    def rungs(self) -> dict[int, Rung]:
        """What was shrunk so far, by the place on the ladder of clearances."""
        return {}

    @cached_property
    def first_rung(self) -> int:
        """Place on the ladder of the widest clearance that is tried."""
        complex_outline = shapely.get_num_coordinates(self.outline) > _MOST_VERTICES
        return len(_LADDER) - 1 if complex_outline else 0

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
        return find_all_lines([self], [points])[0]


def find_all_lines(
    spaces: Sequence[Space], points: Sequence[Sequence[Point]]
) -> list[dict[_Pair, Line]]:
    """Find the shortest lines between all pairs of points in each of many spaces.

    Parameters
    ----------
    spaces
        Different ones.
    points
        Those of each, in metres, inside or on the edge.

    Returns
    -------
    list of dict
        For each space what `Space.find_lines` returns.
    """
    lines: list[dict[_Pair, Line]] = [{} for _ in spaces]
    wanted = [list(combinations(range(len(part)), 2)) for part in points]
    for index in range(len(_LADDER)):
        asked = [k for k, s in enumerate(spaces) if wanted[k] and s.first_rung <= index]
        if not asked:
            continue
        rungs = _get_rungs([spaces[k] for k in asked], index)
        found = _solve(rungs, [points[k] for k in asked], [wanted[k] for k in asked])
        for k, new in zip(asked, found, strict=True):
            lines[k] |= new
            wanted[k] = [pair for pair in wanted[k] if pair not in new]
    return lines


def _get_rungs(spaces: Sequence[Space], index: int) -> list[Rung]:
    """Return one rung of each space's ladder."""
    lacking = [space for space in spaces if index not in space.rungs]
    if lacking:
        shrinks = index + 1 < len(_LADDER)
        if shrinks:
            _prepare_polygons(lacking)
        areas = [space.polygon if shrinks else space.outline for space in lacking]
        by_clearance: dict[float, list[int]] = {}
        for k, space in enumerate(lacking):
            by_clearance.setdefault(space.clearance_m * _LADDER[index], []).append(k)
        for clearance_m, places in by_clearance.items():
            made = make_rungs([areas[k] for k in places], clearance_m)
            for k, rung in zip(places, made, strict=True):
                lacking[k].rungs[index] = rung
    return [space.rungs[index] for space in spaces]


def _prepare_polygons(spaces: Sequence[Space]) -> None:
    """Take the obstacles out of those spaces of which nobody asked yet."""
    whole = [space for space in spaces if "polygon" not in vars(space)]
    for space, polygon in zip(whole, _carve(whole), strict=True):
        vars(space)["polygon"] = polygon


def _carve(spaces: Sequence[Space]) -> list[Polygon | MultiPolygon]:
    """Take obstacles out of outlines, unless that would divide one, and return what is left.

    Of all spaces at once: first the first obstacle of each, then the second.
    """
    left = [space.outline for space in spaces]
    owners = [k for k, space in enumerate(spaces) for _ in space.obstacles]
    if not owners:
        return left
    every = as_objects([obstacle for space in spaces for obstacle in space.obstacles])
    # what stands outside, along the wall, takes nothing away
    meets = ~shapely.touches(as_objects(left)[owners], every)
    waiting: list[list[BaseGeometry]] = [[] for _ in spaces]
    for k, obstacle, stands_in in zip(owners, every.tolist(), meets.tolist(), strict=True):
        if stands_in:
            waiting[k].append(_as_solid(obstacle))
    parts = [len(polygons_of(outline)) if waiting[k] else 0 for k, outline in enumerate(left)]
    for turn in range(max(map(len, waiting))):
        asked = [k for k, solids in enumerate(waiting) if len(solids) > turn]
        solids = as_objects([waiting[k][turn] for k in asked])
        rest = as_areas(shapely.difference(as_objects([left[k] for k in asked]), solids).tolist())
        for k, carved in zip(asked, rest, strict=True):
            if (0 if carved.is_empty else shapely.get_num_geometries(carved)) == parts[k]:
                left[k] = carved
    return left


def _as_solid(obstacle: BaseGeometry) -> BaseGeometry:
    """Return an obstacle as an area that GEOS takes away without complaint."""
    return obstacle if isinstance(obstacle, Polygon) else obstacle.buffer(0)


def _solve(
    rungs: Sequence[Rung], points: Sequence[Sequence[Point]], wanted: Sequence[Sequence[_Pair]]
) -> list[dict[_Pair, Line]]:
    """Find the wanted lines on each rung: first those in plain sight, then those round corners."""
    places = [np.array(part, dtype=float).reshape(-1, 2) for part in points]
    anchors, ends, pairs = [], [], []
    for part, asked, (moved, may) in zip(points, wanted, anchor(rungs, places), strict=True):
        anchors.append(moved)
        # the lines share their ends: a large building has tens of thousands of them
        ends.append([(one, (x, y)) for one, (x, y) in zip(part, moved.tolist(), strict=True)])
        pairs.append(asked if all(may) else [(i, j) for i, j in asked if may[i] and may[j]])
    lines: list[dict[_Pair, Line]] = []
    bent = []
    found = [np.array(part, dtype=int).reshape(-1, 2) for part in pairs]
    starts, stops = ([a[f[:, n]] for a, f in zip(anchors, found, strict=True)] for n in (0, 1))
    for k, straight in enumerate(see(rungs, starts, stops)):
        plain = pairs[k] if straight.all() else found[k][straight].tolist()
        lines.append({(i, j): _line(ends[k][i], ends[k][j]) for i, j in plain})
        if len(plain) < len(pairs[k]) and len(rungs[k].corners):
            bent.append((k, found[k][~straight]))
    if not bent:
        return lines
    for (k, _), bends in zip(
        bent, _find_bends([(rungs[k], anchors[k], hidden) for k, hidden in bent]), strict=True
    ):
        lines[k] |= {(i, j): _line(ends[k][i], ends[k][j], via) for (i, j), via in bends.items()}
    return lines


def _find_bends(jobs: Sequence[tuple[Rung, Array, Array]]) -> list[dict[_Pair, Line]]:
    """Find the corners that lines go round by Dijkstra's search over those in sight of each other.

    Parameters
    ----------
    jobs
        For each space its rung, free points, shape (n, 2), and pairs of their indices, ascending,
        shape (pairs, 2).
    """
    ends = [np.unique(hidden) for _, _, hidden in jobs]
    places = [anchors[part] for (_, anchors, _), part in zip(jobs, ends, strict=True)]
    sights = find_sights([rung for rung, _, _ in jobs], places)
    mazes = [
        _make_maze(rung, part, points, hidden, sight)
        for (rung, _, hidden), part, points, sight in zip(jobs, ends, places, sights, strict=True)
    ]
    bends: list[dict[_Pair, Line]] = []
    while len(bends) < len(mazes):
        together = _count_together(mazes[len(bends) :])
        bends += _search(mazes[len(bends) :][:together])
    return bends


@dataclass(frozen=True, slots=True)
class _Maze:
    """What sees what among the corners of a space and the ends of lines, as a graph.

    Parameters
    ----------
    nodes
        Corners first, then ends, shape (nodes, 2).
    rows, columns
        Nodes that see each other, shape (sights,).
    position
        Index of an end to its node.
    starts
        Indices of the ends at which lines begin, ascending.
    hidden
        Pairs of indices of ends between which a line is wanted.
    """

    nodes: Array
    rows: Array
    columns: Array
    position: Mapping[int, int]
    starts: Sequence[int]
    hidden: Sequence[Sequence[int]]


def _make_maze(
    rung: Rung, ends: Array, points: Array, hidden: Array, sight: tuple[Array, Array]
) -> _Maze:
    """Make the graph of one job; `ends` are indices of `points`."""
    count = len(rung.corners)
    position = {end: k for k, end in enumerate(ends.tolist(), start=count)}
    (ci, cj), (pi, pj) = rung.links, sight
    nodes = np.concatenate([rung.corners, points])
    rows, columns = np.concatenate([ci, pi + count]), np.concatenate([cj, pj])
    starts = np.unique(hidden[:, 0]).tolist()
    return _Maze(nodes, rows, columns, position, starts, hidden.tolist())


def _count_together(mazes: Sequence[_Maze]) -> int:
    """Return how many of the first mazes are small enough for one search."""
    starts = nodes = 0
    for number, maze in enumerate(mazes):
        starts, nodes = starts + len(maze.starts), nodes + len(maze.nodes)
        if number and starts * nodes > _MOST_DISTANCES:
            return number
    return len(mazes)


def _search(mazes: Sequence[_Maze]) -> list[dict[_Pair, Line]]:
    """Find the corners between the ends of each maze, all of them side by side in one graph."""
    firsts = np.cumsum([0, *(len(maze.nodes) for maze in mazes)]).tolist()
    shifts = list(zip(mazes, firsts, strict=False))
    nodes = np.concatenate([maze.nodes for maze in mazes])
    rows = np.concatenate([maze.rows + first for maze, first in shifts])
    columns = np.concatenate([maze.columns + first for maze, first in shifts])
    lengths = np.maximum(np.hypot(*(nodes[rows] - nodes[columns]).T), 1e-9)
    distances, before = dijkstra(
        csr_array((lengths, (rows, columns)), shape=(len(nodes),) * 2),
        directed=False,
        indices=[maze.position[start] + first for maze, first in shifts for start in maze.starts],
        return_predecessors=True,
    )
    found, row = [], 0
    for maze, first in shifts:
        mine = slice(row, row + len(maze.starts)), slice(first, first + len(maze.nodes))
        found.append(_read_bends(maze, np.isfinite(distances[mine]), before[mine] - first))
        row += len(maze.starts)
    return found


def _read_bends(maze: _Maze, reached: Array, before: Array) -> dict[_Pair, Line]:
    """Read the corners between pairs of ends off the nodes before each, shape (starts, nodes)."""
    row_of = {start: row for row, start in enumerate(maze.starts)}
    corners: list[Point] = [(x, y) for x, y in maze.nodes.tolist()]
    is_reached, onward = reached.tolist(), before.tolist()
    bends = {}
    for i, j in maze.hidden:
        row, node = row_of[i], maze.position[j]
        if is_reached[row][node]:
            found = []
            while (node := onward[row][node]) != maze.position[i]:
                found.append(corners[node])
            bends[i, j] = tuple(reversed(found))
    return bends


def _line(start: tuple[Point, Point], end: tuple[Point, Point], corners: Line = ()) -> Line:
    """Join two points, each with its anchor, over corners, without repeated points."""
    line = [start[0]]
    for point in (start[1], *corners, end[1], end[0]):
        if abs(point[0] - line[-1][0]) > TOLERANCE_M or abs(point[1] - line[-1][1]) > TOLERANCE_M:
            line.append(point)
    return tuple(line) if len(line) > 1 else (start[0], end[0])


def line_length_m(line: Sequence[Point]) -> float:
    """Length of a line of points in metres."""
    return sum(map(dist, line, line[1:]))
