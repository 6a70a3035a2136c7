"""A floor with marks on it, for pages of staff: signs, where people are lost, what is proposed.

The floor is the drawing that everybody sees; marks lie above it and may be links.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from wayfinder.draw.scene import make_scene
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
_REACH_M, _ASPECT = 25.0, 0.75
"""What is shown about a point: so far to the left and right, and as high as this of it (ours)."""
_SIZE = re.compile(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"')
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
        ``studio/marked.css``.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    kept: Kept[tuple[str, str], Drawing] = keep_with(plan, "marked_maps", lambda: Kept(_KEPT))
    drawing = kept.get((level_id, language), lambda: _draw(plan, level_id, language))
    # a picture with links in it is none to who listens, but a group of them
    svg = drawing.svg.strip().replace('role="img"', 'role="group"', 1)
    if not svg.endswith(_END):
        raise AssertionError("a drawing that does not end as drawings do")
    if around is not None:
        svg = _crop(svg, drawing, around)
    return f"{svg.removesuffix(_END)}{_write(drawing, marks)}{_END}"


def _crop(svg: str, drawing: Drawing, around: tuple[float, float]) -> str:
    """Return a drawing of which only a window is seen; what is smaller than that is seen whole."""
    (width, height), side = drawing.size_px, 2 * _REACH_M * drawing.view.px_per_m
    wide, high = min(side, width), min(side * _ASPECT, height)
    x, y = drawing.view.point(around)
    left = min(max(x - wide / 2, 0.0), width - wide)
    top = min(max(y - high / 2, 0.0), height - high)
    box = f'viewBox="{left:.1f} {top:.1f} {wide:.1f} {high:.1f}"'
    return _SIZE.sub(box, svg, count=1)


def _draw(plan: Plan, level_id: str, language: str) -> Drawing:
    scene = make_scene(plan, level_id, language=language)
    return draw_level(scene, width_px=WIDTH_PX, style=_STYLE)


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
