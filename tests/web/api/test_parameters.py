"""Queries are read as forms are sent."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.web.api.parameters import split_query


@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_a_form_sends_is_read(pairs: list[tuple[str, str]]) -> None:
    readable = [pair for pair in pairs if all(text.isprintable() for text in pair)]
    assert list(split_query(urlencode(readable))) == readable


@given(st.text(alphabet="ab&=%+;25#\u00e9"))
def test_whatever_is_written_means_the_same_as_to_the_standard_library(text: str) -> None:
    assert list(split_query(text)) == parse_qsl(text, keep_blank_values=True)
