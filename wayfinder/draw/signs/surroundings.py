"""The map on a sign: its surroundings, heads up, with you-are-here and where ways part next.

It is drawn from the same scene, seen through the same view, with its names placed by the same
rules as the map on a phone; only the list that comes of it is another one. The shapes of a level
are one part that all its signs share, turned and moved under each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.boxes import Box as Taken
from wayfinder.draw.labels import Label, Placer, Symbol
from wayfinder.draw.lettering import LINE_EM, SECOND_EM, SIZES_PX, is_bold
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.level_map import LevelMap, Standing
from wayfinder.draw.signs.marks import draw_badge, draw_north
from wayfinder.draw.signs.outlines import Box, Matrix, circle, polyline, rectangle
from wayfinder.draw.symbols import badge_of
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View, Xy, turn
from wayfinder.guide.words import translate

_RATIOS = (100, 140, 200, 280, 400, 560)
"""Scales of the maps, one over so many: few, so that signs share what is drawn at each."""

_LEAST_PX_PER_M = 7.5
"""Smaller, and rooms have no place for their names."""

_LEAST_WIDTH_M = 36.0
_FARTHEST_SPOT_M = 45.0
_SYMBOL_PX = 17.0
_WEDGE_PX = 26.0
_DOT_PX = 7.0


def draw_map(
    level: LevelMap, standing: Standing, frame: Box, *, mm_per_px: float
) -> list[Item | Use]:
    """Draw the surroundings of a sign.

    Parameters
    ----------
    level
        The map of its level.
    standing
        Where its reader stands.
    frame
        Left, top, right, bottom in millimetres.
    mm_per_px
        Millimetres a pixel of `SIZES_PX`: how large the letters are.
    """
    theme = level.theme
    view = _make_view(level, standing, frame, mm_per_px)
    here = view.point(standing.reader)
    note, taken = _note_here(level, here, view, standing)
    labels, symbols = _place_names(level, view, standing, taken)
    sheet = _Sheet(view, frame, mm_per_px, theme)
    left, top, right, bottom = frame
    edge = rectangle(left, top, right - left, bottom - top)
    items: list[Item | Use] = [Fill(edge, theme.ink["ground"])]
    items.append(Use(level.part(view.px_per_m), sheet.matrix_of_part, frame))
    items += sheet.draw_spots(standing.spots)
    items += sheet.draw_reader(here, turned=standing.bearing_deg is not None)
    for symbol in symbols:
        items += sheet.draw_symbol(symbol)
    for label in labels:
        items += sheet.draw_label(label)
    items += sheet.draw_note(note)
    size = 15 * mm_per_px
    items += draw_north(
        (right - size, top + size), size * 0.7, view.up_deg, theme, level.scene.languages
    )
    items += sheet.draw_credit(level.scene.credit)
    items.append(Stroke(edge, theme.ink["line"], 0.35))
    return items


def _make_view(level: LevelMap, standing: Standing, frame: Box, mm_per_px: float) -> View:
    """Choose scale and part: all near spots in it, the reader in the middle but for the edges."""
    facing = standing.bearing_deg
    up_deg = level.scene.axis_deg if facing is None else (facing + 180) % 360
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    turned = turn(up_deg, 1.0)
    x, y = np.array(standing.reader) @ turned
    reach = [_LEAST_WIDTH_M / 2, _LEAST_WIDTH_M / 2 * min(1.0, height / width)]
    for spot in standing.spots:
        dx, dy = np.abs(np.array(spot) @ turned - (x, y))
        if np.hypot(dx, dy) <= _FARTHEST_SPOT_M:
            reach = [max(reach[0], dx + 3), max(reach[1], dy + 3)]
    needed = max(2000 * reach[0] / width, 2000 * reach[1] / height)
    fine = [one for one in _RATIOS if 1000 / one / mm_per_px >= _LEAST_PX_PER_M] or _RATIOS[:1]
    ratio = next((one for one in fine if one >= needed), fine[-1])
    half = (width * ratio / 2000, height * ratio / 2000)
    hull = level.hull @ turned
    low, high = hull.min(axis=0), hull.max(axis=0)
    middle = [
        _hold(value, first, last, reach)
        for value, first, last, reach in zip((x, y), low, high, half, strict=True)
    ]
    px_per_m = 1000 / ratio / mm_per_px
    box = tuple(value / mm_per_px for value in frame)
    shift = (
        (box[0] + box[2]) / 2 - px_per_m * middle[0],
        (box[1] + box[3]) / 2 - px_per_m * middle[1],
    )
    return View(up_deg, round(px_per_m, 6), shift, (box[0], box[1], box[2], box[3]))


def _hold(value: float, first: float, last: float, reach: float) -> float:
    """Move the middle of a window so that it shows little beyond what is drawn.

    The reader stays away from the window's edge, so that there is something around them.
    """
    inner = (first + reach - 2, last - reach + 2)
    moved = (inner[0] + inner[1]) / 2 if inner[0] > inner[1] else float(np.clip(value, *inner))
    return float(np.clip(moved, value - 0.6 * reach, value + 0.6 * reach))


@dataclass(frozen=True)
class _Note:
    """The words at the reader's place: lines with their width, in a box in pixels."""

    lines: tuple[tuple[str, float], ...]
    box: Taken
    size_px: float


def _note_here(
    level: LevelMap, here: Xy, view: View, standing: Standing
) -> tuple[_Note, list[Taken]]:
    """Set the words and tell what names must keep off: words, dot, wedge, spots, north."""
    size = SIZES_PX[1]
    said = dict.fromkeys(translate(tag, "draw.you-are-here") for tag in level.scene.languages)
    measure = load_font(BOLD).measure_em
    lines = tuple((text, measure(text) * size) for text in said)
    width, height = max(w for _, w in lines) + 10, len(lines) * size * LINE_EM + 5
    left, top, right, bottom = view.frame
    below = here[1] + _DOT_PX + 3 + height / 2
    y = below if below + height / 2 < bottom - 3 else here[1] - _WEDGE_PX - 3 - height / 2
    x = min(max(here[0], left + width / 2 + 2), right - width / 2 - 2)
    box = Taken(x, max(y, top + height / 2 + 2), width, height)
    marks = [Taken(*view.point(spot), 12, 12) for spot in standing.spots]
    wedge = Taken(here[0], here[1] - _WEDGE_PX / 2 + 2, _WEDGE_PX, _WEDGE_PX + 2 * _DOT_PX)
    north = Taken(right - 15, top + 15, 30, 30)
    return _Note(lines, box, size), [box, wedge, north, *marks]


def _place_names(
    level: LevelMap, view: View, standing: Standing, taken: Sequence[Taken]
) -> tuple[list[Label], list[Symbol]]:
    box = _seen_box(view)
    grown = (box[0] - 5, box[1] - 5, box[2] + 5, box[3] + 5)
    scene = level.scene
    placer = Placer(
        view,
        taken=taken,
        walls=view.shape(shapely.clip_by_rect(level.walls(view.px_per_m), *grown)),
        built=view.shape(_clip(scene.walls.outline, grown)),
        furniture=shapely.clip_by_rect(level.furniture, *grown),
        symbol_px=_SYMBOL_PX,
    )
    near = level.list_near(box, standing)
    known = ((place.feature, level.find_home(place, view)) for place in near)
    placer.know_homes({feature: home for feature, home in known if home is not None})
    placer.place_all(near, 1)
    return list(placer.labels.values()), list(placer.symbols.values())


def _clip(shape: MultiPolygon, box: Box) -> BaseGeometry:
    return shapely.make_valid(shapely.clip_by_rect(shape, *box))


def _seen_box(view: View) -> Box:
    """Return the box in metres around what the frame shows."""
    left, top, right, bottom = view.frame
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    back = (corners - view.shift_px) @ np.linalg.inv(turn(view.up_deg, view.px_per_m))
    (west, south), (east, north) = back.min(axis=0), back.max(axis=0)
    return float(west), float(south), float(east), float(north)


@dataclass(frozen=True)
class _Sheet:
    """Turns what was placed in pixels into items in millimetres."""

    view: View
    frame: Box
    mm_per_px: float
    theme: Theme

    @property
    def matrix_of_part(self) -> Matrix:
        """From pixels with north up to millimetres with the reader's direction up."""
        k = self.mm_per_px
        t = radians(-self.view.up_deg)
        c, s = cos(t) * k, sin(t) * k
        x, y = self.view.shift_px
        return c, s, -s, c, x * k, y * k

    def draw_spots(self, spots: Sequence[Xy]) -> Iterator[Item]:
        """Mark where ways part."""
        k = self.mm_per_px
        left, top, right, bottom = self.view.frame
        for spot in spots:
            x, y = self.view.point(spot)
            if left + 6 < x < right - 6 and top + 6 < y < bottom - 6:
                ring = circle(x * k, y * k, 4.2 * k)
                yield Fill(ring, self.theme.ink["symbol"])
                yield Stroke(ring, self.theme.ink["text"], 1.8 * k)

    def draw_reader(self, here: Xy, *, turned: bool) -> Iterator[Item]:
        """Mark the reader, with the direction that they look in."""
        k, ink = self.mm_per_px, self.theme.ink
        x, y = here[0] * k, here[1] * k
        if turned:
            reach = _WEDGE_PX * k
            arc = np.radians(np.linspace(-122, -58, 9))
            rim = [(x + reach * cos(t), y + reach * sin(t)) for t in arc]
            wedge = polyline([(x, y), *rim], closed=True)
            yield Fill(wedge, ink["here-wedge"], 0.45)
            yield Stroke(wedge, ink["route-casing"], 0.8 * k)
        yield Fill(circle(x, y, (_DOT_PX + 1.5) * k), ink["route-casing"])
        yield Fill(circle(x, y, _DOT_PX * k), ink["here"])

    def draw_note(self, note: _Note) -> Iterator[Item]:
        """Write that one is here, on a plate of the mark's colour."""
        k, box, ink = self.mm_per_px, note.box, self.theme.ink
        left, top, _, _ = box.bounds
        plate = rectangle(left * k, top * k, box.width * k, box.height * k, 2.5 * k)
        yield Fill(plate, ink["here"])
        step = note.size_px * LINE_EM
        first = box.y - step * (len(note.lines) - 1) / 2
        for row, (text, width) in enumerate(note.lines):
            y = first + row * step + note.size_px * MIDDLE_EM
            x = box.x - width / 2
            yield Glyphs(x * k, y * k, text, note.size_px * k, ink["symbol"], BOLD)

    def draw_symbol(self, symbol: Symbol) -> Iterator[Use]:
        """Draw a symbol on its badge."""
        k, name = self.mm_per_px, symbol.place.symbol or ""
        badge = badge_of(name, symbol.place.kind)
        at = (symbol.x * k, symbol.y * k)
        yield draw_badge(name, badge, at, symbol.size_px * k, self.theme)

    def draw_label(self, label: Label) -> Iterator[Item]:
        """Write a name in its lines."""
        k = self.mm_per_px
        weight = BOLD if is_bold(label.place) else REGULAR
        font = load_font(weight)
        tone = "text-soft" if label.place.kind in {"staff", "section"} else "text"
        size = SIZES_PX[label.size] * k
        ems = [SECOND_EM if line.second else 1.0 for line in label.lines]
        down = -sum(LINE_EM * em for em in ems) / 2 * size
        if label.free:
            yield self._plate(label)
        c, s = cos(radians(label.angle)), sin(radians(label.angle))
        for line, em in zip(label.lines, ems, strict=True):
            along = -font.measure_em(line.text) * em * size / 2
            across = down + (LINE_EM / 2 + MIDDLE_EM) * em * size
            down += LINE_EM * em * size
            x = label.x * k + along * c - across * s
            y = label.y * k + along * s + across * c
            colour = self.theme.ink[tone]
            yield Glyphs(x, y, line.text, em * size, colour, weight, label.angle)

    def _plate(self, label: Label) -> Fill:
        k, box = self.mm_per_px, label.box(0)
        left, top, _, _ = box.bounds
        plate = rectangle(left * k, top * k, box.width * k, box.height * k, 2 * k)
        return Fill(plate, self.theme.ink["halo"], 0.82)

    def draw_credit(self, credit: str) -> Iterator[Item]:
        """Write whose data the map is made of, if that has to be said."""
        if not credit:
            return
        size, font = 7.5 * self.mm_per_px, load_font(REGULAR)
        width = font.measure_em(credit) * size
        left, _, right, bottom = self.frame
        room = right - left - size
        size, width = (size, width) if width <= room else (size * room / width, room)
        x = right - width - size / 2
        plate = rectangle(x - size / 3, bottom - size * 1.5, width + size * 0.8, size * 1.5)
        yield Fill(plate, self.theme.ink["halo"], 0.82)
        yield Glyphs(x, bottom - size * 0.45, credit, size, self.theme.ink["text-soft"])
