"""A floor of which every room and corridor leads somewhere: to close it, to open it again."""

import re
from collections.abc import Callable, Collection
from html import unescape

from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.draw.text import attribute
from wayfinder.draw.theme import PAGE
from wayfinder.kept import Kept, keep_with
from wayfinder.services.closing import find_closable
from wayfinder.services.served import Served

_AREA = re.compile(r'<path class="(k-[\w-]+)" data-id="([^"]*)"( d="[^"]*")/>')
_STYLE = Style(theme=PAGE, zooms=1, legend=False, furniture=False, ids=True, linked=True)
_KEPT = 64


def draw_closing_map(
    served: Served,
    level_id: str,
    *,
    language: str,
    width_px: float,
    closed: Collection[str],
    link: Callable[[str], str],
) -> str:
    """Draw a floor on which each area is a link.

    Parameters
    ----------
    served
        The venue.
    level_id
        Id of the level.
    language
        BCP 47 tag of the names on it.
    width_px
        How wide it is drawn.
    closed
        Ids of what is closed: their links have the class ``is-shut``.
    link
        Makes the address for a feature's id.

    Returns
    -------
    str
        SVG to stand in a page that brings the style sheet ``phone/map.css``.

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    kept: Kept[tuple[str, str, float], str] = keep_with(
        served.network, "closing_maps", lambda: Kept(_KEPT)
    )
    key = level_id, language, width_px
    svg = kept.get(key, lambda: _draw(served, level_id, language, width_px))

    def write(found: "re.Match[str]") -> str:
        kind, written, data = found.groups()
        feature_id = unescape(written)
        one = find_closable(served, feature_id, language)
        if one is None:
            return found[0]
        shut = ' class="is-shut"' if not set(one.features).isdisjoint(closed) else ""
        return (
            f'<a href="{attribute(link(feature_id))}"{shut} aria-label="{attribute(one.name)}">'
            f'<path class="{kind}"{data}><title>{attribute(one.name)}</title></path></a>'
        )

    return _AREA.sub(write, svg)


def _draw(served: Served, level_id: str, language: str, width_px: float) -> str:
    scene = make_scene(served.plan, level_id, language=language)
    svg = draw_level(scene, width_px=width_px, style=_STYLE).svg.strip()
    # a picture has no links in it, for who is read to
    return svg.replace(' role="img"', ' role="group"', 1)
