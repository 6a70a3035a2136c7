"""Cells as text: what spreadsheets do to them, on the way out and on the way in."""

import re
from dataclasses import dataclass
from enum import StrEnum

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the begin of a formula (OWASP, CSV injection)."""
GUARD = "'"
LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767."""
_SPACE = " \u00a0\u3000\t\r\n\ufeff"
_AS_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}-[A-Z][a-z]{2,8}(-\d{2,4})?|[A-Z][a-z]{2}-\d{2,4}"
    r"|(\d{4}年)?\d{1,2}月(\d{1,2}日)?"
)
"""What Excel makes of ``3-5``, in English and Chinese."""
_AS_POWER = re.compile(r"\d(\.\d+)?E\+\d{1,3}", re.IGNORECASE)
"""What it makes of a number of twelve digits or more."""


class CellKind(StrEnum):
    """What a spreadsheet takes a cell for."""

    TEXT = "s"
    NUMBER = "n"
    DATE = "d"
    TRUTH = "b"
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it was read.

    Parameters
    ----------
    text
        What it says, without space at its ends.
    kind
        What the spreadsheet took it for.
    merged
        Whether it is one with cells of other rows.
    """

    text: str
    kind: CellKind = CellKind.TEXT
    merged: bool = False


def guard(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    if text.lstrip(_SPACE).startswith(FORMULA_STARTS) or text.startswith(GUARD):
        return GUARD + text
    return text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    rest = text.removeprefix(GUARD)
    if rest != text and (rest.lstrip(_SPACE).startswith(FORMULA_STARTS) or rest.startswith(GUARD)):
        return rest
    return text


def clean(text: str) -> str:
    """Return a text without controls, as long as spreadsheets take it."""
    return "".join(c for c in text if c == "\n" or c.isprintable())[:LONGEST]


def strip(text: str) -> str:
    """Return a text without space of any kind at its ends."""
    return text.strip(_SPACE)


def write_number(value: float) -> str:
    """Write a number as it was most likely typed."""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)


def is_maimed(cell: RawCell, known: str) -> bool:
    """Tell whether a spreadsheet has made something else of what stood in a cell.

    Parameters
    ----------
    cell
        The cell.
    known
        What the plan has there.
    """
    if cell.kind in {CellKind.DATE, CellKind.ERROR}:
        return True
    looks = _AS_DATE.fullmatch(cell.text) or _AS_POWER.fullmatch(cell.text)
    return bool(looks) and cell.text != known


def lost_zeros(cell: RawCell, known: str) -> bool:
    """Tell whether a cell is what the plan has, but for zeros at its begin."""
    # thousands of digits are no number that Python reads
    if len(cell.text) > len(known) or known == cell.text:
        return False
    digits = known.isascii() and known.isdecimal() and cell.text.isdecimal()
    return digits and known.startswith("0") and int(known) == int(cell.text)
