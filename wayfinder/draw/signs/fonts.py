"""The letters of signs: what each is as wide as, how it looks, whether there is one at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from fontTools.ttLib import TTFont

from wayfinder.draw.signs.outlines import Outline, OutlinePen
from wayfinder.resources import static_dir

REGULAR, BOLD = "Regular", "Bold"

CAPITAL_EM = 0.733
"""Height of a Latin capital in Noto Sans."""

IDEOGRAPH_EM = 0.88
"""Height of a Chinese character, which fills its square but for a margin."""

MIDDLE_EM = 0.36
"""From the baseline up to the middle of capitals and of Chinese characters."""

_READING = Lock()
"""Held while a letter is read: fontTools unpacks it in place, and others would see it half done."""

_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


class MissingGlyphError(ValueError):
    """The fonts lack a character that a sign needs.

    Parameters
    ----------
    sign
        What the sign is called: its number, else its id.
    character
        The first one that is missing.
    text
        What it stands in.
    """

    def __init__(self, sign: str, character: str, text: str) -> None:
        super().__init__(sign, character, text)
        self.sign = sign
        self.character = character
        self.text = text

    def __str__(self) -> str:
        """Say which sign, which character and what to do."""
        return (
            f"sign {self.sign}: no letter for U+{ord(self.character):04X} ({self.character}) in "
            f"{self.text!r}; write the name with other characters"
        )


@dataclass(frozen=True)
class Font:
    """One weight of Noto Sans SC.

    Parameters
    ----------
    weight
        ``Regular`` or ``Bold``.
    path
        The TrueType file.
    """

    weight: str
    path: Path

    def _open(self) -> Any:  # noqa: ANN401 - fontTools is not typed
        return TTFont(BytesIO(self.path.read_bytes()), lazy=True)

    @cached_property
    def _advances(self) -> dict[int, float]:
        """Width of each character in ems; what it is read from takes ten times the memory."""
        tables = self._open()
        metrics, em = tables["hmtx"].metrics, tables["head"].unitsPerEm
        widths = {advance: advance / em for advance, _ in metrics.values()}
        return {code: widths[metrics[glyph][0]] for code, glyph in tables.getBestCmap().items()}

    @cached_property
    def _glyphs(self) -> tuple[Any, dict[int, str], float]:
        """What draws the glyphs, the glyph of each character, units in an em."""
        tables = self._open()
        return tables.getGlyphSet(), tables.getBestCmap(), tables["head"].unitsPerEm

    def find_missing(self, text: str) -> str | None:
        """Return the first character that there is no letter for, or None."""
        return next((c for c in text if ord(c) not in self._advances), None)

    def measure_em(self, text: str) -> float:
        """Return the width of a text in ems; of a missing letter one em."""
        advances = self._advances
        return sum(advances.get(ord(character), 1.0) for character in text)

    def place_letters(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield each letter with how far it stands from the start, in ems."""
        x = 0.0
        for character in text:
            yield character, x
            x += self._advances.get(ord(character), 1.0)

    @cached_property
    def _outlines(self) -> dict[str, Outline]:
        return {}

    def outline(self, character: str) -> Outline:
        """Return a letter's outline in ems from its start on the baseline, y downward."""
        known = self._outlines.get(character)
        if known is None:
            with _READING:
                glyphs, glyph_of, em = self._glyphs
                pen = OutlinePen(glyphs)
                glyphs[glyph_of[ord(character)]].draw(pen)
            known = pen.finish().scaled(1 / em, -1 / em)
            self._outlines[character] = known
        return known


@cache
def load_font(weight: str) -> Font:
    """Return a font; its file is read when first asked."""
    return Font(weight, static_dir() / "fonts" / f"NotoSansSC-{weight}.ttf")


def letter_em(text: str) -> float:
    """Return how high the letters of a text look, in ems: Chinese characters or capitals."""
    wide = any(first <= ord(c) <= last for c in text for first, last in _IDEOGRAPHS)
    return IDEOGRAPH_EM if wide else CAPITAL_EM
