"""The directory as a table: out for a spreadsheet, and in again as a difference to approve."""

from wayfinder.services.directory_sheet.approval import (
    Approved,
    SheetEdit,
    find_approved,
    make_edit,
    mark_row,
)
from wayfinder.services.directory_sheet.compare import Cell, Difference, RowChange, compare
from wayfinder.services.directory_sheet.errors import SheetError
from wayfinder.services.directory_sheet.rows import PlaceRow, list_rows
from wayfinder.services.directory_sheet.table import Table, read_table
from wayfinder.services.directory_sheet.writing import write_csv, write_xlsx

__all__ = [
    "Approved",
    "Cell",
    "Difference",
    "PlaceRow",
    "RowChange",
    "SheetEdit",
    "SheetError",
    "Table",
    "compare",
    "find_approved",
    "list_rows",
    "make_edit",
    "mark_row",
    "read_table",
    "write_csv",
    "write_xlsx",
]
