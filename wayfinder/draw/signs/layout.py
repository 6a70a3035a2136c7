"""Where the blocks of a sign go in each size: upright, across, over people's heads, on a plate.

A size has several layouts, the roomiest first: where names need the room, the map moves down beside
the code and the head gets lower, before any name is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wayfinder.draw.signs.outlines import Box
from wayfinder.draw.signs.sizes import PLATE, SignFormat

_A4_MM = 210.0
_MARGIN = 8.0
_HEADS = (29.0, 25.0, 21.0, 17.0)
_LEAST_MAP_SHARE = 0.27
_ROWS_SHARE = 0.56
_WORDS_PER_CODE = 1.15
_PLATE_WORDS = 42.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the blocks of a page go; boxes are left, top, right, bottom in millimetres.

    Parameters
    ----------
    head
        The band on top, or what stands at the left of a hanging sign.
    rows
        The most that the names may take.
    columns
        Of names.
    gap
        Between them.
    code
        The code with its quiet zone, or None.
    words
        What is written beside or beneath the code, or None.
    frame
        The map, or None.
    grows
        Whether the map begins where the names end.
    """

    head: Box
    rows: Box
    columns: int = 1
    gap: float = 0.0
    code: Box | None = None
    words: Box | None = None
    frame: Box | None = None
    grows: bool = False

    @property
    def column_mm(self) -> float:
        """Width of a column."""
        left, _, right, _ = self.rows
        return (right - left - self.gap * (self.columns - 1)) / self.columns

    @property
    def height_mm(self) -> float:
        """Most that the names may be high."""
        return self.rows[3] - self.rows[1]


def choose_unit(size: SignFormat) -> float:
    """Return how large things are, over their size on A4."""
    return min(size.width_mm, size.height_mm) / _A4_MM


def list_layouts(size: SignFormat, code_mm: float, *, mapped: bool) -> tuple[Layout, ...]:
    """List the layouts of a size, the roomiest for the map first.

    Parameters
    ----------
    size
        The format.
    code_mm
        Side of the code with its quiet zone.
    mapped
        Whether there is a map.
    """
    if size.hanging:
        return tuple(_list_hanging(size))
    if size.name == PLATE.name:
        return (_lay_plate(size, code_mm, mapped=mapped),)
    if size.portrait:
        return tuple(_list_upright(size, code_mm, mapped=mapped))
    return tuple(_list_across(size, code_mm, mapped=mapped))


def lay_directory(size: SignFormat, code_mm: float, *, mapped: bool) -> Layout:
    """Lay out a directory: all room but for a low head and the code belongs to what it lists."""
    return _lay_band(size, code_mm, _HEADS[-1] * choose_unit(size), columns=1, mapped=mapped)


def _list_upright(size: SignFormat, code_mm: float, *, mapped: bool) -> Iterator[Layout]:
    """Yield head, names, map and code from top to bottom; then the map beside the code."""
    unit = choose_unit(size)
    margin, head = _MARGIN * unit, _HEADS[0] * unit
    left, right = margin, size.width_mm - margin
    foot = size.height_mm - margin * 0.6 - code_mm
    top = head + 0.6 * margin
    share = _LEAST_MAP_SHARE if mapped else 0.0
    body = foot - 0.6 * margin - head
    names = (left, top, right, top + body * (1 - share) - 1.2 * margin)
    yield Layout(
        head=(0, 0, size.width_mm, head),
        rows=names,
        code=(left, foot, left + code_mm, foot + code_mm),
        words=(left + code_mm + 0.8 * margin, foot, right, foot + code_mm),
        frame=(left, names[3] + 0.6 * margin, right, foot - 0.6 * margin) if mapped else None,
        grows=True,
    )
    for high in _HEADS[1:]:
        yield _lay_band(size, code_mm, high * unit, columns=1, mapped=mapped)


def _list_across(size: SignFormat, code_mm: float, *, mapped: bool) -> Iterator[Layout]:
    """Yield names on the left, map and code on the right; then names above all else."""
    unit = choose_unit(size)
    margin, head = _MARGIN * unit, _HEADS[0] * 0.9 * unit
    middle = size.width_mm * _ROWS_SHARE
    right, bottom = size.width_mm - margin, size.height_mm - 0.6 * margin
    foot, top = bottom - code_mm, head + 0.6 * margin
    yield Layout(
        head=(0, 0, size.width_mm, head),
        rows=(margin, top, middle - margin, bottom),
        code=(middle, foot, middle + code_mm, bottom),
        words=(middle + code_mm + 0.6 * margin, foot, right, bottom),
        frame=(middle, head + margin, right, foot - 0.5 * margin) if mapped else None,
    )
    for high in _HEADS[1:]:
        for columns in (2, 1):
            yield _lay_band(size, code_mm, high * unit, columns=columns, mapped=mapped)


def _lay_band(
    size: SignFormat, code_mm: float, head: float, *, columns: int, mapped: bool
) -> Layout:
    """Lay code, its words and the map side by side at the bottom, so that names have the rest."""
    margin = _MARGIN * choose_unit(size)
    left, right = margin, size.width_mm - margin
    bottom = size.height_mm - 0.5 * margin
    foot, top = bottom - code_mm, head + 0.4 * margin
    edge = left + code_mm + 0.5 * margin
    end = edge + _WORDS_PER_CODE * code_mm if mapped else right
    return Layout(
        head=(0, 0, size.width_mm, head),
        rows=(left, top, right, foot - 0.4 * margin),
        columns=columns,
        gap=margin,
        code=(left, foot, left + code_mm, bottom),
        words=(edge, foot, end, bottom),
        frame=(end + 0.5 * margin, foot, right, bottom) if mapped else None,
    )


def _lay_plate(size: SignFormat, code_mm: float, *, mapped: bool) -> Layout:
    """Lay head, code, its words, map: what belongs to a sign that hangs too high to scan."""
    unit = choose_unit(size)
    margin, head = _MARGIN * unit, _HEADS[0] * unit
    width, top = size.width_mm, head + 0.3 * margin
    left = (width - code_mm) / 2
    words = (margin, top + code_mm, width - margin, top + code_mm + _PLATE_WORDS * unit)
    frame = (margin, words[3] + 0.5 * margin, width - margin, size.height_mm - margin)
    return Layout(
        head=(0, 0, width, head),
        rows=(margin, words[3], width - margin, words[3]),
        code=(left, top, left + code_mm, top + code_mm),
        words=words,
        frame=frame if mapped else None,
    )


def _list_hanging(size: SignFormat) -> Iterator[Layout]:
    """Yield zone and floor on the left, names in one column or in two beside it."""
    panel = min(size.height_mm * 0.45, size.width_mm * 0.12)
    gap, pad = size.height_mm * 0.06, size.height_mm * 0.03
    rows = (panel + gap, pad, size.width_mm - 2 * pad, size.height_mm - pad)
    for columns in (1, 2):
        yield Layout((0, 0, panel, size.height_mm), rows, columns=columns, gap=gap)
