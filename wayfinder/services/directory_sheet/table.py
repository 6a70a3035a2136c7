"""A table that came back: which column is which, and which row is about what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wayfinder.services.directory_sheet.cells import RawCell
from wayfinder.services.directory_sheet.columns import ID, Column, find_column, suggest_column
from wayfinder.services.directory_sheet.errors import SheetError

_HEAD_WITHIN = 10
"""Rows in which the heads are looked for: people write a title above them."""


@dataclass(frozen=True, slots=True)
class StrangeColumn:
    """A column that is not known, and so not looked at.

    Parameters
    ----------
    head
        What stands above it.
    meant
        The column that may have been meant, or None.
    """

    head: str
    meant: Column | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row.

    Parameters
    ----------
    number
        As the spreadsheet counts, from 1.
    id
        Of what it is about; empty where it does not say.
    cells
        Column to what stands there.
    """

    number: int
    id: str
    cells: Mapping[Column, RawCell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Parameters
    ----------
    lines
        Its rows, those without any text left out.
    strange
        Columns that are not looked at.
    twice
        Ids that several rows have.
    """

    lines: tuple[Line, ...]
    strange: tuple[StrangeColumn, ...]
    twice: frozenset[str]


def read_table(rows: Sequence[Sequence[RawCell]], known: Iterable[Column]) -> Table:
    """Find out what the cells of a table are.

    Parameters
    ----------
    rows
        The cells.
    known
        The columns that the directory has.

    Raises
    ------
    SheetError
        No column has ids, or a column is there twice.
    """
    columns = tuple(known)
    top = _find_top(rows, columns)
    heads = [(number, cell.text) for number, cell in enumerate(rows[top]) if cell.text]
    found = {number: find_column(text, columns) for number, text in heads}
    _refuse_repeats(column for column in found.values() if column is not None)
    lines = tuple(
        _make_line(number, row, found)
        for number, row in enumerate(rows[top + 1 :], start=top + 2)
        if any(cell.text for cell in row)
    )
    used = {column for column in found.values() if column is not None}
    left = [column for column in columns if column not in used]
    strange = tuple(
        StrangeColumn(text, suggest_column(text, left))
        for number, text in heads
        if found[number] is None
    )
    counts = Counter(line.id for line in lines if line.id)
    return Table(lines, strange, frozenset(one for one, count in counts.items() if count > 1))


def _find_top(rows: Sequence[Sequence[RawCell]], columns: tuple[Column, ...]) -> int:
    """Return which row has the heads: the first that has one of ids."""
    for number, row in enumerate(rows[:_HEAD_WITHIN]):
        if any(find_column(cell.text, columns) == Column(ID) for cell in row if cell.text):
            return number
    first = [cell.text for cell in rows[0] if cell.text]
    raise SheetError("no-ids", found=[text[:40] for text in first[:8]])


def _refuse_repeats(columns: Iterable[Column]) -> None:
    for column, count in Counter(columns).items():
        if count > 1:
            raise SheetError("column-twice", column=column.key)


def _make_line(number: int, row: Sequence[RawCell], found: Mapping[int, Column | None]) -> Line:
    cells = {
        column: row[place] if place < len(row) else RawCell("")
        for place, column in found.items()
        if column is not None
    }
    own = cells.pop(Column(ID))
    return Line(number, own.text, cells)
