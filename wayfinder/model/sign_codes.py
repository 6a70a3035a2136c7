"""The codes of signs: short, permanent, hard to mistype.

A code is six characters and a check character from an alphabet without look-alikes: no ``0``/``O``,
``1``/``I``/``L``, ``2``/``Z``, ``5``/``S``, ``8``/``B``, no ``G`` beside ``6``, no ``U`` beside
``V``. The alphabet has 23 characters, a prime, so the check is a weighted sum modulo 23 with a
different weight at each place: it finds every single wrong character and every two swapped ones.
"""

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import normalize

ALPHABET = "34679ACDEFHJKMNPQRTVWXY"
LENGTH = 7
"""Characters of a code, the check character included."""
COUNT = len(ALPHABET) ** (LENGTH - 1)
"""How many codes there are: 148,035,889."""

_WEIGHTS = range(LENGTH, 0, -1)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"G": "6", "U": "V"})
_STRIDE = 61_803_409
"""Coprime to 23; neighbouring numbers get codes that do not look alike (ours)."""


def make_code(number: int) -> str:
    """Return the code of a number: another one for each.

    Raises
    ------
    ValueError
        The number is negative or not below `COUNT`.
    """
    if not 0 <= number < COUNT:
        raise ValueError(f"sign number {number}: codes are made for 0 to {COUNT - 1}")
    rest, values = (number * _STRIDE + _STRIDE // 7) % COUNT, []
    for _ in range(LENGTH - 1):
        rest, value = divmod(rest, len(ALPHABET))
        values.append(value)
    checked = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=False))
    values.append(-checked % len(ALPHABET))
    return "".join(ALPHABET[value] for value in values)


def clean_code(text: str) -> str:
    """Return what was typed as a code is written: capitals, no spaces or dashes, G as 6, U as V."""
    kept = normalize("NFKC", text[: 4 * LENGTH]).upper().translate(_READ_AS)
    return "".join(character for character in kept if character.isalnum())


def is_code(text: str) -> bool:
    """Tell whether a cleaned text is a code: its length, its characters and its check are right."""
    return len(text) == LENGTH and set(text) <= _VALUES.keys() and _sum(text) == 0


def list_near_codes(text: str) -> Iterator[str]:
    """Yield the codes that a cleaned text may have been meant for, each once.

    One character wrong, missing or too many, two neighbours swapped, or two characters that no
    code has, ``0`` or ``1`` say, in the place of others.
    """
    yield from dict.fromkeys(_guess(text))


def _guess(text: str) -> Iterator[str]:
    if len(text) == LENGTH + 1:
        shorter = (text[:place] + text[place + 1 :] for place in range(len(text)))
        yield from filter(is_code, shorter)
    if len(text) == LENGTH - 1:
        for place in range(LENGTH):
            yield from _fill(text[:place], text[place:])
    if len(text) != LENGTH:
        return
    strange = [place for place, character in enumerate(text) if character not in _VALUES]
    # of three there would be too many to choose from
    if len(strange) == 2:
        one, two = strange
        for character in ALPHABET:
            yield from _fill(text[:one] + character + text[one + 1 : two], text[two + 1 :])
    for place in range(LENGTH):
        yield from (near for near in _fill(text[:place], text[place + 1 :]) if near != text)
    for one, two in pairwise(range(LENGTH)):
        swapped = text[:one] + text[two] + text[one] + text[two + 1 :]
        if swapped != text and is_code(swapped):
            yield swapped


def _fill(before: str, after: str) -> Iterator[str]:
    """Yield the code with one character between two texts: the only one, if they are of a code."""
    codes = (f"{before}{character}{after}" for character in ALPHABET)
    yield from filter(is_code, codes)


def _sum(code: str) -> int:
    values = (_VALUES[character] for character in code)
    return sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % len(
        ALPHABET
    )
