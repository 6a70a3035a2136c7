"""The schedule opens in a spreadsheet as what it says, whoever named the rooms."""

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from wayfinder.services.sign_schedule import ScheduleRow, write_csv, write_xlsx

LANGUAGES = ("zh-Hans", "en")
ROW = ScheduleRow(
    number=1,
    ref="A1-01",
    code="VQAFYHP",
    building="门诊楼",
    floor="1F",
    place="门诊大厅",
    mounting="墙面",
    bearing="东 90°",
    size="A3",
    lines={"zh-Hans": ("↑ 急诊 120 米", "← 药房, 收费"), "en": ("↑ Emergency 120 m",)},
    state="待打印",
    address="way.example.org/S/VQAFYHP",
    file="signs-1F.pdf",
    page=1,
    notes="",
)
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x","y")', "＝1")


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_sheet(content: bytes) -> tuple[str, str]:
    """Return the cells' XML and all their texts."""
    with ZipFile(BytesIO(content)) as book:
        names = book.namelist()
        assert not any("external" in name.lower() or "vba" in name.lower() for name in names)
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        return sheet, book.read("xl/sharedStrings.xml").decode("utf-8")


def test_csv_has_a_column_a_language_and_a_row_a_face() -> None:
    heads, row = read_csv(write_csv([ROW], LANGUAGES))
    assert len(heads) == len(row) == 16
    said = dict(zip(heads, row, strict=True))
    assert said["编码"] == "VQAFYHP"
    assert said["内容（中文）"] == "↑ 急诊 120 米\n← 药房, 收费"
    assert said["内容（English）"] == "↑ Emergency 120 m"
    assert said["页"] == "1"


def test_the_heads_are_in_the_first_language() -> None:
    heads, row = read_csv(write_csv([ROW], ("en",)))
    assert heads[:3] == ["No.", "Sign", "Code"]
    assert "Lines (English)" in heads
    assert "内容" not in "".join(heads)
    assert len(heads) == len(row)


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    row = replace(ROW, ref=text, place=text, lines={"en": (text,)}, notes=text)
    (_, cells) = read_csv(write_csv([row], ("en",)))
    assert sum(cell.startswith("'") for cell in cells) == 4
    for cell in cells:
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_the_workbook_is_a_formula(text: str) -> None:
    row = replace(ROW, ref=text, place=text, lines={"en": (text,)}, notes=text)
    made_at = datetime(2026, 11, 22, 6, tzinfo=UTC)
    sheet, _ = read_sheet(write_xlsx([row], ("en",), title="Qinghe", made_at=made_at))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_workbook_prints_with_its_heads_on_every_page() -> None:
    made_at = datetime(2026, 11, 22, 6, tzinfo=UTC)
    rows = [replace(ROW, number=number) for number in range(1, 120)]
    content = write_xlsx(rows, LANGUAGES, title="Qinghe", made_at=made_at)
    sheet, texts = read_sheet(content)
    assert len(re.findall(r"<row ", sheet)) == 120
    assert "way.example.org/S/VQAFYHP" in texts
    assert "<autoFilter" in sheet
    assert "pane" in sheet
    with ZipFile(BytesIO(content)) as book:
        assert "Print_Titles" in book.read("xl/workbook.xml").decode("utf-8")


def test_names_that_no_file_can_hold_are_written_safely() -> None:
    row = replace(ROW, place="a\x00b\x1f", notes="x" * 40_000)
    made_at = datetime(2026, 11, 22, 6, tzinfo=UTC)
    _, texts = read_sheet(write_xlsx([row], ("en",), title="Qinghe", made_at=made_at))
    assert ">ab<" in texts
    assert "x" * 32_000 in texts
    (_, cells) = read_csv(write_csv([row], ("en",)))
    assert "ab" in cells
