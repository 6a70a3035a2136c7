"""What is laid over a level: the route, its changes of floor and both ends, you-are-here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.boxes import Box
from wayfinder.draw.callouts import Callout, mark_box, place_callouts, write_callout, write_fixed
from wayfinder.draw.paths import UNITS, number, points_path
from wayfinder.draw.places import Text
from wayfinder.draw.route import Change, End, RouteDrawing
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy
from wayfinder.guide.words import translate

ROUTE_PX, CASING_PX = 6.5, 11.0
_CHEVRON_EVERY_PX = 40.0
_CHEVRON_CLEAR_PX = 12.0
_CLEAR_PX = 7.0
_WEDGE_PX = 30.0
_SAME_PX = 14.0


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
    goals
        Points in metres whose room is marked as the destination.
    """

    below: str
    above: str
    taken: tuple[Box, ...]
    blocks: BaseGeometry
    hidden: frozenset[str]
    goals: tuple[Xy, ...] = ()


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
    lines = _lines_on(view, route, level_id)
    marks: list[str] = []
    callouts: list[Callout] = []
    if route is not None:
        for change in route.changes:
            callouts += _note_change(view, change, level_id)
        for end in route.ends:
            if end.level_id == level_id and not _stands_there(view, end, here):
                marks.append(mark_end(theme, end.role, view.point(end.point)))
                callouts.append(note_end(end, view.point(end.point), languages))
    if here is not None:
        at = view.point(here.point)
        reach = 11 if here.facing_deg is None else _WEDGE_PX
        marks.append(_mark_here(view, theme, here, at))
        callouts.append(Callout(at, reach, _say("draw.you-are-here", languages), None, "here"))
    dots = [
        _mark_change(theme, callout) for callout in callouts if callout.style in {"route", "from"}
    ]
    blocks = shapely.union_all([line.buffer(_CLEAR_PX) for line in lines])
    placed = place_callouts(view.frame, callouts, blocks, text_scale)
    taken = [mark_box(callout) for callout in callouts] + [box for _, box in placed]
    notes = [write_callout(theme, callout, box, text_scale) for callout, box in placed]
    hidden = frozenset(end.feature for end in route.ends) if route is not None else frozenset()
    below = write_lines(lines)
    goals = tuple(
        end.point
        for end in (route.ends if route is not None else ())
        if end.level_id == level_id and end.role != "start"
    )
    return Overlay(below, "".join((*dots, *marks, *notes)), tuple(taken), blocks, hidden, goals)


def _stands_there(view: View, end: End, here: Here | None) -> bool:
    """Tell whether the reader stands at the start, so that one note is enough."""
    if here is None or end.role != "start":
        return False
    (x, y), (a, b) = view.point(end.point), view.point(here.point)
    return hypot(x - a, y - b) < _SAME_PX


def _say(msgid: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(translate(language, msgid) for language in languages))


def _lines_on(view: View, route: RouteDrawing | None, level_id: str) -> list[LineString]:
    """Return a route's lines in pixels on this level: those of other floors would lead astray."""
    parts = route.parts if route is not None else ()
    lines = (view.shape(LineString(part.line)) for part in parts if part.level_id == level_id)
    return [line for line in lines if isinstance(line, LineString)]


def write_lines(lines: Sequence[LineString]) -> str:
    """Write a route's lines in pixels: casing, line and arrow heads."""

    def path(group: Sequence[LineString], classes: str, width: float) -> str:
        data = "".join(points_path(shapely.get_coordinates(line)) for line in group)
        if not data:
            return ""
        width_attribute = f'stroke-width="{number(width * UNITS)}"'
        return f'<path class="{classes}" {width_attribute} d="{data}"/>'

    chevrons = "".join(_chevrons(lines))
    arrows = (
        f'<path class="r v" stroke-width="{number(1.9 * UNITS)}" d="{chevrons}"/>'
        if chevrons
        else ""
    )
    return path(lines, "r c", CASING_PX) + path(lines, "r", ROUTE_PX) + arrows


def _chevrons(lines: Sequence[LineString]) -> Iterator[str]:
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


def note_end(end: End, at: Xy, languages: tuple[str, ...]) -> Callout:
    """Make the note of a start, a stop or an end: its number in a visit, its name or what it is."""
    texts = end.texts or tuple(Text(tag, translate(tag, f"draw.{end.role}")) for tag in languages)
    lines = tuple(dict.fromkeys(text.text for text in texts))
    if end.number is not None:
        lines = (f"{end.number} · {lines[0]}", *lines[1:])
    return Callout(at, 9, lines, None, end.role)


def _mark_change(theme: Theme, callout: Callout) -> str:
    fill = theme.ink["route"] if callout.style == "route" else theme.ink["route-casing"]
    return write_fixed(
        callout.at,
        f'<circle r="6.5" fill="{fill}" stroke="{theme.ink["route"]}" stroke-width="2.5"/>'
        + (f'<circle r="3" fill="{theme.ink["on-route"]}"/>' if callout.style == "route" else ""),
    )


def mark_end(theme: Theme, role: str, at: Xy) -> str:
    """Write the mark of a start, a stop or an end."""
    if role != "end":
        return write_fixed(
            at,
            f'<circle r="7" fill="{theme.ink["route-casing"]}" stroke="{theme.ink["start"]}"'
            ' stroke-width="3.5"/>',
        )
    return write_fixed(
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
        p, q = ((_WEDGE_PX * cos(t), _WEDGE_PX * sin(t)) for t in (a, b))
        wedge = (
            f'<path fill="{ink["here-wedge"]}" fill-opacity=".45" stroke="{ink["route-casing"]}"'
            f' d="M0 0L{number(p[0])} {number(p[1])}A{number(_WEDGE_PX)} '
            f'{number(_WEDGE_PX)} 0 0 1 {number(q[0])} {number(q[1])}z"/>'
        )
    dot = f'<circle r="8" fill="{ink["here"]}" stroke="{ink["route-casing"]}" stroke-width="3"/>'
    return write_fixed(at, wedge + dot)


def route_lines_m(route: RouteDrawing, level_id: str) -> MultiLineString:
    """Return a route's lines on a level in metres."""
    return MultiLineString([part.line for part in route.parts if part.level_id == level_id])
