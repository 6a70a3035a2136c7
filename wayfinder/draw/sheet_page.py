"""Pages for those who hang signs: the same head and foot on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.sheet_table import (
    INK,
    LINE_EM,
    RULE,
    SOFT,
    Column,
    Row,
    put_text,
    set_table,
    wrap,
)
from wayfinder.draw.signs.display import Item, SignDrawing, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD
from wayfinder.draw.signs.outlines import Box, polyline
from wayfinder.guide.catalogues import translate

MARGIN_MM = 10.0
_TITLE_MM, _TEXT_MM = 6.5, 3.2
_HEAD_MM, _FOOT_MM = 17.0, 7.0
A4, A3_LANDSCAPE = (210.0, 297.0), (420.0, 297.0)


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands at head and foot of the pages.

    Parameters
    ----------
    title
        What it is.
    about
        What it is of: the venue, the floor.
    facts
        Further to the right: how many signs, which release, when made.
    foot
        At the foot of each page: where the codes lead.
    notes
        What somebody who hangs signs has to know; below the map, or above the list.
    language
        BCP 47 tag of all of it.
    """

    title: str
    about: str
    facts: tuple[str, ...]
    foot: str
    notes: tuple[str, ...] = ()
    language: str = "en"


def draw_list(
    words: SheetWords, columns: Sequence[Column], rows: Sequence[Row], *, size_mm: float = 2.9
) -> tuple[SignDrawing, ...]:
    """Draw a list on upright A4 pages.

    Parameters
    ----------
    words
        Head and foot.
    columns, rows
        The table; columns should be 190 mm together.
    size_mm
        Size of an em.
    """
    left, top, right, bottom = room(A4)
    notes = list(put_notes(words.notes, left, top, right - left))
    first = (left, top + len(notes) * _TEXT_MM * LINE_EM + 2, right, bottom)

    def boxes() -> Iterator[Box]:
        yield first
        while True:
            yield (left, top, right, bottom)

    pages: list[tuple[Item | Use, ...]] = list(set_table(columns, rows, boxes(), size_mm=size_mm))
    pages[0] = (*notes, *pages[0])
    return frame_pages(words, pages, A4)


def put_notes(notes: Sequence[str], left: float, top: float, width: float) -> Iterator[Item]:
    """Write notes one below the other, each line an item."""
    lines = [line for note in notes for line in wrap(note, width, _TEXT_MM)]
    for number, line in enumerate(lines):
        middle = top + (number + 0.5) * _TEXT_MM * LINE_EM
        yield put_text(left, middle, line, _TEXT_MM, colour=SOFT)


def notes_height(notes: Sequence[str], width: float) -> float:
    """Return how high notes are."""
    return sum(len(wrap(note, width, _TEXT_MM)) for note in notes) * _TEXT_MM * LINE_EM


def room(size: tuple[float, float]) -> Box:
    """Return left, top, right, bottom of the room between head and foot of a page."""
    width, height = size
    return MARGIN_MM, MARGIN_MM + _HEAD_MM, width - MARGIN_MM, height - MARGIN_MM - _FOOT_MM


def frame_pages(
    words: SheetWords, pages: Sequence[tuple[Item | Use, ...]], size: tuple[float, float]
) -> tuple[SignDrawing, ...]:
    """Put head and foot around what stands on pages."""
    return tuple(
        SignDrawing(
            name=words.about,
            title=f"{words.title} · {words.about}",
            width_mm=size[0],
            height_mm=size[1],
            items=(*_draw_head(words, size), *items, *_draw_foot(words, size, number, len(pages))),
            language=words.language,
        )
        for number, items in enumerate(pages, start=1)
    )


def _draw_head(words: SheetWords, size: tuple[float, float]) -> Iterator[Item]:
    right = size[0] - MARGIN_MM
    top = MARGIN_MM
    yield put_text(MARGIN_MM, top + 3.5, words.title, _TITLE_MM, weight=BOLD)
    about = wrap(words.about, right - MARGIN_MM - 62, 4.2, BOLD)[0]
    yield put_text(MARGIN_MM, top + 11, about, 4.2, weight=BOLD, colour=SOFT)
    for number, fact in enumerate(words.facts[:3]):
        middle = top + 2 + number * _TEXT_MM * 1.35
        yield put_text(right, middle, fact, _TEXT_MM, colour=SOFT, align=1.0)
    y = top + _HEAD_MM - 2.5
    yield Stroke(polyline([(MARGIN_MM, y), (right, y)]), INK, 0.4)


def _draw_foot(
    words: SheetWords, size: tuple[float, float], number: int, count: int
) -> Iterator[Item]:
    right, y = size[0] - MARGIN_MM, size[1] - MARGIN_MM - 5
    yield Stroke(polyline([(MARGIN_MM, y), (right, y)]), RULE, 0.2)
    yield put_text(MARGIN_MM, y + 3, words.foot, _TEXT_MM, colour=SOFT)
    said = translate(words.language, "printing.page-of", page=str(number), pages=str(count))
    yield put_text(right, y + 3, said, _TEXT_MM, colour=SOFT, align=1.0)
