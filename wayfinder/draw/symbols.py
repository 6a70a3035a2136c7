"""The symbols of ``static/symbols`` as parts of an SVG."""

import re
from functools import cache

from wayfinder.draw.paths import number
from wayfinder.draw.theme import Theme
from wayfinder.resources import static_dir

KEPT_SIZE = "wf-y"
"""Class of what keeps its size when the map is zoomed, where `use` copies it.

A rule with more than this class may not reach what `use` copies; a property that is inherited does.
"""

BADGES = {
    "info": "badge",
    "vertical": "badge-vertical",
    "emergency": "badge-emergency",
    "safety": "badge-safety",
}
"""Badge to the ink of a theme."""

_BADGE_OF_KIND = {"vertical": "vertical", "emergency": "emergency", "safety": "safety"}
_SAFETY = frozenset({"exit", "aed"})
_FORM = re.compile(
    r'viewBox="0 0 (?P<side>[\d.]+) (?P=side)"><path fill-rule="evenodd" d="(?P<d>[^"]+)"'
)


@cache
def load_symbol(name: str) -> tuple[float, str]:
    """Return the side of a symbol's square and its path data.

    Raises
    ------
    ValueError
        The file is not of the form that ``static/symbols/README.md`` describes.
    FileNotFoundError
        There is no such symbol.
    """
    found = _FORM.search((static_dir() / "symbols" / f"{name}.svg").read_text("utf-8"))
    if found is None:
        raise ValueError(f"static/symbols/{name}.svg: not one path on a square grid")
    return float(found["side"]), found["d"]


def badge_of(symbol: str, kind: str) -> str:
    """Tell which colour a symbol stands on: ``info``, ``vertical``, ``emergency`` or ``safety``."""
    return "safety" if symbol in _SAFETY else _BADGE_OF_KIND.get(kind, "info")


def symbol_id(name: str, badge: str, size_px: float, theme: Theme) -> str:
    """Return the id under which a symbol is defined; equal ids are equal pictures."""
    return f"wf-{theme.name}-{number(size_px)}-{name}-{badge}"


def define_symbol(name: str, badge: str, size_px: float, theme: Theme) -> str:
    """Write the definition of a symbol on its badge, its middle at the origin."""
    corner, side = number(-size_px / 2), number(size_px)
    return (
        f'<g id="{symbol_id(name, badge, size_px, theme)}"><g class="{KEPT_SIZE}">'
        f'<rect fill="{theme.ink[BADGES[badge]]}" x="{corner}" y="{corner}"'
        f' width="{side}" height="{side}" rx="{number(size_px * 0.2)}"/>'
        f"{draw_glyph(name, size_px * 0.74, theme.ink['symbol'])}</g></g>"
    )


def draw_glyph(name: str, size_px: float, colour: str) -> str:
    """Write a symbol without its badge, its middle at the origin."""
    side, data = load_symbol(name)
    scale, shift = size_px / side, number(-size_px / 2)
    return (
        f'<path fill="{colour}" fill-rule="evenodd" d="{data}"'
        f' transform="translate({shift} {shift})scale({scale:.4g})"/>'
    )
