"""Icons of the studio beside those of the phone: inline SVG, coloured by the text around them."""

from collections.abc import Mapping
from functools import cache

from markupsafe import Markup

from wayfinder.web.phone.icons import LINES as PHONE_LINES

LINES: Mapping[str, str] = {
    **PHONE_LINES,
    "people": "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-3.6 2.9-5.5 6.5-5.5s6.5 1.9"
    " 6.5 5.5M16 4.9a3.5 3.5 0 0 1 0 6.2M18.5 14.9c1.9.8 3 2.5 3 5.1",
    "person": "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c0-4 3.4-6 7.5-6s7.5 2 7.5 6",
    "log": "M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4.5",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "key": "M8.5 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M11.7 11.3 20 3M16.5 6.5l3 3M14 9l2 2",
    "leave": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "screen": "M3.5 5h17v11h-17zM12 16v4M8 20h8",
    "release": "M12 3 4 7v10l8 4 8-4V7zM4 7l8 4 8-4M12 11v10",
    "closed": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M5.8 5.8l12.4 12.4",
    "undo": "M8 5 3.5 9.5 8 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3",
    "redo": "M16 5l4.5 4.5L16 14M20 9.5H10a5.5 5.5 0 0 0 0 11h3",
    "draft": "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4",
    "up": "M5 15.5 12 8.5l7 7",
    "down": "M5 8.5l7 7 7-7",
    "layers": "M12 4 3.5 8.5 12 13l8.5-4.5zM3.5 12.5 12 17l8.5-4.5M3.5 16.5 12 21l8.5-4.5",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 15a3 3 0 1 0 0-6"
    " 3 3 0 0 0 0 6",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h.1M4 12h.1M4 18h.1",
    "trash": "M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10 11v6M14 11v6",
    "copy": "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
    "fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M8.5 8.5h7v7h-7z",
    "sliders": "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4",
    "keyboard": "M3 6.5h18v11H3zM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8 14h8",
    "upload": "M12 16V4.5M7 9l5-5 5 5M4.5 15.5v4h15v-4",
    "download": "M12 4v11.5M7 11l5 5 5-5M4.5 15.5v4h15v-4",
    "ruler": "M3.5 16.5l13-13 4 4-13 13zM7 13l2 2M10 10l2.5 2.5M13 7l2 2",
    "sign": "M5 4h11l4 3.5-4 3.5H5zM9 11v9.5M6 20.5h6M8 7.5h5",
    "flame": "M12 21.5c4 0 6.5-2.6 6.5-6.2 0-4.3-3.6-5.9-4.2-11.3-2.6 1.3-3.9"
    " 4-3.6 6.4C9.6 9.6 9 8.6 8.8 7.4 6.6 9.2 5.5 12 5.5 15c0 3.8 2.6 6.5 6.5 6.5",
    "building": "M4 21V4h10v17M14 9h6v12M2.5 21h19M7.5 8h3M7.5 12h3M7.5 16h3M17 13v.1M17 17v.1",
    "inbox": "M4 13v6.5h16V13l-3-8.5H7zM4 13h5l1 2.5h4l1-2.5h5",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
}
"""Lines on a square of 24, drawn for Wayfinder (CC0)."""


@cache
def draw_icon(name: str) -> Markup:
    """Write an icon of lines; it says nothing to a screen reader, the words beside it do."""
    return Markup(  # noqa: S704 - of our own lines
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{LINES[name]}"/></svg>'
    )
