"""A floor with marks on it, for pages of staff: signs, where people are lost, what is proposed.

The floor is the drawing that everybody sees; marks lie above it and may be links.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import shapely
from shapely.affinity import rotate
from shapely.geometry import Point

from wayfinder.draw.linked import as_group
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import Drawing, draw_level
from wayfinder.draw.text import attribute
from wayfinder.draw.theme import PAGE
from wayfinder.kept import Kept, keep_with
from wayfinder.model import Plan

WIDTH_PX = 640.0
"""Width in which a floor is drawn: pages draw it as wide as they have room (ours)."""
_KEPT = 64
_RADIUS_PX = 6.0
_REACH_M, _AROUND_PX = 13.0, (400.0, 300.0)
"""What is shown about a point, at the least to all sides, and the size of that picture: some 40 m
by 30 m, with names that can be read on the page of a phone (ours)."""
_END = "</svg>"
_STYLE = Style(theme=PAGE, zooms=1, legend=False, furniture=False, linked=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a point of a floor.

    Parameters
    ----------
    point
        In metres of the plan's frame.
    title
        What it is, in words: read aloud, and shown where one points.
    kind
        How it looks: a class of the page's style sheet, ``mark-<kind>``.
    href
        Where it leads; empty: nowhere.
    bearing_deg
        Which way it faces, degrees clockwise from true north, or None.
    text
        A number or a letter in it; empty: nothing.
    """

    point: tuple[float, float]
    title: str
    kind: str = "sign"
    href: str = ""
    bearing_deg: float | None = None
    text: str = ""


def draw_marked(
    plan: Plan,
    level_id: str,
    marks: Sequence[Mark],
    *,
    language: str,
    around: tuple[float, float] | None = None,
) -> str:
    """Draw a floor with marks.

    Parameters
    ----------
    plan
        The plan; its drawings are kept with it.
    level_id
        Id of the level.
    marks
        The marks; later ones lie above.
    language
        BCP 47 tag of the names on the floor.
    around
        A point in metres: only what lies about it is shown, larger; None: all of the floor.

    Returns
    -------
    str
        SVG to stand in a page that brings the style sheets ``phone/map.css`` and
        ``studio/signs.css`` or ``studio/feedback.css``.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    kept: Kept[tuple[object, ...], Drawing] = keep_with(plan, "marked_maps", lambda: Kept(_KEPT))
    key = level_id, language, around
    drawing = kept.get(key, lambda: _draw(plan, level_id, language, around))
    svg = as_group(drawing.svg)
    if not svg.endswith(_END):
        raise AssertionError("a drawing that does not end as drawings do")
    seen = marks if around is None else [one for one in marks if _is_seen(drawing, one)]
    return f"{svg.removesuffix(_END)}{_write(drawing, seen)}{_END}"


def _is_seen(drawing: Drawing, mark: Mark) -> bool:
    """Tell whether a mark lies in the picture; beyond it there are no links for the keyboard."""
    (x, y), (width, height) = drawing.view.point(mark.point), drawing.size_px
    return 0 <= x <= width and 0 <= y <= height


def _draw(plan: Plan, level_id: str, language: str, around: tuple[float, float] | None) -> Drawing:
    scene = make_scene(plan, level_id, language=language)
    if around is None:
        return draw_level(scene, width_px=WIDTH_PX, style=_STYLE)
    width, height = _AROUND_PX
    return draw_level(
        scene,
        width_px=width,
        height_px=height,
        extent=[_choose_middle(scene, Point(around)).buffer(_REACH_M)],
        marked=[Point(around)],
        style=_STYLE,
    )


def _choose_middle(scene: Scene, point: Point) -> Point:
    """Choose the middle of the picture about a point: at the edge of the floor, further inside."""
    turned = rotate(point, scene.axis_deg, origin=(0, 0))
    floor = rotate(shapely.union_all(scene.drawn), scene.axis_deg, origin=(0, 0))
    west, south, east, north = floor.bounds if not floor.is_empty else turned.bounds
    x = _move_inside(turned.x, (west, east), _REACH_M * _AROUND_PX[0] / _AROUND_PX[1])
    y = _move_inside(turned.y, (south, north), _REACH_M)
    return rotate(Point(x, y), -scene.axis_deg, origin=(0, 0))


def _move_inside(at: float, span: tuple[float, float], reach: float) -> float:
    """Return the middle of what reaches as far both ways: within a span, `at` within its reach."""
    low, high = span[0] + reach, span[1] - reach
    inside = min(max(at, low), high) if low <= high else sum(span) / 2
    return min(max(inside, at - reach), at + reach)


def _write(drawing: Drawing, marks: Iterable[Mark]) -> str:
    return f'<g class="marks">{"".join(_write_mark(drawing, mark) for mark in marks)}</g>'


def _write_mark(drawing: Drawing, mark: Mark) -> str:
    x, y = drawing.view.point(mark.point)
    parts = [f"<title>{escape(mark.title)}</title>"]
    if mark.bearing_deg is not None:
        angle = drawing.view.angle(mark.bearing_deg)
        tip, base = _RADIUS_PX * 2.0, _RADIUS_PX * 0.75
        parts.append(
            f'<path class="mark-way" transform="rotate({angle:.1f})" d="M{tip:g} 0L{base:g}'
            f' {-base:g}V{base:g}Z"/>'
        )
    parts.append(f'<circle r="{_RADIUS_PX:g}"/>')
    if mark.text:
        parts.append(f'<text y="3.2">{escape(mark.text)}</text>')
    inner = "".join(parts)
    if mark.href:
        inner = f'<a href="{attribute(mark.href)}" aria-label="{attribute(mark.title)}">{inner}</a>'
    place = f'transform="translate({x:.1f} {y:.1f})"'
    return f'<g class="mark mark-{attribute(mark.kind)}" {place}>{inner}</g>'
