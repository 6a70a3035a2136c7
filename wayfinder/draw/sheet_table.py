"""Lists on paper: a table set in columns, broken into pages, as the items of a drawing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.signs.display import Fill, Glyphs, Item, Stroke
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, REGULAR, load_font
from wayfinder.draw.signs.outlines import Box, polyline, rectangle
from wayfinder.draw.text import clean_text, split_text

INK, SOFT, RULE, HEAD = "#14181c", "#4a545e", "#b8c2cb", "#e3eaf0"
LINE_EM = 1.3
"""From baseline to baseline."""
PAD_MM = 1.0
_MISSING = "?"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    head
        What stands above it.
    width_mm
        How wide it is.
    right
        Whether it is set to the right, as figures are.
    bold
        Whether its cells are bold.
    """

    head: str
    width_mm: float
    right: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Parameters
    ----------
    cells
        One a column; a line break begins a new line.
    heading
        Stands for a whole row of its own: what the rows that follow have in common.
    """

    cells: tuple[str, ...] = ()
    heading: str = ""


def set_table(
    columns: Sequence[Column], rows: Iterable[Row], boxes: Iterable[Box], *, size_mm: float
) -> Iterator[tuple[Item, ...]]:
    """Set a table into as many boxes as it needs, its heads at the top of each.

    Parameters
    ----------
    columns, rows
        The table.
    boxes
        Left, top, right, bottom in millimetres of the room on each page in turn; endless.
    size_mm
        Size of an em.

    Yields
    ------
    tuple of Item
        What goes into each box; one even where there are no rows.
    """
    turn = iter(boxes)
    left, y, right, bottom = next(turn)
    items, y = _set_heads(columns, left, y, size_mm)
    heading = ""
    for row in rows:
        heading = row.heading or heading
        # what rows have in common is not left alone at the foot of a page
        wanted = _height(columns, row, size_mm) * (2.5 if row.heading else 1)
        if y + wanted > bottom and len(items) > len(columns) + 1:
            yield tuple(items)
            left, y, right, bottom = next(turn)
            items, y = _set_heads(columns, left, y, size_mm)
            if heading and not row.heading:
                made, y = _set_row(columns, Row(heading=heading), (left, y, right), size_mm)
                items += made
        made, y = _set_row(columns, row, (left, y, right), size_mm)
        items += made
    yield tuple(items)


def wrap(text: str, width_mm: float, size_mm: float, weight: str = REGULAR) -> list[str]:
    """Break a text into lines of a width; what is wider than a line is broken anywhere."""
    font, width_em = load_font(weight), width_mm / size_mm
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for piece in _list_pieces(printable(part), width_em, weight):
            if line and font.measure_em((line + piece).rstrip()) > width_em:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def printable(text: str) -> str:
    """Return a text with a mark in place of each character that the fonts lack."""
    font = load_font(REGULAR)
    return "".join(_MISSING if font.find_missing(c) else c for c in clean_text(text, limit=400))


def put_text(
    x: float,
    middle: float,
    text: str,
    size_mm: float,
    *,
    colour: str = INK,
    weight: str = REGULAR,
    align: float = 0.0,
) -> Glyphs:
    """Set one line about the height of its middle: from, on or up to a point (align 0, ½, 1)."""
    shown = printable(text)
    width = load_font(weight).measure_em(shown) * size_mm if align else 0.0
    return Glyphs(x - width * align, middle + size_mm * MIDDLE_EM, shown, size_mm, colour, weight)


def _list_pieces(text: str, width_em: float, weight: str) -> Iterator[str]:
    font = load_font(weight)
    for piece in split_text(text):
        if font.measure_em(piece) <= width_em:
            yield piece
        else:
            yield from piece


def _height(columns: Sequence[Column], row: Row, size_mm: float) -> float:
    if row.heading:
        return size_mm * LINE_EM * 1.15 + 2 * PAD_MM
    return _count_lines(columns, row.cells, size_mm) * size_mm * LINE_EM + PAD_MM


def _count_lines(columns: Sequence[Column], cells: Sequence[str], size_mm: float) -> int:
    pairs = zip(columns, cells, strict=True)
    return max(len(_wrap_cell(column, cell, size_mm)) for column, cell in pairs)


def _wrap_cell(column: Column, cell: str, size_mm: float) -> list[str]:
    weight = BOLD if column.bold else REGULAR
    return wrap(cell, column.width_mm - 2 * PAD_MM, size_mm, weight)


def _set_heads(
    columns: Sequence[Column], left: float, top: float, size_mm: float
) -> tuple[list[Item], float]:
    bold = [Column(column.head, column.width_mm, column.right, bold=True) for column in columns]
    heads = [column.head for column in columns]
    height = _count_lines(bold, heads, size_mm) * size_mm * LINE_EM + 2 * PAD_MM
    width = sum(column.width_mm for column in columns)
    items: list[Item] = [Fill(rectangle(left, top, width, height), HEAD)]
    items += _set_cells(bold, heads, (left, top + PAD_MM), size_mm)
    return items, top + height


def _set_row(
    columns: Sequence[Column], row: Row, at: tuple[float, float, float], size_mm: float
) -> tuple[list[Item], float]:
    left, top, right = at
    height = _height(columns, row, size_mm)
    right = min(right, left + sum(column.width_mm for column in columns))
    rule = Stroke(polyline([(left, top + height), (right, top + height)]), RULE, 0.15)
    if row.heading:
        large = size_mm * 1.15
        title = wrap(row.heading, right - left, large, BOLD)[0]
        return [put_text(left + PAD_MM, top + height / 2, title, large, weight=BOLD), rule], (
            top + height
        )
    items = _set_cells(columns, row.cells, (left, top + PAD_MM / 2), size_mm)
    return [*items, rule], top + height


def _set_cells(
    columns: Sequence[Column], cells: Sequence[str], at: tuple[float, float], size_mm: float
) -> list[Item]:
    x, top = at
    items: list[Item] = []
    for column, cell in zip(columns, cells, strict=True):
        weight = BOLD if column.bold else REGULAR
        side = x + column.width_mm - PAD_MM if column.right else x + PAD_MM
        for number, line in enumerate(_wrap_cell(column, cell, size_mm)):
            middle = top + (number + 0.5) * size_mm * LINE_EM
            align = 1.0 if column.right else 0.0
            items.append(put_text(side, middle, line, size_mm, weight=weight, align=align))
        x += column.width_mm
    return items
