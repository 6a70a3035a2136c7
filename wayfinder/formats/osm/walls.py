"""The walls that doors stand in: found by place, with the direction they run there."""

from collections.abc import Sequence
from functools import cached_property
from math import acos, degrees, hypot

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from wayfinder.formats.osm.survey import SNAP_M, AreaElement

DRAWN_WIDTH_M = 0.9
"""How wide a door is drawn whose width is not tagged (ours); its clear width stays unknown."""

_SHORTEST_M = 0.2
_SMALLEST_M = 1e-6
_ON_WALL_M = 0.03
_STRAIGHT_DEG = 12.0
_MOST_AREAS = 8
"""Areas that a door may touch on one level: more are drawn on top of each other."""

Direction = tuple[float, float]


class Walls:
    """The outlines of all areas, found by place."""

    def __init__(self, areas: Sequence[AreaElement]) -> None:
        self._areas = areas

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([area.outline_m.boundary for area in self._areas])

    def touching(self, point: Point, distance_m: float = SNAP_M) -> list[AreaElement]:
        """List the areas on whose outline a point lies."""
        found = self._tree.query(point, predicate="dwithin", distance=distance_m)
        return [self._areas[i] for i in sorted(found)]


def door_line(point: Point, areas: Sequence[AreaElement], width_m: float | None) -> LineString:
    """Return a door's line: of its width, centred at its node, along the wall it stands in.

    Where the wall bends at the node, it lies along the piece of wall that two areas share.
    """
    width = max(width_m or DRAWN_WIDTH_M, _SHORTEST_M)
    reaches = [_reaches(point, area, width / 2) for area in areas[:_MOST_AREAS]]
    candidates = [direction for found in reaches for direction, _ in found]
    if not candidates:
        return LineString([(point.x - width / 2, point.y), (point.x + width / 2, point.y)])
    scored = [(_shared_reach(direction, reaches), direction) for direction in candidates]
    best = max(scored, key=lambda entry: entry[0])
    opposite = [e for e in scored if _angle_deg(e[1], _turned(best[1])) < _STRAIGHT_DEG]
    back = max(opposite, key=lambda entry: entry[0], default=None)
    dx, dy = best[1]
    ahead = max(best[0][1], _SHORTEST_M)
    if back is None or back[0][0] < best[0][0]:
        return LineString([(point.x, point.y), (point.x + dx * ahead, point.y + dy * ahead)])
    bx, by = back[1]
    behind = max(back[0][1], _SHORTEST_M)
    return LineString(
        [
            (point.x + bx * behind, point.y + by * behind),
            (point.x + dx * ahead, point.y + dy * ahead),
        ]
    )


def _reaches(point: Point, area: AreaElement, half_m: float) -> list[tuple[Direction, float]]:
    """List the directions in which an outline leaves a point, and how far it goes straight."""
    reaches = []
    for ring in shapely.get_parts(area.outline_m.boundary):
        vertices = shapely.get_coordinates(ring)
        steps = np.diff(vertices, axis=0)
        lengths = np.hypot(*steps.T)
        long = lengths > _SMALLEST_M
        starts, steps, lengths = (
            vertices[:-1][long],
            steps[long] / lengths[long, None],
            lengths[long],
        )
        along = np.clip((((point.x, point.y) - starts) * steps).sum(axis=1), 0, lengths)
        away = np.hypot(*(starts + steps * along[:, None] - (point.x, point.y)).T)
        if not away.size or away.min() > SNAP_M:
            continue
        for k in np.flatnonzero(away <= max(_ON_WALL_M, away.min())):
            for sign, length in ((1, lengths[k] - along[k]), (-1, along[k])):
                if length > _ON_WALL_M:
                    direction = (float(steps[k, 0] * sign), float(steps[k, 1] * sign))
                    reaches.append((direction, min(float(length), half_m)))
    return reaches


def _shared_reach(
    direction: Direction, reaches: Sequence[Sequence[tuple[Direction, float]]]
) -> tuple[int, float]:
    """Return how many areas have a wall in a direction, and how far all of these go."""
    found = [
        max(
            (length for other, length in of_area if _angle_deg(direction, other) < _STRAIGHT_DEG),
            default=0.0,
        )
        for of_area in reaches
    ]
    lengths = sorted((length for length in found if length > 0), reverse=True)
    return min(len(lengths), 2), lengths[min(len(lengths), 2) - 1]


def _turned(direction: Direction) -> Direction:
    return -direction[0], -direction[1]


def _angle_deg(one: Direction, other: Direction) -> float:
    """Return the angle between two unit vectors in degrees."""
    cosine = (one[0] * other[0] + one[1] * other[1]) / (hypot(*one) * hypot(*other))
    return degrees(acos(max(-1.0, min(1.0, cosine))))
