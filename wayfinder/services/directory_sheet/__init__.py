"""The directory as a table: out for a spreadsheet, and in again as a difference to approve."""

from wayfinder.services.directory_sheet.approval import SheetEdit, make_edit
from wayfinder.services.directory_sheet.compare import Cell, Difference, RowChange, compare
from wayfinder.services.directory_sheet.errors import SheetError
from wayfinder.services.directory_sheet.rows import PlaceRow, list_rows
from wayfinder.services.directory_sheet.table import Table, read_table
from wayfinder.services.directory_sheet.writing import write_csv, write_xlsx

__all__ = [
    "Cell",
    "Difference",
    "PlaceRow",
    "RowChange",
    "SheetEdit",
    "SheetError",
    "Table",
    "compare",
    "list_rows",
    "make_edit",
    "read_table",
    "write_csv",
    "write_xlsx",
]
