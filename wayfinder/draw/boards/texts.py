"""Texts of a board: clean, in letters that there are, in both languages."""

import unicodedata
from collections.abc import Sequence

from wayfinder.draw.places import Text
from wayfinder.draw.signs.fonts import BOLD, load_font
from wayfinder.draw.signs.rows import name_in
from wayfinder.draw.text import clean_text
from wayfinder.model.labels import SHOWN_CHARACTERS, Labels, pick_label

GETA = "〓"
"""What printers of Chinese set where a letter is missing."""


def read_names(labels: Labels, languages: Sequence[str]) -> tuple[Text, ...]:
    """Choose a name in each language, none twice, in letters that there are."""
    return tuple(Text(one.language, spell(one.text)) for one in name_in(labels, languages))


def read_texts(labels: Labels, languages: Sequence[str]) -> tuple[Text, ...]:
    """Choose a longer text in each language, none twice, in letters that there are."""
    texts: dict[str, Text] = {}
    for language in languages:
        text = spell(clean_text(pick_label(labels, language), limit=SHOWN_CHARACTERS))
        if text:
            texts.setdefault(text, Text(language, text))
    return tuple(texts.values())


def is_cut(labels: Labels) -> bool:
    """Tell whether a text is so long that it is shown in part only."""
    return any(len(" ".join(text.split())) > SHOWN_CHARACTERS for text in labels.values())


def spell(text: str) -> str:
    """Write a text with the letters that there are: no emoji, a mark for a missing character."""
    font = load_font(BOLD)
    if font.find_missing(text) is None:
        return text
    kept = (_spell_one(c) if font.find_missing(c) else c for c in text)
    return " ".join("".join(kept).split())


def _spell_one(character: str) -> str:
    return GETA if unicodedata.category(character)[0] in "LN" else ""
