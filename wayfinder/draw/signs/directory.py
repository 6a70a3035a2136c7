"""Draws a directory: the emergency department first, then buildings, floors, places."""

from collections.abc import Iterator

from wayfinder.draw.signs.blocks import set_text, write_lines
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.listing import (
    CROSS_EM,
    FLOOR_EM,
    HEAD_EM,
    LABEL_EM,
    LINE_EM,
    MARK_EM,
    NOTE_EM,
    PAD_EM,
    SECOND_EM,
    Cell,
    Listing,
    Placed,
    SetFloor,
)
from wayfinder.draw.signs.marks import (
    colour_zone,
    draw_arrow,
    draw_badge,
    draw_chip,
    measure_chip,
)
from wayfinder.draw.signs.outlines import Box, polyline, rectangle
from wayfinder.draw.signs.rowparts import Ink
from wayfinder.draw.signs.rows import name_in
from wayfinder.draw.symbols import badge_of
from wayfinder.guide.catalogues import translate
from wayfinder.guide.face import Face, FaceLine, ListedBuilding
from wayfinder.guide.groups import GroupKind
from wayfinder.model.labels import pick_label
from wayfinder.presets import find_preset

_TINT = 0.1


def draw_strip(line: FaceLine, box: Box, ink: Ink) -> Iterator[Item | Use]:
    """Draw the way to the emergency department, across and in its colour."""
    left, top, right, bottom = box
    high = bottom - top
    ground, letter = ink.theme.ink["badge-emergency"], ink.theme.ink["symbol"]
    yield Fill(rectangle(left, top, right - left, high, high * 0.12), ground)
    middle = (top + bottom) / 2
    yield draw_arrow(line.arrow, (left + high * 0.6, middle), high * 0.6, letter)
    yield draw_badge("emergency", "emergency", (left + high * 1.5, middle), high * 0.8, ink.theme)
    edge = right - high * 0.3
    for chip in reversed(list(_list_chips(line, ink))):
        edge -= measure_chip(chip, high * 0.56)
        at = (edge, middle - high * 0.28)
        yield from draw_chip(chip, at, high * 0.56, "#ffffff", ink.theme.ink["text"])
        edge -= high * 0.15
    texts = name_in(line.labels, ink.languages)
    x = left + high * 2.1
    size = min(high * 0.44, (edge - x) / max(1.0, sum(_measure(t.text) for t in texts) * 0.85 + 1))
    for number, text in enumerate(texts):
        weight, em = (BOLD, size) if number == 0 else (REGULAR, size * 0.7)
        yield Glyphs(x, middle + MIDDLE_EM * em, text.text, em, letter, weight)
        x += load_font(weight).measure_em(text.text) * em + size * 0.6


def _measure(text: str) -> float:
    return load_font(BOLD).measure_em(text)


def _list_chips(line: FaceLine, ink: Ink) -> Iterator[str]:
    """Yield the letter of the zone and the floor of a line."""
    if line.zone is not None and line.zone.letter:
        yield line.zone.letter
    floor = pick_label(line.floor, ink.languages[0])
    if floor:
        yield floor


def draw_listing(listing: Listing, box: Box, ink: Ink) -> Iterator[Item | Use]:
    """Draw the buildings, and what was left out."""
    left, top, _, _ = box
    em = listing.em_mm
    for placed in listing.buildings:
        yield from _draw_building(placed, left, top, em, ink)
    if listing.dropped:
        count = len(listing.dropped)
        said = "   ".join(
            dict.fromkeys(translate(tag, "draw.sign.more", count=count) for tag in ink.languages)
        )
        setting = set_text(said, BOLD, em, box[2] - left, NOTE_EM * em)
        y = top + listing.height_mm + (NOTE_EM * em - setting.height) / 2
        yield from write_lines(setting, left, y, ink.theme.ink["text"], BOLD)


def _draw_building(
    placed: Placed, left: float, top: float, em: float, ink: Ink
) -> Iterator[Item | Use]:
    x, y, right = left + placed.x, top + placed.y, left + placed.x + placed.width
    yield from _draw_heading(placed.building.building, (x, y, right, y + HEAD_EM * em), em, ink)
    y += HEAD_EM * em
    group = placed.building.building.line.group
    colour = group.colour if group is not None else None
    for number, floor in enumerate(placed.building.floors):
        box = (x, y, right, y + floor.height * em)
        if number:
            rule = polyline([(x, y), (right, y)])
            yield Stroke(rule, ink.theme.ink["line"], 0.03 * em, round_ends=False)
        yield from _draw_floor(floor, box, em, ink, colour)
        y += floor.height * em


def _draw_heading(building: ListedBuilding, box: Box, em: float, ink: Ink) -> Iterator[Item | Use]:
    """Draw a building's name on its colour, and the way there or that one is in it."""
    left, top, right, bottom = box
    line, group = building.line, building.line.group
    colour = group.colour if group is not None else None
    ground, letter = colour_zone(colour, ink.theme)
    middle, high = (top + bottom) / 2, bottom - top
    yield Fill(rectangle(left, top, right - left, high), ground)
    x, edge = left + 0.5 * em, right - 0.5 * em
    if group is not None and group.letter:
        x = left + FLOOR_EM * em
        size = 1.7 * em
        inset = (FLOOR_EM * em - _measure(group.letter) * size) / 2
        yield Glyphs(left + inset, middle + MIDDLE_EM * size, group.letter, size, letter, BOLD)
    elif symbol := _find_symbol(line):
        x = left + FLOOR_EM * em
        at = (left + FLOOR_EM * em / 2, middle)
        yield draw_badge(*symbol, at, 1.5 * em, ink.theme)
    if building.pointed:
        edge -= 1.5 * em
        yield draw_arrow(line.arrow, (edge + 0.75 * em, middle), 1.5 * em, letter)
        edge -= 0.5 * em
    elif building.here:
        inside = group is not None and group.kind is GroupKind.BUILDING
        tag = ink.languages[0]
        said = translate(tag, "draw.sign.here-building" if inside else "draw.you-are-here")
        size = 0.8 * em
        edge -= _measure(said) * size
        yield Glyphs(edge, middle + MIDDLE_EM * size, said, size, letter, BOLD)
        edge -= 0.8 * em
    texts = name_in(line.labels, ink.languages)
    wide = sum(_measure(text.text) * size for text, size in zip(texts, (1.2, 0.8), strict=False))
    fit = min(1.0, (edge - x) / ((wide + 0.6) * em))
    for text, size, weight in zip(texts, (1.2, 0.8), (BOLD, REGULAR), strict=False):
        written = size * fit * em
        yield Glyphs(x, middle + MIDDLE_EM * written, text.text, written, letter, weight)
        x += load_font(weight).measure_em(text.text) * written + 0.6 * em * fit


def _find_symbol(line: FaceLine) -> tuple[str, str] | None:
    """Return the symbol of a building without a letter and its badge, or None."""
    preset = find_preset(line.category) if line.category else None
    if preset is None or preset.symbol is None:
        return None
    return preset.symbol, badge_of(preset.symbol, preset.kind)


def _draw_floor(
    made: SetFloor, box: Box, em: float, ink: Ink, colour: str | None
) -> Iterator[Item | Use]:
    left, top, right, bottom = box
    floor, theme = made.floor, ink.theme
    ground, letter = colour_zone(colour, theme)
    if floor.here:
        ground, letter = theme.ink["here"], theme.ink["symbol"]
        yield Fill(rectangle(left, top, right - left, bottom - top), ground, _TINT)
    label = pick_label(floor.labels, ink.languages[0])
    at = (left + 0.2 * em, top + PAD_EM * em)
    yield from draw_chip(label, at, MARK_EM * em, ground, letter, width=LABEL_EM * em)
    for number, mark in enumerate(floor.marks):
        preset = find_preset(mark)
        if preset is not None and preset.symbol is not None:
            beside = LABEL_EM + 0.4 + MARK_EM / 2 + number * (MARK_EM + 0.2)
            middle = (left + beside * em, top + (PAD_EM + MARK_EM / 2) * em)
            badge = badge_of(preset.symbol, preset.kind)
            yield draw_badge(preset.symbol, badge, middle, MARK_EM * em, theme)
    for cell in made.cells:
        x, y = left + (FLOOR_EM + cell.x) * em, top + (PAD_EM + cell.y) * em
        yield from _draw_cell(cell, x, y, em, ink)


def _draw_cell(cell: Cell, x: float, y: float, em: float, ink: Ink) -> Iterator[Item | Use]:
    text = ink.theme.ink["text"]
    if cell.line.emergency:
        middle = (x + CROSS_EM * em / 2, y + CROSS_EM * em / 2)
        yield draw_badge("emergency", "emergency", middle, CROSS_EM * em, ink.theme)
    x += cell.indent * em
    if cell.chip and cell.line.zone is not None:
        edge = x + (_measure(cell.first[0]) + 0.3) * em
        ground, letter = colour_zone(cell.line.zone.colour, ink.theme)
        yield from draw_chip(cell.chip, (edge, y + 0.06 * em), em, ground, letter)
    for said in cell.first:
        yield Glyphs(x, y + (LINE_EM / 2 + MIDDLE_EM) * em, said, em, text, BOLD)
        y += LINE_EM * em
    small = SECOND_EM * em
    for said in cell.second:
        base = y + (LINE_EM / 2 + MIDDLE_EM) * small
        yield Glyphs(x, base, said, small, text, REGULAR)
        y += LINE_EM * small


def find_strip(face: Face) -> FaceLine | None:
    """Return the line of the emergency department, or None where no way leads there."""
    return next((line for line in face.lines if line.emergency), None)
