"""The rows of a board: names wrapped and shared among pages, in one size of letters on all of them.

Letters are never lower than the reading distance asks for as long as the screen has room for a
single row of them; what most look for is on the first page. Nothing is cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wayfinder.draw.boards.texts import read_names
from wayfinder.draw.places import Text
from wayfinder.draw.signs.fonts import BOLD, REGULAR, letter_em
from wayfinder.draw.signs.marks import measure_chip
from wayfinder.draw.signs.rows import (
    ARROW_EM,
    CHIP_EM,
    FIRST_LINE_EM,
    GAP_EM,
    SECOND_EM,
    SECOND_LINE_EM,
    SYMBOL_EM,
    force_wrap,
    wrap,
)
from wayfinder.guide.board import BoardLine
from wayfinder.guide.pointing import find_side, list_arrows
from wayfinder.model.sign import Arrow

MOST_ROWS = 10
"""Rows of a page: more than that nobody reads in the ten seconds that it stays (ours)."""

MOST_PAGES = 8
"""Nobody waits longer than these take to come again (ours)."""

PAD_EM = 0.11
GROUP_EM = 0.22
ASIDE_EM = 2.0
"""Width of what tells people on wheels another way: a symbol and an arrow."""

BELOW_EM = 0.75
"""Height of chips in the line of the second language."""

_LEAST_EM = 2.0
_LARGER = 1.5
"""Letters are at most so much higher than they need be (ours)."""
_SMALLER = 0.94
_WRAPS, _FORCED_WRAPS = 2, 4
_LEAST_EM_SHARE = 0.02
_ORDER = {arrow: number for number, arrow in enumerate(list_arrows())}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is announced, in words.

    Parameters
    ----------
    said
        What it is.
    texts
        The name, first language first.
    chips
        Zone, floor and hours, written at the end of the row.
    """

    said: BoardLine
    texts: tuple[Text, ...]
    chips: tuple[str, ...] = ()

    @property
    def arrow(self) -> Arrow:
        """Which way it lies."""
        return self.said.line.arrow


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row, set.

    Parameters
    ----------
    entry
        What it says.
    first, second
        Lines of the name in each language; `second` may be empty.
    height_em
        Its height.
    starts
        Whether its arrow is drawn: it is the first of its direction in its column.
    below
        Whether its chips stand in the line of the second language, for want of room in the first.
    """

    entry: Entry
    first: tuple[str, ...]
    second: tuple[str, ...]
    height_em: float
    starts: bool = True
    below: bool = False

    @property
    def second_em(self) -> float:
        """Height of the lines of the second language, and of the chips that stand in them."""
        lines = len(self.second) * SECOND_EM * SECOND_LINE_EM
        return max(lines, BELOW_EM + PAD_EM) if self.below else lines


Column = tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Where the rows of a page go.

    Parameters
    ----------
    width_mm, height_mm
        Of a column.
    columns
        One or two.
    """

    width_mm: float
    height_mm: float
    columns: int


@dataclass(frozen=True, slots=True)
class RowPage:
    """The rows of one page.

    Parameters
    ----------
    columns
        From the left.
    em_mm
        Size of the first language.
    letter_mm
        Height of its letters.
    """

    columns: tuple[Column, ...]
    em_mm: float
    letter_mm: float


@dataclass(frozen=True, slots=True)
class Pages:
    """The rows of all pages.

    Parameters
    ----------
    pages
        What most look for on the first.
    dropped
        What there was no page for, of all lines those that fewest look for.
    """

    pages: tuple[RowPage, ...]
    dropped: tuple[BoardLine, ...] = ()


def make_entry(
    said: BoardLine, languages: Sequence[str], chips: Sequence[str] = ()
) -> Entry | None:
    """Make the words of a line; None where it has no name."""
    texts = read_names(said.line.labels, languages)
    return Entry(said, texts, tuple(chips)) if texts else None


def fit_pages(entries: Sequence[Entry], room: Room, least_letter_mm: float) -> Pages:
    """Share what is announced among pages.

    Parameters
    ----------
    entries
        What is announced, what most look for first.
    room
        Where it goes on each page.
    least_letter_mm
        Height of letters that the reading distance asks for.

    Returns
    -------
    Pages
        All in one size of letters, which are lower than asked for only of a name that is too long
        for a page of its own, and where the screen has no room for a single row.
    """
    script = letter_em("".join(one.texts[0].text for one in entries)) if entries else 1.0
    least = least_letter_mm / script
    short = [one for one in entries if _set_page((one,), room, least) is not None]
    shares = _share(short, room, least)
    em = _enlarge(shares, room, least)
    ways = [(share, em) for share in shares]
    long = [one for one in entries if one not in short]
    ways += [((one,), size) for one in long if (size := _shrink(one, room, least)) is not None]
    pages = [
        RowPage(_spread(page, room, size), size, size * script)
        for share, size in ways[:MOST_PAGES]
        if (page := _set_page(share, room, size)) is not None
    ]
    shown = {id(one) for share, _ in ways[:MOST_PAGES] for one in share}
    return Pages(tuple(pages), tuple(one.said for one in entries if id(one) not in shown))


def _shrink(entry: Entry, room: Room, em: float) -> float | None:
    """Return the size in which a page holds an overlong name; None where none does."""
    size = em
    while size > _LEAST_EM_SHARE * min(room.width_mm, room.height_mm):
        size *= _SMALLER
        if _set_page((entry,), room, size) is not None:
            return size
    return None


def _share(entries: Sequence[Entry], room: Room, em: float) -> list[Sequence[Entry]]:
    """Share entries among the fewest pages, evenly where that is possible."""
    shares: list[list[Entry]] = []
    for one in entries:
        if shares and len(shares[-1]) < MOST_ROWS:
            longer = [*shares[-1], one]
            if _set_page(longer, room, em) is not None:
                shares[-1] = longer
                continue
        shares.append([one])
    count = len(shares)
    even = [
        entries[len(entries) * number // count : len(entries) * (number + 1) // count]
        for number in range(count)
    ]
    if all(_set_page(share, room, em) is not None for share in even):
        return list(even)
    return [*shares]


def _enlarge(shares: Sequence[Sequence[Entry]], room: Room, least: float) -> float:
    """Return the largest size, up to a limit, in which each page still has room."""
    size = least * _LARGER
    while size > least:
        if all(_set_page(share, room, size, wraps=1) is not None for share in shares):
            return size
        size *= _SMALLER
    return least


def _set_page(
    entries: Sequence[Entry], room: Room, em: float, *, wraps: int = _WRAPS
) -> tuple[Column, ...] | None:
    """Set a page; None where it has no room for all."""
    rows = []
    for one in sorted(entries, key=lambda one: _ORDER[one.arrow]):
        row = _set_row(one, room.width_mm / em, wraps, alone=len(entries) == 1)
        if row is None:
            return None
        rows.append(row)
    page = _split(rows, room, em)
    if page is None and len(rows) == 1:  # an overlong name loses its second language
        page = _split([_lose_second(rows[0])], room, em)
    return page


def _lose_second(row: BoardRow) -> BoardRow:
    bare = replace(row, second=())
    return replace(bare, height_em=_measure_row(bare))


def _set_row(entry: Entry, width_em: float, wraps: int, *, alone: bool) -> BoardRow | None:
    """Set a row; None where its name takes too many lines.

    An overlong name is broken within its words where it is the only one of a page, or would not
    stand on any.
    """
    width = width_em - ARROW_EM - SYMBOL_EM - 2 * GAP_EM
    width -= ASIDE_EM + GAP_EM if entry.said.step_free is not None else 0.0
    if width < _LEAST_EM:
        return None
    chips = sum(measure_chip(chip, CHIP_EM) + GAP_EM * 0.7 for chip in entry.chips)
    texts = [one.text for one in entry.texts]
    beside = wrap(texts[0], width - chips, 1, BOLD)
    first = beside or wrap(texts[0], width, wraps, BOLD)
    if first is None and wraps == _WRAPS:
        first = force_wrap(texts[0], width, BOLD)
    if first is None or (len(first) > _FORCED_WRAPS and not alone):
        return None
    below = bool(chips) and beside is None
    small = width - chips * BELOW_EM if below else width
    if small < _LEAST_EM:  # the name is worth more than where it lies
        entry, below, small = replace(entry, chips=()), False, width
    second: tuple[str, ...] = ()
    if len(texts) > 1:
        found = wrap(texts[1], small / SECOND_EM, _WRAPS, REGULAR)
        second = found or force_wrap(texts[1], small / SECOND_EM, REGULAR)
    row = BoardRow(entry, first, second, 0.0, below=below)
    return replace(row, height_em=_measure_row(row))


def _measure_row(row: BoardRow) -> float:
    height = len(row.first) * FIRST_LINE_EM + row.second_em
    return max(height, SYMBOL_EM) + 2 * PAD_EM


def _split(rows: Sequence[BoardRow], room: Room, em: float) -> tuple[Column, ...] | None:
    """Share rows among columns: what lies to the left on the left, directions whole, evenly."""
    if room.columns == 1 or len(rows) == 1:
        column = _mark_starts(rows)
        columns = (column, *((),) * (room.columns - 1))
        return columns if measure_em(column) * em <= room.height_mm else None
    ordered = sorted(rows, key=lambda row: find_side(row.entry.arrow))
    best: tuple[tuple[int, bool, float], tuple[Column, ...]] | None = None
    for cut in range(1, len(ordered)):
        parts = _mark_starts(ordered[:cut]), _mark_starts(ordered[cut:])
        heights = [measure_em(part) * em for part in parts]
        if max(heights) > room.height_mm:
            continue
        torn = ordered[cut - 1].entry.arrow == ordered[cut].entry.arrow
        rank = (_count_misplaced(parts), torn, abs(heights[0] - heights[1]))
        if best is None or rank < best[0]:
            best = rank, parts
    return None if best is None else best[1]


def _count_misplaced(columns: tuple[Column, Column]) -> int:
    """Count the rows whose arrow points away from their column; none where all point one way."""
    left, right = ([find_side(row.entry.arrow) for row in column] for column in columns)
    return 0 if len({*left, *right}) == 1 else left.count(2) + right.count(0)


def _mark_starts(rows: Sequence[BoardRow]) -> Column:
    starts = [True, *(a.entry.arrow != b.entry.arrow for a, b in pairwise(rows))]
    return tuple(replace(row, starts=start) for row, start in zip(rows, starts, strict=False))


def _spread(page: tuple[Column, ...], room: Room, em: float) -> tuple[Column, ...]:
    """Share what room is left among the rows, as far as it looks well."""
    spare = room.height_mm / em - max(measure_em(column) for column in page)
    most = max(len(column) for column in page)
    more = min(spare / most, 3 * PAD_EM)
    return tuple(
        tuple(replace(row, height_em=row.height_em + more) for row in column) for column in page
    )


def measure_em(rows: Sequence[BoardRow]) -> float:
    """Return the height of a column in ems."""
    groups = GROUP_EM * sum(row.starts for row in rows[1:])
    return sum(row.height_em for row in rows) + groups
