"""A journey on one page: the floors stacked, then each floor by itself."""

from html import escape

from wayfinder.draw.overview import write_overview
from wayfinder.draw.paths import number
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.model import Plan
from wayfinder.route.journey import Journey

_PAPER = Style(zooms=1)
_SIZE_AT = ' height="'


def write_sheet(
    plan: Plan,
    journey: Journey,
    *,
    language: str,
    second_language: str | None = None,
    width_px: float = 1000.0,
    style: Style = _PAPER,
) -> str:
    """Draw a journey as one SVG document.

    Parameters
    ----------
    plan
        The plan that it was found on.
    journey
        The way.
    language, second_language
        BCP 47 tags of the names.
    width_px
        Width of the page.
    style
        How it is drawn.

    Returns
    -------
    str
        An overview where the journey touches several floors, then every floor from that of the
        start to that of the end, in the order in which one comes to them, each once.
    """
    route = make_route(plan, journey, language=language, second_language=second_language)
    order = dict.fromkeys(end.level_id for end in route.ends[:1])
    order |= dict.fromkeys(part.level_id for part in route.parts)
    order |= dict.fromkeys(route.level_ids)
    scenes = {
        level: make_scene(plan, level, language=language, second_language=second_language)
        for level in order
    }
    pages: list[tuple[str, float]] = []
    if len(scenes) > 1:
        overview = write_overview(list(scenes.values()), route, width_px=width_px, style=style)
        pages.append((overview, _read_height(overview)))
    for scene in scenes.values():
        drawing = draw_level(scene, width_px=width_px, route=route, style=style)
        pages.append((drawing.svg, drawing.size_px[1]))
    if len(pages) == 1:
        return pages[0][0]
    return _join(pages, width_px, route.summary)


def _read_height(svg: str) -> float:
    start = svg.index(_SIZE_AT) + len(_SIZE_AT)
    return float(svg[start : svg.index('"', start)])


def _join(pages: list[tuple[str, float]], width_px: float, title: str) -> str:
    """Put pictures one below the other, under a title for screen readers."""
    parts: list[str] = []
    top = 0.0
    for svg, height in pages:
        parts.append(f'<g transform="translate(0 {number(top)})">{svg.strip()}</g>')
        top += height
    box = f'width="{number(width_px)}" height="{number(top)}"'
    view = f'viewBox="0 0 {number(width_px)} {number(top)}"'
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} {view}>'
        f"<title>{escape(title)}</title>{body}</svg>\n"
    )
