"""What tells one drawing of a sign from another: a digest of all that one sees on it.

Of the map only what lies within the sign's own window counts: a wall that is moved at the other end
of the floor changes no sign here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from wayfinder.draw.signs.display import Fill, Glyphs, Part, SignDrawing, Stroke, Use
from wayfinder.draw.signs.outlines import POINTS_OF, Outline
from wayfinder.kept import keep_with

_PER_MM = 20
"""Positions count to a twentieth of a millimetre: less is not seen, nor printed (ours)."""


@dataclass(frozen=True, eq=False)
class _Contours:
    """The contours of a part, from the ground up.

    Parameters
    ----------
    looks
        How each is drawn, and its commands.
    points
        Of all of them, shape (n, 2).
    begins
        Index of the first point of each, and the number of all points at the end.
    boxes
        Left, top, right, bottom of each, shape (m, 4).
    """

    looks: tuple[bytes, ...]
    points: NDArray[np.float64]
    begins: NDArray[np.intp]
    boxes: NDArray[np.float64]


def digest_drawing(drawing: SignDrawing) -> str:
    """Return a digest of a sign, with its plate, as 32 hexadecimal digits."""
    digest = sha256()
    for page in drawing.pages:
        digest.update(f"{page.width_mm:g} {page.height_mm:g}".encode())
        for item in page.items:
            for piece in _list_use(item) if isinstance(item, Use) else _list_item(item):
                digest.update(piece)
    return digest.hexdigest()[:32]


def _list_item(item: Fill | Stroke | Glyphs) -> Iterator[bytes]:
    if isinstance(item, Glyphs):
        told = (item.text, item.colour, item.weight, round(item.angle, 1), item.opacity)
        at = np.array([item.x, item.y, item.size])
        yield repr(told).encode()
        yield _round(at)
    else:
        yield _look(item)
        yield item.outline.commands.encode()
        yield _round(item.outline.points)


def _list_use(use: Use) -> Iterator[bytes]:
    """Yield what shows of a part through its window, and nothing of what does not."""
    contours = _find_contours(use.part)
    shown = _find_shown(contours, use)
    if not len(shown):
        return
    yield b"".join(contours.looks[index] for index in shown.tolist())
    first, last = contours.begins[shown], contours.begins[shown + 1]
    # the indices of all their points: each contour counts on from its own first one
    counts = last - first
    restarts = np.repeat(first - np.concatenate([[0], counts.cumsum()[:-1]]), counts)
    a, b, c, d, e, f = use.matrix
    points = contours.points[restarts + np.arange(counts.sum())]
    yield _round(points @ np.array([[a, b], [c, d]]) + (e, f))


def _find_shown(contours: _Contours, use: Use) -> NDArray[np.intp]:
    """Return the indices of the contours that reach into the window of a part."""
    if use.clip is None:
        return np.arange(len(contours.boxes))
    a, b, c, d, e, f = use.matrix
    low, high = contours.boxes[:, :2], contours.boxes[:, 2:]
    turned = np.array([[a, b], [c, d]])
    middles = (low + high) / 2 @ turned + (e, f)
    reach = (high - low) / 2 @ np.abs(turned)
    left, top, right, bottom = use.clip
    inside = (middles + reach >= (left, top)) & (middles - reach <= (right, bottom))
    return np.flatnonzero(inside[:, 0] & inside[:, 1])


def _find_contours(part: Part) -> _Contours:
    """Return the contours of a part, made once: signs share parts."""
    return keep_with(part, "contours", lambda: _split(part.items))


def _split(items: Sequence[Fill | Stroke]) -> _Contours:
    looks: list[bytes] = []
    points: list[NDArray[np.float64]] = []
    for item in items:
        look = _look(item)
        for told, taken in _list_contours(item.outline):
            looks.append(look + told.encode())
            points.append(taken)
    begins = np.cumsum([0, *map(len, points)])
    boxes = [(*p.min(axis=0), *p.max(axis=0)) for p in points]
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    return _Contours(tuple(looks), np.vstack([np.empty((0, 2)), *points]), begins, array)


def _list_contours(outline: Outline) -> Iterator[tuple[str, NDArray[np.float64]]]:
    at = 0
    for told in outline.commands.split("M")[1:]:
        count = 1 + sum(POINTS_OF[command] for command in told)
        yield "M" + told, outline.points[at : at + count]
        at += count


def _look(item: Fill | Stroke) -> bytes:
    if isinstance(item, Fill):
        return repr(("fill", item.colour, item.opacity)).encode()
    return repr(("stroke", item.colour, round(item.width, 3), item.opacity)).encode()


def _round(points: NDArray[np.float64]) -> bytes:
    return np.rint(points * _PER_MM).astype(np.int32).tobytes()
