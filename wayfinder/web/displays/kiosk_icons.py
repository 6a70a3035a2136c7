"""The pictures of a kiosk, once in its page: scripts and templates name them."""

from collections.abc import Iterator, Mapping
from functools import cache

from markupsafe import Markup

from wayfinder.draw.symbols import load_symbol
from wayfinder.presets import list_presets
from wayfinder.web.phone.icons import LINES

_OWN: Mapping[str, str] = {
    "speak": "M4 9v6h4l5 4.5V4.5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
    "contrast": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 7h6.5M12 11h8.5M12 15h8",
    "erase": "M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5",
    "language": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3.5 9h17M3.5 15h17M12 3c-5 5-5 13 0 18"
    "M12 3c5 5 5 13 0 18",
    "departments": "M4 6h2M9 6h11M4 12h2M9 12h11M4 18h2M9 18h11",
    "floors": "M12 3.5 21 8l-9 4.5L3 8zM3 12.5 12 17l9-4.5M3 16.5 12 21l9-4.5",
    "letters": "M3 18 7 7l4 11M4.3 14.5h5.4M14 7h6.5L14 18h7",
    "sorts": "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
    "minus": "M5 12h14",
    "whole": "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    "touch": "M9 12V5.5a1.8 1.8 0 0 1 3.6 0V11l5 1a2.2 2.2 0 0 1 1.8 2.4l-.6 6.1H11"
    "L6.5 15a1.6 1.6 0 0 1 2.5-2M6.5 7a4.5 4.5 0 0 1 8.6 0",
    "up": "M5 15l7-7 7 7",
    "down": "M5 9l7 7 7-7",
}
"""Lines on a square of 24, drawn for Wayfinder (CC0)."""


@cache
def write_pictures() -> Markup:
    """Write all icons (``i-…``) and symbols (``s-…``) as parts that ``<use>`` can name."""
    parts = "".join((*_list_icons(), *_list_symbols()))
    return Markup(  # noqa: S704 - of our own lines
        f'<svg class="pictures" aria-hidden="true" focusable="false" hidden>{parts}</svg>'
    )


def _list_icons() -> Iterator[str]:
    for name, path in {**LINES, **_OWN}.items():
        yield f'<symbol id="i-{name}" viewBox="0 0 24 24"><path d="{path}"/></symbol>'


def _list_symbols() -> Iterator[str]:
    for name in sorted({one.symbol for one in list_presets() if one.symbol}):
        side, data = load_symbol(name)
        yield (
            f'<symbol id="s-{name}" viewBox="0 0 {side:g} {side:g}">'
            f'<path fill-rule="evenodd" d="{data}"/></symbol>'
        )
