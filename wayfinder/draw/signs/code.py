"""The QR code of a sign, as one outline."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import qrcode
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_Q

from wayfinder.draw.signs.outlines import Outline, Xy
from wayfinder.model.sign_address import SignAddress

QUIET_MODULES = 4
"""Left white on all sides of the symbol (ISO/IEC 18004)."""

_SPECIMEN_MODULES = 29


@lru_cache(maxsize=256)
def make_code(payload: str) -> tuple[Outline, int]:
    """Make a QR code with error correction Q: a quarter of it may be worn off.

    Returns
    -------
    tuple
        The dark modules in units of one, from the corner of the symbol; and modules a side.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(payload)
    code.make()
    dark = np.array(code.get_matrix(), dtype=bool)
    return _trace_edges(dark), len(dark)


def _trace_edges(dark: NDArray[np.bool_]) -> Outline:
    """Walk around what is dark: between single squares some printers leave hairlines."""
    walls: dict[Xy, list[Xy]] = {}
    padded = np.pad(dark, 1)
    for y, x in np.argwhere(padded[1:-1, 1:] != padded[1:-1, :-1]).tolist():
        walls.setdefault((x, y), []).append((x, y + 1))
        walls.setdefault((x, y + 1), []).append((x, y))
    for y, x in np.argwhere(padded[1:, 1:-1] != padded[:-1, 1:-1]).tolist():
        walls.setdefault((x, y), []).append((x + 1, y))
        walls.setdefault((x + 1, y), []).append((x, y))
    rings = [ring for start in list(walls) for ring in _walk(walls, start)]
    commands = "".join("M" + "L" * (len(ring) - 1) + "Z" for ring in rings)
    return Outline(commands, np.array([point for ring in rings for point in ring], dtype=float))


def _walk(walls: dict[Xy, list[Xy]], start: Xy) -> Iterator[list[Xy]]:
    """Yield the corners of closed walks from a point, along edges that are then used up."""
    while walls[start]:
        ring, at = [start], start
        while at != start or len(ring) == 1:
            following = walls[at].pop()
            walls[following].remove(at)
            straight = len(ring) > 1 and (
                ring[-2][0] == following[0] or ring[-2][1] == following[1]
            )
            ring[-1 if straight else len(ring) :] = [following]
            at = following
        yield ring[:-1]


def measure_code(address: SignAddress | None, side_mm: float) -> float:
    """Return the side of the square that a code takes with its quiet zone."""
    modules = _SPECIMEN_MODULES if address is None else make_code(address.url)[1]
    return side_mm * (1 + 2 * QUIET_MODULES / modules)
