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
    """The contours of an outline: where each begins, and what each covers, shape (n, 4)."""

    look: bytes
    commands: tuple[str, ...]
    points: tuple[NDArray[np.float64], ...]
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
    """Yield what shows of a part through its window."""
    a, b, c, d, e, f = use.matrix
    turned = np.array([[a, b], [c, d]])
    for contours in _find_contours(use.part):
        if not len(contours.boxes):
            continue
        shown: Sequence[int] = range(len(contours.points))
        if use.clip is not None:
            shown = _find_shown(contours.boxes, use)
        yield contours.look
        for index in shown:
            yield contours.commands[index].encode()
            yield _round(contours.points[index] @ turned + (e, f))


def _find_shown(boxes: NDArray[np.float64], use: Use) -> list[int]:
    """Return the indices of the boxes that reach into the window of a part."""
    assert use.clip is not None  # noqa: S101 - asked before
    a, b, c, d, e, f = use.matrix
    corners = np.stack([boxes[:, [i, j]] for i in (0, 2) for j in (1, 3)])
    placed = corners @ np.array([[a, b], [c, d]]) + (e, f)
    low, high = placed.min(axis=0), placed.max(axis=0)
    left, top, right, bottom = use.clip
    inside = (high >= (left, top)).all(axis=1) & (low <= (right, bottom)).all(axis=1)
    found: list[int] = np.flatnonzero(inside).tolist()
    return found


def _find_contours(part: Part) -> list[_Contours]:
    """Return the contours of a part, made once: signs share parts."""
    return keep_with(part, "contours", lambda: [_split(item) for item in part.items])


def _split(item: Fill | Stroke) -> _Contours:
    commands: list[str] = []
    points: list[NDArray[np.float64]] = []
    for told, taken in _list_contours(item.outline):
        if len(taken):
            commands.append(told)
            points.append(taken)
    boxes = [(*p.min(axis=0), *p.max(axis=0)) for p in points]
    array = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    return _Contours(_look(item), tuple(commands), tuple(points), array)


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
