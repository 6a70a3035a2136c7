"""The sizes that signs are printed in."""

from dataclasses import dataclass, replace

from wayfinder.model.sign import LETTER_MM_PER_M

LEAST_CODE_MM = 30.0
"""Side of the smallest QR code on a wall."""

CODE_PER_DISTANCE = 0.1
"""Side of a QR code over the distance that it is scanned from."""


@dataclass(frozen=True, slots=True)
class SignFormat:
    """A size of sign.

    Parameters
    ----------
    name
        Such as ``A4`` or ``A4-landscape``.
    width_mm, height_mm
        Of the page.
    reading_m
        Distance from which its names can be read at least where somebody asks for this size
        whatever the sign's own reading distance is; the letters are larger where there is room.
    scan_m
        Distance from which its code is scanned.
    hanging
        Whether it hangs over people's heads: no map, and the code on a plate of its own.
    """

    name: str
    width_mm: float
    height_mm: float
    reading_m: float
    scan_m: float
    hanging: bool = False

    @property
    def least_letter_mm(self) -> float:
        """Height of the smallest letters that can be read from the reading distance."""
        return self.reading_m * LETTER_MM_PER_M

    @property
    def code_mm(self) -> float:
        """Side of the QR code without its quiet zone."""
        return max(LEAST_CODE_MM, CODE_PER_DISTANCE * 1000 * self.scan_m)

    @property
    def portrait(self) -> bool:
        """Whether it is higher than wide."""
        return self.height_mm > self.width_mm


_UPRIGHT = (
    SignFormat("A5", 148, 210, 1.5, 0.3),
    SignFormat("A4", 210, 297, 2.0, 0.4),
    SignFormat("A3", 297, 420, 3.0, 0.55),
    SignFormat("A2", 420, 594, 4.5, 0.75),
    SignFormat("A1", 594, 841, 7.5, 0.75),
)
_A0 = SignFormat("A0", 841, 1189, 7.5, 0.75)
_WALL = tuple(
    one
    for upright in _UPRIGHT
    for one in (
        upright,
        replace(
            upright,
            name=f"{upright.name}-landscape",
            width_mm=upright.height_mm,
            height_mm=upright.width_mm,
        ),
    )
)
_HANGING = (
    SignFormat("hanging", 600, 200, 7.5, 0.7, hanging=True),
    SignFormat("hanging-medium", 900, 300, 7.5, 0.7, hanging=True),
    SignFormat("hanging-large", 1200, 400, 12.0, 0.7, hanging=True),
    SignFormat("hanging-extra", 1500, 500, 12.0, 0.7, hanging=True),
)
_TOTEM = (
    SignFormat("totem", 600, 1800, 12.0, 1.0),
    SignFormat("totem-large", 800, 2000, 18.0, 1.0),
)
PLATE = SignFormat("plate", 148, 210, 1.5, 0.7)
"""What hangs or stands below a hanging sign, its code 1.2 m above the floor."""

FORMATS = {one.name: one for one in (*_WALL, _A0, *_HANGING, *_TOTEM)}
"""All of them by name."""

_DIRECTORIES = (*_UPRIGHT[-2:], _A0)

PAPER = frozenset(one.name for one in (*_WALL, _A0))
"""Names of those that every printer knows; the others are called by their sides."""


def list_formats(mounting: str, *, directory: bool = False) -> tuple[SignFormat, ...]:
    """List the sizes for a mounting, the smallest first, upright before across."""
    if directory:
        return _TOTEM if mounting == "totem" else _DIRECTORIES
    return {"hanging": _HANGING, "totem": _TOTEM}.get(mounting, _WALL)
