"""Spaces shrunk by a clearance, and what sees what in them: many spaces at once.

What is asked of GEOS is asked for all of them together: a building has thousands of rooms, most of
which are so simple that the asking takes longer than the answer.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.graph.shapes import (
    TOLERANCE_M,
    Array,
    are_sound,
    as_areas,
    as_objects,
    polygons_of,
)

_SIMPLIFY_M = 0.02
_FACETS = 2
_MOST_CORNERS = 1500
"""Corners that a search considers: a real corridor has some hundred, a hostile one any number."""
_STRAIGHT_M2 = 1e-9
"""Cross product of two walls below which they are one."""
_NO_POINTS = np.zeros((0, 2))

_Pairs = tuple[Array, Array]
_NO_PAIRS: _Pairs = (np.zeros(0, dtype=int), np.zeros(0, dtype=int))

_Corners = tuple[Array, Array, Array]
"""Corners that stick out into an area and their neighbours on the ring, each of shape (n, 2)."""


class Rung:
    """A space shrunk by one clearance, with its corners and which of them see each other.

    Parameters
    ----------
    area
        The space.
    free
        What is left of it.
    found
        What sticks out into that, with the points before and after.
    plain
        Whether every line is straight in both.

    Attributes
    ----------
    is_convex
        Whether every line in what is left is straight.
    corners
        What sticks out into it, shape (corners, 2).
    links
        Pairs of corners between which a shortest line may run; empty until `is_linked`.
    """

    def __init__(
        self, area: BaseGeometry, free: Polygon | MultiPolygon, found: _Corners, *, plain: bool
    ) -> None:
        self.free = free
        self.area = area
        self.is_convex = isinstance(free, Polygon) and not len(found[0])
        # in most rooms nothing stands in the way: what is asked of them is not asked of GEOS
        self.is_plain = self.is_convex and plain
        step = -(-len(found[0]) // _MOST_CORNERS) or 1
        self.corners, self.before, self.after = (part[::step] for part in found)
        self.links, self.is_linked = _NO_PAIRS, False

    @cached_property
    def loose(self) -> BaseGeometry:
        """The free space, a hair wider: what runs along its edge is inside."""
        return _widen([self.free])[0]

    @cached_property
    def loose_area(self) -> BaseGeometry:
        """The space that was shrunk, a hair wider."""
        return _widen([self.area])[0]

    def list_sights(self, points: Array) -> _Pairs:
        """List which point (index) may see which corner (index) along a line that bends there."""
        if not len(self.corners) or not len(points):
            return _NO_PAIRS
        grazes = _touches(
            points[:, None, :], self.corners[None], self.before[None], self.after[None]
        )
        i, j = np.nonzero(grazes)
        return i, j

    def list_links(self) -> _Pairs:
        """List pairs of corners between which a shortest line might run, if nothing is between."""
        i, j = np.nonzero(np.triu(np.ones((len(self.corners),) * 2, dtype=bool), 1))
        c, b, a = self.corners, self.before, self.after
        good = _touches(c[i], c[j], b[j], a[j]) & _touches(c[j], c[i], b[i], a[i])
        return i[good], j[good]


def make_rungs(areas: Sequence[BaseGeometry], clearance_m: float) -> list[Rung]:
    """Shrink spaces by a clearance in metres."""
    shrunk: Sequence[BaseGeometry] = areas
    if clearance_m:
        shrunk = _simplify(
            shapely.buffer(as_objects(areas), -clearance_m, quad_segs=_FACETS), clearance_m
        )
    free = as_areas(shrunk)
    found = _find_corners([*free, *areas])
    return [
        Rung(area, left, inner, plain=isinstance(area, Polygon) and not len(outer[0]))
        for area, left, inner, outer in zip(
            areas, free, found[: len(free)], found[len(free) :], strict=True
        )
    ]


def _simplify(shrunk: Array, clearance_m: float) -> list[BaseGeometry]:
    """Drop vertices that matter less than the clearance, more of them where there are very many."""
    simple: list[BaseGeometry] = shrunk.tolist()
    left = np.arange(len(simple))
    tolerance_m = _SIMPLIFY_M
    while tolerance_m < clearance_m / 2 and len(left):
        tried = shapely.simplify(shrunk[left], tolerance_m)
        few = shapely.get_num_coordinates(tried) <= _MOST_CORNERS
        for index, geometry in zip(left[few].tolist(), tried[few].tolist(), strict=True):
            simple[index] = geometry
        left = left[~few]
        tolerance_m *= 2
    return simple


def _find_corners(areas: Sequence[BaseGeometry]) -> list[_Corners]:
    """Return the corners that stick out into each area: where its ring turns from what is filled.

    Cross products are those of each corner with the points before and after it on its ring.
    """
    polygons: list[Polygon] = []
    owners: list[int] = []
    for index, (area, sound) in enumerate(zip(areas, are_sound(areas).tolist(), strict=True)):
        parts = [area] if sound and isinstance(area, Polygon) else polygons_of(area)
        polygons += parts
        owners += [index] * len(parts)
    if not polygons:
        return [(_NO_POINTS,) * 3] * len(areas)
    rings, polygon_of_ring = shapely.get_rings(as_objects(polygons), return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    is_first = np.diff(polygon_of_ring, prepend=-1) != 0
    filled_left = shapely.is_ccw(rings) == is_first
    # the last point of a ring is its first again
    starts = np.flatnonzero(np.diff(ring_of_point, prepend=-1))
    lasts = np.append(starts[1:], len(points)) - 1
    before = np.arange(len(points)) - 1
    before[starts] = lasts - 1
    after = np.arange(len(points)) + 1
    own = np.ones(len(points), dtype=bool)
    own[lasts] = False
    (x, y), (bx, by), (ax, ay) = points[own].T, points[before[own]].T, points[after[own]].T
    cross = (x - bx) * (ay - y) - (y - by) * (ax - x)
    left = filled_left[ring_of_point[own]]
    out = np.flatnonzero(np.where(left, cross < -_STRAIGHT_M2, cross > _STRAIGHT_M2))
    owner = np.array(owners, dtype=int)[polygon_of_ring[ring_of_point[own][out]]]
    every = np.stack([points[own][out], points[before[own][out]], points[after[own][out]]])
    bounds = np.searchsorted(owner, np.arange(len(areas) + 1)).tolist()
    return [
        (every[0, i:j], every[1, i:j], every[2, i:j]) if j > i else (_NO_POINTS,) * 3
        for i, j in pairwise(bounds)
    ]


def _touches(points: Array, corners: Array, before: Array, after: Array) -> Array:
    """Tell whether the line from a point to a corner (broadcast) grazes it or hits the wall."""
    along = corners - points
    one = along[..., 0] * (before - corners)[..., 1] - along[..., 1] * (before - corners)[..., 0]
    other = along[..., 0] * (after - corners)[..., 1] - along[..., 1] * (after - corners)[..., 0]
    return np.asarray(one * other >= -1e-9)


_ASKING = Lock()
"""GEOS keeps what it finds out in a prepared shape, without a lock of its own: two threads that ask
one shape at once end the process."""


def _widen(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return areas wider by the tolerance, prepared for many questions."""
    wide = shapely.buffer(as_objects(areas), TOLERANCE_M, quad_segs=16, join_style="mitre")
    shapely.prepare(wide)
    widened: list[BaseGeometry] = wide.tolist()
    return widened


def _loosen(rungs: Sequence[Rung], name: str, of: str) -> None:
    """Make the wider areas that some rungs still lack."""
    lacking = [rung for rung in rungs if name not in vars(rung)]
    if not lacking:
        return
    for rung, wide in zip(lacking, _widen([getattr(rung, of) for rung in lacking]), strict=True):
        vars(rung)[name] = wide


def see(rungs: Sequence[Rung], starts: Sequence[Array], ends: Sequence[Array]) -> list[Array]:
    """Tell on each rung for pairs of free points (n, 2) whether the line between them is free."""
    seen = [np.ones(len(points), dtype=bool) for points in starts]
    asked = [k for k, rung in enumerate(rungs) if len(starts[k]) and not rung.is_convex]
    if asked:
        _loosen([rungs[k] for k in asked], "loose", "free")
        ends_of = [_join([part[k] for k in asked]) for part in (starts, ends)]
        counts = [len(starts[k]) for k in asked]
        loose = _repeat([rungs[k].loose for k in asked], counts)
        free = _covers(loose, shapely.linestrings(np.stack(ends_of, axis=1)))
        for k, part in zip(asked, _split(np.asarray(free), counts), strict=True):
            seen[k] = part
    return seen


def anchor(rungs: Sequence[Rung], points: Sequence[Array]) -> list[tuple[Array, list[bool]]]:
    """Move points (n, 2) into the free space of each rung; tell which could without leaving it."""
    moved = [(part, [False] * len(part)) for part in points]
    asked = [k for k, rung in enumerate(rungs) if len(points[k]) and not rung.free.is_empty]
    if not asked:
        return moved
    _loosen([rungs[k] for k in asked if not rungs[k].is_plain], "loose_area", "area")
    counts = [len(points[k]) for k in asked]
    where = np.asarray(shapely.points(_join([points[k] for k in asked])))
    stubs = shapely.shortest_line(where, _repeat([rungs[k].free for k in asked], counts))
    anchors = _split(shapely.get_coordinates(stubs)[1::2], counts)
    stays = _stay([rungs[k] for k in asked], counts, where, stubs)
    for k, place, stay in zip(asked, anchors, _split(stays, counts), strict=True):
        moved[k] = place, stay.tolist()
    return moved


def _stay(rungs: Sequence[Rung], counts: Sequence[int], where: Array, stubs: Array) -> Array:
    """Tell which lines from points into the free space stay in the space: so many of each rung."""
    areas = _repeat([rung.area if rung.is_plain else rung.loose_area for rung in rungs], counts)
    plain = [rung.is_plain for rung in rungs]
    # a convex area holds a line if it holds its ends
    if all(plain):
        return np.asarray(shapely.dwithin(where, areas, TOLERANCE_M))
    if not any(plain):
        return _covers(areas, stubs)
    mask = np.repeat(np.array(plain), counts)
    stays = np.empty(len(where), dtype=bool)
    stays[mask] = shapely.dwithin(where[mask], areas[mask], TOLERANCE_M)
    stays[~mask] = _covers(areas[~mask], stubs[~mask])
    return stays


def _covers(loose: Any, lines: Any) -> Array:  # noqa: ANN401 - one, or an array of them
    """Tell which lines prepared areas hold, one thread at a time."""
    with _ASKING:
        return np.asarray(shapely.covers(loose, lines))


def _join(parts: Sequence[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _split(joined: Array, counts: Sequence[int]) -> list[Array]:
    return [joined] if len(counts) == 1 else np.split(joined, np.cumsum(counts)[:-1])


def _repeat(areas: Sequence[BaseGeometry], counts: Sequence[int]) -> Any:  # noqa: ANN401 - see below
    """Return each area so many times; a single one as it is, which GEOS takes for all."""
    return areas[0] if len(areas) == 1 else np.repeat(as_objects(areas), counts)


def find_sights(rungs: Sequence[Rung], points: Sequence[Array]) -> list[_Pairs]:
    """Find on each rung which point (index) sees which corner; and its links, where unknown."""
    unlinked = [rung for rung in rungs if not rung.is_linked]
    links = [rung.list_links() for rung in unlinked]
    sights = [rung.list_sights(part) for rung, part in zip(rungs, points, strict=True)]
    starts = [rung.corners[i] for rung, (i, _) in zip(unlinked, links, strict=True)]
    starts += [part[i] for part, (i, _) in zip(points, sights, strict=True)]
    every = [*unlinked, *rungs]
    ends = [rung.corners[j] for rung, (_, j) in zip(every, (*links, *sights), strict=True)]
    kept = [
        (i[free], j[free])
        for (i, j), free in zip((*links, *sights), see(every, starts, ends), strict=True)
    ]
    for rung, pairs in zip(unlinked, kept[: len(unlinked)], strict=True):
        rung.links, rung.is_linked = pairs, True
    return kept[len(unlinked) :]
