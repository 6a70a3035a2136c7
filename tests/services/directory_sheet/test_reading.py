"""Workbooks that are broken, locked, or of a kind that nobody reads."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.services.uploads.old_tables import Table, make_ods, make_xls
from wayfinder.services.directory_sheet import SheetError
from wayfinder.services.directory_sheet.reading import read_cells


def save_anew(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a zip with its files changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return made.getvalue()


@pytest.mark.parametrize("make", [make_xls, make_ods])
def test_a_workbook_that_does_not_end_as_it_should_is_damaged(
    make: Callable[[Table], bytes],
) -> None:
    data = make([["id", "name:en"], ["A", "Laboratory"]])
    if make is make_xls:
        broken = data[:1_100]  # amid its directory: its reader panics
    else:  # and here looks for the end for ever
        broken = save_anew(data, lambda _, file: file.replace(b"</table:table>", b"</tabl>"))
    with pytest.raises(SheetError, match="damaged"):
        read_cells(broken)


def test_a_workbook_with_a_password_is_locked_and_not_damaged() -> None:
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        b'<manifest:encryption-data manifest:checksum="AA=="/></manifest:file-entry>'
        b"</manifest:manifest>"
    )
    files = {"META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x02 encrypted"}
    data = make_ods([["id", "name:en"], ["A", "Laboratory"]])
    with pytest.raises(SheetError, match="locked"):
        read_cells(save_anew(data, files.get))


def test_a_binary_workbook_is_told_how_to_save_it() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/Workbook.bin", b"")
    with pytest.raises(SheetError, match="binary-workbook"):
        read_cells(made.getvalue())
