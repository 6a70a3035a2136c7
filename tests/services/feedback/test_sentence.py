"""Sentences: numbers that may be somebody's are struck out, rooms and signs stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.services.feedback.sentence import LONGEST, STRUCK, clean_sentence


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "（010）6512 3456",
        "(010) 6512-3456",
        "１３８００１３８０００",
        "11010519491231002X",
        "110105 19491231 002x",
        "E12345678",
        "0044 20 7946 0958",
        "一三八零零一三八零零零",
        "一 三 八 零 零 一 三 八",
        "li.an@example.org",
        "2026-11-22",
    ],
)
def test_numbers_of_people_are_struck_out(number: str) -> None:
    for sentence in (f"打我电话 {number} 谢谢", f"my number:{number}, thanks", number):
        kept = clean_sentence(sentence)
        assert kept is not None
        assert STRUCK in kept
        assert sum(one.isdigit() for one in kept) == 0
        assert "example" not in kept


@pytest.mark.parametrize(
    "sentence",
    [
        "门诊楼 3 层 3012 房间门口堵了",
        "Rooms 312, 313 and 314: the sign A3-07 is gone since 14:30",
        "2 号电梯停了 20 分钟",
        "三楼右边第二个门",
        "B1-2-301",
    ],
)
def test_rooms_and_signs_stay(sentence: str) -> None:
    assert clean_sentence(sentence) == sentence


def test_a_sentence_is_one_line_of_what_prints() -> None:
    assert clean_sentence("  the\r\n door \x00\u202eis\tshut  ") == "the door is shut"
    assert clean_sentence(" \n ") is None
    assert clean_sentence("") is None


def test_a_sentence_has_an_end() -> None:
    kept = clean_sentence("字" * 5_000)
    assert kept == "字" * LONGEST


@given(st.text(max_size=700), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(max_size=9))
def test_nothing_around_it_keeps_a_number(before: str, number: str, after: str) -> None:
    kept = clean_sentence(f"{before} {number} {after}") or ""
    assert number not in kept
    assert len(kept) <= LONGEST
