"""The sign schedule: one row a face, for those who order, hang and keep signs, as CSV and XLSX.

What a cell says comes from plans, which strangers draw: no cell may become a formula when the file
is opened in a spreadsheet.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter

from wayfinder.guide.catalogues import name_language, translate

Cell = str | int
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the begin of a formula (OWASP, CSV injection)."""
_GUARD = "'"
_LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767, and XlsxWriter leaves out what is longer."""
_WIDTHS = {"number": 8, "code": 11, "place": 28, "address": 30, "file": 24, "notes": 36}
_LINES_WIDTH, _WIDTH = 34, 13
_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the country's old code page."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One face of a sign as the schedule has it.

    Parameters
    ----------
    number
        Its number on the mounting plan of its floor, and in the list of contents.
    ref
        Its own number, said on the telephone; empty where it has none.
    code
        Its code; empty on a specimen.
    building, floor, place
        Where it hangs.
    mounting
        How it hangs, in words.
    bearing
        Which way it faces, in words and degrees; empty where the plan does not say.
    size
        Its format.
    lines
        Language to what it announces, one line each.
    state
        What the registry says; empty where nothing is known.
    address
        What stands beneath its code; empty on a specimen.
    file, page
        Where it is printed.
    notes
        What somebody should look at; empty as a rule.
    """

    number: int
    ref: str
    code: str
    building: str
    floor: str
    place: str
    mounting: str
    bearing: str
    size: str
    lines: Mapping[str, Sequence[str]]
    state: str
    address: str
    file: str
    page: int
    notes: str


def write_csv(rows: Sequence[ScheduleRow], languages: Sequence[str]) -> bytes:
    """Write the schedule as CSV: UTF-8 with its mark, quoted as RFC 4180 wants it."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(_list_heads(languages).values())
    for row in rows:
        writer.writerow([_guard(_clean(cell)) for cell in _list_cells(row, languages)])
    return (_BOM + text.getvalue()).encode("utf-8")


def write_xlsx(
    rows: Sequence[ScheduleRow], languages: Sequence[str], *, title: str, made_at: datetime
) -> bytes:
    """Write the schedule as a workbook: heads that stay, filters, fit for printing on A3."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        # a workbook's times have no zone
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(translate(languages[0], "printing.schedule")[:31])
        head = book.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        heads = _list_heads(languages)
        for column, (key, name) in enumerate(heads.items()):
            wide = _LINES_WIDTH if key.startswith("lines") else _WIDTHS.get(key, _WIDTH)
            sheet.set_column(column, column, wide)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(map(_clean, _list_cells(row, languages))):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, body)
                else:
                    sheet.write_string(number, column, cell, body)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
    return content.getvalue()


def _list_heads(languages: Sequence[str]) -> dict[str, str]:
    """Return key to head of the columns, in the first language."""
    first = languages[0]
    heads = {}
    for key in _COLUMNS:
        if key == "lines":
            for tag in languages:
                name = name_language(tag)
                heads[f"lines-{tag}"] = translate(first, "printing.column-lines", language=name)
        else:
            heads[key] = translate(first, f"printing.column-{key}")
    return heads


def _list_cells(row: ScheduleRow, languages: Sequence[str]) -> Iterator[Cell]:
    for key in _COLUMNS:
        if key == "lines":
            for tag in languages:
                yield "\n".join(row.lines.get(tag, ()))
        else:
            cell: Cell = getattr(row, key)
            yield cell


_COLUMNS = (
    *("number", "ref", "code", "building", "floor", "place", "mounting", "bearing", "size"),
    *("lines", "state", "address", "file", "page", "notes"),
)


def _clean(cell: Cell) -> Cell:
    """Return a cell without controls, as long as spreadsheets take it."""
    if isinstance(cell, int):
        return cell
    return "".join(c for c in cell if c == "\n" or c.isprintable())[:_LONGEST]


def _guard(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(_FORMULA_STARTS):
        return _GUARD + cell
    return cell
