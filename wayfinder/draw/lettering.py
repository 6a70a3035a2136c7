"""How names are set: in one or two languages, on one line or more, in what size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from wayfinder.draw.places import Place, Text
from wayfinder.draw.text import measure_em, wrap_text

SIZES_PX = (15.0, 13.0, 12.0, 11.0, 10.0)
"""Font sizes before `text_scale`; a label's `size` is an index."""

SECOND_EM = 0.82
"""Size of the second language in ems of the first."""

LINE_EM = 1.22
"""From baseline to baseline."""

_PAD_PX = 2.0
_SIZE_OF_RANK = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}
_QUIET = frozenset({"sanitary", "vertical", "circulation", "entrance", "safety"})
_QUIET_SIZE = 2
_SMALL_SIZE = 3
_BOLD_SIZE = 1
_SHRINK = 3
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label.

    Parameters
    ----------
    text
        What it says.
    second
        Whether it is in the second language, set smaller.
    """

    text: str
    second: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines set one above the other, in one size."""

    lines: tuple[Line, ...]
    size: int
    width_px: float
    height_px: float


def list_blocks(place: Place, text_scale: float) -> tuple[Block, ...]:
    """List the ways to set a place's name, the best first: whole, smaller, in one language."""
    return _list_blocks(place.texts, _first_size(place), text_scale)


@lru_cache(maxsize=4_096)
def _list_blocks(texts: tuple[Text, ...], first: int, text_scale: float) -> tuple[Block, ...]:
    sizes = range(first, min(first + _SHRINK, len(SIZES_PX)))
    return tuple(
        block
        for shown in dict.fromkeys((texts, texts[:1]))
        for size in sizes
        for block in set_blocks(shown, size, text_scale, _MOST_LINES)
    )


def is_bold(place: Place) -> bool:
    """Tell whether a place's name is set bold, in whatever size it fits."""
    return _first_size(place) <= _BOLD_SIZE


def _first_size(place: Place) -> int:
    first = _SIZE_OF_RANK.get(place.rank, _SMALL_SIZE)
    return max(first, _QUIET_SIZE) if place.kind in _QUIET else first


def set_blocks(texts: Sequence[Text], size: int, text_scale: float, lines: int) -> Iterator[Block]:
    """Set a name in all ways worth trying: few lines first.

    Parameters
    ----------
    texts
        The name in one or two languages.
    size
        Index into `SIZES_PX`.
    text_scale
        Factor on all sizes.
    lines
        Most lines a language.
    """
    seen: set[tuple[tuple[str, ...], ...]] = set()
    for count in sorted(product(range(1, lines + 1), repeat=len(texts)), key=sum):
        wrapped = tuple(wrap_text(t.text, n) for t, n in zip(texts, count, strict=True))
        if wrapped in seen or any(_has_orphan(lines_) for lines_ in wrapped):
            continue
        seen.add(wrapped)
        yield _set_block(wrapped, size, text_scale)


def _has_orphan(lines: tuple[str, ...]) -> bool:
    """Tell whether a Chinese word is torn so that one character stands alone."""
    return len(lines) > 1 and any(len(line) == 1 and measure_em(line) >= 1 for line in lines)


def _set_block(wrapped: tuple[tuple[str, ...], ...], size: int, text_scale: float) -> Block:
    size_px = SIZES_PX[size] * text_scale
    lines = tuple(Line(text, n > 0) for n, part in enumerate(wrapped) for text in part)
    width = max(measure_em(line.text) * (SECOND_EM if line.second else 1.0) for line in lines)
    height = sum(LINE_EM * (SECOND_EM if line.second else 1.0) for line in lines)
    return Block(lines, size, width * size_px + 2 * _PAD_PX, height * size_px + _PAD_PX)
