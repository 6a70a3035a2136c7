"""Icons of pages as inline SVG: nothing to fetch, coloured by the text around them."""

from collections.abc import Mapping
from functools import cache

from markupsafe import Markup

from wayfinder.draw.symbols import load_symbol
from wayfinder.guide.step import Direction, Step, StepKind

LINES: Mapping[str, str] = {
    "straight": "M12 21V4M5.5 10.5 12 4l6.5 6.5",
    "left": "M19 21v-7a4 4 0 0 0-4-4H4.5M10 4 4 10l6 6",
    "right": "M5 21v-7a4 4 0 0 1 4-4h10.5M14 4l6 6-6 6",
    "slight-left": "M17 21v-6.5L6.5 4M6 12V3.5h8.5",
    "slight-right": "M7 21v-6.5L17.5 4M18 12V3.5H9.5",
    "sharp-left": "M17.5 21V5L6 16.5M6 8v8.5h8.5",
    "sharp-right": "M6.5 21V5L18 16.5M18 8v8.5H9.5",
    "around": "M6.5 21V9a5 5 0 0 1 10 0v10M11.5 14.5l5 5 5-5",
    "door": "M6 21V3.5h12V21M3 21h18M14.5 12v1",
    "ramp": "M3 19h18L3 19 21 8v11",
    "pin": "M12 21.5s7-6.6 7-11.7a7 7 0 1 0-14 0c0 5.1 7 11.7 7 11.7M12 12a2.3 2.3 0 1 0"
    " 0-4.6 2.3 2.3 0 0 0 0 4.6",
    "start": "M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 21 21",
    "swap": "M7 4v15M3.5 15.5 7 19l3.5-3.5M17 20V5M13.5 8.5 17 5l3.5 3.5",
    "home": "M4 11 12 4l8 7M6 9.5V20h12V9.5",
    "phone": "M6.5 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2A16 "
    "16 0 0 1 4.5 5.5a2 2 0 0 1 2-2",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.5l3.5 2",
    "warning": "M12 4 2.5 20h19zM12 10v4.5M12 17.3v.2",
    "next": "M9 5l7 7-7 7",
    "back": "M15 5l-7 7 7 7",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8V3.5h10V8M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "share": "M12 15V3.5M7.5 8 12 3.5 16.5 8M5 13v7.5h14V13",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.3v.2",
    "walk": "M13.5 4.5a1 1 0 1 0-.01 0M9 21l2.5-6M14.5 21l-1-5-2.5-2.5.8-5.5L8 10.5v3M13 9l1.5"
    " 2.5 2.5.8",
    "text-size": "M3 18 7.5 7 12 18M4.5 14.5h6M14 18l3-7 3 7M15 16h4",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4"
    " 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
    "map": "M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5-5.5 2.5zM9 4v13.5M15 6.5V20",
    "tell": "M4 4.5h16v11.5h-8.5L7 20.5V16H4z",
    "check": "M5 12.5 10 17.5 19.5 7",
    "close": "M6 6l12 12M18 6 6 18",
}
"""Lines on a square of 24, drawn for Wayfinder (CC0)."""

_SYMBOL_OF: Mapping[StepKind, str] = {
    StepKind.LIFT: "lift",
    StepKind.STAIRS: "stairs",
    StepKind.ESCALATOR: "escalator",
    StepKind.RAMP: "ramp",
}
_LINE_OF: Mapping[StepKind, str] = {
    StepKind.CONTINUE: "straight",
    StepKind.DOOR: "door",
    StepKind.ENTER: "door",
    StepKind.EXIT: "door",
    StepKind.ARRIVE: "pin",
}


@cache
def draw_icon(name: str) -> Markup:
    """Write an icon of lines; it says nothing to a screen reader, the words beside it do."""
    return Markup(  # noqa: S704 - of our own lines
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{LINES[name]}"/></svg>'
    )


@cache
def draw_symbol(name: str | None) -> Markup:
    """Write a symbol of ``static/symbols``; a pin where there is none."""
    if name is None:
        return draw_icon("pin")
    side, data = load_symbol(name)
    return Markup(  # noqa: S704 - of our own symbols
        f'<svg class="icon solid" viewBox="0 0 {side:g} {side:g}" aria-hidden="true"'
        f' focusable="false"><path fill-rule="evenodd" d="{data}"/></svg>'
    )


def draw_step(step: Step) -> Markup:
    """Write the icon of a step: the turn, the lift, the door, the end."""
    if step.kind in _SYMBOL_OF:
        return draw_symbol(_SYMBOL_OF[step.kind])
    if step.kind in {StepKind.TURN, StepKind.DEPART}:
        return draw_icon((step.direction or Direction.STRAIGHT).replace(" ", "-"))
    return draw_icon(_LINE_OF[step.kind])
