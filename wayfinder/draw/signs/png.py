"""Signs as PNG by Pillow: drawn larger, then made smaller, which smooths every edge."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFont

from wayfinder.draw.signs.display import Fill, Glyphs, SignDrawing, Stroke, Use
from wayfinder.draw.signs.fonts import load_font
from wayfinder.draw.signs.outlines import Box, Outline, flatten
from wayfinder.draw.signs.svg import may_show

_FINER = 3
"""Pixels drawn for each of the picture, along either side."""

_BAND_PIXELS = 16_000_000
"""Drawn at once: a large sign is drawn band by band, so that it takes no more memory."""

_MM_PER_INCH = 25.4
_MOST_DPI = 600.0


def write_png(drawing: SignDrawing, dpi: float = 150.0) -> bytes:
    """Draw one page of a sign; its plate is another one.

    Parameters
    ----------
    drawing
        The page.
    dpi
        Pixels an inch.

    Raises
    ------
    ValueError
        The resolution is not above 0 and at most 600.
    """
    if not 0 < dpi <= _MOST_DPI:
        raise ValueError(f"dpi must be above 0 and at most {_MOST_DPI:g}")
    scale = dpi / _MM_PER_INCH
    width, height = round(drawing.width_mm * scale), round(drawing.height_mm * scale)
    picture = Image.new("RGB", (width, height), "#ffffff")
    rows = max(1, _BAND_PIXELS // (width * _FINER**2))
    for top in range(0, height, rows):
        shown = min(rows, height - top)
        band = _Band(width * _FINER, shown * _FINER, scale * _FINER, top * _FINER)
        for item in drawing.items:
            band.draw(item)
        picture.paste(band.image.reduce(_FINER), (0, top))
    file = BytesIO()
    picture.save(file, "PNG", optimize=False, dpi=(dpi, dpi))
    return file.getvalue()


@cache
def _load(weight: str, size_px: float) -> ImageFont.FreeTypeFont:
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(load_font(weight).path), size_px, layout_engine=basic)


@dataclass
class _Shape:
    """An outline in pixels of a band."""

    contours: list[tuple[NDArray[np.float64], bool]]
    box: tuple[int, int, int, int]


class _Band:
    """Some rows of a picture, drawn larger."""

    def __init__(self, width: int, height: int, scale: float, top: int) -> None:
        self.image = Image.new("RGB", (width, height), "#ffffff")
        self._scale = scale
        self._top = top

    def draw(self, item: Fill | Stroke | Glyphs | Use) -> None:
        """Draw an item as far as it lies in the band."""
        if isinstance(item, Glyphs):
            self._write(item)
        elif isinstance(item, Use):
            for one in self._place(item):
                self._paint(one, item.clip)
        else:
            self._paint(item, None)

    def _place(self, use: Use) -> Iterator[Fill | Stroke]:
        """Yield what of a part may show, in millimetres."""
        a, b, c, d, _, _ = use.matrix
        stretch = abs(a * d - b * c) ** 0.5
        for item in use.part.items:
            if not may_show(item, use.matrix, use.clip):
                continue
            outline = item.outline.transformed(use.matrix)
            if isinstance(item, Fill):
                yield Fill(outline, item.colour, item.opacity)
            else:
                width = item.width * stretch
                yield Stroke(outline, item.colour, width, item.opacity, item.round_ends)

    def _paint(self, item: Fill | Stroke, clip: Box | None) -> None:
        pad = item.width * self._scale if isinstance(item, Stroke) else 0.0
        shape = self._shape(item.outline, pad, clip)
        if shape is None:
            return
        mask = _mask_fill(shape) if isinstance(item, Fill) else _mask_stroke(shape, item, pad)
        if item.opacity < 1:
            mask = mask.point([round(value * item.opacity) for value in range(256)])
        self.image.paste(item.colour, shape.box[:2], mask)

    def _shape(self, outline: Outline, pad: float, clip: Box | None) -> _Shape | None:
        """Return an outline in pixels from the corner of the box that it is drawn in."""
        if not outline.commands:
            return None
        seen = Outline(outline.commands, outline.points * self._scale - (0, self._top))
        left, top, right, bottom = seen.bounds
        box = [left - pad, top - pad, right + pad, bottom + pad]
        if clip is not None:
            west, north, east, south = (value * self._scale for value in clip)
            box = [max(box[0], west), max(box[1], north - self._top), box[2], box[3]]
            box = [*box[:2], min(box[2], east), min(box[3], south - self._top)]
        x1, y1 = max(0, int(box[0])), max(0, int(box[1]))
        x2, y2 = min(self.image.width, ceil(box[2]) + 1), min(self.image.height, ceil(box[3]) + 1)
        if x2 <= x1 or y2 <= y1:
            return None
        # what Pillow calls a pixel lies around its point, here it lies beyond it
        moved = seen.moved(-x1 - 0.5, -y1 - 0.5)
        return _Shape(flatten(moved, 0.2), (x1, y1, x2, y2))

    def _write(self, item: Glyphs) -> None:
        size = item.size * self._scale
        x, y = item.x * self._scale, item.y * self._scale - self._top
        reach = size * (load_font(item.weight).measure_em(item.text) + 1)
        if y + reach < 0 or y - reach > self.image.height:
            return
        if not item.angle and item.opacity >= 1:
            draw = ImageDraw.Draw(self.image)
            font = _load(item.weight, round(size, 2))
            for character, at in load_font(item.weight).place_letters(item.text):
                draw.text((x + at * size, y), character, item.colour, font, "ls")
            return
        for letter in self._turned_letters(item):
            self._paint(Fill(letter, item.colour, item.opacity), None)

    @staticmethod
    def _turned_letters(item: Glyphs) -> Iterator[Outline]:
        """Yield the outlines of letters that do not stand level, in millimetres."""
        turn = np.radians(item.angle)
        c, s = float(np.cos(turn)) * item.size, float(np.sin(turn)) * item.size
        font = load_font(item.weight)
        for character, at in font.place_letters(item.text):
            matrix = (c, s, -s, c, item.x + at * c, item.y + at * s)
            yield font.outline(character).transformed(matrix)


def _mask_fill(shape: _Shape) -> Image.Image:
    """Draw contours so that what an even number of them surrounds stays free."""
    left, top, right, bottom = shape.box
    size = (right - left, bottom - top)
    mask = Image.new("1", size)
    single = len(shape.contours) == 1
    for points, _ in shape.contours:
        if len(points) < 3:
            continue
        listed = [tuple(point) for point in points.tolist()]
        if single:
            ImageDraw.Draw(mask).polygon(listed, fill=1)
            continue
        (x1, y1), (x2, y2) = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0)) + 1
        box = (max(0, int(x1)), max(0, int(y1)), min(size[0], int(x2)), min(size[1], int(y2)))
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        one = Image.new("1", (box[2] - box[0], box[3] - box[1]))
        moved = [(x - box[0], y - box[1]) for x, y in listed]
        ImageDraw.Draw(one).polygon(moved, fill=1)
        mask.paste(ImageChops.logical_xor(mask.crop(box), one), box)
    return mask.convert("L")


def _mask_stroke(shape: _Shape, item: Stroke, width: float) -> Image.Image:
    left, top, right, bottom = shape.box
    mask = Image.new("L", (right - left, bottom - top))
    draw = ImageDraw.Draw(mask)
    half = width / 2
    for points, closed in shape.contours:
        listed = [tuple(point) for point in points.tolist()]
        line = [*listed, listed[0], listed[1]] if closed and len(listed) > 2 else listed
        draw.line(line, fill=255, width=max(1, round(width)), joint="curve")
        if item.round_ends and not closed:
            for x, y in (listed[0], listed[-1]):
                draw.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return mask
