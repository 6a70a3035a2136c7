"""How Chinese names are spelt in Latin letters, without tones."""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING
from unicodedata import normalize

from wayfinder.services.directory.fold import is_han, list_words, simplify

if TYPE_CHECKING:
    from pypinyin.contrib.mmseg import Seg

_TONES = re.compile("[\u0300-\u036f]")
_RUNS = re.compile("[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_FIRST, _LAST = 0x4E00, 0x9FFF
PHRASES = "pinyin_phrases.json"
"""Chosen by ``python3 -m tools.pinyin_phrases``."""


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
        Where in `full` the syllables start, ascending.
    """

    full: str
    initials: str
    starts: tuple[int, ...]


def spell(text: str) -> Spelling | None:
    """Return a text in pinyin, or None where it has no Chinese character.

    Readings follow the words: 重 is ``chong`` in 重庆 and ``zhong`` in 重症. ü is written u.
    """
    plain = simplify(text)
    return _spell(plain, _spell_run) if any(map(is_han, plain)) else None


def list_spellings(text: str) -> tuple[Spelling, ...]:
    """List a text in pinyin as its words are read and, where that differs, as its characters are.

    采血 is ``caixie`` in the dictionary, and ``caixue`` to whoever types 采雪 for it.
    """
    plain = simplify(text)
    if not any(map(is_han, plain)):
        return ()
    readings = load_readings()
    usual = _spell(plain, lambda run: [fold_letters(readings.get(ord(one), one)) for one in run])
    return tuple(dict.fromkeys((_spell(plain, _spell_run), usual)))


def _spell(plain: str, spell_run: Callable[[str], Sequence[str]]) -> Spelling:
    full, initials, starts = "", "", []
    for run in _RUNS.findall(plain):
        chinese = is_han(run[0])
        for part in spell_run(run) if chinese else list_words(run):
            starts.append(len(full))
            full += part
            initials += part[0] if chinese else part
    return Spelling(full, initials, tuple(starts))


@lru_cache(maxsize=16_384)
def _spell_run(run: str) -> tuple[str, ...]:
    """Return the syllables of Chinese characters; most names are made of the same parts."""
    return tuple(chain.from_iterable(map(_spell_word, _load_cutter().cut(run))))


@lru_cache(maxsize=16_384)
def _spell_word(word: str) -> tuple[str, ...]:
    """Return the syllables of one word of the dictionary, or of one character, as it is read."""
    usual = load_readings().get(ord(word)) if len(word) == 1 else None
    syllables = _load_pypinyin().lazy_pinyin(word) if usual is None else [usual]
    return tuple(map(fold_letters, syllables))


def load_dictionaries() -> None:
    """Load what every search needs whatever the venue, so that none has to wait for it."""
    simplify("")
    spell("中文")


def spell_quickly(text: str) -> str:
    """Return a query in pinyin: the usual reading of each character, the rest as it is."""
    return fold_letters(text).translate(load_readings())


def fold_letters(text: str) -> str:
    """Write ü, which keyboards make v, as u."""
    return text.replace("v", "u")


@cache
def _load_pypinyin() -> ModuleType:
    """Import pypinyin without its 47,000 phrases, of which only some 1 in 10 is needed.

    A phrase whose characters are read in it as they are alone says nothing; all of them would take
    45 MB of every worker, and to choose takes longer than to read what was chosen.
    """
    load_readings()  # with the settings that keep the phrases out
    import pypinyin

    pypinyin.load_phrases_dict(json.loads((files(__package__) / PHRASES).read_text("utf-8")))
    return pypinyin


@cache
def _load_cutter() -> "Seg":
    """Return what cuts a text into words: the longest of the dictionary from its left."""
    _load_pypinyin()  # trains it
    from pypinyin.contrib.mmseg import seg

    return seg


@cache
def load_readings() -> Mapping[int, str]:
    """Return the usual reading of every character."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT

    codes = [code for code in PINYIN_DICT if _FIRST <= code <= _LAST]
    toned = "\n".join(PINYIN_DICT[code].partition(",")[0] for code in codes)
    return dict(zip(codes, strip_tones(toned).split("\n"), strict=True))


def strip_tones(text: str) -> str:
    """Return pinyin without the marks above its vowels."""
    return _TONES.sub("", normalize("NFD", text))
