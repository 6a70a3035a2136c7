"""The mounting plan of a level: where each sign hangs and which way it faces, with the list beside.

The map is the level's own, walls level with the page. A sign is a dot with an arrow towards the
side that its face looks to; its number stands close by, moved aside where there are many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, floor, hypot, radians, sin

import shapely
from shapely.geometry import Point

from wayfinder.draw.boxes import Box as Taken
from wayfinder.draw.labels import Label, Placer, Symbol
from wayfinder.draw.lettering import LINE_EM, SECOND_EM, SIZES_PX, is_bold
from wayfinder.draw.scene import Scene
from wayfinder.draw.sheet_page import (
    A3_LANDSCAPE,
    SheetWords,
    frame_pages,
    notes_height,
    put_notes,
    room,
)
from wayfinder.draw.sheet_table import RULE, Column, Row, put_text, set_table
from wayfinder.draw.signs.display import Fill, Glyphs, Item, SignDrawing, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.level_map import recall_map
from wayfinder.draw.signs.marks import draw_badge, draw_north
from wayfinder.draw.signs.outlines import Box, circle, polyline, rectangle
from wayfinder.draw.symbols import badge_of
from wayfinder.draw.theme import Theme, load_theme
from wayfinder.draw.view import View, Xy, fit_view, make_least, measure_turned

_MM_PER_PX = 0.2
"""Names on the plan are 2 to 3 mm high."""
_MARGIN_PX = 60.0
_GAP_MM = 5.0
_LIST_MM = 2.6
_MARK, _ON_MARK = "#b3001b", "#ffffff"
_DOT_MM, _ARROW_MM, _BUBBLE_MM, _NUMBER_MM = 0.8, 4.2, 2.9, 2.9
_NEAR_MM = (7.5, 10.0, 13.0, 17.0, 22.0, 28.0, 36.0)
_TURNS_DEG = (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)
_LEAST_M = 20.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on the plan.

    Parameters
    ----------
    number
        Its number in the list.
    point
        In metres of the plan's frame.
    bearing_deg
        Outward normal of its face, degrees clockwise from north; None where unknown.
    feature
        Id of the sign, which has no symbol of its own here.
    """

    number: int
    point: Xy
    bearing_deg: float | None
    feature: str


def draw_mounting_plan(
    scene: Scene,
    marks: Sequence[Mark],
    words: SheetWords,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    theme: str = "light",
) -> tuple[SignDrawing, ...]:
    """Draw the mounting plan of a level on A3 pages.

    Parameters
    ----------
    scene
        The level.
    marks
        Its signs.
    words
        Head and foot.
    columns, rows
        The list: beside the map as far as there is room, then on further pages.
    theme
        Name of the colours.
    """
    left, top, right, bottom = room(A3_LANDSCAPE)
    width = sum(column.width_mm for column in columns)
    beside = (right - width, top, right, bottom)
    frame = (left, top, right - width - _GAP_MM, bottom)
    low = frame[3] - notes_height(words.notes, frame[2] - frame[0]) - 2

    several = max(1, int((right - left + _GAP_MM) / (width + _GAP_MM)))

    def boxes() -> Iterator[Box]:
        yield beside
        while True:
            for place in range(several):
                yield (left + place * (width + _GAP_MM), top, right, bottom)

    lists = list(set_table(columns, rows, boxes(), size_mm=_LIST_MM))
    first: list[Item | Use] = [
        *_draw_map(scene, marks, (frame[0], frame[1], frame[2], low), load_theme(theme)),
        *put_notes(words.notes, frame[0], low + 2, frame[2] - frame[0]),
        *lists[0],
    ]
    further = [
        tuple(item for items in lists[start : start + several] for item in items)
        for start in range(1, len(lists), several)
    ]
    return frame_pages(words, [tuple(first), *further], A3_LANDSCAPE)


def _draw_map(
    scene: Scene, marks: Sequence[Mark], frame: Box, theme: Theme
) -> Iterator[Item | Use]:
    level = recall_map(scene, theme)
    view = _make_view(scene, marks, frame)
    left, top, right, bottom = frame
    edge = rectangle(left, top, right - left, bottom - top)
    yield Fill(edge, theme.ink["ground"])
    part = level.part(view.px_per_m)
    k, turned = _MM_PER_PX, radians(-view.up_deg)
    c, s = cos(turned) * k, sin(turned) * k
    x, y = view.shift_px
    yield Use(part, (c, s, -s, c, x * k, y * k), frame)
    spots = [_Spot(mark, _in_mm(view, mark.point), view) for mark in marks]
    bubbles = _place_bubbles(spots, frame)
    labels, symbols = _place_names(scene, view, [*_list_taken(spots, bubbles)], marks)
    for symbol in symbols:
        yield _draw_symbol(symbol, theme)
    for label in labels:
        yield from _draw_label(label, theme)
    for spot, bubble in zip(spots, bubbles, strict=True):
        yield from _draw_mark(spot, bubble)
    yield from draw_north((right - 9, top + 9), 5.5, view.up_deg, theme, scene.languages)
    yield from _draw_scale(view, frame)
    yield Stroke(edge, RULE, 0.3)


def _make_view(scene: Scene, marks: Sequence[Mark], frame: Box) -> View:
    """Fit the level, and all signs, into the frame."""
    shown = [*scene.drawn_indoors, *(Point(mark.point) for mark in marks)]
    extent = measure_turned([*shown, make_least(shown, _LEAST_M)], scene.axis_deg)
    left, top, right, bottom = (value / _MM_PER_PX for value in frame)
    return fit_view(extent, (left, top, right, bottom), up_deg=scene.axis_deg, margin_px=_MARGIN_PX)


def _in_mm(view: View, point: Xy) -> Xy:
    x, y = view.point(point)
    return x * _MM_PER_PX, y * _MM_PER_PX


class _Spot:
    """A sign in millimetres of the page, with the direction of its arrow there."""

    def __init__(self, mark: Mark, at: Xy, view: View) -> None:
        self.mark = mark
        self.at = at
        self.angle = None if mark.bearing_deg is None else view.angle(mark.bearing_deg)

    def beyond(self, distance: float, turned: float = 0.0) -> Xy:
        """Return the point at a distance along the arrow, turned by degrees."""
        t = radians((-90.0 if self.angle is None else self.angle) + turned)
        return self.at[0] + distance * cos(t), self.at[1] + distance * sin(t)


def _place_bubbles(spots: Sequence[_Spot], frame: Box) -> list[Xy]:
    """Find a place for each number: before its sign, else around it, free of all others."""
    left, top, right, bottom = frame
    inset = _BUBBLE_MM + 0.5
    dots, placed = _Near(_BUBBLE_MM + _DOT_MM), _Near(2 * _BUBBLE_MM + 0.4)
    for spot in spots:
        dots.add(spot.at)
        dots.add(spot.beyond(_ARROW_MM))
    found: list[Xy] = []
    for spot in spots:
        best, least = spot.beyond(_NEAR_MM[0]), float("inf")
        for distance, turned in product(_NEAR_MM, _TURNS_DEG):
            x, y = spot.beyond(distance, turned)
            if not (left + inset < x < right - inset and top + inset < y < bottom - inset):
                continue
            crowd = placed.count((x, y)) + dots.count((x, y))
            if crowd < least:
                best, least = (x, y), crowd
            if not crowd:
                break
        placed.add(best)
        found.append(best)
    return found


class _Near:
    """Counts points nearer than a distance: only those in the cells about a place are looked at."""

    def __init__(self, reach: float) -> None:
        self._reach = reach
        self._cells: defaultdict[tuple[int, int], list[Xy]] = defaultdict(list)

    def add(self, at: Xy) -> None:
        """Add a point."""
        self._cells[self._find_cell(at)].append(at)

    def count(self, at: Xy) -> int:
        """Return how many points are near a place."""
        column, row = self._find_cell(at)
        cells = product(range(column - 1, column + 2), range(row - 1, row + 2))
        points = (point for cell in cells for point in self._cells.get(cell, ()))
        return sum(hypot(at[0] - x, at[1] - y) < self._reach for x, y in points)

    def _find_cell(self, at: Xy) -> tuple[int, int]:
        return floor(at[0] / self._reach), floor(at[1] / self._reach)


def _list_taken(spots: Iterable[_Spot], bubbles: Iterable[Xy]) -> Iterator[Taken]:
    """Yield in pixels what names keep off: numbers and arrows."""
    for spot, bubble in zip(spots, bubbles, strict=True):
        side = 2 * _BUBBLE_MM / _MM_PER_PX
        yield Taken(bubble[0] / _MM_PER_PX, bubble[1] / _MM_PER_PX, side, side)
        x, y = spot.beyond(_ARROW_MM / 2)
        yield Taken(x / _MM_PER_PX, y / _MM_PER_PX, side * 0.9, side * 0.9)


def _place_names(
    scene: Scene, view: View, taken: Sequence[Taken], marks: Sequence[Mark]
) -> tuple[list[Label], list[Symbol]]:
    walls = [scene.walls.inner, scene.walls.outer]
    placer = Placer(
        view,
        taken=taken,
        walls=shapely.union_all([view.shape(line).buffer(1.0, quad_segs=1) for line in walls]),
        built=view.shape(scene.walls.outline),
        furniture=shapely.union_all([a.outline for a in scene.areas if a.furniture]),
        symbol_px=15.0,
    )
    hidden = {mark.feature for mark in marks}
    named = [one for one in scene.places if one.feature not in hidden]
    placer.place_all(named, 1, names_staff=True)  # who hangs signs finds his way by those too
    return list(placer.labels.values()), list(placer.symbols.values())


def _draw_symbol(symbol: Symbol, theme: Theme) -> Use:
    name = symbol.place.symbol or ""
    at = (symbol.x * _MM_PER_PX, symbol.y * _MM_PER_PX)
    badge = badge_of(name, symbol.place.kind)
    return draw_badge(name, badge, at, symbol.size_px * _MM_PER_PX, theme)


def _draw_label(label: Label, theme: Theme) -> Iterator[Item]:
    weight = BOLD if is_bold(label.place) else REGULAR
    size = SIZES_PX[label.size] * _MM_PER_PX
    ems = [SECOND_EM if line.second else 1.0 for line in label.lines]
    down = -sum(LINE_EM * em for em in ems) / 2 * size
    c, s = cos(radians(label.angle)), sin(radians(label.angle))
    for line, em in zip(label.lines, ems, strict=True):
        along = -load_font(weight).measure_em(line.text) * em * size / 2
        across = down + (LINE_EM / 2 + MIDDLE_EM) * em * size
        down += LINE_EM * em * size
        x = label.x * _MM_PER_PX + along * c - across * s
        y = label.y * _MM_PER_PX + along * s + across * c
        yield Glyphs(x, y, line.text, em * size, theme.ink["text-soft"], weight, label.angle)


def _draw_mark(spot: _Spot, bubble: Xy) -> Iterator[Item]:
    """Draw a sign: its number on a line to its place, and the arrow that its face looks along."""
    yield Stroke(polyline([spot.at, bubble]), _ON_MARK, 0.9)
    yield Stroke(polyline([spot.at, bubble]), _MARK, 0.3)
    if spot.angle is not None:
        head = [spot.beyond(_ARROW_MM), spot.beyond(2.2, 38), spot.beyond(2.2, -38)]
        yield Stroke(polyline(head, closed=True), _ON_MARK, 0.7)
        yield Fill(polyline(head, closed=True), _MARK)
        yield Stroke(polyline([spot.at, spot.beyond(2.2)]), _MARK, 0.8)
    yield Fill(circle(*spot.at, _DOT_MM + 0.35), _ON_MARK)
    yield Fill(circle(*spot.at, _DOT_MM), _MARK)
    yield Fill(circle(*bubble, _BUBBLE_MM + 0.3), _ON_MARK)
    yield Fill(circle(*bubble, _BUBBLE_MM), _MARK)
    said = str(spot.mark.number)
    size = _NUMBER_MM if len(said) < 4 else _NUMBER_MM * 3 / len(said)
    yield put_text(*bubble, said, size, colour=_ON_MARK, weight=BOLD, align=0.5)


def _draw_scale(view: View, frame: Box) -> Iterator[Item]:
    """Draw a bar of a round length."""
    mm_per_m = view.px_per_m * _MM_PER_PX
    length_m = next(one for one in (5, 10, 20, 50, 100, 200, 500, 1000) if one * mm_per_m > 20)
    left, bottom = frame[0] + 4, frame[3] - 4
    right = left + length_m * mm_per_m
    yield Fill(rectangle(left - 2, bottom - 6, right - left + 4, 8), "#ffffff", 0.8)
    ends = [(left, bottom - 1.5), (left, bottom), (right, bottom), (right, bottom - 1.5)]
    yield Stroke(polyline(ends), "#14181c", 0.35)
    middle = (left + right) / 2
    yield put_text(middle, bottom - 3, f"{length_m} m", 2.6, align=0.5)
