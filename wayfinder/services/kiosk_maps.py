"""Floors as a kiosk shows them: turned as its reader looks, in large letters, rooms to be touched.

All floors are turned alike: who has understood one has understood the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from wayfinder.draw.overlay import Here
from wayfinder.draw.scene import make_scene
from wayfinder.draw.style import PAGE_TEXT_SCALES, Style
from wayfinder.draw.svg import draw_level
from wayfinder.draw.theme import PAGE
from wayfinder.kept import keep_with
from wayfinder.model import Display, Plan
from wayfinder.services.served import Served

PORTRAIT_PX, LANDSCAPE_PX = (720.0, 640.0), (820.0, 640.0)
"""Width and height of a drawing, which fills the map's part of the screen: letters are placed for
that size and shown about half as large again (ours)."""
_KEPT = 256
"""Drawings of a venue that a process remembers: some 60 KB each (ours)."""
_STYLE = Style(
    theme=PAGE,
    text_scale=PAGE_TEXT_SCALES[1],
    zooms=3,
    legend=False,
    furniture=False,
    ids=True,
    linked=True,
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What tells one drawing from another; displays that look the same way share them."""

    level_id: str
    language: str
    size_px: tuple[float, float]
    up_deg: float | None
    here: Here | None


def draw_floor(served: Served, display: Display, level_id: str, *, language: str) -> str:
    """Draw a whole floor for a kiosk.

    Parameters
    ----------
    served
        The venue.
    display
        The kiosk: the direction in which its reader looks is up, and its own floor has a mark
        where it stands.
    level_id
        Id of the level.
    language
        BCP 47 tag of the names.

    Returns
    -------
    str
        SVG without a style, whose rules are those of ``static/phone/map.css``; areas have a
        ``data-id``, and ``data-metres`` tells where a point of the venue's frame falls
        (docs/maps.md).

    Raises
    ------
    KeyError
        The plan has no level of that id.
    """
    facing = display.facing_deg
    here = Here(display.point, facing) if level_id == display.level_id else None
    size_px = PORTRAIT_PX if display.is_portrait else LANDSCAPE_PX
    shown = _Shown(level_id, language, size_px, facing, here)
    return _find_drawer(served.plan)(shown)


def _find_drawer(plan: Plan) -> Callable[[_Shown], str]:
    return keep_with(plan, "kiosk-maps", lambda: lru_cache(_KEPT)(lambda one: _draw(plan, one)))


def _draw(plan: Plan, shown: _Shown) -> str:
    width_px, height_px = shown.size_px
    return draw_level(
        make_scene(plan, shown.level_id, language=shown.language),
        width_px=width_px,
        height_px=height_px,
        you_are_here=shown.here,
        heads_up_deg=shown.up_deg,
        style=_STYLE,
    ).svg.strip()
