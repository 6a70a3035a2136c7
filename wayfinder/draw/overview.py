"""The floors of a route one above the other, seen from the south and from above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.callouts import Callout, place_callouts, write_callout
from wayfinder.draw.lettering import LINE_EM
from wayfinder.draw.overlay import mark_end, note_end, write_lines
from wayfinder.draw.paths import UNITS, line_path, number, points_path, polygon_path
from wayfinder.draw.route import Change, RouteDrawing
from wayfinder.draw.scene import Scene
from wayfinder.draw.style import DEFAULT_STYLE, Style, write_patterns, write_style
from wayfinder.draw.text import attribute, measure_em
from wayfinder.draw.theme import Theme, load_theme
from wayfinder.draw.view import Box, Xy, measure_turned, turn
from wayfinder.guide.words import translate

_SHEAR, _SQUASH = 0.3, 0.52
_MARGIN_PX = 16.0
_GAP_PX = 22.0
_SLAB_PX = 5.0
_HIGHEST = 0.62
_LABEL_PX = 18.0
_PIN_PX = 18.0


@dataclass(frozen=True)
class _Stack:
    """Where the floors lie in the picture: metres of a level to pixels."""

    matrix: NDArray[np.float64]
    left_px: float
    tops_px: dict[str, float]
    corner: Xy
    size_px: tuple[float, float]

    def shape(self, shape: BaseGeometry, level_id: str) -> BaseGeometry:
        """Turn a shape on a level into pixels."""
        shift = np.array([self.left_px, self.tops_px[level_id]]) - np.array(self.corner)
        return shapely.transform(shape, lambda points: points @ self.matrix + shift)

    def point(self, point: Xy, level_id: str) -> Xy:
        """Turn a point on a level into pixels."""
        x, y = shapely.get_coordinates(self.shape(shapely.Point(point), level_id))[0]
        return float(x), float(y)


def write_overview(
    scenes: Sequence[Scene],
    route: RouteDrawing,
    *,
    width_px: float = 800.0,
    current: str | None = None,
    heads_up_deg: float | None = None,
    style: Style = DEFAULT_STYLE,
) -> str:
    """Draw the floors of a route stacked, the route running through them.

    Parameters
    ----------
    scenes
        Scenes of the levels of `route`, in any order; others are drawn faintly.
    route
        What runs through them.
    width_px
        Width of the picture; its height follows from the floors.
    current
        Id of the level that is drawn in full, the others faintly; None draws all in full.
    heads_up_deg
        Compass direction at the back; None turns the walls level.
    style
        How it is drawn.

    Raises
    ------
    ValueError
        There are no scenes, or one of a level that the route touches is missing.
    """
    by_level = {scene.level_id: scene for scene in scenes}
    missing = [level for level in route.level_ids if level not in by_level]
    if missing or not scenes:
        raise ValueError(f"no scene of level {', '.join(missing) or 'any'}")
    drawn = sorted(by_level.values(), key=lambda scene: (scene.ordinal, scene.level_id))
    order = [scene.level_id for scene in drawn]
    theme = load_theme(style.theme)
    up_deg = drawn[0].axis_deg if heads_up_deg is None else heads_up_deg
    stack = _stack(drawn, route, width_px, up_deg, style.text_scale)
    kinds = tuple(sorted({kind for scene in drawn for kind in scene.kinds}))
    plates = "".join(_write_plates(drawn, route, stack, theme, current))
    notes = _write_notes(drawn, route, stack, theme, style)
    languages = drawn[0].languages
    floors = tuple(dict.fromkeys(scene.short_label for scene in drawn))
    title = translate(languages[0], "draw.overview-title", floors=floors)
    width, height = (number(value) for value in stack.size_px)
    key = sha256(
        "|".join((style.scope, route.summary, *order)).encode("utf-8", "replace")
    ).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wf wf-overview {style.scope}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' lang="{attribute(languages[0])}" role="img" aria-labelledby="wf-o-{key} wf-p-{key}">'
        f'<title id="wf-o-{key}">{escape(title)}</title>'
        f'<desc id="wf-p-{key}">{escape(route.summary)}</desc>'
        + write_style(style, theme, kinds=kinds)
        + f"<defs>{write_patterns(theme, kinds)}</defs>"
        f'<path fill="{theme.ink["page"]}" d="M0 0h{width}v{height}H0z"/>{plates}{notes}</svg>\n'
    )


def _stack(
    scenes: Sequence[Scene], route: RouteDrawing, width_px: float, up_deg: float, text_scale: float
) -> _Stack:
    """Find a scale at which all floors fit the width, and put each above the one below."""
    lean = np.array([[1.0, 0.0], [-_SHEAR, _SQUASH]])
    matrix = turn(up_deg, 1.0) @ lean
    shapes = [shape for scene in scenes for shape in scene.drawn_indoors]
    shapes += [LineString(part.line) for part in route.parts]
    left, top, right, bottom = _measure(shapes, matrix)
    label_px = max(_label_width(scene, text_scale) for scene in scenes) + _MARGIN_PX
    room = width_px - label_px - 2 * _MARGIN_PX
    scale = room / max(right - left, 1e-6)
    scale = min(scale, _HIGHEST * width_px / max(bottom - top, 1e-6))
    storeys = sorted({scene.ordinal for scene in scenes}, reverse=True)
    step = (bottom - top) * scale + _GAP_PX
    tops = {
        scene.level_id: _MARGIN_PX + _PIN_PX + step * storeys.index(scene.ordinal)
        for scene in scenes
    }
    height = 2 * _MARGIN_PX + _PIN_PX + step * len(storeys) - _GAP_PX + _SLAB_PX + 12
    offset = label_px + _MARGIN_PX + (room - (right - left) * scale) / 2
    return _Stack(matrix * scale, offset, tops, (left * scale, top * scale), (width_px, height))


def _measure(shapes: Sequence[BaseGeometry], matrix: NDArray[np.float64]) -> Box:
    if not shapes:
        return measure_turned([shapely.box(-5, -5, 5, 5)], 0.0)
    points = shapely.get_coordinates(list(shapes)) @ matrix
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _label(scene: Scene) -> str:
    return scene.short_label[:8]


def _label_width(scene: Scene, text_scale: float) -> float:
    return measure_em(_label(scene)) * _LABEL_PX * text_scale + 16


def _write_plates(
    scenes: Sequence[Scene],
    route: RouteDrawing,
    stack: _Stack,
    theme: Theme,
    current: str | None,
) -> Iterator[str]:
    """Write the floors from below, each with its part of the route and what rises from it."""
    for scene in scenes:
        faint = current is not None and scene.level_id != current
        opacity = ' opacity=".45"' if faint else ""
        yield f'<g class="m" transform="scale({1 / UNITS:g})">'
        yield f"<g{opacity}>{''.join(_write_plate(scene, stack, theme))}</g>"
        lines = [
            stack.shape(LineString(part.line), scene.level_id)
            for part in route.parts
            if part.level_id == scene.level_id
        ]
        yield write_lines([line for line in lines if isinstance(line, LineString)])
        yield "".join(
            _write_rise(change, stack)
            for change in route.changes
            if scene.level_id == _lower(change, stack)
        )
        yield "</g>"
    dots = "".join(
        points_path([stack.point(c.point, c.level_id), stack.point(c.to_point, c.to_level_id)])
        for c in route.changes
    )
    if dots:
        yield (
            f'<path class="r" transform="scale({1 / UNITS:g})" stroke-width="{2.5 * UNITS:g}"'
            f' stroke-dasharray="{UNITS * 0.1:g} {UNITS * 6}" d="{dots}"/>'
        )


def _write_plate(scene: Scene, stack: _Stack, theme: Theme) -> Iterator[str]:
    """Write a floor as a slab: its side, its rooms, its walls."""
    level = scene.level_id
    floor = stack.shape(scene.walls.outline, level)
    side = shapely.transform(floor, lambda points: points + np.array([0.0, _SLAB_PX]))
    yield f'<path fill="{theme.ink["wall"]}" d="{polygon_path([side])}"/>'
    yield f'<path fill="{theme.ink["floor"]}" d="{polygon_path([floor])}"/>'
    groups: dict[tuple[int, str], list[BaseGeometry]] = {}
    for area in scene.areas:
        if not area.outdoor:
            groups.setdefault((area.layer, area.kind), []).append(stack.shape(area.outline, level))
    for (_, kind), shapes in sorted(groups.items(), key=lambda item: item[0]):
        yield f'<path class="k-{kind}" d="{polygon_path(shapes)}"/>'
    inner = line_path([stack.shape(scene.walls.inner, level)])
    outer = line_path([stack.shape(scene.walls.outer, level)])
    yield f'<path class="n" stroke="{theme.ink["line"]}" stroke-width="7" d="{inner}"/>'
    yield f'<path class="n" stroke="{theme.ink["wall-outer"]}" stroke-width="16" d="{outer}"/>'


def _lower(change: Change, stack: _Stack) -> str:
    """Return the lower one of the two levels of a change."""
    one, two = change.level_id, change.to_level_id
    return one if stack.tops_px[one] >= stack.tops_px[two] else two


def _write_rise(change: Change, stack: _Stack) -> str:
    """Write the line between two floors; what the upper one hides is covered by it."""
    ends = [
        stack.point(change.point, change.level_id),
        stack.point(change.to_point, change.to_level_id),
    ]
    data = points_path(ends)
    return (
        f'<path class="r c" stroke-width="{UNITS * 9}" d="{data}"/>'
        f'<path class="r" stroke-width="{UNITS * 5}" d="{data}"/>'
    )


def _write_notes(
    scenes: Sequence[Scene], route: RouteDrawing, stack: _Stack, theme: Theme, style: Style
) -> str:
    """Write the floors' labels, both ends and the changes of floor."""
    storeys: dict[float, list[Scene]] = {}
    for scene in scenes:
        storeys.setdefault(scene.ordinal, []).append(scene)
    labels = "".join(
        _write_label(storey, stack, theme, style.text_scale) for storey in storeys.values()
    )
    callouts: list[Callout] = []
    marks: list[str] = []
    for change in route.changes:
        at = stack.point(change.point, change.level_id)
        callouts.append(Callout(at, 7, (change.leaving,), change.symbol, "route"))
    for end in route.ends:
        at = stack.point(end.point, end.level_id)
        marks.append(mark_end(theme, end.role, at))
        callouts.append(note_end(end, at, scenes[0].languages))
    lines = [stack.shape(LineString(part.line), part.level_id).buffer(5.0) for part in route.parts]
    frame = (_MARGIN_PX / 2, 0.0, stack.size_px[0], stack.size_px[1])
    placed = place_callouts(frame, callouts, shapely.union_all(lines), style.text_scale)
    notes = (write_callout(theme, note, box, style.text_scale) for note, box in placed)
    return labels + "".join((*marks, *notes))


def _write_label(storey: Sequence[Scene], stack: _Stack, theme: Theme, text_scale: float) -> str:
    """Write a storey's label beside it."""
    size = _LABEL_PX * text_scale
    said = _label(storey[0])
    width = _label_width(storey[0], text_scale)
    height = size * LINE_EM + 6
    seen = shapely.union_all([stack.shape(s.walls.outline, s.level_id).envelope for s in storey])
    top = stack.tops_px[storey[0].level_id]
    if not seen.is_empty:
        top = (seen.bounds[1] + seen.bounds[3] - height) / 2
    return (
        f'<rect x="{number(_MARGIN_PX)}" y="{number(top)}" width="{number(width)}"'
        f' height="{number(height)}" rx="4" fill="{theme.ink["banner"]}"/>'
        f'<text x="{number(_MARGIN_PX + width / 2)}" y="{number(top + height / 2 + size * 0.36)}"'
        f' class="u" font-size="{number(size)}">{escape(said)}</text>'
    )
