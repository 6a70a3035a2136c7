"""The shapes of a level as items that its signs share, in pixels with north up."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry import MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.areas import Area
from wayfinder.draw.scene import Scene
from wayfinder.draw.shapes import LEAF_FROM_PX_PER_M, make_treads
from wayfinder.draw.signs.display import Fill, Stroke
from wayfinder.draw.signs.outlines import Outline, trace
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View
from wayfinder.draw.walls import INNER_WALL_M, OUTER_WALL_M

_TOLERANCE_PX = 0.1
_PATTERN_PX = 5.0
_PATTERN_WIDTH_PX = 0.7
_ANGLES = {"hatch": (45.0,), "cross": (45.0, -45.0), "dots": (90.0,)}
"""Directions of the lines that stand for a pattern; a lawn of single dots would weigh too much."""


def draw_ground(scene: Scene, theme: Theme, px_per_m: float) -> Iterator[Fill | Stroke]:
    """Draw everything that is neither text nor symbol, from the ground up; see `write_shapes`.

    Each area is an item of its own, so that a map that shows few of them is small.
    """
    view, ink = View(0.0, px_per_m, (0.0, 0.0), (0.0, 0.0, 0.0, 0.0)), theme.ink
    yield from _fill([view.shape(scene.floor)], ink["floor"])
    yield from _fill([view.shape(scene.beside)], ink["floor"])
    yield from _stroke(_outlines([view.shape(scene.beside)]), ink["line"], 1.0)
    yield from _draw_areas([a for a in scene.areas if a.outdoor], theme, view)
    for colour, more in ((ink["way-edge"], 1.6), (ink["way"], 0.0)):
        for way in scene.ways:
            width = max(way.width_m * px_per_m, 3.0) + more
            yield from _stroke([view.shape(way.line)], colour, width)
    yield from _draw_areas([a for a in scene.areas if not a.outdoor], theme, view)
    for flight in scene.flights:
        yield from _stroke(make_treads(flight, view), ink["tread"], 0.8)
    yield from _stroke(_each(view.shape(scene.details)), ink["line"], 0.6)
    yield from _fill(_each(view.shape(scene.walls.solid)), ink["wall"])
    inner, outer = max(INNER_WALL_M * px_per_m, 0.9), max(OUTER_WALL_M * px_per_m, 1.6)
    yield from _stroke(_each(view.shape(scene.walls.inner)), ink["wall"], min(inner, 3.5))
    yield from _stroke(_each(view.shape(scene.walls.outer)), ink["wall-outer"], min(outer, 5.5))
    if px_per_m >= LEAF_FROM_PX_PER_M:
        leaves = [view.shape(leaf) for door in scene.doors for leaf in door.leaves]
        yield from _stroke(leaves, ink["door"], 1.0)


def _each(shape: BaseGeometry) -> list[BaseGeometry]:
    return list(shapely.get_parts(shape))


def _outlines(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    return [shapely.boundary(shape) for shape in shapes]


def _draw_areas(areas: Sequence[Area], theme: Theme, view: View) -> Iterator[Fill | Stroke]:
    for area in areas:
        shape = view.shape(area.outline)
        yield from _fill([shape], theme.fills[area.kind])
        pattern = theme.patterns.get(area.kind)
        if pattern:
            yield from _draw_pattern(shape, pattern, theme.ink["pattern"])


def _draw_pattern(shape: BaseGeometry, pattern: str, colour: str) -> Iterator[Stroke]:
    """Draw lines across an area, so that it differs from others on a grey copy too."""
    left, top, right, bottom = shape.bounds
    x, y, reach = (left + right) / 2, (top + bottom) / 2, np.hypot(right - left, bottom - top) / 2
    offsets = np.arange(-np.ceil(reach / _PATTERN_PX), np.ceil(reach / _PATTERN_PX) + 1)
    for angle in _ANGLES[pattern]:
        t = np.radians(angle)
        along, across = np.array([np.cos(t), np.sin(t)]), np.array([-np.sin(t), np.cos(t)])
        middles = np.array([x, y]) + (offsets * _PATTERN_PX)[:, None] * across
        ends = np.stack([middles - reach * along, middles + reach * along], axis=1)
        lines = MultiLineString([pair.tolist() for pair in ends]).intersection(shape)
        yield from _stroke([lines], colour, _PATTERN_WIDTH_PX)


def _fill(shapes: Iterable[BaseGeometry], colour: str) -> Iterator[Fill]:
    for shape in shapes:
        polygons = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon)]
        outline = trace(polygons, _TOLERANCE_PX)
        if outline.commands:
            yield Fill(outline, colour)


def _stroke(shapes: Iterable[BaseGeometry], colour: str, width: float) -> Iterator[Stroke]:
    """Draw lines; near ones as one item, which keeps files small and long ones apart."""
    outlines = [trace([shape], _TOLERANCE_PX) for shape in shapes]
    for group in _group(outline for outline in outlines if outline.commands):
        yield Stroke(group, colour, width, round_ends=False)


def _group(outlines: Iterable[Outline]) -> Iterator[Outline]:
    """Join outlines whose middles lie in the same square of a grid."""
    side = 120.0
    cells: dict[tuple[int, int], list[Outline]] = {}
    for outline in outlines:
        left, top, right, bottom = outline.bounds
        cell = (int((left + right) / 2 // side), int((top + bottom) / 2 // side))
        cells.setdefault(cell, []).append(outline)
    for group in cells.values():
        commands = "".join(outline.commands for outline in group)
        yield Outline(commands, np.vstack([outline.points for outline in group]))
