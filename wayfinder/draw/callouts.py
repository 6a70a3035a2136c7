"""Notes that point at something: who stands where, which lift to which floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sin

from shapely.geometry.base import BaseGeometry

from wayfinder.draw.boxes import Box, Occupied
from wayfinder.draw.lettering import LINE_EM, SECOND_EM
from wayfinder.draw.paths import number
from wayfinder.draw.symbols import draw_glyph
from wayfinder.draw.text import measure_em
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import Box as Frame
from wayfinder.draw.view import Xy

_CALLOUT_PX = 13.0
_RINGS_PX = (4.0, 16.0, 34.0, 60.0, 100.0, 160.0)
_COMPASS = (90, 270, 0, 180, 45, 135, 315, 225)
_ORDER = ("here", "end", "route", "start", "stop", "from")


@dataclass(frozen=True)
class Callout:
    """A note that points at something.

    Parameters
    ----------
    at
        What it points at, in pixels.
    reach
        Radius of the mark there, which the note keeps off.
    texts
        Lines: the first one large.
    symbol
        Glyph before the text, or None.
    style
        ``route``, ``from``, ``start``, ``end``, ``stop`` or ``here``.
    """

    at: Xy
    reach: float
    texts: tuple[str, ...]
    symbol: str | None
    style: str


def mark_box(callout: Callout) -> Box:
    """Return what the mark of a callout covers: a pin stands above its point."""
    x, y = callout.at
    if callout.style == "end":
        return Box(x, y - 12, 22, 30)
    return Box(x, y, 2 * callout.reach, 2 * callout.reach)


def write_fixed(at: Xy, inner: str) -> str:
    """Write something that keeps its size when the map is zoomed."""
    return f'<g transform="translate({number(at[0])} {number(at[1])})"><g class="s">{inner}</g></g>'


def _measure_callout(callout: Callout, text_scale: float) -> Xy:
    size = _CALLOUT_PX * text_scale
    widths = [measure_em(t) * (SECOND_EM if n else 1.0) for n, t in enumerate(callout.texts)]
    icon = size * 1.5 if callout.symbol else 0.0
    height = sum(LINE_EM * (SECOND_EM if n else 1.0) for n in range(len(callout.texts)))
    return max(widths, default=0.0) * size + icon + 14, height * size + 8


def place_callouts(
    frame: Frame, callouts: Sequence[Callout], blocks: BaseGeometry, text_scale: float
) -> list[tuple[Callout, Box]]:
    """Find a place near its mark for each note, the destination's first."""
    space = Occupied((frame[0] + 3, frame[1] + 3, frame[2] - 3, frame[3] - 3), blocks)
    for callout in callouts:
        space.add(mark_box(callout))
    placed: list[tuple[Callout, Box]] = []
    for callout in sorted(callouts, key=lambda c: _ORDER.index(c.style)):
        if not Box(*callout.at, 1, 1).inside(frame):
            continue
        box = _find_box(callout, space, text_scale)
        if box is not None:
            space.add(box)
            placed.append((callout, box))
    return placed


def _find_box(callout: Callout, space: Occupied, text_scale: float) -> Box | None:
    width, height = _measure_callout(callout, text_scale)
    for ignore in (False, True):
        for ring in _RINGS_PX:
            for direction in _COMPASS:
                dx, dy = cos(radians(direction)), sin(radians(direction))
                away = callout.reach + ring
                box = Box(
                    callout.at[0] + dx * (away + width / 2),
                    callout.at[1] + dy * (away + height / 2),
                    width,
                    height,
                )
                if space.is_free(box, ignore_blocks=ignore):
                    return box
    return None


def write_callout(theme: Theme, callout: Callout, box: Box, text_scale: float) -> str:
    """Write a note where it was placed."""
    fill, text, edge = (theme.ink.get(key, key) for key in _COLOURS[callout.style])
    size = _CALLOUT_PX * text_scale
    icon = size * 1.5 if callout.symbol else 0.0
    x, y = box.x - callout.at[0], box.y - callout.at[1]
    left, top = x - box.width / 2, y - box.height / 2
    leader = _write_leader(theme.ink.get(edge, edge), callout, box)
    rect = (
        f'<rect x="{number(left)}" y="{number(top)}" width="{number(box.width)}"'
        f' height="{number(box.height)}" rx="5" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'
    )
    glyph = ""
    if callout.symbol:
        glyph = (
            f'<g transform="translate({number(left + 5 + size * 0.65)} {number(y)})">'
            f"{draw_glyph(callout.symbol, size * 1.15, text)}</g>"
        )
    lines: list[str] = []
    classes = ' class="p"' if _COLOURS[callout.style][1] == "on-route" else ""
    baseline = top + 4
    for index, said in enumerate(callout.texts):
        em = size * (SECOND_EM if index else 1.0)
        baseline += LINE_EM * em
        look = classes + ("" if index else ' font-weight="600"')
        lines.append(
            f'<text x="{number(x + icon / 2)}" y="{number(baseline - 0.34 * em)}"'
            f'{look} font-size="{number(em)}">{escape(said)}</text>'
        )
    return write_fixed(callout.at, leader + rect + glyph + "".join(lines))


_COLOURS = {
    "route": ("route", "on-route", "route-casing"),
    "from": ("route-casing", "text", "route"),
    "start": ("route-casing", "text", "start"),
    "stop": ("route-casing", "text", "start"),
    "end": ("end", "on-route", "route-casing"),
    "here": ("here", "on-route", "route-casing"),
}


def _write_leader(colour: str, callout: Callout, box: Box) -> str:
    """Write a line from a mark to a note that stands far from it."""
    x, y = box.x - callout.at[0], box.y - callout.at[1]
    nearest = (
        max(x - box.width / 2, min(0.0, x + box.width / 2)),
        max(y - box.height / 2, min(0.0, y + box.height / 2)),
    )
    distance = hypot(*nearest)
    if distance < callout.reach + _RINGS_PX[1]:
        return ""
    ux, uy = nearest[0] / distance * callout.reach, nearest[1] / distance * callout.reach
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="1.5"'
        f' d="M{number(ux)} {number(uy)}L{number(nearest[0])} {number(nearest[1])}"/>'
    )
