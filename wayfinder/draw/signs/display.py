"""What a sign consists of once it is laid out: fills, strokes, letters, in millimetres.

The writers of PDF, SVG and PNG draw this list and decide nothing; y points downward.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wayfinder.draw.signs.outlines import Box, Matrix, Outline
from wayfinder.guide.face import FaceLine


@dataclass(frozen=True, slots=True, eq=False)
class Fill:
    """An area of one colour; what an even number of contours surrounds is a hole."""

    outline: Outline
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """A line of one colour with round joins; its ends are round or flat."""

    outline: Outline
    colour: str
    width: float
    opacity: float = 1.0
    round_ends: bool = True


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Letters on a line.

    Parameters
    ----------
    x, y
        Where the first one starts, on the baseline.
    text
        What they say.
    size
        Of an em, in millimetres.
    colour
        ``#rrggbb``.
    weight
        ``Regular`` or ``Bold``.
    angle
        Degrees clockwise about the start.
    opacity
        1 hides what is below.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    weight: str = "Regular"
    angle: float = 0.0
    opacity: float = 1.0


Item = Fill | Stroke | Glyphs


@dataclass(frozen=True, eq=False)
class Part:
    """Fills and strokes that many signs share, in units of their own: a level, a symbol.

    Parameters
    ----------
    key
        Equal keys are equal parts.
    items
        From the ground up.
    bounds
        Left, top, right, bottom in its own units.
    """

    key: str
    items: tuple[Fill | Stroke, ...]
    bounds: Box


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """A part, placed.

    Parameters
    ----------
    part
        What is drawn.
    matrix
        From its units to millimetres.
    clip
        Left, top, right, bottom in millimetres beyond which nothing shows, or None.
    """

    part: Part
    matrix: Matrix
    clip: Box | None = None


@dataclass(frozen=True, eq=False)
class SignDrawing:
    """One page: a face of a sign, or the plate that carries the code of a hanging one.

    Parameters
    ----------
    name
        What the sign is called: its number, else its id.
    title
        What a reader of the file sees as its name.
    width_mm, height_mm
        Size of the page.
    items
        From the ground up.
    language
        BCP 47 tag of the first language.
    letter_height_mm
        Of the names, as printed.
    payload
        What the QR code on this page holds, or None where it has none.
    texts
        What is printed beneath the code, to be found in the text of a PDF.
    dropped
        Lines for which there was no room, the farthest.
    reduced
        Lines printed in the first language alone for want of room.
    untranslated
        Ids of features without a name in one of the languages.
    plate
        The code plate of a hanging sign, a page of its own.
    """

    name: str
    title: str
    width_mm: float
    height_mm: float
    items: tuple[Item | Use, ...]
    language: str = "zh-Hans"
    letter_height_mm: float = 0.0
    payload: str | None = None
    texts: tuple[str, ...] = ()
    dropped: tuple[FaceLine, ...] = ()
    reduced: tuple[FaceLine, ...] = ()
    untranslated: tuple[str, ...] = ()
    plate: "SignDrawing | None" = None

    @property
    def pages(self) -> Iterator["SignDrawing"]:
        """Itself, then its plate."""
        yield self
        if self.plate is not None:
            yield self.plate
