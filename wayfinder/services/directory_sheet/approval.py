"""The rows that somebody approved, as one edit; what cannot be is told row by row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from wayfinder.edit import EditError
from wayfinder.edit.directory import Row, UpdateDirectory, judge_row
from wayfinder.model import Plan, encode_canonical
from wayfinder.services.directory_sheet.columns import Column
from wayfinder.services.directory_sheet.compare import Cell, RowChange, split_aliases
from wayfinder.services.directory_sheet.rows import read_cell

_MARK_DIGITS = 16
_NUMBER_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Approved:
    """What somebody ticked, held against the rows as they are now.

    Parameters
    ----------
    changes
        The rows that are still as they were shown.
    outdated
        Numbers of those that are not: they say something else by now, or nothing new any more.
    """

    changes: tuple[RowChange, ...]
    outdated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What comes of the rows that were approved.

    Parameters
    ----------
    action
        The edit; None where nothing is left.
    count
        Of how many rows.
    refused
        Number of a row to why it cannot be.
    """

    action: UpdateDirectory | None
    count: int
    refused: Mapping[int, EditError]


def mark_row(change: RowChange) -> str:
    """Return what a form carries for a row: another one once anything else is to be approved."""
    feature = change.row.feature
    cells = [[cell.column.key, cell.before, cell.after] for cell in change.cells]
    shown = [feature.id, feature.name, change.row.cells["ref"], cells]
    return f"{change.number}-{sha256(encode_canonical(shown)).hexdigest()[:_MARK_DIGITS]}"


def find_approved(changes: Iterable[RowChange], marks: Collection[str]) -> Approved:
    """Find the rows that were ticked; whatever is not as it was shown is not among them.

    Parameters
    ----------
    changes
        The rows that can be taken over now.
    marks
        What `mark_row` made of those that were ticked, when they were shown.
    """
    known = {mark_row(change): change for change in changes}
    lost = {_read_number(mark) for mark in marks if mark not in known}
    found = tuple(change for mark, change in known.items() if mark in marks)
    return Approved(found, tuple(sorted(number for number in lost if number is not None)))


def make_edit(plan: Plan, changes: Iterable[RowChange]) -> SheetEdit:
    """Make one edit of rows, leaving out those that cannot be: each is judged by itself.

    Parameters
    ----------
    plan
        What it is to be done to.
    changes
        The rows that were approved.
    """
    refused: dict[int, EditError] = {}
    rows: list[Row] = []
    count = 0
    for change in changes:
        made = _make_rows(change)
        try:
            for row in made:
                judge_row(plan, row)
        except EditError as error:
            refused[change.number] = error
        else:
            rows += made
            count += bool(made)
    merged = tuple(_merge(rows))
    return SheetEdit(UpdateDirectory(rows=merged) if merged else None, count, refused)


def _read_number(mark: str) -> int | None:
    text = mark.partition("-")[0]
    known = text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS
    return int(text) if known else None


def _make_rows(change: RowChange) -> list[Row]:
    """Return what changes of each feature that a place consists of."""
    found: dict[str, dict[str, Any]] = {}
    for cell in change.cells:
        holder = change.row.holders.get(cell.column.key, change.row.feature)
        for feature in change.row.group:
            # the other floors of a lift are called alike; a room is not called as its department
            alike = type(feature) is type(holder) and read_cell(feature, cell.column) == cell.before
            if feature.id == holder.id or alike:
                _set(found.setdefault(feature.id, {}), cell.column, cell)
    return [Row(feature=key, **values) for key, values in found.items()]


def _set(values: dict[str, Any], column: Column, cell: Cell) -> None:
    if column.part == "name":
        values.setdefault("names", {})[column.tag] = cell.after or None
    elif column.part == "aliases":
        values.setdefault("aliases", {})[column.tag] = split_aliases(cell.after)
    elif column.part == "code":
        values.setdefault("codes", {})[column.tag] = cell.after or None
    else:
        values[column.part] = cell.after


def _merge(rows: Sequence[Row]) -> list[Row]:
    """Return rows of which none is about what another one is: the first counts."""
    return list({row.feature: row for row in reversed(rows)}.values())[::-1]
