"""What is typed and what is written, brought to one form."""

import re
from collections.abc import Mapping
from functools import cache
from unicodedata import category, normalize

QUERY_CHARACTERS = 64
"""Of a query that is longer no more is looked at: more than any name has."""

_HEAD = 1_000
_WORDS = re.compile(r"[a-z0-9]+|(?:(?![a-z0-9])[^\W_])+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMERALS = re.compile("[零〇一二两三四五六七八九十百]+")
_OWNED = re.compile(r"(?<=\w)['’]s?\b")
_DIGITS: Mapping[str, int] = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_UNITS: Mapping[str, int] = {"十": 10, "百": 100}
_EMPTY_WORDS = frozenset({"the", "of", "and"})
_HAN = (0x3400, 0x9FFF)
"""Unified ideographs and their extension A, which hold what is written today."""


def clean_query(text: str) -> str:
    """Return a query as it may be shown: no hidden characters, white space single, not too long."""
    plain = normalize("NFC", text[:_HEAD].encode("utf-8", "ignore").decode())
    shown = "".join(" " if character.isspace() else character for character in plain
                    if character.isspace() or not category(character).startswith("C"))  # fmt: skip
    return " ".join(shown.split())[:QUERY_CHARACTERS].rstrip()


def list_words(text: str) -> list[str]:
    """List the words of a text as they are compared.

    Width, case, accents and traditional characters are those of the plain form; Chinese numerals
    are digits, English words are singular, words that say nothing are left out. Latin letters and
    digits make one word, whatever is written between two spaces another.
    """
    plain = text.casefold()
    if not plain.isascii():
        wide = normalize("NFKD", plain.translate(_load_simplified())).casefold()
        plain = _NUMERALS.sub(_read_numeral, _ACCENTS.sub("", wide))
    words = [make_singular(word) for word in _WORDS.findall(_OWNED.sub("", plain))]
    return [word for word in words if word not in _EMPTY_WORDS] or words


def fold(text: str) -> str:
    """Return the words of a text without anything between them: ``X-rays`` is ``xray``."""
    return "".join(list_words(text))


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return _HAN[0] <= ord(character) <= _HAN[1]


def simplify(text: str) -> str:
    """Return a text in simplified characters."""
    return text.translate(_load_simplified())


def make_singular(word: str) -> str:
    """Return an English word without the ending of its plural; any other as it is."""
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def _read_numeral(found: re.Match[str]) -> str:
    """Read 二十一 as 21, and digits one after the other, such as 一〇三, as 103."""
    text = found[0]
    if not any(character in _UNITS for character in text):
        return "".join(str(_DIGITS[character]) for character in text)
    total, digit = 0, None
    for character in text:
        unit = _UNITS.get(character)
        if unit is None:
            digit = _DIGITS[character]
        else:
            total += (1 if digit is None else digit) * unit
            digit = None
    return str(total + (digit or 0))


@cache
def _load_simplified() -> Mapping[int, str]:
    """Return the simplified form of each character that has another, from OpenCC's dictionary."""
    from opencc import OpenCC

    every = [chr(code) for code in range(_HAN[0], _HAN[1] + 1)]
    # a line each, so that no two are taken for a word
    simple = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {ord(one): other for one, other in zip(every, simple, strict=True) if one != other}
