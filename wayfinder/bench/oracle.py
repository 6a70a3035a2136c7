"""The exact shortest line, by a library that shares no code with ours: extremitypathfinder."""

import warnings
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from math import dist
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Coordinates = tuple[float, float]

NAME = "extremitypathfinder"
LADDER = (1.0, 0.5, 0.2, 0.0)
"""Shares of the clearance that are tried in turn, as a space does."""

_FACETS = 8
_HAIR_M = 1e-3
_SAME_M = 1e-6


def is_installed() -> bool:
    """Tell whether the library is there; it is one for development."""
    try:
        import_module(NAME)
    except ImportError:
        return False
    return True


class Oracle:
    """Exact shortest lines in one space.

    Parameters
    ----------
    polygon
        The space in metres, obstacles taken out.
    clearance_m
        Distance from walls; where the space is too narrow for it, shares of it as in `LADDER`.
    """

    def __init__(self, polygon: Polygon | MultiPolygon, clearance_m: float) -> None:
        self._rungs = [_Rung(polygon, share * clearance_m) for share in LADDER]

    def find_length_m(self, start: Coordinates, end: Coordinates) -> float | None:
        """Return the length of the shortest line from edge to edge, or None where there is none."""
        for rung in self._rungs:
            length_m = rung.find_length_m(start, end)
            if length_m is not None:
                return length_m
        return None


class _Rung:
    """A space with one clearance."""

    def __init__(self, polygon: Polygon | MultiPolygon, clearance_m: float) -> None:
        self._polygon = polygon.buffer(_HAIR_M)
        shrunk = polygon.buffer(-clearance_m, quad_segs=_FACETS) if clearance_m else polygon
        # a hair more room than there is: points on the very edge are inside
        self._parts = [
            (part, part.buffer(_HAIR_M, join_style="mitre").simplify(_HAIR_M / 4))
            for part in shapely.get_parts(shrunk)
            if part.area > _HAIR_M
        ]
        self._load = cache(_load)

    def find_length_m(self, start: Coordinates, end: Coordinates) -> float | None:
        best: float | None = None
        for number, (part, _) in enumerate(self._parts):
            ends = [_nearest(part, point) for point in (start, end)]
            if not all(
                self._polygon.covers(shapely.LineString([point, anchor]))
                for point, anchor in zip((start, end), ends, strict=True)
            ):
                continue
            length_m = dist(start, ends[0]) + self._within(number, *ends) + dist(ends[1], end)
            best = length_m if best is None else min(best, length_m)
        return best

    def _within(self, number: int, start: Coordinates, end: Coordinates) -> float:
        room = self._parts[number][1]
        if dist(start, end) < _SAME_M:
            return 0.0
        _, length_m = self._load(room).find_shortest_path(start, end)
        if length_m is None:
            raise ValueError(f"{NAME} finds no line from {start} to {end} in one piece of space")
        return float(length_m)


def _nearest(part: BaseGeometry, point: Coordinates) -> Coordinates:
    found = shapely.get_point(shapely.shortest_line(part, Point(point)), 0)
    return float(found.x), float(found.y)


def _load(room: Polygon) -> Any:  # noqa: ANN401 - an untyped library's
    """Load a polygon into the library, which wants walls on the right of every edge."""
    environment = import_module(NAME).PolygonEnvironment()
    room = orient(room, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        environment.store(_ring(room.exterior), [_ring(ring) for ring in room.interiors])
        environment.prepare()
    return environment


def _ring(ring: BaseGeometry) -> Sequence[Coordinates]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)[:-1]]
