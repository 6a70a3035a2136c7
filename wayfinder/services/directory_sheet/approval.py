"""The rows that somebody approved, as one edit; what cannot be is told row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayfinder.edit import EditError
from wayfinder.edit.directory import Row, UpdateDirectory, judge_row
from wayfinder.model import Plan
from wayfinder.services.directory_sheet.columns import Column
from wayfinder.services.directory_sheet.compare import Cell, RowChange, split_aliases
from wayfinder.services.directory_sheet.rows import read_cell


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
