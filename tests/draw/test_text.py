"""Names are harmless, measured on the safe side, and broken where they may be."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from wayfinder.draw.text import clean_text, measure_em, wrap_text

FONTS = (
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", 0),
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
)
NAMES = (
    *("Registration & Cashier", "Gynäkologie", "CT / MRI (2nd floor)", "Women's Toilets 12"),
    *("心血管内科", "挂号收费处（一楼）", "Wi-Fi 充电站", "B超、彩超", "O₂ Store"),
)


@given(st.text(st.characters(), max_size=300))
def test_clean_text_prints_and_keeps_its_direction(text: str) -> None:
    clean = clean_text(text)
    assert len(clean) <= 80
    assert clean == clean.strip()
    categories = {unicodedata.category(character) for character in clean}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    clean.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("A\u202egnp.exe", "Agnp.exe"),
        ("line\nbreak\ttab", "line break tab"),
        ("nul\x00l", "nul l"),
        ("\ud800lone", "?lone"),
        ("  much   space\u3000here ", "much space here"),
        ("Cafe\u0301", "Café"),
        ("\u2067hidden\u2069", "hidden"),
    ],
)
def test_clean_text_by_example(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_a_megabyte_is_cut_and_towers_of_marks_fall() -> None:
    assert clean_text("x" * 1_000_000) == "x" * 79 + "…"
    assert len(clean_text("Z" + "\u0325" * 500)) <= 4


@pytest.mark.parametrize(("path", "index"), FONTS, ids=lambda value: Path(str(value)).stem)
def test_names_are_not_wider_than_measured(path: str, index: int) -> None:
    if not Path(path).is_file():
        pytest.skip(f"no font {path} on this machine")
    font = ImageFont.truetype(path, 100, index=index)
    for name in NAMES:
        covered = all(font.getmask(character).getbbox() for character in name if character != " ")
        if covered and not ("Liberation" in path and any(ord(c) > 0x2E80 for c in name)):
            assert font.getlength(name) / 100 <= measure_em(name) + 1e-9, name


@given(st.text("ab 中文，（）-/", min_size=1, max_size=40), st.integers(1, 4))
def test_wrapping_loses_nothing_and_widens_nothing(text: str, lines: int) -> None:
    text = " ".join(text.split()) or "a"
    wrapped = wrap_text(text, lines)
    assert len(wrapped) <= lines
    assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")
    assert max(map(measure_em, wrapped)) <= measure_em(text) + 1e-9


@given(st.text("中文字，。、（）", min_size=2, max_size=30))
def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening_one(text: str) -> None:
    wrapped = wrap_text(text, 3)
    assert all(line[0] not in "，。、）" for line in wrapped[1:])
    assert all(line[-1] != "（" for line in wrapped[:-1])


@pytest.mark.parametrize(
    ("text", "lines", "wrapped"),
    [
        ("Registration & Cashier", 2, ("Registration", "& Cashier")),
        ("心血管内科", 2, ("心血管", "内科")),
        ("Ophthalmology", 3, ("Ophthalmology",)),
        ("Women's Toilets", 3, ("Women's", "Toilets")),
        ("CT室（预约检查）", 2, ("CT室", "（预约检查）")),
    ],
)
def test_wrapping_by_example(text: str, lines: int, wrapped: tuple[str, ...]) -> None:
    assert wrap_text(text, lines) == wrapped
