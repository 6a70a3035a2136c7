"""What is typed and what is written are brought to one form."""

from time import thread_time
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.services.directory.fold import (
    QUERY_CHARACTERS,
    clean_query,
    fold,
    list_words,
    make_singular,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("X-rays", "x ray"),
        ("ＣＴ 室", "ct室"),
        ("Café", "cafe"),
        ("Women's Toilets", "womens toilet"),
        ("The Main Entrance", "main entrance"),
        ("Registration & Cashier", "registration and cashier"),
        ("門診藥房", "门诊药房"),
        ("二十一楼", "21楼"),
        ("一〇三诊室", "103诊室"),
        ("十二病区", "12病区"),
        ("PET-CT", "petct"),
    ],
)
def test_what_means_the_same_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("A3-07", "A3-08"), ("二楼", "三楼"), ("CT", "MRI")])
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("toilets", "toilet"),
        ("pharmacies", "pharmacy"),
        ("glasses", "glass"),
        ("boxes", "box"),
        ("access", "access"),
        ("diagnosis", "diagnosis"),
        ("campus", "campus"),
        ("gas", "gas"),
        ("厕所s", "厕所s"),
    ],
)
def test_plurals_are_singular(word: str, singular: str) -> None:
    assert make_singular(word) == singular


@given(st.text(max_size=300))
def test_a_clean_query_is_fit_to_be_shown(text: str) -> None:
    shown = clean_query(text)
    assert len(shown) <= QUERY_CHARACTERS
    assert not any(category(character).startswith("C") for character in shown)
    assert shown == " ".join(shown.split())
    assert clean_query(shown) == shown


@given(st.text(max_size=64))
def test_words_are_letters_and_digits_alone(text: str) -> None:
    for word in list_words(clean_query(text)):
        assert word
        assert not any(character.isspace() for character in word)


def test_marks_that_hide_or_turn_text_are_gone() -> None:
    assert clean_query("\u202eco\u200bnsult\x00\ud800 room\n") == "consult room"
    assert clean_query("\u0301" * 400).isprintable()


def test_enormous_queries_are_cut_before_they_are_looked_at() -> None:
    start = thread_time()
    for text in ("科" * 100_000, "\ufdfa" * 100_000, "\u0301" * 100_000, "!" * 100_000):
        assert len(clean_query(text)) <= QUERY_CHARACTERS
    assert thread_time() - start < 0.2
