"""What rows on paper and on screens are put together of: arrows with a word, symbols, chips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayfinder.draw.signs.display import Glyphs, Item, Use
from wayfinder.draw.signs.fonts import BOLD, MIDDLE_EM, load_font
from wayfinder.draw.signs.marks import (
    colour_zone,
    draw_arrow,
    draw_badge,
    draw_chip,
    measure_chip,
)
from wayfinder.draw.signs.outlines import Box, Xy
from wayfinder.draw.signs.rows import ARROW_EM, CHIP_EM, GAP_EM
from wayfinder.draw.symbols import badge_of
from wayfinder.draw.theme import Theme
from wayfinder.guide.groups import Group
from wayfinder.guide.words import translate
from wayfinder.model.sign import Arrow
from wayfinder.presets import find_preset

_CAPTIONED = frozenset({Arrow.UP, Arrow.DOWN, Arrow.BACK, Arrow.HERE})


@dataclass(frozen=True)
class Ink:
    """What all blocks are drawn with.

    Parameters
    ----------
    theme
        Colours.
    languages
        BCP 47 tags, one or two.
    unit
        Millimetres of what is one millimetre on A4.
    """

    theme: Theme
    languages: tuple[str, ...]
    unit: float

    def say(self, msgid: str) -> tuple[str, ...]:
        """Say a message of the catalogues in each language."""
        said = (translate(tag, f"draw.sign.{msgid}") for tag in self.languages)
        return tuple(dict.fromkeys(said))


def draw_direction(
    arrow: Arrow, middle: Xy, em: float, colour: str, ink: Ink, *, side_em: float = ARROW_EM
) -> Iterator[Item | Use]:
    """Draw an arrow; beneath those that may be misread a word of what they mean.

    Parameters
    ----------
    arrow
        Which way.
    middle
        Of arrow and word.
    em
        Size of the first language beside it.
    colour
        Of both.
    ink
        Says the word, in the first language.
    side_em
        Of an arrow that stands alone.
    """
    if arrow not in _CAPTIONED:
        yield draw_arrow(arrow, middle, side_em * em, colour)
        return
    x, y = middle
    yield draw_arrow(arrow, (x, y - 0.2 * em), 1.2 * em, colour)
    said = ink.say(str(arrow))[0]
    width = load_font(BOLD).measure_em(said)
    size = min(0.44 * em, (ARROW_EM + GAP_EM * 0.6) * em / width)
    base = y + 0.62 * em + MIDDLE_EM * size
    yield Glyphs(x - width * size / 2, base, said, size, colour, BOLD)


def draw_group(group: Group, short: str, middle: Xy, side: float, ink: Ink) -> Iterator[Item]:
    """Draw a building, floor or zone in the place of a symbol: its letters in its colour."""
    ground, letter = colour_zone(group.colour, ink.theme)
    at = (middle[0] - side / 2, middle[1] - side / 2)
    yield from draw_chip(short, at, side, ground, letter, width=side)


def draw_category(category: str, middle: Xy, side: float, ink: Ink) -> Iterator[Use]:
    """Draw the symbol of a category; nothing where it has none."""
    preset = find_preset(category) if category else None
    if preset is not None and preset.symbol is not None:
        badge = badge_of(preset.symbol, preset.kind)
        yield draw_badge(preset.symbol, badge, middle, side, ink.theme)


def draw_chips(
    chips: Sequence[str], zone: Group | None, at: Xy, em: float, ink: Ink
) -> Iterator[Item]:
    """Draw zone, floor and hours behind a name.

    Parameters
    ----------
    chips
        What is on them.
    zone
        Whose letter has its colour; None: no zone's.
    at
        Where the name ends, and the middle of the line.
    em
        Size of the name.
    ink
        Colours.
    """
    text = ink.theme.ink["text"]
    edge, middle = at
    for chip in chips:
        edge += GAP_EM * 0.7 * em
        own = zone if zone is not None and chip == zone.letter else None
        ground, letter = colour_zone(own.colour, ink.theme) if own else ("#ffffff", text)
        yield from draw_chip(chip, (edge, middle - CHIP_EM * em / 2), CHIP_EM * em, ground, letter)
        edge += measure_chip(chip, CHIP_EM * em)


def write_middle(text: str, box: Box, share: float, colour: str) -> Iterator[Glyphs]:
    """Write a few letters in the middle of a box, in an em that is a share of its height."""
    left, top, right, bottom = box
    em = load_font(BOLD).measure_em(text) or 1.0
    size = min((bottom - top) * share, (right - left) * 0.8 / em)
    x, y = (left + right - em * size) / 2, (top + bottom) / 2 + MIDDLE_EM * size
    yield Glyphs(x, y, text, size, colour, BOLD)


def write_column(
    lines: Sequence[str], at: Xy, size: float, step_em: float, colour: str, weight: str
) -> Iterator[Glyphs]:
    """Write lines one beneath the other.

    Parameters
    ----------
    lines
        What is written.
    at
        Left and top of the first.
    size
        Of an em.
    step_em
        From line to line.
    colour, weight
        Of the letters.
    """
    left, top = at
    for number, line in enumerate(lines):
        base = top + (step_em * (number + 0.5) + MIDDLE_EM) * size
        yield Glyphs(left, base, line, size, colour, weight)
