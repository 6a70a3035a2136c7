"""The QR code of a sign, as one outline."""

from functools import lru_cache

import numpy as np
import qrcode
import shapely
from qrcode.constants import ERROR_CORRECT_Q

from wayfinder.draw.signs.outlines import Outline, trace

QUIET_MODULES = 4
"""Left white on all sides of the symbol (ISO/IEC 18004)."""


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
    # joined to larger shapes: between single squares some printers leave hairlines
    rows, columns = np.nonzero(dark)
    squares = shapely.box(columns, rows, columns + 1, rows + 1)
    return trace(shapely.get_parts(shapely.union_all(squares))), len(dark)


def side_with_quiet(side_mm: float, modules: int) -> float:
    """Return the side of a symbol with its quiet zone."""
    return side_mm * (1 + 2 * QUIET_MODULES / modules)
