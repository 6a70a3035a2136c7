"""The QR code of a sign, as one outline."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import qrcode
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_Q

from wayfinder.draw.signs.outlines import Outline
from wayfinder.model.sign_address import SignAddress

if TYPE_CHECKING:
    from qrcode.image.pil import PilImage
    from qrcode.image.pure import PyPNGImage

    _Code = qrcode.QRCode[PilImage | PyPNGImage]

QUIET_MODULES = 4
"""Left white on all sides of the symbol (ISO/IEC 18004)."""

_SPECIMEN_MODULES = 29
_MASKS = range(8)
_LEAST_RUN = 5
_FINDERS = (0b10111010000, 0b00001011101)
"""What a reader could take for a corner of the symbol: 1 : 1 : 3 : 1 : 1 beside four light ones."""


@lru_cache(maxsize=256)
def make_code(payload: str) -> tuple[Outline, int]:
    """Make a QR code with error correction Q: a quarter of it may be worn off.

    Returns
    -------
    tuple
        The dark modules in units of one, from the corner of the symbol; and modules a side.
    """
    dark = make_modules(payload)
    return _trace_edges(dark), len(dark)


def make_modules(payload: str) -> NDArray[np.bool_]:
    """Return which modules of a code are dark, without the quiet zone, shape (n, n)."""
    code = _begin_code(payload)
    # the library's own choice of a mask takes nine tenths of the time that a code takes
    code.mask_pattern = _choose_mask(code)
    code.make()
    return np.array(code.get_matrix(), dtype=bool)


def measure_code(address: SignAddress | None, side_mm: float) -> float:
    """Return the side of the square that a code takes with its quiet zone."""
    modules = _SPECIMEN_MODULES if address is None else _count_modules(address.url)
    return side_mm * (1 + 2 * QUIET_MODULES / modules)


@lru_cache(maxsize=256)
def _count_modules(payload: str) -> int:
    return 17 + 4 * _begin_code(payload).best_fit()


def _begin_code(payload: str) -> "_Code":
    code: _Code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(payload)
    return code


def _choose_mask(code: "_Code") -> int:
    """Choose the mask with the fewest penalties of ISO/IEC 18004, 7.8.3, of several the first."""
    code.best_fit()
    code.makeImpl(test=True, mask_pattern=0)
    first = np.array(code.modules, dtype=bool)
    return int(np.argmin(count_penalties(first ^ _list_flips(code.version))))


@cache
def _list_flips(version: int) -> NDArray[np.bool_]:
    """Return which modules of a version differ between each mask and the first, shape (8, n, n)."""
    code = _begin_code("0")
    code.version = version
    made = []
    for mask in _MASKS:
        code.makeImpl(test=True, mask_pattern=mask)
        made.append(np.array(code.modules, dtype=bool))
    flips: NDArray[np.bool_] = np.array(made) ^ made[0]
    return flips


def count_penalties(codes: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Count the penalties of codes, shape (k, n, n), after ISO/IEC 18004, 7.8.3.1."""
    squares = codes[:, 1:, 1:] == codes[:, 1:, :-1]
    squares &= codes[:, 1:, 1:] == codes[:, :-1, 1:]
    squares &= codes[:, 1:, 1:] == codes[:, :-1, :-1]
    lines = np.concatenate([codes, codes.swapaxes(1, 2)], axis=1)
    uneven = (np.abs(codes.mean(axis=(1, 2)) * 100 - 50) / 5).astype(int)
    found: NDArray[np.int_] = (
        _count_runs(lines) + 3 * squares.sum(axis=(1, 2)) + _count_finders(lines) + 10 * uneven
    )
    return found


def _count_runs(lines: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Count three for each run of five modules of a colour, and one for each module more."""
    same = lines[:, :, 1:] == lines[:, :, :-1]
    length = same.shape[2] - _LEAST_RUN + 2
    five = np.logical_and.reduce([same[:, :, k : k + length] for k in range(_LEAST_RUN - 1)])
    begins = five.copy()
    begins[:, :, 1:] &= ~five[:, :, :-1]
    found: NDArray[np.int_] = five.sum(axis=(1, 2)) + 2 * begins.sum(axis=(1, 2))
    return found


def _count_finders(lines: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Count forty for each row of modules that a reader could take for a corner."""
    length = lines.shape[2] - 10
    rows = np.zeros((*lines.shape[:2], length), dtype=np.int16)
    for k in range(11):
        rows = 2 * rows + lines[:, :, k : k + length]
    found: NDArray[np.int_] = 40 * np.isin(rows, _FINDERS).sum(axis=(1, 2))
    return found


def _trace_edges(dark: NDArray[np.bool_]) -> Outline:
    """Walk around what is dark: between single squares some printers leave hairlines."""
    padded = np.pad(dark, 1)
    a, b, c, d = padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    # where two dark modules touch by their corners alone, two walks pass
    corners = (a ^ b ^ c ^ d) + 2 * ((a == d) & (b == c) & (a != b))
    y, x = np.nonzero(corners)
    times = corners[y, x]
    y, x = np.repeat(y, times), np.repeat(x, times)
    points = np.stack([x, y], axis=1).astype(float)
    rings = list(_walk(_pair(np.lexsort((x, y))), _pair(np.lexsort((y, x)))))
    commands = "".join("M" + "L" * (len(ring) - 1) + "Z" for ring in rings)
    return Outline(commands, points[[index for ring in rings for index in ring]])


def _pair(order: NDArray[np.intp]) -> list[int]:
    """Return for each corner the other end of its edge: along a line they begin and end in turn."""
    other = np.empty_like(order)
    other[order[::2]], other[order[1::2]] = order[1::2], order[::2]
    found: list[int] = other.tolist()
    return found


def _walk(across: list[int], down: list[int]) -> Iterator[list[int]]:
    """Yield the corners of closed walks, edges across and edges down in turn."""
    seen = [False] * len(across)
    for start in range(len(across)):
        ring: list[int] = []
        at = start
        while not seen[at]:
            turned = across[at]
            seen[at] = seen[turned] = True
            ring += (at, turned)
            at = down[turned]
        if ring:
            yield ring
