"""A floor of which every room and corridor leads somewhere: to close it, to open it again."""

from collections.abc import Callable, Collection

from wayfinder.draw.linked import AreaLink, link_areas
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import Style
from wayfinder.draw.svg import draw_level
from wayfinder.draw.theme import PAGE
from wayfinder.kept import Kept, keep_with
from wayfinder.services.closing import find_closable
from wayfinder.services.served import Served

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

    def find(feature_id: str) -> AreaLink | None:
        one = find_closable(served, feature_id, language)
        if one is None:
            return None
        is_shut = not set(one.features).isdisjoint(closed)
        return AreaLink(link(feature_id), one.name, "is-shut" if is_shut else "")

    return link_areas(svg, find)


def _draw(served: Served, level_id: str, language: str, width_px: float) -> str:
    scene = make_scene(served.plan, level_id, language=language)
    return draw_level(scene, width_px=width_px, style=_STYLE).svg
