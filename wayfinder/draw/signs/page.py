"""Where the blocks of a page go: upright, across, over people's heads, on a code plate."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from wayfinder.draw.signs.blocks import (
    SPECIMEN,
    Ink,
    draw_code,
    draw_head,
    draw_panel,
    draw_rows,
    measure_code,
    write_beneath,
)
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Use
from wayfinder.draw.signs.fonts import BOLD, load_font
from wayfinder.draw.signs.outlines import Box, rectangle
from wayfinder.draw.signs.rows import Columns, Words, fit_rows, name_in
from wayfinder.draw.signs.sizes import SignFormat
from wayfinder.draw.signs.surroundings import LevelMap, Standing, draw_map
from wayfinder.guide.face import Face
from wayfinder.model.labels import pick_label
from wayfinder.model.sign_address import SignAddress

_A4_MM = 210.0
_HEAD = 29.0
_MARGIN = 8.0
_LEAST_MAP_SHARE = 0.27
_LARGEST_LETTERS = 2.0
_LARGEST_HANGING_MM = 80.0
_MAP_MM_PER_PX = 0.3
_WATERMARK_OPACITY = 0.13


@dataclass(frozen=True)
class Page:
    """What a page consists of.

    Parameters
    ----------
    items
        From the ground up.
    columns
        Its rows.
    """

    items: list[Item | Use]
    columns: Columns | None


@dataclass(frozen=True)
class Order:
    """What is to be drawn.

    Parameters
    ----------
    face
        What it says.
    words
        Its lines in the languages asked for.
    level
        The map of its level, or None: then there is none.
    address
        What its code holds, or None for a specimen.
    size
        The format.
    ink
        Colours and languages.
    reading_m
        Distance that its names are read from.
    """

    face: Face
    words: tuple[Words, ...]
    level: LevelMap | None
    address: SignAddress | None
    size: SignFormat
    ink: Ink
    reading_m: float


def choose_unit(size: SignFormat) -> float:
    """Return how large things are, over their size on A4."""
    return min(size.width_mm, size.height_mm) / _A4_MM


def lay_page(order: Order) -> Page:
    """Lay out a page by its format."""
    if order.size.hanging:
        page = _lay_hanging(order)
    elif order.size.name == "plate":
        page = _lay_plate(order)
    elif order.size.portrait:
        page = _lay_upright(order)
    else:
        page = _lay_across(order)
    if order.address is None:
        page.items.extend(_watermark(order.size))
    return page


def _ground(order: Order) -> list[Item | Use]:
    sheet = rectangle(0, 0, order.size.width_mm, order.size.height_mm)
    return [Fill(sheet, order.ink.theme.ink["page"])]


def _lay_upright(order: Order) -> Page:
    """Head, rows, map, code, from top to bottom; the map has what the rows leave."""
    size, unit = order.size, order.ink.unit
    margin, head = _MARGIN * unit, _HEAD * unit
    code = measure_code(order.address, size.code_mm)
    left, right = margin, size.width_mm - margin
    foot = size.height_mm - margin * 0.6 - code
    body = foot - margin * 0.6 - head
    share = _LEAST_MAP_SHARE if order.level is not None else 0.0
    columns = _fit(order, right - left, body * (1 - share) - 1.2 * margin)
    items = _ground(order)
    items += draw_head(order.face, (0, 0, size.width_mm, head), order.ink)
    top = head + 0.6 * margin
    rows_bottom = top
    if columns is not None:
        items += draw_rows(columns, (left, top, right, foot), order.ink, margin)
        rows_bottom = top + columns.height_mm + 0.6 * margin
    if order.level is not None:
        items += _draw_map(order, (left, rows_bottom, right, foot - 0.6 * margin))
    items += draw_code(order.address, (left, foot, left + code, foot + code), order.ink)
    beside = (left + code + 0.8 * margin, foot, right, foot + code)
    items += write_beneath(order.face, order.address, beside, order.ink)
    return Page(items, columns)


def _lay_across(order: Order) -> Page:
    """Head on top, rows on the left, map and code on the right."""
    size, unit = order.size, order.ink.unit
    margin, head = _MARGIN * unit, _HEAD * 0.9 * unit
    code = measure_code(order.address, size.code_mm)
    middle = size.width_mm * 0.56
    left, right, bottom = margin, size.width_mm - margin, size.height_mm - 0.6 * margin
    columns = _fit(order, middle - left - margin, bottom - head - 1.2 * margin)
    items = _ground(order)
    items += draw_head(order.face, (0, 0, size.width_mm, head), order.ink)
    top = head + 0.6 * margin
    if columns is not None:
        items += draw_rows(columns, (left, top, middle - margin, bottom), order.ink, margin)
    foot = bottom - code
    if order.level is not None:
        items += _draw_map(order, (middle, head + margin, right, foot - 0.5 * margin))
    items += draw_code(order.address, (middle, foot, middle + code, bottom), order.ink)
    beside = (middle + code + 0.6 * margin, foot, right, bottom)
    items += write_beneath(order.face, order.address, beside, order.ink)
    return Page(items, columns)


def _lay_plate(order: Order) -> Page:
    """Head, code with its words, map: what belongs to a sign that hangs too high to scan."""
    size, unit = order.size, order.ink.unit
    margin, head = _MARGIN * unit, _HEAD * unit
    code = measure_code(order.address, size.code_mm)
    width = size.width_mm
    items = _ground(order)
    items += draw_head(order.face, (0, 0, width, head), order.ink)
    top = head + 0.3 * margin
    left = (width - code) / 2
    items += draw_code(order.address, (left, top, left + code, top + code), order.ink)
    words = (margin, top + code, width - margin, top + code + 34 * unit)
    items += write_beneath(order.face, order.address, words, order.ink, centred=True)
    if order.level is not None:
        frame = (margin, words[3] + 0.5 * margin, width - margin, size.height_mm - margin)
        items += _draw_map(order, frame)
    return Page(items, None)


def _lay_hanging(order: Order) -> Page:
    """Zone and floor on the left, rows in one column or two beside it."""
    size = order.size
    panel = size.height_mm * 0.45
    gap = size.height_mm * 0.06
    pad = size.height_mm * 0.04
    left, right, bottom = panel + gap, size.width_mm - pad, size.height_mm - pad
    width, height = right - left, bottom - pad
    fitted = [_fit(order, (width - gap * (n - 1)) / n, height, columns=n) for n in (1, 2)]
    found = [one for one in fitted if one is not None]
    # the fewest names left out, the fewest in one language, then the largest letters
    columns = min(
        found, key=lambda one: (len(one.dropped), len(one.reduced), -one.em_mm), default=None
    )
    items = _ground(order)
    items += draw_panel(order.face, (0, 0, panel, size.height_mm), order.ink)
    if columns is not None:
        top = (size.height_mm - columns.height_mm) / 2
        items += draw_rows(columns, (left, top, right, bottom), order.ink, gap)
    return Page(items, columns)


def _fit(order: Order, width: float, height: float, columns: int = 1) -> Columns | None:
    if not order.words:
        return None
    least = order.reading_m * 25 / 7.5
    most = _LARGEST_HANGING_MM if order.size.hanging else least * _LARGEST_LETTERS
    return fit_rows(
        order.words,
        width_mm=width,
        height_mm=height,
        least_letter_mm=least,
        most_letter_mm=max(most, least),
        columns=columns,
    )


def _draw_map(order: Order, frame: Box) -> list[Item | Use]:
    face, level = order.face, order.level
    if level is None:
        return []
    standing = Standing(
        face.sign.point,
        face.sign.bearing_deg,
        face.spots,
        frozenset(line.to for line in face.lines),
        frozenset({face.sign.id}),
    )
    mm_per_px = _MAP_MM_PER_PX * order.ink.unit**0.75
    return draw_map(level, standing, frame, mm_per_px=round(mm_per_px, 4))


def _watermark(size: SignFormat) -> list[Item | Use]:
    """Write across the page that it is a specimen."""
    width, height = size.width_mm, size.height_mm
    turned = -degrees(atan2(height, width)) * 0.8
    em = load_font(BOLD).measure_em(SPECIMEN)
    letters = 0.62 * hypot(width, height) / em
    letters = min(letters, height * 0.5)
    c, s = cos(radians(turned)), sin(radians(turned))
    along, across = em * letters / 2, 0.36 * letters
    x = width / 2 - along * c - across * s
    y = height / 2 - along * s + across * c
    return [Glyphs(x, y, SPECIMEN, letters, "#000000", BOLD, turned, _WATERMARK_OPACITY)]


def choose_words(face: Face, languages: tuple[str, ...]) -> tuple[Words, ...]:
    """Choose the names of a face's lines; one without any name at all is left out."""
    chosen = []
    for line in face.lines:
        texts = name_in(line.labels, languages)
        if not texts:
            continue
        chips: list[str] = []
        zone, here = line.zone, face.zone
        elsewhere = zone is not None and (here is None or here.letter != zone.letter)
        if line.group is None and zone is not None and zone.letter and elsewhere:
            chips.append(zone.letter)
        floor = pick_label(line.floor, languages[0])
        if floor and line.group is None:
            chips.append(floor)
        chosen.append(Words(line, texts, tuple(chips)))
    return tuple(chosen)
