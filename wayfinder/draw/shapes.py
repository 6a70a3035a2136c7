"""The shapes of a level as SVG: all that is neither symbol nor text, from the ground up."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.paths import UNITS, line_path, number, polygon_path
from wayfinder.draw.scene import Area, Flight, Scene
from wayfinder.draw.text import attribute
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy
from wayfinder.draw.walls import INNER_WALL_M, OUTER_WALL_M

LEAF_FROM_PX_PER_M = 6.0


def write_shapes(
    scene: Scene, theme: Theme, view: View, *, ids: bool, marked: Sequence[Xy] = ()
) -> Iterable[str]:
    """Write everything that is neither text nor symbol, from the ground up.

    Parameters
    ----------
    scene, theme, view
        What is drawn, and how.
    ids
        Whether each area is a shape of its own.
    marked
        Points in metres whose room is marked as a destination.
    """
    clip = _Clip(view)
    ink = theme.ink
    yield _path(polygon_path([clip.shape(scene.floor)]), f'fill="{ink["floor"]}"')
    yield _path(
        polygon_path([clip.shape(scene.beside)]),
        f'fill="{ink["floor"]}" stroke="{ink["line"]}" stroke-width="{UNITS}"',
    )
    yield from _write_areas([area for area in scene.areas if area.outdoor], clip, ids=ids)
    yield from _write_ways(scene, theme, clip)
    yield from _write_areas([area for area in scene.areas if not area.outdoor], clip, ids=ids)
    treads = [line for flight in scene.flights for line in make_treads(flight, view)]
    yield _stroke(line_path(treads), ink["tread"], 0.8)
    yield _stroke(line_path([clip.shape(scene.details)]), ink["line"], 0.6)
    yield _path(polygon_path([clip.shape(scene.walls.solid)]), f'fill="{ink["wall"]}"')
    inner, outer = max(INNER_WALL_M * view.px_per_m, 0.9), max(OUTER_WALL_M * view.px_per_m, 1.6)
    yield _stroke(line_path([clip.shape(scene.walls.inner)]), ink["wall"], min(inner, 3.5))
    yield _stroke(line_path([clip.shape(scene.walls.outer)]), ink["wall-outer"], min(outer, 5.5))
    goals = [clip.shape(_inset(area.outline)) for area in _find_marked(scene.areas, marked)]
    yield _path(
        polygon_path(goals),
        f'fill="{ink["end"]}" fill-opacity=".14" stroke="{ink["end"]}"'
        f' stroke-width="{number(2.5 * UNITS)}"',
    )
    if view.px_per_m >= LEAF_FROM_PX_PER_M:
        leaves = [clip.shape(leaf) for door in scene.doors for leaf in door.leaves]
        yield _stroke(line_path(leaves), ink["door"], 1.0)


def _find_marked(areas: Sequence[Area], points: Sequence[Xy]) -> list[Area]:
    """Find the smallest room around each point; an open area is too large to be marked."""
    found: list[Area] = []
    for point in points:
        around = [a for a in areas if a.walled and a.outline.covers(Point(point))]
        found += sorted(around, key=lambda area: (area.outline.area, area.feature))[:1]
    return found


def _inset(outline: BaseGeometry) -> BaseGeometry:
    return outline.buffer(-INNER_WALL_M, join_style="mitre")


def _write_ways(scene: Scene, theme: Theme, clip: "_Clip") -> Iterable[str]:
    """Write footways as ribbons: their edges first, so that crossings are open."""
    scale = clip.view.px_per_m
    lines = [(clip.shape(way.line), max(way.width_m * scale, 3.0)) for way in scene.ways]
    for colour, more in ((theme.ink["way-edge"], 1.6), (theme.ink["way"], 0.0)):
        for width in sorted({round(width, 1) for _, width in lines}):
            data = line_path([line for line, own in lines if round(own, 1) == width])
            yield _stroke(data, colour, width + more, ' stroke-linecap="round"')


def _write_areas(areas: Sequence[Area], clip: "_Clip", *, ids: bool) -> Iterable[str]:
    """Write areas layer by layer, one path a kind, or each by itself with its id."""
    if ids:
        for area in areas:
            data = polygon_path([clip.shape(area.outline)])
            yield _path(data, f'class="k-{area.kind}" data-id="{attribute(area.feature)}"')
        return
    groups: dict[tuple[int, str], list[BaseGeometry]] = {}
    for area in areas:
        groups.setdefault((area.layer, area.kind), []).append(clip.shape(area.outline))
    for (_, kind), shapes in sorted(groups.items(), key=lambda item: item[0]):
        yield _path(polygon_path(shapes), f'class="k-{kind}"')


def _path(data: str, attributes: str) -> str:
    return f'<path {attributes} d="{data}"/>' if data else ""


def _stroke(data: str, colour: str, width: float, more: str = "") -> str:
    return _path(data, f'class="n" stroke="{colour}" stroke-width="{number(width * UNITS)}"{more}')


class _Clip:
    """Turns shapes into pixels and drops what lies outside the map's frame."""

    def __init__(self, view: View) -> None:
        self.view = view
        left, top, right, bottom = view.frame
        self._frame = shapely.box(left - 10, top - 10, right + 10, bottom + 10)

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in pixels, cut where it leaves the frame."""
        seen = self.view.shape(shape)
        if seen.is_empty or self._frame.contains(shapely.box(*seen.bounds)):
            return seen
        if not self._frame.intersects(seen):
            return Polygon()
        return seen.intersection(self._frame)


def make_treads(flight: Flight, view: View) -> list[BaseGeometry]:
    """Draw the steps of a flight across its direction, none closer than the eye can part."""
    if flight.category in {"ramp", "movingwalkway"}:
        return []
    outline = view.shape(flight.outline)
    spacing = max(0.3 * view.px_per_m, 3.4)
    angle = np.radians(view.angle(flight.axis_deg))
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    points = shapely.get_coordinates(outline)
    if len(points) == 0:
        return []
    low, high = (points @ along).min(), (points @ along).max()
    left, right = (points @ across).min() - 1, (points @ across).max() + 1
    steps = np.arange(low + spacing, high - spacing / 2, spacing)
    lines = [LineString([s * along + left * across, s * along + right * across]) for s in steps]
    return [line.intersection(outline) for line in lines]
