"""Long corridors and halls are divided into cells.

So a network grows with the rooms and not with their square.
A cut runs from wall to wall across the unit; its middle becomes a junction. Cuts lie on a grid
turned with the unit, at the offsets that make them shortest, so that they fall into the narrow
stretches between crossings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, hypot, radians, sin

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.shapes import Array, Point, as_objects, polygons_of

CELL_M = 14.0
"""A cell's side: about as far as one looks ahead for the next landmark (ours)."""

_MOST_PORTALS = 10
_LONG_M = 1.5 * CELL_M
_VERY_LONG_M = 2.5 * CELL_M
_OFFSETS = 7
_SPACING_M = 4.0
_MOST_A_SIDE = 4
_NARROWEST_M = 0.2
_MOST_ROWS = 20
"""Of a grid, each way: a unit longer than 280 m gets larger cells."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A junction: a point on a cut, the direction across it, and the two cells it joins."""

    point: Point
    heading: Point
    cells: tuple[int, int]


def find_long(outlines: Sequence[Polygon | MultiPolygon], counts: Sequence[int]) -> Array:
    """Tell which units `divide` may have to divide, shape (units,); most rooms it need not see.

    Parameters
    ----------
    outlines
        In metres.
    counts
        Number of points at which each is entered.
    """
    west, south, east, north = shapely.bounds(as_objects(outlines)).T
    limits_m = np.where(np.array(counts, dtype=int) > _MOST_PORTALS, _LONG_M, _VERY_LONG_M)
    return np.asarray(np.hypot(east - west, north - south) >= limits_m)


def divide(
    outline: Polygon | MultiPolygon, portals: Sequence[Point]
) -> tuple[list[Polygon | MultiPolygon], list[Cut]]:
    """Divide a unit where it is long or has many doors.

    Parameters
    ----------
    outline
        In metres.
    portals
        Points at which it is entered, in metres.

    Returns
    -------
    cells, cuts
        The cells, and the junctions between them; one cell and no junction for a room of ordinary
        size.
    """
    limit_m = _LONG_M if len(portals) > _MOST_PORTALS else _VERY_LONG_M
    if max(_sides_m(outline)) < limit_m:
        return [outline], []
    angle = _turn_deg(outline)
    centre = outline.centroid
    upright = affinity.rotate(outline, -angle, origin=centre)
    lines = _grid(upright)
    cells = [
        cell
        for tile in shapely.intersection(upright, _tiles(upright, lines)).tolist()
        for cell in polygons_of(tile)
    ]
    if len(cells) < 2:
        return [outline], []
    cuts = _cuts(cells)
    together = affinity.rotate(GeometryCollection(cells), angle, origin=centre)
    turned: list[Polygon | MultiPolygon] = shapely.get_parts(together).tolist()
    return turned, [_turn(cut, angle, (centre.x, centre.y)) for cut in cuts]


def locate(cells: Sequence[BaseGeometry], points: Sequence[Point]) -> list[int]:
    """Return for each point the index of the cell that it lies in or is nearest to."""
    if len(cells) == 1 or not points:
        return [0] * len(points)
    places = np.asarray(shapely.points(np.array(points, dtype=float)))
    nearest: list[int] = np.argmin(
        shapely.distance(np.array(cells, dtype=object)[:, None], places[None]), axis=0
    ).tolist()
    return nearest


def _sides_m(outline: BaseGeometry) -> tuple[float, float]:
    """Return the sides of the smallest box round an outline, turned as need be."""
    points = shapely.get_coordinates(outline.minimum_rotated_rectangle)
    if len(points) < 4:
        return outline.length / 2, 0.0
    return hypot(*(points[1] - points[0])), hypot(*(points[2] - points[1]))


def _turn_deg(outline: BaseGeometry) -> float:
    """Return the direction of most of the walls, modulo 90 degrees."""
    steps = np.concatenate(
        [
            np.diff(shapely.get_coordinates(ring), axis=0)
            for polygon in polygons_of(outline)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
    )
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    angles = np.arctan2(steps[:, 1], steps[:, 0])
    fourfold = np.angle(np.sum(lengths * np.exp(4j * angles))) / 4
    return float(np.degrees(fourfold))


def _grid(upright: BaseGeometry) -> tuple[list[float], list[float]]:
    """Choose the x and y at which to cut."""
    west, south, east, north = upright.bounds
    walls = _list_walls(upright)
    return _spaced(walls, west, east), _spaced(walls[:, :, ::-1], south, north)


def _spaced(walls: Array, low: float, high: float) -> list[float]:
    """Choose each cut near its place in an even row: the offset with the least length inside.

    Parameters
    ----------
    walls
        Ends of all walls in metres, shape (walls, 2, 2), the axis that is cut first.
    low, high
        Where the outline begins and ends along that axis, in metres.
    """
    count = min(ceil((high - low) / CELL_M), _MOST_ROWS)
    if count < 2:
        return []
    step = (high - low) / count
    chosen = []
    for k in range(1, count):
        options = [
            low + step * k + step * 0.35 * (o / (_OFFSETS // 2) - 1) for o in range(_OFFSETS)
        ]
        # a line through a whole row of rooms' niches is as good as any; prefer the even place
        costs = _lengths_inside(walls, options) + [
            abs(at - (low + step * k)) * 0.05 for at in options
        ]
        chosen.append(options[int(np.argmin(costs))])
    return chosen


def _list_walls(outline: BaseGeometry) -> Array:
    """Return the ends of all walls, shape (walls, 2, 2)."""
    points, ring_of_point = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(outline)), return_index=True
    )
    same = ring_of_point[1:] == ring_of_point[:-1]
    return np.stack([points[:-1][same], points[1:][same]], axis=1)


def _lengths_inside(walls: Array, places: Sequence[float]) -> Array:
    """Return how much of the lines across an axis at some places lies inside, shape (places,).

    Where a line meets the walls it goes in and out by turns; along a wall it is taken for one a
    hair beyond.
    """
    (x0, y0), (x1, y1) = walls[:, 0].T, walls[:, 1].T
    at = np.array(places)[:, None]
    meets = (x0 <= at) != (x1 <= at)
    with np.errstate(divide="ignore", invalid="ignore"):  # along it, which is not met
        y = np.where(meets, y0 + (at - x0) * ((y1 - y0) / (x1 - x0)), np.inf)
    y.sort(axis=1)
    # a ring comes back to where it began, so that both ends of a pair are met or neither is
    most = int(meets.sum(axis=1).max(initial=0))
    y = np.where(np.isfinite(y[:, :most]), y[:, :most], 0.0)
    return np.asarray((y[:, 1::2] - y[:, ::2]).sum(axis=1))


def _tiles(upright: BaseGeometry, lines: tuple[list[float], list[float]]) -> Array:
    """Return the tiles of the grid."""
    west, south, east, north = upright.bounds
    xs, ys = [west - 1, *lines[0], east + 1], [south - 1, *lines[1], north + 1]
    corners = [(x0, y0, x1, y1) for x0, x1 in pairwise(xs) for y0, y1 in pairwise(ys)]
    return np.asarray(shapely.box(*np.array(corners).T))


def _cuts(cells: Sequence[Polygon]) -> list[Cut]:
    """Set junctions where cells touch: along the lines of the grid, so they share them exactly."""
    every = as_objects(cells)
    one, other = shapely.STRtree(every).query(every, predicate="touches")
    pairs = sorted((i, j) for i, j in zip(one.tolist(), other.tolist(), strict=True) if i < j)
    if not pairs:
        return []
    ends = np.array(pairs)
    shared = shapely.intersection(every[ends[:, 0]], every[ends[:, 1]])
    parts, pair_of_part = shapely.get_parts(shared, return_index=True)
    found = zip(shapely.bounds(parts).tolist(), pair_of_part.tolist(), strict=True)
    return [cut for bounds, pair in found for cut in _spread(bounds, pairs[pair])]


def _spread(bounds: Sequence[float], cells: tuple[int, int]) -> list[Cut]:
    """Set junctions along one stretch, one every few metres."""
    west, south, east, north = bounds
    upright = north - south > east - west
    length = north - south if upright else east - west
    if not length >= _NARROWEST_M:  # an empty one has none
        return []
    heading = (1.0, 0.0) if upright else (0.0, 1.0)
    count = min(max(1, round(length / _SPACING_M)), _MOST_A_SIDE)
    places = [(k + 0.5) / count for k in range(count)]
    return [
        Cut((west + (east - west) * p, south + (north - south) * p), heading, cells) for p in places
    ]


def _turn(cut: Cut, angle_deg: float, centre: Point) -> Cut:
    """Turn a cut back into the plan's frame."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    dx, dy = cut.point[0] - centre[0], cut.point[1] - centre[1]
    point = (centre[0] + dx * c - dy * s, centre[1] + dx * s + dy * c)
    heading = (cut.heading[0] * c - cut.heading[1] * s, cut.heading[0] * s + cut.heading[1] * c)
    return Cut(point, heading, cut.cells)
