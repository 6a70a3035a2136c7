"""A table of any kind that people have, read into cells: CSV, XLSX, XLS, ODS.

What the file says is a formula counts as what it came to; nothing is ever computed here.
"""

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from wayfinder.formats.archive import DAMAGED
from wayfinder.services.directory_sheet.cells import (
    CellKind,
    RawCell,
    strip,
    unguard,
    write_number,
)
from wayfinder.services.directory_sheet.errors import SheetError

_ROWS = "rows.json"
_MOST_ROWS, _MOST_COLUMNS = 20_000, 200
"""A hospital has some thousand places (ours)."""
_MOST_CELLS = 400_000
"""That say something (ours): whoever compares them answers people, too."""
_LONGEST_CELL = 10_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BINARY = b"xl/workbook.bin"
"""Names of files stand in a zip as they are: so does that of a workbook of XLSB (MS-XLSB 2.1.1)."""
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_LONGEST_MANIFEST = 2**20
_PANIC = "PanicException"
"""What Rust raises where it did not foresee something: no class to import, and no `Exception`."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ",;\t"

Rows = list[list[RawCell]]


def read(source: Path, target: Path, _options: Mapping[str, Any]) -> None:
    """Read a table, and write down its cells.

    Raises
    ------
    SheetError
        It is none, or larger than a directory may be.
    """
    rows = read_cells(source.read_bytes())
    if sum(1 for row in rows for cell in row if _has_meaning(cell)) > _MOST_CELLS:
        raise SheetError("too-many-cells", limit=_MOST_CELLS)
    said = [[[cell.text, cell.kind, cell.merged] for cell in _trim(row)] for row in rows]
    (target / _ROWS).write_text(json.dumps(said), "utf-8")


def load(folder: Path) -> Rows:
    """Return what `read` wrote down."""
    said = json.loads((folder / _ROWS).read_bytes())
    return [[RawCell(text, CellKind(kind), merged) for text, kind, merged in row] for row in said]


def read_cells(data: bytes) -> Rows:
    """Read the cells of a table; raises SheetError as `read` does."""
    rows = _read_workbook(data) if data.startswith((_ZIP, _OLE)) else _read_csv(data)
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise SheetError("empty")
    return rows


def _trim(row: list[RawCell]) -> list[RawCell]:
    """Return a row without what means nothing at its end."""
    length = next((n for n in range(len(row), 0, -1) if _has_meaning(row[n - 1])), 0)
    return row[:length]


def _has_meaning(cell: RawCell) -> bool:
    """Tell whether a cell says something: one that is one with others does even when empty."""
    return bool(cell.text) or cell.merged


def _read_workbook(data: bytes) -> Rows:
    if _BINARY in data.lower():  # nobody needs it, and so nobody tries what reads it
        raise SheetError("binary-workbook")
    _check_ods(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height:
                    return _read_sheet(sheet)
    except PasswordError:
        raise SheetError("locked") from None
    except (CalamineError, OSError, ValueError, KeyError, OverflowError):
        raise SheetError("damaged") from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise SheetError("damaged") from None
    raise SheetError("empty")


def _check_ods(data: bytes) -> None:
    """Refuse an ODS that does not end as it should: calamine 0.37 would look for its end for ever.

    Raises
    ------
    SheetError
        It is damaged, or locked by a password.
    """
    if not (data.startswith(_ZIP) and _CONTENT.encode("ascii") in data):
        return
    is_locked = False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            is_locked = _is_locked(archive)
            if _CONTENT in archive.namelist() and not is_locked:
                with archive.open(_CONTENT) as stream:
                    expat.ParserCreate().ParseFile(stream)
    except (expat.ExpatError, *DAMAGED):
        raise SheetError("damaged") from None
    if is_locked:
        raise SheetError("locked")


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Tell whether the files of an ODS are encrypted one by one (ODF 1.2 part 3, 4.4)."""
    if _MANIFEST not in archive.namelist():
        return False
    with archive.open(_MANIFEST) as stream:
        return b"encryption-data" in stream.read(_LONGEST_MANIFEST)


def _read_sheet(sheet: CalamineSheet) -> Rows:
    _check_size(sheet.total_height, sheet.total_width)
    found = [
        [_read_value(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS + 1)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _spread(found, top, left, min(bottom, len(found) - 1), right)
    return found


def _spread(rows: Rows, top: int, left: int, bottom: int, right: int) -> None:
    """Let cells that are one all say what it says; those of one row alone are nothing special."""
    if top == bottom or top >= len(rows) or left >= len(rows[top]):
        return
    said = rows[top][left]
    for row in rows[top : bottom + 1]:
        for number in range(left, min(right + 1, len(row))):
            row[number] = RawCell(said.text, said.kind, merged=True)


def _read_value(value: object) -> RawCell:
    if isinstance(value, bool):
        return RawCell("1" if value else "0", CellKind.TRUTH)
    if isinstance(value, int | float):
        return RawCell(write_number(value), CellKind.NUMBER)
    if isinstance(value, datetime | date | time | timedelta):
        return RawCell(str(value), CellKind.DATE)
    return _read_text(str(value))


def _read_text(text: str) -> RawCell:
    kept = strip(text)
    if len(kept) > _LONGEST_CELL:
        raise SheetError("cell-too-long", limit=_LONGEST_CELL)
    is_error = kept.startswith("#") and kept.rstrip("!?").isascii() and kept.endswith(("!", "?"))
    storable = kept.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return RawCell(unguard(storable), CellKind.ERROR if is_error else CellKind.TEXT)


def _read_csv(data: bytes) -> Rows:
    text = _decode(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return _collect(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise SheetError("no-table") from None


def _collect(lines: Iterable[list[str]]) -> Rows:
    rows: Rows = []
    for line in lines:
        _check_size(len(rows) + 1, len(line))
        rows.append([_read_text(text) for text in line])
    return rows


def _decode(data: bytes) -> str:
    """Return the text of a CSV: with a mark, as UTF-8, or as Excel saves it in China."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    if b"\x00" in data:
        raise SheetError("no-table")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("no-table")


def _check_size(height: int, width: int) -> None:
    if height > _MOST_ROWS + 1:
        raise SheetError("too-many-rows", limit=_MOST_ROWS)
    if width > _MOST_COLUMNS:
        raise SheetError("too-many-columns", limit=_MOST_COLUMNS)
