"""Names and the language they are in."""

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats.osm.labels import (
    clean_text,
    find_language,
    normal_tag,
    read_aliases,
    read_labels,
    read_name,
)


def test_names_by_language() -> None:
    tags = {
        "name": "Apotheke",
        "name:en": "Pharmacy",
        "name:zh_hans": "药房",
        "name:etymology": "?",
    }
    assert read_labels(tags, "name", "de") == {
        "de": "Apotheke",
        "en": "Pharmacy",
        "zh-Hans": "药房",
    }


def test_a_reference_names_what_has_no_name() -> None:
    assert read_name({"ref": "A.101"}, "de") == {"de": "A.101"}
    assert read_name({"ref": "A.101", "name": "Labor"}, "de") == {"de": "Labor"}
    assert read_name({}, "de") == {}


def test_aliases_are_split_and_unique() -> None:
    tags = {"alt_name": "ED; A&E", "short_name": "ED", "alt_name:de": "Notaufnahme"}
    assert read_aliases(tags, "en") == {"en": ["ED", "A&E"], "de": ["Notaufnahme"]}


def test_tags_are_written_as_bcp47_does() -> None:
    assert [normal_tag(t) for t in ("ZH_hant", "pt-br", "DE", "sr-latn-rs")] == [
        "zh-Hant",
        "pt-BR",
        "de",
        "sr-Latn-RS",
    ]


def test_the_language_is_that_of_equal_names() -> None:
    tags = [{"name": "A", "name:fr": "A", "name:en": "B"}, {"addr:country": "DE"}]
    assert find_language(tags) == "fr"


def test_the_language_of_the_country() -> None:
    assert find_language([{"addr:country": "DE", "name": "A"}]) == "de"
    assert find_language([{"addr:country": "CN", "name": "A"}]) == "zh-Hans"


def test_a_country_of_many_languages_tells_nothing() -> None:
    assert find_language([{"addr:country": "CH", "name": "A"}]) == "und"
    assert find_language([{"addr:country": "?!", "name": "A"}]) == "und"


def test_the_script_tells_last() -> None:
    assert find_language([{"name": "外科"}]) == "zh"
    assert find_language([{"name": "トイレ"}]) == "ja"
    assert find_language([{"name": "화장실"}]) == "ko"
    assert find_language([]) == "und"


def test_marks_that_turn_the_text_round_are_dropped() -> None:
    assert clean_text("safe\u202egnp.exe\x00 \n x") == "safegnp.exe x"


@given(st.text())
def test_clean_texts_are_short_and_printable(text: str) -> None:
    cleaned = clean_text(text)
    assert len(cleaned) <= 255
    assert not any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in cleaned)
    assert cleaned == clean_text(cleaned)
