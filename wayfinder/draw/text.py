"""Names made fit for a drawing: cleaned, measured, broken into lines.

Whoever looks at an SVG has fonts of their own, so widths are on the safe side: of each character
the widest of Liberation Sans (Arial) and Noto Sans CJK, regular and bold.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape

_WIDTHS_EM = {
    0.28: " ",
    0.30: "|",
    0.32: "ijl",
    0.34: "',.:;I",
    0.38: "!()-[]f",
    0.40: "/\\{}",
    0.44: "rt",
    0.52: "*z",
    0.56: "cs",
    0.58: '"J_vxy',
    0.60: "#$+0123456789<=>^ae~",
    0.62: "?FLZgk",
    0.64: "T`hou",
    0.66: "bdnpq",
    0.68: "EPSVXY",
    0.74: "&ABCDKR",
    0.76: "HNU",
    0.78: "GOQ",
    0.86: "M",
    0.88: "w",
    0.96: "W",
    0.98: "%m",
    1.02: "@",
}
_WIDTH_EM = {character: width for width, group in _WIDTHS_EM.items() for character in group}
_UNKNOWN_EM = 0.8
_MARKS_IN_A_ROW = 3
_LONGEST_READ = 4_000
_NOT_FIRST = frozenset("、。，．,.·:;：；!?！？)）]］}】〉》」』”’%％…～-–/")
_NOT_LAST = frozenset("(（[［{【〈《「『“‘#＃$￥¥")
_SHORT_BRACKETS = re.compile(r"[(（][^()（）]{1,8}[)）]")
ELLIPSIS = "…"


@lru_cache(maxsize=16_384)
def clean_text(text: str, *, limit: int = 80) -> str:
    """Make a name harmless to print: one line, no controls, nothing that turns its direction round.

    Parameters
    ----------
    text
        Any string, lone surrogates and a megabyte of it included.
    limit
        Most characters kept; an ellipsis stands for the rest.

    Returns
    -------
    str
        Text of printable characters in normal form C with single spaces; may be empty.
    """
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", _without_surrogates(text[:_LONGEST_READ])):
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        if category[0] == "Z" or category == "Cc":
            kept.append(" ")
        elif category[0] != "C" and marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    clean = " ".join("".join(kept).split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + ELLIPSIS


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def attribute(text: str) -> str:
    """Write a text as the value of an XML attribute."""
    return escape(clean_text(text, limit=200))


def measure_em(text: str) -> float:
    """Return the width of a text in ems, rather too wide than too narrow."""
    return sum(map(_measure_character, text))


@lru_cache(maxsize=4_096)
def _measure_character(character: str) -> float:
    known = _WIDTH_EM.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTH_EM.get(base, _UNKNOWN_EM)


def split_text(text: str) -> list[str]:
    """Split a text into the pieces that a line break may come between; joined they are the text.

    Latin words break after spaces, hyphens and slashes; Chinese and Japanese between characters,
    but not before a closing mark nor after an opening one, nor in short brackets.
    """
    pieces: list[str] = []
    kept = _find_brackets(text)
    for index, character in enumerate(text):
        if index and (index in kept or not _may_break(text[index - 1], character)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _find_brackets(text: str) -> set[int]:
    """Return the indices within brackets that are short enough to stay on one line."""
    inside: set[int] = set()
    for found in _SHORT_BRACKETS.finditer(text):
        inside |= set(range(found.start() + 1, found.end()))
    return inside


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == " " or before in "-–/、，。；：）":
        return True
    return _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=8_192)
def wrap_text(text: str, lines: int) -> tuple[str, ...]:
    """Break a text into at most so many lines, as evenly as it can be done.

    Returns
    -------
    tuple of str
        The lines without spaces at their ends; fewer than asked for where more would not be
        narrower.
    """
    pieces = split_text(text)
    if lines <= 1 or len(pieces) <= 1:
        return (text.strip(),)
    widths = sorted({measure_em("".join(pieces[i:j])) for i, j in _spans(len(pieces))})
    low, high = 0, len(widths) - 1
    while low < high:
        middle = (low + high) // 2
        if len(_fill(pieces, widths[middle])) <= lines:
            high = middle
        else:
            low = middle + 1
    return tuple(_fill(pieces, widths[low]))


def _spans(count: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(count) for j in range(i + 1, count + 1)]


def _fill(pieces: list[str], width_em: float) -> list[str]:
    """Fill lines from the first piece on; a piece wider than a line has a line of its own."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and measure_em((line + piece).rstrip()) > width_em + 1e-9:
            lines.append(line.strip())
            line = piece
        else:
            line += piece
    return [*lines, line.strip()]
