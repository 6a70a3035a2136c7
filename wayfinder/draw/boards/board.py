"""A board becomes a drawing: its head, the emergency department, pages of directions, notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.boards.blocks import (
    draw_dots,
    draw_emergency,
    draw_head,
    draw_note,
    draw_page,
)
from wayfinder.draw.boards.notes import Note, SetNote, fit_notes, list_notes
from wayfinder.draw.boards.rows import Entry, Pages, Room, fit_pages, make_entry
from wayfinder.draw.boards.texts import is_cut, read_names, spell
from wayfinder.draw.places import Text
from wayfinder.draw.signs.display import Fill, Item, Use
from wayfinder.draw.signs.fonts import CAPITAL_EM, MIDDLE_EM
from wayfinder.draw.signs.outlines import Box, rectangle
from wayfinder.draw.signs.rowparts import Ink
from wayfinder.draw.text import clean_text
from wayfinder.draw.theme import load_theme
from wayfinder.guide.board import Board, BoardLine
from wayfinder.guide.catalogues import translate
from wayfinder.model.labels import pick_label

ASSUMED_PITCH_MM = 0.63
"""Pixel pitch of a 55-inch screen of 1920 × 1080, where the plan does not say."""

_A4_MM = 210.0
_HEAD, _STRIP, _DOTS, _MARGIN = 0.095, 0.125, 0.032, 0.026
"""Shares of the shorter side."""
_NOTES = {True: 0.27, False: 0.155}
"""Share of the shorter side that notes have where the screen is upright, and where not."""
_NOTE_EM = (0.36, 0.75)
"""Smallest and largest letters of notes, in those that the reading distance asks for (ours)."""
_CLOCK = 1.75
"""Width of the clock in heights of the head."""
_LETTER_MM = 5.0
"""Letters of notes are never lower than this (ours)."""

Items = tuple[Item | Use, ...]


@dataclass(frozen=True)
class Clock:
    """Where the time is written.

    Parameters
    ----------
    right_mm, base_mm
        Right end of its baseline.
    size_mm
        Of an em.
    colour
        ``#rrggbb``.
    """

    right_mm: float
    base_mm: float
    size_mm: float
    colour: str


@dataclass(frozen=True)
class BoardDrawing:
    """A board, drawn.

    Parameters
    ----------
    width_mm, height_mm
        Of the screen.
    items
        What is on all pages.
    pages
        What turns.
    notes
        What turns at the foot, each with the ids of its notes.
    clock
        Where the time is written.
    letter_mm
        Height of the lowest letters of a name in the first language; None where there is none.
    note_mm
        The same of notes.
    overlong
        Names for which letters had to be lower.
    dropped
        What there was no page for.
    cut
        Ids of notices that are shown in part only.
    languages
        BCP 47 tags of what it is written in.
    """

    width_mm: float
    height_mm: float
    items: Items
    pages: tuple[Items, ...]
    notes: tuple[tuple[Items, tuple[str, ...]], ...]
    clock: Clock
    letter_mm: float | None
    note_mm: float | None
    overlong: tuple[str, ...]
    dropped: tuple[BoardLine, ...]
    cut: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Layout:
    """Where the blocks go; boxes are left, top, right, bottom in millimetres."""

    width: float
    height: float
    head: Box
    strip: Box | None
    rows: Box
    dots: tuple[float, float]
    dot: float
    notes: tuple[Box, ...]
    columns: int
    gap: float


def draw_board(
    board: Board, languages: Sequence[str] = ("zh-Hans", "en"), *, theme: str = "light"
) -> BoardDrawing:
    """Draw a board.

    Parameters
    ----------
    board
        What it shows.
    languages
        BCP 47 tags, the larger one first; of more than two the first two are written.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        There is no language, or no such theme.
    """
    tags = tuple(dict.fromkeys(languages))[:2]
    if not tags:
        raise ValueError("a board is in one language or two")
    notes = list_notes(board, tags)
    layout = _lay(board, len(notes))
    ink = Ink(load_theme(theme), tags, min(layout.width, layout.height) / _A4_MM)
    entries = [one for line in board.lines if (one := _make_entry(board, line, tags))]
    pages = _fit(entries, layout, board.letter_height_mm)
    set_notes = _fit_notes(board, notes, layout)
    turned = tuple(tuple(_turn(pages, number, layout, ink)) for number in range(len(pages.pages)))
    letters = [page.letter_mm for page in pages.pages]
    return BoardDrawing(
        layout.width,
        layout.height,
        tuple(_draw_frame(board, layout, ink)),
        turned,
        tuple(_draw_notes(set_notes, layout, ink)),
        _place_clock(layout, ink),
        min(letters, default=None),
        min((part.letter_mm for part in set_notes), default=None),
        tuple(_list_overlong(pages)),
        pages.dropped,
        tuple(_list_cut(board, set_notes)),
        tags,
    )


def _lay(board: Board, notes: int) -> _Layout:
    """Lay out a screen: head, emergency department, rows, dots of pages, notes."""
    display = board.display
    pitch = display.pixel_pitch_mm or ASSUMED_PITCH_MM
    width, height = display.width_px * pitch, display.height_px * pitch
    short, upright = min(width, height), height > width
    margin, y = _MARGIN * short, _HEAD * short
    strip = None
    if board.emergency is not None or board.has_emergency:
        strip = (0.0, y, width, y + _STRIP * short)
        y = strip[3]
    foot = height - margin
    boxes: tuple[Box, ...] = ()
    if notes:
        high = _NOTES[upright] * short * (0.55 if upright and notes == 1 else 1.0)
        place = (margin, height - margin - high, width - margin, foot)
        boxes = tuple(_lay_notes(place, margin, upright=upright)) if notes > 1 else (place,)
        foot = place[1]
    dots = _DOTS * short
    rows = (margin, y + 0.6 * margin, width - margin, foot - dots)
    head = (0.0, 0.0, width, _HEAD * short)
    columns = 1 if width < 1.2 * height else 2
    middle = (width / 2, foot - dots * 0.5)
    return _Layout(
        width, height, head, strip, rows, middle, dots * 0.42, boxes, columns, 2 * margin
    )


def _lay_notes(box: Box, gap: float, *, upright: bool) -> Iterator[Box]:
    """Yield the places of two notes: one above the other on an upright screen, else beside it."""
    left, top, right, bottom = box
    if upright:
        middle = (top + bottom) / 2
        yield left, top, right, middle - gap / 4
        yield left, middle + gap / 4, right, bottom
    else:
        middle = (left + right) / 2
        yield left, top, middle - gap / 2, bottom
        yield middle + gap / 2, top, right, bottom


def _make_entry(board: Board, line: BoardLine, languages: tuple[str, ...]) -> Entry | None:
    return make_entry(line, languages, tuple(_list_chips(board, line, languages[0])))


def _list_chips(board: Board, said: BoardLine, language: str) -> Iterator[str]:
    """Yield the letter of the zone, the floor and the hours of a line."""
    line, here = said.line, board.head.zone
    elsewhere = line.zone is not None and (here is None or here.letter != line.zone.letter)
    if line.group is None and line.zone is not None and line.zone.letter and elsewhere:
        yield line.zone.letter
    texts = (line.floor if line.group is None else {}, said.hours_note)
    yield from (chip for text in texts if (chip := spell(clean_text(pick_label(text, language)))))


def _fit(entries: Sequence[Entry], layout: _Layout, letter_mm: float) -> Pages:
    left, top, right, bottom = layout.rows
    width = (right - left - layout.gap * (layout.columns - 1)) / layout.columns
    return fit_pages(entries, Room(width, bottom - top, layout.columns), letter_mm)


def _fit_notes(board: Board, notes: Sequence[Note], layout: _Layout) -> tuple[SetNote, ...]:
    if not layout.notes:
        return ()
    left, top, right, bottom = layout.notes[0]
    least, most = (share * board.letter_height_mm / CAPITAL_EM for share in _NOTE_EM)
    least = min(max(least, _LETTER_MM / CAPITAL_EM), (bottom - top) / 3)
    return fit_notes(
        notes, right - left, (bottom - top) * 0.9, least_mm=least, most_mm=max(least, most)
    )


def _draw_frame(board: Board, layout: _Layout, ink: Ink) -> Iterator[Item | Use]:
    """Draw what is on all pages: the ground, the head, the emergency department."""
    yield Fill(rectangle(0, 0, layout.width, layout.height), ink.theme.ink["page"])
    left, top, right, bottom = layout.head
    yield Fill(rectangle(left, top, right - left, bottom - top), ink.theme.ink["banner"])
    narrow = (left, top, right - _CLOCK * (bottom - top), bottom)
    yield from draw_head(board.head, narrow, ink)
    if layout.strip is not None:
        texts, chips = _tell_emergency(board, ink.languages)
        yield from draw_emergency(board.emergency, texts, chips, layout.strip, ink)


def _tell_emergency(
    board: Board, languages: tuple[str, ...]
) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """Return the name of the emergency department, or what to do where no way leads to one."""
    said = board.emergency
    if said is not None:
        return read_names(said.line.labels, languages), tuple(
            _list_chips(board, said, languages[0])
        )
    phone = board.head.phone
    msgid = "emergency-call" if phone else "emergency-ask"
    labels = {tag: translate(tag, f"board.{msgid}", phone=phone) for tag in languages}
    return read_names(labels, languages), ()


def _place_clock(layout: _Layout, ink: Ink) -> Clock:
    _, top, right, bottom = layout.head
    high = bottom - top
    size = 0.46 * high
    base = (top + bottom) / 2 + MIDDLE_EM * size
    return Clock(right - 0.25 * high, base, size, ink.theme.ink["on-banner"])


def _turn(pages: Pages, number: int, layout: _Layout, ink: Ink) -> Iterator[Item | Use]:
    """Draw a page, and which of how many it is."""
    yield from draw_page(pages.pages[number], layout.rows, layout.gap, ink)
    if len(pages.pages) > 1:
        yield from draw_dots(number, len(pages.pages), layout.dots, layout.dot, ink)


def _draw_notes(
    parts: Sequence[SetNote], layout: _Layout, ink: Ink
) -> Iterator[tuple[Items, tuple[str, ...]]]:
    """Draw the notes, as many at once as there is room for; one alone has all the width."""
    if not layout.notes:
        return
    for group in _batch(parts, len(layout.notes)):
        items: list[Item | Use] = []
        for part, box in zip(group, layout.notes, strict=False):
            items += draw_note(part, box, ink)
        told = (part.note for part in group if not part.note.is_closure)
        yield tuple(items), tuple(dict.fromkeys(note.key for note in told))


def _batch(parts: Sequence[SetNote], size: int) -> Iterator[Sequence[SetNote]]:
    """Yield parts so many at a time."""
    for start in range(0, len(parts), size):
        yield parts[start : start + size]


def _list_overlong(pages: Pages) -> Iterator[str]:
    """Yield the ids of what has lower letters than the first page."""
    for page in pages.pages[1:]:
        if page.letter_mm < pages.pages[0].letter_mm:
            yield from (row.entry.said.line.to for column in page.columns for row in column)


def _list_cut(board: Board, parts: Sequence[SetNote]) -> Iterator[str]:
    """Yield the ids of notices that are shown in part only."""
    cut = {part.note.key for part in parts if part.is_cut}
    for notice in board.notices:
        if notice.id in cut or is_cut(notice.text):
            yield notice.id
