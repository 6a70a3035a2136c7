"""Names are chosen by language and shown without tricks."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wayfinder.model.labels import (
    SHOWN_CHARACTERS,
    clean_label,
    find_hidden,
    has_language,
    pick_label,
)

NAMES = {"en": "Radiology", "zh-Hans": "放射科", "zh-Hant": "放射科(繁)", "de": "Radiologie"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Radiology"),
        ("en-GB", "Radiology"),
        ("zh", "放射科"),
        ("zh-CN", "放射科"),
        ("zh-TW", "放射科(繁)"),
        ("zh_HK", "放射科(繁)"),
        ("de-AT", "Radiologie"),
        ("fr", "Radiology"),
    ],
)
def test_the_nearest_language_is_chosen(language: str, text: str) -> None:
    assert pick_label(NAMES, language) == text


def test_without_any_text_there_is_the_fallback() -> None:
    assert pick_label({}, "en", fallback="?") == "?"
    assert pick_label(None, "en", fallback="?") == "?"
    assert pick_label({"en": ""}, "en", fallback="?") == "?"
    assert pick_label({"en": "\u202e"}, "en", fallback="?") == "?"
    assert pick_label({"ja": "内科"}, "en") == "内科"


def test_what_turns_or_hides_text_is_found_and_not_shown() -> None:
    name = "Ward\u202e3\x00\u200b"
    assert find_hidden(name) == ("\u202e", "\x00", "\u200b")
    assert clean_label(name) == "Ward3"
    assert pick_label({"en": name}, "en") == "Ward3"


def test_white_space_is_single() -> None:
    assert clean_label("  Ward\n\t 3\u2028A ") == "Ward 3 A"


def test_marks_that_arabic_and_hebrew_need_stay() -> None:
    name = "\u0642\u0633\u0645 3\u200f"
    assert find_hidden(name) == ()
    assert clean_label(name) == name


def test_a_name_of_a_megabyte_is_cut() -> None:
    shown = clean_label("x" * 1_000_000)
    assert len(shown) == SHOWN_CHARACTERS
    assert shown.endswith("…")
    assert clean_label(" " * 1_000_000 + "x") == "…"


@given(st.text())
@example("0 \x7f 0")
def test_what_is_shown_is_clean_and_stays_as_it_is(text: str) -> None:
    shown = clean_label(text)
    assert find_hidden(shown) == ()
    assert len(shown) <= SHOWN_CHARACTERS
    assert clean_label(shown) == shown
    assert not any(unicodedata.category(character) == "Cc" for character in shown)


@pytest.mark.parametrize(
    ("labels", "language", "has"),
    [
        ({"en-GB": "Ward"}, "en", True),
        ({"EN": "Ward"}, "en-US", True),
        ({"zh-Hant": "病房"}, "zh-Hans", True),
        ({"und": "3"}, "zh-Hans", True),
        ({"en": ""}, "en", False),
        ({"en": "Ward"}, "zh-Hans", False),
        ({}, "en", False),
    ],
)
def test_a_name_is_there_in_a_language_whatever_its_region(
    labels: dict[str, str],
    language: str,
    has: bool,  # noqa: FBT001
) -> None:
    assert has_language(labels, language) is has
