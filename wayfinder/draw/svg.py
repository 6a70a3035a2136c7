"""One level as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayfinder.draw import boxes
from wayfinder.draw.closed import Closed, write_crosses, write_note
from wayfinder.draw.furniture import (
    footer_height_px,
    header_height_px,
    write_footer,
    write_header,
)
from wayfinder.draw.labels import Label, Placer, Symbol
from wayfinder.draw.lettering import LINE_EM, SECOND_EM, is_bold
from wayfinder.draw.overlay import Here, Overlay, make_overlay, route_lines_m
from wayfinder.draw.paths import UNITS, number
from wayfinder.draw.places import Place
from wayfinder.draw.route import RouteDrawing
from wayfinder.draw.scene import Scene
from wayfinder.draw.shapes import write_shapes
from wayfinder.draw.style import DEFAULT_STYLE, Style, write_patterns, write_style
from wayfinder.draw.symbols import badge_of, define_symbol, symbol_id
from wayfinder.draw.text import attribute
from wayfinder.draw.theme import Theme, load_theme
from wayfinder.draw.view import Box, View, fit_view, make_least, measure_turned, turn
from wayfinder.guide.words import translate

_MARGIN_PX = 26.0
_LEAST_WINDOW_M = 30.0
_SMALL_PX = 500.0
_MARK_PX = 18.0
"""Side of what a mark over the picture takes (ours)."""
_NAMED_IN_DESC = 12


@dataclass(frozen=True)
class Drawing:
    """A drawing with what was placed on it, for those who check or print it.

    Parameters
    ----------
    svg
        The document.
    view
        From metres to pixels.
    size_px
        Width and height.
    labels, symbols
        What found a place.
    overlay
        What lies over the level.
    """

    svg: str
    view: View
    size_px: tuple[float, float]
    labels: tuple[Label, ...]
    symbols: tuple[Symbol, ...]
    overlay: Overlay


def draw_level(  # noqa: PLR0913 - each may be left out, and none goes with another
    scene: Scene,
    *,
    width_px: float = 1000.0,
    height_px: float | None = None,
    route: RouteDrawing | None = None,
    you_are_here: Here | None = None,
    heads_up_deg: float | None = None,
    fit_route: bool = False,
    extent: Sequence[BaseGeometry] = (),
    closed: Closed | None = None,
    marked: Sequence[Point] = (),
    style: Style = DEFAULT_STYLE,
) -> Drawing:
    """Draw a level and tell what was placed where.

    Parameters
    ----------
    scene
        What is drawn.
    width_px, height_px
        Size of the picture; without a height as high as the level needs.
    route
        Laid over the level; what lies on other levels is shown faintly.
    you_are_here
        Where the reader stands and looks.
    heads_up_deg
        Compass direction at the top; None turns the walls level, as little as that needs.
    fit_route
        Show the part of the level that the route or the reader is on, not all of it.
    extent
        What is shown in any case, in metres, and nothing else is made room for; empty: see above.
    closed
        What is closed on it, crossed out, and a sentence over it; None: nothing is said of it.
    marked
        Where whoever asks lays a mark over the picture, in metres: names keep off it.
    style
        How it is drawn.

    Raises
    ------
    ValueError
        A size is not positive.
    """
    if width_px <= 0 or (height_px is not None and height_px <= 0):
        raise ValueError("width_px and height_px must be positive")
    theme = load_theme(style.theme)
    up_deg = scene.axis_deg if heads_up_deg is None else heads_up_deg
    shown = [*extent] or _choose_shown(scene, route, you_are_here, fit_route=fit_route)
    view = _make_view(scene, shown, (width_px, height_px), up_deg, style)
    overlay = make_overlay(
        view,
        theme,
        scene.level_id,
        scene.languages,
        route=route,
        here=you_are_here,
        text_scale=style.text_scale,
    )
    if closed is not None:
        overlay = replace(overlay, above=overlay.above + write_crosses(view, theme, closed.points))
    if marked:
        spots = (boxes.Box(*view.point((one.x, one.y)), _MARK_PX, _MARK_PX) for one in marked)
        overlay = replace(overlay, taken=(*overlay.taken, *spots))
    labels, symbols = _place_names(scene, view, overlay, style)
    bottom = view.frame[3] + _bars(scene, width_px, style)[1]
    inner = (
        _write_head(scene, theme, route, symbols, style=style)
        + _write_map(scene, theme, view, overlay, labels, symbols, ids=style.ids)
        + _write_around(scene, theme, view, style)
        + (write_note(view, theme, closed.note, style.text_scale) if closed else "")
    )
    svg = _write_document(scene, style, route, (width_px, bottom), inner)
    return Drawing(svg, view, (width_px, bottom), labels, symbols, overlay)


def _bars(scene: Scene, width_px: float, style: Style) -> tuple[float, float]:
    """Return the heights of what stands above and below the map."""
    if not style.furniture:
        return 0.0, 0.0
    scale = style.text_scale
    footer = footer_height_px(scene, width_px, scale, legend=style.legend_at(width_px))
    return header_height_px(scale), footer


def _make_view(
    scene: Scene,
    shown: list[BaseGeometry],
    size: tuple[float, float | None],
    up_deg: float,
    style: Style,
) -> View:
    width, height = size
    bars = _bars(scene, width, style)
    extent = measure_turned(shown, up_deg)
    full = height or _choose_height(extent, width, bars)
    frame = (0.0, bars[0], width, max(full - bars[1], bars[0] + 40))
    return fit_view(extent, frame, up_deg=up_deg, margin_px=min(_MARGIN_PX, width * 0.06))


def _place_names(
    scene: Scene, view: View, overlay: Overlay, style: Style
) -> tuple[tuple[Label, ...], tuple[Symbol, ...]]:
    small = view.frame[2] - view.frame[0] < _SMALL_PX
    placer = Placer(
        view,
        taken=overlay.taken,
        blocks=overlay.blocks,
        walls=_block_walls(scene, view),
        built=view.shape(scene.walls.outline),
        furniture=shapely.union_all([a.outline for a in scene.areas if a.furniture]),
        text_scale=style.text_scale,
        symbol_px=(16.0 if small else 20.0) * max(1.0, style.text_scale),
    )
    places = [p for p in scene.places if p.feature not in overlay.hidden and _is_near(view, p)]
    placer.place_all(places, style.zooms)
    return tuple(placer.labels.values()), tuple(placer.symbols.values())


def _is_near(view: View, place: Place) -> bool:
    """Tell whether a place lies in the picture, with its point or with its room."""
    left, top, right, bottom = view.frame
    x, y = view.point(place.point)
    if left <= x <= right and top <= y <= bottom:
        return True
    if place.home is None:
        return False
    points = view.transform(shapely.get_coordinates(place.home))
    (west, north), (east, south) = points.min(axis=0), points.max(axis=0)
    return bool(west <= right and east >= left and north <= bottom and south >= top)


def _write_around(scene: Scene, theme: Theme, view: View, style: Style) -> str:
    if not style.furniture:
        return ""
    width = view.frame[2]
    return write_header(scene, theme, width, style.text_scale) + write_footer(
        scene, theme, view, text_scale=style.text_scale, legend=style.legend_at(width)
    )


def _block_walls(scene: Scene, view: View) -> BaseGeometry:
    """Return in pixels what names that stand free must not lie across: walls."""
    lines = [view.shape(scene.walls.inner), view.shape(scene.walls.outer)]
    return shapely.union_all([line.buffer(1.0, quad_segs=1) for line in lines])


def _choose_shown(
    scene: Scene, route: RouteDrawing | None, here: Here | None, *, fit_route: bool
) -> list[BaseGeometry]:
    """Choose what must be in the picture."""
    shown: list[BaseGeometry] = []
    if fit_route:
        if route is not None:
            shown += route_lines_m(route, scene.level_id).geoms
            shown += [Point(end.point) for end in route.ends if end.level_id == scene.level_id]
            shown += [Point(c.point) for c in route.changes if c.level_id == scene.level_id]
            shown += [Point(c.to_point) for c in route.changes if c.to_level_id == scene.level_id]
        if here is not None:
            shown.append(Point(here.point))
    if not shown:
        return scene.drawn or [shapely.box(-5, -5, 5, 5)]
    return [*(shape.buffer(4) for shape in shown), make_least(shown, _LEAST_WINDOW_M)]


def _choose_height(extent: Box, width_px: float, bars: tuple[float, float]) -> float:
    """Choose a height that fits what is shown, between a strip and twice the width."""
    left, top, right, bottom = extent
    margin = min(_MARGIN_PX, width_px * 0.06)
    scale = (width_px - 2 * margin) / max(right - left, 1e-6)
    height = (bottom - top) * scale + 2 * margin
    return min(max(height, width_px * 0.35), width_px * 1.6) + sum(bars)


def _write_document(
    scene: Scene,
    style: Style,
    route: RouteDrawing | None,
    size: tuple[float, float],
    inner: str,
) -> str:
    width, height = (number(value) for value in size)
    key = _key(scene, style, route)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wf {style.scope}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' lang="{attribute(scene.languages[0])}" role="img"'
        f' aria-labelledby="wf-t-{key} wf-d-{key}" data-level="{attribute(scene.level_id)}"'
        f' data-theme="{style.theme}">{inner}</svg>\n'
    )


def _key(scene: Scene, style: Style, route: RouteDrawing | None) -> str:
    """Make an id that no other drawing on a page is likely to have."""
    told = (scene.level_id, style.scope, *scene.languages, route.summary if route else "")
    return sha256("|".join(told).encode("utf-8", "replace")).hexdigest()[:8]


def _write_head(
    scene: Scene,
    theme: Theme,
    route: RouteDrawing | None,
    symbols: Sequence[Symbol],
    *,
    style: Style,
) -> str:
    language = scene.languages[0]
    floor = scene.short_label
    venue = scene.venue[0].text if scene.venue else ""
    title = translate(
        language, "draw.title-venue" if venue else "draw.title", floor=floor, venue=venue
    )
    names = [p.texts[0].text for p in scene.places if p.texts][:_NAMED_IN_DESC]
    said = [route.summary] if route is not None else []
    said += [translate(language, "draw.places", names=tuple(names))] if names else []
    key = _key(scene, style, route)
    kinds = scene.kinds
    wanted = {
        (s.place.symbol or "", badge_of(s.place.symbol or "", s.place.kind)): s for s in symbols
    }
    defined = "".join(define_symbol(*pair, wanted[pair].size_px, theme) for pair in sorted(wanted))
    return (
        f'<title id="wf-t-{key}">{escape(title)}</title>'
        f'<desc id="wf-d-{key}">{escape(" ".join(said))}</desc>'
        + write_style(style, theme, kinds=kinds)
        + f"<defs>{write_patterns(theme, kinds)}{defined}</defs>"
    )


def _write_map(
    scene: Scene,
    theme: Theme,
    view: View,
    overlay: Overlay,
    labels: Sequence[Label],
    symbols: Sequence[Symbol],
    *,
    ids: bool,
) -> str:
    left, top, right, bottom = view.frame
    box = f"{number(left)} {number(top)} {number(right - left)} {number(bottom - top)}"
    x, y, w, h = box.split()
    ground = f'<path fill="{theme.ink["ground"]}" d="M{x} {y}h{w}v{h}H{x}z"/>'
    shapes = "".join(write_shapes(scene, theme, view, ids=ids, marked=overlay.goals))
    return (
        f'<svg class="wf-map" x="{x}" y="{y}" width="{w}" height="{h}" viewBox="{box}"'
        f' data-metres="{_write_matrix(view)}">{ground}'
        f'<g class="m" transform="scale({1 / UNITS:g})">{shapes}{overlay.below}</g>'
        + "".join(_write_labels(labels, symbols, theme))
        + f"{overlay.above}</svg>"
    )


def _write_matrix(view: View) -> str:
    """Write what turns metres into pixels in the order of SVG's ``matrix``: a b c d e f."""
    (a, b), (c, d) = turn(view.up_deg, view.px_per_m)
    linear = " ".join(f"{value:.5f}" for value in (a, b, c, d))
    return f"{linear} {view.shift_px[0]:.2f} {view.shift_px[1]:.2f}"


def _write_labels(
    labels: Sequence[Label], symbols: Sequence[Symbol], theme: Theme
) -> Iterable[str]:
    """Write symbols and names, those of a zoom level in a group of their own."""
    zooms = sorted({*(label.zoom for label in labels), *(symbol.zoom for symbol in symbols)})
    for zoom in zooms:
        inner = "".join(_write_symbol(s, theme) for s in symbols if s.zoom == zoom)
        inner += "".join(_write_label(label) for label in labels if label.zoom == zoom)
        yield (
            f'<g class="z{zoom}" data-min-zoom="{zoom}">{inner}</g>' if zoom else f"<g>{inner}</g>"
        )


def _write_symbol(symbol: Symbol, theme: Theme) -> str:
    name = symbol.place.symbol or ""
    badge = badge_of(name, symbol.place.kind)
    x, y = number(symbol.x), number(symbol.y)
    return f'<use href="#{symbol_id(name, badge, symbol.size_px, theme)}" x="{x}" y="{y}"/>'


def _write_label(label: Label) -> str:
    x, y = number(label.x), number(label.y)
    classes = f"t{label.size}" + (" o" if label.free else "") + _tone(label.place)
    classes += " w" if is_bold(label.place) else ""
    turn = f' transform="rotate({number(label.angle)} {x} {y})"' if label.angle else ""
    heights = [LINE_EM * (SECOND_EM if line.second else 1.0) for line in label.lines]
    if len(label.lines) == 1:
        line = label.lines[0]
        return (
            f'<text class="{classes}" x="{x}" y="{y}" dy=".36em"{turn}>{escape(line.text)}</text>'
        )
    spans: list[str] = []
    middle = -sum(heights) / 2
    before = 0.0
    for line, height in zip(label.lines, heights, strict=True):
        em = SECOND_EM if line.second else 1.0
        baseline = middle + height / 2 + 0.36 * em
        middle += height
        # dy is read in the span's own font size
        step = (baseline - before) / em
        before = baseline
        second = ' class="e"' if line.second else ""
        spans.append(f'<tspan{second} x="{x}" dy="{_em(step)}em">{escape(line.text)}</tspan>')
    return f'<text class="{classes}" x="{x}" y="{y}"{turn}>{"".join(spans)}</text>'


def _em(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _tone(place: Place) -> str:
    return " q" if place.kind in {"staff", "section"} else ""
