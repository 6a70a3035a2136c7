"""The blocks of a board: rows, the band of the emergency department, notes, dots of pages."""

from collections.abc import Iterator, Sequence

from wayfinder.draw.boards.notes import GAP_EM as NOTE_GAP_EM
from wayfinder.draw.boards.notes import LINE_EM, SIGN_EM, SetNote
from wayfinder.draw.boards.rows import BELOW_EM, GROUP_EM, BoardRow, RowPage
from wayfinder.draw.boards.texts import read_names, spell
from wayfinder.draw.places import Text
from wayfinder.draw.signs.blocks import set_text, write_lines
from wayfinder.draw.signs.display import Fill, Glyphs, Item, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.marks import (
    colour_zone,
    draw_arrow,
    draw_badge,
    draw_chip,
    measure_chip,
)
from wayfinder.draw.signs.outlines import Box, Xy, circle, polyline, rectangle
from wayfinder.draw.signs.rowparts import (
    Ink,
    draw_category,
    draw_chips,
    draw_direction,
    draw_group,
    write_column,
    write_middle,
)
from wayfinder.draw.signs.rows import (
    ARROW_EM,
    CHIP_EM,
    FIRST_LINE_EM,
    GAP_EM,
    SECOND_EM,
    SECOND_LINE_EM,
    SYMBOL_EM,
)
from wayfinder.guide.board import BoardLine
from wayfinder.guide.face import Face
from wayfinder.model import pick_label
from wayfinder.presets import find_preset

WARN, WARN_EDGE = "#ffe9b0", "#b37700"
"""Ground and edge of what tells of something closed."""
TELL, TELL_EDGE = "#dcebf7", "#1f5f9a"
"""Ground and edge of a notice."""

_CROSS = 0.13


def draw_head(head: Face, box: Box, ink: Ink) -> Iterator[Item]:
    """Draw the band on top: the zone's letter, the place in both languages, the floor."""
    left, top, right, bottom = box
    theme, high, middle = ink.theme, bottom - top, (top + bottom) / 2
    x, edge = left + 0.3 * high, right
    if head.zone is not None and head.zone.letter:
        ground, letter = colour_zone(head.zone.colour, theme)
        wide = max(1.2 * high, measure_chip(head.zone.letter, high) * 0.9)
        yield Fill(rectangle(left, top, wide, high), ground)
        yield from write_middle(head.zone.letter, (left, top, left + wide, bottom), 0.8, letter)
        x = left + wide + 0.35 * high
    colour, label = theme.ink["on-banner"], spell(pick_label(head.floor, ink.languages[0]))
    if label:
        size = min(0.52 * high, 0.2 * (right - left) / load_font(BOLD).measure_em(label))
        edge -= load_font(BOLD).measure_em(label) * size
        yield Glyphs(edge, middle + MIDDLE_EM * size, label, size, colour, BOLD)
        edge -= 0.4 * high
    texts = read_names(head.here, ink.languages) or read_names(head.building, ink.languages)
    yield from _write(texts, (x, top + 0.05 * high, edge, bottom - 0.05 * high), colour, 0.58)


def draw_page(page: RowPage, box: Box, gap: float, ink: Ink) -> Iterator[Item | Use]:
    """Draw the rows of a page."""
    left, top, right, bottom = box
    count, em = len(page.columns), page.em_mm
    width = (right - left - gap * (count - 1)) / count
    for number, column in enumerate(page.columns):
        x, y = left + number * (width + gap), top
        if number and column:
            rule = polyline([(x - gap / 2, top), (x - gap / 2, bottom)])
            yield Stroke(rule, ink.theme.ink["line"], 0.03 * em, round_ends=False)
        for index, row in enumerate(column):
            if index and row.starts:
                middle = y + GROUP_EM * em / 2
                rule = polyline([(x, middle), (x + width, middle)])
                yield Stroke(rule, ink.theme.ink["line"], 0.03 * em, round_ends=False)
                y += GROUP_EM * em
            yield from _draw_row(row, x, y, em, ink)
            y += row.height_em * em


def _draw_row(row: BoardRow, x: float, top: float, em: float, ink: Ink) -> Iterator[Item | Use]:
    text, line, chips = ink.theme.ink["text"], row.entry.said.line, row.entry.chips
    middle = top + row.height_em * em / 2
    high = len(row.first) * FIRST_LINE_EM + row.second_em
    y = middle - high * em / 2
    first_middle = y + FIRST_LINE_EM * em / 2
    if row.starts:
        yield from draw_direction(row.entry.arrow, (x + ARROW_EM * em / 2, middle), em, text, ink)
    at = x + (ARROW_EM + GAP_EM) * em
    yield from _draw_symbol(row.entry.said, (at + SYMBOL_EM * em / 2, middle), SYMBOL_EM * em, ink)
    at += (SYMBOL_EM + GAP_EM) * em
    yield from write_column(row.first, (at, y), em, FIRST_LINE_EM, text, BOLD)
    small, lines = SECOND_EM * em, len(row.second) * SECOND_EM * SECOND_LINE_EM
    second_middle = y + (len(row.first) * FIRST_LINE_EM + row.second_em / 2) * em
    y = second_middle - lines * em / 2
    yield from write_column(row.second, (at, y), small, SECOND_LINE_EM, text, REGULAR)
    edge = at + max(load_font(BOLD).measure_em(words) for words in row.first) * em
    if row.below:
        wide = max((load_font(REGULAR).measure_em(words) for words in row.second), default=0.0)
        start = at + (wide * small if row.second else -GAP_EM * 0.7 * BELOW_EM * em)
        yield from draw_chips(chips, line.zone, (start, second_middle), BELOW_EM * em, ink)
    else:
        yield from draw_chips(chips, line.zone, (edge, first_middle), em, ink)
        edge += sum(measure_chip(c, CHIP_EM * em) + GAP_EM * 0.7 * em for c in chips)
    if row.entry.said.step_free is not None:
        x = edge + (GAP_EM + 0.45) * em
        yield draw_badge("accessible", "info", (x, first_middle), 0.9 * em, ink.theme)
        aside = (x + 1.0 * em, first_middle)
        yield draw_arrow(row.entry.said.step_free, aside, 0.85 * em, text)


def _draw_symbol(said: BoardLine, middle: Xy, side: float, ink: Ink) -> Iterator[Item | Use]:
    group = said.line.group
    if group is not None and not group.unmarked:
        short = spell(pick_label(group.short_labels, ink.languages[0])) or group.letter
        yield from draw_group(group, short, middle, side, ink)
        return
    yield from draw_category(said.line.category, middle, side, ink)


def draw_emergency(
    said: BoardLine | None, texts: Sequence[Text], chips: Sequence[str], box: Box, ink: Ink
) -> Iterator[Item | Use]:
    """Draw the emergency department in its colour, across; without a way what to do."""
    left, top, right, bottom = box
    high, middle = bottom - top, (top + bottom) / 2
    ground, letter = ink.theme.ink["badge-emergency"], ink.theme.ink["symbol"]
    yield Fill(rectangle(left, top, right - left, high), ground)
    x, edge = left + high * 0.3, right - high * 0.3
    if said is not None:
        at = (x + high * 0.36, middle)
        yield from draw_direction(said.line.arrow, at, high * 0.52, letter, ink)
        x += high * 0.95
    plate = rectangle(x, middle - high * 0.37, high * 0.74, high * 0.74, high * 0.14)
    yield Fill(plate, "#ffffff")
    yield draw_badge("emergency", "emergency", (x + high * 0.37, middle), high * 0.66, ink.theme)
    x += high * 1.0
    if said is not None and said.step_free is not None:
        edge -= high * 1.2
        yield draw_badge("accessible", "info", (edge + high * 0.3, middle), high * 0.56, ink.theme)
        yield draw_arrow(said.step_free, (edge + high * 0.9, middle), high * 0.52, letter)
        edge -= high * 0.2
    for chip in reversed(chips):
        edge -= measure_chip(chip, high * 0.54)
        at = (edge, middle - high * 0.27)
        yield from draw_chip(chip, at, high * 0.54, "#ffffff", ink.theme.ink["text"])
        edge -= high * 0.15
    yield from _write(texts, (x, top + high * 0.06, edge, bottom - high * 0.06), letter, 0.68)


def _write(texts: Sequence[Text], room: Box, colour: str, share: float) -> Iterator[Item]:
    """Write a name in two languages side by side, one above the other where that is too long."""
    left, top, right, bottom = room
    middle, em = (top + bottom) / 2, share * (bottom - top)
    shares = ((BOLD, em), (REGULAR, 0.77 * em))
    fonts = [(load_font(weight), size) for weight, size in shares]
    wide = sum(f.measure_em(t.text) * size for (f, size), t in zip(fonts, texts, strict=False))
    if wide + (len(texts) - 1) * 0.75 * em > right - left:
        yield from _write_across(texts, room, colour)
        return
    x, base = left, middle + MIDDLE_EM * em
    for (font, size), text in zip(fonts, texts, strict=False):
        yield Glyphs(x, base, text.text, size, colour, font.weight)
        x += font.measure_em(text.text) * size + 0.75 * em


def _write_across(texts: Sequence[Text], room: Box, colour: str) -> Iterator[Item]:
    """Write a name in two languages, one above the other."""
    left, top, right, bottom = room
    shares = (0.62, 0.38) if len(texts) > 1 else (0.8,)
    high = bottom - top
    settings = [
        (set_text(text.text, weight, high * share * 0.88, right - left, high * share), weight)
        for text, share, weight in zip(texts, shares, (BOLD, REGULAR), strict=False)
    ]
    y = top + (high - sum(setting.height for setting, _ in settings)) / 2
    for setting, weight in settings:
        yield from write_lines(setting, left, y, colour, weight)
        y += setting.height


def draw_note(part: SetNote, box: Box, ink: Ink) -> Iterator[Item | Use]:
    """Draw a note in its place: its symbol, its words, where to go instead."""
    left, top, right, bottom = box
    em, middle, note = part.em_mm, (top + bottom) / 2, part.note
    ground, edge = (WARN, WARN_EDGE) if note.is_closure else (TELL, TELL_EDGE)
    text = ink.theme.ink["text"]
    yield Fill(rectangle(left, top, right - left, bottom - top, 0.3 * em), ground)
    yield Fill(rectangle(left, top, 0.25 * em, bottom - top), edge)
    side = min(SIGN_EM * em * 0.9, (bottom - top) * 0.7)
    sign = (left + (NOTE_GAP_EM + SIGN_EM / 2) * em, middle)
    if note.is_closure:
        yield from _draw_closed(note.category, sign, side, edge, ink)
    else:
        yield draw_badge("information", "info", sign, side, ink.theme)
    x = left + (SIGN_EM + 2 * NOTE_GAP_EM) * em
    y = middle - part.height_em * em / 2
    for lines, share, weight in part.lines:
        yield from write_column(lines, (x, y), share * em, LINE_EM, text, weight)
        y += len(lines) * LINE_EM * share * em
    if note.arrow is not None:
        at = (right - (NOTE_GAP_EM + SIGN_EM / 2) * em, middle)
        yield from draw_direction(note.arrow, at, side / ARROW_EM, text, ink)


def _draw_closed(
    category: str, middle: tuple[float, float], side: float, edge: str, ink: Ink
) -> Iterator[Item | Use]:
    """Draw the symbol of what is closed, crossed out."""
    preset = find_preset(category) if category else None
    if preset is None or preset.symbol is None:
        x, y = middle
        yield Fill(circle(x, y, side / 2), edge)
        bar = rectangle(x - side * 0.32, y - side * 0.09, side * 0.64, side * 0.18)
        yield Fill(bar, "#ffffff")
        return
    yield from draw_category(category, middle, side, ink)
    x, y, half = *middle, side / 2
    for width, colour in ((_CROSS * 1.9, "#ffffff"), (_CROSS, ink.theme.ink["badge-emergency"])):
        line = polyline([(x - half, y + half), (x + half, y - half)])
        yield Stroke(line, colour, width * side)


def draw_dots(
    number: int, count: int, middle: tuple[float, float], side: float, ink: Ink
) -> Iterator[Item]:
    """Draw which page of how many it is."""
    x = middle[0] - (count - 1) * side
    for index in range(count):
        here = index == number
        colour = ink.theme.ink["text"] if here else ink.theme.ink["line"]
        yield Fill(circle(x + 2 * side * index, middle[1], side * (0.5 if here else 0.36)), colour)
