"""Small tables in formats that nothing here writes, made by their specifications: XLS and ODS."""

import struct
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

Cell = str | float
Table = Sequence[Sequence[Cell]]

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096
"""Shorter ones would lie in a stream of their own (MS-CFB 2.6.3)."""


def make_xls(table: Table, *, merged: tuple[int, int, int, int] = (0, 0, 0, 0)) -> bytes:
    """Return a workbook of Excel 97 to 2003.

    Parameters
    ----------
    table
        Its one sheet.
    merged
        First and last row, first and last column of cells that are one.
    """
    strings = [cell for row in table for cell in row if isinstance(cell, str)]
    start = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)
    name = _write_short("Places")
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(map(_write_long, strings))
    sheet = b"".join(
        (
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6)),
            _record(0x0200, struct.pack("<IIHHH", 0, len(table), 0, len(table[0]), 0)),
            *_list_cells(table, strings),
            _record(0x00E5, struct.pack("<HHHHH", 1, *merged)),
            _record(0x000A),
        )
    )
    tail = _record(0x00FC, shared) + _record(0x000A)
    head = _record(0x0809, start) + _record(0x0042, struct.pack("<H", 1200))
    at = len(head) + 4 + 6 + len(name) + len(tail)
    bound = _record(0x0085, struct.pack("<IBB", at, 0, 0) + name)
    return _make_compound(head + bound + tail + sheet)


def make_ods(table: Table) -> bytes:
    """Return a workbook of LibreOffice with one sheet."""
    made = BytesIO()
    rows = "".join(
        f"<table:table-row>{''.join(map(_say_ods, row))}</table:table-row>" for row in table
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Places">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return made.getvalue()


def _say_ods(cell: Cell) -> str:
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string" table:number-columns-repeated="1">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


def _list_cells(table: Table, strings: list[str]) -> Iterable[bytes]:
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                yield _record(0x00FD, place + struct.pack("<I", strings.index(cell)))
            else:
                yield _record(0x0203, place + struct.pack("<d", cell))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _write_short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _write_long(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _make_compound(stream: bytes) -> bytes:
    """Return a compound file (MS-CFB, version 3) with a workbook in it, and nothing else."""
    content = stream.ljust(max(_SMALLEST_STREAM, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")
    sectors = len(content) // _SECTOR
    # the table of sectors, the directory, then the workbook
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    directory = (
        _write_entry("Root Entry", 5, child=1, start=_END, size=0)
        + _write_entry("Workbook", 2, child=_FREE, start=2, size=len(content))
        + bytes(2 * 128)
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST_STREAM, _END, 0, _END, 0)
        + struct.pack("<109I", 0, *[_FREE] * 108)
    )
    return header + table + directory + content


def _write_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = f"{name}\x00".encode("utf-16-le")
    return (
        written.ljust(64, b"\x00")
        + struct.pack("<HBB", len(written), kind, 1)
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
