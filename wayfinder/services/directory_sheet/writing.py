"""The table as CSV and as a workbook: no cell becomes a formula, a date or a number."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter

from wayfinder.guide.catalogues import translate
from wayfinder.services.directory_sheet.cells import clean, guard
from wayfinder.services.directory_sheet.rows import PlaceRows

_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the country's old code page."""
_WIDTHS = {"id": 14, "name": 30, "aliases": 30, "hours": 30, "website": 26, "category": 18}
_WIDTH = 13
_GREY, _BLUE = "#EEF1F4", "#DDE6EE"


def write_csv(found: PlaceRows, language: str) -> bytes:
    """Write the table as CSV: UTF-8 with its mark, quoted as RFC 4180 wants it."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([column.say(language) for column in found.columns])
    for row in found.rows:
        writer.writerow([guard(clean(row.cells[column.key])) for column in found.columns])
    return (_BOM + text.getvalue()).encode("utf-8")


def write_xlsx(found: PlaceRows, language: str, *, made_at: datetime) -> bytes:
    """Write the table as a workbook: all cells are text, what is not taken over is grey."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        # a workbook's times have no zone
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(translate(language, "sheet.title")[:31])
        # a format of text keeps leading zeros, and 3-5 from being a date
        body = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        grey = book.add_format({"num_format": "@", "valign": "top", "bg_color": _GREY})
        head = book.add_format({"bold": True, "bg_color": _BLUE, "border": 1, "valign": "top"})
        for number, column in enumerate(found.columns):
            form = body if column.is_taken else grey
            sheet.set_column(number, number, _WIDTHS.get(column.part, _WIDTH), form)
            sheet.write_string(0, number, column.say(language), head)
            for line, row in enumerate(found.rows, start=1):
                text, own = clean(row.cells[column.key]), form if row.takes(column) else grey
                if text:
                    sheet.write_string(line, number, text, own)
                elif own is not form:
                    sheet.write_blank(line, number, None, own)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(found.rows), len(found.columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
    return content.getvalue()
