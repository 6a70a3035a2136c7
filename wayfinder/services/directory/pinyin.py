"""How Chinese names are spelt in Latin letters, without tones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import category, normalize

from wayfinder.services.directory.fold import is_han, list_words, simplify

_FIRST, _LAST = 0x4E00, 0x9FFF


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text in pinyin.

    Parameters
    ----------
    full
        All syllables, ``xindiantu`` for 心电图; what is not Chinese stays as it is.
    initials
        Their first letters, ``xdt``.
    starts
        Where in `full` the syllables start.
    """

    full: str
    initials: str
    starts: frozenset[int]


@lru_cache(maxsize=16_384)
def spell(text: str) -> Spelling | None:
    """Return a text in pinyin, or None where it has no Chinese character.

    For names, which are spelt anew with each release: those last spelt are remembered.
    Readings follow the words: 重 is ``chong`` in 重庆 and ``zhong`` in 重症. ü is written u.
    """
    from pypinyin import lazy_pinyin

    plain = simplify(text)
    if not any(map(is_han, plain)):
        return None
    full, initials, starts = "", "", []
    # pypinyin gives a syllable a character, and hands over what is not Chinese in one piece
    for part in lazy_pinyin(plain, errors=lambda rest: f" {rest} "):
        words = list_words(part) if part.startswith(" ") else [fold_letters(part)]
        for word in words:
            starts.append(len(full))
            full += word
            initials += word if part.startswith(" ") else word[0]
    return Spelling(full, initials, frozenset(starts))


def spell_quickly(text: str) -> str:
    """Return a query in pinyin: the usual reading of each character, the rest as it is."""
    return fold_letters(text).translate(_load_readings())


def fold_letters(text: str) -> str:
    """Write ü, which keyboards make v, as u."""
    return text.replace("v", "u")


@cache
def _load_readings() -> Mapping[int, str]:
    """Return the usual reading of every character."""
    from pypinyin.constants import PINYIN_DICT

    codes = [code for code in PINYIN_DICT if _FIRST <= code <= _LAST]
    toned = "\n".join(PINYIN_DICT[code].partition(",")[0] for code in codes)
    plain = "".join(mark for mark in normalize("NFD", toned) if category(mark) != "Mn")
    return dict(zip(codes, plain.split("\n"), strict=True))
