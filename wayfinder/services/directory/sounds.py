"""English words as they sound, for those who write them by ear: farmacy, fisio, kardiology."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_HEARD = (
    (re.compile("^ps"), "s"),
    (re.compile("ph"), "f"),
    (re.compile("ck|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("(?<=[ys])ch(?=o)|ch(?=[lr])|c(?!h)"), "k"),
    (re.compile("[ao]e"), "e"),
    (re.compile("eu"), "u"),
    (re.compile("y|ie|ee|ea"), "i"),
    (re.compile("r?rh"), "r"),
    (re.compile("z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""Letters that are heard alike (ours)."""


def spell_by_ear(word: str) -> str:
    """Return a word of small Latin letters as somebody might write it who has only heard it."""
    for letters, heard in _HEARD:
        word = letters.sub(heard, word)
    return word


def group_by_sound(words: Iterable[str]) -> Mapping[str, list[str]]:
    """Group words by how they sound; those with digits are left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha():
            found[spell_by_ear(word)].append(word)
    return dict(found)
