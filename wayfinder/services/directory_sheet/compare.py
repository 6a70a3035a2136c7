"""What a table says otherwise than a plan: row by row, to be approved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wayfinder.services.directory_sheet.cells import RawCell, is_maimed, lost_zeros
from wayfinder.services.directory_sheet.columns import Column
from wayfinder.services.directory_sheet.rows import ALIAS_MARK, PlaceRow, PlaceRows
from wayfinder.services.directory_sheet.table import Line, StrangeColumn, Table

_ALIAS_MARKS = re.compile(r"[;；|\n]")
_MOST_IDS = 50


class Doubt(StrEnum):
    """Why somebody should look twice."""

    MAIMED = "maimed"
    """The spreadsheet has made something else of it: it is not taken over."""
    EMPTIED = "emptied"
    """What the place is called would be gone."""
    MISPLACED = "misplaced"
    """The place cannot have it, as a room no telephone: it is not taken over."""
    MERGED = "merged"
    """The cell is one with those of other rows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says otherwise.

    Parameters
    ----------
    column
        Its column.
    before, after
        What the plan has, and what the table says.
    doubt
        Why somebody should look twice, or None.
    """

    column: Column
    before: str
    after: str
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that says otherwise.

    Parameters
    ----------
    number
        Of the row, as the spreadsheet counts.
    row
        The place.
    cells
        What is otherwise, and would be taken over.
    kept
        What is otherwise and would not: what is shown only, and what a spreadsheet maimed.
    """

    number: int
    row: PlaceRow
    cells: tuple[Cell, ...]
    kept: tuple[Cell, ...]

    @property
    def is_misplaced(self) -> bool:
        """Whether it says something that the place cannot have."""
        return any(cell.doubt is Doubt.MISPLACED for cell in self.kept)

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look twice before it is taken over."""
        return any(cell.doubt is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a table says otherwise.

    Parameters
    ----------
    changes
        The rows that say otherwise, in their order.
    same
        How many rows say what the plan says.
    missing
        How many places of the plan have no row: they stay as they are.
    unknown
        Number and id of rows about nothing that the plan has.
    nameless
        Numbers of rows without an id.
    twice
        Numbers of rows of which several are about one place: none of them is taken over.
    misplaced
        Numbers of rows that say something that the place cannot have: that is not taken over.
    strange
        Columns that are not looked at.
    """

    changes: tuple[RowChange, ...]
    same: int
    missing: int
    unknown: tuple[tuple[int, str], ...]
    nameless: tuple[int, ...]
    twice: tuple[int, ...]
    misplaced: tuple[int, ...]
    strange: tuple[StrangeColumn, ...]


def compare(table: Table, found: PlaceRows) -> Difference:
    """Compare a table with the places of a plan."""
    known = {row.feature.id: row for row in found.rows}
    changes, same = [], 0
    unknown: list[tuple[int, str]] = []
    for line in table.lines:
        row = known.get(line.id)
        if row is None:
            if line.id:
                unknown.append((line.number, line.id))
            continue
        if line.id in table.twice:
            continue
        change = _compare_line(line, row)
        if change.cells or change.kept:
            changes.append(change)
        else:
            same += 1
    said = {line.id for line in table.lines}
    return Difference(
        changes=tuple(changes),
        same=same,
        missing=sum(1 for key in known if key not in said),
        unknown=tuple(unknown[:_MOST_IDS]),
        nameless=tuple(line.number for line in table.lines if not line.id)[:_MOST_IDS],
        twice=tuple(line.number for line in table.lines if line.id in table.twice)[:_MOST_IDS],
        misplaced=tuple(one.number for one in changes if one.is_misplaced)[:_MOST_IDS],
        strange=table.strange,
    )


def split_aliases(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons, each once."""
    parts = (part.strip() for part in _ALIAS_MARKS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _compare_line(line: Line, row: PlaceRow) -> RowChange:
    taken: list[Cell] = []
    kept: list[Cell] = []
    for cell in _list_cells(line.cells, row):
        is_taken = cell.column.is_taken and cell.doubt not in {Doubt.MAIMED, Doubt.MISPLACED}
        (taken if is_taken else kept).append(cell)
    return RowChange(line.number, row, tuple(taken), tuple(kept))


def _list_cells(cells: Mapping[Column, RawCell], row: PlaceRow) -> Iterator[Cell]:
    for column, raw in cells.items():
        before = row.cells.get(column.key, "")
        after = _tidy(column, raw.text)
        if after == _tidy(column, before) or lost_zeros(raw, before):
            continue
        if after in row.ways.get(column.key, ()):
            continue
        if column.is_taken and raw.text and is_maimed(raw, before):
            yield Cell(column, before, after, Doubt.MAIMED)
            continue
        doubt = None
        if column.is_taken and not row.takes(column):
            doubt = Doubt.MISPLACED
        elif raw.merged:
            doubt = Doubt.MERGED
        elif not after and column.part == "name":
            doubt = Doubt.EMPTIED
        yield Cell(column, before, after, doubt)


def _tidy(column: Column, text: str) -> str:
    """Return a text as it would be taken over: one line, single spaces."""
    if column.part == "aliases":
        return ALIAS_MARK.join(" ".join(one.split()) for one in split_aliases(text))
    return " ".join(text.split())
