"""What is laid over a level: the route, its changes of floor and both ends, you-are-here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sin

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.boxes import Box, Occupied
from wayfinder.draw.lettering import LINE_EM, SECOND_EM
from wayfinder.draw.paths import UNITS, number, points_path
from wayfinder.draw.places import Text
from wayfinder.draw.route import Change, End, RouteDrawing
from wayfinder.draw.symbols import draw_glyph
from wayfinder.draw.text import measure_em
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy
from wayfinder.guide.words import translate

ROUTE_PX, CASING_PX = 6.5, 11.0
_CHEVRON_EVERY_PX = 40.0
_CHEVRON_CLEAR_PX = 12.0
_CLEAR_PX = 7.0
_CALLOUT_PX = 13.0
_RINGS_PX = (4.0, 16.0, 34.0, 60.0, 100.0, 160.0)
_COMPASS = (90, 270, 0, 180, 45, 135, 315, 225)


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader stands.

    Parameters
    ----------
    point
        In metres of the plan's frame.
    facing_deg
        Compass direction in which the reader looks, or None where unknown.
    """

    point: Xy
    facing_deg: float | None = None


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


@dataclass(frozen=True)
class Overlay:
    """All that is laid over a level, placed.

    Parameters
    ----------
    below, above
        SVG drawn before and after the labels of the level.
    taken
        Boxes that labels must keep off.
    blocks
        The route as a shape that they must keep off.
    hidden
        Features that the overlay names itself.
    """

    below: str
    above: str
    taken: tuple[Box, ...]
    blocks: BaseGeometry
    hidden: frozenset[str]


def make_overlay(
    view: View,
    theme: Theme,
    level_id: str,
    languages: tuple[str, ...],
    *,
    route: RouteDrawing | None,
    here: Here | None,
    text_scale: float,
) -> Overlay:
    """Lay a route and the reader's place over a level."""
    lines, others = _split_parts(view, route, level_id)
    marks: list[str] = []
    callouts: list[Callout] = []
    if route is not None:
        for change in route.changes:
            callouts += _note_change(view, change, level_id)
        for end in route.ends:
            if end.level_id == level_id:
                marks.append(_mark_end(view, theme, end))
                callouts.append(_note_end(view, end, languages))
    if here is not None:
        at = view.point(here.point)
        marks.append(_mark_here(view, theme, here, at))
        callouts.append(Callout(at, 11, _say("draw.you-are-here", languages), None, "here"))
    dots = [
        _mark_change(theme, callout) for callout in callouts if callout.style in {"route", "from"}
    ]
    shapes = [line.buffer(_CLEAR_PX) for line in lines] + [line.buffer(3) for line in others]
    blocks = shapely.union_all(shapes)
    placed = _place_callouts(view, callouts, blocks, text_scale)
    # one mark may be larger than its note expects: a pin stands above its point
    taken = [_mark_box(callout) for callout in callouts] + [box for _, box in placed]
    notes = [_write_callout(theme, callout, box, text_scale) for callout, box in placed]
    hidden = frozenset(end.feature for end in route.ends) if route is not None else frozenset()
    below = _write_lines(theme, lines, others)
    return Overlay(below, "".join((*dots, *marks, *notes)), tuple(taken), blocks, hidden)


def _say(msgid: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(translate(language, msgid) for language in languages))


def _split_parts(
    view: View, route: RouteDrawing | None, level_id: str
) -> tuple[list[LineString], list[LineString]]:
    """Return a route's lines in pixels on this level and on the others."""
    here: list[LineString] = []
    others: list[LineString] = []
    for part in route.parts if route is not None else ():
        line = view.shape(LineString(part.line))
        if isinstance(line, LineString):
            (here if part.level_id == level_id else others).append(line)
    return here, others


def _write_lines(theme: Theme, lines: list[LineString], others: list[LineString]) -> str:
    ink = theme.ink

    def path(group: Sequence[LineString], colour: str, width: float, more: str = "") -> str:
        data = "".join(points_path(shapely.get_coordinates(line)) for line in group)
        if not data:
            return ""
        return (
            f'<path class="r" style="stroke:{colour}" stroke-width="{number(width * UNITS)}"'
            f'{more} d="{data}"/>'
        )

    chevrons = "".join(_chevrons(lines))
    arrows = (
        f'<path class="r" style="stroke:{ink["on-route"]}" stroke-width="{number(1.9 * UNITS)}"'
        f' d="{chevrons}"/>'
        if chevrons
        else ""
    )
    dashes = f' stroke-dasharray="{UNITS * 1} {UNITS * 7}"'
    return (
        path(others, ink["route-other"], 4.0, dashes)
        + path(lines, ink["route-casing"], CASING_PX)
        + path(lines, ink["route"], ROUTE_PX)
        + arrows
    )


def _chevrons(lines: list[LineString]) -> Iterator[str]:
    """Write arrow heads along the lines, none across a bend."""
    for line in lines:
        length = line.length - 2 * _CHEVRON_CLEAR_PX
        count = max(1, int(length / _CHEVRON_EVERY_PX)) if length > 0 else 0
        for turn in range(count):
            middle = _CHEVRON_CLEAR_PX + length * (turn + 0.5) / count
            a, b = (line.interpolate(middle + d) for d in (-5.0, 5.0))
            if hypot(b.x - a.x, b.y - a.y) > 9.5:
                ux, uy = (b.x - a.x) / 10, (b.y - a.y) / 10
                tip = line.interpolate(middle + 1.6)
                wings = [
                    (tip.x - 2.6 * ux - s * 2.2 * uy, tip.y - 2.6 * uy + s * 2.2 * ux)
                    for s in (1, -1)
                ]
                yield points_path((wings[0], (tip.x, tip.y), wings[1]))


def _note_change(view: View, change: Change, level_id: str) -> Iterator[Callout]:
    if change.level_id == level_id:
        yield Callout(view.point(change.point), 8, (change.leaving,), change.symbol, "route")
    if change.to_level_id == level_id:
        yield Callout(view.point(change.to_point), 8, (change.arriving,), change.symbol, "from")


def _note_end(view: View, end: End, languages: tuple[str, ...]) -> Callout:
    texts = end.texts or tuple(Text(tag, translate(tag, f"draw.{end.role}")) for tag in languages)
    lines = tuple(dict.fromkeys(text.text for text in texts))
    return Callout(view.point(end.point), 9, lines, None, end.role)


def _mark_box(callout: Callout) -> Box:
    x, y = callout.at
    if callout.style == "end":
        return Box(x, y - 12, 22, 30)
    return Box(x, y, 2 * callout.reach, 2 * callout.reach)


def _mark_change(theme: Theme, callout: Callout) -> str:
    fill = theme.ink["route"] if callout.style == "route" else theme.ink["route-casing"]
    return _fixed(
        callout.at,
        f'<circle r="6.5" fill="{fill}" stroke="{theme.ink["route"]}" stroke-width="2.5"/>'
        + (f'<circle r="3" fill="{theme.ink["on-route"]}"/>' if callout.style == "route" else ""),
    )


def _mark_end(view: View, theme: Theme, end: End) -> str:
    at = view.point(end.point)
    if end.role != "end":
        return _fixed(
            at,
            f'<circle r="7" fill="{theme.ink["route-casing"]}" stroke="{theme.ink["start"]}"'
            ' stroke-width="3.5"/>',
        )
    return _fixed(
        at,
        f'<path fill="{theme.ink["end"]}" stroke="{theme.ink["route-casing"]}" stroke-width="1.6"'
        ' d="M0 1C-3-6-10-10-10-17a10 10 0 0 1 20 0C10-10 3-6 0 1z"/>'
        f'<circle cy="-17" r="4" fill="{theme.ink["route-casing"]}"/>',
    )


def _mark_here(view: View, theme: Theme, here: Here, at: Xy) -> str:
    ink = theme.ink
    wedge = ""
    if here.facing_deg is not None:
        middle = view.angle(here.facing_deg)
        a, b = (radians(middle + d) for d in (-32, 32))
        p, q = ((30 * cos(t), 30 * sin(t)) for t in (a, b))
        wedge = (
            f'<path fill="{ink["here-wedge"]}" fill-opacity=".45" stroke="{ink["route-casing"]}"'
            f' d="M0 0L{number(p[0])} {number(p[1])}A30 30 0 0 1 {number(q[0])} {number(q[1])}z"/>'
        )
    dot = f'<circle r="8" fill="{ink["here"]}" stroke="{ink["route-casing"]}" stroke-width="3"/>'
    return _fixed(at, wedge + dot)


def _fixed(at: Xy, inner: str) -> str:
    """Write something that keeps its size when the map is zoomed."""
    return f'<g transform="translate({number(at[0])} {number(at[1])})"><g class="s">{inner}</g></g>'


def _measure_callout(callout: Callout, text_scale: float) -> Xy:
    size = _CALLOUT_PX * text_scale
    widths = [measure_em(t) * (SECOND_EM if n else 1.0) for n, t in enumerate(callout.texts)]
    icon = size * 1.5 if callout.symbol else 0.0
    height = sum(LINE_EM * (SECOND_EM if n else 1.0) for n in range(len(callout.texts)))
    return max(widths, default=0.0) * size + icon + 14, height * size + 8


def _place_callouts(
    view: View, callouts: list[Callout], blocks: BaseGeometry, text_scale: float
) -> list[tuple[Callout, Box]]:
    """Find a place near its mark for each note, the destination's first."""
    frame = view.frame
    space = Occupied((frame[0] + 3, frame[1] + 3, frame[2] - 3, frame[3] - 3), blocks)
    for callout in callouts:
        space.add(_mark_box(callout))
    placed: list[tuple[Callout, Box]] = []
    for callout in sorted(callouts, key=lambda c: _ORDER.index(c.style)):
        if not Box(*callout.at, 1, 1).inside(frame):
            continue
        box = _find_box(callout, space, text_scale)
        if box is not None:
            space.add(box)
            placed.append((callout, box))
    return placed


_ORDER = ("here", "end", "route", "start", "stop", "from")


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


def _write_callout(theme: Theme, callout: Callout, box: Box, text_scale: float) -> str:
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
    baseline = top + 4
    for index, said in enumerate(callout.texts):
        em = size * (SECOND_EM if index else 1.0)
        baseline += LINE_EM * em
        lines.append(
            f'<text x="{number(x + icon / 2)}" y="{number(baseline - 0.34 * em)}"'
            f' style="fill:{text};font-size:{number(em)}px;font-weight:{400 if index else 600}">'
            f"{escape(said)}</text>"
        )
    return _fixed(callout.at, leader + rect + glyph + "".join(lines))


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


def route_lines_m(route: RouteDrawing, level_id: str) -> MultiLineString:
    """Return a route's lines on a level in metres."""
    return MultiLineString([part.line for part in route.parts if part.level_id == level_id])
